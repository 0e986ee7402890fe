use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::{ArithmeticError, Formula};
use crate::money::{Fraction, Rounding, RoundingMode};
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Base, Basis, PriceError, PriceStep, exact};

/// Decimals of an amount that does not come out even.
const DECIMALS: u32 = 10;

/// What is added to earlier steps so that so many hundredths of the *price* are the margin.
///
/// Use it where earlier steps are what a reseller pays, and the margin is stated of the price.
/// Not for a markup, which is stated of what is paid (that is a [`Percent`](super::Percent) of
/// these steps).
///
/// A margin of 20 percent on 80.00 adds 20.00: 20 percent of 100.00.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarginOf {
    /// Hundredths of the price, below 100.
    pub percent: Decimal,
    /// What it is put on.
    pub of: Base,
}

impl MarginOf {
    /// Hundredths of the price that are not margin.
    fn rest(&self) -> Result<Decimal, PriceError> {
        let rest = exact::subtract(Decimal::ONE_HUNDRED, self.percent)?;
        match rest > Decimal::ZERO {
            true => Ok(rest),
            false => Err(PriceError::Malformed),
        }
    }
}

impl Apply for MarginOf {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let base = match context.base(&self.of)? {
            Err(open) => return Ok(Outcome::Open(open)),
            Ok(base) => base,
        };
        let margin = Fraction::from(base)
            .times(self.percent)?
            .over(self.rest()?)?;
        let amount = margin.round(&Rounding::to_decimals(DECIMALS, RoundingMode::HalfUp))?;
        let basis = Basis::Percent {
            percent: self.percent,
            base: exact::add(base, amount)?,
        };
        Ok(Outcome::Adds(amount, basis))
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        let factor = self.percent.checked_div(self.rest()?);
        let factor = factor.ok_or(ArithmeticError)?;
        if exact::multiply(factor, self.rest()?) != Ok(self.percent) {
            // What does not come out even is rounded.
            return Err(PriceError::Inexact {
                step: step.code.clone(),
            });
        }
        let base = Box::new(writer.base(&self.of, step)?);
        let margin = Formula::Multiply(Box::new(Formula::Constant(factor)), base);
        writer.exact(margin, DECIMALS, step)
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
    fn the_margin_is_of_the_price() {
        for (percent, base, amount) in [
            ("20", "80", "20"),
            ("30", "70", "30"),
            ("0", "70", "0"),
            ("30", "100", "42.8571428571"),
        ] {
            let percent = dec(percent);
            let of = Base::Steps(vec![0]);
            let earlier = vec![Outcome::Adds(dec(base), Basis::Amount)];
            let outcome = after(earlier, &MarginOf { percent, of }, 1).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec(amount)), "{percent} on {base}");
        }
    }

    #[test]
    fn no_price_is_all_margin() {
        let percent = dec("100");
        let of = Base::Before;
        let refused = after(Vec::new(), &MarginOf { percent, of }, 1);
        assert_eq!(refused, Err(PriceError::Malformed));
    }
}
