use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::Formula;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::scales::Commitment;
use crate::price::{Base, Basis, PriceError, PriceStep, Purchase, exact};

/// A least and a most for what earlier steps come to: what is missing is added, what is above
/// is taken off.
///
/// Use it for minimum charges, minimum order values and caps. Not for a fixed charge on small
/// orders (that is an [`Amount`](super::Amount) with a condition).
///
/// At least 50.00 for steps that come to 32.00 adds 18.00.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spend {
    /// The bounds.
    pub bounds: Commitment,
    /// What is bounded.
    pub of: Base,
    /// Whether what was billed earlier in the contract's period counts as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contract: bool,
}

impl Spend {
    fn billed(&self, purchase: &Purchase) -> Decimal {
        match self.contract {
            true => purchase.billed,
            false => Decimal::ZERO,
        }
    }

    /// What is left of the bounds after what was billed.
    fn left(&self, purchase: &Purchase) -> Result<Commitment, PriceError> {
        self.bounds.check()?;
        let billed = self.billed(purchase);
        let left = |bound: Option<Decimal>| match bound {
            None => Ok(None),
            Some(bound) => exact::subtract(bound, billed).map(|it| Some(it.max(Decimal::ZERO))),
        };
        Ok(Commitment {
            least: left(self.bounds.least)?,
            most: left(self.bounds.most)?,
        })
    }
}

impl Apply for Spend {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let base = match context.base(&self.of)? {
            Err(open) => return Ok(Outcome::Open(open)),
            Ok(base) => base,
        };
        let billed = self.billed(context.purchase());
        let bounded = self.bounds.apply(base, billed, None)?;
        let amount = exact::subtract(bounded.top_up, bounded.discount)?;
        let Commitment { least, most } = self.bounds;
        Ok(Outcome::Adds(amount, Basis::Bounds { base, least, most }))
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        let left = self.left(writer.purchase)?;
        let base = writer.base(&self.of, step)?;
        let above_zero = |left: Formula, right: Formula| {
            let difference = Formula::Subtract(Box::new(left), Box::new(right));
            Formula::Max(vec![Formula::Constant(Decimal::ZERO), difference])
        };
        let bound = Formula::Constant;
        let top_up = left.least.map(|it| above_zero(bound(it), base.clone()));
        let discount = left.most.map(|it| above_zero(base, bound(it)));
        let none = Formula::Constant(Decimal::ZERO);
        Ok(Formula::Subtract(
            Box::new(top_up.unwrap_or_else(|| none.clone())),
            Box::new(discount.unwrap_or(none)),
        ))
    }

    fn base(&self) -> Option<&Base> {
        Some(&self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::after;
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn what_is_missing_is_added_and_what_is_above_is_taken_off() {
        let rule = Spend {
            bounds: Commitment {
                least: Some(dec("50")),
                most: Some(dec("80")),
            },
            of: Base::Before,
            contract: false,
        };
        for (base, amount) in [("32", "18"), ("50", "0"), ("80", "0"), ("95", "-15")] {
            let earlier = vec![Outcome::Adds(dec(base), Basis::Amount)];
            let outcome = after(earlier, &rule, 1).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec(amount)), "{base}");
        }
    }
}
