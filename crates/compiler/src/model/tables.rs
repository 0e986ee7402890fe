use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Cell as TableCell, Table, Text, Value,
};

use super::attributes::{Attributes, value};
use crate::cases::{Case, product};
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::expression::{self, Scope, option_codes};
use crate::presence::{part, within};
use crate::sheet::{Cell, Row, Sheet};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// Most tables that one sheet may stand for.
const MAX_TABLES: usize = 10_000;

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
        // What is wrong with a sheet is wrong with it for every instance.
        let mut rows = None;
        for context in attributes.instances(item.row, report) {
            for table in instance_tables(item, attributes, context, &mut rows, report) {
                tables.0.push(table);
                tables.1.push(item.sheet);
            }
        }
    }
    tables
}

type Rows = Vec<Vec<TableCell>>;

/// The tables of one instance: one for each combination of the instances that the headings
/// lead to. The rows are the same for all.
fn instance_tables(
    item: &Listed<'_>,
    attributes: &Attributes<'_>,
    context: usize,
    rows: &mut Option<Rows>,
    report: &mut Report,
) -> Vec<Table> {
    let Some(combinations) = columns(item.sheet, attributes, context, report) else {
        return Vec::new();
    };
    let several = combinations.len() > 1;
    let instance = attributes.tree.instances.get(context);
    let path = instance.map_or("", |it| it.path.as_str());
    let mut tables = Vec::new();
    for (position, columns) in combinations.into_iter().enumerate() {
        if rows.is_none() {
            *rows = self::rows(item.sheet, &columns, attributes, report);
        }
        let Some(rows) = rows else { break };
        let at = if path.is_empty() { "" } else { "@" };
        let number = match several {
            true => format!("#{}", position + 1),
            false => String::new(),
        };
        tables.push(Table {
            code: format!("{}{at}{path}{number}", item.code),
            columns,
            rows: rows.clone(),
            explanation: item.explanation.clone(),
        });
    }
    tables
}

fn rows(
    sheet: &Sheet,
    columns: &[AttributeIndex],
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Rows> {
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
    rows.into_iter().collect()
}

/// The attributes that the headings name, for every combination of instances.
fn columns(
    sheet: &Sheet,
    attributes: &Attributes<'_>,
    context: usize,
    report: &mut Report,
) -> Option<Vec<Vec<AttributeIndex>>> {
    let headings = sheet.headings().enumerate();
    let columns: Vec<_> = headings
        .map(|(position, heading)| {
            let location = sheet.heading_location(position);
            heading_attributes(heading, location, &attributes.scope_at(context), report)
        })
        .collect();
    let columns = columns.into_iter().collect::<Option<Vec<_>>>()?;
    let mut seen = BTreeSet::new();
    for (position, column) in columns.iter().enumerate() {
        if !column.first().is_some_and(|column| seen.insert(column)) {
            let message = "this attribute has a column already";
            let location = sheet.heading_location(position);
            report.push(Diagnostic::error("duplicate-column", location, message));
        }
    }
    let needed = attributes.there(context);
    let of_instance = |column: &AttributeIndex| {
        let part = part(&attributes.items, *column);
        part.is_some_and(|part| needed.is_some_and(|it| within(&attributes.items, part, it)))
    };
    if needed.is_some() && !columns.iter().flatten().any(of_instance) {
        let message = "no column of the table is an attribute of the part that it is about";
        let location = sheet.headings_location();
        report.push(Diagnostic::error("foreign-table", location, message));
        return None;
    }
    if seen.len() != columns.len() {
        return None;
    }
    let combinations = columns.iter().map(Vec::len);
    if combinations.fold(1, usize::saturating_mul) > MAX_TABLES {
        let message = format!("this stands for more than {MAX_TABLES} tables");
        let location = sheet.headings_location();
        report.push(
            Diagnostic::error("too-large", location, message)
                .hint("allow fewer instances, or say in tables.csv which part it is about"),
        );
        return None;
    }
    let lists = columns.into_iter().map(|column| {
        let cases = column.into_iter().map(Case::plain);
        cases.collect()
    });
    let combinations = product(lists.collect()).into_iter();
    Some(combinations.map(|case| case.value).collect())
}

/// The attributes that the heading of a column leads to: one for each instance on its path.
pub(crate) fn heading_attributes(
    heading: &str,
    location: Location,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<Vec<AttributeIndex>> {
    if !heading.contains(['.', '[']) {
        let found = scope.find(heading);
        if found.is_none() && !scope.excuses(heading) {
            let message = format!("there is no attribute `{heading}`");
            let hint = did_you_mean(heading, scope.codes());
            report.push(Diagnostic::error("unknown-attribute", location, message).maybe_hint(hint));
        }
        return found.map(|(index, _)| vec![index]);
    }
    let (found, problems) = expression::attributes(heading, scope);
    for problem in problems {
        let diagnostic = Diagnostic::error(problem.code, location.clone(), problem.message);
        report.push(diagnostic.maybe_hint(problem.hint));
    }
    let found = found?;
    if found.iter().any(|case| !case.guards.is_empty()) {
        let message = "a column cannot depend on how many instances there are";
        let diagnostic = Diagnostic::error("unsupported", location, message);
        report.push(diagnostic.hint("name the attribute without `last`"));
        return None;
    }
    Some(found.into_iter().map(|case| case.value).collect())
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
