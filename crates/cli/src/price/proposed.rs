//! Lines that do not count, as `quotewright price` is asked about them and tells of them.

use quotewright_engine::quote;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a line that does not count in the totals is proposed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    /// It may be added.
    Optional,
    /// It may stand instead of this line, from 1, which counts.
    AlternativeTo(usize),
}

/// What the quote comes to more where the line is taken: added, or in place of its line. Less,
/// where below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IfTaken {
    /// Of what is due once, without tax.
    pub net: String,
    /// Of what is due once, with tax.
    pub gross: String,
    /// Of what is due repeatedly; without what stays the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recurring: Vec<IfTakenEach>,
    /// Of all that is due, once and over the terms, as `contract_total` of the quote.
    pub contract_total: String,
    /// Days that all lines together arrive later, where it is asked when they can be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_later: Option<i32>,
}

/// What is due more each time in some months of the term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IfTakenEach {
    /// `monthly`, `quarterly` or `yearly`.
    pub due: String,
    /// First month of the term, from 1.
    pub month: u32,
    /// For how many months.
    pub months: u32,
    /// Without tax.
    pub net: String,
    /// With tax.
    pub gross: String,
}

impl Proposed {
    /// As the engine counts lines.
    ///
    /// # Errors
    /// Where it names line 0.
    pub fn position(self) -> Result<quote::Proposed, &'static str> {
        Ok(match self {
            Self::Optional => quote::Proposed::Optional,
            Self::AlternativeTo(line) => {
                let position = line.checked_sub(1).ok_or("lines are counted from 1")?;
                quote::Proposed::AlternativeTo(position)
            }
        })
    }
}

impl IfTaken {
    /// As it is told, with the days that it takes longer.
    pub fn new(it: &quote::IfTaken, days_later: Option<i32>) -> Self {
        let each = |it: &quote::IfTakenEach| IfTakenEach {
            due: it.due.word().to_owned(),
            month: it.from + 1,
            months: it.months,
            net: it.net.to_string(),
            gross: it.gross.to_string(),
        };
        Self {
            net: it.net.to_string(),
            gross: it.gross.to_string(),
            recurring: it.recurring.iter().map(each).collect(),
            contract_total: it.contract_total.to_string(),
            days_later,
        }
    }
}
