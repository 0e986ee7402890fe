use quotewright_engine::price::Tier;
use quotewright_engine::price::scales::{PriceTier, Threshold};
use rust_decimal::Decimal;

use super::amounts::{self, Amounts};
use super::quantities::ScaleKind;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::PUBLIC;
use crate::sheet::{Cell, Row};
use crate::workbook::Workbook;

/// Largest quantity that a tier may start at.
pub(super) const MAX_QUANTITY: u32 = 1_000_000_000;

/// What tiers with prices count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Whole pieces: after 10 comes 11.
    Piece,
    /// What a formula says: right after 10 comes a little more.
    Measured,
}

/// A row of `tiers.csv` with a price.
#[derive(Clone, Copy)]
pub(super) struct PriceTierRow<'a> {
    pub(super) row: Row<'a>,
    /// Largest quantity; `None` for the last, open tier.
    pub(super) up_to: Option<Decimal>,
    /// Units in a block.
    pub(super) block: Option<Decimal>,
}

impl PriceTierRow<'_> {
    /// The tier that a book has.
    pub(super) fn for_book(&self, book: impl Amounts) -> Option<PriceTier> {
        let unit = book.look_up(self.row, "price");
        let flat = book.look_up(self.row, "flat");
        (unit.is_some() || flat.is_some()).then(|| PriceTier {
            up_to: self.up_to,
            unit: unit.unwrap_or_default(),
            flat: flat.unwrap_or_default(),
        })
    }
}

fn rows<'a>(product: &str, step: &str, workbook: &'a Workbook) -> impl Iterator<Item = Row<'a>> {
    let rows = workbook.rows("tiers.csv");
    rows.filter(move |row| cells::is_for(*row, product) && row.cell("step").text() == step)
}

/// The percentages for one step, with the quantities from which they hold.
pub(super) fn read<'a>(
    product: &str,
    step: &str,
    workbook: &'a Workbook,
    report: &mut Report,
) -> Vec<(Row<'a>, u32)> {
    let pieces = |cell: Cell<'_>, report: &mut Report| cells::count(cell, 1, MAX_QUANTITY, report);
    read_from((product, step), pieces, workbook, report)
}

/// As [`read`], with any numbers from zero on.
pub(super) fn read_by<'a>(
    product: &str,
    step: &str,
    workbook: &'a Workbook,
    report: &mut Report,
) -> Vec<(Row<'a>, Decimal)> {
    let number = |cell: Cell<'_>, report: &mut Report| {
        let number = cells::number(cell, report)?;
        if number < Decimal::ZERO {
            let message = format!("`{}` is below zero", cell.text());
            report.push(Diagnostic::error("bad-number", cell.location(), message));
            return None;
        }
        Some(number)
    };
    read_from((product, step), number, workbook, report)
}

