use std::collections::BTreeMap;

use iso_currency::Currency as IsoCurrency;
use jiff::civil::Date;
use quotewright_engine::catalog::Text;
use quotewright_engine::price::{Currency, RoundingMode, RoundingMoment, RoundingPolicy, Tax};
use rust_decimal::Decimal;

use super::toml_table::{Table, Word};
use super::{Manifest, Visibility};
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::suggest::{closest, did_you_mean};

/// Code of the book whose prices everybody may see.
pub(crate) const PUBLIC: &str = "public";

/// Days after its price date that a request may arrive, where the catalog does not say.
const LATE_DAYS: u32 = 30;

/// A price book.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) code: String,
    pub(crate) label: Text,
    /// The customer whose terms these are; `None` for the public book.
    pub(crate) customer: Option<String>,
    pub(crate) valid_from: Option<Date>,
    pub(crate) valid_until: Option<Date>,
}

/// Reads `[prices]`, `[[taxes]]` and `[[books]]`.
pub(super) fn read(root: &mut Table<'_>, manifest: &mut Manifest, report: &mut Report) {
    match root.table("prices", report) {
        Some(table) => policy(table, manifest, report),
        None => root.missing("prices", report),
    }
    manifest.taxes = taxes(root, &manifest.locales, report);
    manifest.books = books(root, &manifest.locales, report);
}

fn policy(mut table: Table<'_>, manifest: &mut Manifest, report: &mut Report) {
    let visibility = [
        ("public", Visibility::Public),
        ("signed-in", Visibility::SignedIn),
    ];
    let moments = [
        ("unit", RoundingMoment::Unit),
        ("line", RoundingMoment::Line),
        ("document", RoundingMoment::Document),
    ];
    manifest.visibility = choice(&mut table, "visibility", visibility, report).unwrap_or_default();
    let mode = choice(&mut table, "rounding", RoundingMode::NAMED, report);
    let moment = choice(&mut table, "round_at", moments, report);
    manifest.rounding = mode
        .zip(moment)
        .map(|(mode, moment)| RoundingPolicy { mode, moment });
    let currency = table.required("currency", report);
    manifest.currency = currency.and_then(|word| self::currency(&word, report));
    manifest.late_days = LATE_DAYS;
    if let Some(word) = table.word("late_days", report) {
        match word.text.parse() {
            Ok(days) => manifest.late_days = days,
            Err(_) => bad(word, "bad-number", "is not a number of days", report),
        }
    }
    table.finish(report);
}

fn bad(word: Word, code: &'static str, what: &str, report: &mut Report) {
    let message = format!("`{}` {what}", word.text);
    report.push(Diagnostic::error(code, word.location, message));
}

