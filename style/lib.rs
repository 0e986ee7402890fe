//! The style sheet of the element, for the app and for the first page that the endpoint sends.

/// All of it. It is kept within the element's shadow root.
pub const ELEMENT: &str = concat!(
    include_str!("tokens.css"),
    include_str!("base.css"),
    include_str!("configure.css"),
    include_str!("chart.css"),
    include_str!("picture.css"),
    include_str!("quote.css"),
    include_str!("requests.css"),
    include_str!("first-page.css"),
    include_str!("print.css"),
);

/// That of drawings alone, for those that are saved.
pub const PICTURE: &str = include_str!("picture.css");

/// More options than this do not fit side by side.
const SEGMENTS: usize = 8;
/// Nor do longer names than this, in bytes.
const SHORT: usize = 16;

/// More values than this are too fine to be dragged to.
const MOST_DRAGGED: usize = 2_001;

/// Whether one of so many numbers can be dragged to; `None` are too many to count.
pub fn can_be_dragged(numbers: Option<usize>) -> bool {
    numbers.is_some_and(|it| (3..=MOST_DRAGGED).contains(&it))
}

/// Whether options stand side by side: a few with short names, and nothing else to read.
pub fn fit_side_by_side<'a>(names: impl ExactSizeIterator<Item = &'a str>, bare: bool) -> bool {
    bare && names.len() <= SEGMENTS && names.into_iter().all(|it| it.len() <= SHORT)
}
