//! `calendars.csv`, `holidays.csv`, `delivery.csv` and `delivery-tables/`: what has to be done,
//! how long it takes, and on which days.

mod calendars;
mod days;
mod ends;
mod express;
mod tables;
mod tasks;

use std::collections::BTreeSet;

use quotewright_engine::catalog::Model;
use quotewright_engine::delivery::{Calendar, DaysRule, Delivery, Task};

pub(crate) use calendars::Calendars;
pub(crate) use ends::tell as tell_ends;

use crate::cells;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::gaps::Gap;
use crate::model::attributes::Attributes;
use crate::sheet::Row;
use crate::workbook::Workbook;

/// Reads the calendars, for all products.
pub(crate) fn calendars<'a>(workbook: &'a Workbook, report: &mut Report) -> Calendars<'a> {
    calendars::read(workbook, report)
}

/// What has to be done for one product; `None` where the sheets say nothing of it.
pub(crate) fn read(
    (product, row): (&str, Row<'_>),
    workbook: &Workbook,
    calendars: &Calendars<'_>,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Delivery> {
    let mut used = Used {
        calendars,
        found: Vec::new(),
    };
    let cell = row.cell("calendar");
    let calendar = (!cell.is_empty())
        .then(|| used.position(cell, report))
        .flatten();
    let rows = workbook.rows("delivery.csv");
    let rows: Vec<Row<'_>> = rows.filter(|row| cells::is_for(*row, product)).collect();
    let mut delivery = tasks::read(&rows, workbook, &mut used, attributes, report);
    if !rows.is_empty() {
        tell_unused_days(row, &rows, report);
    }
    delivery.calendar = calendar;
    delivery.calendars = used.found;
    (delivery != Delivery::default()).then_some(delivery)
}

/// The calendars that the tasks of one product name.
struct Used<'c, 'a> {
    calendars: &'c Calendars<'a>,
    found: Vec<Calendar>,
}

impl Used<'_, '_> {
    /// The position of the calendar that a cell names.
    fn position(&mut self, cell: crate::sheet::Cell<'_>, report: &mut Report) -> Option<usize> {
        let calendar = self.calendars.named(cell, report)?;
        let found = self.found.iter().position(|it| it.code == calendar.code);
        Some(found.unwrap_or_else(|| {
            self.found.push(calendar.clone());
            self.found.len() - 1
        }))
    }
}

/// Days in `products.csv` that no task takes.
fn tell_unused_days(row: Row<'_>, tasks: &[Row<'_>], report: &mut Report) {
    let cell = row.cell("lead_days");
    if cell.is_empty() || cell.text() == "0" {
        return;
    }
    let message = "these days do not count: delivery.csv says what this product takes";
    let hint = "write them there as a step of the kind `days`, and empty this cell";
    let mut diagnostic =
        Diagnostic::warning("unused-lead-days", cell.location(), message).hint(hint);
    if let Some(first) = tasks.first() {
        diagnostic = diagnostic.related(first.cell("step").location(), "its steps begin here");
    }
    report.push(diagnostic);
}

/// What the tables of days leave open that the tasks of a product ask.
pub(crate) fn gaps(
    product: &str,
    workbook: &Workbook,
    (delivery, attributes): (Option<&Delivery>, &Attributes<'_>),
) -> Vec<Gap> {
    let tasks = delivery.iter().flat_map(|delivery| {
        let tasks = delivery.tasks.iter();
        tasks.filter_map(|task| match &task.rule {
            DaysRule::Table(it) => Some((task, delivery.tables.get(it.table)?)),
            _ => None,
        })
    });
    let gaps = tasks.filter_map(|(task, table)| {
        let rows = workbook.rows("delivery.csv");
        let mut rows = rows.filter(|row| cells::is_for(*row, product));
        let row = rows.find(|row| row.cell("step").text() == task.code)?;
        tables::gap(row.cell("of"), table, task.when.as_ref(), attributes)
    });
    gaps.collect()
}

/// Tells options whose days no task of any product takes, calendars and tables that nothing
/// names.
pub(crate) fn tell_unused(
    workbook: &Workbook,
    calendars: &Calendars<'_>,
    models: &[&Model],
    report: &mut Report,
) {
    let named = |file: &'static str, column: &'static str| {
        let cells = workbook.rows(file).map(move |row| row.cell(column));
        cells.flat_map(|cell| cell.parts().map(|(part, _)| part))
    };
    let used: BTreeSet<&str> = named("products.csv", "calendar")
        .chain(named("delivery.csv", "calendar"))
        .chain(named("calendars.csv", "like"))
        .collect();
    for row in calendars.rows() {
        let cell = row.cell("calendar");
        if !used.contains(cell.text()) {
            let message = format!("nothing is done by the calendar `{}`", cell.text());
            let diagnostic = Diagnostic::warning("unused-calendar", cell.location(), message);
            let hint = "name it in products.csv or delivery.csv, or in `like` of another";
            report.push(diagnostic.hint(hint));
        }
    }
    let tables: BTreeSet<&str> = named("delivery.csv", "of").collect();
    for (name, sheet) in workbook.folder("delivery-tables") {
        if !tables.contains(name) {
            let message = "no step of delivery.csv asks this table";
            let location = Location::file(&sheet.file);
            report.push(Diagnostic::error("unlisted-table", location, message));
        }
    }
    for model in models {
        tell_untaken(workbook, model, report);
    }
}

/// Tells options whose days no task of their product takes.
fn tell_untaken(workbook: &Workbook, model: &Model, report: &mut Report) {
    use quotewright_engine::catalog::AttributeDomain;
    let Some(delivery) = model.delivery.as_ref().filter(|it| !it.tasks.is_empty()) else {
        return;
    };
    let taken = |task: &Task| match &task.rule {
        quotewright_engine::delivery::DaysRule::Options(rule) => rule.attributes.clone(),
        _ => Vec::new(),
    };
    let taken: BTreeSet<_> = delivery.tasks.iter().flat_map(taken).collect();
    for (index, attribute) in model.indices().zip(&model.attributes) {
        let AttributeDomain::Options(list) = &attribute.domain else {
            continue;
        };
        if taken.contains(&index) || list.options.iter().all(|it| it.lead_days == 0) {
            continue;
        }
        let rows = workbook.rows("attributes.csv");
        let mut rows = rows.filter(|row| cells::is_for(*row, &model.product));
        let code = attribute.code.rsplit('.').next().unwrap_or_default();
        if let Some(row) = rows.find(|row| row.cell("attribute").text() == code) {
            let message = format!(
                "the `lead_days` of the options of `{code}` count in no step of `{}`",
                model.product
            );
            let location = row.cell("attribute").location();
            let hint = "add a step of the kind `options` to delivery.csv";
            report.push(Diagnostic::warning("unused-lead-days", location, message).hint(hint));
        }
    }
}
