use crate::catalog::ArithmeticError;
use crate::money::MoneyError;

/// Why no price or rule can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// A price is asked for without a currency.
    #[error("no currency is asked for")]
    NoCurrency,
    /// Several rules hold that exclude each other, and none has priority.
    #[error("rules {0:?} have the same priority")]
    Conflict(Vec<usize>),
    /// Books that are derived from one another in a circle.
    #[error("price books are derived from one another: {0:?}")]
    Cycle(Vec<String>),
    /// A number does not fit, or is none.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl From<ArithmeticError> for BookError {
    fn from(error: ArithmeticError) -> Self {
        Self::Money(error.into())
    }
}
