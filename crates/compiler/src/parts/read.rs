//! `parts.csv`.

use std::collections::BTreeSet;

use quotewright_engine::catalog::{Group, Text};

use crate::cells;
use crate::codes::Codes;
use crate::coom::Bounds;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Row;
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// Most instances of one part.
const MAX_COUNT: u32 = 1_000;

/// How many more than there must be are laid out of a part without a largest number, where
/// nothing else is known.
const BEYOND: u32 = Bounds::DEFAULT_INSTANCES;

/// One row of `parts.csv`; the product itself has none.
#[derive(Default)]
pub(crate) struct Definition<'a> {
    /// Code; empty for the product.
    pub(crate) code: String,
    /// Position of what it is a part of, among all definitions.
    pub(crate) owner: Option<usize>,
    /// So many are there whenever the owner is.
    pub(crate) from: u32,
    /// So many there can be.
    pub(crate) count: u32,
    /// Whether the sheet says no largest number.
    pub(crate) unbounded: bool,
    /// Position of the heading under which it is added; the owner's own where it has one.
    pub(crate) group: usize,
    pub(crate) label: Text,
    pub(crate) help: Text,
    pub(crate) row: Option<Row<'a>>,
}

/// All rows of `parts.csv` for one product.
pub(crate) struct Definitions<'a> {
    /// The product first, owners before what they own, otherwise in the order of the sheet.
    pub(crate) parts: Vec<Definition<'a>>,
    /// Codes of parts that are wrong themselves.
    pub(crate) broken: BTreeSet<String>,
}

impl Definitions<'_> {
    /// Position of the part that a cell names; the product's where it is empty.
    pub(crate) fn named(&self, row: Row<'_>, report: &mut Report) -> Option<usize> {
        let cell = row.cell("part");
        let code = cell.text();
        let found = self.parts.iter().position(|part| part.code == code);
        if found.is_none() && !self.broken.contains(code) {
            let known = self.parts.iter().skip(1).map(|part| part.code.as_str());
            let message = format!("there is no part `{code}` in parts.csv");
            let hint = did_you_mean(code, known);
            report
                .push(Diagnostic::error("unknown-part", cell.location(), message).maybe_hint(hint));
        }
        found
    }
}

/// Reads the parts of `product`.
pub(crate) fn read<'a>(
    product: &str,
    workbook: &'a Workbook,
    groups: &[Group],
    report: &mut Report,
) -> Definitions<'a> {
    let mut codes = Codes::in_expressions("part");
    let mut found = Definitions {
        parts: vec![Definition::default()],
        broken: BTreeSet::new(),
    };
    let mut waiting = Vec::new();
    let rows = workbook.rows("parts.csv");
    for row in rows.filter(|row| cells::is_for(*row, product)) {
        let code = codes.define(row.cell("part"), report);
        match (code, definition(row, workbook, groups, report)) {
            (Some(code), Some(part)) => waiting.push(Definition { code, ..part }),
            _ => {
                let code = row.cell("part").text().to_owned();
                found.broken.insert(code);
            }
        }
    }
    // Where a code is there twice, the first one counts.
    for part in &waiting {
        found.broken.remove(&part.code);
    }
    arrange(waiting, &mut found, report);
    found
}

/// The part of a row, without its code and owner.
fn definition<'a>(
    row: Row<'a>,
    workbook: &Workbook,
    groups: &[Group],
    report: &mut Report,
) -> Option<Definition<'a>> {
    let manifest = &workbook.manifest;
    let label = cells::text(row, "label", true, manifest, report);
    let help = cells::text(row, "help", false, manifest, report);
    let group = group(row, groups, report);
    let from = cells::count(row.cell("from"), 0, MAX_COUNT, report);
    let to = row.cell("to");
    let unbounded = to.text() == "*";
    let count = match unbounded {
        true => from.map(|from| from.saturating_add(BEYOND)),
        false => cells::count(to, 1, MAX_COUNT, report),
    };
    let (from, count) = (from?, count?);
    if count < from {
        let message = format!("there are {from} at least, but {count} at most");
        report.push(Diagnostic::error("bad-range", to.location(), message));
        return None;
    }
    Some(Definition {
        code: String::new(),
        owner: None,
        from,
        count,
        unbounded,
        group,
        label,
        help,
        row: Some(row),
    })
}

/// Position of the heading of a part of the product. What is part of another part stands
/// under the heading that this one has itself.
fn group(row: Row<'_>, groups: &[Group], report: &mut Report) -> usize {
    let cell = row.cell("group");
    if row.cell("owner").is_empty() {
        let known = groups.iter().map(|group| group.code.as_str());
        let found = (!groups.is_empty())
            .then(|| cells::word(cell, "group", "unknown-group", known, report))
            .flatten();
        return found.unwrap_or_default();
    }
    if !cell.is_empty() {
        let message = "a part of another part stands under the heading of that one";
        let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
        report.push(diagnostic.hint("empty the cell"));
    }
    0
}

/// Puts owners before what they own; tells owners that are not there or own each other.
fn arrange<'a>(mut waiting: Vec<Definition<'a>>, found: &mut Definitions<'a>, report: &mut Report) {
    loop {
        let before = waiting.len();
        let mut later = Vec::new();
        for part in waiting {
            let owner = part.row.map_or("", |row| row.cell("owner").text());
            match found.parts.iter().position(|known| known.code == owner) {
                Some(owner) => found.parts.push(Definition {
                    owner: Some(owner),
                    ..part
                }),
                None => later.push(part),
            }
        }
        if later.len() == before {
            return tell_lost(later, found, report);
        }
        waiting = later;
    }
}

/// Tells parts that do not belong to the product in the end.
fn tell_lost<'a>(lost: Vec<Definition<'a>>, found: &mut Definitions<'a>, report: &mut Report) {
    let names = |part: &Definition<'_>| part.code.clone();
    let codes: BTreeSet<String> = lost.iter().map(names).collect();
    for part in &lost {
        let Some(row) = part.row else { continue };
        let cell = row.cell("owner");
        let owner = cell.text();
        if codes.contains(owner) {
            if circles(part, &lost) {
                let message = format!("`{}` is a part of itself, by way of its owners", part.code);
                report.push(Diagnostic::error("part-cycle", cell.location(), message));
            }
        } else if !found.broken.contains(owner) {
            let known = found.parts.iter().skip(1).chain(&lost);
            let known = known.map(|part| part.code.as_str());
            let message = format!("there is no part `{owner}`");
            let hint = did_you_mean(owner, known.filter(|code| *code != part.code));
            report
                .push(Diagnostic::error("unknown-part", cell.location(), message).maybe_hint(hint));
        }
    }
    found.broken.extend(codes);
}

/// Whether the owners of a part lead back to it.
fn circles(part: &Definition<'_>, all: &[Definition<'_>]) -> bool {
    let owner = |part: &&Definition<'_>| {
        let code = part.row?.cell("owner").text();
        all.iter().find(|it| it.code == code)
    };
    let mut owners = std::iter::successors(owner(&part), owner).take(all.len());
    owners.any(|it| it.code == part.code)
}