fn read_from<'a, N: PartialOrd + Copy + std::fmt::Display>(
    (product, step): (&str, &str),
    number: impl Fn(Cell<'_>, &mut Report) -> Option<N>,
    workbook: &'a Workbook,
    report: &mut Report,
) -> Vec<(Row<'a>, N)> {
    let mut tiers: Vec<(Row<'a>, N)> = Vec::new();
    for row in rows(product, step, workbook) {
        amounts::check_percents(row, "percent", report);
        let others = ["price", "flat"].into_iter().flat_map(|it| row.family(it));
        let others = others.chain(["up_to", "block", "cost", "floor"].map(|it| row.cell(it)));
        tell_unused(others, "percentages hold from a quantity on", report);
        let cell = row.cell("from");
        let Some(from) = number(cell, report) else {
            continue;
        };
        if let Some((previous, smaller)) = tiers.last()
            && from <= *smaller
        {
            let message = format!("the tier from {from} does not follow the one from {smaller}");
            report.push(
                Diagnostic::error("tier-order", cell.location(), message)
                    .hint("sort the tiers from small to large quantities")
                    .related(previous.cell("from").location(), "the tier before"),
            );
            continue;
        }
        tiers.push((row, from));
    }
    tiers
}

/// The percentages that a book has.
pub(super) fn for_book(rows: &[(Row<'_>, u32)], book: impl Amounts) -> Vec<Tier> {
    let tiers = rows.iter().filter_map(|(row, from)| {
        Some(Tier {
            from: *from,
            percent: book.look_up(*row, "percent")?,
        })
    });
    tiers.collect()
}

/// As [`for_book`], of any numbers.
pub(super) fn thresholds(rows: &[(Row<'_>, Decimal)], book: impl Amounts) -> Vec<Threshold> {
    let tiers = rows.iter().filter_map(|(row, from)| {
        Some(Threshold {
            from: *from,
            value: book.look_up(*row, "percent")?,
        })
    });
    tiers.collect()
}

/// The prices for one step, with the quantities up to which they hold.
pub(super) fn read_prices<'a>(
    product: &str,
    step: &str,
    (kind, unit): (ScaleKind, Unit),
    workbook: &'a Workbook,
    report: &mut Report,
) -> Vec<PriceTierRow<'a>> {
    let mut tiers: Vec<PriceTierRow<'a>> = Vec::new();
    let mut follows = true;
    for row in rows(product, step, workbook) {
        check_amounts(row, kind, report);
        let up_to = up_to(row, tiers.last(), report);
        if follows && up_to.is_some() {
            check_from(row, tiers.last(), unit, report);
        }
        // Of a row that is wrong, the next one cannot say where it ends.
        follows = up_to.is_some();
        let Some(up_to) = up_to else {
            continue;
        };
        let block = row.cell("block");
        let block = match kind.has_blocks() {
            true => positive(block, report),
            false => {
                tell_unused([block].into_iter(), "the step has no blocks", report);
                None
            }
        };
        tiers.push(PriceTierRow { row, up_to, block });
    }
    tiers
}

fn check_amounts(row: Row<'_>, kind: ScaleKind, report: &mut Report) {
    tell_unused(row.family("percent"), "the step has prices", report);
    amounts::check(row, "price", report);
    amounts::check(row, "flat", report);
    if !kind.has_flat_fees() {
        tell_unused(row.family("flat"), "the step has no flat fees", report);
    }
    let mut prices = ["price", "flat"].into_iter().flat_map(|it| row.family(it));
    if prices.all(|cell| cell.is_empty()) {
        let message = "the tier has no price in any book";
        let location = row.cell(&format!("price.{PUBLIC}")).location();
        report.push(Diagnostic::error("missing-value", location, message));
    }
}

/// Where a tier ends; `Some(None)` where it is open. It has to end above the one before.
fn up_to(
    row: Row<'_>,
    before: Option<&PriceTierRow<'_>>,
    report: &mut Report,
) -> Option<Option<Decimal>> {
    let cell = row.cell("up_to");
    let up_to = match cell.is_empty() {
        true => None,
        false => Some(positive(cell, report)?),
    };
    let Some(before) = before else {
        return Some(up_to);
    };
    let message = match (before.up_to, up_to) {
        (None, _) => "the tier before this one has no end, so this one never counts".to_owned(),
        (Some(end), Some(up_to)) if up_to <= end => {
            format!("the tier up to {up_to} does not follow the one up to {end}")
        }
        _ => return Some(up_to),
    };
    let related = before.row.cell("up_to");
    report.push(
        Diagnostic::error("tier-order", cell.location(), message)
            .hint("sort the tiers from small to large; only the last has an empty `up_to`")
            .related(related.location(), "the tier before"),
    );
    None
}

/// `from` says nothing new beside `up_to`, but has to say the same.
fn check_from(row: Row<'_>, before: Option<&PriceTierRow<'_>>, unit: Unit, report: &mut Report) {
    let cell = row.cell("from");
    let Some(from) = cells::optional_number(cell, report) else {
        return;
    };
    let end = before.map_or(Some(Decimal::ZERO), |it| it.up_to);
    let Some(end) = end else {
        return;
    };
    let next = end + Decimal::ONE;
    let meets = match unit {
        // Before the first tier there are no pieces.
        Unit::Piece => from == next || (before.is_none() && from == end),
        Unit::Measured => from == next || from == end,
    };
    let (code, message) = match from {
        _ if meets => return,
        _ if from <= end => (
            "tier-overlap",
            format!("the tier before reaches up to {end}"),
        ),
        _ => ("tier-gap", format!("the tier before ends at {end}")),
    };
    let hint = match unit {
        Unit::Piece => format!("write {next}, or empty the cell"),
        Unit::Measured => format!("write {end} for what is measured, or empty the cell"),
    };
    report.push(Diagnostic::error(code, cell.location(), message).hint(hint));
}

/// A number above zero.
pub(super) fn positive(cell: Cell<'_>, report: &mut Report) -> Option<Decimal> {
    let number = cells::number(cell, report)?;
    if number <= Decimal::ZERO {
        let message = format!("`{}` is not above zero", cell.text());
        report.push(Diagnostic::error("bad-number", cell.location(), message));
        return None;
    }
    Some(number)
}

fn tell_unused<'a>(cells: impl Iterator<Item = Cell<'a>>, why: &str, report: &mut Report) {
    for cell in cells.filter(|cell| !cell.is_empty()) {
        let diagnostic = Diagnostic::error("unused-cell", cell.location(), why);
        report.push(diagnostic.hint("empty the cell"));
    }
}
