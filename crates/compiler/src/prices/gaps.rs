use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Condition, Decisions, Value,
};
use quotewright_engine::price::{Between, LookupKey};
use rust_decimal::Decimal;

use super::lookup::Lookups;
use crate::diagnostic::Location;
use crate::expression::option_codes;
use crate::parts::without_indices;

/// Combinations beyond which a price table is not searched for gaps.
const MAX_COMBINATIONS: usize = 20_000;

/// Values for which a price table has no row. It depends on the rules whether they matter.
pub(crate) struct Gap {
    /// The table.
    pub(crate) location: Location,
    /// Where the step that asks the table applies.
    pub(crate) when: Option<Condition>,
    /// The values.
    pub(crate) values: Decisions,
}

impl Gap {
    /// The values as a person writes them: `belt = pu, width = 1200`.
    pub(crate) fn describe(&self, attributes: &[Attribute]) -> String {
        let values = self.values.iter().filter_map(|(index, value)| {
            let attribute = attributes.get(index.0)?;
            let value = match value {
                Value::Number(number) => number.to_string(),
                Value::Option(option) => {
                    let codes = option_codes(&attribute.domain)?;
                    (*codes.get(*option)?).to_owned()
                }
                Value::Absent => return None,
            };
            Some(format!("`{} = {value}`", without_indices(&attribute.code)))
        });
        values.collect::<Vec<_>>().join(", ")
    }
}

/// The values for which `table` has no row: one for each stretch of numbers between two rows.
pub(super) fn find(
    (table, between): (&Lookups<'_>, Between),
    when: Option<&Condition>,
    attributes: &[Attribute],
) -> Vec<Gap> {
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
        return Vec::new();
    };
    let sizes = samples.iter().map(|(_, values)| values.len());
    let total = sizes.fold(1_usize, usize::saturating_mul);
    let rows = table.rows.len().max(1);
    if total.saturating_mul(rows) > MAX_COMBINATIONS * 100 || total > MAX_COMBINATIONS {
        return Vec::new();
    }
    let combinations = (0..total).filter_map(|number| combination(number, &samples));
    let empty = table.empty();
    let gaps = combinations.filter(|values| {
        let values: Vec<Value> = values.iter().map(|(_, value)| *value).collect();
        between.amount(&empty, &values) == Ok(None)
    });
    gaps.map(|values| Gap {
        location: table.sheet.headings_location(),
        when: when.cloned(),
        values: values.into_iter().collect(),
    })
    .collect()
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
    (table, between): (&Lookups<'_>, Between),
) -> Option<Vec<Value>> {
    let AttributeDomain::Number(range) = domain else {
        return (0..domain.size()?).map(|it| domain.value_at(it)).collect();
    };
    let limits = table
        .rows
        .iter()
        .filter_map(|(_, keys)| match keys.get(column) {
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
