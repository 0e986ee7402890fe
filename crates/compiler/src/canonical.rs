//! Hashes over the canonical source.
//!
//! What a hash covers is what its reader may see, no more: a change of a cost, a
//! floor or of another buyer's price, changes neither the catalog's hash nor the hash
//! of a pack that does not hold it. The order of columns, spaces around cells,
//! empty cells, kinds of line end and separators do not count.

use quotewright_engine::catalog::Text;
use quotewright_engine::price::PricePack;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::documents;
use crate::manifest::{Book, Manifest, PUBLIC};
use crate::prices::{Kind, OWN};
use crate::sheet::{Row, Sheet};
use crate::workbook::Workbook;

/// Version of the canonical form; part of every hash.
const FORM: &str = "quotewright canonical 1";

/// The hash of the catalog: everything but prices.
pub(crate) fn catalog_hash(workbook: &Workbook) -> String {
    let manifest = &workbook.manifest;
    let mut hasher = Hasher::new("catalog");
    hasher.facts(&(
        &manifest.id,
        &manifest.title,
        &manifest.locales,
        &manifest.supplier,
    ));
    for sheet in workbook.sheets().values() {
        if !is_priced(&sheet.file) {
            let is_public = |heading: &str| !is_price(heading) && !is_term(heading);
            hasher.sheet(sheet, |row| {
                let mut cells = visible(sheet, row, is_public);
                cells.extend(content(workbook, sheet, row));
                cells
            });
        }
    }
    hasher.finish()
}

/// What the file says that a row of `documents.csv` names.
fn content(workbook: &Workbook, sheet: &Sheet, row: Row<'_>) -> Option<(String, String)> {
    let is_document = sheet.file == documents::SHEET;
    let file = workbook.documents().get(row.cell("file").text());
    let content = file.filter(|_| is_document)?;
    Some(("content".to_owned(), documents::hash(content)))
}

/// The hash of a pack whose amounts do not stand in the sheets as they are: of what is in the
/// pack, and so of nothing that its reader does not have. Its own hash is empty.
pub(crate) fn content_hash(customer: Option<&str>, pack: &PricePack) -> String {
    let mut hasher = Hasher::new("pack content");
    hasher.facts(&(customer, pack));
    hasher.finish()
}

/// The hash of one book's pack: the prices that the book resolves to.
pub(crate) fn pack_hash(workbook: &Workbook, catalog_hash: &str, book: &Book) -> String {
    let manifest = &workbook.manifest;
    let mut hasher = Hasher::new("pack");
    hasher.facts(&(catalog_hash, terms(manifest, book)));
    let settlement = settlement(manifest, book);
    if !settlement.is_empty() {
        hasher.facts(&settlement);
    }
    for sheet in workbook.sheets().values() {
        // Columns with amounts, and what they are called in the hash.
        let families: &[(&str, &str)] = match sheet.file.as_str() {
            "tiers.csv" => &[("percent", "price"), ("price", "unit"), ("flat", "flat")],
            _ => &[("price", "price")],
        };
        let amounts = |row| {
            let resolved = |(family, name): &(&str, &str)| {
                Some(((*name).to_owned(), resolved(row, family, &book.code)?))
            };
            families.iter().filter_map(resolved).collect::<Vec<_>>()
        };
        if sheet.file == "indices.csv" {
            hasher.sheet(sheet, |row| visible(sheet, row, |_| true));
        } else if is_priced(&sheet.file) {
            let is_key = |heading: &str| !is_price(heading);
            hasher.sheet(sheet, |row| {
                let amounts = amounts(row);
                // A step or tier that the book does not have is not its reader's to see.
                if amounts.is_empty() && !Kind::of(row).is_some_and(Kind::is_priced_elsewhere) {
                    return Vec::new();
                }
                let mut cells = visible(sheet, row, is_key);
                cells.extend(amounts);
                cells
            });
        } else if sheet.file.starts_with("options/") {
            hasher.sheet(sheet, |row| {
                let mut cells = visible(sheet, row, |heading| heading == "option");
                cells.extend(amounts(row));
                cells
            });
        } else if sheet.file == "products.csv" {
            let counts = |heading: &str| heading == "product" || is_term(heading);
            hasher.sheet(sheet, |row| visible(sheet, row, counts));
        }
    }
    hasher.finish()
}

