use quotewright_engine::price::Tier;

use super::amounts;
use crate::books::Place;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Row;
use crate::workbook::Workbook;

/// Largest quantity that a tier may start at.
const MAX_QUANTITY: u32 = 1_000_000_000;

/// The rows of `tiers.csv` for one step, with the quantities from which they hold.
pub(super) fn read<'a>(
    product: &str,
    step: &str,
    workbook: &'a Workbook,
    report: &mut Report,
) -> Vec<(Row<'a>, u32)> {
    let rows = workbook.rows("tiers.csv");
    let rows = rows.filter(|row| cells::is_for(*row, product) && row.cell("step").text() == step);
    let mut tiers: Vec<(Row<'a>, u32)> = Vec::new();
    for row in rows {
        amounts::check_percents(row, "percent", report);
        let cell = row.cell("from");
        let Some(from) = cells::count(cell, 1, MAX_QUANTITY, report) else {
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

/// The tiers that a book has.
pub(super) fn for_book(rows: &[(Row<'_>, u32)], place: Place<'_>) -> Vec<Tier> {
    let tiers = rows.iter().filter_map(|(row, from)| {
        Some(Tier {
            from: *from,
            percent: amounts::amount(*row, "percent", place)?,
        })
    });
    tiers.collect()
}
