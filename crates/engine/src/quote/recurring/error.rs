use jiff::civil::Date;

use crate::money::MoneyError;

/// Why a period cannot be worked out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// A date that does not exist, or is too far away.
    #[error("a date out of range")]
    OutOfRange,
    /// The end is before the start.
    #[error("{end} is before {start}")]
    Backwards {
        /// The start.
        start: Date,
        /// The end.
        end: Date,
    },
    /// A period without days.
    #[error("a period without days")]
    Empty,
    /// A number does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl From<jiff::Error> for PeriodError {
    fn from(_: jiff::Error) -> Self {
        Self::OutOfRange
    }
}
