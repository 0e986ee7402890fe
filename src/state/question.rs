use quotewright_engine::catalog::{AttributeIndex, Value};
use quotewright_engine::configure::{Change, Conflict, Nearest, Repair};
use rust_decimal::Decimal;

/// The buyer asks why a value is not possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The value that is not possible.
    pub value: Value,
    /// `None` while it is being worked out.
    pub answer: Option<Answer>,
}

/// Why not, and what could be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What stands in the way; `None` where the catalog does not have the number at all.
    pub conflict: Option<Conflict>,
    /// The possible numbers next to it, for a number.
    pub nearest: Option<Nearest>,
    /// What it takes to make it possible.
    pub remedy: Option<Remedy>,
}

/// What else stands in the way, and what else could be done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Others {
    /// Further reasons.
    pub conflicts: Vec<Conflict>,
    /// Further repairs: the fewest changes first, then those that change the price least.
    pub remedies: Vec<Remedy>,
    /// Whether there is nothing more.
    pub complete: bool,
}

/// A repair with what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What changes.
    pub repair: Repair,
    /// Net amount of the line afterwards less what it is now; `None` where prices are not known.
    pub price: Option<Decimal>,
    /// Days that it is there later, earlier where below zero; `None` where that is not known.
    pub days: Option<i64>,
}

/// A repair was applied: what to tell about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The attribute that the buyer wanted to decide.
    pub attribute: AttributeIndex,
    /// What it is now.
    pub value: Value,
    /// Decisions that changed with it.
    pub changes: Vec<Change>,
}
