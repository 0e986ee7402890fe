use rust_decimal::Decimal;

use super::{Adjusted, AdjustedStep, Adjustment};
use crate::catalog::ArithmeticError;

/// Each adjustment of the price that the ones before left.
///
/// Use it where discounts come from different agreements: dealer, then project,
/// then payment. Not where they were added up in the offer: 20 and 10 percent
/// make 28 here, not 30 (that is [`additive`](super::additive)).
///
/// # Errors
/// Where an amount does not fit.
pub fn chained(price: Decimal, adjustments: &[Adjustment]) -> Result<Adjusted, ArithmeticError> {
    let mut adjusted = Adjusted::new(price);
    for (at, adjustment) in adjustments.iter().enumerate() {
        let base = adjusted.price;
        adjusted.push(AdjustedStep {
            adjustment: at,
            base,
            amount: adjustment.of(base)?,
        })?;
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn each_is_of_what_is_left() {
        let off = ["-20", "-10"].map(|it| Adjustment::Percent(dec(it)));
        let found = chained(dec("100"), &off).expect("a price");
        assert_eq!(found.price, dec("72"));
        assert_eq!(found.steps[1].base, dec("80"));
        assert_eq!(found.steps[1].amount, dec("-8"));
    }
}
