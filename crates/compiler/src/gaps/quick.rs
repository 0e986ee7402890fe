//! Tables that have a row for everything, found without a search.

use quotewright_engine::catalog::{Attribute, AttributeDomain, AttributeIndex, Value};
use quotewright_engine::price::{Between, LookupKey, PriceTable};
use rust_decimal::Decimal;

/// Combinations beyond which it takes a search to tell whether a table has a row for all.
const MAX_COMBINATIONS: usize = 20_000;

/// Whether `table` has a row for all values that there are, whatever the rules say; not where
/// there are too many.
pub(super) fn has_all((table, between): (&PriceTable, Between), attributes: &[Attribute]) -> bool {
    let samples: Option<Vec<(AttributeIndex, Vec<Value>)>> = table
        .keys
        .iter()
        .enumerate()
        .map(|(column, key)| {
            let domain = &attributes.get(key.0)?.domain;
            Some((*key, samples(domain, column, (table, between))?))
        })
        .collect();
    let Some(samples) = samples else {
        return false;
    };
    let sizes = samples.iter().map(|(_, values)| values.len());
    let total = sizes.fold(1_usize, usize::saturating_mul);
    let rows = table.rows.len().max(1);
    if total.saturating_mul(rows) > MAX_COMBINATIONS * 100 || total > MAX_COMBINATIONS {
        return false;
    }
    let mut combinations = (0..total).filter_map(|number| combination(number, &samples));
    combinations.all(|values| {
        let values: Vec<Value> = values.iter().map(|(_, value)| *value).collect();
        between.amount(table, &values) != Ok(None)
    })
}

/// The `number`th way to take one value of each attribute.
fn combination(
    number: usize,
    samples: &[(AttributeIndex, Vec<Value>)],
) -> Option<Vec<(AttributeIndex, Value)>> {
    let mut rest = number;
    let values = samples.iter().map(|(attribute, values)| {
        let position = rest.checked_rem(values.len())?;
        rest /= values.len();
        Some((*attribute, *values.get(position)?))
    });
    values.collect()
}

/// Values of a key that stand for all of them: every option, and of numbers the largest that
/// each row reaches; where the next row up does not count, the ends and what is just above a
/// row as well.
fn samples(
    domain: &AttributeDomain,
    column: usize,
    (table, between): (&PriceTable, Between),
) -> Option<Vec<Value>> {
    let AttributeDomain::Number(range) = domain else {
        return (0..domain.size()?).map(|it| domain.value_at(it)).collect();
    };
    let limits = table
        .rows
        .iter()
        .filter_map(|row| match row.keys.get(column) {
            Some(LookupKey::UpTo(limit)) => Some(*limit),
            _ => None,
        });
    let reached = |limit: Decimal| {
        let over = limit.checked_sub(range.min)?.checked_rem(range.step)?;
        limit.checked_sub(over)
    };
    let mut numbers: Vec<Decimal> = limits.filter_map(reached).chain([range.max]).collect();
    if !between.is_up() {
        numbers.push(range.min);
    }
    if between == Between::Exact {
        let above = numbers.clone().into_iter();
        numbers.extend(above.filter_map(|it| it.checked_add(range.step)));
    }
    numbers.retain(|number| (range.min..=range.max).contains(number));
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers.into_iter().map(Value::Number).collect())
}
