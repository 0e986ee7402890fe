//! What lines bear of what is taken off a quote apart, where only what they leave counts.

use rust_decimal::Decimal;

use crate::money::{Fraction, Rounding, RoundingMode, exact};
use crate::price::PriceError;

/// Decimals of what a line bears.
const DECIMALS: u32 = 10;

/// `nets` of lines, each with its part of `off`, which is zero or below: in proportion to those
/// above zero, or where there are none, to all; where all are zero, the same of each.
pub(super) fn with_allowance(nets: &[Decimal], off: Decimal) -> Result<Vec<Decimal>, PriceError> {
    if off.is_zero() {
        return Ok(nets.to_vec());
    }
    let weight: fn(&Decimal) -> Decimal = if nets.iter().any(|it| *it > Decimal::ZERO) {
        |it| (*it).max(Decimal::ZERO)
    } else if nets.iter().all(Decimal::is_zero) {
        |_| Decimal::ONE
    } else {
        Decimal::abs
    };
    let total = exact::sum(nets.iter().map(weight))?;
    let rounding = Rounding::to_decimals(DECIMALS, RoundingMode::HalfUp);
    let bears = |net: &Decimal| {
        let part = Fraction::from(off).times(weight(net))?.over(total)?;
        Ok(exact::add(*net, part.round(&rounding)?)?)
    };
    nets.iter().map(bears).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{dec, decs};

    #[test]
    fn lines_bear_their_part_and_no_more() {
        for (nets, off, left) in [
            (&["100", "300"][..], "-10", &["97.5", "292.5"][..]),
            (&["1", "2"], "-1", &["0.6666666667", "1.3333333333"]),
            (&["50", "-20", "0"], "-5", &["45", "-20", "0"]),
            (&["0", "0"], "-5", &["-2.5", "-2.5"]),
            (&["-10", "-30"], "-4", &["-11", "-33"]),
            (&["100.005"], "0", &["100.005"]),
        ] {
            let found = with_allowance(&decs(nets), dec(off));
            assert_eq!(found, Ok(decs(left)), "{off} off {nets:?}");
        }
    }
}
