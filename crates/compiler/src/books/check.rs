//! What is wrong with price books among one another.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quotewright_engine::price::books::{BookError, dependency_order};

use super::buyers;
use super::listing::Listing;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::manifest::{Book, Manifest, Merge, Named};
use crate::model::WHOLE;
use crate::suggest::{did_you_mean, list};
use crate::workbook::Workbook;

/// Tells what is wrong with the books.
pub(crate) fn check(workbook: &Workbook, report: &mut Report) {
    let manifest = &workbook.manifest;
    check_names(workbook, report);
    let is_right = check_bases(manifest, report) && manifest.books.iter().any(Book::is_public);
    let Some(sets) = is_right.then(|| buyers::sets(&manifest.books)).flatten() else {
        return;
    };
    for set in sets {
        if manifest.merge == Merge::Priority {
            check_priorities(manifest, &set, report);
        }
        check_rates(manifest, set, report);
    }
}

/// Tells steps, products and groups of products that are not there.
fn check_names(workbook: &Workbook, report: &mut Report) {
    let column = |sheet: &str, column: &str| -> BTreeSet<&str> {
        let rows = workbook.rows(sheet);
        let cells = rows.map(|row| row.cell(column).text());
        cells.filter(|text| !text.is_empty()).collect()
    };
    let steps = column("prices.csv", "step");
    let products = column("products.csv", "product");
    let rows = workbook.rows("products.csv");
    // A product without a group is a group of its own.
    let groups = rows.map(|row| (row.cell("price_group"), row.cell("product")));
    let groups = groups.map(|(group, product)| match group.is_empty() {
        true => product.text(),
        false => group.text(),
    });
    let groups: BTreeSet<&str> = groups.collect();
    let sold = products.iter().copied().filter(|it| *it != WHOLE);
    let sold: BTreeSet<&str> = sold.collect();
    for group in &workbook.manifest.commission_groups {
        known(group, "price group", "unknown-group", &groups, report);
    }
    for product in &workbook.manifest.contact_products {
        known(product, "product", "unknown-product", &sold, report);
    }
    for book in &workbook.manifest.books {
        let listed = book.products.iter().flatten();
        listed.for_each(|it| known(it, "product", "unknown-product", &sold, report));
        let Some(based) = &book.based_on else {
            continue;
        };
        for (names, what, code, all) in [
            (&based.steps, "price step", "unknown-step", &steps),
            (&based.products, "product", "unknown-product", &products),
            (&based.groups, "price group", "unknown-group", &groups),
        ] {
            names
                .iter()
                .for_each(|it| known(it, what, code, all, report));
        }
    }
}

fn known(name: &Named, what: &str, code: &'static str, all: &BTreeSet<&str>, report: &mut Report) {
    if !all.contains(name.code.as_str()) {
        let message = format!("there is no {what} `{}`", name.code);
        let hint = did_you_mean(&name.code, all.iter().copied());
        let location = name.location.clone();
        report.push(Diagnostic::error(code, location, message).maybe_hint(hint));
    }
}

/// Whether every book follows from books that are there, and none from itself.
fn check_bases(manifest: &Manifest, report: &mut Report) -> bool {
    let books: BTreeMap<&str, &Book> = manifest
        .books
        .iter()
        .map(|book| (book.code.as_str(), book))
        .collect();
    let mut edges = Vec::new();
    let mut right = true;
    for book in &manifest.books {
        let Some(based) = &book.based_on else {
            continue;
        };
        let location = based.base.location.clone();
        let Some(base) = books.get(based.base.code.as_str()) else {
            let code = &based.base.code;
            let message = format!("there is no price book `{code}`");
            let hint = did_you_mean(code, books.keys().copied());
            report.push(Diagnostic::error("unknown-book", location, message).maybe_hint(hint));
            right = false;
            continue;
        };
        edges.push((book.code.as_str(), base.code.as_str()));
        if let Some(fact) = private_fact(base, book) {
            let message = format!(
                "`{}` would show others the terms of the {fact} of `{}`",
                book.code, base.code
            );
            let hint = format!("base both on a book that is not for one {fact}");
            report.push(Diagnostic::error("foreign-terms", location, message).hint(hint));
        }
    }
    let Err(BookError::Cycle(cycle)) = dependency_order(&edges) else {
        return right;
    };
    let names = list(cycle.iter().map(String::as_str));
    let mut places = cycle.iter().filter_map(|code| {
        let based = books.get(code.as_str())?.based_on.as_ref()?;
        Some((code, based.base.location.clone()))
    });
    let first = places.next().map(|(_, place)| place);
    let place = first.unwrap_or_else(|| Location::file(crate::CATALOG_FILE));
    let message = format!("price books are based on one another in a circle: {names}");
    let told = Diagnostic::error("book-cycle", place, message)
        .hint("one of them has prices of its own: take `based_on` out of it");
    report.push(places.fold(told, |told, (code, place)| {
        told.related(place, format!("`{code}` goes on here"))
    }));
    false
}

