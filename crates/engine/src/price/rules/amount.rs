use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::Formula;
use crate::money::Rounding;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Basis, PriceError, PriceStep, exact};

/// Most decimals of a number of units, or of what decides a tier.
pub(super) const DECIMALS: u32 = 10;

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
///
/// Where amounts are stated for more than one unit, `price_unit` says for how many: 4.20 for
/// 100 metres. What is charged is still in proportion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// How many units.
    pub formula: Formula,
    /// Symbol of one unit, such as `m`; may be empty.
    pub unit: String,
    /// For how many units the amount is; one where `None`. One divided by it has an end.
    #[serde(default)]
    pub price_unit: Option<Decimal>,
    /// What the number of units is rounded to, such as started hours; not where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
}

impl Measure {
    /// The part of an amount that one unit costs.
    fn part(&self) -> Result<Decimal, PriceError> {
        let Some(size) = self.price_unit else {
            return Ok(Decimal::ONE);
        };
        let part = Decimal::ONE
            .checked_div(size)
            .ok_or(PriceError::Malformed)?;
        match exact::multiply(part, size) == Ok(Decimal::ONE) {
            true => Ok(part),
            false => Err(PriceError::Malformed),
        }
    }
}

impl Apply for Amount {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        multiplied(self.amount, self.per.as_ref(), context)
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        let amount = Formula::Constant(self.amount);
        multiplied_formula(amount, self.per.as_ref(), writer, step)
    }

    fn measure(&self) -> Option<&Measure> {
        self.per.as_ref()
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
    let units = match measured(measure, context)? {
        Err(outcome) => return Ok(outcome),
        Ok(units) => units,
    };
    let basis = Basis::PerUnit {
        rate,
        units,
        unit: measure.unit.clone(),
        price_unit: measure.price_unit,
    };
    let amount = exact::part(exact::multiply(rate, measure.part()?)?, units)?;
    Ok(Outcome::Adds(amount, basis))
}

/// How many units there are, or what becomes of the step without them.
pub(super) fn measured(
    measure: &Measure,
    context: &Context,
) -> Result<Result<Decimal, Outcome>, PriceError> {
    let Some(units) = context.evaluate(&measure.formula)? else {
        return Ok(Err(Outcome::unknown(context, &measure.formula)));
    };
    if let Some(rounding) = measure.rounding {
        return Ok(Ok(rounding.round(units)?));
    }
    Ok(Ok(to_ten_decimals(units)))
}

/// A division that does not come out even would have 28 digits otherwise.
pub(super) fn to_ten_decimals(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero)
}

/// As [`multiplied`], as a formula.
pub(super) fn multiplied_formula(
    rate: Formula,
    per: Option<&Measure>,
    writer: &Writer,
    step: &PriceStep,
) -> Result<Formula, PriceError> {
    let Some(measure) = per else {
        return Ok(rate);
    };
    let units = exact_units(measure, writer, step)?;
    let amount = Formula::Multiply(Box::new(rate), Box::new(units));
    if measure.price_unit.is_none() {
        return Ok(amount);
    }
    let part = Formula::Constant(measure.part()?);
    Ok(Formula::Multiply(Box::new(part), Box::new(amount)))
}

/// The number of units as a formula, where it is never rounded.
pub(super) fn exact_units(
    measure: &Measure,
    writer: &Writer,
    step: &PriceStep,
) -> Result<Formula, PriceError> {
    match writer.decimals(&measure.formula) {
        Some(..=DECIMALS) if measure.rounding.is_none() => Ok(measure.formula.clone()),
        _ => Err(PriceError::Inexact {
            step: step.code.clone(),
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
                price_unit: None,
                rounding: None,
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
            price_unit: None,
        };
        let outcome = Outcome::Adds(dec("85.00"), basis);
        assert_eq!(alone(&per_metre(), &large_box(), 1), Ok(outcome));
    }

    #[test]
    fn an_amount_may_be_for_a_hundred_units() {
        let mut rule = per_metre();
        rule.per = rule.per.map(|it| Measure {
            price_unit: Some(dec("100")),
            ..it
        });
        let outcome = alone(&rule, &large_box(), 1).expect("an outcome");
        assert_eq!(outcome.amount(), Some(dec("0.85")));
        // A third of an amount has no end.
        rule.per = rule.per.map(|it| Measure {
            price_unit: Some(dec("3")),
            ..it
        });
        let refused = Err(PriceError::Malformed);
        assert_eq!(alone(&rule, &large_box(), 1), refused);
    }

    #[test]
    fn units_that_do_not_come_out_even_are_rounded() {
        let thirds = Measure {
            formula: Formula::Divide(
                Box::new(Formula::Attribute(LENGTH)),
                Box::new(Formula::Constant(dec("3"))),
            ),
            unit: String::new(),
            price_unit: None,
            rounding: None,
        };
        let rule = Amount {
            amount: dec("34.00"),
            per: Some(thirds),
        };
        let basis = Basis::PerUnit {
            rate: dec("34.00"),
            units: dec("833.3333333333"),
            unit: String::new(),
            price_unit: None,
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
