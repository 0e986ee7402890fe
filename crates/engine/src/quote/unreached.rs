//! Changes of a quantity that come after the end of a term.

use crate::price::Ramp;

/// A change of a quantity that never comes about. Lines and months are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line}: its quantity changes in month {month}, and its term ends with month {term}: leave the change out, or choose a longer term"
)]
pub struct Unreached {
    /// Which line.
    pub line: usize,
    /// The month of the change.
    pub month: u32,
    /// The last month of the term.
    pub term: u32,
}

/// Whether all changes of the quantities of `lines` come about: those of each, and its term in
/// months; where that is 0, nothing is due again and they change nothing anyway.
///
/// # Errors
/// [`Unreached`], with the first that does not.
pub fn check_ramps<'a>(
    lines: impl IntoIterator<Item = (&'a [Ramp], u32)>,
) -> Result<(), Unreached> {
    for (at, (ramp, term)) in lines.into_iter().enumerate() {
        let mut late = ramp.iter().filter(|it| term > 0 && it.from >= term);
        if let Some(change) = late.next() {
            let (line, month) = (at + 1, change.from + 1);
            return Err(Unreached { line, month, term });
        }
    }
    Ok(())
}
