use std::ops::Deref;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{AttributeIndex, Condition, Text, Value};

/// What a valid configuration must satisfy. Demands nothing where either condition is undefined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Code in the sheets.
    pub code: String,
    /// The rule is asked only where this holds; always where `None`.
    pub when: Option<Condition>,
    /// What must hold.
    pub require: Condition,
    /// Why, in the buyer's words.
    pub explanation: Text,
}

/// A list of what goes together: at least one row must match. Demands nothing where a
/// column's attribute is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Code in the sheets.
    pub code: String,
    /// The attributes, one for each column.
    pub columns: Vec<AttributeIndex>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// Why, in the buyer's words.
    pub explanation: Text,
}

/// One cell of a [`Table`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Any value: `*` in the sheet.
    Any,
    /// One of these values, ascending.
    OneOf(Vec<Value>),
    /// A number from the first to the second, inclusive.
    Between(Decimal, Decimal),
}

/// A table with one value in every cell, kept small: for models with very many rows.
/// Its attributes are always there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Code in the source.
    pub code: String,
    /// The attributes, one for each column.
    pub columns: Vec<AttributeIndex>,
    /// Positions of the values, row after row.
    pub cells: Cells,
    /// Why, in the buyer's words.
    pub explanation: Text,
}

/// Positions, of which there can be very many: copies share them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<u16>", into = "Vec<u16>")]
pub struct Cells(Arc<[u16]>);

impl From<Vec<u16>> for Cells {
    fn from(positions: Vec<u16>) -> Self {
        Self(positions.into())
    }
}

impl From<Cells> for Vec<u16> {
    fn from(cells: Cells) -> Self {
        cells.to_vec()
    }
}

impl FromIterator<u16> for Cells {
    fn from_iter<I: IntoIterator<Item = u16>>(positions: I) -> Self {
        Self(positions.into_iter().collect())
    }
}

impl Deref for Cells {
    type Target = [u16];

    fn deref(&self) -> &[u16] {
        &self.0
    }
}

impl Relation {
    /// The rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[u16]> {
        self.cells.chunks_exact(self.columns.len().max(1))
    }
}

/// Names one constraint of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Constraint {
    /// Position in [`Model::rules`](super::Model::rules).
    Rule(usize),
    /// Position in [`Model::tables`](super::Model::tables).
    Table(usize),
    /// Position in [`Model::relations`](super::Model::relations).
    Relation(usize),
    /// The formula of a worked-out attribute.
    Formula(AttributeIndex),
    /// How the part with this presence depends on its owner and the instance before it.
    Structure(AttributeIndex),
}
