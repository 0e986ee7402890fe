use std::fmt;
use std::str::FromStr;

use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{MoneyError, Rounding};
use crate::catalog::ArithmeticError;

/// A number as numerator and denominator, in lowest terms.
///
/// Use it for what need not be a finite decimal: the tax contained in a price,
/// 12 of 31 days. Round it once, at the end. Written as `12/31`, or `5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fraction(Ratio<i128>);

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// `numerator / denominator`.
    ///
    /// # Errors
    /// Where the denominator is zero, or the fraction does not fit.
    pub fn new(numerator: Decimal, denominator: Decimal) -> Result<Self, MoneyError> {
        Self::from(numerator).over(denominator)
    }

    /// `percent` hundredths.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn percent(percent: Decimal) -> Result<Self, MoneyError> {
        Self::from(percent).over(Decimal::ONE_HUNDRED)
    }

    /// The sum.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn plus(self, other: impl Into<Self>) -> Result<Self, MoneyError> {
        fits(self.0.checked_add(&other.into().0))
    }

    /// The difference.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn minus(self, other: impl Into<Self>) -> Result<Self, MoneyError> {
        fits(self.0.checked_sub(&other.into().0))
    }

    /// The product.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn times(self, other: impl Into<Self>) -> Result<Self, MoneyError> {
        fits(self.0.checked_mul(&other.into().0))
    }

    /// The quotient.
    ///
    /// # Errors
    /// Where the divisor is zero, or the quotient does not fit.
    pub fn over(self, divisor: impl Into<Self>) -> Result<Self, MoneyError> {
        let divisor = divisor.into();
        if divisor.is_zero() {
            return Err(MoneyError::DivisionByZero);
        }
        fits(self.0.checked_div(&divisor.0))
    }

    /// The sum of `fractions`; zero for none.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn sum(fractions: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        fractions.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Numerator and denominator, the latter above zero.
    pub fn parts(self) -> (i128, i128) {
        (*self.0.numer(), *self.0.denom())
    }

    /// The decimal that it is.
    ///
    /// # Errors
    /// Where it is none, as 10/3.
    pub fn to_decimal(self) -> Result<Decimal, MoneyError> {
        let (numerator, denominator) = self.parts();
        let finite = (0..=28).find_map(|scale| {
            let tens = 10_i128.pow(scale);
            let whole = tens.is_multiple_of(&denominator);
            whole.then(|| (numerator.checked_mul(tens / denominator), scale))
        });
        let (mantissa, scale) = finite.ok_or(MoneyError::NotADecimal(self))?;
        let mantissa = mantissa.ok_or(ArithmeticError)?;
        let decimal = Decimal::try_from_i128_with_scale(mantissa, scale);
        Ok(decimal.map_err(|_| ArithmeticError)?)
    }

    /// The nearest multiple of the step that `rounding` names.
    ///
    /// # Errors
    /// Where the step is not above zero, or the result does not fit.
    pub fn round(self, rounding: &Rounding) -> Result<Decimal, MoneyError> {
        rounding.round_fraction(self)
    }

    /// `rounding` where one is given, itself otherwise.
    pub(crate) fn rounded(self, rounding: Option<&Rounding>) -> Result<Self, MoneyError> {
        rounding.map_or(Ok(self), |rounding| Ok(self.round(rounding)?.into()))
    }

    /// Whole steps in it, and whether nothing is left over.
    pub(crate) fn whole(self) -> Option<i128> {
        self.0.is_integer().then(|| self.0.to_integer())
    }
}

fn fits(ratio: Option<Ratio<i128>>) -> Result<Fraction, MoneyError> {
    // The least number has no counterpart above zero.
    let ratio = ratio.filter(|it| *it.numer() != i128::MIN);
    Ok(Fraction(ratio.ok_or(ArithmeticError)?))
}

impl From<Decimal> for Fraction {
    fn from(number: Decimal) -> Self {
        Self(Ratio::new(number.mantissa(), 10_i128.pow(number.scale())))
    }
}

impl From<i64> for Fraction {
    fn from(number: i64) -> Self {
        Self(Ratio::from_integer(number.into()))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

impl FromStr for Fraction {
    type Err = MoneyError;

    /// Reads `12/31`, `0.5` or `1.5/4`.
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let decimal = |part: &str| {
            Decimal::from_str_exact(part.trim())
                .map_err(|_| MoneyError::NotANumber(text.to_owned()))
        };
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        Self::new(decimal(numerator)?, decimal(denominator)?)
    }
}

impl TryFrom<String> for Fraction {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{dec, fraction};

    #[test]
    fn a_fraction_is_a_decimal_or_says_that_it_is_none() {
        for (written, decimal) in [
            ("5/8", Some("0.625")),
            ("-12/4", Some("-3")),
            ("0/7", Some("0")),
            ("1.5/0.25", Some("6")),
            ("10/3", None),
            ("1/79228162514264337593543950335", None),
        ] {
            let found = fraction(written);
            let expected = decimal.map(dec).ok_or(MoneyError::NotADecimal(found));
            assert_eq!(found.to_decimal(), expected, "{written}");
        }
    }

    #[test]
    fn it_reads_what_it_writes() {
        for (written, shown) in [("24/62", "12/31"), ("2.50", "5/2"), ("-4", "-4")] {
            assert_eq!(fraction(written).to_string(), shown);
            let json = serde_json::to_string(&fraction(written)).expect("JSON");
            assert_eq!(json, format!("\"{shown}\""));
            assert_eq!(
                serde_json::from_str::<Fraction>(&json).ok(),
                Some(fraction(written))
            );
        }
        for wrong in ["", "1/0", "a", "1/2/3", "1e5"] {
            assert!(wrong.parse::<Fraction>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let most = Fraction::from(Decimal::MAX);
        let overflow = Err(MoneyError::Arithmetic(ArithmeticError));
        assert_eq!(most.times(most), overflow);
        assert_eq!(most.over(Decimal::ZERO), Err(MoneyError::DivisionByZero));
        let least = fraction("-18446744073709551616").times(fraction("9223372036854775808"));
        assert_eq!(least, overflow);
        let twice = most.plus(most).expect("a fraction");
        assert_eq!(
            twice.to_decimal(),
            Err(MoneyError::Arithmetic(ArithmeticError))
        );
        assert_eq!(twice.over(Decimal::TWO), Ok(most));
    }
}
