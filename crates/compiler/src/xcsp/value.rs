//! The integers of a domain.

use std::collections::BTreeMap;

use super::MOST_VALUES;

/// Integers in the order in which a domain has them.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    values: Vec<i64>,
    positions: BTreeMap<i64, u16>,
}

impl Values {
    /// Integers and ranges (`0..9`) between blanks.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut values = Self::default();
        for word in text.split_whitespace() {
            let (low, high) = word.split_once("..").unwrap_or((word, word));
            let (Ok(low), Ok(high)) = (low.parse::<i64>(), high.parse::<i64>()) else {
                return Err(format!(
                    "`{word}` is neither an integer nor a range of them"
                ));
            };
            if low > high {
                return Err(format!("the range `{word}` is empty"));
            }
            for value in low..=high {
                values.add(value)?;
            }
        }
        if values.values.is_empty() {
            return Err("the domain has no value".to_owned());
        }
        Ok(values)
    }

    fn add(&mut self, value: i64) -> Result<(), String> {
        let position = u16::try_from(self.values.len())
            .map_err(|_| format!("the domain has more than {MOST_VALUES} values"))?;
        if self.positions.insert(value, position).is_some() {
            return Err(format!("the domain has the value {value} twice"));
        }
        self.values.push(value);
        Ok(())
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.values.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The position of a value; `None` for one that the domain does not have.
    pub fn position(&self, value: i64) -> Option<u16> {
        self.positions.get(&value).copied()
    }
}
