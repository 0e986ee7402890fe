use std::collections::BTreeMap;

use quotewright_engine::catalog::{OptionItem, OptionList};
use rust_decimal::Decimal;

use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::{Row, Sheet};
use crate::workbook::Workbook;

/// A list of options with the rows that they stand in.
pub(crate) struct Options<'a> {
    pub(crate) list: OptionList,
    /// One for each option of `list`.
    pub(crate) rows: Vec<Row<'a>>,
}

/// All lists by name.
pub(crate) fn read<'a>(
    workbook: &'a Workbook,
    report: &mut Report,
) -> BTreeMap<&'a str, Options<'a>> {
    let folder = workbook.folder("options");
    folder
        .map(|(name, sheet)| (name, list(sheet, workbook, report)))
        .collect()
}

fn list<'a>(sheet: &'a Sheet, workbook: &Workbook, report: &mut Report) -> Options<'a> {
    let headings = sheet
        .headings()
        .filter_map(|heading| heading.strip_prefix("property."));
    let properties: Vec<String> = headings.map(str::to_owned).collect();
    let mut codes = Codes::in_expressions("option");
    let mut options = Options {
        list: OptionList {
            properties,
            options: Vec::new(),
        },
        rows: Vec::new(),
    };
    for row in sheet.rows() {
        let code = codes.define(row.cell("option"), report);
        let item = item(row, &options.list.properties, workbook, report);
        if let Some(code) = code {
            options.list.options.push(OptionItem { code, ..item });
            options.rows.push(row);
        }
    }
    if sheet.rows().len() == 0 {
        let message = "the list has no options";
        report.push(Diagnostic::error(
            "no-options",
            sheet.headings_location(),
            message,
        ));
    }
    options
}

fn item(
    row: Row<'_>,
    properties: &[String],
    workbook: &Workbook,
    report: &mut Report,
) -> OptionItem {
    let manifest = &workbook.manifest;
    let properties = properties.iter().map(|property| {
        let cell = row.cell(&format!("property.{property}"));
        cells::number(cell, report).unwrap_or(Decimal::ZERO)
    });
    OptionItem {
        properties: properties.collect(),
        code: String::new(),
        part_number: row.cell("part_number").text().to_owned(),
        label: cells::text(row, "label", true, manifest, report),
        description: cells::text(row, "description", false, manifest, report),
        lead_days: cells::lead_days(row, report),
    }
}
