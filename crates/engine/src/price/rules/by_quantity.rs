use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::amount::{exact_units, measured, to_ten_decimals};
use super::{Apply, Measure, Outcome};
use crate::catalog::Formula;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::scales::{ScaleError, Scaled};
use crate::price::{Basis, Counted, Level, PriceError, PriceStep, Purchase, exact};

/// A price by quantity: a scale of [`scales`](crate::price::scales), and what it counts.
///
/// Use it for what is bought by the piece, seat, hour or metre at prices that change with how
/// many. Not for percentages by quantity ([`Tiers`](super::Tiers)), nor for one price whatever
/// the quantity ([`Amount`](super::Amount)).
///
/// At 5.00 for up to 10 pieces and 4.00 for more, 12 pieces are 48.00.
///
/// With a formula in `per` it prices the units that the configuration has. Without, a step for
/// the line prices its pieces; a step for one piece prices one, at the tier of all that count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ByQuantity<S> {
    /// From a quantity to an amount.
    pub scale: S,
    /// What is counted; pieces where `None`.
    pub per: Option<Measure>,
    /// Which pieces decide the tier; those of the line where `per` is given.
    pub counts: Counted,
    /// The number that decides the tier, where that is not what is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Formula>,
}

/// What a scale has to price.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    /// Units that count without being priced here: on other lines, or bought earlier.
    pub before: Decimal,
    /// Units that are priced.
    pub units: Decimal,
}

/// A scale as a kind of price rule.
pub(super) trait Scale {
    /// What the units cost, with the share of each tier.
    fn cost(&self, quantity: Quantity) -> Result<Scaled, ScaleError>;

    /// The quantities above which another tier begins.
    fn ends(&self) -> Vec<Decimal> {
        Vec::new()
    }

    /// What the units of a formula cost; `None` where no formula comes to exactly that.
    fn formula(&self, _units: &Formula) -> Option<Formula> {
        None
    }
}

/// The pieces that are priced by a step of this level.
fn pieces(level: Level, counts: Counted, purchase: &Purchase) -> Result<Quantity, PriceError> {
    let units = match level {
        Level::Piece => Decimal::ONE,
        Level::Line => Decimal::from(purchase.quantity),
        Level::Quote(_) => return Err(PriceError::Malformed),
    };
    let before = Decimal::from(counts.pieces(purchase)) - units;
    Ok(Quantity { before, units })
}

impl<S: Scale> Apply for ByQuantity<S> {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let quantity = match &self.per {
            None => pieces(context.level()?, self.counts, context.purchase())?,
            Some(measure) => match measured(measure, context)? {
                Err(outcome) => return Ok(outcome),
                Ok(units) => Quantity {
                    before: Decimal::ZERO,
                    units,
                },
            },
        };
        let quantity = match &self.by {
            None => quantity,
            Some(by) => match context.evaluate(by)? {
                None => return Ok(Outcome::unknown(context, by)),
                Some(reached) => Quantity {
                    before: exact::subtract(to_ten_decimals(reached), quantity.units)?,
                    ..quantity
                },
            },
        };
        let Scaled { total, parts } = self.scale.cost(quantity)?;
        let unit = self
            .per
            .as_ref()
            .map_or_else(String::new, |it| it.unit.clone());
        Ok(Outcome::Adds(total, Basis::Tiers { unit, parts }))
    }

    fn thresholds(&self, purchase: &Purchase) -> Vec<u32> {
        if self.per.is_some() || self.by.is_some() {
            return Vec::new();
        }
        let above = |end: Decimal| {
            let whole = end.round_dp_with_strategy(0, RoundingStrategy::ToNegativeInfinity);
            whole.to_u32()?.checked_add(1)
        };
        let from = self.scale.ends().into_iter().filter_map(above);
        from.filter_map(|from| self.counts.line_pieces(from, purchase))
            .collect()
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        if self.by.is_some() {
            return Err(PriceError::Inexact {
                step: step.code.clone(),
            });
        }
        let Some(measure) = &self.per else {
            let quantity = pieces(step.level, self.counts, writer.purchase)?;
            return Ok(Formula::Constant(self.scale.cost(quantity)?.total));
        };
        let units = exact_units(measure, writer, step)?;
        let formula = self.scale.formula(&units);
        formula.ok_or_else(|| PriceError::Inexact {
            step: step.code.clone(),
        })
    }

    fn measure(&self) -> Option<&Measure> {
        self.per.as_ref()
    }

    fn decides(&self) -> Option<&Formula> {
        self.by.as_ref()
    }

    fn counts(&self) -> Option<Counted> {
        (self.per.is_none() && self.by.is_none()).then_some(self.counts)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{alone, by_quantity, line, tiers_of};
    use super::*;
    use crate::price::kit::{DAY, dec, large_box, metres};
    use crate::price::scales::Volume;

    fn volume() -> Volume {
        Volume {
            tiers: tiers_of(&[(Some("10"), "5.00", "0"), (None, "4.00", "0")]),
        }
    }

    #[test]
    fn the_pieces_of_a_line_are_priced_by_how_many_count() {
        for (quantity, amount) in [(1, "5"), (10, "50"), (12, "48")] {
            let rule = by_quantity(volume(), None, Counted::Line);
            assert_eq!(line(&rule, quantity), Ok(dec(amount)), "{quantity}");
        }
    }

    #[test]
    fn units_or_another_number_decide_where_they_are_stated() {
        let per = Some(Measure {
            formula: metres(),
            unit: "m".to_owned(),
            price_unit: None,
            rounding: None,
        });
        let by = |number: &str| Some(Formula::Constant(dec(number)));
        // The box is 2.5 metres long.
        for (by, amount) in [(None, "12.5"), (by("10"), "12.5"), (by("10.1"), "10")] {
            let rule = ByQuantity {
                by,
                ..by_quantity(volume(), per.clone(), Counted::Line)
            };
            let outcome = alone(&rule, &large_box(), 1).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec(amount)), "{rule:?}");
            assert!(rule.thresholds(&Purchase::alone(1, DAY)).is_empty());
        }
    }

    #[test]
    fn another_amount_begins_above_each_tier() {
        let rule = by_quantity(volume(), None, Counted::Line);
        assert_eq!(rule.thresholds(&Purchase::alone(1, DAY)), [11]);
    }
}
