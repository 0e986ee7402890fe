//! What a configuration costs, as a waterfall of named steps.

pub mod adjust;
mod applies;
pub mod books;
mod budget;
mod concerned;
mod context;
mod error;
mod formula;
mod inputs;
#[cfg(test)]
pub(crate) mod kit;
mod pack;
mod purchase;
mod rules;
pub mod scales;
mod settlement;
mod unit;

pub use crate::money::RoundingMode;
pub(crate) use crate::money::exact;
pub use applies::{Applies, Pieces};
pub use budget::budget_rule;
pub(crate) use concerned::{Looks, concerned};
pub use error::PriceError;
pub use formula::{PriceFormula, price_formula};
pub use inputs::{Input, Named, UsedRow};
pub use pack::{
    Base, Currency, Due, Level, LookupKey, PricePack, PriceRow, PriceStep, PriceTable,
    ProductPrices, Quantities, RoundingMoment, RoundingPolicy, Sharing, Tax,
};
pub use purchase::{Counted, Goods, Purchase, Ramp, Together};
pub use rules::{
    Amount, Between, BlockPrices, Brackets, Bundle, ByQuantity, Fixed, Free, Index, IndexValue,
    Indexed, Lookup, MarginOf, Measure, Offer, Options, Percent, PriceRule, Round, Spend, Tier,
    Tiers, TiersBy,
};
pub use settlement::{Seller, Settlement, TaxAt, TaxIn};
pub use unit::price_unit;
pub(crate) use unit::{Priced, applicable, reachable, thresholds};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use self::scales::ScaledPart;
use crate::catalog::{AttributeIndex, Text};

/// From list price to the net price of one piece; the steps add up to `total`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waterfall {
    /// The steps, in the order in which they were applied.
    pub steps: Vec<Step>,
    /// Sum of the steps whose amount is known.
    pub total: Decimal,
}

impl Waterfall {
    /// Whether some step still waits for a decision.
    pub fn is_open(&self) -> bool {
        self.steps.iter().any(|step| step.amount.is_none())
    }
}

/// One named step of a [`Waterfall`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Code of the price step; `rounding` for what rounding added or took.
    pub code: String,
    /// Name for the buyer; empty for rounding.
    pub label: Text,
    /// What the amount was worked out from.
    pub basis: Basis,
    /// What else decided it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// What the step adds (or takes), exact. `None` while an attribute it needs is open.
    pub amount: Option<Decimal>,
}

/// What a step's amount was worked out from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Basis {
    /// An amount as it stands in the price book.
    Amount,
    /// `rate` for each of `units`: 34.00 x 12.5 m.
    PerUnit {
        /// Price of one unit.
        rate: Decimal,
        /// How many units.
        units: Decimal,
        /// Symbol of one unit; may be empty.
        unit: String,
        /// For how many units the rate is; one where `None`.
        #[serde(default)]
        price_unit: Option<Decimal>,
    },
    /// The share of each tier that has one: its units, the price of each, and its flat fee.
    Tiers {
        /// Symbol of what is counted; empty for pieces.
        unit: String,
        /// The shares; they add up to the amount.
        parts: Vec<ScaledPart>,
    },
    /// The price of the option chosen for an attribute.
    Option {
        /// The attribute.
        attribute: AttributeIndex,
        /// Position of the option; of a yes/no attribute, 0 is no and 1 is yes.
        option: usize,
    },
    /// `percent` of `base`.
    Percent {
        /// Hundredths.
        percent: Decimal,
        /// The amount it is taken of.
        base: Decimal,
    },
    /// What is missing to a least, or above a most.
    Bounds {
        /// What is bounded.
        base: Decimal,
        /// The least.
        least: Option<Decimal>,
        /// The most.
        most: Option<Decimal>,
    },
    /// What takes `base` to an agreed price.
    Fixed {
        /// What it would be.
        base: Decimal,
        /// What it is.
        price: Decimal,
    },
    /// The attributes that have to be decided first.
    Open {
        /// The open attributes.
        attributes: Vec<AttributeIndex>,
    },
    /// The difference that rounding makes.
    Rounding,
}
