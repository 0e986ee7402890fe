use serde::{Deserialize, Serialize};

use super::amount::multiplied;
use super::{Apply, Measure, Outcome};
use crate::catalog::Value;
use crate::price::context::{Context, ascending};
use crate::price::{LookupKey, PriceError, PriceRow, PriceTable};

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
        let row = matching_row(table, context)?;
        multiplied(row.amount, self.per.as_ref(), context)
    }
}

/// The first row of `table` that matches in every key.
fn matching_row<'t>(table: &'t PriceTable, context: &Context) -> Result<&'t PriceRow, PriceError> {
    table
        .rows
        .iter()
        .find(|row| {
            let mut pairs = table.keys.iter().zip(&row.keys);
            pairs.all(|(attribute, key)| {
                context
                    .value(*attribute)
                    .is_some_and(|value| matches(key, value))
            })
        })
        .ok_or_else(|| PriceError::NoRow {
            table: table.code.clone(),
        })
}

fn matches(key: &LookupKey, value: Value) -> bool {
    match (key, value) {
        (LookupKey::Option(expected), Value::Option(option)) => *expected == option,
        (LookupKey::UpTo(limit), Value::Number(number)) => number <= *limit,
        _ => false,
    }
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
        with_table(&Lookup { table: 0, per }, table(), &values)
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
        };
        let basis = Basis::PerUnit {
            rate: dec("360"),
            units: dec("2.5"),
            unit: "m".to_owned(),
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
        };
        let outcome = Outcome::Open(vec![SIZE, LENGTH]);
        assert_eq!(with_table(&lookup, table(), &[None; 4]), Ok(outcome));
    }
}
