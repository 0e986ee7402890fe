//! Adjustments of a price: what they do alone, and how several stack.

mod additive;
mod best_of;
mod chained;
mod floor;
mod margin;
mod rounded;

pub use additive::additive;
pub use best_of::best_of;
pub use chained::chained;
pub use floor::{Floored, above_floor};
pub use margin::{Margin, margin_then};
pub use rounded::{PercentRounding, percent_off};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::ArithmeticError;
use crate::money::exact;

/// One change of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Adjustment {
    /// Hundredths of the base, added; below zero for a discount. Use it for what grows with
    /// the price.
    Percent(Decimal),
    /// An amount, added; below zero for a discount, which takes no more than there is. Use it
    /// for what does not depend on the price.
    Amount(Decimal),
    /// The price becomes this. Use it for agreed prices.
    Fixed(Decimal),
}

impl Adjustment {
    /// What it adds to `price` (takes, where below zero).
    ///
    /// # Errors
    /// Where the result does not fit.
    pub fn of(&self, price: Decimal) -> Result<Decimal, ArithmeticError> {
        match self {
            Self::Percent(percent) => exact::percent_of(price, *percent),
            Self::Amount(amount) => Ok((*amount).max(-price.max(Decimal::ZERO))),
            Self::Fixed(fixed) => exact::subtract(*fixed, price),
        }
    }
}

/// How several adjustments of one price work together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stacking {
    /// Each of the price that the ones before left. See [`chained`].
    Chained,
    /// All of the price that there was at first. See [`additive`].
    Additive,
    /// Only the one that is best for the buyer. See [`best_of`].
    BestOf,
}

impl Stacking {
    /// `price` under `adjustments`, in their order.
    ///
    /// # Errors
    /// Where an amount does not fit.
    pub fn apply(
        self,
        price: Decimal,
        adjustments: &[Adjustment],
    ) -> Result<Adjusted, ArithmeticError> {
        match self {
            Self::Chained => chained(price, adjustments),
            Self::Additive => additive(price, adjustments),
            Self::BestOf => best_of(price, adjustments),
        }
    }
}

/// A price under adjustments: list price and steps add up to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjusted {
    /// What it was.
    pub list: Decimal,
    /// What applied, in order.
    pub steps: Vec<AdjustedStep>,
    /// What it is.
    pub price: Decimal,
}

/// What one adjustment did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustedStep {
    /// Position of the adjustment.
    pub adjustment: usize,
    /// What it was worked out of.
    pub base: Decimal,
    /// What it added (took, where below zero).
    pub amount: Decimal,
}

impl Adjusted {
    fn new(list: Decimal) -> Self {
        Self {
            list,
            steps: Vec::new(),
            price: list,
        }
    }

    fn push(&mut self, step: AdjustedStep) -> Result<(), ArithmeticError> {
        self.price = exact::add(self.price, step.amount)?;
        self.steps.push(step);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn an_adjustment_says_what_it_adds() {
        use Adjustment::{Amount, Fixed, Percent};
        for (adjustment, price, added) in [
            (Percent(dec("-10")), "20", "-2"),
            (Percent(dec("10")), "20", "2"),
            (Amount(dec("-10")), "30", "-10"),
            (Amount(dec("-40")), "30", "-30"),
            (Amount(dec("-40")), "-5", "0"),
            (Amount(dec("40")), "-5", "40"),
            (Fixed(dec("9.90")), "30", "-20.1"),
        ] {
            assert_eq!(adjustment.of(dec(price)), Ok(dec(added)), "{adjustment:?}");
        }
    }

    #[test]
    fn the_list_price_and_the_steps_add_up() {
        let off = [
            Adjustment::Percent(dec("-20")),
            Adjustment::Amount(dec("-15")),
        ];
        for (stacking, price) in [
            (Stacking::Chained, "65"),
            (Stacking::Additive, "65"),
            (Stacking::BestOf, "80"),
        ] {
            let found = stacking.apply(dec("100"), &off).expect("a price");
            let amounts = found.steps.iter().map(|step| step.amount);
            assert_eq!(found.list + amounts.sum::<Decimal>(), found.price);
            assert_eq!(found.price, dec(price), "{stacking:?}");
        }
    }
}
