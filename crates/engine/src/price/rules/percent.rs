use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::Formula;
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Base, Basis, PriceError, PriceStep, exact};

/// A percentage of earlier steps.
///
/// Use it for a surcharge or discount that does not depend on the quantity,
/// such as stainless steel on the frame alone. Several percentages of the same
/// steps add up; a percentage of all earlier steps, percentages included, is
/// chained. Not for discounts by quantity (that is [`Tiers`](super::Tiers)).
///
/// 45 percent of a body of 2,000.00 is 900.00.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Percent {
    /// Hundredths; below zero for a discount.
    pub percent: Decimal,
    /// What it is a percentage of.
    pub of: Base,
}

impl Apply for Percent {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        percentage(self.percent, &self.of, context)
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        percent_formula(self.percent, (&self.of, step), writer)
    }

    fn base(&self) -> Option<&Base> {
        Some(&self.of)
    }
}

/// `percent` of the steps at `of`; open while one of them is.
pub(super) fn percentage(
    percent: Decimal,
    of: &Base,
    context: &Context,
) -> Result<Outcome, PriceError> {
    match context.base(of)? {
        Err(open) => Ok(Outcome::Open(open)),
        Ok(base) => {
            let amount = exact::percent_of(base, percent)?;
            Ok(Outcome::Adds(amount, Basis::Percent { percent, base }))
        }
    }
}

/// As [`percentage`], as a formula; `step` is the step itself.
pub(super) fn percent_formula(
    percent: Decimal,
    (of, step): (&Base, &PriceStep),
    writer: &Writer,
) -> Result<Formula, PriceError> {
    let hundredth = exact::percent_of(Decimal::ONE, percent)?;
    Ok(Formula::Multiply(
        Box::new(Formula::Constant(hundredth)),
        Box::new(writer.base(of, step)?),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{LENGTH, dec};
    use crate::price::rules::testing::after;

    fn percent(number: &str, of: &[usize]) -> Percent {
        Percent {
            percent: dec(number),
            of: Base::Steps(of.to_vec()),
        }
    }

    fn earlier() -> Vec<Outcome> {
        vec![
            Outcome::Adds(dec("2000.00"), Basis::Amount),
            Outcome::Skipped,
            Outcome::Adds(dec("0.25"), Basis::Amount),
            Outcome::Open(vec![LENGTH]),
        ]
    }

    #[test]
    fn a_percentage_is_of_the_steps_named() {
        for (number, of, base, amount) in [
            ("45", vec![0], "2000", "900"),
            ("45", vec![0, 1, 2], "2000.25", "900.1125"),
            ("-12.5", vec![2], "0.25", "-0.03125"),
            ("45", vec![1], "0", "0"),
        ] {
            let rule = percent(number, &of);
            let basis = Basis::Percent {
                percent: dec(number),
                base: dec(base),
            };
            let outcome = Outcome::Adds(dec(amount), basis);
            assert_eq!(after(earlier(), &rule, 1), Ok(outcome), "{rule:?}");
        }
    }

    #[test]
    fn it_waits_for_what_its_base_waits_for() {
        let outcome = Outcome::Open(vec![LENGTH]);
        assert_eq!(after(earlier(), &percent("45", &[0, 3]), 1), Ok(outcome));
    }

    #[test]
    fn a_later_step_is_refused() {
        let refused = after(earlier(), &percent("45", &[4]), 1);
        assert_eq!(refused, Err(PriceError::Malformed));
    }
}
