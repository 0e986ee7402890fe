use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Adjusted, Adjustment, chained};
use crate::catalog::ArithmeticError;

/// What a seller adds to a price before discounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Margin {
    /// Hundredths of the price.
    Percent(Decimal),
    /// An amount.
    Amount(Decimal),
}

/// A margin on `price`, then discounts on the result, each of what the ones before left: the
/// first step is the margin.
///
/// Use it for resellers, whose discount is on their own price. Not where the
/// discount is on the supplier's price: then both are
/// [`additive`](super::additive).
///
/// # Errors
/// Where an amount does not fit.
pub fn margin_then(
    price: Decimal,
    margin: Margin,
    discounts: &[Adjustment],
) -> Result<Adjusted, ArithmeticError> {
    let margin = match margin {
        Margin::Percent(percent) => Adjustment::Percent(percent),
        Margin::Amount(amount) => Adjustment::Amount(amount),
    };
    chained(price, &[&[margin], discounts].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn the_discount_is_on_the_price_with_margin() {
        let off = [Adjustment::Percent(dec("-10"))];
        for (margin, price) in [
            (Margin::Percent(dec("10")), "990"),
            (Margin::Amount(dec("10")), "909"),
        ] {
            let found = margin_then(dec("1000"), margin, &off);
            assert_eq!(found.map(|it| it.price), Ok(dec(price)));
        }
    }
}
