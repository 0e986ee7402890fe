use rust_decimal::Decimal;

use crate::books::Place;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Row;

/// Kinds of steps whose prices are percentages.
const PERCENTAGES: [&str; 1] = ["percent"];

/// The amount of a row in the books of a listing. Percentages are the same in books that follow
/// from others: the amounts that they are taken of have followed already.
pub(super) fn amount(row: Row<'_>, family: &str, place: Place<'_>) -> Option<Decimal> {
    let is_money = family != "percent" && !PERCENTAGES.contains(&row.cell("kind").text());
    place.amount(row, family, is_money)
}

/// Tells what is wrong with the amounts of all books, and with the cost.
pub(super) fn check<'a>(row: Row<'a>, family: &'a str, report: &mut Report) {
    for cell in row.family(family) {
        cells::optional_number(cell, report);
    }
    cells::optional_number(row.cell("cost"), report);
}

/// As [`check`], for percentages: nothing can get cheaper than for nothing.
pub(super) fn check_percents<'a>(row: Row<'a>, family: &'a str, report: &mut Report) {
    check(row, family, report);
    for cell in row.family(family) {
        if let Ok(percent) = cell.number(cell.text())
            && percent < -Decimal::ONE_HUNDRED
        {
            let message = "a discount cannot be more than 100 percent";
            report.push(Diagnostic::error("bad-number", cell.location(), message));
        }
    }
}

/// Tells amounts in a row whose prices stand elsewhere.
pub(super) fn check_unused<'a>(row: Row<'a>, family: &'a str, place: &str, report: &mut Report) {
    for cell in row.family(family) {
        if !cell.is_empty() {
            let message = format!("the prices of this step stand in {place}");
            let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
            report.push(diagnostic.hint("empty the cell"));
        }
    }
}
