use quotewright_engine::catalog::{AttributeIndex, Decisions, PartialAssignment, Rule, Value};
use quotewright_engine::configure::{
    AttributeState, Conflict, Count, Explanations, Goal, Nearest, Proof, Repair, Repairs,
};
use quotewright_engine::delivery::Change;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What the page wants. Its calls are numbered; a reply carries the number of its call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Call {
    /// From now on it is about this product.
    Open {
        /// A [`Model`](quotewright_engine::catalog::Model) as JSON.
        model: String,
        /// Whether, once it is known what follows, it is also to be told what every option
        /// would bring, and how many configurations are left.
        outlook: bool,
    },
    /// What follows from the decisions? Makes every earlier question void.
    Follow {
        /// Number of the call.
        turn: u32,
        /// The decisions.
        decisions: Decisions,
    },
    /// Why is this value not possible? Makes every earlier question of this kind void.
    WhyNot {
        /// Number of the call.
        turn: u32,
        /// The decisions.
        decisions: Decisions,
        /// The attribute.
        attribute: AttributeIndex,
        /// The value, which the catalog need not have.
        value: Value,
    },
    /// All reasons and repairs, after the first ones were told? Makes every earlier question of
    /// this kind void.
    Others {
        /// Number of the call.
        turn: u32,
        /// The decisions.
        decisions: Decisions,
        /// The attribute.
        attribute: AttributeIndex,
        /// The value.
        value: Value,
    },
    /// What might be decided otherwise, so that it is there earlier? Makes every earlier question
    /// of this kind void.
    Faster {
        /// Number of the call.
        turn: u32,
        /// The line that it is about; `None` for the quote as a whole, where what is decided
        /// stays.
        line: Option<usize>,
        /// The decisions.
        decisions: Decisions,
        /// The configuration that they have led to.
        now: PartialAssignment,
    },
    /// How can everything be decided? Makes every earlier question of this kind void.
    Complete {
        /// Number of the call.
        turn: u32,
        /// The decisions, which stay.
        decisions: Decisions,
        /// What it is to be like.
        goal: Goal,
        /// A rule that has to hold as well.
        budget: Option<Rule>,
    },
    /// Which possible numbers are next to this one? Makes every earlier question of this
    /// kind void.
    Nearest {
        /// Number of the call.
        turn: u32,
        /// The decisions.
        decisions: Decisions,
        /// The attribute.
        attribute: AttributeIndex,
        /// The number.
        number: Decimal,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The product cannot be reasoned about.
    Unsupported,
    /// What follows from the decisions, as far as it is known; comes again until it is settled.
    Follows {
        /// Number of the call.
        turn: u32,
        /// Where each attribute stands, in the order of the catalog.
        states: Vec<AttributeState>,
        /// Whether everything is known.
        settled: bool,
    },
    /// No complete configuration has the decisions.
    Impossible {
        /// Number of the call.
        turn: u32,
    },
    /// Why an attribute that follows from others can have no other value.
    Because {
        /// Number of the call that asked what follows.
        turn: u32,
        /// The attribute.
        attribute: AttributeIndex,
        /// Why.
        conflict: Conflict,
    },
    /// What each option of an attribute would bring.
    Effects {
        /// Number of the call that asked what follows.
        turn: u32,
        /// The attribute.
        attribute: AttributeIndex,
        /// By option; `None` where it is impossible.
        outcomes: Vec<Option<Outcome>>,
    },
    /// How many complete configurations have the decisions.
    Left {
        /// Number of the call that asked what follows.
        turn: u32,
        /// How many.
        count: Count,
    },
    /// Why a value is not possible.
    WhyNot {
        /// Number of the call.
        turn: u32,
        /// Why; `None` where it is possible after all.
        answer: Option<WhyNot>,
    },
    /// Reasons and repairs, the first ones among them.
    Others {
        /// Number of the call.
        turn: u32,
        /// Why the value is not possible.
        explanations: Explanations,
        /// What it takes to make it possible.
        repairs: Repairs,
    },
    /// What might be decided otherwise.
    Faster {
        /// Number of the call.
        turn: u32,
        /// The changes.
        changes: Vec<Change>,
    },
    /// How everything can be decided.
    Completed {
        /// Number of the call.
        turn: u32,
        /// The proposal; `None` where there is no such configuration.
        proposal: Option<Proposal>,
    },
    /// The possible numbers next to one.
    Nearest {
        /// Number of the call.
        turn: u32,
        /// The numbers.
        nearest: Nearest,
    },
}

/// Why a value is not possible, and what could be done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WhyNot {
    /// What stands in the way; `None` where the catalog does not have the value at all.
    pub conflict: Option<Conflict>,
    /// The possible numbers next to it, for a number.
    pub nearest: Option<Nearest>,
    /// What it takes to make it possible.
    pub repair: Option<Repair>,
}

/// What deciding an option changes of the configuration that was told last: each attribute with
/// its new value, `None` where that would be open.
pub type Outcome = Vec<(AttributeIndex, Option<Value>)>;

/// A way to decide everything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The decisions that lead to it: the buyer's, and what it takes besides.
    pub decisions: Decisions,
    /// The value of each attribute, in the order of the catalog.
    pub values: PartialAssignment,
    /// Whether nothing else reaches the goal better.
    pub proof: Proof,
}
