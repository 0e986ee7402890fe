use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::price::context::Context;
use crate::price::{Basis, PriceError, exact};

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
    /// Positions of earlier steps.
    pub of: Vec<usize>,
}

impl Apply for Percent {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        percentage(self.percent, &self.of, context)
    }
}

/// `percent` of the steps at `of`; open while one of them is.
pub(super) fn percentage(
    percent: Decimal,
    of: &[usize],
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
