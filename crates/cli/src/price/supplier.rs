//! What a quote leaves its supplier, as JSON. For the supplier alone.

use quotewright_engine::quote::{self, CommissionBase};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a quote leaves its supplier, once and over its terms, without tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Supplier {
    /// The lines, in the order of the request.
    pub lines: Vec<Line>,
    /// What the quote costs the buyer.
    pub net: String,
    /// What it costs the supplier, where that is known of each line.
    pub cost: Option<String>,
    /// Net less cost.
    pub margin: Option<String>,
    /// The margin in hundredths of net.
    pub margin_percent: Option<String>,
    /// What the lines miss to their floors.
    pub below_floor: String,
    /// What the partner gets through whom the quote came.
    pub commissions: Vec<Commission>,
}

/// What a line leaves its supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// What it costs the buyer, less its part of discounts for the quote as a whole.
    pub net: String,
    /// What it costs the supplier, where that is known.
    pub cost: Option<String>,
    /// Net less cost.
    pub margin: Option<String>,
    /// The margin in hundredths of net.
    pub margin_percent: Option<String>,
    /// What it is sold for at least, where it has a floor.
    pub floor: Option<String>,
    /// What it misses to the floor.
    pub below_floor: String,
}

/// What a partner gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Commission {
    /// Code of the partner.
    pub partner: String,
    /// Hundredths.
    pub percent: String,
    /// `net` or `margin`: what they are taken of.
    pub of: String,
    /// What that comes to.
    pub base: String,
    /// The commission.
    pub amount: String,
}

fn text(amount: Option<Decimal>) -> Option<String> {
    amount.map(|it| it.to_string())
}

impl From<&quote::Margins> for Supplier {
    fn from(margins: &quote::Margins) -> Self {
        Self {
            lines: margins.lines.iter().map(Line::from).collect(),
            net: margins.net.to_string(),
            cost: text(margins.cost),
            margin: text(margins.margin),
            margin_percent: text(margins.margin_percent),
            below_floor: margins.below_floor.to_string(),
            commissions: margins.commissions.iter().map(Commission::from).collect(),
        }
    }
}

impl From<&quote::LineMargin> for Line {
    fn from(line: &quote::LineMargin) -> Self {
        Self {
            net: line.net.to_string(),
            cost: text(line.cost),
            margin: text(line.margin),
            margin_percent: text(line.margin_percent),
            floor: text(line.floor),
            below_floor: line.below_floor.to_string(),
        }
    }
}

impl From<&quote::CommissionDue> for Commission {
    fn from(due: &quote::CommissionDue) -> Self {
        let of = match due.of {
            CommissionBase::Net => "net",
            CommissionBase::Margin => "margin",
        };
        Self {
            partner: due.partner.clone(),
            percent: due.percent.to_string(),
            of: of.to_owned(),
            base: due.base.to_string(),
            amount: due.amount.to_string(),
        }
    }
}
