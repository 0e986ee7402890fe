//! `indices.csv`: what metals, energy and the like came to, by day.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quotewright_engine::price::{IndexValue, PricePack, PriceRule};

use super::tiers::positive;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::{Cell, Row};
use crate::workbook::Workbook;

/// The sheet.
const SHEET: &str = "indices.csv";

/// The rows of one index.
#[derive(Clone, Debug)]
pub(super) struct IndexRows {
    pub(super) code: String,
    /// By ascending day.
    pub(super) values: Vec<IndexValue>,
}

/// The index that a cell names.
pub(super) fn read(cell: Cell<'_>, workbook: &Workbook, report: &mut Report) -> Option<IndexRows> {
    let mut codes: Vec<&str> = (workbook.rows(SHEET))
        .map(|row| row.cell("index").text())
        .collect();
    codes.dedup();
    let known = codes.iter().copied();
    let found = cells::word(cell, "index", "unknown-index", known, report)?;
    let code = (*codes.get(found)?).to_owned();
    let rows = workbook.rows(SHEET);
    let values = rows.filter(|row| row.cell("index").text() == code);
    // What is wrong in them is told once, by `check`.
    let values = values.filter_map(|row| value(row, &mut Report::default()));
    let mut values: Vec<IndexValue> = values.collect();
    values.sort_by_key(|it| it.from);
    Some(IndexRows { code, values })
}

/// Tells what is wrong with the sheet.
pub(super) fn check(workbook: &Workbook, report: &mut Report) {
    let mut last: Option<(Row<'_>, Date)> = None;
    for row in workbook.rows(SHEET) {
        let Some(IndexValue { from, .. }) = value(row, report) else {
            continue;
        };
        if let Some((before, day)) = last
            && before.cell("index").text() == row.cell("index").text()
            && from <= day
        {
            let message = format!("{from} does not follow {day}");
            report.push(
                Diagnostic::error("date-order", row.cell("from").location(), message)
                    .hint("sort the rows by index, then from early to late")
                    .related(before.cell("from").location(), "the day before"),
            );
        }
        last = Some((row, from));
    }
    tell_unused(workbook, report);
}

/// Tells indices that no step follows.
fn tell_unused(workbook: &Workbook, report: &mut Report) {
    let steps = workbook.rows("prices.csv");
    let mut told: BTreeSet<&str> = steps.map(|row| row.cell("index").text()).collect();
    let known = |name: &&str| {
        let mut rows = workbook.rows(SHEET);
        name.is_empty() || rows.any(|row| row.cell("index").text() == *name)
    };
    // An index that seems unused may be the one that was meant by an unknown name.
    if !told.iter().all(known) {
        return;
    }
    for row in workbook.rows(SHEET) {
        let cell = row.cell("index");
        if told.insert(cell.text()) {
            let message = format!("no step follows the index `{}`", cell.text());
            let diagnostic = Diagnostic::warning("unused-index", cell.location(), message);
            report.push(diagnostic.hint("add a step of the kind `index` in prices.csv"));
        }
    }
}

/// Tells indices that begin after the first day of a price that follows them. `today` is the
/// first day where the prices hold since ever.
pub(crate) fn tell_late(
    workbook: &Workbook,
    pack: &PricePack,
    today: Option<Date>,
    report: &mut Report,
) {
    let products = pack.products.iter().chain(&pack.whole);
    for step in products.flat_map(|it| &it.steps) {
        let PriceRule::Index(index) = &step.rule else {
            continue;
        };
        let from = pack.valid_from.max(step.applies.from).or(today);
        let mut rows = workbook.rows(SHEET);
        let row = rows.find(|row| row.cell("index").text() == index.code);
        let begins = index.values.first().map(|it| it.from);
        let (Some(from), Some(begins), Some(row)) = (from, begins, row) else {
            continue;
        };
        if begins > from {
            let (code, book) = (&index.code, &pack.book);
            let message = format!(
                "`{code}` begins on {begins}, and `{book}` needs it from {from} on: quotes dated before {begins} have no price"
            );
            let hint = format!("add a row with what it came to on {from}, or before");
            let location = row.cell("from").location();
            report.push(Diagnostic::warning("late-start", location, message).hint(hint));
        }
    }
}

fn value(row: Row<'_>, report: &mut Report) -> Option<IndexValue> {
    let cell = row.cell("from");
    let from = cell.text().parse::<Date>().ok();
    if from.is_none() {
        let message = format!("`{}` is not a date", cell.text());
        let diagnostic = Diagnostic::error("bad-date", cell.location(), message);
        report.push(diagnostic.hint("write it as 2026-12-31"));
    }
    let value = positive(row.cell("value"), report);
    Some(IndexValue {
        from: from?,
        value: value?,
    })
}
