use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::ArithmeticError;
use crate::money::exact;
use crate::price::adjust::Adjustment;

/// A price of one base unit, asked for in another unit and currency.
///
/// Use it where 12 pieces are sold as a dozen, or kilograms of what is priced by
/// the tonne. Not where the dozen has a price of its own (that is [`UnitRate`]).
///
/// 20.00 a piece, by the dozen (12), at a rate of 2: 480.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPrice {
    /// Price of one base unit.
    pub list: Decimal,
    /// Base units in one unit that is ordered.
    pub factor: Decimal,
    /// How many of the currency asked for one of the list's is.
    pub rate: Decimal,
}

/// An adjustment of the price of a base unit from a quantity on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromQuantity {
    /// Smallest quantity, in base units.
    pub least: Decimal,
    /// What it does to the price of one base unit.
    pub adjustment: Adjustment,
}

impl UnitPrice {
    /// The price of one ordered unit where `quantity` of them are ordered, exact, and whether
    /// `rule` applied: it counts base units.
    ///
    /// # Errors
    /// Where an amount does not fit.
    pub fn price(
        &self,
        quantity: Decimal,
        rule: Option<&FromQuantity>,
    ) -> Result<(Decimal, bool), ArithmeticError> {
        let counted = exact::multiply(quantity, self.factor)?;
        let rule = rule.filter(|rule| rule.least <= counted);
        let change = rule.map_or(Ok(Decimal::ZERO), |rule| rule.adjustment.of(self.list))?;
        let base = exact::add(self.list, change)?;
        let price = exact::multiply(exact::multiply(base, self.rate)?, self.factor)?;
        Ok((price, rule.is_some()))
    }
}

/// A price that holds for one unit of measure only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRate {
    /// Price of one such unit.
    pub rate: Decimal,
    /// The unit that it is for.
    pub unit: String,
}

impl UnitRate {
    /// The price of one `unit`: this one where it is for that unit, else `otherwise`.
    ///
    /// # Errors
    /// Where an amount does not fit.
    pub fn price(&self, unit: &str, otherwise: &UnitPrice) -> Result<Decimal, ArithmeticError> {
        match self.unit == unit {
            true => Ok(self.rate),
            false => Ok(otherwise.price(Decimal::ONE, None)?.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn a_price_in_another_unit_and_currency() {
        let ten_off = |least| {
            Some(FromQuantity {
                least: dec(least),
                adjustment: Adjustment::Amount(dec("-10")),
            })
        };
        for (list, factor, rate, quantity, rule, price, applied) in [
            ("20", "12", "1", "1", None, "240", false),
            ("100", "10", "2", "1", ten_off("1"), "1800", true),
            ("100", "0.001", "1", "2", ten_off("3"), "0.1", false),
            ("100", "0.001", "1", "3500", ten_off("3"), "0.09", true),
        ] {
            let unit = UnitPrice {
                list: dec(list),
                factor: dec(factor),
                rate: dec(rate),
            };
            let found = unit.price(dec(quantity), rule.as_ref());
            assert_eq!(found, Ok((dec(price), applied)), "{quantity} at {list}");
        }
    }

    #[test]
    fn a_rate_is_for_its_own_unit() {
        let rate = UnitRate {
            rate: dec("101"),
            unit: "box".to_owned(),
        };
        let item = UnitPrice {
            list: dec("10"),
            factor: dec("12"),
            rate: dec("1"),
        };
        assert_eq!(rate.price("box", &item), Ok(dec("101")));
        assert_eq!(rate.price("dozen", &item), Ok(dec("120")));
    }
}
