//! Lines and totals of a quote, and checking a request against them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::price::Waterfall;

/// The price of one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinePrice {
    /// Pieces.
    pub quantity: u32,
    /// How the price of one piece comes about.
    pub waterfall: Waterfall,
    /// Net price of one piece.
    pub unit_net: Decimal,
    /// Net amount of the line: pieces times unit price, rounded where the policy says so.
    pub net: Decimal,
    /// Hundredths of tax.
    pub tax_percent: Decimal,
    /// Whether some step still waits for a decision; the amounts are then only what is known so far.
    pub open: bool,
    /// What one piece would cost at the next quantity tier, where there is one.
    pub next_tier: Option<NextTier>,
}

/// The next quantity at which a piece gets cheaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTier {
    /// Pieces from which it holds.
    pub from: u32,
    /// Net price of one piece from there.
    pub unit_net: Decimal,
}

/// Totals of a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the lines' net amounts.
    pub net: Decimal,
    /// Tax by rate, ascending.
    pub taxes: Vec<TaxTotal>,
    /// Net plus taxes.
    pub gross: Decimal,
}

/// Tax at one rate, rounded once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxTotal {
    /// Hundredths.
    pub percent: Decimal,
    /// What it is taken of.
    pub base: Decimal,
    /// The tax.
    pub amount: Decimal,
}

/// Working days from order to dispatch, and what drives them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadTime {
    /// Working days, Monday to Friday.
    pub working_days: u32,
    /// The attribute whose option takes longest; `None` where no option adds days.
    pub driver: Option<crate::catalog::AttributeIndex>,
}
