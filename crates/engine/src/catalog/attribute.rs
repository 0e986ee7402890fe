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
    /// The [`AttributeDomain::Presence`] of the part that the attribute belongs to: where
    /// that part is not there, the attribute is [`Value::Absent`]. `None`: always there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<AttributeIndex>,
    /// Whether the buyer sees it and may change it.
    #[serde(default, skip_serializing_if = "Access::is_open")]
    pub access: Access,
}

/// What the buyer may do with an attribute. What is possible does not depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// Shown, and decided by the buyer.
    #[default]
    Open,
    /// Shown only.
    ReadOnly,
    /// Not shown.
    Hidden,
}

impl Access {
    fn is_open(&self) -> bool {
        *self == Self::Open
    }
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
    /// Whether a part of the product is there: `Value::Option(0)` not, `Value::Option(1)` is.
    Presence(Part),
}

/// One place for a part of the product: one instance of a repeated or optional component.
///
/// Instances of the same component are filled from the first on without gaps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Canonical path with an index on every step, such as `carrier[0].bag[1]`.
    pub path: String,
    /// Presence of the part that this one is a part of: without it, this one is not there.
    /// `None`: the product itself.
    pub owner: Option<AttributeIndex>,
    /// Presence of the instance before this one: without it, this one is not there.
    pub previous: Option<AttributeIndex>,
    /// Whether it is there whenever its owner is (a lower bound of the cardinality).
    pub required: bool,
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
    /// The author gave no smallest value: `min` is only how far is searched, and means that
    /// there is no bound where it is possible.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unbounded_below: bool,
    /// The same for the largest value and `max`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unbounded_above: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
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
