use serde::Deserialize;
use serde_json::Value as Json;

/// One line of a session.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Request {
    /// What is still possible.
    Domains {},
    /// Decides an attribute.
    Set { attribute: String, value: Json },
    /// Takes a decision back.
    Clear { attribute: String },
    /// One more part is there.
    Add { attribute: String },
    /// Takes that back, with what was decided inside.
    Remove { attribute: String },
    /// Why a value is impossible.
    Explain {
        attribute: String,
        value: Option<Json>,
        #[serde(default)]
        all: bool,
        limit: Option<usize>,
    },
    /// What it takes to make a value possible.
    Repair {
        attribute: String,
        value: Option<Json>,
        limit: Option<usize>,
    },
    /// A whole configuration.
    Complete {
        #[serde(default)]
        goal: GoalName,
    },
    /// The most that a piece may cost; no limit without an amount.
    Budget { amount: Option<Json> },
    /// What every option of an attribute would change.
    Effects { attribute: String },
    /// How many configurations are left, and the share with each option of an attribute.
    Count { attribute: Option<String> },
}

/// What a completion strives for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GoalName {
    #[default]
    Default,
    Cheapest,
    Fastest,
}
