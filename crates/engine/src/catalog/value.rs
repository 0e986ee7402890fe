use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::AttributeIndex;

/// One value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Position in the attribute's option list; of a yes/no attribute or a part's presence, 0 is no and 1 is yes.
    Option(usize),
    /// A number in the attribute's unit.
    Number(Decimal),
    /// None: the part that the attribute belongs to is not there. Follows from the part's
    /// presence; is never a decision.
    Absent,
}

/// What the buyer chose, and nothing else.
pub type Decisions = BTreeMap<AttributeIndex, Value>;

/// One value for every attribute, in the order of the catalog.
pub type Assignment = Vec<Value>;

/// As [`Assignment`], with `None` where nothing is known yet.
pub type PartialAssignment = Vec<Option<Value>>;
