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
use crate::prices::{keys_in, tell_hidden};
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
    let rows: Vec<_> = rows.into_iter().collect::<Option<_>>()?;
    let rows: Vec<_> = rows.into_iter().flatten().collect();
    let cells: Vec<_> = (rows.iter().map(|(row, it)| (*row, it.keys.clone()))).collect();
    let columns: Vec<usize> = keys.iter().map(|(position, _)| *position).collect();
    tell_hidden(&cells, &columns, Between::Up, report);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
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

/// What a row says of each combination that it is for.
fn read_row<'a>(
    row: Row<'a>,
    keys: &[(usize, AttributeIndex)],
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Vec<(Row<'a>, DaysRow)>> {
    let days = cells::count(row.cell("days"), 0, MAX_DAYS, report);
    let keys = keys_in(row, keys, Between::Up, attributes, report);
    let (keys, days) = (keys?, days?);
    let rows = keys.into_iter().map(|keys| (row, DaysRow { keys, days }));
    Some(rows.collect())
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
