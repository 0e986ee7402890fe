use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A price as a list states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookPrice {
    /// Code of the product.
    pub product: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Unit of measure.
    pub unit: String,
    /// Smallest quantity.
    pub quantity: Decimal,
    /// Price of one unit.
    pub value: Decimal,
}

/// A price list among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceList {
    /// Code in the sheets.
    pub code: String,
    /// Whether its prices of a product may stand beside those of other lists.
    pub merge: bool,
    /// Its prices; of two for the same product, currency, unit and quantity, the first.
    pub prices: Vec<BookPrice>,
}

/// Which price holds where several lists have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MergeStrategy {
    /// That of the first list. A list that does not merge is used alone for a product that no
    /// list before it prices, and otherwise not at all. For contracts before list prices.
    Priority,
    /// The lowest, whatever the lists say about merging. For promises of the best price.
    Lowest,
}

/// Product, currency, unit and quantity.
type Key<'p> = (&'p str, &'p str, &'p str, Decimal);

/// `lists`, highest priority first, as one: sorted by product, currency, unit and quantity, each
/// once.
///
/// Use it where a customer has several lists at once: contract, group, country,
/// public. Not for books that are derived from another (that is
/// [`Derivation`](super::Derivation)).
pub fn merge_price_lists(lists: &[PriceList], strategy: MergeStrategy) -> Vec<BookPrice> {
    let mut merged: BTreeMap<Key<'_>, &BookPrice> = BTreeMap::new();
    let mut alone: BTreeSet<&str> = BTreeSet::new();
    for list in lists {
        let before: BTreeSet<&str> = match strategy {
            MergeStrategy::Priority => merged.keys().map(|(product, ..)| *product).collect(),
            MergeStrategy::Lowest => BTreeSet::new(),
        };
        for price in &list.prices {
            let product = price.product.as_str();
            let key = (product, &*price.currency, &*price.unit, price.quantity);
            match strategy {
                MergeStrategy::Priority => {
                    let first = !before.contains(product);
                    let closed = alone.contains(product) && !first;
                    if closed || (!list.merge && !first) {
                        continue;
                    }
                    if !list.merge {
                        alone.insert(product);
                    }
                    merged.entry(key).or_insert(price);
                }
                MergeStrategy::Lowest => {
                    let lowest = merged.entry(key).or_insert(price);
                    if price.value < lowest.value {
                        *lowest = price;
                    }
                }
            }
        }
    }
    merged.into_values().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    /// Product, value and quantity of each price.
    fn list(merge: bool, prices: &[(&str, &str, &str)]) -> PriceList {
        let price = |(product, value, quantity): &(&str, &str, &str)| BookPrice {
            product: (*product).to_owned(),
            currency: "EUR".to_owned(),
            unit: "piece".to_owned(),
            quantity: dec(quantity),
            value: dec(value),
        };
        PriceList {
            code: String::new(),
            merge,
            prices: prices.iter().map(price).collect(),
        }
    }

    fn shown(lists: &[PriceList], strategy: MergeStrategy) -> Vec<String> {
        let merged = merge_price_lists(lists, strategy);
        let shown = merged.iter();
        shown
            .map(|it| format!("{} {} from {}", it.product, it.value, it.quantity))
            .collect()
    }

    #[test]
    fn lists_are_merged_by_priority_or_by_price() {
        let contract = list(true, &[("belt", "9", "1"), ("belt", "7", "10")]);
        let group = list(
            false,
            &[
                ("belt", "5", "1"),
                ("motor", "90", "1"),
                ("motor", "80", "5"),
            ],
        );
        let public = list(
            true,
            &[
                ("belt", "10", "1"),
                ("belt", "6", "20"),
                ("motor", "99", "10"),
            ],
        );
        let lists = [contract, group, public];
        let by_priority = [
            "belt 9 from 1",
            "belt 7 from 10",
            "belt 6 from 20",
            "motor 90 from 1",
            "motor 80 from 5",
        ];
        assert_eq!(shown(&lists, MergeStrategy::Priority), by_priority);
        let lowest = [
            "belt 5 from 1",
            "belt 7 from 10",
            "belt 6 from 20",
            "motor 90 from 1",
            "motor 80 from 5",
            "motor 99 from 10",
        ];
        assert_eq!(shown(&lists, MergeStrategy::Lowest), lowest);
    }
}
