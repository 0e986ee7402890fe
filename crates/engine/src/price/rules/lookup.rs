use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::amount::{multiplied, multiplied_formula};
use super::{Apply, Between, Measure, Outcome};
use crate::catalog::{AttributeIndex, Comparison, Condition, Formula, Value};
use crate::price::context::{Context, ascending};
use crate::price::formula::{Writer, ladder};
use crate::price::{
    Input, LookupKey, PriceError, PriceRow, PriceStep, PriceTable, ProductPrices, UsedRow,
};

/// An amount from a table, times the units of a formula where `per` is given.
///
/// Use it where the price comes in steps of size, or depends on several
/// attributes at once: metres of frame by width, motors by power and voltage.
/// Not for one choice alone (that is [`Options`](super::Options)).
///
/// A table with 210.00 up to a width of 400 mm and 260.00 up to 600 mm gives
/// 260.00 for 500 mm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lookup {
    /// Position in [`ProductPrices::tables`](crate::price::ProductPrices::tables).
    pub table: usize,
    /// How many units.
    pub per: Option<Measure>,
    /// What the table says between the numbers of its rows.
    #[serde(default, skip_serializing_if = "Between::is_up")]
    pub between: Between,
}

impl Apply for Lookup {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let table = context.table(self.table)?;
        let mut open = context.open_of(table.keys.iter().copied());
        if let Some(measure) = &self.per {
            open.extend(context.open_in(&measure.formula));
        }
        if !open.is_empty() {
            return Ok(Outcome::Open(ascending(open)));
        }
        let absent = |key: &AttributeIndex| context.value(*key) == Some(Value::Absent);
        if table.keys.iter().any(absent) {
            return Ok(Outcome::Skipped);
        }
        let amount = self.between.amount(table, &values(table, context))?;
        let amount = amount.ok_or_else(|| PriceError::NoRow {
            table: table.code.clone(),
        })?;
        multiplied(amount, self.per.as_ref(), context)
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        if !self.between.is_up() {
            return Err(PriceError::Inexact {
                step: step.code.clone(),
            });
        }
        multiplied_formula(self.rate(writer)?, self.per.as_ref(), writer, step)
    }

    fn source(&self, context: &Context) -> Result<Option<Input>, PriceError> {
        let table = context.table(self.table)?;
        let (_, rows) = self.between.found(table, &values(table, context))?;
        let row = |row: &PriceRow| UsedRow {
            keys: table
                .keys
                .iter()
                .copied()
                .zip(row.keys.iter().cloned())
                .collect(),
            amount: row.amount,
        };
        Ok(Some(Input::Table {
            table: table.code.clone(),
            between: self.between,
            rows: rows.into_iter().map(row).collect(),
        }))
    }

    fn measure(&self) -> Option<&Measure> {
        self.per.as_ref()
    }

    fn keys<'p>(&'p self, prices: &'p ProductPrices) -> &'p [AttributeIndex] {
        prices.tables.get(self.table).map_or(&[], |it| &it.keys)
    }
}

/// The values of a table's keys that are decided.
fn values(table: &PriceTable, context: &Context) -> Vec<Value> {
    let values = table.keys.iter();
    values.filter_map(|key| context.value(*key)).collect()
}

impl Lookup {
    /// The amount in the table as a formula.
    fn rate(&self, writer: &Writer) -> Result<Formula, PriceError> {
        let table = writer.prices.tables.get(self.table);
        let table = table.ok_or(PriceError::Malformed)?;
        if table
            .rows
            .iter()
            .any(|it| it.keys.len() != table.keys.len())
        {
            return Err(PriceError::Malformed);
        }
        let rows = regions(table);
        let amounts: Vec<(usize, Decimal)> = (table.rows.iter().enumerate())
            .map(|(row, it)| (row, it.amount))
            .collect();
        let always = |key: &AttributeIndex| {
            (writer.model.attribute(*key)).is_some_and(|it| it.part.is_none())
        };
        let certain = table.keys.iter().all(always);
        ladder(&amounts, certain, |reach| {
            any_row(table, &rows, reach, certain)
        })
    }
}

