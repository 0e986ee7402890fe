//! `delivery-tables/NAME.csv`: working days by the values of attributes.

use quotewright_engine::catalog::{AttributeIndex, Condition};
use quotewright_engine::delivery::{DaysRow, DaysTable};
use quotewright_engine::price::{Between, PriceRow, PriceTable};
use rust_decimal::Decimal;

use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::gaps::Gap;
use crate::model::attributes::Attributes;
use crate::model::tables::heading_attributes;
use crate::parts::PRODUCT;
use crate::prices::{covers, keys_in};
use crate::sheet::{Cell, Row, Sheet};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// Most working days that one row may say.
const MAX_DAYS: u32 = 10_000;

/// Reads the table that a cell names.
pub(super) fn read(
    cell: Cell<'_>,
    workbook: &Workbook,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<DaysTable> {
    let name = cell.text();
    let Some(sheet) = workbook.sheet(&format!("delivery-tables/{name}.csv")) else {
        let message = format!("there is no sheet delivery-tables/{name}.csv");
        let known = workbook.folder("delivery-tables").map(|(name, _)| name);
        let hint = did_you_mean(name, known);
        report.push(Diagnostic::error("unknown-table", cell.location(), message).maybe_hint(hint));
        return None;
    };
    let keys = keys(sheet, attributes, report)?;
    if keys.is_empty() || !sheet.headings().any(|it| it == "days") {
        let message = "a table of days needs a column with an attribute, and the column `days`";
        let location = sheet.headings_location();
        report.push(Diagnostic::error("missing-column", location, message));
        return None;
    }
    let rows: Vec<_> = (sheet.rows())
        .map(|row| read_row(row, &keys, attributes, report))
        .collect();
    let rows: Vec<DaysRow> = rows.into_iter().collect::<Option<_>>()?;
    tell_hidden(sheet, &rows, report);
    Some(DaysTable {
        code: name.to_owned(),
        keys: keys.into_iter().map(|(_, attribute)| attribute).collect(),
        rows,
    })
}

fn keys(
    sheet: &Sheet,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Vec<(usize, AttributeIndex)>> {
    let scope = attributes.scope_at(PRODUCT);
    let headings = sheet.headings().enumerate();
    let keys: Vec<_> = headings
        .filter(|(_, heading)| !matches!(*heading, "days" | ""))
        .map(|(position, heading)| {
            let location = sheet.heading_location(position);
            let found = heading_attributes(heading, location.clone(), &scope, report)?;
            let [attribute] = found.as_slice() else {
                let message = format!("`{heading}` leads to several attributes");
                report.push(Diagnostic::error("several", location, message));
                return None;
            };
            Some((position, *attribute))
        })
        .collect();
    keys.into_iter().collect()
}

fn read_row(
    row: Row<'_>,
    keys: &[(usize, AttributeIndex)],
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<DaysRow> {
    let days = cells::count(row.cell("days"), 0, MAX_DAYS, report);
    let keys = keys_in(row, keys, attributes, report);
    Some(DaysRow {
        keys: keys?,
        days: days?,
    })
}

/// Tells rows that never count because an earlier one always matches first.
fn tell_hidden(sheet: &Sheet, rows: &[DaysRow], report: &mut Report) {
    for (position, (row, cells)) in rows.iter().zip(sheet.rows()).enumerate() {
        let mut earlier = rows.iter().zip(sheet.rows()).take(position);
        let hides = |it: &DaysRow| it.keys.iter().zip(&row.keys).all(|(a, b)| covers(a, b));
        if let Some((_, first)) = earlier.find(|(it, _)| hides(it)) {
            let message = "this row never counts: an earlier one always matches first";
            let location = cells.cell_at(0).location();
            let diagnostic = Diagnostic::warning("hidden-row", location, message);
            let diagnostic = diagnostic.hint("sort numbers from small to large");
            report.push(diagnostic.related(first.cell_at(0).location(), "this row matches first"));
        }
    }
}

/// What a table may leave open, that is asked at a cell where `when` holds.
pub(super) fn gap(
    cell: Cell<'_>,
    table: &DaysTable,
    when: Option<&Condition>,
    attributes: &Attributes<'_>,
) -> Option<Gap> {
    let message = format!("no row of delivery-tables/{}.csv is for", table.code);
    let told = Diagnostic::error("days-gap", cell.location(), message)
        .hint("add a row; a number counts up to and including the one in the row");
    let rows = table.rows.iter().map(|row| PriceRow {
        keys: row.keys.clone(),
        amount: Decimal::ZERO,
    });
    let table = PriceTable {
        code: table.code.clone(),
        keys: table.keys.clone(),
        rows: rows.collect(),
    };
    Gap::of_table(told, when, (&table, Between::Up), &attributes.items)
}
