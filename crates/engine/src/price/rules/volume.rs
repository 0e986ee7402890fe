//! All units at the price of the tier that holds them.
//!
//! Use it for the usual price list, printed as prices rather than as percentages off: of a
//! line, of one piece by how many are bought, or of what the configuration counts. Not where
//! more must never cost less in total (that is [`graduated`](super::graduated)).
//!
//! Up to 5 at 7.00, up to 10 at 6.50: six pieces cost 39.00, 6.50 each.

use rust_decimal::Decimal;

use super::by_quantity::{Quantity, Scale};
use crate::catalog::{Comparison, Condition, Formula};
use crate::price::exact;
use crate::price::scales::{PriceTier, ScaleError, Scaled, Volume};

impl Scale for Volume {
    fn cost(&self, quantity: Quantity) -> Result<Scaled, ScaleError> {
        let counted = exact::add(quantity.before, quantity.units)?;
        self.amount_at(quantity.units, counted)
    }

    fn ends(&self) -> Vec<Decimal> {
        ends(&self.tiers)
    }

    fn formula(&self, units: &Formula) -> Option<Formula> {
        let terms = self.tiers.iter().enumerate().map(|(at, tier)| {
            let within = [
                Some(entered(&self.tiers, at, units)),
                tier.up_to
                    .map(|end| compare(units, Comparison::LessOrEqual, end)),
            ];
            let within = Condition::All(within.into_iter().flatten().collect());
            let price = priced(tier, units.clone());
            Formula::Where(Box::new(within), Box::new(price))
        });
        Some(Formula::Sum(terms.collect()))
    }
}

/// The quantities at which tiers end and others begin.
pub(super) fn ends(tiers: &[PriceTier]) -> Vec<Decimal> {
    let ends = tiers.split_last().map_or(&[][..], |(_, others)| others);
    ends.iter().filter_map(|it| it.up_to).collect()
}

/// The units reach into the tier at a position; into the first they always do.
pub(super) fn entered(tiers: &[PriceTier], at: usize, units: &Formula) -> Condition {
    let start = at.checked_sub(1).and_then(|it| tiers.get(it));
    match start.and_then(|it| it.up_to) {
        None => compare(units, Comparison::GreaterOrEqual, Decimal::ZERO),
        Some(start) => compare(units, Comparison::Greater, start),
    }
}

/// So many units at the price of a tier, and its flat fee.
pub(super) fn priced(tier: &PriceTier, units: Formula) -> Formula {
    let rate = Box::new(Formula::Constant(tier.unit));
    Formula::Add(
        Box::new(Formula::Multiply(rate, Box::new(units))),
        Box::new(Formula::Constant(tier.flat)),
    )
}

fn compare(units: &Formula, comparison: Comparison, limit: Decimal) -> Condition {
    Condition::Compare {
        left: units.clone(),
        comparison,
        right: Formula::Constant(limit),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{alone, by_quantity, line, tiers_of};
    use super::*;
    use crate::price::Counted;
    use crate::price::kit::large_box;

    fn volume() -> Volume {
        let tiers = tiers_of(&[(Some("5"), "7.00", "0"), (Some("10"), "6.50", "1.00")]);
        Volume { tiers }
    }

    #[test]
    fn the_whole_line_is_at_the_tier_that_holds_it() {
        let rule = by_quantity(volume(), None, Counted::Line);
        for (pieces, amount) in [(1, "7.00"), (5, "35.00"), (6, "40.00"), (10, "66.00")] {
            assert_eq!(line(&rule, pieces), Ok(amount.parse().expect("a decimal")));
        }
        assert!(line(&rule, 11).is_err());
    }

    #[test]
    fn one_piece_is_at_the_tier_of_all_that_count() {
        let tiers = tiers_of(&[(Some("5"), "7.00", "0"), (None, "6.50", "0")]);
        let rule = by_quantity(Volume { tiers }, None, Counted::Line);
        for (pieces, amount) in [(1, "7.00"), (5, "7.00"), (6, "6.50"), (600, "6.50")] {
            let outcome = alone(&rule, &large_box(), pieces);
            let found = outcome.map(|it| it.amount());
            assert_eq!(found, Ok(amount.parse().ok()), "{pieces}");
        }
    }
}