/// Where a row counts: after the limit of an earlier row with the same other keys.
struct Region {
    /// For each key: beyond which number.
    above: Vec<Option<Decimal>>,
    /// Earlier rows that count before this one all the same.
    unless: Vec<usize>,
}

fn regions(table: &PriceTable) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for (position, row) in table.rows.iter().enumerate() {
        let earlier = &table.rows[..position];
        let above: Vec<Option<Decimal>> = (0..row.keys.len())
            .map(|key| {
                let others = |it: &&PriceRow| {
                    (0..row.keys.len()).all(|at| at == key || it.keys.get(at) == row.keys.get(at))
                };
                let limits = earlier
                    .iter()
                    .filter(others)
                    .filter_map(|it| limit(it, key));
                limits.max()
            })
            .collect();
        let overlaps = |other: &usize| {
            (0..row.keys.len()).all(|key| {
                match (row.keys.get(key), earlier[*other].keys.get(key)) {
                    (Some(LookupKey::UpTo(_)), Some(LookupKey::UpTo(limit))) => {
                        above[key].is_none_or(|above| above < *limit)
                    }
                    (one, other) => one == other,
                }
            })
        };
        let unless = (0..position).filter(overlaps).collect();
        regions.push(Region { above, unless });
    }
    regions
}

fn limit(row: &PriceRow, key: usize) -> Option<Decimal> {
    match row.keys.get(key)? {
        LookupKey::UpTo(limit) => Some(*limit),
        LookupKey::Option(_) => None,
    }
}

/// One of these rows counts.
fn any_row(table: &PriceTable, regions: &[Region], reach: &[usize], certain: bool) -> Condition {
    if let [attribute] = table.keys.as_slice()
        && regions.iter().all(|it| it.unless.is_empty())
    {
        let attribute = *attribute;
        return match options_of(table, reach) {
            Some(options) => Condition::Is { attribute, options },
            None => any_range((attribute, certain), table, regions, reach),
        };
    }
    let row = |row: &usize| {
        let region = &regions[*row];
        let matched = matched(table, &table.rows[*row], Some(&region.above));
        let earlier = region.unless.iter();
        let unless = earlier.map(|it| matched_all(table, &table.rows[*it]));
        let unless = unless.map(|it| Condition::Not(Box::new(it)));
        Condition::All(matched.into_iter().chain(unless).collect())
    };
    Condition::Any(reach.iter().map(row).collect())
}

/// The number is in the range of one of these rows.
fn any_range(
    (attribute, certain): (AttributeIndex, bool),
    table: &PriceTable,
    regions: &[Region],
    reach: &[usize],
) -> Condition {
    let mut ranges: Vec<(Option<Decimal>, Option<Decimal>)> = Vec::new();
    for row in reach {
        let above = regions[*row].above.first().copied().flatten();
        let to = limit(&table.rows[*row], 0);
        if above.is_some() && above >= to {
            // An earlier row is always first.
            continue;
        }
        match ranges.last_mut() {
            // Neighbouring ranges are one.
            Some(last) if above.is_some() && last.1 == above => last.1 = to,
            _ => ranges.push((above, to)),
        }
    }
    // Beyond the last row there is no price; what is not there is in no range.
    let limits = table.rows.iter().filter_map(|it| limit(it, 0));
    let end = limits.max().filter(|_| certain);
    let ranges = ranges.into_iter();
    let ranges =
        ranges.map(|(above, to)| within(attribute, above, to.filter(|it| Some(*it) != end)));
    Condition::Any(ranges.collect())
}

