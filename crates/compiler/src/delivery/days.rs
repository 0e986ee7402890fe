//! Cells with dates and weekdays.

use jiff::civil::{Date, Weekday};

use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Cell;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// The date in a cell that must hold one.
pub(super) fn date(cell: Cell<'_>, report: &mut Report) -> Option<Date> {
    let date = cell.text().parse::<Date>().ok();
    if date.is_none() {
        let diagnostic = match cell.is_empty() {
            true => Diagnostic::error("missing-value", cell.location(), "a date is missing here"),
            false => {
                let message = format!("`{}` is not a date", cell.text());
                Diagnostic::error("bad-date", cell.location(), message)
            }
        };
        report.push(diagnostic.hint("write it as 2026-12-31"));
    }
    date
}

/// The weekdays in a cell, as `sat|sun`.
pub(super) fn weekdays(cell: Cell<'_>, report: &mut Report) -> Vec<Weekday> {
    let mut found = Vec::new();
    for (part, span) in cell.parts() {
        match WEEKDAYS.iter().find(|(name, _)| *name == part) {
            Some((_, day)) => found.push(*day),
            None => {
                let message = format!("`{part}` is not a day of the week");
                let diagnostic = Diagnostic::error("bad-weekday", cell.within(span), message);
                report.push(diagnostic.hint("write `sat|sun`; `none` where every day is worked"));
            }
        }
    }
    found
}
