use std::cmp::Ordering;

use num_integer::Integer;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Fraction, MoneyError};
use crate::catalog::ArithmeticError;

/// Which of two neighbours an amount between them becomes.
///
/// The modes whose name starts with `Half` take the nearer neighbour and say
/// what happens exactly in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RoundingMode {
    /// The middle away from zero, as EN 16931 has it: -1.5 becomes -2.
    HalfUp,
    /// The middle to the even neighbour: no bias over many amounts.
    HalfEven,
    /// The middle towards zero.
    HalfDown,
    /// The middle to the odd neighbour.
    HalfOdd,
    /// The middle upwards: -1.5 becomes -1.
    HalfCeiling,
    /// The middle downwards: -1.5 becomes -2.
    HalfFloor,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Upwards.
    Ceiling,
    /// Downwards.
    Floor,
}

impl RoundingMode {
    /// All modes with the names that catalogs have for them.
    pub const NAMED: [(&'static str, Self); 10] = [
        ("half-up", Self::HalfUp),
        ("half-even", Self::HalfEven),
        ("half-down", Self::HalfDown),
        ("half-odd", Self::HalfOdd),
        ("half-ceiling", Self::HalfCeiling),
        ("half-floor", Self::HalfFloor),
        ("up", Self::Up),
        ("down", Self::Down),
        ("ceiling", Self::Ceiling),
        ("floor", Self::Floor),
    ];

    /// `amount` rounded to `minor_units` decimals.
    pub fn round(self, amount: Decimal, minor_units: u32) -> Decimal {
        let Some(digits) = amount.scale().checked_sub(minor_units) else {
            return amount;
        };
        let (mantissa, tens) = (amount.mantissa(), 10_i128.pow(digits));
        let rounded = match (i64::try_from(mantissa), i64::try_from(tens)) {
            (Ok(mantissa), Ok(tens)) => self.small_quotient(mantissa, tens).into(),
            _ => self.quotient(mantissa, tens),
        };
        // It fits: it has no more digits than the amount.
        Decimal::try_from_i128_with_scale(rounded, minor_units).unwrap_or(amount)
    }

    /// `numerator / denominator` rounded to a whole number; the denominator is above zero.
    pub(crate) fn quotient(self, numerator: i128, denominator: i128) -> i128 {
        let (below, rest) = numerator.div_mod_floor(&denominator);
        let up = rest != 0 && self.goes_up(below, rest.cmp(&(denominator - rest)));
        below + i128::from(up)
    }

    /// As [`Self::quotient`], in 64 bits.
    fn small_quotient(self, numerator: i64, denominator: i64) -> i64 {
        let (below, rest) = numerator.div_mod_floor(&denominator);
        let up = rest != 0 && self.goes_up(below.into(), rest.cmp(&(denominator - rest)));
        below + i64::from(up)
    }

    /// Whether what lies between `below` and the next whole number goes up; `to_middle` is how
    /// it compares with the middle.
    fn goes_up(self, below: i128, to_middle: Ordering) -> bool {
        let negative = below < 0;
        let middle = match self {
            Self::Floor => return false,
            Self::Ceiling => return true,
            Self::Up => return !negative,
            Self::Down => return negative,
            Self::HalfUp => !negative,
            Self::HalfDown => negative,
            Self::HalfEven => below.is_odd(),
            Self::HalfOdd => below.is_even(),
            Self::HalfCeiling => true,
            Self::HalfFloor => false,
        };
        to_middle == Ordering::Greater || (to_middle == Ordering::Equal && middle)
    }
}

/// A step and how amounts are rounded to it: 0.01 half up, 0.05 down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    /// Results are multiples of it: a minor unit, a cash step, a pack of 3.
    pub step: Decimal,
    /// Which of two multiples.
    pub mode: RoundingMode,
}

impl Rounding {
    /// To so many decimals.
    pub fn to_decimals(decimals: u32, mode: RoundingMode) -> Self {
        let step = Decimal::try_new(1, decimals).unwrap_or_default();
        Self { step, mode }
    }

    /// `amount` rounded.
    ///
    /// # Errors
    /// Where the step is not above zero, or the result does not fit.
    pub fn round(&self, amount: Decimal) -> Result<Decimal, MoneyError> {
        self.round_fraction(amount.into())
    }

    pub(super) fn round_fraction(&self, amount: Fraction) -> Result<Decimal, MoneyError> {
        let (numerator, denominator) = steps(amount, self.step)?.parts();
        let whole = self.mode.quotient(numerator, denominator);
        of_steps(whole, self.step)
    }

    /// Whether `amount` becomes zero.
    ///
    /// # Errors
    /// Where the step is not above zero.
    pub fn is_zero(&self, amount: Decimal) -> Result<bool, MoneyError> {
        Ok(self.round(amount)?.is_zero())
    }

