use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::Value;
use crate::money::{Fraction, Rounding, RoundingMode};
use crate::price::{LookupKey, PriceError, PriceRow, PriceTable, exact};

/// Decimals of an amount between two rows that does not come out even.
const DECIMALS: u32 = 10;

/// What a price table says between the numbers of its rows.
///
/// Use `Up` where something is made from the next larger size, the usual price list; `Down` where
/// a price holds from a size on; `Linear` where the price really grows with the size; `Exact` for
/// sizes that are stocked. Not for tiers of a quantity (those are scales, such as
/// [`Volume`](crate::price::scales::Volume)).
///
/// With 10.00 at 100 mm and 20.00 at 200 mm, 150 mm are 20.00 (`Up`), 10.00 (`Down`) or 15.00
/// (`Linear`), or have no price (`Exact`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Between {
    /// The next row up counts, of several the first in the table: sizes that are made from the
    /// next larger one.
    #[default]
    Up,
    /// Nothing: only what stands in the table has a price.
    Exact,
    /// The next row below counts: prices from a size on.
    Down,
    /// In proportion, by each number on its own: what really grows with the size.
    Linear,
}

impl Between {
    /// All rules with their names.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("up", Self::Up),
        ("exact", Self::Exact),
        ("down", Self::Down),
        ("linear", Self::Linear),
    ];

    /// Whether it is the next row up, as where nothing is said.
    pub fn is_up(&self) -> bool {
        *self == Self::Up
    }

    /// The amount for the values of the table's keys; `None` where there is none. What does not
    /// come out even is rounded half up to 10 decimals.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn amount(
        self,
        table: &PriceTable,
        values: &[Value],
    ) -> Result<Option<Decimal>, PriceError> {
        self.found(table, values).map(|(amount, _)| amount)
    }

    /// As [`amount`](Self::amount), with the rows that it comes from.
    pub(super) fn found<'t>(
        self,
        table: &'t PriceTable,
        values: &[Value],
    ) -> Result<(Option<Decimal>, Vec<&'t PriceRow>), PriceError> {
        if self == Self::Up {
            let matches = |row: &&PriceRow| {
                let mut keys = row.keys.iter().zip(values);
                keys.all(|(key, value)| key.matches(*value))
            };
            let row = table.rows.iter().find(matches);
            return Ok((row.map(|it| it.amount), row.into_iter().collect()));
        }
        let rows: Vec<&PriceRow> = table.rows.iter().collect();
        let mut used = Vec::new();
        let Some(amount) = self.within(&rows, values, &mut used)? else {
            return Ok((None, Vec::new()));
        };
        let rounding = Rounding::to_decimals(DECIMALS, RoundingMode::HalfUp);
        Ok((Some(amount.round(&rounding)?.normalize()), used))
    }

    /// The amount among rows that match in all keys before those of `values`, the last ones; and
    /// which rows it comes from.
    fn within<'t>(
        self,
        rows: &[&'t PriceRow],
        values: &[Value],
        used: &mut Vec<&'t PriceRow>,
    ) -> Result<Option<Fraction>, PriceError> {
        let Some((value, rest)) = values.split_first() else {
            used.extend(rows.first());
            return Ok(rows.first().map(|row| row.amount.into()));
        };
        let key = |row: &&'t PriceRow| row.keys.iter().rev().nth(rest.len());
        let mut at = |wanted: &LookupKey| {
            let rows = rows.iter().copied();
            let rows: Vec<&PriceRow> = rows.filter(|it| key(it) == Some(wanted)).collect();
            self.within(&rows, rest, used)
        };
        let number = match *value {
            Value::Option(option) => return at(&LookupKey::Option(option)),
            Value::Number(number) => number,
            Value::Absent => return Ok(None),
        };
        let numbers = rows.iter().filter_map(|row| match key(row) {
            Some(LookupKey::UpTo(number)) => Some(*number),
            _ => None,
        });
        let low = numbers.clone().filter(|it| *it <= number).max();
        let high = numbers.filter(|it| *it >= number).min();
        let (low, high) = match self {
            Self::Up => (high, high),
            Self::Exact => (low.filter(|it| Some(*it) == high), high),
            Self::Down => (low, low),
            Self::Linear => (low, high),
        };
        let (Some(low), Some(high)) = (low, high) else {
            return Ok(None);
        };
        let first = at(&LookupKey::UpTo(low))?;
        if low == high {
            return Ok(first);
        }
        let (Some(first), Some(last)) = (first, at(&LookupKey::UpTo(high))?) else {
            return Ok(None);
        };
        let part = Fraction::from(exact::subtract(number, low)?);
        let part = part.over(exact::subtract(high, low)?)?;
        Ok(Some(first.plus(last.minus(first)?.times(part)?)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{FINISH, LENGTH, SIZE, dec};

    /// By finish and two numbers.
    fn grid() -> PriceTable {
        let row = |finish, one: &str, two: &str, amount: &str| PriceRow {
            keys: vec![
                LookupKey::Option(finish),
                LookupKey::UpTo(dec(one)),
                LookupKey::UpTo(dec(two)),
            ],
            amount: dec(amount),
        };
        PriceTable {
            code: "grid".to_owned(),
            keys: vec![FINISH, LENGTH, SIZE],
            rows: vec![
                row(0, "100", "10", "1"),
                row(0, "100", "20", "2"),
                row(0, "200", "10", "4"),
                row(0, "200", "20", "8"),
                row(1, "100", "10", "100"),
                row(1, "400", "10", "200"),
            ],
        }
    }

    #[test]
    fn every_rule_in_two_dimensions() {
        use Between::{Down, Exact, Linear, Up};
        for (between, finish, one, two, amount) in [
            (Up, 0, "150", "15", Some("8")),
            (Up, 0, "100", "10", Some("1")),
            (Up, 0, "201", "10", None),
            (Down, 0, "150", "15", Some("1")),
            (Down, 0, "500", "25", Some("8")),
            (Down, 0, "99", "10", None),
            (Exact, 0, "200", "10", Some("4")),
            (Exact, 0, "150", "10", None),
            // Halfway from 1.5 to 6.
            (Linear, 0, "150", "15", Some("3.75")),
            (Linear, 0, "200", "12", Some("4.8")),
            (Linear, 0, "200", "20", Some("8")),
            (Linear, 0, "250", "20", None),
            (Linear, 1, "200", "10", Some("133.3333333333")),
            (Linear, 2, "200", "10", None),
        ] {
            let values = [
                Value::Option(finish),
                Value::Number(dec(one)),
                Value::Number(dec(two)),
            ];
            let found = between.amount(&grid(), &values);
            assert_eq!(
                found,
                Ok(amount.map(dec)),
                "{between:?} {finish} {one} {two}"
            );
        }
    }
}
