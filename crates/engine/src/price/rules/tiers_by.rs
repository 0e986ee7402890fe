use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::percent::percentage;
use super::{Apply, Outcome};
use crate::catalog::Formula;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::scales::Threshold;
use crate::price::{Base, PriceError, PriceStep};

/// A percentage of earlier steps by a number that the configuration or the quote has.
///
/// Use it for discounts by what a quote comes to, or by length, area or users. Not by pieces:
/// that is [`Tiers`](super::Tiers), which also knows what the next piece would save.
///
/// 2 percent off from 1,000.00 and 3 percent from 5,000.00: a quote of 1,200.00 is 24.00 less.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TiersBy {
    /// Hundredths from a number on, ascending; nothing below the first.
    pub tiers: Vec<Threshold>,
    /// The number.
    pub by: Formula,
    /// What the percentage is of.
    pub of: Base,
}

impl TiersBy {
    fn reached(&self, number: Decimal) -> Option<Decimal> {
        let reached = self.tiers.iter().rev().find(|it| it.from <= number);
        reached.map(|it| it.value)
    }
}

impl Apply for TiersBy {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let Some(number) = context.evaluate(&self.by)? else {
            return Ok(Outcome::unknown(context, &self.by));
        };
        match self.reached(number) {
            None => Ok(Outcome::Skipped),
            Some(percent) => percentage(percent, &self.of, context),
        }
    }

    fn formula(&self, _writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        // A formula would have to multiply a price by what decides the tier.
        Err(PriceError::Inexact {
            step: step.code.clone(),
        })
    }

    fn base(&self) -> Option<&Base> {
        Some(&self.of)
    }

    fn decides(&self) -> Option<&Formula> {
        Some(&self.by)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::after;
    use super::*;
    use crate::price::Basis;
    use crate::price::kit::dec;

    #[test]
    fn the_number_decides_the_percentage() {
        let tier = |from, value| Threshold {
            from: dec(from),
            value: dec(value),
        };
        for (number, percent) in [
            ("999.99", None),
            ("1000", Some("-2")),
            ("4999.99", Some("-2")),
            ("5000", Some("-3")),
        ] {
            let rule = TiersBy {
                tiers: vec![tier("1000", "-2"), tier("5000", "-3")],
                by: Formula::Constant(dec(number)),
                of: Base::Steps(vec![0]),
            };
            let earlier = vec![Outcome::Adds(dec("1200"), Basis::Amount)];
            let outcome = percent.map_or(Outcome::Skipped, |percent| {
                let amount = dec(percent) * dec("12");
                let (percent, base) = (dec(percent), dec("1200"));
                Outcome::Adds(amount, Basis::Percent { percent, base })
            });
            assert_eq!(after(earlier, &rule, 1), Ok(outcome), "{number}");
        }
    }
}
