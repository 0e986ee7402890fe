use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ScaleError, not_negative, whole};
use crate::money::{RoundingMode, exact};

/// So many units free for every so many bought.
///
/// Use it where the gift is goods, of the same product or another. Not where it
/// is money off: a percentage by quantity shows the buyer the same saving.
///
/// One free for every two, from 3 to 7: five bring two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeGoods {
    /// Smallest quantity bought.
    pub least: Decimal,
    /// Largest quantity bought; any where `None`.
    pub most: Option<Decimal>,
    /// For every so many.
    pub per: Decimal,
    /// So many are free.
    pub free: Decimal,
}

impl FreeGoods {
    /// Refuses a least above the most, and what is given for every none.
    ///
    /// # Errors
    /// [`ScaleError`] names what is wrong.
    pub fn check(&self) -> Result<(), ScaleError> {
        whole(Decimal::ZERO, self.per, RoundingMode::Floor)?;
        match self.most {
            Some(most) if self.least > most => Err(ScaleError::LeastAboveMost {
                least: self.least,
                most,
            }),
            _ => Ok(()),
        }
    }

    /// How many units `quantity` brings for free.
    ///
    /// # Errors
    /// Where the quantity is below zero, `per` is not above it, or a number does not fit.
    pub fn free(&self, quantity: Decimal) -> Result<Decimal, ScaleError> {
        let times = whole(not_negative(quantity)?, self.per, RoundingMode::Floor)?;
        match self.least <= quantity && self.most.is_none_or(|most| quantity <= most) {
            true => Ok(exact::multiply(times, self.free)?),
            false => Ok(Decimal::ZERO),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn so_many_are_free_for_every_so_many() {
        let rule = |per| FreeGoods {
            least: dec("3"),
            most: Some(dec("7")),
            per: dec(per),
            free: dec("1"),
        };
        assert_eq!(rule("2").check(), Ok(()));
        for (quantity, free) in [("2", "0"), ("3", "1"), ("5", "2"), ("7", "3"), ("8", "0")] {
            assert_eq!(rule("2").free(dec(quantity)), Ok(dec(free)), "{quantity}");
        }
        assert!(rule("0").check().is_err());
        assert!(rule("0").free(dec("3")).is_err());
        let backwards = FreeGoods {
            most: Some(dec("2")),
            ..rule("2")
        };
        assert!(backwards.check().is_err());
    }
}
