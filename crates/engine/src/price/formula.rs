//! The price as a formula, so that it can be reasoned about: budgets, the cheapest configuration.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::rules::percent_formula;
use super::{PriceError, PricePack, PriceRule, PriceStep, ProductPrices, applicable};
use crate::catalog::{AttributeDomain, Condition, Formula, Model};

/// More rows times amounts than this are written without the steps in between.
const MOST_RUNGS: usize = 10_000;

/// The price of one piece, before any rounding, where `quantity` pieces are bought on `date`.
///
/// In every complete configuration that has a price, the formula comes to the sum of the
/// steps that [`price_unit`](super::price_unit) shows. What is not there costs nothing.
///
/// # Errors
/// As [`price_unit`](super::price_unit); [`PriceError::Inexact`] where a number of units can
/// have more decimals than are kept, so that no formula comes to exactly what is charged.
pub fn price_formula(
    model: &Model,
    pack: &PricePack,
    quantity: u32,
    date: Date,
) -> Result<Formula, PriceError> {
    if quantity == 0 {
        return Err(PriceError::NoQuantity);
    }
    let prices = applicable(model, pack, date)?;
    let mut writer = Writer {
        model,
        prices,
        quantity,
        steps: Vec::with_capacity(prices.steps.len()),
    };
    for step in &prices.steps {
        let formula = writer.step(step)?;
        writer.steps.push(formula);
    }
    Ok(Formula::Sum(writer.steps))
}

/// Writes prices as formulas.
pub(super) struct Writer<'a> {
    pub model: &'a Model,
    pub prices: &'a ProductPrices,
    pub quantity: u32,
    /// The earlier steps, in the order of the price book.
    pub steps: Vec<Formula>,
}

impl Writer<'_> {
    fn step(&self, step: &PriceStep) -> Result<Formula, PriceError> {
        let amount = match &step.rule {
            PriceRule::Amount(rule) => rule.formula(self, &step.code)?,
            PriceRule::Options(rule) => rule.formula(self)?,
            PriceRule::Lookup(rule) => rule.formula(self, &step.code)?,
            PriceRule::Percent(rule) => percent_formula(rule.percent, &rule.of, self)?,
            PriceRule::Tiers(rule) => rule.formula(self)?,
        };
        // What is not there costs nothing.
        let amount = Formula::Sum(vec![amount]);
        Ok(match &step.when {
            Some(when) => Formula::Where(Box::new(when.clone()), Box::new(amount)),
            None => amount,
        })
    }

    /// Most decimals that the formula's values can have; `None` where they do not end.
    pub fn decimals(&self, formula: &Formula) -> Option<u32> {
        let of = |formula: &Formula| self.decimals(formula);
        match formula {
            Formula::Constant(number) => Some(number.normalize().scale()),
            Formula::Attribute(attribute) => match &self.model.attribute(*attribute)?.domain {
                AttributeDomain::Number(range) => {
                    let ends = [range.min, range.step].map(|it| it.normalize().scale());
                    ends.into_iter().max()
                }
                _ => None,
            },
            Formula::Property {
                attribute,
                property,
            } => match &self.model.attribute(*attribute)?.domain {
                AttributeDomain::Options(list) => (list.options.iter())
                    .map(|it| Some(it.properties.get(*property)?.normalize().scale()))
                    .try_fold(0, |most, it| Some(most.max(it?))),
                _ => None,
            },
            Formula::Add(left, right) | Formula::Subtract(left, right) => {
                Some(of(left)?.max(of(right)?))
            }
            Formula::Multiply(left, right) => Some(of(left)? + of(right)?),
            Formula::Divide(dividend, divisor) => {
                let Formula::Constant(divisor) = **divisor else {
                    return None;
                };
                let inverse = Decimal::ONE.checked_div(divisor)?;
                let ends = super::exact::multiply(inverse, divisor) == Ok(Decimal::ONE);
                ends.then_some(of(dividend)? + inverse.normalize().scale())
            }
            Formula::Power(base, exponent) => of(base)?.checked_mul(*exponent),
            Formula::Count(_) => Some(0),
            Formula::Sum(terms) | Formula::Min(terms) | Formula::Max(terms) => (terms.iter())
                .map(of)
                .try_fold(0, |most, it| Some(most.max(it?))),
            Formula::Where(_, inner) => of(inner),
        }
    }
}

/// Each amount where a condition with it holds.
fn one_by_one<T: Clone>(
    rows: &[(T, Decimal)],
    amounts: &[Decimal],
    any_of: impl Fn(&[T]) -> Condition,
) -> Formula {
    let term = |amount: &Decimal| {
        let same = rows.iter().filter(|it| it.1 == *amount);
        let same: Vec<T> = same.map(|it| it.0.clone()).collect();
        Formula::Where(
            Box::new(any_of(&same)),
            Box::new(Formula::Constant(*amount)),
        )
    };
    Formula::Sum(amounts.iter().map(term).collect())
}

/// The amount of the condition that holds, of conditions of which at most one does.
///
/// Written as steps from each amount to the next larger one, each where the amount is at
/// least that: so what is ruled out already narrows what the whole can come to. `certain`
/// says that one of the conditions always holds.
pub(super) fn ladder<T: Clone>(
    rows: &[(T, Decimal)],
    certain: bool,
    any_of: impl Fn(&[T]) -> Condition,
) -> Result<Formula, PriceError> {
    let mut amounts: Vec<Decimal> = rows.iter().map(|it| it.1).collect();
    amounts.sort_unstable();
    amounts.dedup();
    if amounts.len().saturating_mul(rows.len()) > MOST_RUNGS {
        return Ok(one_by_one(rows, &amounts, any_of));
    }
    let mut terms = Vec::new();
    let mut before = Decimal::ZERO;
    for (position, amount) in amounts.into_iter().enumerate() {
        let more = Formula::Constant(super::exact::subtract(amount, before)?);
        before = amount;
        if position == 0 && certain {
            terms.push(more);
            continue;
        }
        let reach: Vec<T> = (rows.iter())
            .filter(|it| it.1 >= amount)
            .map(|it| it.0.clone())
            .collect();
        terms.push(Formula::Where(Box::new(any_of(&reach)), Box::new(more)));
    }
    Ok(Formula::Sum(terms))
}
