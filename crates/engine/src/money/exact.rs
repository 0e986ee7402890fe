//! Exact decimals: a result that does not fit is an error, never rounded.
//!
//! `rust_decimal` keeps 28 digits and rounds silently beyond them, in sums of
//! very unequal numbers and in products alike. So the sums and products here
//! are worked out on the whole numbers behind the decimals: in 64 bits where
//! they fit, as amounts do, since browsers have no others, else in 128.
//!
//! What is worked out of quotients, such as a percentage of so many thirds, has
//! digits without end. [`part`] and [`percent_of`] keep [`DECIMALS`] of them.

use rust_decimal::Decimal;

use super::RoundingMode;
use crate::catalog::ArithmeticError;

/// Most decimals of an amount that is a multiple or a percentage of something. Amounts so have 14
/// digits before the point.
pub const DECIMALS: u32 = 14;

/// `left + right`.
pub fn add(left: Decimal, right: Decimal) -> Result<Decimal, ArithmeticError> {
    let scale = left.scale().max(right.scale());
    let small = |number| small_at(number, scale);
    if let Some((left, right)) = small(left).zip(small(right))
        && let Some(sum) = left.checked_add(right)
    {
        return small_decimal(sum, scale);
    }
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
    let scale = left.scale() + right.scale();
    let small = |number: Decimal| i64::try_from(number.mantissa()).ok();
    if let Some((left, right)) = small(left).zip(small(right))
        && let Some(product) = left.checked_mul(right)
    {
        return small_decimal(product, scale);
    }
    let (left, right) = (left.normalize(), right.normalize());
    let product = left
        .mantissa()
        .checked_mul(right.mantissa())
        .ok_or(ArithmeticError)?;
    decimal(product, left.scale() + right.scale())
}

/// `left * right` with [`DECIMALS`] decimals at most, the last of them rounded half up.
pub fn part(left: Decimal, right: Decimal) -> Result<Decimal, ArithmeticError> {
    if left.scale() + right.scale() <= DECIMALS {
        return multiply(left, right);
    }
    let (left, right) = (left.normalize(), right.normalize());
    let (product, scale) = (
        left.mantissa().checked_mul(right.mantissa()),
        left.scale() + right.scale(),
    );
    let product = product.ok_or(ArithmeticError)?;
    let Some(beyond) = scale.checked_sub(DECIMALS) else {
        return decimal(product, scale);
    };
    // A product that has more decimals than fit is nothing at so few.
    let tens = 10_i128.checked_pow(beyond);
    let kept = tens.map_or(0, |tens| RoundingMode::HalfUp.quotient(product, tens));
    decimal(kept, DECIMALS)
}

/// `percent` hundredths of `base`, as [`part`].
pub fn percent_of(base: Decimal, percent: Decimal) -> Result<Decimal, ArithmeticError> {
    part(base, multiply(percent, Decimal::new(1, 2))?)
}

/// The sum of `amounts`; zero for none.
pub fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Result<Decimal, ArithmeticError> {
    let mut amounts = amounts.into_iter();
    let (mut sum, mut scale) = (0_i64, 0);
    while let Some(amount) = amounts.next() {
        let Some(more) = small_sum((sum, scale), amount) else {
            let beyond = add(small_decimal(sum, scale)?, amount)?;
            return amounts.try_fold(beyond, add);
        };
        (sum, scale) = more;
    }
    small_decimal(sum, scale)
}

/// A whole number at so many decimals, and an amount, where both and their sum have 64 bits.
fn small_sum((sum, scale): (i64, u32), amount: Decimal) -> Option<(i64, u32)> {
    let most = scale.max(amount.scale());
    let sum = sum.checked_mul(10_i64.checked_pow(most - scale)?)?;
    Some((sum.checked_add(small_at(amount, most)?)?, most))
}

/// `amount` written with at least `minor_units` decimals, without further trailing zeros.
pub fn money(amount: Decimal, minor_units: u32) -> Decimal {
    let small = i64::try_from(amount.mantissa()).ok();
    let small = small.and_then(|it| small_decimal(it, amount.scale()).ok());
    let mut amount = small.unwrap_or_else(|| amount.normalize());
    if amount.scale() < minor_units {
        amount.rescale(minor_units);
    }
    amount
}

