use rust_decimal::Decimal;

use super::{Adjusted, AdjustedStep, Adjustment};
use crate::catalog::ArithmeticError;

/// Only the adjustment that makes the price lowest; none where all would raise it.
///
/// Use it for promotions that exclude each other. Not for surcharges, which
/// would never apply. Of equals, the first applies.
///
/// # Errors
/// Where an amount does not fit.
pub fn best_of(price: Decimal, adjustments: &[Adjustment]) -> Result<Adjusted, ArithmeticError> {
    let mut best: Option<AdjustedStep> = None;
    for (at, adjustment) in adjustments.iter().enumerate() {
        let amount = adjustment.of(price)?;
        let so_far = best.map_or(Decimal::ZERO, |best| best.amount);
        if amount < so_far {
            best = Some(AdjustedStep {
                adjustment: at,
                base: price,
                amount,
            });
        }
    }
    let mut adjusted = Adjusted::new(price);
    best.into_iter().try_for_each(|step| adjusted.push(step))?;
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn the_lowest_price_wins() {
        use Adjustment::{Amount, Percent};
        for (price, winner, result) in [
            ("100", Some(1), "85"),
            ("200", Some(0), "180"),
            ("150", Some(0), "135"),
            ("0", None, "0"),
        ] {
            let offers = [Percent(dec("-10")), Amount(dec("-15")), Percent(dec("5"))];
            let found = best_of(dec(price), &offers).expect("a price");
            assert_eq!(found.price, dec(result), "{price}");
            let applied = found.steps.first().map(|step| step.adjustment);
            assert_eq!(applied, winner, "{price}");
        }
    }
}
