use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ScaleError, not_negative};
use crate::money::{Rounding, exact};

/// A least and a most that is spent, over all that is billed in a period.
///
/// Use it for framework contracts and metered use. Not for a surcharge on small
/// orders, which is a fixed amount below a threshold.
///
/// At most 100.00, of which 90.00 are billed already: 75.00 become 10.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// The least; what is missing is added.
    pub least: Option<Decimal>,
    /// The most; what is above is taken off.
    pub most: Option<Decimal>,
}

/// An amount under a [`Commitment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committed {
    /// The amount before.
    pub base: Decimal,
    /// What is added to reach the least.
    pub top_up: Decimal,
    /// What is taken off to keep to the most, at most the amount itself.
    pub discount: Decimal,
    /// The amount with one and without the other.
    pub total: Decimal,
}

impl Commitment {
    /// Refuses a least above the most, and bounds below zero.
    ///
    /// # Errors
    /// [`ScaleError`] names what is wrong.
    pub fn check(&self) -> Result<(), ScaleError> {
        let bounds = [self.least, self.most];
        bounds
            .into_iter()
            .flatten()
            .try_for_each(|it| not_negative(it).map(drop))?;
        match (self.least, self.most) {
            (Some(least), Some(most)) if least > most => {
                Err(ScaleError::LeastAboveMost { least, most })
            }
            _ => Ok(()),
        }
    }

    /// `base` after `billed` has been billed already; what is added or taken off is rounded
    /// where a rounding is given.
    ///
    /// # Errors
    /// Where the bounds contradict each other, or an amount does not fit.
    pub fn apply(
        &self,
        base: Decimal,
        billed: Decimal,
        rounding: Option<&Rounding>,
    ) -> Result<Committed, ScaleError> {
        self.check()?;
        let spent = exact::add(base, billed)?;
        let above = |most| exact::subtract(spent, most);
        let below = |least| exact::subtract(least, spent);
        let discount = self.most.map_or(Ok(Decimal::ZERO), above)?;
        let top_up = self.least.map_or(Ok(Decimal::ZERO), below)?;
        let rounded = |amount| rounding.map_or(Ok(amount), |it| it.round(amount));
        let discount = rounded(discount.min(base).max(Decimal::ZERO))?;
        let top_up = rounded(top_up.max(Decimal::ZERO))?;
        let total = exact::add(exact::subtract(base, discount)?, top_up)?;
        Ok(Committed {
            base,
            top_up,
            discount,
            total,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::dec;

    #[test]
    fn an_amount_is_topped_up_or_cut() {
        let cents = Rounding::to_decimals(2, RoundingMode::HalfUp);
        for (least, most, base, billed, rounding, top_up, discount, total) in [
            (Some("150"), None, "100", "0", None, "50", "0", "150"),
            (Some("150"), None, "100", "90", None, "0", "0", "100"),
            (None, Some("125"), "150", "0", None, "0", "25", "125"),
            (None, Some("100"), "75", "90", None, "0", "65", "10"),
            (None, Some("10000"), "1000", "20000", None, "0", "1000", "0"),
            (
                None,
                Some("10000.001"),
                "1000",
                "9000.01123",
                Some(&cents),
                "0",
                "0.01",
                "999.99",
            ),
            (None, None, "7", "0", None, "0", "0", "7"),
        ] {
            let commitment = Commitment {
                least: least.map(dec),
                most: most.map(dec),
            };
            let expected = Committed {
                base: dec(base),
                top_up: dec(top_up),
                discount: dec(discount),
                total: dec(total),
            };
            assert_eq!(
                commitment.apply(dec(base), dec(billed), rounding),
                Ok(expected)
            );
        }
    }

    #[test]
    fn the_least_is_not_above_the_most() {
        let (least, most) = (dec("2"), dec("1"));
        let commitment = Commitment {
            least: Some(least),
            most: Some(most),
        };
        let refused = Err(ScaleError::LeastAboveMost { least, most });
        assert_eq!(commitment.apply(dec("1"), dec("0"), None), refused);
    }
}