/// The whole number that `number` is at `scale` decimals, at least its own, where it has 64 bits.
fn small_at(number: Decimal, scale: u32) -> Option<i64> {
    let mantissa = i64::try_from(number.mantissa()).ok()?;
    mantissa.checked_mul(10_i64.checked_pow(scale - number.scale())?)
}

/// As [`decimal`].
fn small_decimal(mut mantissa: i64, mut scale: u32) -> Result<Decimal, ArithmeticError> {
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Decimal::try_new(mantissa, scale).map_err(|_| ArithmeticError)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    const MOST: &str = "79228162514264337593543950335";
    const LEAST: &str = "0.0000000000000000000000000001";

    #[test]
    fn sums_are_exact_or_an_error() {
        for (left, right, sum) in [
            ("0.1", "0.2", Some("0.3")),
            ("-5.00", "5", Some("0")),
            (
                "7922816251426433759354395033.5",
                "0.0",
                Some("7922816251426433759354395033.5"),
            ),
            (MOST, "1", None),
            (MOST, "0.1", None),
            (MOST, LEAST, None),
            ("1", LEAST, Some("1.0000000000000000000000000001")),
            ("10", LEAST, None),
        ] {
            let expected = sum.map(dec).ok_or(ArithmeticError);
            assert_eq!(add(dec(left), dec(right)), expected, "{left} + {right}");
        }
    }

    #[test]
    fn products_are_exact_or_an_error() {
        for (left, right, product) in [
            ("34.00", "12.5", Some("425")),
            ("-0.5", "0.25", Some("-0.125")),
            (MOST, "1.00", Some(MOST)),
            (MOST, "10", None),
            (MOST, "0.1", Some("7922816251426433759354395033.5")),
            (LEAST, "0.1", None),
            (LEAST, "0", Some("0")),
            (
                "1.00000000000001",
                "1.00000000000001",
                Some("1.0000000000000200000000000001"),
            ),
            ("1.000000000000001", "1.000000000000001", None),
        ] {
            let expected = product.map(dec).ok_or(ArithmeticError);
            assert_eq!(
                multiply(dec(left), dec(right)),
                expected,
                "{left} x {right}"
            );
        }
    }

    #[test]
    fn a_part_has_no_more_decimals_than_are_kept() {
        for (left, right, product) in [
            ("145.303", "2.3333333333", Some("339.0403333284899")),
            // 0.000000000000015 and, just below, 0.0000000000000149.
            ("0.0000001", "0.00000015", Some("0.00000000000002")),
            ("-0.0000001", "0.00000015", Some("-0.00000000000002")),
            ("0.0000001", "0.000000149", Some("0.00000000000001")),
            // More digits than fit, of which fewer are kept.
            (
                "339.0403333284899",
                "27.9690189329",
                Some("9482.62550188126089"),
            ),
            ("1.000000000000001", "1.000000000000001", Some("1")),
            (LEAST, LEAST, Some("0")),
            (MOST, "1", Some(MOST)),
            (MOST, "1.00000000000001", None),
        ] {
            let expected = product.map(dec).ok_or(ArithmeticError);
            assert_eq!(part(dec(left), dec(right)), expected, "{left} x {right}");
        }
        let fifth = percent_of(dec("339.0403333284899"), dec("20.0000000001"));
        assert_eq!(fifth, Ok(dec("67.80806666603702")));
    }

    #[test]
    fn a_loss_too_small_to_round_is_nothing() {
        let rounded = crate::money::RoundingMode::HalfUp.round(dec("-0.004"), 2);
        assert_eq!(money(rounded, 2).to_string(), "0.00");
    }

    #[test]
    fn money_shows_its_minor_units() {
        for (amount, shown) in [
            ("34", "34.00"),
            ("34.5000", "34.50"),
            ("0.1212", "0.1212"),
            ("-0.000", "0.00"),
        ] {
            assert_eq!(money(dec(amount), 2).to_string(), shown);
        }
    }
}
