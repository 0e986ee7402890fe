//! Exact decimals: a result that does not fit is an error, never rounded.
//!
//! `rust_decimal` keeps 28 digits and rounds silently beyond them, in sums of
//! very unequal numbers and in products alike. So the sums and products here
//! are worked out on the whole numbers behind the decimals.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{RoundingMode, RoundingPolicy};
use crate::catalog::ArithmeticError;

/// `left + right`.
pub fn add(left: Decimal, right: Decimal) -> Result<Decimal, ArithmeticError> {
    let (left, right) = (left.normalize(), right.normalize());
    let scale = left.scale().max(right.scale());
    let sum = mantissa_at(left, scale)?
        .checked_add(mantissa_at(right, scale)?)
        .ok_or(ArithmeticError)?;
    decimal(sum, scale)
}

/// `left - right`.
pub fn subtract(left: Decimal, right: Decimal) -> Result<Decimal, ArithmeticError> {
    add(left, -right)
}

/// `left * right`.
pub fn multiply(left: Decimal, right: Decimal) -> Result<Decimal, ArithmeticError> {
    let (left, right) = (left.normalize(), right.normalize());
    let product = left
        .mantissa()
        .checked_mul(right.mantissa())
        .ok_or(ArithmeticError)?;
    decimal(product, left.scale() + right.scale())
}

/// `percent` hundredths of `base`.
pub fn percent_of(base: Decimal, percent: Decimal) -> Result<Decimal, ArithmeticError> {
    multiply(multiply(base, percent)?, Decimal::new(1, 2))
}

/// The sum of `amounts`; zero for none.
pub fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Result<Decimal, ArithmeticError> {
    amounts.into_iter().try_fold(Decimal::ZERO, add)
}

/// `amount` written with at least `minor_units` decimals, without further trailing zeros.
pub fn money(amount: Decimal, minor_units: u32) -> Decimal {
    let mut amount = amount.normalize();
    if amount.scale() < minor_units {
        amount.rescale(minor_units);
    }
    amount
}

impl RoundingPolicy {
    /// `amount` rounded to `minor_units` decimals.
    pub fn round(&self, amount: Decimal, minor_units: u32) -> Decimal {
        let rounded = amount.round_dp_with_strategy(minor_units, self.mode.strategy());
        money(rounded, minor_units)
    }
}

impl RoundingMode {
    fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
        }
    }
}

/// The whole number that `number` is at `scale` decimals, at least its own.
fn mantissa_at(number: Decimal, scale: u32) -> Result<i128, ArithmeticError> {
    let factor = 10_i128
        .checked_pow(scale.saturating_sub(number.scale()))
        .ok_or(ArithmeticError)?;
    number.mantissa().checked_mul(factor).ok_or(ArithmeticError)
}

/// `mantissa / 10^scale`, without trailing zeros.
fn decimal(mut mantissa: i128, mut scale: u32) -> Result<Decimal, ArithmeticError> {
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| ArithmeticError)
}
