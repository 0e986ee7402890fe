//! All sheets of a catalog, with their columns checked.

use std::collections::BTreeMap;

use crate::CATALOG_FILE;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::documents;
use crate::manifest::{self, Manifest};
use crate::sheet::{Column, Kind, Row, Sheet, check_columns, decode, read};
use crate::source::CatalogSource;
use crate::suggest::did_you_mean;
use Kind::{AudienceText, Book, Optional, Property, Required, RequiredText, Text};

const PRODUCTS: &[Column<'static>] = &[
    Column("product", Required),
    Column("name", RequiredText),
    Column("description", AudienceText),
    Column("unit", Text),
    Column("lead_days", Optional),
    Column("calendar", Optional),
    Column("tax", Optional),
    Column("price_group", Optional),
    Column("term", Optional),
    Column("weight", Optional),
    Column("min_quantity", Optional),
    Column("quantity_step", Optional),
];

const GROUPS: &[Column<'static>] = &[Column("group", Required), Column("label", RequiredText)];

const PARTS: &[Column<'static>] = &[
    Column("product", Optional),
    Column("part", Required),
    Column("owner", Optional),
    Column("group", Optional),
    Column("from", Required),
    Column("to", Required),
    Column("label", RequiredText),
    Column("help", AudienceText),
];

const ATTRIBUTES: &[Column<'static>] = &[
    Column("product", Optional),
    Column("part", Optional),
    Column("attribute", Required),
    Column("group", Required),
    Column("type", Required),
    Column("options", Optional),
    Column("min", Optional),
    Column("max", Optional),
    Column("step", Optional),
    Column("unit", Optional),
    Column("default", Optional),
    Column("formula", Optional),
    Column("access", Optional),
    Column("fact", Optional),
    Column("label", RequiredText),
    Column("help", AudienceText),
];

const OPTIONS: &[Column<'static>] = &[
    Column("option", Required),
    Column("part_number", Optional),
    Column("lead_days", Optional),
    Column("label", RequiredText),
    Column("description", AudienceText),
    Column("property", Property),
    Column("price", Book),
    Column("cost", Optional),
    Column("floor", Optional),
];

const TABLES: &[Column<'static>] = &[
    Column("table", Required),
    Column("product", Optional),
    Column("part", Optional),
    Column("explanation", RequiredText),
];

const RULES: &[Column<'static>] = &[
    Column("rule", Required),
    Column("product", Optional),
    Column("part", Optional),
    Column("kind", Optional),
    Column("weight", Optional),
    Column("when", Optional),
    Column("require", Required),
    Column("explanation", RequiredText),
];

const PRICES: &[Column<'static>] = &[
    Column("product", Optional),
    Column("part", Optional),
    Column("step", Required),
    Column("kind", Required),
    Column("of", Optional),
    Column("per", Optional),
    Column("unit", Optional),
    Column("for", Optional),
    Column("share", Optional),
    Column("due", Optional),
    Column("when", Optional),
    Column("months", Optional),
    Column("from", Optional),
    Column("until", Optional),
    Column("promotion", Optional),
    Column("best_of", Optional),
    Column("unless", Optional),
    Column("between", Optional),
    Column("index", Optional),
    Column("base", Optional),
    Column("counts", Optional),
    Column("price_unit", Optional),
    Column("units_to", Optional),
    Column("round_to", Optional),
    Column("rounding", Optional),
    Column("by", Optional),
    Column("at_least", Optional),
    Column("at_most", Optional),
    Column("tax", Optional),
    Column("label", RequiredText),
    Column("price", Book),
    Column("cost", Optional),
    Column("floor", Optional),
];

const INDICES: &[Column<'static>] = &[
    Column("index", Required),
    Column("from", Required),
    Column("value", Required),
];

const TIERS: &[Column<'static>] = &[
    Column("product", Optional),
    Column("step", Required),
    Column("from", Optional),
    Column("up_to", Optional),
    Column("block", Optional),
    Column("percent", Book),
    Column("price", Book),
    Column("flat", Book),
    Column("cost", Optional),
    Column("floor", Optional),
];

const CALENDARS: &[Column<'static>] = &[
    Column("calendar", Required),
    Column("like", Optional),
    Column("weekend", Optional),
    Column("until", Required),
    Column("label", Text),
];

const HOLIDAYS: &[Column<'static>] = &[
    Column("calendar", Required),
    Column("from", Required),
    Column("until", Optional),
    Column("works", Optional),
    Column("label", RequiredText),
];

const DELIVERY: &[Column<'static>] = &[
    Column("product", Optional),
    Column("step", Required),
    Column("kind", Required),
    Column("of", Optional),
    Column("days", Optional),
    Column("every", Optional),
    Column("per", Optional),
    Column("percent", Optional),
    Column("counts", Optional),
    Column("calendar", Optional),
    Column("after", Optional),
    Column("when", Optional),
    Column("label", RequiredText),
];

const PICTURE: &[Column<'static>] = &[
    Column("product", Optional),
    Column("view", Optional),
    Column("shape", Required),
    Column("when", Optional),
    Column("x", Optional),
    Column("y", Optional),
    Column("width", Optional),
    Column("height", Optional),
    Column("thickness", Optional),
    Column("times", Optional),
    Column("last_x", Optional),
    Column("last_y", Optional),
    Column("last_height", Optional),
    Column("look", Optional),
    Column("label", Text),
];

const DOCUMENTS: &[Column<'static>] = &[
    Column("product", Optional),
    Column("document", Required),
    Column("file", Required),
    Column("language", Optional),
    Column("when", Optional),
    Column("label", RequiredText),
];

/// The sheets of the catalog's own folder: name, whether it must be there, columns.
const SHEETS: [(&str, bool, &[Column<'static>]); 14] = [
    ("products.csv", true, PRODUCTS),
    ("groups.csv", false, GROUPS),
    ("parts.csv", false, PARTS),
    ("attributes.csv", false, ATTRIBUTES),
    ("tables.csv", false, TABLES),
    ("rules.csv", false, RULES),
    ("prices.csv", false, PRICES),
    ("tiers.csv", false, TIERS),
    ("calendars.csv", false, CALENDARS),
    ("holidays.csv", false, HOLIDAYS),
    ("delivery.csv", false, DELIVERY),
    ("indices.csv", false, INDICES),
    ("picture.csv", false, PICTURE),
    (documents::SHEET, false, DOCUMENTS),
];

/// All sheets of a catalog, `catalog.toml`, and the files of its documents.
pub(crate) struct Workbook {
    pub(crate) manifest: Manifest,
    sheets: BTreeMap<String, Sheet>,
    documents: BTreeMap<String, Vec<u8>>,
}

impl Workbook {
    /// Reads every file. What is wrong with one does not keep the others from being read.
    pub(crate) fn read(source: &CatalogSource, report: &mut Report) -> Self {
        let mut manifest = Manifest::default();
        let mut sheets = BTreeMap::new();
        let mut documents = BTreeMap::new();
        for (name, content) in source.files() {
            if let Some(name) = name.strip_prefix(documents::FOLDER) {
                documents.insert(name.to_owned(), content.clone());
                continue;
            }
            let Some(text) = decode(name, content, report) else {
                continue;
            };
            if name == CATALOG_FILE {
                manifest = manifest::read(&text, report);
            } else if let Some(sheet) = read(name, &text, report) {
                sheets.insert(name.clone(), sheet);
            }
        }
        if source.get(CATALOG_FILE).is_none() {
            missing_file(CATALOG_FILE, report);
        }
        let workbook = Self {
            manifest,
            sheets,
            documents,
        };
        workbook.check(source, report);
        workbook
    }

    fn check(&self, source: &CatalogSource, report: &mut Report) {
        for (name, required, columns) in SHEETS {
            match self.sheets.get(name) {
                Some(sheet) => check_columns(sheet, columns, &self.manifest, report),
                None if required && source.get(name).is_none() => missing_file(name, report),
                None => {}
            }
        }
        // What is to be chosen stands under headings.
        let has_headings = |it: &&str| source.get(it).is_some();
        if ["attributes.csv", "parts.csv"].iter().any(has_headings)
            && source.get("groups.csv").is_none()
        {
            missing_file("groups.csv", report);
        }
        for (name, sheet) in &self.sheets {
            match name.split_once('/') {
                Some(("options", _)) => check_columns(sheet, OPTIONS, &self.manifest, report),
                // Their columns are attributes, which differ by product.
                Some(("tables" | "price-tables" | "delivery-tables", _)) => {}
                _ if SHEETS.iter().any(|(known, ..)| known == name) => {}
                _ => unknown_file(name, report),
            }
        }
    }

    /// A sheet by the name of its file.
    pub(crate) fn sheet(&self, file: &str) -> Option<&Sheet> {
        self.sheets.get(file)
    }

    /// The rows of a sheet; none where it is missing.
    pub(crate) fn rows(&self, file: &str) -> impl Iterator<Item = Row<'_>> {
        self.sheet(file).into_iter().flat_map(Sheet::rows)
    }

    /// The sheets of a folder with their names, such as `belt` for `options/belt.csv`.
    pub(crate) fn folder(&self, folder: &str) -> impl Iterator<Item = (&str, &Sheet)> {
        self.sheets.iter().filter_map(move |(file, sheet)| {
            let name = file.strip_prefix(folder)?.strip_prefix('/')?;
            Some((name.strip_suffix(".csv")?, sheet))
        })
    }

    /// The files of the folder `documents` by name.
    pub(crate) fn documents(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.documents
    }

    /// All sheets by the names of their files.
    pub(crate) fn sheets(&self) -> &BTreeMap<String, Sheet> {
        &self.sheets
    }
}

fn missing_file(name: &str, report: &mut Report) {
    let message = format!("the file {name} is missing");
    report.push(
        Diagnostic::error("missing-file", Location::file(name), message)
            .hint("docs/catalogs.md says what belongs in it"),
    );
}

fn unknown_file(name: &str, report: &mut Report) {
    let message = "this sheet is not part of a catalog, so nothing in it counts";
    let known = SHEETS.iter().map(|(known, ..)| *known);
    report.push(
        Diagnostic::error("unknown-file", Location::file(name), message)
            .maybe_hint(did_you_mean(name, known)),
    );
}
