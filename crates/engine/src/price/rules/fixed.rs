use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::Formula;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Base, Basis, PriceError, PriceStep, exact};

/// Earlier steps come to this amount, whatever they are.
///
/// Use it for an agreed price, a bundle or a promotion that states what is paid, so that the
/// waterfall still shows the list price and what the agreement takes off. Not for a discount
/// that is an amount (that is an [`Amount`](super::Amount) below zero).
///
/// 99.00 for steps that come to 120.00 takes off 21.00.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fixed {
    /// What the steps come to.
    pub price: Decimal,
    /// The steps.
    pub of: Base,
}

impl Apply for Fixed {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let base = match context.base(&self.of)? {
            Err(open) => return Ok(Outcome::Open(open)),
            Ok(base) => base,
        };
        let amount = exact::subtract(self.price, base)?;
        let price = self.price;
        Ok(Outcome::Adds(amount, Basis::Fixed { base, price }))
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        Ok(Formula::Subtract(
            Box::new(Formula::Constant(self.price)),
            Box::new(writer.base(&self.of, step)?),
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
    fn the_steps_come_to_the_price() {
        let rule = Fixed {
            price: dec("99.00"),
            of: Base::Steps(vec![0]),
        };
        for (base, amount) in [("120", "-21"), ("99", "0"), ("90", "9")] {
            let earlier = vec![Outcome::Adds(dec(base), Basis::Amount)];
            let outcome = after(earlier, &rule, 1).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec(amount)), "{base}");
        }
    }
}
