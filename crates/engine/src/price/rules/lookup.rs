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
