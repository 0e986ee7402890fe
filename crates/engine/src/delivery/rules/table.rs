use serde::{Deserialize, Serialize};

use super::{Apply, Cause, Taken, Terms, Work};
use crate::catalog::{AttributeIndex, Comparison, Condition, Formula, Model, Value};
use crate::delivery::{Delivery, DeliveryError, Task};
use crate::price::LookupKey;

/// Working days from a table, by one or more attributes.
///
/// Use it for transit by zone and Incoterm, or by weight and country. Not for one choice
/// alone (that is [`ChosenOptions`](super::ChosenOptions)).
///
/// With 1 day for `near` and `fca`, 4 for `far` and `dap`, goods for afar that are delivered
/// take 4 days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaysLookup {
    /// Position in [`Delivery::tables`].
    pub table: usize,
}

/// Days by the values of one or more attributes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DaysTable {
    /// Code in the sheets.
    pub code: String,
    /// The attributes that choose the row.
    pub keys: Vec<AttributeIndex>,
    /// The rows: the first that matches in every key counts.
    pub rows: Vec<DaysRow>,
}

/// One row of a [`DaysTable`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DaysRow {
    /// One for each of [`DaysTable::keys`].
    pub keys: Vec<LookupKey>,
    /// Working days.
    pub days: u32,
}

impl Apply for DaysLookup {
    fn apply(&self, _task: &Task, work: &Work) -> Result<Taken, DeliveryError> {
        let table = self.table(work.delivery)?;
        let attributes = table.keys.clone();
        let values: Vec<_> = table.keys.iter().map(|it| work.value(*it)).collect();
        if values.contains(&None) {
            let open = Taken::new(0, Cause::Task { attributes });
            return Ok(Taken { open: true, ..open });
        }
        if values.contains(&Some(Value::Absent)) {
            return Ok(Taken::nothing());
        }
        let matches = |row: &&DaysRow| {
            let mut pairs = row.keys.iter().zip(values.iter().flatten());
            pairs.all(|(key, value)| key.matches(*value))
        };
        let row = table.rows.iter().find(matches);
        let row = row.ok_or_else(|| DeliveryError::NoRow {
            table: table.code.clone(),
        })?;
        Ok(Taken::new(row.days, Cause::Task { attributes }))
    }

    fn terms(&self, delivery: &Delivery, _model: &Model) -> Result<Terms, DeliveryError> {
        let table = self.table(delivery)?;
        let mut earlier = Vec::new();
        let mut terms = Vec::new();
        for row in &table.rows {
            let matches = matches(table, row);
            let first = vec![
                matches.clone(),
                Condition::Not(Box::new(Condition::Any(earlier.clone()))),
            ];
            terms.push((Some(Condition::All(first)), row.days));
            earlier.push(matches);
        }
        Ok(Terms::Most(terms))
    }

    fn attributes(&self, delivery: &Delivery, _model: &Model) -> Vec<AttributeIndex> {
        self.table(delivery)
            .map_or_else(|_| Vec::new(), |it| it.keys.clone())
    }
}

impl DaysLookup {
    fn table<'d>(&self, delivery: &'d Delivery) -> Result<&'d DaysTable, DeliveryError> {
        delivery
            .tables
            .get(self.table)
            .ok_or(DeliveryError::Malformed)
    }
}

/// Whether a row matches in every key.
fn matches(table: &DaysTable, row: &DaysRow) -> Condition {
    let keys = table.keys.iter().zip(&row.keys).map(|(attribute, key)| {
        let attribute = *attribute;
        match key {
            LookupKey::Option(option) => Condition::Is {
                attribute,
                options: vec![*option],
            },
            LookupKey::UpTo(limit) => Condition::Compare {
                left: Formula::Attribute(attribute),
                comparison: Comparison::LessOrEqual,
                right: Formula::Constant(*limit),
            },
        }
    });
    Condition::All(keys.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::kit::{model, task};
    use crate::delivery::rules::DaysRule;
    use crate::delivery::tasks_time::{tasks_formula, tasks_time};
    use crate::price::kit::{LENGTH, SIZE, dec, large_box};

    #[test]
    fn the_first_row_that_matches_counts() {
        let row = |size, length, days| DaysRow {
            keys: vec![LookupKey::Option(size), LookupKey::UpTo(dec(length))],
            days,
        };
        let table = DaysTable {
            code: "transit".to_owned(),
            keys: vec![SIZE, LENGTH],
            rows: vec![row(0, "9000", 1), row(1, "2000", 2), row(1, "9000", 5)],
        };
        let mut model = model(vec![task(
            "transit",
            &[],
            DaysRule::Table(DaysLookup { table: 0 }),
        )]);
        model.delivery.as_mut().expect("tasks").tables = vec![table];
        for (size, length, days) in [
            (0, "2500", Ok(1)),
            (1, "2500", Ok(5)),
            (1, "2000", Ok(2)),
            (1, "9500", Err(())),
        ] {
            let mut values = large_box();
            values[SIZE.0] = Some(Value::Option(size));
            values[LENGTH.0] = Some(Value::Number(dec(length)));
            let found = tasks_time(&model, &values).map(|it| it.working_days);
            assert_eq!(found.map_err(|_| ()), days, "{size} {length}");
            let formula = tasks_formula(&model).expect("a formula");
            let formula = formula.evaluate(&model, &values).expect("a number");
            let days = days.unwrap_or_default();
            assert_eq!(formula, Some(days.into()), "{size} {length}");
        }
    }
}
