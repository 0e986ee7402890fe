use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::cross_rate::net_at;
use super::{Taxed, contained, on_top};
use crate::money::{Fraction, MoneyError, Rounding};

/// The price of one piece, as it is shown, and its tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxedPrice {
    /// Of one piece.
    pub price: Decimal,
    /// Hundredths that the buyer pays.
    pub percent: Decimal,
    /// Whether the price contains tax.
    pub included: bool,
    /// Hundredths that it contains, where that is another rate than the buyer's: then the net
    /// price is what stays the same.
    pub shop_percent: Option<Decimal>,
}

/// The tax of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxedRow {
    /// Of one piece.
    pub unit: Taxed,
    /// Of all.
    pub row: Taxed,
}

impl TaxedPrice {
    fn taxed(&self, amount: Fraction, rounding: Option<&Rounding>) -> Result<Taxed, MoneyError> {
        match (self.included, self.shop_percent) {
            (true, Some(shop)) => on_top(net_at(amount, shop, rounding)?, self.percent, rounding),
            (true, None) => contained(amount, self.percent, rounding),
            (false, _) => on_top(amount, self.percent, rounding),
        }
    }
}

/// Tax of one piece, rounded, times pieces.
///
/// Use it where receipts show the tax of each piece. Rounding is multiplied
/// with it: not for large quantities of cheap pieces.
///
/// # Errors
/// Where an amount does not fit, or the step is not above zero.
pub fn unit_based(
    price: &TaxedPrice,
    quantity: Decimal,
    rounding: Option<&Rounding>,
) -> Result<TaxedRow, MoneyError> {
    let unit = price.taxed(price.price.into(), rounding)?;
    let row = Taxed {
        net: unit.net.times(quantity)?,
        tax: unit.tax.times(quantity)?,
        gross: unit.gross.times(quantity)?,
    };
    Ok(TaxedRow { unit, row })
}

/// Tax of the whole line, rounded once.
///
/// Use it where lines are what is shown. A document may still differ by a cent
/// from tax by document, which EN 16931 asks for.
///
/// # Errors
/// As [`unit_based`].
pub fn row_based(
    price: &TaxedPrice,
    quantity: Decimal,
    rounding: Option<&Rounding>,
) -> Result<TaxedRow, MoneyError> {
    let row = Fraction::from(price.price).times(quantity)?;
    Ok(TaxedRow {
        unit: price.taxed(price.price.into(), rounding)?,
        row: price.taxed(row, rounding)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::{dec, fraction};

    fn price(price: &str, percent: &str, included: bool, shop: Option<&str>) -> TaxedPrice {
        TaxedPrice {
            price: dec(price),
            percent: dec(percent),
            included,
            shop_percent: shop.map(dec),
        }
    }

    fn shown(row: Taxed) -> [Fraction; 3] {
        [row.net, row.tax, row.gross]
    }

    #[test]
    fn rounded_by_piece_or_by_line() {
        let cents = Rounding::to_decimals(2, RoundingMode::HalfUp);
        for (price, quantity, by_piece, by_line) in [
            // 7.5 % in 11.83 is 0.8253: 20 x 0.83, or 16.51 of 236.60.
            (
                price("11.83", "7.5", true, None),
                "20",
                ["220", "16.6", "236.6"],
                ["220.09", "16.51", "236.6"],
            ),
            (
                price("7.97", "7.5", false, None),
                "2",
                ["15.94", "1.2", "17.14"],
                ["15.94", "1.2", "17.14"],
            ),
            (
                price("11", "22", true, Some("10")),
                "2",
                ["20", "4.4", "24.4"],
                ["20", "4.4", "24.4"],
            ),
        ] {
            let found = unit_based(&price, dec(quantity), Some(&cents)).expect("tax");
            assert_eq!(shown(found.row), by_piece.map(fraction));
            let found = row_based(&price, dec(quantity), Some(&cents)).expect("tax");
            assert_eq!(shown(found.row), by_line.map(fraction));
        }
    }
}
