//! `delivery.csv`: one row for each step, in an order in which they can be done.

use std::collections::BTreeSet;

use quotewright_engine::catalog::AttributeIndex;
use quotewright_engine::delivery::{
    Capacity, ChosenOptions, Days, DaysLookup, DaysRule, Delivery, Task,
};
use rust_decimal::Decimal;

use super::{Used, express, tables};
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::expression;
use crate::model::attributes::Attributes;
use crate::model::rules::when;
use crate::parts::PRODUCT;
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// Most working days that one row may say.
const MAX_DAYS: u32 = 10_000;

/// The words in the column `kind`, and the columns that each of them has beside those of all.
const KINDS: [(&str, &[&str]); 5] = [
    ("days", &["days", "calendar", "after"]),
    ("options", &["of", "calendar", "after"]),
    (
        "capacity",
        &["days", "every", "per", "counts", "calendar", "after"],
    ),
    ("table", &["of", "calendar", "after"]),
    ("express", &["of", "percent"]),
];

/// The columns that only some kinds have.
const COLUMNS: [&str; 8] = [
    "of", "days", "every", "per", "percent", "counts", "calendar", "after",
];

/// The steps above a row.
#[derive(Default)]
pub(super) struct Above {
    /// Codes of the tasks so far, by position.
    codes: Vec<String>,
    /// Codes of rows that are wrong, which has been told.
    broken: BTreeSet<String>,
}

