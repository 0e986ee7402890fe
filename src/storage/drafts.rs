//! What the buyer is working on, so that a reload loses nothing.
//!
//! A draft holds codes, not positions, and no amounts: it can be opened under a
//! newer state of the catalog, and nobody's prices are in it.

mod kept;

pub use kept::{Writing, delete, key, list, load, save};

use std::collections::BTreeMap;

use quotewright_protocol::TaxedBuyer;
use serde::{Deserialize, Serialize};

/// Decisions, quote lines, answers and what was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// What the buyer calls it; empty where it is called by what is in it.
    pub name: String,
    /// When it was begun, in milliseconds since 1970; zero where that is not known.
    pub began: u64,
    /// Who wrote it last.
    pub written: Mark,
    /// Code of the product that is being configured.
    pub product: String,
    /// Pieces of it.
    pub quantity: u32,
    /// What the buyer chose, by attribute code.
    pub decisions: BTreeMap<String, String>,
    /// Lines of the quote.
    pub lines: Vec<DraftLine>,
    /// What was answered about the quote as a whole, by attribute code.
    pub answers: BTreeMap<String, String>,
    /// What was typed on the quote page.
    pub form: Form,
}

impl Draft {
    /// Whether it is as one that was just begun.
    pub fn is_blank(&self) -> bool {
        let typed = [&self.name, &self.form.note, &self.form.promotions];
        let chosen = self.decisions.len() + self.lines.len() + self.answers.len();
        chosen == 0 && typed.into_iter().all(String::is_empty)
    }
}

/// Which page wrote a draft, and when: by this a page sees that another has written since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// Names the page.
    pub page: String,
    /// Milliseconds since 1970.
    pub at: u64,
}

/// One line of a [`Draft`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftLine {
    /// Code of the product.
    pub product: String,
    /// Pieces.
    pub quantity: u32,
    /// What the buyer chose, by attribute code.
    pub decisions: BTreeMap<String, String>,
    /// The whole configuration, by attribute code.
    pub assignment: BTreeMap<String, String>,
    /// What the buyer wants of it besides.
    #[serde(flatten)]
    pub wishes: LineWishes,
}

/// What the buyer wants of a line besides its configuration, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineWishes {
    /// Requested day, as ISO 8601, where it is not that of the whole.
    pub wanted: String,
    /// Quantities from later months on.
    pub ramp: Vec<TypedPart>,
    /// Parts with dates of their own.
    pub call_offs: Vec<TypedPart>,
    /// Names the line for those that are alternatives to it; empty until there are any.
    pub key: String,
    /// What it is proposed as; `None` where it counts.
    pub proposed: Option<ProposedLine>,
}

/// What a line that does not count is proposed as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposedLine {
    /// It may be added.
    Optional,
    /// It may stand instead of the line with this key.
    AlternativeTo(String),
}

/// A quantity from a month on, or for a day, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedPart {
    /// Month of the term, from 1; or a day, as ISO 8601.
    pub at: String,
    /// Pieces.
    pub quantity: String,
}

/// What the buyer types on the quote page, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Company name.
    pub company: String,
    /// Name of the person.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Country and VAT number.
    pub buyer: TaxedBuyer,
    /// Requested day, as ISO 8601.
    pub delivery_date: String,
    /// First day of the contract, as ISO 8601.
    pub start: String,
    /// Last day of the contract, as ISO 8601.
    pub until: String,
    /// Free text.
    pub note: String,
    /// Codes of promotions, separated by spaces or commas.
    pub promotions: String,
}
