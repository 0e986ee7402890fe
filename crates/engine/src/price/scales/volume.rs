use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::tiers::{check, reached};
use super::{PriceTier, ScaleError, Scaled, ScaledPart, not_negative};

/// The whole quantity at the price of the tier that holds it, and that tier's flat fee.
///
/// Use it for the usual price list: the more, the less each piece. Not where a
/// larger quantity must never cost less in total: 10 at 15.00 cost more than 11
/// at 10.00 (that is [`Graduated`](super::Graduated)).
///
/// Up to 5 at 7.00, up to 10 at 6.50: six cost 39.00.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// By ascending quantity.
    pub tiers: Vec<PriceTier>,
}

impl Volume {
    /// Refuses tiers that leave a gap or overlap.
    ///
    /// # Errors
    /// [`ScaleError`] names the tier.
    pub fn check(&self) -> Result<(), ScaleError> {
        check(self.bounds())
    }

    /// What `quantity` costs.
    ///
    /// # Errors
    /// Where no tier holds it, it is below zero, or an amount does not fit.
    pub fn amount(&self, quantity: Decimal) -> Result<Scaled, ScaleError> {
        self.amount_at(quantity, quantity)
    }

    /// What `quantity` costs at the tier of another quantity: that of the quote, or of the
    /// whole period where `quantity` is prorated.
    ///
    /// # Errors
    /// As [`Volume::amount`].
    pub fn amount_at(&self, quantity: Decimal, counted: Decimal) -> Result<Scaled, ScaleError> {
        not_negative(quantity)?;
        let at = reached(self.bounds(), not_negative(counted)?)?;
        let tier = self.tiers.get(at).ok_or(ScaleError::NoTiers)?;
        Scaled::of(vec![ScaledPart::new(at, quantity, tier.unit, tier.flat)?])
    }

    fn bounds(&self) -> impl Iterator<Item = Option<Decimal>> {
        self.tiers.iter().map(|tier| tier.up_to)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, tiers};
    use super::*;
    use crate::price::kit::dec;

    fn list() -> Volume {
        let open = (None, "0.5", "50");
        let tiers = tiers(&[(Some("100"), "2", "10"), (Some("200"), "1", "0"), open]);
        Volume { tiers }
    }

    #[test]
    fn the_whole_quantity_is_at_the_tier_that_holds_it() {
        assert_eq!(list().check(), Ok(()));
        for (quantity, amount) in [
            ("0", "10"),
            ("100", "210"),
            ("100.5", "100.5"),
            ("200", "200"),
            ("300", "200"),
        ] {
            let found = list().amount(dec(quantity));
            assert_eq!(shown(&found), [amount, amount], "{quantity}");
        }
        assert_eq!(shown(&list().amount(dec("-1"))), ["error"]);
    }

    #[test]
    fn the_tier_may_be_that_of_another_quantity() {
        let found = list().amount_at(dec("198.6"), dec("300"));
        assert_eq!(shown(&found), ["149.3", "149.3"]);
    }

    #[test]
    fn beyond_a_last_tier_with_an_end_there_is_no_price() {
        let mut closed = list();
        closed.tiers.pop();
        let beyond = Err(ScaleError::BeyondLastTier(dec("201")));
        assert_eq!(closed.amount(dec("201")), beyond);
    }
}
