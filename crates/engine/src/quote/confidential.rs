use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::price::PricePack;

/// What only the supplier may know about the prices of a pack: costs, floors, commission.
///
/// Never in the pack, and never where a buyer can get it. Costs and floors are worked out as
/// prices are: each is a pack of its own, with amounts of another column of the same sheets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Confidential {
    /// What is paid for things, without tax; `None` where no cost is known.
    pub costs: Option<PricePack>,
    /// What things are sold for at least, without tax; `None` where nothing has a floor.
    pub floors: Option<PricePack>,
    /// Hundredths of what the buyer pays that are left above the cost, at least.
    pub least_margin: Option<Decimal>,
    /// What becomes of a request below a floor.
    pub below: BelowFloor,
    /// What partners get.
    pub commissions: Vec<Commission>,
}

/// What becomes of a request with a line below its floor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BelowFloor {
    /// It is taken, and its price is the supplier's to confirm: not below the floor without a
    /// stated reason.
    #[default]
    Confirm,
    /// It is not taken.
    Refuse,
}

/// What a partner gets of the quotes that come through them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commission {
    /// Code of the partner, as price books and tokens have it.
    pub partner: String,
    /// Hundredths.
    pub percent: Decimal,
    /// What they are taken of.
    pub of: CommissionBase,
    /// Lines with products of these groups only; all where there is none.
    pub groups: Vec<String>,
}

/// What a commission is a percentage of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommissionBase {
    /// What the lines cost the buyer, without tax.
    #[default]
    Net,
    /// What is left of that above the cost; nothing where it is below.
    Margin,
}

impl Confidential {
    /// Whether a partner gets a commission.
    pub fn pays(&self, partner: &str) -> bool {
        self.commissions.iter().any(|it| it.partner == partner)
    }
}
