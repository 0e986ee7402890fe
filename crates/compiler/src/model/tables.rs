use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Cell as TableCell, Table, Text, Value,
};

use super::attributes::{Attributes, value};
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::expression::option_codes;
use crate::sheet::{Cell, Row, Sheet};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// One row of `tables.csv`, read.
pub(super) struct Listed<'a> {
    code: String,
    row: Row<'a>,
    sheet: &'a Sheet,
    explanation: Text,
}

/// Reads `tables.csv`, and tells tables without a row in it.
pub(super) fn listed<'a>(workbook: &'a Workbook, report: &mut Report) -> Vec<Listed<'a>> {
    let mut codes = Codes::elsewhere("table");
    let mut found = Vec::new();
    let mut named = BTreeSet::new();
    for row in workbook.rows("tables.csv") {
        let cell = row.cell("table");
        let explanation = cells::text(row, "explanation", true, &workbook.manifest, report);
        let Some(code) = codes.define(cell, report) else {
            continue;
        };
        named.insert(code.clone());
        let files = workbook.folder("tables").map(|(name, _)| name);
        match workbook.sheet(&format!("tables/{code}.csv")) {
            Some(sheet) => found.push(Listed {
                code,
                row,
                sheet,
                explanation,
            }),
            None => {
                let message = format!("there is no sheet tables/{code}.csv");
                let hint = did_you_mean(&code, files);
                report.push(
                    Diagnostic::error("unknown-table", cell.location(), message).maybe_hint(hint),
                );
            }
        }
    }
    for (name, sheet) in workbook.folder("tables") {
        if !named.contains(name) {
            let message = "this table has no row in tables.csv, so nothing in it counts";
            let location = Location::file(&sheet.file);
            report.push(Diagnostic::error("unlisted-table", location, message));
        }
    }
    found
}

/// Reads the tables of `product`, with the sheets that they stand in.
pub(super) fn read<'a>(
    product: &str,
    listed: &[Listed<'a>],
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> (Vec<Table>, Vec<&'a Sheet>) {
    let mut tables = (Vec::new(), Vec::new());
    for item in listed
        .iter()
        .filter(|item| cells::is_for(item.row, product))
    {
        if let Some(table) = table(item, attributes, report) {
            tables.0.push(table);
            tables.1.push(item.sheet);
        }
    }
    tables
}

fn table(item: &Listed<'_>, attributes: &Attributes<'_>, report: &mut Report) -> Option<Table> {
    let sheet = item.sheet;
    let columns = columns(sheet, attributes, report)?;
    let readers: Vec<Reader<'_>> = columns
        .iter()
        .filter_map(|column| Reader::new(&attributes.items.get(column.0)?.domain))
        .collect();
    if sheet.rows().len() == 0 {
        let message = "the table allows nothing: it has no rows";
        report.push(Diagnostic::error(
            "empty-table",
            sheet.headings_location(),
            message,
        ));
        return None;
    }
    let rows: Vec<Option<Vec<TableCell>>> = sheet
        .rows()
        .map(|row| {
            let cells = readers.iter().enumerate();
            let cells: Vec<_> = cells
                .map(|(position, reader)| reader.cell(row.cell_at(position), report))
                .collect();
            cells.into_iter().collect()
        })
        .collect();
    Some(Table {
        code: item.code.clone(),
        columns,
        rows: rows.into_iter().collect::<Option<_>>()?,
        explanation: item.explanation.clone(),
    })
}

/// The attributes that the headings name.
fn columns(
    sheet: &Sheet,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Vec<AttributeIndex>> {
    let headings = sheet.headings().enumerate();
    let columns: Vec<_> = headings
        .map(|(position, heading)| {
            let location = sheet.heading_location(position);
            heading_attribute(heading, location, attributes, report)
        })
        .collect();
    let columns = columns.into_iter().collect::<Option<Vec<_>>>()?;
    let mut seen = BTreeSet::new();
    for (position, column) in columns.iter().enumerate() {
        if !seen.insert(column) {
            let message = "this attribute has a column already";
            let location = sheet.heading_location(position);
            report.push(Diagnostic::error("duplicate-column", location, message));
        }
    }
    (seen.len() == columns.len()).then_some(columns)
}

/// The attribute that the heading of a column names.
pub(crate) fn heading_attribute(
    heading: &str,
    location: Location,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<AttributeIndex> {
    let found = attributes.scope().find(heading);
    if found.is_none() && !attributes.scope().excuses(heading) {
        let message = format!("there is no attribute `{heading}`");
        let hint = did_you_mean(heading, attributes.scope().codes());
        report.push(Diagnostic::error("unknown-attribute", location, message).maybe_hint(hint));
    }
    found.map(|(index, _)| index)
}

/// Reads the cells of one column.
struct Reader<'a> {
    domain: &'a AttributeDomain,
    /// Positions of the options by code: tables can be long.
    options: BTreeMap<&'a str, usize>,
}

impl<'a> Reader<'a> {
    fn new(domain: &'a AttributeDomain) -> Option<Self> {
        let codes = option_codes(domain).unwrap_or_default().into_iter();
        let options = codes.enumerate().map(|(position, code)| (code, position));
        Some(Self {
            domain,
            options: options.collect(),
        })
    }

    fn cell(&self, cell: Cell<'_>, report: &mut Report) -> Option<TableCell> {
        match cell.text() {
            "*" => return Some(TableCell::Any),
            "" => {
                let message = "the cell is empty";
                report.push(
                    Diagnostic::error("missing-value", cell.location(), message)
                        .hint("write `*` for any value"),
                );
                return None;
            }
            _ => {}
        }
        if matches!(self.domain, AttributeDomain::Number(_)) && cell.text().contains("..") {
            return range(cell, report);
        }
        let values: Vec<Option<Value>> = cell
            .parts()
            .map(|(part, span)| match self.options.get(part) {
                Some(option) => Some(Value::Option(*option)),
                None => value(cell, part, span.start, self.domain, report),
            })
            .collect();
        let mut values = values.into_iter().collect::<Option<Vec<Value>>>()?;
        values.sort_unstable();
        values.dedup();
        Some(TableCell::OneOf(values))
    }
}

/// `400..800`.
fn range(cell: Cell<'_>, report: &mut Report) -> Option<TableCell> {
    let text = cell.text();
    if text.contains('|') {
        let message = "a range and single values cannot stand in one cell";
        report.push(
            Diagnostic::error("bad-range", cell.location(), message).hint("write one row for each"),
        );
        return None;
    }
    let (left, right) = text.split_once("..")?;
    let min = cells::part_number(cell, left.trim_end(), 0, report);
    let at = text.len() - right.trim_start().len();
    let max = cells::part_number(cell, right.trim_start(), at, report);
    let (min, max) = (min?, max?);
    if max < min {
        let message = format!("the range ends at {max}, before it starts at {min}");
        report.push(Diagnostic::error("bad-range", cell.location(), message));
        return None;
    }
    Some(TableCell::Between(min, max))
}