/// The options of the rows of a table with one key, if they are options.
fn options_of(table: &PriceTable, reach: &[usize]) -> Option<Vec<usize>> {
    let option = |row: &usize| match table.rows[*row].keys.first()? {
        LookupKey::Option(option) => Some(*option),
        LookupKey::UpTo(_) => None,
    };
    let mut options: Vec<usize> = reach.iter().map(option).collect::<Option<_>>()?;
    options.sort_unstable();
    Some(options)
}

fn matched_all(table: &PriceTable, row: &PriceRow) -> Condition {
    Condition::All(matched(table, row, None))
}

/// What a row asks of each key.
fn matched(
    table: &PriceTable,
    row: &PriceRow,
    above: Option<&[Option<Decimal>]>,
) -> Vec<Condition> {
    let keys = table.keys.iter().zip(&row.keys).enumerate();
    keys.map(|(position, (attribute, key))| match key {
        LookupKey::Option(option) => Condition::Is {
            attribute: *attribute,
            options: vec![*option],
        },
        LookupKey::UpTo(limit) => {
            let above = above.and_then(|it| it.get(position).copied().flatten());
            within(*attribute, above, Some(*limit))
        }
    })
    .collect()
}

/// The number is above one limit, and up to another.
fn within(attribute: AttributeIndex, above: Option<Decimal>, to: Option<Decimal>) -> Condition {
    let compare = |comparison, limit: Decimal| Condition::Compare {
        left: Formula::Attribute(attribute),
        comparison,
        right: Formula::Constant(limit),
    };
    let ends = [
        above.map(|it| compare(Comparison::Greater, it)),
        to.map(|it| compare(Comparison::LessOrEqual, it)),
    ];
    Condition::All(ends.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::Basis;
    use crate::price::kit::{LENGTH, SIZE, dec, large_box, metres};
    use crate::price::rules::testing::with_table;

    /// By size, then by length up to 1,000 and 3,000 mm.
    fn table() -> PriceTable {
        let row = |size, up_to, amount| PriceRow {
            keys: vec![LookupKey::Option(size), LookupKey::UpTo(dec(up_to))],
            amount: dec(amount),
        };
        PriceTable {
            code: "body".to_owned(),
            keys: vec![SIZE, LENGTH],
            rows: vec![
                row(0, "1000", "210.00"),
                row(0, "3000", "260.00"),
                row(1, "1000", "310.00"),
                row(1, "3000", "360.00"),
            ],
        }
    }

    fn at(length: &str, per: Option<Measure>) -> Result<Outcome, PriceError> {
        let mut values = large_box();
        values[LENGTH.0] = Some(Value::Number(dec(length)));
        let between = Between::Up;
        let lookup = Lookup {
            table: 0,
            per,
            between,
        };
        with_table(&lookup, table(), &values)
    }

    #[test]
    fn the_first_row_that_matches_in_every_key_counts() {
        for (length, amount) in [("100", "310"), ("1000", "310"), ("1100", "360")] {
            let outcome = Outcome::Adds(dec(amount), Basis::Amount);
            assert_eq!(at(length, None), Ok(outcome), "{length}");
        }
    }

    #[test]
    fn the_amount_may_be_for_each_unit() {
        let per = Measure {
            formula: metres(),
            unit: "m".to_owned(),
            price_unit: None,
            rounding: None,
        };
        let basis = Basis::PerUnit {
            rate: dec("360"),
            units: dec("2.5"),
            unit: "m".to_owned(),
            price_unit: None,
        };
        let outcome = Outcome::Adds(dec("900"), basis);
        assert_eq!(at("2500", Some(per)), Ok(outcome));
    }

    #[test]
    fn beyond_the_last_row_there_is_no_price() {
        let table = "body".to_owned();
        assert_eq!(at("3100", None), Err(PriceError::NoRow { table }));
    }

    #[test]
    fn it_waits_for_every_key() {
        let lookup = Lookup {
            table: 0,
            per: None,
            between: Between::Up,
        };
        let outcome = Outcome::Open(vec![SIZE, LENGTH]);
        assert_eq!(with_table(&lookup, table(), &[None; 4]), Ok(outcome));
    }
}
