use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::Formula;
use crate::money::Rounding;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Base, Basis, Input, PriceError, PriceStep, exact};

/// What rounding earlier steps to a multiple of an amount adds or takes.
///
/// Use it for prices that are told in whole fives or tens, and where a price is rounded before
/// something else is taken of it. Not for the rounding of all prices of a catalog: that is its
/// [policy](crate::price::RoundingPolicy); nor for one step alone: that has a
/// [rounding](PriceStep::rounding) of its own.
///
/// 1,283.40 to the next 5 upwards is 1,285.00: it adds 1.60.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// To which multiples, and how.
    pub rounding: Rounding,
    /// What is rounded.
    pub of: Base,
}

impl Apply for Round {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let base = match context.base(&self.of)? {
            Err(open) => return Ok(Outcome::Open(open)),
            Ok(base) => base,
        };
        let amount = exact::subtract(self.rounding.round(base)?, base)?;
        Ok(Outcome::Adds(amount, Basis::Rounding))
    }

    fn formula(&self, _writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        Err(PriceError::Inexact {
            step: step.code.clone(),
        })
    }

    fn base(&self) -> Option<&Base> {
        Some(&self.of)
    }

    fn source(&self, _context: &Context) -> Result<Option<Input>, PriceError> {
        let rounding = self.rounding;
        Ok(Some(Input::Rounded { rounding }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::after;
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::dec;

    #[test]
    fn earlier_steps_become_a_multiple() {
        for (base, step, mode, amount) in [
            ("1283.40", "5", RoundingMode::Ceiling, "1.60"),
            ("1283.40", "5", RoundingMode::HalfUp, "1.60"),
            ("1282.40", "5", RoundingMode::HalfUp, "-2.40"),
            ("1.005", "0.01", RoundingMode::HalfEven, "-0.005"),
            ("-7", "2", RoundingMode::Floor, "-1"),
            ("10", "0.05", RoundingMode::Up, "0"),
        ] {
            let rule = Round {
                rounding: Rounding {
                    step: dec(step),
                    mode,
                },
                of: Base::Steps(vec![0]),
            };
            let earlier = vec![Outcome::Adds(dec(base), Basis::Amount)];
            let outcome = after(earlier, &rule, 1).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec(amount)), "{base} to {step}");
        }
    }
}
