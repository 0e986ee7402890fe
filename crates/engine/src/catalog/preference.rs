use serde::{Deserialize, Serialize};

use super::{Condition, Formula, Text};

/// What completion strives for. Never makes anything impossible.
///
/// A model's preferences stand in the order of their weight: each is granted as far as those
/// before it allow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preference {
    /// Code in the source.
    pub code: String,
    /// Only where this holds; always where `None`.
    pub when: Option<Condition>,
    /// What is strived for.
    pub aim: Aim,
    /// Why, in the buyer's words; may be empty.
    pub explanation: Text,
}

/// What a [`Preference`] strives for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Aim {
    /// That this holds.
    Hold(Condition),
    /// That this number is as small as possible.
    Minimize(Formula),
    /// That this number is as large as possible.
    Maximize(Formula),
}

/// Something to tell the buyer while a condition holds. Demands nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Only where this holds; always where `None`.
    pub when: Option<Condition>,
    /// How urgent it is.
    pub level: MessageLevel,
    /// The message.
    pub text: Text,
}

/// How urgent a [`Message`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MessageLevel {
    /// For the catalog's author only.
    Debug,
    /// Good to know.
    Info,
    /// To be looked at.
    Warning,
    /// Something is wrong.
    Error,
}
