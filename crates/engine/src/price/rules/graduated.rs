//! Each tier prices its own share of the units.
//!
//! Use it where one more may never make the total fall: seats, hours, progressive fees. What was
//! bought earlier in a contract's period may count first: then the line begins where that ended.
//! Not for the price of one piece, which would be an average (that is
//! [`volume`](super::volume)).
//!
//! Up to 5 at 7.00, then 6.50: six cost 35.00 + 6.50 = 41.50.

use rust_decimal::Decimal;

use super::by_quantity::{Quantity, Scale};
use super::volume::{ends, entered, priced};
use crate::catalog::Formula;
use crate::price::exact;
use crate::price::scales::{Graduated, PriceTier, ScaleError, Scaled};

impl Scale for Graduated {
    fn cost(&self, quantity: Quantity) -> Result<Scaled, ScaleError> {
        let to = exact::add(quantity.before, quantity.units)?;
        self.slice(quantity.before, to)
    }

    fn ends(&self) -> Vec<Decimal> {
        ends(&self.tiers)
    }

    fn formula(&self, units: &Formula) -> Option<Formula> {
        let mut start = Decimal::ZERO;
        let share = |(at, tier): (usize, &PriceTier)| {
            let reached = match tier.up_to {
                None => units.clone(),
                Some(end) => Formula::Min(vec![units.clone(), Formula::Constant(end)]),
            };
            let below = Formula::Constant(start);
            let share = Formula::Subtract(Box::new(reached), Box::new(below));
            start = tier.up_to.unwrap_or(start);
            let entered = entered(&self.tiers, at, units);
            Formula::Where(Box::new(entered), Box::new(priced(tier, share)))
        };
        let shares = self.tiers.iter().enumerate().map(share);
        Some(Formula::Sum(shares.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{alone, by_quantity, line, tiers_of};
    use super::*;
    use crate::price::kit::{LENGTH, dec, large_box, metres};
    use crate::price::rules::{Apply, Measure, Outcome};
    use crate::price::{Counted, Purchase};

    fn seats() -> Graduated {
        let tiers = tiers_of(&[(Some("5"), "7.00", "0"), (None, "6.50", "3.00")]);
        Graduated { tiers }
    }

    fn metre() -> Option<Measure> {
        Some(Measure {
            formula: metres(),
            unit: "m".to_owned(),
            price_unit: None,
            rounding: None,
        })
    }

    #[test]
    fn each_piece_is_at_the_price_of_its_own_tier() {
        let rule = by_quantity(seats(), None, Counted::Line);
        for (pieces, amount) in [(1, "7.00"), (5, "35.00"), (6, "44.50"), (8, "57.50")] {
            assert_eq!(line(&rule, pieces), Ok(dec(amount)), "{pieces}");
        }
        let alone = Purchase::alone(1, crate::price::kit::DAY);
        assert_eq!(rule.thresholds(&alone), [6]);
    }

    #[test]
    fn what_the_configuration_counts_is_priced_in_tiers() {
        let tiers = tiers_of(&[(Some("2"), "10", "0"), (None, "8", "0")]);
        let rule = by_quantity(Graduated { tiers }, metre(), Counted::Line);
        // 2 m at 10 and half a metre at 8, whatever the number of pieces.
        for pieces in [1, 7] {
            let outcome = alone(&rule, &large_box(), pieces).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec("24")));
        }
        let mut values = large_box();
        values[LENGTH.0] = None;
        assert_eq!(alone(&rule, &values, 1), Ok(Outcome::Open(vec![LENGTH])));
    }
}
