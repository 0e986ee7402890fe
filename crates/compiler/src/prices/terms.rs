//! The columns of a step that every kind has: for what, how often, when.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quotewright_engine::catalog::Condition;
use quotewright_engine::money::Rounding;
use quotewright_engine::price::{Applies, Counted, Due, Level, Pieces, Sharing};

use super::rounded;
use super::tiers::MAX_QUANTITY;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::Manifest;
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
    /// What its amount is rounded to.
    pub(super) rounding: Option<Rounding>,
    /// Position of its own tax.
    pub(super) tax: Option<usize>,
    /// The groups whose lines alone bear it.
    pub(super) bearers: Vec<String>,
}

/// Reads the columns; `when` has been read already. `is_whole`: the step is for the quote as a
/// whole.
pub(super) fn read(
    row: Row<'_>,
    (is_whole, manifest): (bool, &Manifest),
    when: Option<Condition>,
    report: &mut Report,
) -> Option<Terms> {
    let level = level(row, is_whole, report);
    let due = choice(row.cell("due"), Due::NAMED, report);
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
    if due == Some(Due::Once) {
        let why =
            "a step that is due once is in no month of the term: say in `due` how often it is";
        tell_unused(row.cell("months"), why, report);
    }
    let months = months(row.cell("months"), report);
    let pieces = pieces(row, counts, report);
    rounded::check(row, report);
    let rounding = rounded::to(row, "round_to", manifest, report);
    let tax = tax(row, level, manifest, report);
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
            unless_on_lines: BTreeSet::new(),
            pieces: pieces?,
        },
        rivals: word("best_of"),
        rounding: rounding?,
        tax: tax?,
        bearers: Vec::new(),
    })
}

/// How many pieces there have to be; `Some(None)` where that does not matter.
fn pieces(row: Row<'_>, counts: Option<Counted>, report: &mut Report) -> Option<Option<Pieces>> {
    let (least, most) = (row.cell("at_least"), row.cell("at_most"));
    let mut count = |cell: Cell<'_>| match cell.is_empty() {
        true => Some(None),
        false => cells::count(cell, 1, MAX_QUANTITY, report).map(Some),
    };
    let (from, to) = (count(least)?, count(most)?);
    if from.is_none() && to.is_none() {
        return Some(None);
    }
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        let message = "no number of pieces is so small and so large";
        report.push(Diagnostic::error("bad-number", most.location(), message));
        return None;
    }
    Some(Some(Pieces {
        least: from.unwrap_or(1),
        most: to,
        counts: counts?,
    }))
}

/// Position of the tax of a step that stands apart; `Some(None)` where it says nothing.
fn tax(
    row: Row<'_>,
    level: Option<Level>,
    manifest: &Manifest,
    report: &mut Report,
) -> Option<Option<usize>> {
    let cell = row.cell("tax");
    if cell.is_empty() {
        return Some(None);
    }
    if level != Some(Level::Quote(Sharing::Apart)) {
        let why = "only a step that stands `apart` has a tax of its own: lines have that of their product";
        tell_unused(cell, why, report);
    }
    let known = manifest.taxes.iter().map(|tax| tax.code.as_str());
    cells::word(cell, "tax", "unknown-tax", known, report).map(Some)
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
    if row.cell("due").text() != "once" {
        let why =
            "a step of `quote` is due once, with the order: what repeats is a step of a product";
        tell_unused(row.cell("due"), why, report);
    }
    let sharing = [
        ("net", Sharing::ByNet),
        ("pieces", Sharing::ByPieces),
        ("weight", Sharing::ByWeight),
        ("equally", Sharing::Equally),
        ("apart", Sharing::Apart),
    ];
    choice(share, sharing, report).map(Level::Quote)
}

/// Tells a cell that means nothing, and why.
pub(super) fn tell_unused(cell: Cell<'_>, why: &str, report: &mut Report) {
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
