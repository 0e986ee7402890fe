use rust_decimal::Decimal;

use crate::catalog::ArithmeticError;
use crate::money::MoneyError;

/// Why a price by quantity cannot be worked out, or its tiers are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScaleError {
    /// There are no tiers.
    #[error("there are no tiers")]
    NoTiers,
    /// A tier does not end above the one before it.
    #[error("tier {0} does not end above the one before it")]
    NotAscending(usize),
    /// A tier without an upper bound is not the last.
    #[error("tier {0} has no upper bound and is not the last")]
    OpenTooEarly(usize),
    /// The quantity is above the last tier.
    #[error("there is no tier for {0}")]
    BeyondLastTier(Decimal),
    /// A quantity or amount below zero.
    #[error("{0} is below zero")]
    Negative(Decimal),
    /// The later of two quantities is the smaller.
    #[error("from {from} to {to}")]
    Backwards {
        /// The first.
        from: Decimal,
        /// The second.
        to: Decimal,
    },
    /// A package or block that holds nothing.
    #[error("a size of {0}")]
    SizeNotPositive(Decimal),
    /// A least amount or quantity above the most.
    #[error("at least {least} and at most {most}")]
    LeastAboveMost {
        /// The least.
        least: Decimal,
        /// The most.
        most: Decimal,
    },
    /// A percentage that is not from 0 to 100.
    #[error("{0} percent")]
    NotAPercentage(Decimal),
    /// A number does not fit, or is none.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl From<ArithmeticError> for ScaleError {
    fn from(error: ArithmeticError) -> Self {
        Self::Money(error.into())
    }
}
