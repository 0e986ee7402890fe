use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::ArithmeticError;
use crate::money::exact;

/// A discounted price held above its floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floored {
    /// What is paid.
    pub price: Decimal,
    /// What the floor added back: zero where the discount could be granted whole.
    pub kept_back: Decimal,
}

/// `discounted`, but not below `floor`; a `list` price that is below the floor already stays as
/// it is.
///
/// Use it where no discount may pass a minimum price. Floors come from costs:
/// work this out on the server, never in a pack that buyers load.
///
/// # Errors
/// Where an amount does not fit.
pub fn above_floor(
    list: Decimal,
    discounted: Decimal,
    floor: Decimal,
) -> Result<Floored, ArithmeticError> {
    let price = discounted.max(floor.min(list));
    let kept_back = exact::subtract(price, discounted)?;
    Ok(Floored { price, kept_back })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn no_discount_passes_the_floor() {
        for (list, discounted, floor, price, kept_back) in [
            ("100", "80", "70", "80", "0"),
            ("100", "60", "70", "70", "10"),
            ("50", "40", "70", "50", "10"),
            ("50", "55", "70", "55", "0"),
        ] {
            let (price, kept_back) = (dec(price), dec(kept_back));
            let found = above_floor(dec(list), dec(discounted), dec(floor));
            assert_eq!(found, Ok(Floored { price, kept_back }), "{list}");
        }
    }
}
