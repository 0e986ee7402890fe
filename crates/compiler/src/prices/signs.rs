//! Prices below zero where those beside them are above.
//!
//! A deduction is stated as one: a step that takes something off in every book, or a list, table
//! or tier in which nothing is above zero. A lone price below zero is a slip of the keyboard.

use std::collections::BTreeMap;

use quotewright_engine::price::Level;
use rust_decimal::Decimal;

use super::OWN;
use super::kinds::{Kind, Price};
use super::rule::{Rule, Step};
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::PUBLIC;
use crate::sheet::{Cell, Row};
use crate::workbook::Workbook;

/// Such prices of one sheet that are told; more of them say nothing new.
const MOST: usize = 3;

/// Tells prices below zero among others of their row or column.
pub(super) fn check(workbook: &Workbook, report: &mut Report) {
    for folder in ["options", "price-tables"] {
        for (_, sheet) in workbook.folder(folder) {
            let rows: Vec<Row<'_>> = sheet.rows().collect();
            tell(columns(&rows, "price").chain(books(&rows)), report);
        }
    }
    let steps = workbook.rows("prices.csv");
    let steps = steps.filter(|row| Kind::of(*row).is_some_and(|it| it.price == Price::Money));
    let steps: Vec<Row<'_>> = steps.collect();
    tell(books(&steps), report);
    let mut ladders: BTreeMap<[&str; 2], Vec<Row<'_>>> = BTreeMap::new();
    for row in workbook.rows("tiers.csv") {
        let ladder = ["product", "step"].map(|it| row.cell(it).text());
        ladders.entry(ladder).or_default().push(row);
    }
    for rows in ladders.values() {
        let families = ["price", "flat"].into_iter();
        let columns = families.flat_map(|family| columns(rows, family));
        tell(columns.chain(books(rows)), report);
    }
}

/// Tells a deduction that comes before all that it could be taken from.
pub(super) fn check_order(steps: &[Step<'_>], report: &mut Report) {
    let [first, rest @ ..] = steps else { return };
    // Before the steps of a quote as a whole there are its lines.
    let of_product = !matches!(first.terms.level, Level::Quote(_));
    let is_amount = matches!(first.rule, Rule::Amount { .. }) && of_product;
    let cell = first.row.cell(&format!("price.{PUBLIC}"));
    let is_later = |it: &Step<'_>| it.terms.due == first.terms.due;
    if is_amount && is_negative(cell) && rest.iter().any(is_later) {
        let message = "this takes something off before there is anything";
        report.push(
            Diagnostic::warning("negative-price", cell.location(), message)
                .hint("write it without a minus, or move the row below what it is taken off"),
        );
    }
}

/// The prices of each column of a family, such as `price.*`.
fn columns<'a>(rows: &[Row<'a>], family: &'a str) -> impl Iterator<Item = Vec<Cell<'a>>> {
    let mut columns: BTreeMap<usize, Vec<Cell<'a>>> = BTreeMap::new();
    for row in rows {
        for (position, cell) in row.family(family).enumerate() {
            columns.entry(position).or_default().push(cell);
        }
    }
    columns.into_values()
}

/// What each row comes to in the books, and for the supplier.
fn books<'a>(rows: &[Row<'a>]) -> impl Iterator<Item = Vec<Cell<'a>>> {
    rows.iter().map(|row| {
        let own = OWN.map(|column| row.cell(column));
        row.family("price").chain(own).collect()
    })
}

fn tell<'a>(groups: impl Iterator<Item = Vec<Cell<'a>>>, report: &mut Report) {
    let mixed = groups.filter(|cells| {
        let mut cells = cells.iter();
        cells.any(|it| {
            it.number(it.text())
                .is_ok_and(|price| price > Decimal::ZERO)
        })
    });
    let negative = mixed.flatten().filter(|cell| is_negative(*cell));
    let mut told: Vec<_> = negative.map(|it| (it.location(), it.text())).collect();
    told.sort();
    told.dedup();
    for (location, text) in told.into_iter().take(MOST) {
        let message = format!("`{text}` is below zero, and prices beside it are above");
        report.push(
            Diagnostic::warning("negative-price", location, message)
                .hint("write it without a minus; a deduction is a step of the kind `amount` below zero, with `when`"),
        );
    }
}

fn is_negative(cell: Cell<'_>) -> bool {
    (cell.number(cell.text())).is_ok_and(|price| price < Decimal::ZERO)
}
