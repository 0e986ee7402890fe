use std::collections::BTreeSet;

use jiff::civil::Date;
use quotewright_engine::price::books::Conditions;

use crate::manifest::{AUDIENCE, Book};

/// Sets of books beyond which no prices are made.
const MAX_SETS: usize = 100_000;

/// Positions of books, ascending; of the public book alone where no other fits.
type Set = Vec<usize>;

/// Every set of books that some buyer has on some day. The public book is under all others and
/// only in the set of those who have no other. `None`: there are too many.
pub(super) fn sets(books: &[Book]) -> Option<BTreeSet<Set>> {
    let all = positions(books, |book| !book.is_public());
    let mut sets = BTreeSet::from([all]);
    for (_, fact) in AUDIENCE {
        let values = books.iter().flat_map(|book| book.audience.0.get(fact));
        let values: BTreeSet<&String> = values.flatten().collect();
        let buyers = || [None].into_iter().chain(values.iter().copied().map(Some));
        let mut kept = BTreeSet::new();
        for set in &sets {
            for value in buyers() {
                kept.insert(only(set, books, |book| fits(&book.audience, fact, value)));
            }
            if kept.len() > MAX_SETS {
                return None;
            }
        }
        sets = kept;
    }
    let public = positions(books, Book::is_public);
    let mut kept = BTreeSet::new();
    for set in sets {
        for day in days(&set, books) {
            let held = only(&set, books, |book| book.holds_on(day));
            kept.insert(if held.is_empty() {
                public.clone()
            } else {
                held
            });
        }
        if kept.len() > MAX_SETS {
            return None;
        }
    }
    Some(kept)
}

fn positions(books: &[Book], wanted: impl Fn(&Book) -> bool) -> Set {
    let books = books.iter().enumerate();
    let wanted = books.filter(|(_, book)| wanted(book));
    wanted.map(|(at, _)| at).collect()
}

fn only(set: &Set, books: &[Book], wanted: impl Fn(&Book) -> bool) -> Set {
    let set = set.iter().copied();
    set.filter(|at| books.get(*at).is_some_and(&wanted))
        .collect()
}

/// Whether a book can be for a buyer of whom this is known.
fn fits(audience: &Conditions, fact: &str, value: Option<&String>) -> bool {
    let wanted = audience.0.get(fact);
    wanted.is_none_or(|wanted| value.is_some_and(|value| wanted.contains(value)))
}

/// A day of each period in which the same of these books hold.
fn days(set: &Set, books: &[Book]) -> BTreeSet<Date> {
    let books = set.iter().filter_map(|at| books.get(*at));
    let changes = books.flat_map(|book| {
        let after = book.valid_until.and_then(|until| until.tomorrow().ok());
        [book.valid_from, after]
    });
    changes.flatten().chain([Date::MIN]).collect()
}
