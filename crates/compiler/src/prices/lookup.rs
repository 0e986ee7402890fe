use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Value};
use quotewright_engine::price::{Between, LookupKey, PriceRow, PriceTable};
use rust_decimal::Decimal;

use super::amounts::{self, OWN};
use crate::books::Place;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::model::attributes::{Attributes, value};
use crate::model::tables::heading_attributes;
use crate::sheet::{Cell, Column, Kind, Row, Sheet, check_columns};
use crate::workbook::Workbook;

/// Rows beyond which it is not checked whether one hides another.
const MAX_ROWS: usize = 2_000;

/// A price table, read, before a book is chosen: of the product or of one instance.
#[derive(Clone)]
pub(super) struct Lookups<'a> {
    /// Name of the sheet.
    name: &'a str,
    pub(super) code: String,
    pub(super) sheet: &'a Sheet,
    pub(super) keys: Vec<AttributeIndex>,
    pub(super) rows: Vec<(Row<'a>, Vec<LookupKey>)>,
}

impl Lookups<'_> {
    /// The same table for another instance.
    pub(super) fn at(
        &self,
        attributes: &Attributes<'_>,
        context: usize,
        report: &mut Report,
    ) -> Option<Self> {
        let keys = keys(self.sheet, attributes, context, report)?;
        Some(Self {
            code: code(self.name, attributes, context),
            keys: keys.into_iter().map(|(_, attribute)| attribute).collect(),
            ..self.clone()
        })
    }

    /// The table without amounts.
    pub(super) fn empty(&self) -> PriceTable {
        let rows = self.rows.iter().map(|(_, keys)| PriceRow {
            keys: keys.clone(),
            amount: Decimal::ZERO,
        });
        PriceTable {
            code: self.code.clone(),
            keys: self.keys.clone(),
            rows: rows.collect(),
        }
    }

    /// The table with the amounts of one book.
    pub(super) fn for_book(&self, place: Place<'_>) -> PriceTable {
        let rows = self.rows.iter().map(|(row, keys)| PriceRow {
            keys: keys.clone(),
            amount: amounts::amount(*row, "price", place).unwrap_or(Decimal::ZERO),
        });
        PriceTable {
            code: self.code.clone(),
            keys: self.keys.clone(),
            rows: rows.collect(),
        }
    }
}

impl Lookups<'_> {
    /// Whether a number has a say in which row counts.
    pub(super) fn has_numbers(&self) -> bool {
        let mut keys = self.rows.iter().flat_map(|(_, keys)| keys);
        keys.any(|key| matches!(key, LookupKey::UpTo(_)))
    }
}

/// Whether a column holds values of an attribute.
fn is_key(heading: &str) -> bool {
    !OWN.contains(&heading) && !heading.starts_with("price.") && !heading.is_empty()
}

/// The name of the sheet, and the instance that it is asked for.
fn code(sheet: &str, attributes: &Attributes<'_>, context: usize) -> String {
    let instance = attributes.tree.instances.get(context);
    match instance.map_or("", |it| it.path.as_str()) {
        "" => sheet.to_owned(),
        path => format!("{sheet}@{path}"),
    }
}

/// The columns with attributes, each with the attribute.
fn keys(
    sheet: &Sheet,
    attributes: &Attributes<'_>,
    context: usize,
    report: &mut Report,
) -> Option<Vec<(usize, AttributeIndex)>> {
    let scope = attributes.scope_at(context);
    let keys = sheet.headings().enumerate();
    let keys: Vec<_> = keys
        .filter(|(_, heading)| is_key(heading))
        .map(|(position, heading)| {
            let location = sheet.heading_location(position);
            let found = heading_attributes(heading, location.clone(), &scope, report)?;
            let [attribute] = found.as_slice() else {
                let message = format!("`{heading}` leads to several attributes");
                let diagnostic = Diagnostic::error("several", location, message);
                let hint = "name the part in the column `part` of the step, and its attribute here";
                report.push(diagnostic.hint(hint));
                return None;
            };
            Some((position, *attribute))
        })
        .collect();
    keys.into_iter().collect()
}

