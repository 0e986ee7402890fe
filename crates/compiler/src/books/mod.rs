//! Price books: which of them a buyer has, and what an amount is in them.

mod buyers;
mod check;
mod listing;

pub(crate) use check::check;
pub(crate) use listing::{Column, Listing, Place, without_tax};

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::Manifest;

/// The prices of all kinds of buyers: for each set of books that some buyer has at once, and
/// each period between changes of the rates that they need. The public book comes where it
/// stands in the catalog.
pub(crate) fn listings<'m>(
    manifest: &'m Manifest,
    today: Option<Date>,
    report: &mut Report,
) -> Vec<Listing<'m>> {
    let sets = buyers::sets(&manifest.books);
    if let Some(sets) = sets {
        let sets = sets.into_iter();
        return sets
            .flat_map(|set| {
                check::tell_late_rates(manifest, set.clone(), today, report);
                Listing::of_set(manifest, set)
            })
            .collect();
    }
    if let Some(book) = manifest.books.first() {
        let message = "the price books fit buyers in too many ways to make prices for each";
        let hint = "use fewer books for the same buyers: one for a group instead of one for each";
        let location = book.location.clone();
        report.push(Diagnostic::error("too-many-books", location, message).hint(hint));
    }
    Vec::new()
}
