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
);

/// That of drawings alone, for those that are saved.
pub const PICTURE: &str = include_str!("picture.css");
