//! What a configuration costs, as a waterfall of named steps.

mod pack;

pub use pack::{
    Currency, LookupKey, PricePack, PriceRow, PriceRule, PriceStep, PriceTable, ProductPrices,
    RoundingMode, RoundingMoment, RoundingPolicy, Tax, Tier,
};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::{AttributeIndex, Text};

/// From list price to the net price of one piece; the steps add up to `total`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waterfall {
    /// The steps, in the order in which they were applied.
    pub steps: Vec<Step>,
    /// Sum of the steps.
    pub total: Decimal,
}

/// One named step of a [`Waterfall`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Code of the price step; `rounding` for what rounding added or took.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// What the amount was worked out from.
    pub basis: Basis,
    /// What the step adds (or takes), exact. `None` while an attribute it needs is open.
    pub amount: Option<Decimal>,
}

/// What a step's amount was worked out from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Basis {
    /// An amount as it stands in the price book.
    Amount,
    /// `rate` for each of `units` of a formula.
    PerUnit {
        /// Price of one unit.
        rate: Decimal,
        /// How many units.
        units: Decimal,
    },
    /// The price of the option chosen for an attribute.
    Option {
        /// The attribute.
        attribute: AttributeIndex,
    },
    /// `percent` of `base`.
    Percent {
        /// Hundredths.
        percent: Decimal,
        /// The amount it is taken of.
        base: Decimal,
    },
    /// The attributes that have to be decided first.
    Open {
        /// The open attributes.
        attributes: Vec<AttributeIndex>,
    },
    /// The difference that rounding makes.
    Rounding,
}
