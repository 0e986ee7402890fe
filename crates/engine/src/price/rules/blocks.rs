//! Tiers counted in blocks, each started block at a price.
//!
//! Use it for use that is sold by the thousand, with other blocks the more is used. Not where
//! the price is of single units (that is [`graduated`](super::graduated)).
//!
//! Up to 10 blocks of 100 at 10.00, then 1.00 a block: 2,000 units cost 20.00 where all are at
//! the tier reached, 110.00 where each tier is on its own.

use serde::{Deserialize, Serialize};

use super::by_quantity::{Quantity, Scale};
use crate::price::scales::{Blocks, ScaleError, Scaled};

/// Tiers in blocks, and how they count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPrices {
    /// The tiers.
    pub blocks: Blocks,
    /// Whether each tier is on its own; else all blocks are at the tier reached.
    pub graduated: bool,
}

impl Scale for BlockPrices {
    fn cost(&self, quantity: Quantity) -> Result<Scaled, ScaleError> {
        match self.graduated {
            true => self.blocks.graduated(quantity.units),
            false => self.blocks.volume(quantity.units),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{by_quantity, line};
    use super::*;
    use crate::price::Counted;
    use crate::price::kit::dec;
    use crate::price::scales::BlockTier;

    #[test]
    fn all_blocks_are_at_one_tier_or_each_at_its_own() {
        let tier = |most: Option<&str>, price| BlockTier {
            block: dec("100"),
            most: most.map(dec),
            price: dec(price),
        };
        let tiers = vec![tier(Some("10"), "10"), tier(None, "1")];
        for (graduated, amount) in [(true, "110"), (false, "20")] {
            let blocks = Blocks {
                tiers: tiers.clone(),
            };
            let rule = by_quantity(BlockPrices { blocks, graduated }, None, Counted::Line);
            assert_eq!(line(&rule, 2_000), Ok(dec(amount)));
        }
    }
}
