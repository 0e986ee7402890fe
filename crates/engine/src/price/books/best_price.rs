use std::cmp::Reverse;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{BookError, Conditions, Facts};

/// A price that holds under conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedPrice {
    /// Of one unit.
    pub amount: Decimal,
    /// ISO 4217 code.
    pub currency: String,
    /// Smallest quantity.
    pub least: Option<Decimal>,
    /// Largest quantity.
    pub most: Option<Decimal>,
    /// What has to be known.
    pub when: Conditions,
    /// Where it stands.
    pub source: PriceSource,
}

/// Where a price stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PriceSource {
    /// Among the product's own prices.
    Own,
    /// In a list of offers: it goes before the product's own, which is shown beside it.
    Sale,
    /// In a list that replaces the product's own.
    Override,
}

/// The price that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BestPrice {
    /// Position of the price that is paid.
    pub price: usize,
    /// Position of the price that it is compared with: the product's own, or an override.
    pub original: Option<usize>,
}

/// The price with the most conditions of those that all hold; of lists before the product's own.
/// Of equals the lowest, then the first. `None` where no price holds.
///
/// Use it where prices are stated with the circumstances they are for, and the
/// most specific one is meant. Not where priorities are stated (that is
/// [`priority_rule`](super::priority_rule)).
///
/// # Errors
/// Where no currency is asked for.
pub fn best_price(
    prices: &[OfferedPrice],
    currency: Option<&str>,
    quantity: Decimal,
    facts: &Facts,
) -> Result<Option<BestPrice>, BookError> {
    let currency = currency.ok_or(BookError::NoCurrency)?;
    let holds = |price: &OfferedPrice| {
        price.currency == currency
            && price.least.is_none_or(|least| least <= quantity)
            && price.most.is_none_or(|most| quantity <= most)
            && price.when.hold(facts)
    };
    let best = |own: bool| {
        let held = prices.iter().enumerate().filter(|(_, price)| holds(price));
        let held = held.filter(|(_, price)| (price.source == PriceSource::Own) == own);
        held.min_by_key(|(_, price)| (Reverse(price.when.count()), price.amount))
    };
    let own = best(true).map(|(at, _)| at);
    Ok(match best(false) {
        None => own.map(|price| BestPrice {
            price,
            original: own,
        }),
        Some((price, listed)) => {
            let replaces = listed.source == PriceSource::Override;
            let original = if replaces { Some(price) } else { own };
            Some(BestPrice { price, original })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::conditions::testing::map;
    use super::*;
    use crate::price::kit::dec;

    fn price(amount: &str, from: &str, when: &str, source: PriceSource) -> OfferedPrice {
        OfferedPrice {
            amount: dec(amount),
            currency: "PLN".to_owned(),
            least: Some(dec(from)),
            most: None,
            when: Conditions(map(when)),
            source,
        }
    }

    #[test]
    fn the_most_specific_price_holds() {
        use PriceSource::{Override, Own, Sale};
        let prices = [
            price("1000", "1", "", Own),
            price("400", "1", "company=x", Own),
            price("300", "1", "region=PL", Own),
            price("250", "4", "region=PL", Own),
            price("232", "1", "group=vip region=DE", Sale),
            price("500", "1", "group=old region=DE", Override),
        ];
        for (quantity, facts, found) in [
            ("1", "", Some((0, Some(0)))),
            ("1", "company=x city=Y", Some((1, Some(1)))),
            ("1", "region=PL company=x", Some((2, Some(2)))),
            ("4", "region=PL", Some((3, Some(3)))),
            ("1", "group=vip region=DE", Some((4, Some(0)))),
            ("1", "group=old region=DE", Some((5, Some(5)))),
            ("0", "", None),
        ] {
            let best = best_price(&prices, Some("PLN"), dec(quantity), &map(facts));
            let best = best.expect("a currency");
            assert_eq!(best.map(|it| (it.price, it.original)), found, "{facts}");
        }
        let other = best_price(&prices, Some("EUR"), dec("1"), &map(""));
        assert_eq!(other, Ok(None));
        let none = best_price(&prices, None, dec("1"), &map(""));
        assert_eq!(none, Err(BookError::NoCurrency));
    }
}
