//! Prices by quantity: from a quantity to an amount, with the share of each tier.
//!
//! Quantities are decimals (pieces, metres, hours) and never below zero; a
//! tier's upper bound belongs to the tier.

mod block;
mod commitment;
mod discount_tiers;
mod error;
mod first_and_additional;
mod free_goods;
mod graduated;
mod package;
mod percentage_fee;
mod thresholds;
mod tiers;
mod volume;

pub use block::{BlockTier, Blocks};
pub use commitment::{Commitment, Committed};
pub use discount_tiers::{DiscountTier, DiscountTiers};
pub use error::ScaleError;
pub use first_and_additional::FirstAndAdditional;
pub use free_goods::FreeGoods;
pub use graduated::Graduated;
pub use package::Package;
pub use percentage_fee::{PercentageFee, TransactionFee};
pub use thresholds::{Threshold, Thresholds};
pub use tiers::PriceTier;
pub use volume::Volume;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Fraction, Rounding, RoundingMode, exact};

/// An amount, and how it comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scaled {
    /// The sum of the parts.
    pub total: Decimal,
    /// One for each tier that has a share, in order.
    pub parts: Vec<ScaledPart>,
}

/// The share of one tier: units times rate, and a flat fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaledPart {
    /// Position of the tier.
    pub tier: usize,
    /// Units, packages or blocks that the tier prices.
    pub units: Decimal,
    /// Price of each.
    pub rate: Decimal,
    /// What the tier costs once.
    pub flat: Decimal,
    /// Units times rate, and the flat fee.
    pub amount: Decimal,
}

impl ScaledPart {
    fn new(tier: usize, units: Decimal, rate: Decimal, flat: Decimal) -> Result<Self, ScaleError> {
        Ok(Self {
            tier,
            units,
            rate,
            flat,
            amount: exact::add(exact::part(units, rate)?, flat)?,
        })
    }
}

impl Scaled {
    fn of(parts: Vec<ScaledPart>) -> Result<Self, ScaleError> {
        let total = exact::sum(parts.iter().map(|part| part.amount))?;
        Ok(Self { total, parts })
    }
}

/// `quantity`, which may not be below zero.
fn not_negative(quantity: Decimal) -> Result<Decimal, ScaleError> {
    match quantity.is_sign_negative() && !quantity.is_zero() {
        true => Err(ScaleError::Negative(quantity)),
        false => Ok(quantity),
    }
}

/// How many of `size` are started by `quantity`: 121 by 10 are 13.
fn started(quantity: Decimal, size: Decimal) -> Result<Decimal, ScaleError> {
    whole(quantity, size, RoundingMode::Ceiling)
}

/// How many times `size` goes into `quantity`, as a whole number.
fn whole(quantity: Decimal, size: Decimal, mode: RoundingMode) -> Result<Decimal, ScaleError> {
    if size <= Decimal::ZERO {
        return Err(ScaleError::SizeNotPositive(size));
    }
    let times = Fraction::new(quantity, size)?;
    let step = Decimal::ONE;
    Ok(times.round(&Rounding { step, mode })?)
}

#[cfg(test)]
mod testing {
    use super::*;
    use crate::price::kit::dec;

    /// Upper bound, unit price and flat fee of each tier.
    pub type Written = [(Option<&'static str>, &'static str, &'static str)];

    pub fn tiers(written: &Written) -> Vec<PriceTier> {
        let tier = |(up_to, unit, flat): &(Option<&str>, &str, &str)| PriceTier {
            up_to: up_to.map(dec),
            unit: dec(unit),
            flat: dec(flat),
        };
        written.iter().map(tier).collect()
    }

    /// The total, then the amount of each part; `error` where there is none.
    pub fn shown(scaled: &Result<Scaled, ScaleError>) -> Vec<String> {
        let Ok(scaled) = scaled else {
            return vec!["error".to_owned()];
        };
        let amounts = scaled.parts.iter().map(|part| part.amount);
        let amounts = std::iter::once(scaled.total).chain(amounts);
        amounts.map(|it| it.normalize().to_string()).collect()
    }
}
