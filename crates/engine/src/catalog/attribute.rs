use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Formula, Text, Value};

/// Position of an attribute in its [`Model`](super::Model).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttributeIndex(pub usize);

/// A heading under which attributes stand together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Code in the sheets.
    pub code: String,
    /// Heading.
    pub label: Text,
}

/// Something about the product that has exactly one value in a complete configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// Code in sheets, expressions and requests.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// A sentence that helps to choose; may be empty.
    pub help: Text,
    /// Position of its heading in [`Model::groups`](super::Model::groups).
    pub group: usize,
    /// The values it can have at all.
    pub domain: AttributeDomain,
    /// What the catalog suggests while the buyer has not decided.
    pub wish: Option<Wish>,
    /// When given, the attribute is worked out and cannot be decided: its value is
    /// the smallest of its range that is not below the formula.
    pub formula: Option<Formula>,
}

/// The values that an attribute can have at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AttributeDomain {
    /// One of a list.
    Options(OptionList),
    /// No or yes: `Value::Option(0)` or `Value::Option(1)`.
    Flag,
    /// A number of a range.
    Number(NumberRange),
}

/// A list of options and the properties that expressions may ask them for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionList {
    /// Codes of the numeric properties, such as `power`.
    pub properties: Vec<String>,
    /// The options, in the order of the catalog.
    pub options: Vec<OptionItem>,
}

/// One option of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionItem {
    /// Code in sheets, expressions and requests.
    pub code: String,
    /// The supplier's part number; may be empty.
    pub part_number: String,
    /// Name for the buyer.
    pub label: Text,
    /// One line of what sets it apart; may be empty.
    pub description: Text,
    /// Working days that this option needs.
    pub lead_days: u32,
    /// Values of [`OptionList::properties`], in that order.
    pub properties: Vec<Decimal>,
}

/// `min`, `min + step`, ... up to `max`, all inclusive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberRange {
    /// Smallest value.
    pub min: Decimal,
    /// Largest value; a whole number of steps above `min`.
    pub max: Decimal,
    /// Distance between neighbours; above zero.
    pub step: Decimal,
    /// Symbol of the unit, such as `mm`; may be empty.
    pub unit: String,
}

/// What the catalog suggests for an undecided attribute. Never makes anything impossible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Wish {
    /// This value, where it is still possible.
    Value(Value),
    /// The first option that is still possible, or the smallest number.
    First,
    /// The last option that is still possible, or the largest number.
    Last,
}
