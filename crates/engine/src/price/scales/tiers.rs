use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ScaleError, not_negative};
use crate::money::exact;

/// A price that holds up to a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceTier {
    /// Largest quantity; `None` for the last, open tier.
    pub up_to: Option<Decimal>,
    /// Price of one unit.
    #[serde(default)]
    pub unit: Decimal,
    /// What the tier costs once.
    #[serde(default)]
    pub flat: Decimal,
}

impl PriceTier {
    /// A percentage of the quantity, where the quantity is an amount of money.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn of_amount(
        up_to: Option<Decimal>,
        percent: Decimal,
        flat: Decimal,
    ) -> Result<Self, ScaleError> {
        let unit = exact::percent_of(Decimal::ONE, percent)?;
        Ok(Self { up_to, unit, flat })
    }
}

/// Refuses upper bounds that leave a gap or overlap: each is above the one before it, the first
/// not below zero, and only the last tier is open.
pub(super) fn check(bounds: impl Iterator<Item = Option<Decimal>>) -> Result<(), ScaleError> {
    let mut last = None;
    let mut open = None;
    for (at, bound) in bounds.enumerate() {
        if let Some(open) = open {
            return Err(ScaleError::OpenTooEarly(open));
        }
        match bound {
            None => open = Some(at),
            Some(bound) => {
                not_negative(bound)?;
                if last.is_some_and(|last| bound <= last) {
                    return Err(ScaleError::NotAscending(at));
                }
                last = Some(bound);
            }
        }
    }
    match open.is_none() && last.is_none() {
        true => Err(ScaleError::NoTiers),
        false => Ok(()),
    }
}

/// Position of the tier that holds `quantity`.
pub(super) fn reached(
    mut bounds: impl Iterator<Item = Option<Decimal>>,
    quantity: Decimal,
) -> Result<usize, ScaleError> {
    bounds
        .position(|bound| bound.is_none_or(|bound| quantity <= bound))
        .ok_or(ScaleError::BeyondLastTier(quantity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn tiers_ascend_without_gaps() {
        for (bounds, expected) in [
            (&[][..], Err(ScaleError::NoTiers)),
            (&[None][..], Ok(())),
            (&[Some("0"), Some("5"), None], Ok(())),
            (&[Some("5"), Some("10")], Ok(())),
            (
                &[Some("5"), Some("5"), None],
                Err(ScaleError::NotAscending(1)),
            ),
            (&[Some("5"), Some("4")], Err(ScaleError::NotAscending(1))),
            (&[None, Some("4")], Err(ScaleError::OpenTooEarly(0))),
            (&[Some("-1"), None], Err(ScaleError::Negative(dec("-1")))),
        ] {
            let found = check(bounds.iter().map(|it: &Option<&str>| it.map(dec)));
            assert_eq!(found, expected, "{bounds:?}");
        }
    }

    #[test]
    fn a_percentage_of_an_amount() {
        let tier = PriceTier::of_amount(None, dec("2.5"), dec("300")).expect("a tier");
        assert_eq!(tier.unit, dec("0.025"));
    }
}
