//! `catalog.toml`: what holds for the catalog as a whole.

mod billing;
mod books;
mod confidential;
mod contacts;
mod prices;
mod rates;
mod seller;
mod taxes;
mod terms;
mod toml_table;

use quotewright_engine::catalog::{Contact, Text};
use quotewright_engine::money::ExchangeRate;
use quotewright_engine::price::{Currency, RoundingPolicy, Settlement, Tax, TaxIn};
use quotewright_engine::quote::Confidential;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use crate::CATALOG_FILE;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Location, Report};
use terms::Terms;
use toml_table::{Table, Word};

pub(crate) use books::{AUDIENCE, Book, Merge, Named, PUBLIC};

/// What holds for a catalog as a whole. Where `catalog.toml` is wrong, parts are empty.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    pub(crate) id: String,
    pub(crate) title: Text,
    pub(crate) supplier: Supplier,
    pub(crate) locales: Vec<String>,
    pub(crate) visibility: Visibility,
    pub(crate) late_days: u32,
    pub(crate) currency: Option<Currency>,
    pub(crate) rounding: Option<RoundingPolicy>,
    pub(crate) taxes: Vec<Tax>,
    /// How amounts come to what is paid, but for the terms of payment.
    settlement: Settlement,
    terms: Vec<Terms>,
    /// What is for the supplier alone, but for costs and floors.
    pub(crate) confidential: Confidential,
    /// Groups of products that commissions name.
    pub(crate) commission_groups: Vec<Named>,
    /// Products that contacts name.
    pub(crate) contact_products: Vec<Named>,
    pub(crate) books: Vec<Book>,
    /// How the prices of several books for one buyer become one.
    pub(crate) merge: Merge,
    pub(crate) rates: Vec<ExchangeRate>,
}

impl Manifest {
    /// How amounts come to what is paid, for the reader of one book.
    pub(crate) fn settlement(&self, book: &str) -> Settlement {
        Settlement {
            terms: terms::of_book(&self.terms, book).cloned(),
            ..self.settlement.clone()
        }
    }

    /// Hundredths of a tax that prices contain: none where it comes on top of them.
    pub(crate) fn contained(&self, tax: usize) -> Decimal {
        let is_contained = self.settlement.prices == TaxIn::Contained;
        let tax = self.taxes.get(tax).filter(|_| is_contained);
        tax.map_or(Decimal::ZERO, |tax| tax.percent)
    }
}

/// Who sells, as the buyer may reach them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    /// Company name.
    pub name: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Telephone number; may be empty.
    pub phone: String,
    /// Whom a buyer can ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
}

/// Who may see prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Everybody sees at least the public book.
    #[default]
    Public,
    /// Only customers who have signed in.
    SignedIn,
}

/// Reads `catalog.toml`.
pub(crate) fn read(text: &str, report: &mut Report) -> Manifest {
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let location = Location::bytes(CATALOG_FILE, span);
        report.push(Diagnostic::error("toml", location, error.message()));
    }
    let mut root = Table::new(document.get_ref(), 0..0);
    let locales = locales(&mut root, report);
    let mut manifest = Manifest {
        id: id(&mut root, report),
        title: root.text("title", &locales, report),
        ..Manifest::default()
    };
    manifest.locales = locales;
    supplier(&mut root, &mut manifest, report);
    let (contacts, products) = contacts::read(&mut root, &manifest.locales, report);
    manifest.supplier.contacts = contacts;
    manifest.contact_products = products;
    prices::read(&mut root, &mut manifest, report);
    root.finish(report);
    manifest
}

fn id(root: &mut Table<'_>, report: &mut Report) -> String {
    let Some(id) = root.required("id", report) else {
        return String::new();
    };
    Codes::elsewhere("catalog")
        .define_text(&id.text, id.location, report)
        .unwrap_or_default()
}

fn locales(root: &mut Table<'_>, report: &mut Report) -> Vec<String> {
    let words = root.words("locales", report).unwrap_or_default();
    if words.is_empty() {
        root.missing("locales", report);
    }
    let mut locales = Vec::new();
    for word in words {
        let location = word.location.clone();
        let Some(locale) = language(word, report) else {
            continue;
        };
        if locales.contains(&locale) {
            let message = format!("`{locale}` is there twice");
            report.push(Diagnostic::error("duplicate-code", location, message));
        } else {
            locales.push(locale);
        }
    }
    locales
}

/// A language tag.
fn language(word: Word, report: &mut Report) -> Option<String> {
    let subtags = word.text.split('-');
    let valid = subtags.clone().all(|subtag| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }) && (2..=3).contains(&subtags.clone().next().map_or(0, str::len));
    if valid {
        return Some(word.text);
    }
    let message = format!("`{}` is not a language tag", word.text);
    let hint = "write it as in `en`, `nl` or `nl-BE`";
    report.push(Diagnostic::error("bad-language", word.location, message).hint(hint));
    None
}

fn supplier(root: &mut Table<'_>, manifest: &mut Manifest, report: &mut Report) {
    let Some(mut table) = root.table("supplier", report) else {
        root.missing("supplier", report);
        return;
    };
    let name = table.required("name", report);
    let mut optional = |key| {
        let word = table.word(key, report);
        word.map_or_else(String::new, |word| word.text)
    };
    manifest.supplier = Supplier {
        name: name.map_or_else(String::new, |word| word.text),
        email: optional("email"),
        phone: optional("phone"),
        contacts: Vec::new(),
    };
    manifest.settlement.seller = seller::read(&mut table, report);
    table.finish(report);
}
