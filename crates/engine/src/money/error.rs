use rust_decimal::Decimal;

use crate::catalog::ArithmeticError;

/// Why an amount cannot be worked out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// A number does not fit an exact decimal or fraction.
    #[error(transparent)]
    Arithmetic(#[from] ArithmeticError),
    /// A division by zero.
    #[error("a division by zero")]
    DivisionByZero,
    /// A fraction that is no finite decimal, and no rounding is given.
    #[error("{0} is no finite decimal")]
    NotADecimal(super::Fraction),
    /// Text that is no number.
    #[error("`{0}` is not a number")]
    NotANumber(String),
    /// A step to round to or to share in that is not above zero.
    #[error("a step of {0}")]
    StepNotPositive(Decimal),
    /// An amount finer than the step, where rounding is not allowed.
    #[error("{value} is not a multiple of {step}")]
    NotAMultiple {
        /// The amount.
        value: super::Fraction,
        /// The step.
        step: Decimal,
    },
    /// Nothing to share over.
    #[error("there are no parts")]
    NoParts,
    /// A weight below zero, or weights of both signs.
    #[error("a weight below zero")]
    NegativeWeight,
    /// All weights are zero.
    #[error("all weights are zero")]
    NoWeight,
    /// Lists that belong together differ in length.
    #[error("{left} and {right} entries belong together")]
    Lengths {
        /// Entries of one.
        left: usize,
        /// Entries of the other.
        right: usize,
    },
    /// A factor or rate that is not above zero.
    #[error("a factor of {0}")]
    FactorNotPositive(Decimal),
    /// Amounts in two currencies.
    #[error("an amount in {left} and one in {right}")]
    CurrencyMismatch {
        /// Currency of one.
        left: String,
        /// Currency of the other.
        right: String,
    },
    /// There is no rate between two currencies on that day.
    #[error("no rate from {from} to {to}")]
    NoRate {
        /// Currency to convert from.
        from: String,
        /// Currency to convert to.
        to: String,
    },
}
