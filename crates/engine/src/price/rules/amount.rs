use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::Formula;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Basis, PriceError, exact};

/// Most decimals of a number of units.
const DECIMALS: u32 = 10;

/// A fixed amount, or an amount for each unit of a formula.
///
/// Use it for a base price, a set-up charge, or a price per metre, kilogram or
/// piece of something that the configuration counts. Not for what depends on
/// one choice (that is [`Options`](super::Options)) and not for rates that
/// change with size (that is [`Lookup`](super::Lookup)).
///
/// 34.00 for each metre of 12.5 metres is 425.00.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Amount, or rate where `per` is given.
    pub amount: Decimal,
    /// How many units.
    pub per: Option<Measure>,
}

/// A number worked out from the configuration, by which an amount is multiplied.
///
/// A division that does not come out even is rounded to 10 decimals, half up,
/// and the step shows the rounded number: 1,000 mm by 3 are 333.3333333333.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// How many units.
    pub formula: Formula,
    /// Symbol of one unit, such as `m`; may be empty.
    pub unit: String,
}

impl Apply for Amount {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        multiplied(self.amount, self.per.as_ref(), context)
    }
}

/// `rate` as it stands, or for each unit of `per`.
pub(super) fn multiplied(
    rate: Decimal,
    per: Option<&Measure>,
    context: &Context,
) -> Result<Outcome, PriceError> {
    let Some(measure) = per else {
        return Ok(Outcome::Adds(rate, Basis::Amount));
    };
    let Some(units) = context.evaluate(&measure.formula)? else {
        let open = context.open_in(&measure.formula);
        // With nothing open, what is measured is not there.
        return Ok(match open.is_empty() {
            true => Outcome::Skipped,
            false => Outcome::Open(open),
        });
    };
    let units = units.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    let basis = Basis::PerUnit {
        rate,
        units,
        unit: measure.unit.clone(),
    };
    Ok(Outcome::Adds(exact::multiply(rate, units)?, basis))
}

impl Amount {
    /// The amount as a formula; `step` names it.
    pub(in crate::price) fn formula(
        &self,
        writer: &Writer,
        step: &str,
    ) -> Result<Formula, PriceError> {
        multiplied_formula(
            Formula::Constant(self.amount),
            self.per.as_ref(),
            writer,
            step,
        )
    }
}

/// As [`multiplied`], as a formula.
pub(super) fn multiplied_formula(
    rate: Formula,
    per: Option<&Measure>,
    writer: &Writer,
    step: &str,
) -> Result<Formula, PriceError> {
    let Some(measure) = per else {
        return Ok(rate);
    };
    match writer.decimals(&measure.formula) {
        Some(..=DECIMALS) => {
            let units = Box::new(measure.formula.clone());
            Ok(Formula::Multiply(Box::new(rate), units))
        }
        _ => Err(PriceError::Inexact {
            step: step.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{LENGTH, dec, large_box, metres};
    use crate::price::rules::testing::alone;

    fn per_metre() -> Amount {
        Amount {
            amount: dec("34.00"),
            per: Some(Measure {
                formula: metres(),
                unit: "m".to_owned(),
            }),
        }
    }

    #[test]
    fn a_fixed_amount_is_itself() {
        let rule = Amount {
            amount: dec("640.00"),
            per: None,
        };
        let outcome = Outcome::Adds(dec("640.00"), Basis::Amount);
        assert_eq!(alone(&rule, &large_box(), 1), Ok(outcome));
    }

    #[test]
    fn an_amount_per_unit_is_multiplied() {
        let basis = Basis::PerUnit {
            rate: dec("34.00"),
            units: dec("2.5"),
            unit: "m".to_owned(),
        };
        let outcome = Outcome::Adds(dec("85.00"), basis);
        assert_eq!(alone(&per_metre(), &large_box(), 1), Ok(outcome));
    }

    #[test]
    fn units_that_do_not_come_out_even_are_rounded() {
        let thirds = Measure {
            formula: Formula::Divide(
                Box::new(Formula::Attribute(LENGTH)),
                Box::new(Formula::Constant(dec("3"))),
            ),
            unit: String::new(),
        };
        let rule = Amount {
            amount: dec("34.00"),
            per: Some(thirds),
        };
        let basis = Basis::PerUnit {
            rate: dec("34.00"),
            units: dec("833.3333333333"),
            unit: String::new(),
        };
        let outcome = Outcome::Adds(dec("28333.3333333322"), basis);
        assert_eq!(alone(&rule, &large_box(), 1), Ok(outcome));
    }

    #[test]
    fn it_waits_for_what_the_formula_needs() {
        let mut values = large_box();
        values[LENGTH.0] = None;
        let outcome = Outcome::Open(vec![LENGTH]);
        assert_eq!(alone(&per_metre(), &values, 1), Ok(outcome));
    }
}