/// Reads `price-tables/{name}.csv` for one product, as it stands at an instance.
pub(super) fn read<'a>(
    name: &'a str,
    sheet: &'a Sheet,
    workbook: &Workbook,
    (attributes, context, between): (&Attributes<'_>, usize, Between),
    report: &mut Report,
) -> Option<Lookups<'a>> {
    let is_known = |heading: &&str| !OWN.contains(heading) && !heading.starts_with("price.");
    let headings = sheet.headings().filter(is_known);
    let mut columns: Vec<Column<'_>> = headings
        .map(|heading| Column(heading, Kind::Optional))
        .collect();
    columns.push(Column("price", Kind::Book));
    columns.extend(OWN.map(|it| Column(it, Kind::Optional)));
    check_columns(sheet, &columns, &workbook.manifest, report);

    let keys = keys(sheet, attributes, context, report)?;
    if keys.is_empty() {
        let message = "a price table needs a column with an attribute";
        let location = sheet.headings_location();
        report.push(
            Diagnostic::error("missing-column", location, message)
                .hint("a price that depends on nothing is a step of the kind `amount`"),
        );
    }
    let rows: Vec<_> = sheet
        .rows()
        .map(|row| Some((row, row_keys(row, &keys, attributes, report)?)))
        .collect();
    let lookups = Lookups {
        name,
        code: code(name, attributes, context),
        sheet,
        keys: keys.into_iter().map(|(_, attribute)| attribute).collect(),
        rows: rows.into_iter().collect::<Option<_>>()?,
    };
    tell_hidden_rows(&lookups, between, report);
    Some(lookups)
}

fn row_keys(
    row: Row<'_>,
    keys: &[(usize, AttributeIndex)],
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Vec<LookupKey>> {
    amounts::check(row, "price", report);
    amounts::check_public(row, report);
    keys_in(row, keys, attributes, report)
}

/// What a row is for: the keys in its cells, each at its position, by attribute.
pub(crate) fn keys_in(
    row: Row<'_>,
    keys: &[(usize, AttributeIndex)],
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Vec<LookupKey>> {
    let keys: Vec<_> = keys
        .iter()
        .map(|(position, attribute)| {
            let domain = &attributes.items.get(attribute.0)?.domain;
            key(row.cell_at(*position), domain, report)
        })
        .collect();
    keys.into_iter().collect()
}

fn key(cell: Cell<'_>, domain: &AttributeDomain, report: &mut Report) -> Option<LookupKey> {
    if cell.text() == "*" || cell.text().contains('|') {
        let message = format!("`{}` is not one value", cell.text());
        let hint = match domain {
            AttributeDomain::Number(range) => format!(
                "write one number, which counts up to and including it: {} for any",
                range.max
            ),
            _ => "write a row for each value; a column that does not matter can be left out".into(),
        };
        report.push(Diagnostic::error("several-values", cell.location(), message).hint(hint));
        return None;
    }
    if matches!(domain, AttributeDomain::Number(_)) {
        return cells::number(cell, report).map(LookupKey::UpTo);
    }
    match value(cell, cell.text(), 0, domain, report)? {
        Value::Option(option) => Some(LookupKey::Option(option)),
        Value::Number(number) => Some(LookupKey::UpTo(number)),
        Value::Absent => None,
    }
}

/// Tells rows that never count because an earlier one always matches first.
fn tell_hidden_rows(lookups: &Lookups<'_>, between: Between, report: &mut Report) {
    for (position, (row, keys)) in lookups.rows.iter().enumerate().take(MAX_ROWS) {
        let mut earlier = lookups.rows.iter().take(position);
        let hiding = earlier.find(|(_, earlier)| {
            earlier
                .iter()
                .zip(keys)
                .all(|(earlier, key)| match between.is_up() {
                    true => covers(earlier, key),
                    false => earlier == key,
                })
        });
        if let Some((hiding, _)) = hiding {
            let message = "this row never counts: an earlier one always matches first";
            report.push(
                Diagnostic::warning("hidden-row", row.cell_at(0).location(), message)
                    .hint("sort numbers from small to large")
                    .related(hiding.cell_at(0).location(), "this row matches first"),
            );
        }
    }
}

pub(crate) fn covers(earlier: &LookupKey, key: &LookupKey) -> bool {
    match (earlier, key) {
        (LookupKey::UpTo(earlier), LookupKey::UpTo(key)) => earlier >= key,
        (earlier, key) => earlier == key,
    }
}
