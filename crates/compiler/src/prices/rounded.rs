//! What a step rounds: its amount, the units that it counts, or earlier steps.

use quotewright_engine::money::{Rounding, RoundingMode};

use super::{terms, tiers};
use crate::diagnostic::Report;
use crate::manifest::Manifest;
use crate::sheet::Row;

/// How a step rounds: as its row says, else as the catalog does.
pub(super) fn mode(row: Row<'_>, manifest: &Manifest, report: &mut Report) -> Option<RoundingMode> {
    let cell = row.cell("rounding");
    if cell.is_empty() {
        let policy = manifest.rounding.map(|it| it.mode);
        return Some(policy.unwrap_or(RoundingMode::HalfUp));
    }
    terms::choice(cell, RoundingMode::NAMED, report)
}

/// Tells a mode where nothing is rounded.
pub(super) fn check(row: Row<'_>, report: &mut Report) {
    let rounds = ["round_to", "units_to"].map(|it| !row.cell(it).is_empty());
    if !rounds.contains(&true) && row.cell("kind").text() != "round" {
        let why = "nothing in this row is rounded";
        terms::tell_unused(row.cell("rounding"), why, report);
    }
}

/// The rounding to what stands in a column; `Some(None)` where that is empty.
pub(super) fn to(
    row: Row<'_>,
    column: &str,
    manifest: &Manifest,
    report: &mut Report,
) -> Option<Option<Rounding>> {
    let cell = row.cell(column);
    if cell.is_empty() {
        return Some(None);
    }
    let mode = mode(row, manifest, report);
    let step = tiers::positive(cell, report)?;
    Some(Some(Rounding { step, mode: mode? }))
}
