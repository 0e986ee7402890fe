//! What is still possible, why not, and what it would take.

mod check;
mod completion;
mod components;
mod configurator;
mod conflict;
mod count;
mod diagnosis;
mod domains;
mod fixed;
mod flips;
mod hitting;
mod inquiry;
pub mod join_tree;
#[cfg(test)]
mod kit;
mod known;
mod links;
mod memory;
mod models;
mod optimize;
mod pack;
mod reach;
pub mod reasoner;
mod refutations;
mod repair;
mod sat;
mod search;
mod twins;
mod unsupported;
mod witnesses;

pub use check::{CheckError, check};
pub use configurator::Configurator;
pub use unsupported::Unsupported;

use serde::{Deserialize, Serialize};

use crate::catalog::{
    Assignment, AttributeIndex, Constraint, Decisions, Formula, PartialAssignment, Value,
};
use rust_decimal::Decimal;

/// Everything a screen needs to know after a decision, one entry for each attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// In the order of the catalog.
    pub states: Vec<AttributeState>,
}

/// Where one attribute stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributeState {
    /// What is still possible, given all decisions but the one on this attribute itself...
    pub domain: Domain,
    /// The value that the current configuration has, if any.
    pub value: Option<Value>,
    /// Where that value comes from.
    pub origin: Origin,
}

/// The values that still have a complete valid configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Domain {
    /// For each option (no, yes of a flag) of the attribute.
    Options(Vec<Possibility>),
    /// True smallest and largest value; between them some may be impossible.
    Number {
        /// Smallest possible value, `None` while not yet known.
        min: Option<Decimal>,
        /// Largest possible value, `None` while not yet known.
        max: Option<Decimal>,
    },
}

/// Whether a value is in a complete valid configuration together with the decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Possibility {
    /// It is.
    Possible,
    /// It is not.
    Impossible,
    /// Not worked out yet.
    Unknown,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// The buyer chose it.
    Decided,
    /// It is the only one that the decisions leave.
    Follows,
    /// The catalog suggests it, or it is the only one left after other suggestions.
    Suggested,
    /// There is none yet: the buyer has to decide.
    Open,
}

/// Why a value, or a set of decisions, is not possible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// A minimal set of decisions: without any one of them it would be possible.
    pub decisions: Vec<(AttributeIndex, Value)>,
    /// A minimal set of constraints that stand in the way, given those decisions.
    pub constraints: Vec<Constraint>,
}

/// What it takes to make an impossible value possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Decisions that have to change, each with its old and its new value
    /// (`None`: simply taken back).
    pub changes: Vec<Change>,
    /// The whole configuration afterwards, wishes included.
    pub result: PartialAssignment,
}

/// One decision that a repair changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The decision as it is.
    pub from: Value,
    /// The decision as it will be; `None` where it is taken back.
    pub to: Option<Value>,
}

impl Repair {
    /// The decisions after the repair, with the one that it makes possible.
    pub fn applied(
        &self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        value: Value,
    ) -> Decisions {
        let mut decisions = decisions.clone();
        for change in &self.changes {
            match change.to {
                Some(to) => decisions.insert(change.attribute, to),
                None => decisions.remove(&change.attribute),
            };
        }
        decisions.insert(attribute, value);
        decisions
    }
}

/// Reasons why a value is impossible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanations {
    /// Minimal sets of decisions, each with a minimal set of constraints.
    pub conflicts: Vec<Conflict>,
    /// Whether there is no further minimal set of decisions.
    pub complete: bool,
}

/// Ways to make an impossible value possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repairs {
    /// The fewest changes first.
    pub repairs: Vec<Repair>,
    /// Whether there is no further minimal set of changes.
    pub complete: bool,
}

/// What would become of everything if an attribute had a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The value.
    pub value: Value,
    /// The whole configuration then; `None` where the value is impossible.
    pub result: Option<PartialAssignment>,
}

/// What a whole configuration is to be like, before all preferences and wishes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Goal {
    /// As the catalog prefers.
    Default,
    /// This number is as small as possible.
    Minimize(Formula),
    /// This number is as large as possible.
    Maximize(Formula),
}

/// A whole configuration made from some decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    /// The configuration.
    pub assignment: Assignment,
    /// How good it is.
    pub proof: Proof,
}

/// A number of configurations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Count {
    /// Exactly this many, in decimal digits.
    Exact(String),
    /// At least ten to this power.
    AtLeast {
        /// The power.
        power_of_ten: u32,
    },
    /// No number: something has no bound.
    Unbounded,
}

/// How many of the configurations have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The value.
    pub value: Value,
    /// How many have it.
    pub count: Count,
    /// Out of 1, in ten-thousandths rounded down; where both numbers are exact.
    pub share: Option<Decimal>,
}

/// Whether an optimum is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proof {
    /// Nothing is better.
    Optimal,
    /// The search was given up; of the first number that was strived for, this is known.
    Gap {
        /// The best value found; 0 of a condition that could not be shown to be possible.
        best: Decimal,
        /// No value is as good as this one; `None` where nothing is known.
        bound: Option<Decimal>,
    },
}

/// The possible numbers next to an impossible one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearest {
    /// The largest possible value below.
    pub below: Option<Decimal>,
    /// The smallest possible value above.
    pub above: Option<Decimal>,
}
