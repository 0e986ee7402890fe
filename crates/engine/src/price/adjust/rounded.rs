use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{MoneyError, Rounding, exact};

/// What is rounded where a percentage is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PercentRounding {
    /// The discount: what the buyer saves is a whole amount, the price is the rest.
    Discount(Rounding),
    /// The price: what the buyer pays is a whole amount, the discount is the rest.
    Price(Rounding),
}

/// `price` less `percent` of it.
///
/// Use it where a contract or another system says which of the two is a whole amount. Not for
/// several percentages of one price: that is [`Stacking`](super::Stacking).
///
/// Half of 1.01, rounded down, is 0.51 where the discount (0.505) is rounded, and
/// 0.50 where the price is. Say which: the two differ by a cent.
///
/// # Errors
/// Where an amount does not fit, or the step is not above zero.
pub fn percent_off(
    price: Decimal,
    percent: Decimal,
    rounding: &PercentRounding,
) -> Result<Decimal, MoneyError> {
    let discount = exact::percent_of(price, percent)?;
    match rounding {
        PercentRounding::Discount(rounding) => {
            Ok(exact::subtract(price, rounding.round(discount)?)?)
        }
        PercentRounding::Price(rounding) => rounding.round(exact::subtract(price, discount)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::dec;

    #[test]
    fn the_discount_or_the_price_is_rounded() {
        let down = Rounding::to_decimals(2, RoundingMode::Down);
        for (rounding, price) in [
            (PercentRounding::Discount(down), "0.51"),
            (PercentRounding::Price(down), "0.50"),
        ] {
            let found = percent_off(dec("1.01"), dec("50"), &rounding);
            assert_eq!(found, Ok(dec(price)));
        }
    }
}