/// One of a few words.
fn choice<T: Copy, const N: usize>(
    table: &mut Table<'_>,
    key: &'static str,
    choices: [(&'static str, T); N],
    report: &mut Report,
) -> Option<T> {
    let word = table.required(key, report)?;
    let found = choices.iter().find(|(name, _)| *name == word.text);
    if found.is_none() {
        let message = format!("`{}` is not a choice for `{key}`", word.text);
        let hint = did_you_mean(&word.text, choices.iter().map(|(name, _)| *name));
        report.push(Diagnostic::error("unknown-word", word.location, message).maybe_hint(hint));
    }
    found.map(|(_, value)| *value)
}

fn currency(word: &Word, report: &mut Report) -> Option<Currency> {
    let found = IsoCurrency::from_code(&word.text);
    let minor_units = found.and_then(IsoCurrency::exponent);
    if minor_units.is_none() {
        let message = format!("`{}` is not a currency of ISO 4217", word.text);
        let upper = word.text.to_uppercase();
        let hint = match IsoCurrency::from_code(&upper) {
            Some(_) => Some(format!("write `{upper}`")),
            None => closest(&upper, ["EUR", "USD", "GBP", "CHF"])
                .map(|code| format!("did you mean `{code}`?")),
        };
        let location = word.location.clone();
        report.push(Diagnostic::error("unknown-currency", location, message).maybe_hint(hint));
    }
    Some(Currency {
        code: word.text.clone(),
        minor_units: u32::from(minor_units?),
    })
}

fn taxes(root: &mut Table<'_>, locales: &[String], report: &mut Report) -> Vec<Tax> {
    let mut codes = Codes::elsewhere("tax");
    let mut taxes = Vec::new();
    let tables = root.tables("taxes", report);
    if tables.is_empty() {
        root.missing("taxes", report);
    }
    for mut table in tables {
        let code = table.required("code", report);
        let code = code.and_then(|word| codes.define_text(&word.text, word.location, report));
        let percent = table.required("percent", report);
        let percent = percent.and_then(|word| self::percent(word, report));
        let label = table.text("label", locales, report);
        table.finish(report);
        if let (Some(code), Some(percent)) = (code, percent) {
            taxes.push(Tax {
                code,
                label,
                percent,
            });
        }
    }
    taxes
}

fn percent(word: Word, report: &mut Report) -> Option<Decimal> {
    let number = Decimal::from_str_exact(&word.text).ok();
    let number = number.filter(|number| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(number));
    if number.is_none() {
        bad(
            word,
            "bad-number",
            "is not a percentage from 0 to 100",
            report,
        );
    }
    number.map(|number| number.normalize())
}

fn books(root: &mut Table<'_>, locales: &[String], report: &mut Report) -> Vec<Book> {
    let mut codes = Codes::elsewhere("price book");
    let mut customers = BTreeMap::new();
    let mut books = Vec::new();
    for mut table in root.tables("books", report) {
        let code = table.required("code", report);
        let code = code.and_then(|word| codes.define_text(&word.text, word.location, report));
        let customer = customer(&mut table, code.as_deref(), &mut customers, report);
        let label = table.text("label", locales, report);
        let valid_from = date(&mut table, "valid_from", report);
        let valid_until = date(&mut table, "valid_until", report);
        if let (Some(from), Some(until)) = (valid_from, valid_until)
            && until < from
        {
            let message = format!("the book ends on {until}, before it starts on {from}");
            report.push(Diagnostic::error("bad-date", table.location(), message));
        }
        table.finish(report);
        if let Some(code) = code {
            books.push(Book {
                code,
                label,
                customer,
                valid_from,
                valid_until,
            });
        }
    }
    if !books.iter().any(|book| book.code == PUBLIC) {
        let location = Location::file(crate::CATALOG_FILE);
        report.push(
            Diagnostic::error(
                "no-public-book",
                location,
                "there is no price book `public`",
            )
            .hint("add `[[books]]` with `code = \"public\"` for the list prices"),
        );
    }
    books
}

/// The customer of a book: each book but the public one has one of its own.
fn customer(
    table: &mut Table<'_>,
    book: Option<&str>,
    customers: &mut BTreeMap<String, Location>,
    report: &mut Report,
) -> Option<String> {
    if book == Some(PUBLIC) {
        if let Some(word) = table.word("customer", report) {
            let message = "the public book cannot belong to one customer";
            report.push(Diagnostic::error("public-customer", word.location, message));
        }
        return None;
    }
    let word = table.required("customer", report)?;
    match customers.get(&word.text) {
        Some(first) => {
            let message = format!("the customer `{}` has two price books", word.text);
            let diagnostic = Diagnostic::error("duplicate-code", word.location, message);
            report.push(diagnostic.related(first.clone(), "the first one is here"));
            None
        }
        None => {
            customers.insert(word.text.clone(), word.location);
            Some(word.text)
        }
    }
}

fn date(table: &mut Table<'_>, key: &'static str, report: &mut Report) -> Option<Date> {
    let word = table.word(key, report)?;
    let date = word.text.parse::<Date>().ok();
    if date.is_none() {
        let message = format!("`{}` is not a date", word.text);
        report.push(
            Diagnostic::error("bad-date", word.location, message).hint("write it as 2026-12-31"),
        );
    }
    date
}
