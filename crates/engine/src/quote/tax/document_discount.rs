use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{MoneyError, Rounding, exact};

/// The totals of a document after a percentage off the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountedTotal {
    /// With taxes.
    pub total: Decimal,
    /// One for each tax.
    pub taxes: Vec<Decimal>,
    /// What the taxes leave of the total.
    pub base: Decimal,
}

/// `percent` off a document of several taxes: total and every tax are rounded, the base takes
/// the cent that is left.
///
/// Use it where the buyer is promised a percentage of what is paid. Not where
/// the discount is shared over lines first (that is
/// [`document_totals`](super::document_totals)), as it has to be where lines are
/// shown with it.
///
/// # Errors
/// Where an amount does not fit, or the step is not above zero.
pub fn discounted_total(
    total: Decimal,
    taxes: &[Decimal],
    percent: Decimal,
    rounding: &Rounding,
) -> Result<DiscountedTotal, MoneyError> {
    let left = exact::subtract(Decimal::ONE_HUNDRED, percent)?;
    let left_of = |amount| rounding.round(exact::percent_of(amount, left)?);
    let total = left_of(total)?;
    let taxes = taxes.iter().map(|tax| left_of(*tax));
    let taxes: Vec<_> = taxes.collect::<Result<_, _>>()?;
    let base = exact::subtract(total, exact::sum(taxes.iter().copied())?)?;
    Ok(DiscountedTotal { total, taxes, base })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::{dec, decs};

    #[test]
    fn the_base_takes_the_cent() {
        let cents = Rounding::to_decimals(2, RoundingMode::HalfUp);
        let taxes = decs(&["1.90", "1.90", "1.06"]);
        let found = discounted_total(dec("36.64"), &taxes, dec("7"), &cents);
        let expected = DiscountedTotal {
            total: dec("34.08"),
            taxes: decs(&["1.77", "1.77", "0.99"]),
            base: dec("29.55"),
        };
        assert_eq!(found, Ok(expected));
    }
}
