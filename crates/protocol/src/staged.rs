use quotewright_engine::price::Due;
use quotewright_engine::quote::{Margins, QuotePrice};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::StoredRequest;

/// A change of a quote by hand, as its supplier asks for it: by one of `percent`, `amount` and
/// `price`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// Position of the line, from zero; the quote as a whole where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What is changed: what is due once, or each time.
    #[serde(default)]
    pub due: Due,
    /// Hundredths, added; below zero for a discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    /// An amount, added; below zero for a discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Decimal>,
    /// What it comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Decimal>,
    /// Who makes it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Why it may pass a floor; `None` where it may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below_floor: Option<String>,
}

/// A change that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAdjustment {
    /// How many changes there are before it, so that none is made twice.
    pub after: usize,
    /// The change.
    pub adjustment: Adjustment,
}

/// A change of a quote by hand, as it was kept. The first one is the step `manual-1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAdjustment {
    /// When it was made, UTC, RFC 3339.
    pub at: String,
    /// The change.
    pub adjustment: Adjustment,
}

/// The supplier's copy of a request, with changes by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StagedQuote {
    /// The changes, in the order in which they were made.
    pub adjustments: Vec<KeptAdjustment>,
    /// What it comes to with them.
    pub price: QuotePrice,
    /// What it leaves then.
    pub margins: Margins,
}

/// A request as its supplier sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupplierRequest {
    /// What the buyer sees as well.
    pub stored: StoredRequest,
    /// What it leaves as it was asked; `None` where prices are hidden.
    pub margins: Option<Margins>,
    /// The supplier's copy; `None` where nothing was changed.
    pub staged: Option<StagedQuote>,
}
