use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::tiers::{check, reached};
use super::{Graduated, PriceTier, ScaleError, Scaled, Volume};
use crate::money::exact;

/// Percentages off by quantity.
///
/// Use it beside a list price, so that tiers hold for every configuration. Not
/// where the sheet states prices (that is [`Volume`](super::Volume) or
/// [`Graduated`](super::Graduated)).
///
/// 5 percent from the 11th unit: eleven at 100.00 cost 1,045.00 where all units
/// are at the tier reached, 1,095.00 where each tier is on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountTiers {
    /// By ascending quantity.
    pub tiers: Vec<DiscountTier>,
}

/// A percentage off up to a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountTier {
    /// Largest quantity; `None` for the last, open tier.
    pub up_to: Option<Decimal>,
    /// Hundredths off.
    pub percent: Decimal,
}

impl DiscountTiers {
    /// Refuses tiers that leave a gap or overlap.
    ///
    /// # Errors
    /// [`ScaleError`] names the tier.
    pub fn check(&self) -> Result<(), ScaleError> {
        check(self.tiers.iter().map(|tier| tier.up_to))
    }

    /// The percentage off at `quantity`.
    ///
    /// # Errors
    /// Where it is above the last tier.
    pub fn percent(&self, quantity: Decimal) -> Result<Decimal, ScaleError> {
        let at = reached(self.tiers.iter().map(|tier| tier.up_to), quantity)?;
        let tier = self.tiers.get(at).ok_or(ScaleError::NoTiers)?;
        Ok(tier.percent)
    }

    /// All units of `quantity` at the tier reached ("range").
    ///
    /// # Errors
    /// Where it is above the last tier or below zero, or an amount does not fit.
    pub fn range(&self, price: Decimal, quantity: Decimal) -> Result<Scaled, ScaleError> {
        let tiers = self.prices(price)?;
        Volume { tiers }.amount(quantity)
    }

    /// Each tier on its own ("slab").
    ///
    /// # Errors
    /// As [`DiscountTiers::range`].
    pub fn slab(&self, price: Decimal, quantity: Decimal) -> Result<Scaled, ScaleError> {
        let tiers = self.prices(price)?;
        Graduated { tiers }.amount(quantity)
    }

    fn prices(&self, price: Decimal) -> Result<Vec<PriceTier>, ScaleError> {
        let tier = |tier: &DiscountTier| {
            let off = exact::percent_of(price, tier.percent)?;
            Ok(PriceTier {
                up_to: tier.up_to,
                unit: exact::subtract(price, off)?,
                flat: Decimal::ZERO,
            })
        };
        self.tiers.iter().map(tier).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn all_units_at_the_tier_reached_or_each_tier_on_its_own() {
        let tier = |(up_to, percent): (Option<&str>, &str)| DiscountTier {
            up_to: up_to.map(dec),
            percent: dec(percent),
        };
        let tiers = [(Some("10"), "0"), (Some("20"), "5"), (None, "10")].map(tier);
        let tiers = DiscountTiers {
            tiers: tiers.to_vec(),
        };
        assert_eq!(tiers.check(), Ok(()));
        assert_eq!(tiers.percent(dec("20")), Ok(dec("5")));
        let list = dec("100");
        for (quantity, range, slab) in [
            ("10", "1000", &["1000", "1000"][..]),
            ("11", "1045", &["1095", "1000", "95"]),
            ("21", "1890", &["2040", "1000", "950", "90"]),
        ] {
            let found = tiers.range(list, dec(quantity));
            assert_eq!(shown(&found), [range, range], "{quantity}");
            assert_eq!(shown(&tiers.slab(list, dec(quantity))), slab, "{quantity}");
        }
    }
}
