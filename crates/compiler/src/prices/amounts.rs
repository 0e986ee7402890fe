use rust_decimal::Decimal;

use super::kinds::Kind;
use crate::books::Place;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::PUBLIC;
use crate::sheet::Row;

/// Columns for the supplier alone: what is paid for things, and what they are sold for at least.
pub(crate) const OWN: [&str; 2] = ["cost", "floor"];

/// Where the amount of a row is looked up.
pub(super) trait Amounts: Copy {
    /// The amount of a row in a family of columns.
    fn look_up(self, row: Row<'_>, family: &str) -> Option<Decimal>;
}

impl Amounts for Place<'_> {
    fn look_up(self, row: Row<'_>, family: &str) -> Option<Decimal> {
        amount(row, family, self)
    }
}

/// A book by its code, as the cells of the sheets state it; for what is checked before books
/// follow from others.
#[derive(Clone, Copy)]
pub(super) struct Stated<'b>(pub(super) &'b str);

impl Amounts for Stated<'_> {
    fn look_up(self, row: Row<'_>, family: &str) -> Option<Decimal> {
        [self.0, PUBLIC].into_iter().find_map(|book| {
            let cell = row.cell(&format!("{family}.{book}"));
            cell.number(cell.text()).ok()
        })
    }
}

/// The amount of a row in the books of a listing. Percentages are the same in books that follow
/// from others: the amounts that they are taken of have followed already.
pub(super) fn amount(row: Row<'_>, family: &str, place: Place<'_>) -> Option<Decimal> {
    let is_money = family != "percent" && Kind::of(row).is_none_or(|it| it.price.is_money());
    place.amount(row, family, is_money)
}

/// Tells what is wrong with the amounts of all books, and with those for the supplier alone.
pub(super) fn check<'a>(row: Row<'a>, family: &'a str, report: &mut Report) {
    for cell in row.family(family) {
        cells::optional_number(cell, report);
    }
    if family == "price" {
        for column in OWN {
            cells::optional_number(row.cell(column), report);
        }
    }
}

/// Tells a row of a list or table that has no public price, and would be sold for nothing.
pub(super) fn check_public(row: Row<'_>, report: &mut Report) {
    let public = row.cell(&format!("price.{PUBLIC}"));
    if public.is_empty() {
        let message = "the public price is missing";
        report.push(
            Diagnostic::error("missing-value", public.location(), message)
                .hint("write 0 where it is free of charge, or has no price of its own"),
        );
    }
}

/// As [`check`], for amounts that cannot be below zero.
pub(super) fn check_not_negative<'a>(row: Row<'a>, family: &'a str, report: &mut Report) {
    for cell in row.family(family) {
        if cell.number(cell.text()).is_ok_and(|it| it < Decimal::ZERO) {
            let message = format!("`{}` is below zero", cell.text());
            report.push(Diagnostic::error("bad-number", cell.location(), message));
        }
    }
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

/// As [`check`], for margins, which are less than all of the price.
pub(super) fn check_margins(row: Row<'_>, report: &mut Report) {
    check_percents(row, "price", report);
    for cell in row.family("price") {
        if (cell.number(cell.text())).is_ok_and(|it| it >= Decimal::ONE_HUNDRED) {
            let message = "a margin is less than 100 percent of the price";
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
