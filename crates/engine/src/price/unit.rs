use jiff::civil::Date;
use rust_decimal::Decimal;

use super::context::Context;
use super::rules::Outcome;
use super::{
    Basis, PriceError, PricePack, PriceStep, ProductPrices, RoundingMoment, Step, Waterfall, exact,
};
use crate::catalog::{Model, Text, Value};

/// Code of the step that holds what rounding added or took.
const ROUNDING: &str = "rounding";

/// The price of one piece of a configuration where `quantity` pieces are bought on `date`.
///
/// `values` holds one entry for each attribute of `model`, `None` while open. A
/// step that needs an open attribute has no amount and says what it waits for;
/// a step that does not apply is left out. The amounts of the steps add up to
/// the total, exactly; where the policy rounds the unit price, what that adds
/// or takes is the last step.
///
/// # Errors
/// [`PriceError`], where the pack is not for this catalog, product or day, or
/// an amount does not fit an exact decimal.
pub fn price_unit(
    model: &Model,
    pack: &PricePack,
    values: &[Option<Value>],
    quantity: u32,
    date: Date,
) -> Result<Waterfall, PriceError> {
    if quantity == 0 {
        return Err(PriceError::NoQuantity);
    }
    let prices = applicable(model, pack, date)?;
    let mut context = Context::new(model, prices, values, quantity);
    let mut steps = Vec::with_capacity(prices.steps.len() + 1);
    for step in &prices.steps {
        let outcome = outcome(step, &context)?;
        steps.extend(shown(step, &outcome, pack.currency.minor_units));
        context.push(outcome);
    }
    close(steps, pack)
}

/// The prices in `pack` for the product of `model`, where they hold on `date`.
pub(crate) fn applicable<'p>(
    model: &Model,
    pack: &'p PricePack,
    date: Date,
) -> Result<&'p ProductPrices, PriceError> {
    let (from, until) = (pack.valid_from, pack.valid_until);
    if from.is_some_and(|from| date < from) || until.is_some_and(|until| date > until) {
        return Err(PriceError::NotValid { from, until });
    }
    if pack.catalog != model.catalog || pack.catalog_hash != model.hash {
        return Err(PriceError::OtherCatalog);
    }
    pack.products
        .iter()
        .find(|prices| prices.product == model.product)
        .ok_or_else(|| PriceError::NoPrices {
            product: model.product.clone(),
        })
}

/// The quantities from which some step gives another amount, ascending.
pub(crate) fn thresholds(prices: &ProductPrices) -> Vec<u32> {
    let mut quantities: Vec<u32> = prices
        .steps
        .iter()
        .flat_map(|step| step.rule.kind().thresholds())
        .collect();
    quantities.sort_unstable();
    quantities.dedup();
    quantities
}

fn outcome(step: &PriceStep, context: &Context) -> Result<Outcome, PriceError> {
    let holds = match &step.when {
        None => Some(true),
        Some(condition) => context.holds(condition)?,
    };
    match (holds, &step.when) {
        (Some(true), _) => step.rule.kind().apply(context),
        (None, Some(condition)) => Ok(Outcome::Open(context.open_of(condition.attributes()))),
        _ => Ok(Outcome::Skipped),
    }
}

/// The step as the waterfall shows it; nothing where it does not apply.
fn shown(step: &PriceStep, outcome: &Outcome, minor_units: u32) -> Option<Step> {
    let (amount, basis) = match outcome {
        Outcome::Skipped => return None,
        Outcome::Adds(amount, basis) => (Some(exact::money(*amount, minor_units)), basis.clone()),
        Outcome::Open(attributes) => {
            let attributes = attributes.clone();
            (None, Basis::Open { attributes })
        }
    };
    Some(Step {
        code: step.code.clone(),
        label: step.label.clone(),
        basis,
        amount,
    })
}

/// Adds the steps up, and a last one where the unit price is rounded.
fn close(mut steps: Vec<Step>, pack: &PricePack) -> Result<Waterfall, PriceError> {
    let minor_units = pack.currency.minor_units;
    let sum = exact::sum(steps.iter().filter_map(|step| step.amount))?;
    if pack.rounding.moment != RoundingMoment::Unit {
        let total = exact::money(sum, minor_units);
        return Ok(Waterfall { steps, total });
    }
    let total = pack.rounding.round(sum, minor_units);
    let difference = exact::subtract(total, sum)?;
    if difference != Decimal::ZERO {
        steps.push(Step {
            code: ROUNDING.to_owned(),
            label: Text::default(),
            basis: Basis::Rounding,
            amount: Some(exact::money(difference, minor_units)),
        });
    }
    Ok(Waterfall { steps, total })
}
