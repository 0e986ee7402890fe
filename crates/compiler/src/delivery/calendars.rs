//! `calendars.csv` and `holidays.csv`.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use quotewright_engine::delivery::{Calendar, Closure, Week};

use super::days::{date, weekdays};
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// Most days of one closure.
const MAX_DAYS: i32 = 366;

/// The calendars of a catalog, each with the row that it stands in.
#[derive(Default)]
pub(crate) struct Calendars<'a>(Vec<(Row<'a>, Calendar)>);

impl<'a> Calendars<'a> {
    /// The calendar that a cell names.
    pub(super) fn named(&self, cell: Cell<'_>, report: &mut Report) -> Option<&Calendar> {
        let found = self.0.iter().find(|(_, it)| it.code == cell.text());
        if found.is_none() {
            let message = format!("there is no calendar `{}` in calendars.csv", cell.text());
            let known = self.0.iter().map(|(_, it)| it.code.as_str());
            let hint = did_you_mean(cell.text(), known);
            let diagnostic = Diagnostic::error("unknown-calendar", cell.location(), message);
            report.push(diagnostic.maybe_hint(hint));
        }
        found.map(|(_, calendar)| calendar)
    }

    /// Their rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        self.0.iter().map(|(row, _)| *row)
    }

    /// The row that says when the calendar `code` ends: its own, or that of one it is like.
    pub(super) fn ending(&self, code: &str) -> Option<Row<'a>> {
        let (row, calendar) = self.0.iter().find(|(_, it)| it.code == code)?;
        if row.cell("until").text().parse::<Date>().ok() == calendar.until {
            return Some(*row);
        }
        let likes = row.cell("like").parts();
        let ends_so = |like: &str| {
            let mut others = self.0.iter();
            others.any(|(_, it)| it.code == like && it.until == calendar.until)
        };
        // One that is like others stands below them, so this comes to an end.
        let mut likes = likes.map(|(like, _)| like);
        likes
            .find(|like| ends_so(like))
            .and_then(|like| self.ending(like))
    }
}

/// Reads both sheets.
pub(super) fn read<'a>(workbook: &'a Workbook, report: &mut Report) -> Calendars<'a> {
    let mut codes = Codes::elsewhere("calendar");
    let mut found = Calendars::default();
    for row in workbook.rows("calendars.csv") {
        let code = codes.define(row.cell("calendar"), report);
        let calendar = calendar(row, workbook, &found, report);
        if let Some(code) = code {
            found.0.push((row, Calendar { code, ..calendar }));
        }
    }
    let mut closures = holidays(workbook, &found, report);
    for (row, calendar) in &mut found.0 {
        let likes = row.cell("like");
        let likes = likes.parts().map(|(like, _)| like.to_owned());
        // A calendar like others has what stands above it, so theirs is complete already.
        let own = [calendar.code.clone()].into_iter().chain(likes);
        let all = own.filter_map(|code| closures.get(&code).cloned());
        calendar.closures = all.flatten().collect();
        (calendar.closures).sort_by_key(|it| (it.from, it.until, it.works));
        calendar.closures.dedup();
        closures.insert(calendar.code.clone(), calendar.closures.clone());
    }
    found
}

/// A calendar without what stands in `holidays.csv`.
fn calendar(
    row: Row<'_>,
    workbook: &Workbook,
    above: &Calendars<'_>,
    report: &mut Report,
) -> Calendar {
    let label = cells::text(row, "label", false, &workbook.manifest, report);
    let until = date(row.cell("until"), report);
    let like = row.cell("like");
    let mut earliest = until;
    let mut week = None;
    for (part, span) in like.parts().filter(|_| !like.is_empty()) {
        match above.0.iter().find(|(_, it)| it.code == part) {
            Some((_, other)) => {
                earliest = earliest.min(other.until);
                week.get_or_insert(other.week);
            }
            None => {
                let message = format!("there is no calendar `{part}` above this one");
                let diagnostic = Diagnostic::error("unknown-calendar", like.within(span), message);
                let known = above.0.iter().map(|(_, it)| it.code.as_str());
                report.push(diagnostic.maybe_hint(did_you_mean(part, known)));
            }
        }
    }
    let cell = row.cell("weekend");
    let week = match (cell.text(), week) {
        ("", None) => Week::default(),
        ("", Some(week)) => week,
        ("none", _) => Week::without([]),
        _ => Week::without(free(cell, report)),
    };
    Calendar {
        label,
        week,
        until: earliest,
        ..Calendar::default()
    }
}

/// The free days of a week; at least one day is worked.
fn free(cell: Cell<'_>, report: &mut Report) -> Vec<Weekday> {
    let free = weekdays(cell, report);
    if Week::without(free.iter().copied()).days() == 0 {
        let message = "no day of the week is worked";
        let diagnostic = Diagnostic::error("bad-weekday", cell.location(), message);
        report.push(diagnostic.hint("leave out the days that are worked"));
        return Vec::new();
    }
    free
}

/// The rows of `holidays.csv` by the calendars that they are for.
fn holidays(
    workbook: &Workbook,
    calendars: &Calendars<'_>,
    report: &mut Report,
) -> BTreeMap<String, Vec<Closure>> {
    let mut found: BTreeMap<String, Vec<Closure>> = BTreeMap::new();
    let mut first: BTreeMap<(String, Date, Date), Row<'_>> = BTreeMap::new();
    for row in workbook.rows("holidays.csv") {
        let cell = row.cell("calendar");
        let known = calendars.named(cell, report).map(|it| it.until);
        let Some((closure, until)) = closure(row, workbook, report).zip(known) else {
            continue;
        };
        let key = (cell.text().to_owned(), closure.from, closure.until);
        if let Some(earlier) = first.get(&key) {
            let message = "these days stand here a second time";
            let diagnostic = Diagnostic::warning("duplicate-day", cell.location(), message);
            let location = earlier.cell("calendar").location();
            report.push(diagnostic.related(location, "the first time is here"));
        } else {
            first.insert(key, row);
        }
        if until.is_some_and(|until| closure.from > until) {
            let message = format!(
                "these days are after the end of the calendar `{}`",
                cell.text()
            );
            let location = row.cell("from").location();
            let diagnostic = Diagnostic::warning("after-calendar", location, message);
            let hint = "set its `until` in calendars.csv to the last day that it is complete for";
            report.push(diagnostic.hint(hint));
        }
        found
            .entry(cell.text().to_owned())
            .or_default()
            .push(closure);
    }
    found
}

fn closure(row: Row<'_>, workbook: &Workbook, report: &mut Report) -> Option<Closure> {
    let label = cells::text(row, "label", true, &workbook.manifest, report);
    let from = date(row.cell("from"), report);
    let cell = row.cell("until");
    let until = match cell.is_empty() {
        true => from,
        false => date(cell, report),
    };
    let works = row.cell("works");
    let works = match works.is_empty() {
        true => Some(0),
        false => cells::word(
            works,
            "choice",
            "unknown-word",
            ["no", "yes"].into_iter(),
            report,
        ),
    };
    let (from, until) = (from?, until?);
    let length = from.until(until).map_or(-1, |it| it.get_days());
    if !(0..MAX_DAYS).contains(&length) {
        let message = format!("from {from} to {until} is not one to {MAX_DAYS} days");
        report.push(Diagnostic::error("bad-date", cell.location(), message));
        return None;
    }
    Some(Closure {
        from,
        until,
        works: works? == 1,
        label,
    })
}
