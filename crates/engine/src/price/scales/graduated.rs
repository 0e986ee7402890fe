use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::tiers::{check, reached};
use super::{PriceTier, ScaleError, Scaled, ScaledPart, not_negative};
use crate::money::exact;

/// Each tier prices its own share of the quantity; its flat fee is due once it is entered, the
/// first tier's always.
///
/// Use it where one more unit may never make the total fall: seats, metered
/// use, progressive fees. Not where buyers expect one price for all pieces
/// (that is [`Volume`](super::Volume)).
///
/// Up to 5 at 7.00, then 6.50: six cost 35.00 + 6.50 = 41.50.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graduated {
    /// By ascending quantity.
    pub tiers: Vec<PriceTier>,
}

impl Graduated {
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
    /// Where it is above the last tier or below zero, or an amount does not fit.
    pub fn amount(&self, quantity: Decimal) -> Result<Scaled, ScaleError> {
        self.slice(Decimal::ZERO, quantity)
    }

    /// What the units above `from`, up to `to`, cost: what is new since the last invoice. A
    /// tier's flat fee is due where the slice enters the tier; from zero on, it enters the first.
    ///
    /// # Errors
    /// As [`Graduated::amount`]; where `to` is below `from`.
    pub fn slice(&self, from: Decimal, to: Decimal) -> Result<Scaled, ScaleError> {
        not_negative(from)?;
        if to < from {
            return Err(ScaleError::Backwards { from, to });
        }
        let last = reached(self.bounds(), to)?;
        let mut start = Decimal::ZERO;
        let mut parts = Vec::new();
        for (at, tier) in self.tiers.iter().enumerate().take(last + 1) {
            let end = tier.up_to.unwrap_or(to).min(to);
            let units = exact::subtract(end, start.max(from))?.max(Decimal::ZERO);
            let entered = from <= start;
            if entered || !units.is_zero() {
                let flat = if entered { tier.flat } else { Decimal::ZERO };
                parts.push(ScaledPart::new(at, units, tier.unit, flat)?);
            }
            start = end;
        }
        Scaled::of(parts)
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

    fn list() -> Graduated {
        let open = (None, "1", "0");
        let tiers = tiers(&[
            (Some("5"), "0", "100"),
            (Some("10"), "0", "50"),
            (Some("15"), "5", "0"),
            open,
        ]);
        Graduated { tiers }
    }

    #[test]
    fn each_tier_prices_its_own_share() {
        assert_eq!(list().check(), Ok(()));
        for (quantity, amounts) in [
            ("0", &["100", "100"][..]),
            ("5", &["100", "100"]),
            ("5.001", &["150", "100", "50"]),
            ("12", &["160", "100", "50", "10"]),
            ("17", &["177", "100", "50", "25", "2"]),
        ] {
            assert_eq!(shown(&list().amount(dec(quantity))), amounts, "{quantity}");
        }
    }

    #[test]
    fn slices_add_up_to_the_whole() {
        for (from, to, amounts) in [
            ("12", "22", &["22", "15", "7"][..]),
            ("0", "5", &["100", "100"]),
            ("5", "6", &["50", "50"]),
            ("6", "10", &["0", "0"]),
            ("7", "7", &["0"]),
        ] {
            let found = list().slice(dec(from), dec(to));
            assert_eq!(shown(&found), amounts, "{from} to {to}");
        }
        assert_eq!(shown(&list().slice(dec("5"), dec("4"))), ["error"]);
        assert_eq!(shown(&list().slice(dec("-1"), dec("4"))), ["error"]);
    }
}
