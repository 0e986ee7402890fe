//! Values for which a sheet has no row. It depends on the rules whether they matter.

mod quick;

use quotewright_engine::catalog::{
    Assignment, Attribute, AttributeIndex, Comparison, Condition, Formula, Value,
};
use quotewright_engine::price::{Between, LookupKey, PriceTable};
use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::expression::option_codes;
use crate::parts::without_indices;

/// What no row of a sheet is for.
pub(crate) struct Gap {
    /// What is told about it, but for the values at the end.
    pub(crate) told: Diagnostic,
    /// Where it matters and no row is for it.
    pub(crate) open: Condition,
    /// What decides the row, each with the numbers at which another row begins.
    keys: Vec<(AttributeIndex, Vec<Decimal>)>,
    between: Between,
}

impl Gap {
    /// What a table, asked where `when` holds, may leave open; `None` where nothing.
    pub(crate) fn of_table(
        told: Diagnostic,
        when: Option<&Condition>,
        (table, between): (&PriceTable, Between),
        attributes: &[Attribute],
    ) -> Option<Self> {
        if quick::has_all((table, between), attributes) {
            return None;
        }
        let keys = table.keys.as_slice();
        let rows: Vec<&[LookupKey]> = table.rows.iter().map(|it| it.keys.as_slice()).collect();
        let covered = match between {
            Between::Up => Condition::Any(rows.iter().map(|row| reached(keys, row)).collect()),
            _ => covered(keys, &rows, between),
        };
        let keys = keys.iter().enumerate();
        Some(Self {
            told,
            open: both(when, Condition::Not(Box::new(covered))),
            keys: keys
                .map(|(at, key)| (*key, numbers(rows.iter().filter_map(|row| row.get(at)))))
                .collect(),
            between,
        })
    }

    /// That `formula` is above `end` where `when` holds.
    pub(crate) fn above(
        told: Diagnostic,
        when: Option<&Condition>,
        formula: &Formula,
        end: Decimal,
    ) -> Self {
        let above = Condition::Compare {
            left: formula.clone(),
            comparison: Comparison::Greater,
            right: Formula::Constant(end),
        };
        let keys = formula.attributes().into_iter();
        Self {
            told,
            open: both(when, above),
            keys: keys.map(|it| (it, Vec::new())).collect(),
            between: Between::Up,
        }
    }

    /// The values as a person writes them: `belt = pu, width = 1200`.
    pub(crate) fn describe(&self, attributes: &[Attribute], found: &Assignment) -> String {
        described(self.keys.iter().map(|(key, _)| *key), attributes, found)
    }

    /// All that the same rows are missing for: of numbers what lies between the same two.
    pub(crate) fn around(&self, found: &Assignment) -> Condition {
        let parts =
            self.keys
                .iter()
                .flat_map(|(index, limits)| match found.get(index.0).copied() {
                    Some(Value::Option(option)) => vec![is(*index, option)],
                    Some(Value::Number(number)) => stretch(*index, limits, number, self.between),
                    Some(Value::Absent) | None => Vec::new(),
                });
        Condition::All(parts.collect())
    }
}