/// What `catalog.toml` says about prices, for the reader of one book.
fn terms<'a>(manifest: &'a Manifest, book: &'a Book) -> impl Serialize + use<'a> {
    let taxes = manifest.taxes.iter();
    let taxes: Vec<(&str, &Text, String)> = taxes
        .map(|tax| (tax.code.as_str(), &tax.label, tax.percent.to_string()))
        .collect();
    (
        (&manifest.currency, &manifest.rounding, taxes),
        (&book.code, &book.label, book.customer()),
        (book.valid_from, book.valid_until),
    )
}

/// How amounts come to what is paid, where `catalog.toml` says anything of it.
fn settlement<'a>(manifest: &'a Manifest, book: &Book) -> Vec<impl Serialize + use<'a>> {
    let settlement = manifest.settlement(&book.code);
    let categories = manifest.taxes.iter().map(|it| (it.category, &it.exemption));
    let categories: Vec<_> = categories.collect();
    let says = categories.iter().any(|(category, _)| category.is_some());
    let says = says || !settlement.is_plain();
    says.then_some((settlement, categories))
        .into_iter()
        .collect()
}

/// Sheets that hold prices and nothing else.
fn is_priced(file: &str) -> bool {
    matches!(file, "prices.csv" | "tiers.csv" | "indices.csv") || file.starts_with("price-tables/")
}

/// Columns of products that are about their price.
fn is_term(heading: &str) -> bool {
    matches!(
        heading,
        "tax" | "price_group" | "term" | "weight" | "min_quantity" | "quantity_step"
    )
}

/// Columns with amounts of some book, or for the supplier alone.
fn is_price(heading: &str) -> bool {
    let families = ["price.", "percent.", "flat."];
    OWN.contains(&heading) || families.iter().any(|it| heading.starts_with(it))
}

/// The amount of a row in a book, in its shortest spelling.
fn resolved(row: Row<'_>, family: &str, book: &str) -> Option<String> {
    [book, PUBLIC].into_iter().find_map(|book| {
        let cell = row.cell(&format!("{family}.{book}"));
        let number = cell.number(cell.text()).ok()?;
        Some(number.to_string())
    })
}

/// The cells of the columns that count, by heading; empty ones left out.
fn visible(sheet: &Sheet, row: Row<'_>, counts: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let headings = sheet.headings().enumerate();
    let mut cells: Vec<_> = headings
        .filter(|(_, heading)| counts(heading))
        .map(|(position, heading)| (heading.to_owned(), row.cell_at(position).text().to_owned()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    cells.sort();
    cells
}

/// Feeds values to SHA-256 as lines of JSON, so that no two inputs look alike.
struct Hasher(Sha256);

impl Hasher {
    fn new(what: &str) -> Self {
        let mut hasher = Self(Sha256::new());
        hasher.facts(&(FORM, what));
        hasher
    }

    fn facts(&mut self, facts: &impl Serialize) {
        // Strings, numbers, dates and lists of them: JSON takes them all.
        let line = serde_json::to_vec(facts).unwrap_or_default();
        self.0.update(&line);
        self.0.update(b"\n");
    }

    /// The rows that have something to show, in order.
    fn sheet<'a>(&mut self, sheet: &'a Sheet, cells: impl Fn(Row<'a>) -> Vec<(String, String)>) {
        self.facts(&("sheet", &sheet.file));
        for row in sheet.rows() {
            let cells = cells(row);
            if !cells.is_empty() {
                self.facts(&cells);
            }
        }
    }

    fn finish(self) -> String {
        let digest = self.0.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
