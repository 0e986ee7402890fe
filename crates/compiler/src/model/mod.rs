//! Products, attributes, options, rules and tables: the sheets behind a [`Model`].

pub(crate) mod attributes;
mod cycles;
mod extent;
mod facts;
mod layout;
mod options;
pub(crate) mod rules;
pub(crate) mod tables;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{FORMAT, Group, Model, Text};

use crate::cells;
use crate::codes::Codes;
use crate::delivery::{self, Calendars};
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::documents;
use crate::gaps::Gap;
use crate::picture;
use crate::sheet::{Row, Sheet};
use crate::workbook::Workbook;
use attributes::Attributes;
pub(crate) use options::Options;

/// Code of the product whose attributes are the questions about a quote as a whole.
pub const WHOLE: &str = "quote";

/// Sheets whose rows may name products.
const BY_PRODUCT: [&str; 9] = [
    "parts.csv",
    "attributes.csv",
    "tables.csv",
    "rules.csv",
    "prices.csv",
    "tiers.csv",
    "delivery.csv",
    "picture.csv",
    documents::SHEET,
];

/// One product, read, with the rows that its parts stand in.
pub(crate) struct Draft<'a> {
    pub(crate) model: Model,
    /// The row of `products.csv`.
    pub(crate) row: Row<'a>,
    pub(crate) attributes: Attributes<'a>,
    /// One for each of the model's rules.
    pub(crate) rule_rows: Vec<Row<'a>>,
    /// One for each of the model's preferences.
    pub(crate) preference_rows: Vec<Row<'a>>,
    /// One for each of the model's tables.
    pub(crate) table_sheets: Vec<&'a Sheet>,
    /// What tables of days leave open.
    pub(crate) gaps: Vec<Gap>,
}

/// Reads the lists of options.
pub(crate) fn read_options<'a>(
    workbook: &'a Workbook,
    report: &mut Report,
) -> BTreeMap<&'a str, Options<'a>> {
    options::read(workbook, report)
}

/// Reads all products. The models have no hash yet.
pub(crate) fn read<'a>(
    workbook: &'a Workbook,
    lists: &BTreeMap<&'a str, Options<'a>>,
    calendars: &Calendars<'_>,
    report: &mut Report,
) -> Vec<Draft<'a>> {
    let groups = groups(workbook, report);
    let listed = tables::listed(workbook, report);
    let products = products(workbook, report);
    let codes: BTreeSet<&str> = products.iter().map(|(code, _)| code.as_str()).collect();
    let by_product = BY_PRODUCT.iter().flat_map(|file| workbook.rows(file));
    if !codes.is_empty() {
        by_product.for_each(|row| cells::check_products(row, &codes, report));
    }
    let draft = |(code, row): &(String, Row<'a>)| {
        let attributes = attributes::read(code, workbook, &groups, lists, report);
        let found = rules::read(code, workbook, &attributes, report);
        let (rules, rule_rows): (Vec<_>, Vec<_>) = found.rules.into_iter().unzip();
        let (preferences, preference_rows) = found.preferences.into_iter().unzip();
        let (tables, table_sheets) = tables::read(code, &listed, &attributes, report);
        let facts = facts::read(code, workbook, &attributes, report);
        facts::tell_ruled(&facts, &rules, &rule_rows, report);
        let delivery = delivery::read((code, *row), workbook, calendars, &attributes, report);
        let gaps = delivery::gaps(code, workbook, (delivery.as_ref(), &attributes));
        let manifest = &workbook.manifest;
        let mut model = Model {
            format: FORMAT,
            catalog: manifest.id.clone(),
            hash: String::new(),
            product: code.clone(),
            name: cells::text(*row, "name", true, manifest, report),
            description: cells::text(*row, "description", false, manifest, report),
            unit: cells::text(*row, "unit", false, manifest, report),
            lead_days: cells::lead_days(*row, report),
            locales: manifest.locales.clone(),
            groups: attributes.groups.clone(),
            attributes: attributes.items.clone(),
            rules,
            tables,
            preferences,
            messages: found.messages,
            facts,
            delivery,
            picture: picture::read(code, workbook, &attributes, report),
            documents: documents::read(code, workbook, &attributes, report),
            ..Model::default()
        };
        drop_empty_groups(&mut model);
        Draft {
            model,
            row: *row,
            attributes,
            rule_rows,
            preference_rows,
            table_sheets,
            gaps,
        }
    };
    let drafts = products.iter().map(draft).collect();
    tell_unused_lists(workbook, lists, report);
    drafts
}

fn products<'a>(workbook: &'a Workbook, report: &mut Report) -> Vec<(String, Row<'a>)> {
    let mut codes = Codes::elsewhere("product");
    let mut products = Vec::new();
    for row in workbook.rows("products.csv") {
        if let Some(code) = codes.define(row.cell("product"), report) {
            products.push((code, row));
        }
    }
    let sheet = workbook.sheet("products.csv");
    if let Some(sheet) = sheet.filter(|sheet| sheet.rows().len() == 0) {
        let message = "the catalog has no products";
        report.push(Diagnostic::error(
            "no-products",
            sheet.headings_location(),
            message,
        ));
    }
    products
}

fn groups(workbook: &Workbook, report: &mut Report) -> Vec<Group> {
    let mut codes = Codes::elsewhere("group");
    let mut groups = Vec::new();
    for row in workbook.rows("groups.csv") {
        let label: Text = cells::text(row, "label", true, &workbook.manifest, report);
        if let Some(code) = codes.define(row.cell("group"), report) {
            groups.push(Group { code, label });
        }
    }
    let sheet = workbook.sheet("groups.csv");
    if let Some(sheet) = sheet.filter(|sheet| sheet.rows().len() == 0) {
        let message = "the catalog has no groups";
        report.push(Diagnostic::error(
            "no-groups",
            sheet.headings_location(),
            message,
        ));
    }
    groups
}

/// Keeps only the headings that something of this product stands under.
fn drop_empty_groups(model: &mut Model) {
    let used: BTreeSet<usize> = model.attributes.iter().map(|item| item.group).collect();
    for attribute in &mut model.attributes {
        attribute.group = used
            .iter()
            .filter(|group| **group < attribute.group)
            .count();
    }
    let mut position = 0;
    model.groups.retain(|_| {
        position += 1;
        used.contains(&(position - 1))
    });
}

fn tell_unused_lists(
    workbook: &Workbook,
    lists: &BTreeMap<&str, Options<'_>>,
    report: &mut Report,
) {
    let rows = workbook.rows("attributes.csv");
    let rows = rows.filter(|row| row.cell("type").text() == "options");
    let used: BTreeSet<&str> = rows.map(|row| row.cell("options").text()).collect();
    // A list that seems unused may be the one that was meant by an unknown name.
    if used.is_empty() || used.iter().any(|name| !lists.contains_key(name)) {
        return;
    }
    for name in lists.keys().filter(|name| !used.contains(**name)) {
        let message = "no attribute uses this list of options";
        let location = Location::file(format!("options/{name}.csv"));
        report.push(Diagnostic::warning("unused-list", location, message));
    }
}
