//! What is drawn for attributes of which nothing is known yet.

use quotewright_engine::catalog::{Attribute, AttributeDomain, Model, NumberRange, Value, Wish};
use rust_decimal::Decimal;

/// A value for every attribute that it likely has once it is worked out: what the catalog
/// suggests, else the first or least, and what formulas make of these. Rules may have it
/// otherwise.
pub fn likely_values(model: &Model) -> Vec<Option<Value>> {
    with_formulas(model, |it| Some(likely(it)))
}

/// The same of those alone for which the catalog suggests something.
pub fn suggested_values(model: &Model) -> Vec<Option<Value>> {
    with_formulas(model, |it| it.wish.as_ref().map(|_| likely(it)))
}

fn with_formulas(model: &Model, given: impl Fn(&Attribute) -> Option<Value>) -> Vec<Option<Value>> {
    let attributes = model.attributes.iter();
    let given = attributes.map(|it| given(it).filter(|_| it.formula.is_none()));
    let mut values: Vec<Option<Value>> = given.collect();
    for (at, attribute) in model.attributes.iter().enumerate() {
        if attribute.formula.is_some() {
            values[at] = calculated(model, attribute, &values);
        }
    }
    values
}

fn likely(attribute: &Attribute) -> Value {
    let last = attribute.wish == Some(Wish::Last);
    match (&attribute.wish, &attribute.domain) {
        (Some(Wish::Value(value)), _) => *value,
        (_, AttributeDomain::Number(range)) if last => Value::Number(range.max),
        (_, AttributeDomain::Number(range)) => Value::Number(range.min),
        (_, AttributeDomain::Options(list)) if last => {
            Value::Option(list.options.len().saturating_sub(1))
        }
        (_, AttributeDomain::Presence(_) | AttributeDomain::Options(_)) => Value::Option(0),
        (_, AttributeDomain::Flag) => Value::Option(usize::from(last)),
    }
}

fn calculated(model: &Model, attribute: &Attribute, values: &[Option<Value>]) -> Option<Value> {
    let AttributeDomain::Number(range) = &attribute.domain else {
        return None;
    };
    let formula = attribute.formula.as_ref()?;
    let worked_out = formula.evaluate(model, values).ok()??;
    at_least(range, worked_out).map(Value::Number)
}

/// The smallest number of a range that is not below `number`; the largest where all are.
fn at_least(range: &NumberRange, number: Decimal) -> Option<Decimal> {
    let above = number.checked_sub(range.min)?.max(Decimal::ZERO);
    let steps = above.checked_div(range.step)?.ceil();
    let found = steps.checked_mul(range.step)?.checked_add(range.min)?;
    Some(found.min(range.max))
}
