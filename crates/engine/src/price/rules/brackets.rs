use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome, Tier};
use crate::catalog::{AttributeIndex, Formula};
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::scales::{Graduated, PriceTier, Scaled};
use crate::price::{Base, Basis, Counted, PriceError, PriceStep, Purchase, exact};

/// A discount on the price of a piece, each piece at the percentage of its own bracket.
///
/// Use it beside a list price where one piece more must never make the line cheaper. Not where
/// buyers expect one price for all pieces (that is [`Tiers`](super::Tiers)).
///
/// 5 percent from the 11th piece: eleven at 100.00 cost 1,095.00.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brackets {
    /// By ascending quantity; pieces below the first are at the full price.
    pub tiers: Vec<Tier>,
    /// The price of a piece that the percentages are of.
    pub of: Base,
    /// Which pieces come first: the line's own, or those of the contract before them.
    pub counts: Counted,
}

impl Apply for Brackets {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let piece = match context.piece(&self.of)? {
            Err(open) => return Ok(Outcome::Open(open)),
            Ok(piece) => piece,
        };
        let Scaled { total, mut parts } = self.of_piece(piece, context.purchase())?;
        parts.retain(|it| !it.amount.is_zero());
        let unit = String::new();
        Ok(Outcome::Adds(total, Basis::Tiers { unit, parts }))
    }

    fn thresholds(&self, purchase: &Purchase) -> Vec<u32> {
        let from = self.tiers.iter().map(|tier| tier.from);
        from.filter_map(|from| self.counts.line_pieces(from, purchase))
            .collect()
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        let share = self.of_piece(Decimal::ONE, writer.purchase)?.total;
        let piece = writer.piece(&self.of, step)?;
        let share = Box::new(Formula::Constant(share));
        Ok(Formula::Multiply(share, Box::new(piece)))
    }

    fn base(&self) -> Option<&Base> {
        Some(&self.of)
    }

    fn amount_of(
        &self,
        of: &Base,
        context: &Context,
    ) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        context.piece(of)
    }

    fn counts(&self) -> Option<Counted> {
        Some(self.counts)
    }
}

impl Brackets {
    /// What the brackets add to a line of pieces at this price.
    fn of_piece(&self, piece: Decimal, purchase: &Purchase) -> Result<Scaled, PriceError> {
        let to = Decimal::from(self.counts.pieces(purchase));
        let from = to - Decimal::from(purchase.quantity);
        let mut tiers = Vec::with_capacity(self.tiers.len() + 1);
        let mut percent = Decimal::ZERO;
        for end in self.tiers.iter().map(Some).chain([None]) {
            let up_to = end.map(|tier| Decimal::from(tier.from) - Decimal::ONE);
            if up_to != Some(Decimal::ZERO) {
                tiers.push(PriceTier {
                    up_to,
                    unit: exact::percent_of(piece, percent)?,
                    flat: Decimal::ZERO,
                });
            }
            percent = end.map_or(percent, |tier| tier.percent);
        }
        Ok(Graduated { tiers }.slice(from, to)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::after_on_line;
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn each_piece_is_at_the_percentage_of_its_bracket() {
        let tier = |from, percent| Tier {
            from,
            percent: dec(percent),
        };
        let rule = Brackets {
            tiers: vec![tier(11, "-5"), tier(21, "-10")],
            of: Base::Steps(vec![0]),
            counts: Counted::Line,
        };
        for (pieces, amount) in [(10, "0"), (11, "-5"), (20, "-50"), (22, "-70")] {
            let earlier = vec![Outcome::Adds(dec("100.00"), Basis::Amount)];
            let outcome = after_on_line(earlier, &rule, pieces).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec(amount)), "{pieces}");
        }
    }
}