    /// `amount` as it is, where rounding is not allowed.
    ///
    /// # Errors
    /// Where `amount` is not a multiple of `step`, or the step is not above zero.
    pub fn unnecessary(amount: Decimal, step: Decimal) -> Result<Decimal, MoneyError> {
        whole_steps(amount.into(), step).map(|_| amount)
    }
}

/// How many steps `amount` is.
fn steps(amount: Fraction, step: Decimal) -> Result<Fraction, MoneyError> {
    if step <= Decimal::ZERO {
        return Err(MoneyError::StepNotPositive(step));
    }
    amount.over(step)
}

/// How many steps `amount` is, which has to be a whole number of them.
pub(super) fn whole_steps(amount: Fraction, step: Decimal) -> Result<i128, MoneyError> {
    let value = amount;
    let whole = steps(amount, step)?.whole();
    whole.ok_or(MoneyError::NotAMultiple { value, step })
}

/// So many steps, with the step's decimals.
pub(super) fn of_steps(count: i128, step: Decimal) -> Result<Decimal, MoneyError> {
    let mantissa = count.checked_mul(step.mantissa()).ok_or(ArithmeticError)?;
    let amount = Decimal::try_from_i128_with_scale(mantissa, step.scale());
    Ok(amount.map_err(|_| ArithmeticError)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{dec, fraction};

    #[test]
    fn each_mode_rounds_as_it_says() {
        use RoundingMode::*;
        let amounts = [
            "2.4", "2.5", "2.6", "3.5", "-2.4", "-2.5", "-2.6", "-3.5", "2",
        ];
        for (mode, expected) in [
            (HalfUp, [2, 3, 3, 4, -2, -3, -3, -4, 2]),
            (HalfEven, [2, 2, 3, 4, -2, -2, -3, -4, 2]),
            (HalfDown, [2, 2, 3, 3, -2, -2, -3, -3, 2]),
            (HalfOdd, [2, 3, 3, 3, -2, -3, -3, -3, 2]),
            (HalfCeiling, [2, 3, 3, 4, -2, -2, -3, -3, 2]),
            (HalfFloor, [2, 2, 3, 3, -2, -3, -3, -4, 2]),
            (Up, [3, 3, 3, 4, -3, -3, -3, -4, 2]),
            (Down, [2, 2, 2, 3, -2, -2, -2, -3, 2]),
            (Ceiling, [3, 3, 3, 4, -2, -2, -2, -3, 2]),
            (Floor, [2, 2, 2, 3, -3, -3, -3, -4, 2]),
        ] {
            let step = Decimal::ONE;
            for (amount, expected) in amounts.map(dec).into_iter().zip(expected) {
                let expected = Decimal::from(expected);
                assert_eq!(mode.round(amount, 0), expected, "{amount} {mode:?}");
                let found = Rounding { step, mode }.round(amount);
                assert_eq!(found, Ok(expected), "{amount} {mode:?}");
            }
        }
    }

    #[test]
    fn any_step_will_do() {
        for (amount, step, rounded) in [
            ("457.1", "3", "456"),
            ("1.07", "0.05", "1.05"),
            ("1.08", "0.05", "1.10"),
            ("10/3", "0.01", "3.33"),
            ("12555", "1000", "13000"),
            ("79228162514264337593543950334.6", "0.1", "error"),
            ("1", "0", "error"),
            ("1", "-0.01", "error"),
        ] {
            let (step, mode) = (dec(step), RoundingMode::HalfUp);
            let amount: Result<Fraction, _> = amount.parse();
            let found = amount.and_then(|it| it.round(&Rounding { step, mode }));
            let found = found.map_or("error".to_owned(), |it| it.to_string());
            assert_eq!(found, rounded);
        }
    }

    #[test]
    fn where_rounding_is_not_allowed_it_is_an_error() {
        for (amount, step, fits) in [
            ("1.00", "0.05", true),
            ("-1.1", "0.05", true),
            ("1.01", "0.05", false),
            ("1", "0.03", false),
            ("1", "0", false),
        ] {
            let found = Rounding::unnecessary(dec(amount), dec(step));
            assert_eq!(found.is_ok(), fits, "{amount} in {step}");
        }
    }

    #[test]
    fn zero_is_zero_at_the_step() {
        let cents = Rounding::to_decimals(2, RoundingMode::HalfUp);
        for (amount, zero) in [("0.0046", true), ("-0.004", true), ("0.005", false)] {
            assert_eq!(cents.is_zero(dec(amount)), Ok(zero), "{amount}");
        }
        assert_eq!(
            fraction("-1/300").round(&cents).map(|it| it.is_zero()),
            Ok(true)
        );
    }

    #[test]
    fn more_decimals_than_there_are_change_nothing() {
        assert_eq!(RoundingMode::HalfUp.round(dec("1.5"), 3), dec("1.5"));
        assert_eq!(RoundingMode::Up.round(Decimal::MAX, 2), Decimal::MAX);
        let far = Rounding::to_decimals(29, RoundingMode::Up).round(dec("1"));
        assert_eq!(far, Err(MoneyError::StepNotPositive(Decimal::ZERO)));
    }
}