/// Reads the rows of one product.
pub(super) fn read(
    rows: &[Row<'_>],
    workbook: &Workbook,
    used: &mut Used<'_, '_>,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Delivery {
    let mut delivery = Delivery::default();
    let mut codes = Codes::elsewhere("step");
    let mut above = Above::default();
    for row in rows {
        let row = *row;
        let code = codes.define(row.cell("step"), report);
        let label = cells::text(row, "label", true, &workbook.manifest, report);
        let cell = row.cell("kind");
        let names = KINDS.iter().map(|(name, _)| *name);
        let kind = cells::word(cell, "kind", "unknown-kind", names, report);
        let kind = kind.and_then(|kind| KINDS.get(kind));
        let when = when(row, &attributes.scope_at(PRODUCT), report);
        let is_sound = kind.is_none_or(|(kind, columns)| unused(row, kind, columns, report));
        let found = (code.clone().zip(when).zip(kind)).filter(|_| is_sound);
        let is_read = match found {
            Some(((code, when), ("express", _))) => {
                let express = express::read(row, (code, label, when), &above, report);
                let is_read = express.is_some();
                delivery.express.extend(express);
                is_read
            }
            Some(((code, when), (kind, _))) => {
                let rule = rule(row, kind, workbook, attributes, &mut delivery, report);
                let after = above.after(row.cell("after"), report);
                let cell = row.cell("calendar");
                let calendar = match cell.is_empty() {
                    true => Some(None),
                    false => used.position(cell, report).map(Some),
                };
                let parts = rule.zip(after).zip(calendar);
                let is_read = parts.is_some();
                let task = parts.map(|((rule, after), calendar)| Task {
                    code: code.clone(),
                    label,
                    after,
                    calendar,
                    when,
                    rule,
                });
                above.codes.extend(task.iter().map(|it| it.code.clone()));
                delivery.tasks.extend(task);
                is_read
            }
            None => false,
        };
        if !is_read {
            above.broken.insert(row.cell("step").text().to_owned());
        }
    }
    delivery
}

/// Tells cells that this kind has no use for; whether there are none.
fn unused(row: Row<'_>, kind: &str, columns: &[&str], report: &mut Report) -> bool {
    let mut is_sound = true;
    for column in COLUMNS.iter().filter(|it| !columns.contains(it)) {
        let cell = row.cell(column);
        if !cell.is_empty() {
            let message = format!("a step of the kind `{kind}` has no `{column}`");
            let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
            report.push(diagnostic.hint("empty the cell"));
            is_sound = false;
        }
    }
    is_sound
}

impl Above {
    /// What a step waits for: the row above, unless the cell says otherwise.
    fn after(&self, cell: Cell<'_>, report: &mut Report) -> Option<Vec<usize>> {
        match cell.text() {
            "" => Some(self.codes.len().checked_sub(1).into_iter().collect()),
            "order" => Some(Vec::new()),
            _ => self.positions(cell, report),
        }
    }

    /// The positions of the steps that a cell names.
    pub(super) fn positions(&self, cell: Cell<'_>, report: &mut Report) -> Option<Vec<usize>> {
        let mut found = BTreeSet::new();
        let mut is_sound = true;
        for (part, span) in cell.parts() {
            if let Some(position) = self.codes.iter().position(|it| it == part) {
                found.insert(position);
                continue;
            }
            is_sound = false;
            if !self.broken.contains(part) {
                let message = format!("there is no step `{part}` above this one");
                let known = self.codes.iter().map(String::as_str);
                let hint = did_you_mean(part, known);
                let location = cell.within(span);
                report.push(Diagnostic::error("unknown-step", location, message).maybe_hint(hint));
            }
        }
        is_sound.then(|| found.into_iter().collect())
    }
}

fn rule(
    row: Row<'_>,
    kind: &str,
    workbook: &Workbook,
    attributes: &Attributes<'_>,
    delivery: &mut Delivery,
    report: &mut Report,
) -> Option<DaysRule> {
    let scope = attributes.scope_at(PRODUCT);
    let days = row.cell("days");
    Some(match kind {
        "days" => {
            if days.is_empty() {
                let message = "the number of working days is missing";
                report.push(Diagnostic::error("missing-value", days.location(), message));
                return None;
            }
            let days = cells::formula(days, &scope, report)?;
            DaysRule::Days(Days { days })
        }
        "options" => DaysRule::Options(ChosenOptions {
            attributes: named(row.cell("of"), attributes, report)?,
        }),
        "capacity" => capacity(row, attributes, report)?,
        _ => {
            let table = tables::read(row.cell("of"), workbook, attributes, report)?;
            delivery.tables.push(table);
            DaysRule::Table(DaysLookup {
                table: delivery.tables.len() - 1,
            })
        }
    })
}

fn capacity(row: Row<'_>, attributes: &Attributes<'_>, report: &mut Report) -> Option<DaysRule> {
    let days = cells::count(row.cell("days"), 1, MAX_DAYS, report);
    let cell = row.cell("every");
    let every = cells::number(cell, report);
    if every.is_some_and(|it| it <= Decimal::ZERO) {
        let message = "what can be done in these days is not above zero";
        report.push(Diagnostic::error("bad-number", cell.location(), message));
    }
    let per = row.cell("per");
    let per = match per.is_empty() {
        true => Some(None),
        false => cells::formula(per, &attributes.scope_at(PRODUCT), report).map(Some),
    };
    let counts = row.cell("counts");
    let counts = match counts.is_empty() {
        true => Some(0),
        false => {
            let words = ["line", "quote"].into_iter();
            cells::word(counts, "choice", "unknown-word", words, report)
        }
    };
    Some(DaysRule::Capacity(Capacity {
        days: days?,
        capacity: every.filter(|it| *it > Decimal::ZERO)?,
        per: per?,
        all_lines: counts? == 1,
    }))
}

/// The attributes that a cell names; all with a list of options where it is empty.
fn named(
    cell: Cell<'_>,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Vec<AttributeIndex>> {
    let with_options = |index: &AttributeIndex| {
        let list = attributes.lists.get(index.0);
        list.is_some_and(Option::is_some)
    };
    if cell.is_empty() {
        let all = (0..attributes.items.len()).map(AttributeIndex);
        return Some(all.filter(with_options).collect());
    }
    let scope = attributes.scope_at(PRODUCT);
    let mut found = BTreeSet::new();
    let mut is_sound = true;
    for (part, span) in cell.parts() {
        let (cases, problems) = expression::attributes(part, &scope);
        for problem in problems {
            let at = span.start + problem.span.start..span.start + problem.span.end;
            let diagnostic = Diagnostic::error(problem.code, cell.within(at), problem.message);
            report.push(diagnostic.maybe_hint(problem.hint));
            is_sound = false;
        }
        let cases = cases.unwrap_or_default();
        if let Some(other) = cases.iter().find(|it| !with_options(&it.value)) {
            let code = attributes
                .items
                .get(other.value.0)
                .map_or("", |it| &it.code);
            let message = format!("`{code}` has no list of options, and so no days");
            report.push(Diagnostic::error("type", cell.within(span), message));
            is_sound = false;
        }
        found.extend(cases.into_iter().map(|it| it.value));
    }
    is_sound.then(|| found.into_iter().collect())
}
