//! `[[terms]]`: when to pay.

use quotewright_engine::quote::{EarlyPayment, MonthEnd, PaymentTerms};

use super::Manifest;
use super::prices::{bad, optional_choice, percent};
use super::toml_table::Table;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::suggest::did_you_mean;

/// Terms of payment, and whose they are.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// Codes of the books with these terms; those of all others where there is none.
    books: Vec<String>,
    terms: PaymentTerms,
}

/// The terms of a book: its own, else the ones for all others.
pub(super) fn of_book<'t>(all: &'t [Terms], book: &str) -> Option<&'t PaymentTerms> {
    let own = |it: &&Terms| it.books.iter().any(|code| code == book);
    let found = all.iter().find(own);
    let found = found.or_else(|| all.iter().find(|it| it.books.is_empty()));
    found.map(|it| &it.terms)
}

/// Reads `[[terms]]`; the books are known.
pub(super) fn read(root: &mut Table<'_>, manifest: &Manifest, report: &mut Report) -> Vec<Terms> {
    let mut codes = Codes::elsewhere("terms");
    let mut taken: Vec<(String, Location)> = Vec::new();
    let mut all = Vec::new();
    for mut table in root.tables("terms", report) {
        let code = table.required("code", report);
        let code = code.and_then(|word| codes.define_text(&word.text, word.location, report));
        let label = table.text("label", &manifest.locales, report);
        let days = days(&mut table, "days", report);
        let month_end = [("before", MonthEnd::Before), ("after", MonthEnd::After)];
        let month_end = optional_choice(&mut table, "month_end", month_end, report);
        let early = early(&mut table, report);
        let books = books(&mut table, manifest, &mut taken, report);
        table.finish(report);
        if let (Some(code), Some(days)) = (code, days) {
            let month_end = month_end.unwrap_or_default();
            all.push(Terms {
                books,
                terms: PaymentTerms {
                    code,
                    label,
                    days,
                    month_end,
                    early,
                },
            });
        }
    }
    all
}

fn days(table: &mut Table<'_>, key: &'static str, report: &mut Report) -> Option<u16> {
    let word = table.required(key, report)?;
    let days = word.text.parse().ok();
    if days.is_none() {
        bad(word, "bad-number", "is not a number of days", report);
    }
    days
}

/// The discount for paying early: a percentage and its days, or neither.
fn early(table: &mut Table<'_>, report: &mut Report) -> Option<EarlyPayment> {
    let Some(word) = table.word("discount", report) else {
        if table.word("discount_days", report).is_some() {
            table.missing("discount", report);
        }
        return None;
    };
    let percent = percent(word, report);
    let days = days(table, "discount_days", report);
    percent
        .zip(days)
        .map(|(percent, days)| EarlyPayment { percent, days })
}

/// The books that the terms are for. Each book has one, and one is for all others.
fn books(
    table: &mut Table<'_>,
    manifest: &Manifest,
    taken: &mut Vec<(String, Location)>,
    report: &mut Report,
) -> Vec<String> {
    let words = table.words("books", report).unwrap_or_default();
    if words.is_empty() {
        take(String::new(), table.location(), taken, report);
    }
    let mut books = Vec::new();
    for word in words {
        let codes = manifest.books.iter().map(|book| book.code.as_str());
        if codes.clone().any(|code| code == word.text) {
            take(word.text.clone(), word.location, taken, report);
            books.push(word.text);
        } else {
            let message = format!("there is no price book `{}`", word.text);
            let hint = did_you_mean(&word.text, codes);
            let diagnostic = Diagnostic::error("unknown-book", word.location, message);
            report.push(diagnostic.maybe_hint(hint));
        }
    }
    books
}

/// Notes that there are terms for the book; for all that no terms name where its code is empty.
fn take(
    book: String,
    location: Location,
    taken: &mut Vec<(String, Location)>,
    report: &mut Report,
) {
    let Some((_, first)) = taken.iter().find(|(known, _)| *known == book) else {
        taken.push((book, location));
        return;
    };
    let message = match book.is_empty() {
        true => "there are two terms for the books that no terms name".to_owned(),
        false => format!("the book `{book}` has two terms"),
    };
    let diagnostic = Diagnostic::error("duplicate-code", location, message);
    report.push(diagnostic.related(first.clone(), "the first ones are here"));
}
