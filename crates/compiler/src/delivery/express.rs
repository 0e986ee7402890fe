//! Rows of the kind `express`: what makes other steps faster.

use quotewright_engine::catalog::{Condition, Text};
use quotewright_engine::delivery::Express;
use rust_decimal::Decimal;

use super::tasks::Above;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Row;

/// Reads one row.
pub(super) fn read(
    row: Row<'_>,
    (code, label, when): (String, Text, Option<Condition>),
    above: &Above,
    report: &mut Report,
) -> Option<Express> {
    let cell = row.cell("of");
    if cell.is_empty() {
        let message = "which steps it makes faster is missing";
        report.push(Diagnostic::error("missing-value", cell.location(), message));
    }
    let of = (!cell.is_empty())
        .then(|| above.positions(cell, report))
        .flatten();
    let cell = row.cell("percent");
    // Written as discounts are: -50 takes half of the days off.
    let percent = cells::number(cell, report).map(|it| -it);
    if percent.is_some_and(|it| it <= Decimal::ZERO || it > Decimal::ONE_HUNDRED) {
        let message = format!("`{}` takes nothing off, or more than there is", cell.text());
        let diagnostic = Diagnostic::error("bad-number", cell.location(), message);
        report.push(diagnostic.hint("write -50 for half of the days"));
        return None;
    }
    Some(Express {
        code,
        label,
        of: of?,
        when,
        percent: percent?,
    })
}