/// Values of a configuration as a person writes them.
pub(crate) fn described(
    keys: impl Iterator<Item = AttributeIndex>,
    attributes: &[Attribute],
    found: &Assignment,
) -> String {
    let values = keys.filter_map(|index| {
        let attribute = attributes.get(index.0)?;
        let value = match found.get(index.0)? {
            Value::Number(number) => number.normalize().to_string(),
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

fn both(when: Option<&Condition>, condition: Condition) -> Condition {
    Condition::All(when.cloned().into_iter().chain([condition]).collect())
}

fn is(attribute: AttributeIndex, option: usize) -> Condition {
    let options = vec![option];
    Condition::Is { attribute, options }
}

fn compare(attribute: AttributeIndex, comparison: Comparison, number: Decimal) -> Condition {
    Condition::Compare {
        left: Formula::Attribute(attribute),
        comparison,
        right: Formula::Constant(number),
    }
}

/// That a row which counts up to its numbers is for the configuration.
fn reached(keys: &[AttributeIndex], row: &[LookupKey]) -> Condition {
    let parts = keys.iter().zip(row).map(|(key, wanted)| match wanted {
        LookupKey::Option(option) => is(*key, *option),
        LookupKey::UpTo(number) => compare(*key, Comparison::LessOrEqual, *number),
    });
    Condition::All(parts.collect())
}

/// That rows are for the configuration, which agree in all keys before these, the last ones. As
/// [`Between::amount`] looks for them.
fn covered(keys: &[AttributeIndex], rows: &[&[LookupKey]], between: Between) -> Condition {
    let Some((key, rest)) = keys.split_first() else {
        return Condition::Constant(true);
    };
    let at = |row: &&[LookupKey]| row.iter().rev().nth(rest.len()).cloned();
    let of = |wanted: &LookupKey| {
        let same = rows.iter().copied();
        let same: Vec<&[LookupKey]> = same
            .filter(|row| at(row).as_ref() == Some(wanted))
            .collect();
        covered(rest, &same, between)
    };
    let found: Vec<LookupKey> = rows.iter().filter_map(at).collect();
    let mut options: Vec<usize> = (found.iter())
        .filter_map(|it| match it {
            LookupKey::Option(option) => Some(*option),
            LookupKey::UpTo(_) => None,
        })
        .collect();
    options.sort_unstable();
    options.dedup();
    let options = options
        .into_iter()
        .map(|option| Condition::All(vec![is(*key, option), of(&LookupKey::Option(option))]));
    let numbers = numbers(found.iter());
    let conditions: Vec<Condition> = numbers.iter().map(|it| of(&LookupKey::UpTo(*it))).collect();
    let numbers = numbers.iter().enumerate().map(|(at, number)| {
        let next = numbers.get(at + 1).copied();
        let below = next.map(|it| compare(*key, Comparison::Less, it));
        let own = conditions.get(at).cloned();
        let exactly = || compare(*key, Comparison::Equal, *number);
        let from = || compare(*key, Comparison::GreaterOrEqual, *number);
        let all =
            |parts: Vec<Condition>| Condition::All(own.clone().into_iter().chain(parts).collect());
        match (between, below, conditions.get(at + 1)) {
            (Between::Down, below, _) => all([from()].into_iter().chain(below).collect()),
            // Between two numbers, the rows of both are needed.
            (Between::Linear, Some(below), Some(after)) => {
                let within = all(vec![from(), below, after.clone()]);
                Condition::Any(vec![all(vec![exactly()]), within])
            }
            _ => all(vec![exactly()]),
        }
    });
    let numbers: Vec<Condition> = numbers.collect();
    Condition::Any(options.chain(numbers).collect())
}

/// The numbers of some keys, ascending.
fn numbers<'k>(keys: impl Iterator<Item = &'k LookupKey>) -> Vec<Decimal> {
    let numbers = keys.filter_map(|key| match key {
        LookupKey::UpTo(number) => Some(*number),
        LookupKey::Option(_) => None,
    });
    let mut numbers: Vec<Decimal> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The numbers around one that no other row begins between.
fn stretch(
    key: AttributeIndex,
    limits: &[Decimal],
    number: Decimal,
    between: Between,
) -> Vec<Condition> {
    let below = limits.iter().rev().find(|it| **it < number);
    let (or_less, above) = match between {
        Between::Up => (true, limits.iter().find(|it| **it >= number)),
        _ if limits.contains(&number) => return vec![compare(key, Comparison::Equal, number)],
        _ => (false, limits.iter().find(|it| **it > number)),
    };
    let up_to = if or_less {
        Comparison::LessOrEqual
    } else {
        Comparison::Less
    };
    let below = below.map(|it| compare(key, Comparison::Greater, *it));
    let above = above.map(|it| compare(key, up_to, *it));
    below.into_iter().chain(above).collect()
}
