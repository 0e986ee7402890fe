use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::BookError;
use crate::money::{MoneyError, Rounding, exact};
use crate::price::adjust::Adjustment;

/// How the prices of a book follow from those of another.
///
/// Use it for dealer, country and group prices that are a percentage of the
/// list: a change of the list changes them all. Not for single agreed prices,
/// which belong into a book of their own that is merged before this one.
///
/// 10 percent off all, 5 off motors: a motor of 99.95, rounded to 0.10, is 95.00.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// What happens to a price.
    pub default: Adjustment,
    /// What happens instead to the prices of a product group or product, by its code: the
    /// product's goes before its group's.
    pub exceptions: BTreeMap<String, Adjustment>,
    /// How the result is rounded; not at all where `None`.
    pub rounding: Option<Rounding>,
}

impl Derivation {
    /// The derived price; `codes` are the product's and those of its groups, most specific
    /// first.
    ///
    /// # Errors
    /// Where an amount does not fit, or the step is not above zero.
    pub fn price(&self, base: Decimal, codes: &[&str]) -> Result<Decimal, MoneyError> {
        let exception = codes.iter().find_map(|code| self.exceptions.get(*code));
        let change = exception.unwrap_or(&self.default).of(base)?;
        let price = exact::add(base, change)?;
        self.rounding.map_or(Ok(price), |it| it.round(price))
    }
}

/// The books of `edges` (a book, and one that it is based on), each after those it is based on.
///
/// # Errors
/// [`BookError::Cycle`] with the books of which none can come first.
pub fn dependency_order<'b>(edges: &[(&'b str, &'b str)]) -> Result<Vec<&'b str>, BookError> {
    let mut waiting: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (book, base) in edges {
        waiting.entry(book).or_default().insert(base);
        waiting.entry(base).or_default();
    }
    let mut order = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let free = |(_, bases): &(&&str, &BTreeSet<&str>)| {
            !bases.iter().any(|base| waiting.contains_key(base))
        };
        let ready: Vec<&str> = waiting.iter().filter(free).map(|(book, _)| *book).collect();
        if ready.is_empty() {
            let cycle = waiting.into_keys().map(str::to_owned);
            return Err(BookError::Cycle(cycle.collect()));
        }
        for book in ready {
            waiting.remove(book);
            order.push(book);
        }
    }
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::dec;

    #[test]
    fn a_book_follows_from_another() {
        let exceptions = [
            ("motors", Adjustment::Percent(dec("-5"))),
            ("m7", Adjustment::Fixed(dec("80"))),
        ];
        let derivation = Derivation {
            default: Adjustment::Percent(dec("-10")),
            exceptions: exceptions.map(|(code, it)| (code.to_owned(), it)).into(),
            rounding: Some(Rounding {
                step: dec("0.10"),
                mode: RoundingMode::HalfUp,
            }),
        };
        for (codes, price) in [
            (&["b1", "belts"][..], "90.00"),
            (&["m1", "motors"], "95.00"),
            (&["m7", "motors"], "80.00"),
            (&[], "90.00"),
        ] {
            let found = derivation.price(dec("99.95"), codes);
            assert_eq!(found, Ok(dec(price)), "{codes:?}");
        }
    }

    #[test]
    fn books_are_not_based_on_one_another_in_a_circle() {
        for (edges, order) in [
            (&[][..], Some(&[][..])),
            (&[("a", "b"), ("b", "c")], Some(&["c", "b", "a"])),
            (
                &[("c", "d"), ("d", "a"), ("a", "b"), ("c", "b")],
                Some(&["b", "a", "d", "c"]),
            ),
            (&[("a", "b"), ("b", "a"), ("c", "a")], None),
            (&[("a", "a")], None),
        ] {
            let found = dependency_order(edges);
            assert_eq!(found.ok().as_deref(), order, "{edges:?}");
        }
        let edges = [("a", "b"), ("b", "a"), ("a", "c")];
        let cycle = ["a", "b"].map(str::to_owned).to_vec();
        assert_eq!(dependency_order(&edges), Err(BookError::Cycle(cycle)));
    }
}