/// What makes `base` the terms of some buyers alone, where `book` is for others too.
fn private_fact(base: &Book, book: &Book) -> Option<&'static str> {
    ["customer", "contract"].into_iter().find(|fact| {
        let own = book.audience.0.get(*fact);
        base.audience
            .0
            .get(*fact)
            .is_some_and(|known| own.is_none_or(|own| own.iter().any(|it| !known.contains(it))))
    })
}

/// Tells two books of one buyer of which neither goes first.
fn check_priorities(manifest: &Manifest, set: &[usize], report: &mut Report) {
    let books = set.iter().filter_map(|at| manifest.books.get(*at));
    let mut seen: BTreeMap<i64, &Book> = BTreeMap::new();
    for book in books {
        let Some(first) = seen.insert(book.priority, book) else {
            continue;
        };
        let message = format!(
            "`{}` and `{}` have the same priority, and some buyer has both",
            first.code, book.code
        );
        let diagnostic = Diagnostic::error("same-priority", book.location.clone(), message);
        report.push(
            diagnostic
                .hint("give one of them a higher `priority`")
                .related(first.location.clone(), "the other book"),
        );
    }
}

/// Tells currencies between which there is no rate, and conversions without a stated rounding.
fn check_rates(manifest: &Manifest, set: Vec<usize>, report: &mut Report) {
    let listing = Listing::whole(manifest, set);
    let Some(first) = listing.first() else {
        return;
    };
    let needed = listing.rates();
    for (from, to) in &needed {
        let mut rates = manifest.rates.iter();
        if !rates.any(|rate| (rate.from.as_str(), rate.to.as_str()) == (*from, *to)) {
            let message = format!("there is no rate from {from} to {to} for `{}`", first.code);
            let hint = format!("add `[[rates]]` with `from = \"{from}\"` and `to = \"{to}\"`");
            let location = first.location.clone();
            report.push(Diagnostic::error("missing-rate", location, message).hint(hint));
        }
    }
    if !needed.is_empty() && first.rounding.is_none() && first.currency.is_none() {
        let message = format!(
            "`{}` does not say how amounts in another currency are rounded",
            first.code
        );
        let hint = "add `round_to`, such as `round_to = \"0.01\"`";
        let location = first.location.clone();
        report.push(Diagnostic::error("missing-key", location, message).hint(hint));
    }
}

/// Tells rates that begin after the first day of the prices that need them. `today` is that day
/// where the prices hold since ever.
pub(super) fn tell_late_rates(
    manifest: &Manifest,
    set: Vec<usize>,
    today: Option<Date>,
    report: &mut Report,
) {
    let listing = Listing::whole(manifest, set);
    let (Some(book), Some(from)) = (listing.first(), listing.valid_from.or(today)) else {
        return;
    };
    for (one, other) in listing.rates() {
        let rates = manifest.rates.iter();
        let own = rates.filter(|it| (it.from.as_str(), it.to.as_str()) == (one, other));
        let Some(begins) = own.map(|it| it.date).min().filter(|begins| *begins > from) else {
            continue;
        };
        let code = &book.code;
        let message = format!(
            "the rate from {one} to {other} begins on {begins}, and `{code}` needs it from {from} on: its buyers have no prices before {begins}"
        );
        let hint = format!("add `[[rates]]` with a `valid_from` of {from}, or before");
        let location = book.location.clone();
        report.push(Diagnostic::warning("late-start", location, message).hint(hint));
    }
}
