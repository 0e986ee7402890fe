//! `[[books]]`: price books, whom they are for, and how one follows from another.

use jiff::civil::Date;
use quotewright_engine::catalog::Text;
use quotewright_engine::money::Rounding;
use quotewright_engine::price::adjust::Adjustment;
use quotewright_engine::price::books::{Conditions, Derivation};
use quotewright_engine::price::{Currency, RoundingMode};
use rust_decimal::Decimal;

use super::Manifest;
use super::prices::{bad, currency, date, decimal, optional_choice};
use super::seller;
use super::toml_table::{Table, Word};
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::suggest::list;

/// Code of the book whose prices everybody may see.
pub(crate) const PUBLIC: &str = "public";

/// What may be known of a buyer, as books and requests call it: the key of a book, and the fact.
pub(crate) const AUDIENCE: [(&str, &str); 6] = [
    ("customer", "customer"),
    ("group", "group"),
    ("contract", "contract"),
    ("countries", "country"),
    ("channel", "channel"),
    ("partner", "partner"),
];

/// A price book.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) code: String,
    pub(crate) label: Text,
    /// Whose terms these are; none for the public book.
    pub(crate) audience: Conditions,
    pub(crate) valid_from: Option<Date>,
    pub(crate) valid_until: Option<Date>,
    /// Of several books for one buyer, the highest goes first.
    pub(crate) priority: i64,
    /// What its amounts are in, where that is not the catalog's currency.
    pub(crate) currency: Option<Currency>,
    /// The book that it follows from.
    pub(crate) based_on: Option<Based>,
    /// How amounts are rounded that do not stand in it.
    pub(crate) rounding: Option<Rounding>,
    /// The products that its buyers can see; all where `None`.
    pub(crate) products: Option<Vec<Named>>,
    pub(crate) location: Location,
}

/// What a book follows from.
#[derive(Clone, Debug)]
pub(crate) struct Based {
    pub(crate) base: Named,
    /// Exceptions are named `step:CODE`, `product:CODE` and `group:CODE`.
    pub(crate) derivation: Derivation,
    /// What exceptions are about, with their places.
    pub(crate) steps: Vec<Named>,
    pub(crate) products: Vec<Named>,
    pub(crate) groups: Vec<Named>,
}

/// The code of something that stands elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) code: String,
    pub(crate) location: Location,
}

impl From<Word> for Named {
    fn from(word: Word) -> Self {
        Self {
            code: word.text,
            location: word.location,
        }
    }
}

/// How the prices of several books for one buyer become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Merge {
    /// The price of the book with the highest priority.
    #[default]
    Priority,
    /// The lowest price.
    Lowest,
    /// The price of the book that says most about whom it is for; of equals the lowest.
    BestMatch,
}

impl Merge {
    pub(super) const NAMED: [(&'static str, Self); 3] = [
        ("priority", Self::Priority),
        ("lowest", Self::Lowest),
        ("best-match", Self::BestMatch),
    ];
}

impl Book {
    pub(crate) fn is_public(&self) -> bool {
        self.code == PUBLIC
    }

    /// The one customer whose terms these are.
    pub(crate) fn customer(&self) -> Option<&str> {
        let customers = self.audience.0.get("customer")?;
        customers.first().map(String::as_str)
    }

    pub(crate) fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day)
            && self.valid_until.is_none_or(|until| day <= until)
    }

    pub(crate) fn sells(&self, product: &str) -> bool {
        let products = self.products.as_ref();
        products.is_none_or(|list| list.iter().any(|it| it.code == product))
    }
}

/// Reads `[[books]]`.
pub(super) fn read(root: &mut Table<'_>, manifest: &Manifest, report: &mut Report) -> Vec<Book> {
    let mut codes = Codes::elsewhere("price book");
    let tables = root.tables("books", report);
    let books = tables.into_iter();
    let books: Vec<Book> = books
        .filter_map(|table| book(table, manifest, &mut codes, report))
        .collect();
    if !books.iter().any(Book::is_public) {
        let location = Location::file(crate::CATALOG_FILE);
        let message = "there is no price book `public`";
        let hint = "add `[[books]]` with `code = \"public\"` for the list prices";
        report.push(Diagnostic::error("no-public-book", location, message).hint(hint));
    }
    books
}

fn book(
    mut table: Table<'_>,
    manifest: &Manifest,
    codes: &mut Codes,
    report: &mut Report,
) -> Option<Book> {
    let code = table.required("code", report);
    let code = code.and_then(|word| codes.define_text(&word.text, word.location, report));
    let is_public = code.as_deref() == Some(PUBLIC);
    let audience = audience(&mut table, is_public, report);
    let label = table.text("label", &manifest.locales, report);
    let valid_from = date(&mut table, "valid_from", report);
    let valid_until = date(&mut table, "valid_until", report);
    if let (Some(from), Some(until)) = (valid_from, valid_until)
        && until < from
    {
        let message = format!("the book ends on {until}, before it starts on {from}");
        report.push(Diagnostic::error("bad-date", table.location(), message));
    }
    let rounding = rounding(&mut table, manifest, report);
    let book = Book {
        label,
        audience,
        valid_from,
        valid_until,
        priority: priority(&mut table, report),
        currency: own_currency(&mut table, manifest, report),
        based_on: based_on(&mut table, report),
        rounding,
        products: named(&mut table, "products", report),
        location: table.location(),
        code: code.clone().unwrap_or_default(),
    };
    if is_public && (book.currency.is_some() || book.based_on.is_some()) {
        let message = "the public book follows from no other, and is in the catalog's currency";
        report.push(Diagnostic::error("public-book", table.location(), message));
    }
    if book.currency.is_some() && rounding.is_none() {
        table.missing("round_to", report);
    }
    table.finish(report);
    code.map(|_| book)
}

