use rust_decimal::Decimal;

use super::{Taxed, contained, on_top};
use crate::money::{Fraction, MoneyError, Rounding};

/// What a price that contains tax at `shop_percent` is without it.
///
/// Use it where a shop's prices contain its own country's tax and a buyer pays
/// another: the net price stays, the gross price differs. Not where the shop
/// promises the same gross price everywhere.
///
/// # Errors
/// Where an amount does not fit, or the step is not above zero.
pub fn net_at(
    price: Fraction,
    shop_percent: Decimal,
    rounding: Option<&Rounding>,
) -> Result<Fraction, MoneyError> {
    Ok(contained(price, shop_percent, rounding)?.net)
}

/// The tax that a buyer at `percent` pays on a price that contains tax at `shop_percent`, after a
/// `discount` on the buyer's own gross price. Exact.
///
/// # Errors
/// Where an amount does not fit.
pub fn tax_after_discount(
    price: Decimal,
    shop_percent: Decimal,
    percent: Decimal,
    discount: Decimal,
) -> Result<Taxed, MoneyError> {
    let net = net_at(price.into(), shop_percent, None)?;
    let gross = on_top(net, percent, None)?.gross;
    contained(gross.minus(discount)?, percent, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::{dec, fraction};

    #[test]
    fn the_net_price_stays() {
        assert_eq!(net_at(fraction("11"), dec("10"), None), Ok(fraction("10")));
        let found = tax_after_discount(dec("500"), dec("11"), dec("10"), dec("1"));
        let tax = found.and_then(|it| {
            it.tax
                .round(&Rounding::to_decimals(12, RoundingMode::HalfUp))
        });
        assert_eq!(tax, Ok(dec("44.954135954136")));
    }
}
