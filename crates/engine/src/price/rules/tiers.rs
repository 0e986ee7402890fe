use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::percent::{percent_formula, percentage};
use super::{Apply, Outcome};
use crate::catalog::Formula;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Base, Counted, PriceError, PriceStep, Purchase};

/// A discount on earlier steps by the line's quantity, the whole quantity at
/// the tier reached.
///
/// Use it for what most suppliers print beside a list price: 5 percent from 3
/// pieces on. Not where each bracket has a percentage of its
/// own: there the price of one piece would be an average (that is
/// [`Brackets`](super::Brackets)).
///
/// With 5 percent off from 3 pieces and 8 percent off from 5, four pieces of
/// 100.00 cost 95.00 each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tiers {
    /// By ascending quantity.
    pub tiers: Vec<Tier>,
    /// What the percentage is of.
    pub of: Base,
    /// Which pieces decide the tier.
    pub counts: Counted,
}

/// From `from` pieces on, `percent` is added (below zero for a discount).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Smallest quantity.
    pub from: u32,
    /// Hundredths.
    pub percent: Decimal,
}

impl Apply for Tiers {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        match self.reached(self.counts.pieces(context.purchase())) {
            None => Ok(Outcome::Skipped),
            Some(tier) => percentage(tier.percent, &self.of, context),
        }
    }

    fn thresholds(&self, purchase: &Purchase) -> Vec<u32> {
        let from = self.tiers.iter().map(|tier| tier.from);
        from.filter_map(|from| self.counts.line_pieces(from, purchase))
            .collect()
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        match self.reached(self.counts.pieces(writer.purchase)) {
            None => Ok(Formula::Constant(Decimal::ZERO)),
            Some(tier) => percent_formula(tier.percent, (&self.of, step), writer),
        }
    }

    fn base(&self) -> Option<&Base> {
        Some(&self.of)
    }

    fn counts(&self) -> Option<Counted> {
        Some(self.counts)
    }
}

impl Tiers {
    fn reached(&self, pieces: u64) -> Option<&Tier> {
        let reached = |tier: &&Tier| u64::from(tier.from) <= pieces;
        self.tiers.iter().rev().find(reached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::Basis;
    use crate::price::kit::dec;
    use crate::price::rules::testing::after;

    #[test]
    fn the_whole_quantity_is_at_the_tier_reached() {
        let tier = |from, percent| Tier {
            from,
            percent: dec(percent),
        };
        let rule = Tiers {
            tiers: vec![tier(3, "-5"), tier(5, "-8")],
            of: Base::Steps(vec![0]),
            counts: Counted::Line,
        };
        for (quantity, discount) in [
            (1, None),
            (2, None),
            (3, Some("-5")),
            (4, Some("-5")),
            (5, Some("-8")),
            (u32::MAX, Some("-8")),
        ] {
            let earlier = vec![Outcome::Adds(dec("100.00"), Basis::Amount)];
            let outcome = discount.map_or(Outcome::Skipped, |percent| {
                let basis = Basis::Percent {
                    percent: dec(percent),
                    base: dec("100.00"),
                };
                Outcome::Adds(dec(percent), basis)
            });
            assert_eq!(after(earlier, &rule, quantity), Ok(outcome), "{quantity}");
        }
    }
}
