//! The columns of a step that every kind has: for what, how often, when.

use jiff::civil::Date;
use quotewright_engine::catalog::Condition;
use quotewright_engine::price::{Applies, Counted, Due, Level, Sharing};

use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::{Cell, Row};

/// Months of the longest term, plus one.
const MAX_MONTH: u32 = 1_201;

/// What a step is for, how often it is due, and when it counts.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) level: Level,
    pub(super) due: Due,
    pub(super) counts: Counted,
    pub(super) applies: Applies,
    /// The steps with this word, one below the other, compete.
    pub(super) rivals: Option<String>,
}

/// Reads the columns; `when` has been read already. `is_whole`: the step is for the quote as a
/// whole.
pub(super) fn read(
    row: Row<'_>,
    is_whole: bool,
    when: Option<Condition>,
    report: &mut Report,
) -> Option<Terms> {
    let level = level(row, is_whole, report);
    let dues = [
        ("once", Due::Once),
        ("monthly", Due::Monthly),
        ("quarterly", Due::Quarterly),
        ("yearly", Due::Yearly),
    ];
    let due = choice(row.cell("due"), dues, report);
    let counted = [
        ("line", Counted::Line),
        ("group", Counted::Group),
        ("quote", Counted::Quote),
        ("contract", Counted::Contract),
    ];
    let counts = choice(row.cell("counts"), counted, report);
    let from = date(row.cell("from"), report);
    let until = date(row.cell("until"), report);
    if let (Some(Some(from)), Some(Some(until))) = (from, until)
        && until < from
    {
        let message = format!("the step ends on {until}, before it starts on {from}");
        let location = row.cell("until").location();
        report.push(Diagnostic::error("bad-date", location, message));
    }
    let months = months(row.cell("months"), report);
    let word = |column| {
        let cell = row.cell(column);
        (!cell.is_empty()).then(|| cell.text().to_owned())
    };
    Some(Terms {
        level: level?,
        due: due?,
        counts: counts?,
        applies: Applies {
            when,
            from: from?,
            until: until?,
            promotion: word("promotion"),
            months: months?,
            unless: Vec::new(),
        },
        rivals: word("best_of"),
    })
}

fn level(row: Row<'_>, is_whole: bool, report: &mut Report) -> Option<Level> {
    let (level, share) = (row.cell("for"), row.cell("share"));
    if !is_whole {
        tell_unused(
            share,
            "only a step for the quote as a whole is shared",
            report,
        );
        let levels = [("piece", Level::Piece), ("line", Level::Line)];
        return choice(level, levels, report);
    }
    tell_unused(
        level,
        "a step of `quote` is always for the whole quote",
        report,
    );
    let sharing = [
        ("net", Sharing::ByNet),
        ("pieces", Sharing::ByPieces),
        ("weight", Sharing::ByWeight),
        ("equally", Sharing::Equally),
        ("apart", Sharing::Apart),
    ];
    choice(share, sharing, report).map(Level::Quote)
}

fn tell_unused(cell: Cell<'_>, why: &str, report: &mut Report) {
    if !cell.is_empty() {
        let diagnostic = Diagnostic::error("unused-cell", cell.location(), why);
        report.push(diagnostic.hint("empty the cell"));
    }
}

/// One of a few words; the first where the cell is empty.
pub(super) fn choice<T: Copy, const N: usize>(
    cell: Cell<'_>,
    choices: [(&'static str, T); N],
    report: &mut Report,
) -> Option<T> {
    if cell.is_empty() {
        return choices.first().map(|(_, value)| *value);
    }
    let names = choices.iter().map(|(name, _)| *name);
    let found = cells::word(cell, "choice", "unknown-word", names, report)?;
    choices.get(found).map(|(_, value)| *value)
}

/// A date; `Some(None)` where the cell is empty.
fn date(cell: Cell<'_>, report: &mut Report) -> Option<Option<Date>> {
    if cell.is_empty() {
        return Some(None);
    }
    let date = cell.text().parse::<Date>().ok();
    if date.is_none() {
        let message = format!("`{}` is not a date", cell.text());
        let diagnostic = Diagnostic::error("bad-date", cell.location(), message);
        report.push(diagnostic.hint("write it as 2026-12-31"));
    }
    date.map(Some)
}

/// `1-12` or `13-`: months of the term, from 1. In the engine they count from 0.
fn months(cell: Cell<'_>, report: &mut Report) -> Option<Option<(u32, Option<u32>)>> {
    if cell.is_empty() {
        return Some(None);
    }
    let month = |text: &str| {
        let month = text.trim().parse::<u32>().ok();
        month.filter(|it| (1..MAX_MONTH).contains(it))
    };
    let read = match cell.text().split_once('-') {
        Some((first, "")) => month(first).map(|first| (first - 1, None)),
        Some((first, last)) => (month(first).zip(month(last)))
            .filter(|(first, last)| first <= last)
            .map(|(first, last)| (first - 1, Some(last))),
        None => None,
    };
    if read.is_none() {
        let message = format!("`{}` does not say which months of the term", cell.text());
        let diagnostic = Diagnostic::error("bad-months", cell.location(), message);
        report.push(diagnostic.hint("write `1-12` for the first year, `13-` for all after it"));
    }
    read.map(Some)
}
