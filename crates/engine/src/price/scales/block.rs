use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ScaleError, Scaled, ScaledPart, not_negative, started};
use crate::money::exact;

/// Tiers counted in blocks of units: a price for each started block.
///
/// Use it for metered use that is sold by the thousand, with larger or cheaper
/// blocks the more is used. Not where the price is of single units. The last
/// tier also holds what is above it.
///
/// Up to 10 blocks of 100 at 10.00, then 1.00 a block: 2,000 units cost 20.00
/// where all blocks are at the tier reached, 110.00 where each tier is on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocks {
    /// In order.
    pub tiers: Vec<BlockTier>,
}

/// So many blocks of a size at a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockTier {
    /// Units in a block.
    pub block: Decimal,
    /// Blocks in the tier; `None` for the last, open tier.
    pub most: Option<Decimal>,
    /// Price of a block.
    pub price: Decimal,
}

impl BlockTier {
    /// Units that fit the tier.
    fn units(&self) -> Result<Option<Decimal>, ScaleError> {
        let units = self.most.map(|most| exact::multiply(most, self.block));
        Ok(units.transpose()?)
    }
}

impl Blocks {
    /// Refuses tiers and blocks that hold nothing, and an open tier that is not the last.
    ///
    /// # Errors
    /// [`ScaleError`] names what is wrong.
    pub fn check(&self) -> Result<(), ScaleError> {
        let last = self.tiers.len().checked_sub(1).ok_or(ScaleError::NoTiers)?;
        for (at, tier) in self.tiers.iter().enumerate() {
            started(Decimal::ZERO, tier.block)?;
            match tier.most {
                None if at < last => return Err(ScaleError::OpenTooEarly(at)),
                Some(most) if most <= Decimal::ZERO => {
                    return Err(ScaleError::SizeNotPositive(most));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// All blocks at the tier that the quantity reaches.
    ///
    /// # Errors
    /// Where the quantity is below zero, there are no tiers, or an amount does not fit.
    pub fn volume(&self, quantity: Decimal) -> Result<Scaled, ScaleError> {
        let mut rest = not_negative(quantity)?;
        let last = self.tiers.len().checked_sub(1).ok_or(ScaleError::NoTiers)?;
        let mut reached = last;
        for (at, tier) in self.tiers.iter().enumerate() {
            match tier.units()? {
                Some(units) if rest > units => rest = exact::subtract(rest, units)?,
                _ => {
                    reached = at;
                    break;
                }
            }
        }
        let tier = self.tiers.get(reached).ok_or(ScaleError::NoTiers)?;
        let blocks = started(quantity, tier.block)?;
        Scaled::of(vec![ScaledPart::new(
            reached,
            blocks,
            tier.price,
            Decimal::ZERO,
        )?])
    }

    /// Each tier prices its own share.
    ///
    /// # Errors
    /// As [`Blocks::volume`].
    pub fn graduated(&self, quantity: Decimal) -> Result<Scaled, ScaleError> {
        let mut rest = not_negative(quantity)?;
        let last = self.tiers.len().checked_sub(1).ok_or(ScaleError::NoTiers)?;
        let mut parts = Vec::new();
        for (at, tier) in self.tiers.iter().enumerate() {
            let share = match tier.units()? {
                Some(units) if at < last => rest.min(units),
                _ => rest,
            };
            let blocks = started(share, tier.block)?;
            if at == 0 || !blocks.is_zero() {
                parts.push(ScaledPart::new(at, blocks, tier.price, Decimal::ZERO)?);
            }
            rest = exact::subtract(rest, share)?;
        }
        Scaled::of(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use super::*;
    use crate::price::kit::dec;

    fn blocks(written: &[(&str, Option<&str>, &str)]) -> Blocks {
        let tier = |(block, most, price): &(&str, Option<&str>, &str)| BlockTier {
            block: dec(block),
            most: most.map(dec),
            price: dec(price),
        };
        let tiers = written.iter().map(tier).collect();
        Blocks { tiers }
    }

    #[test]
    fn all_blocks_at_the_tier_reached_or_each_tier_on_its_own() {
        let open = blocks(&[("100", Some("10"), "10"), ("100", None, "1")]);
        let sizes = blocks(&[
            ("100", Some("10"), "1"),
            ("1000", Some("100"), "1"),
            ("1000", Some("100"), "0.5"),
        ]);
        for (tiers, quantity, volume, graduated) in [
            (&open, "0", "0", &["0", "0"][..]),
            (&open, "1000", "100", &["100", "100"]),
            (&open, "2000", "20", &["110", "100", "10"]),
            (&sizes, "1000", "10", &["10", "10"]),
            (&sizes, "101001", "51", &["110.5", "10", "100", "0.5"]),
            (&sizes, "300000", "150", &["209.5", "10", "100", "99.5"]),
        ] {
            assert_eq!(tiers.check(), Ok(()));
            let found = tiers.volume(dec(quantity));
            assert_eq!(shown(&found), [volume, volume], "{quantity}");
            let found = tiers.graduated(dec(quantity));
            assert_eq!(shown(&found), graduated, "{quantity}");
        }
    }

    #[test]
    fn blocks_and_tiers_hold_something() {
        for (written, error) in [
            (&[][..], ScaleError::NoTiers),
            (&[("0", None, "1")], ScaleError::SizeNotPositive(dec("0"))),
            (
                &[("1", Some("0"), "1")],
                ScaleError::SizeNotPositive(dec("0")),
            ),
            (
                &[("1", None, "1"), ("1", None, "1")],
                ScaleError::OpenTooEarly(0),
            ),
        ] {
            assert_eq!(blocks(written).check(), Err(error));
        }
    }
}
