//! Changes of a quantity that come after the end of a term.

use super::whole::{Asked, QuotePrice};

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

/// Whether all changes of quantities come about in the terms of `price`; of a line with nothing
/// that is due again, they change nothing anyway.
///
/// # Errors
/// [`Unreached`], with the first that does not.
pub fn check_ramps(asked: &Asked, price: &QuotePrice) -> Result<(), Unreached> {
    for (at, (line, priced)) in asked.lines.iter().zip(&price.lines).enumerate() {
        let term = priced.price.term;
        let mut late = line.ramp.iter().filter(|it| term > 0 && it.from >= term);
        if let Some(change) = late.next() {
            let (line, month) = (at + 1, change.from + 1);
            return Err(Unreached { line, month, term });
        }
    }
    Ok(())
}