/// Whom a book is for: the public one for everybody, any other for somebody, lest it be shown
/// to everybody by mistake.
fn audience(table: &mut Table<'_>, is_public: bool, report: &mut Report) -> Conditions {
    let mut conditions = Conditions::default();
    let mut stated = false;
    for (key, fact) in AUDIENCE {
        let words: Vec<Word> = match key {
            "countries" => table.words(key, report).unwrap_or_default(),
            _ => table.word(key, report).into_iter().collect(),
        };
        let Some(first) = words.first() else { continue };
        stated = true;
        if is_public {
            let message = "the public book is for everybody";
            let location = first.location.clone();
            report.push(Diagnostic::error("public-customer", location, message));
            continue;
        }
        let mut values = Vec::new();
        for word in words {
            match word.text.is_empty() {
                true => table.missing(key, report),
                false if key == "countries" => values.extend(seller::country(word, report)),
                false => values.push(word.text),
            }
        }
        conditions.0.insert(fact.to_owned(), values);
    }
    if !is_public && !stated {
        let message = "the book does not say whom it is for";
        let hint = format!(
            "add {}; prices for everybody stand in the book `{PUBLIC}`",
            list(AUDIENCE.map(|(key, _)| key))
        );
        report.push(Diagnostic::error("missing-key", table.location(), message).hint(hint));
    }
    conditions
}

fn priority(table: &mut Table<'_>, report: &mut Report) -> i64 {
    let Some(word) = table.word("priority", report) else {
        return 0;
    };
    word.text.parse().unwrap_or_else(|_| {
        bad(word, "bad-number", "is not a whole number", report);
        0
    })
}

fn own_currency(
    table: &mut Table<'_>,
    manifest: &Manifest,
    report: &mut Report,
) -> Option<Currency> {
    let word = table.word("currency", report)?;
    let own = currency(&word, report)?;
    (manifest.currency.as_ref() != Some(&own)).then_some(own)
}

/// `round_to` and `rounding`; the mode is the catalog's where the book does not say.
fn rounding(table: &mut Table<'_>, manifest: &Manifest, report: &mut Report) -> Option<Rounding> {
    let mode = optional_choice(table, "rounding", RoundingMode::NAMED, report);
    let Some(word) = table.word("round_to", report) else {
        if mode.is_some() {
            table.missing("round_to", report);
        }
        return None;
    };
    let step = Decimal::from_str_exact(&word.text).ok();
    let Some(step) = step.filter(|step| *step > Decimal::ZERO) else {
        bad(word, "bad-number", "is not an amount to round to", report);
        return None;
    };
    let mode = mode.or(manifest.rounding.map(|it| it.mode))?;
    Some(Rounding { step, mode })
}

fn based_on(table: &mut Table<'_>, report: &mut Report) -> Option<Based> {
    let base = table.word("based_on", report);
    let change = change(table, report);
    let tables = table.tables("changes", report);
    let Some(base) = base else {
        if change.is_some() || !tables.is_empty() {
            table.missing("based_on", report);
        }
        return None;
    };
    let mut based = Based {
        base: base.into(),
        derivation: Derivation {
            default: change.unwrap_or(Adjustment::Percent(Decimal::ZERO)),
            exceptions: [].into(),
            // The book's own, which counts for other amounts too.
            rounding: None,
        },
        steps: Vec::new(),
        products: Vec::new(),
        groups: Vec::new(),
    };
    for table in tables {
        based.except(table, report);
    }
    Some(based)
}

impl Based {
    /// Reads one of `[[books.changes]]`.
    fn except(&mut self, mut table: Table<'_>, report: &mut Report) {
        let change = change(&mut table, report);
        let mut about = false;
        for (key, kind, list) in [
            ("steps", "step", &mut self.steps),
            ("products", "product", &mut self.products),
            ("groups", "group", &mut self.groups),
        ] {
            for name in named(&mut table, key, report).into_iter().flatten() {
                about = true;
                let exceptions = &mut self.derivation.exceptions;
                let key = format!("{kind}:{}", name.code);
                if let Some(change) = change
                    && exceptions.insert(key, change).is_some()
                {
                    let message = format!("there is a second change for `{}`", name.code);
                    let location = name.location.clone();
                    report.push(Diagnostic::error("duplicate-code", location, message));
                }
                list.push(name);
            }
        }
        if !about {
            table.missing("steps", report);
        }
        if change.is_none() {
            table.missing("percent", report);
        }
        table.finish(report);
    }
}

/// `percent` or `amount`: what happens to each amount.
fn change(table: &mut Table<'_>, report: &mut Report) -> Option<Adjustment> {
    let percent = decimal(table, "percent", report);
    let amount = decimal(table, "amount", report);
    if percent.is_some() && amount.is_some() {
        let message = "a change is by `percent` or by `amount`, not by both";
        report.push(Diagnostic::error("two-changes", table.location(), message));
    }
    if percent.is_some_and(|it| it < -Decimal::ONE_HUNDRED) {
        let message = "a discount cannot be more than 100 percent";
        report.push(Diagnostic::error("bad-number", table.location(), message));
    }
    let percent = percent.map(Adjustment::Percent);
    percent.or(amount.map(Adjustment::Amount))
}

fn named(table: &mut Table<'_>, key: &'static str, report: &mut Report) -> Option<Vec<Named>> {
    let words = table.words(key, report)?;
    Some(words.into_iter().map(Named::from).collect())
}
