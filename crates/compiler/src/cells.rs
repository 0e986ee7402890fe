//! What cells mean: numbers, texts by language, conditions.

use std::collections::BTreeSet;

use quotewright_engine::catalog::{
    AUDIENCES, AttributeIndex, Condition, Formula, Text, for_audience,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::cases::Cases;
use crate::diagnostic::{Diagnostic, Report};
use crate::expression::{self, Scope};
use crate::manifest::Manifest;
use crate::model::WHOLE;
use crate::problem::Problem;
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;

/// Longest time that an option or product may take, in working days.
const MAX_LEAD_DAYS: u32 = 10_000;

/// The number in a cell that must hold one.
pub(crate) fn number(cell: Cell<'_>, report: &mut Report) -> Option<Decimal> {
    if cell.is_empty() {
        let message = "a number is missing here";
        report.push(Diagnostic::error("missing-value", cell.location(), message));
        return None;
    }
    part_number(cell, cell.text(), 0, report)
}

/// The number that a part of a cell spells; `at` is where the part starts.
pub(crate) fn part_number(
    cell: Cell<'_>,
    text: &str,
    at: usize,
    report: &mut Report,
) -> Option<Decimal> {
    match cell.number(text) {
        Ok(number) => Some(number),
        Err(error) => {
            let location = cell.within(at..at + text.len());
            let message = format!("`{text}` is not a number");
            report.push(Diagnostic::error("bad-number", location, message).hint(error.hint()));
            None
        }
    }
}

/// The number in a cell, `None` where the cell is empty.
pub(crate) fn optional_number(cell: Cell<'_>, report: &mut Report) -> Option<Decimal> {
    (!cell.is_empty()).then(|| number(cell, report)).flatten()
}

/// A count from `min` to `max`.
pub(crate) fn count(cell: Cell<'_>, min: u32, max: u32, report: &mut Report) -> Option<u32> {
    let number = number(cell, report)?;
    let whole = number.is_integer().then(|| number.to_u32()).flatten();
    let found = whole.filter(|count| (min..=max).contains(count));
    if found.is_none() {
        let message = format!(
            "`{}` is not a whole number from {min} to {max}",
            cell.text()
        );
        report.push(Diagnostic::error("bad-number", cell.location(), message));
    }
    found
}

/// Working days; an empty cell means none.
pub(crate) fn lead_days(row: Row<'_>, report: &mut Report) -> u32 {
    let cell = row.cell("lead_days");
    if cell.is_empty() {
        return 0;
    }
    count(cell, 0, MAX_LEAD_DAYS, report).unwrap_or(0)
}

/// The texts of a row in all languages. The fallback's may only be empty where the text is optional.
pub(crate) fn text(
    row: Row<'_>,
    family: &str,
    required: bool,
    manifest: &Manifest,
    report: &mut Report,
) -> Text {
    let cells = manifest
        .locales
        .iter()
        .map(|locale| (locale, row.cell(&format!("{family}.{locale}"))));
    let cells: Vec<_> = cells.collect();
    let own = for_audiences(row, family, manifest, report);
    let any = !own.is_empty() || cells.iter().any(|(_, cell)| !cell.is_empty());
    for (position, (locale, cell)) in cells.iter().enumerate() {
        // A column that is missing altogether has been told once, at the headings.
        if !cell.is_empty() || !cell.exists() || !(any || required) {
            continue;
        }
        let message = format!("the text in `{locale}` is missing");
        if position == 0 {
            report.push(Diagnostic::error("missing-text", cell.location(), message));
        } else if any {
            let fallback = manifest.locales.first().map_or("", String::as_str);
            report.push(
                Diagnostic::warning("missing-translation", cell.location(), message).hint(format!(
                    "until it is there, the text in `{fallback}` is shown"
                )),
            );
        }
    }
    let filled = cells.iter().filter(|(_, cell)| !cell.is_empty());
    let filled = filled.map(|(locale, cell)| ((*locale).clone(), cell.text().to_owned()));
    Text::new(filled.chain(own))
}

/// The texts of a row that are for one audience, by their locales.
fn for_audiences(
    row: Row<'_>,
    family: &str,
    manifest: &Manifest,
    report: &mut Report,
) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for audience in AUDIENCES {
        let of = |locale| row.cell(&format!("{family}.{locale}.{audience}"));
        let locales = manifest.locales.iter();
        let cells: Vec<_> = locales.map(|locale| (locale, of(locale))).collect();
        let any = cells.iter().any(|(_, cell)| !cell.is_empty());
        for (locale, cell) in cells {
            if !cell.is_empty() {
                texts.push((for_audience(locale, audience), cell.text().to_owned()));
            } else if any && cell.exists() {
                let message = format!("the text in `{locale}` for `{audience}` is missing");
                let hint = format!("until it is there, the text in `{family}.{locale}` is shown");
                let location = cell.location();
                report
                    .push(Diagnostic::warning("missing-translation", location, message).hint(hint));
            }
        }
    }
    texts
}

/// Position of the word in a cell among the words that it may be.
pub(crate) fn word<'a>(
    cell: Cell<'_>,
    what: &str,
    code: &'static str,
    known: impl Iterator<Item = &'a str> + Clone,
    report: &mut Report,
) -> Option<usize> {
    let found = known.clone().position(|known| known == cell.text());
    if found.is_none() {
        let diagnostic = if cell.is_empty() {
            let message = format!("the {what} is missing");
            Diagnostic::error("missing-value", cell.location(), message)
        } else {
            let message = format!("there is no {what} `{}`", cell.text());
            Diagnostic::error(code, cell.location(), message)
        };
        report.push(diagnostic.maybe_hint(did_you_mean(cell.text(), known)));
    }
    found
}

/// The condition in a cell that must hold one.
pub(crate) fn condition(
    cell: Cell<'_>,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<Condition> {
    let (condition, problems) = expression::condition(cell.text(), scope);
    tell(cell, problems, report);
    condition
}

/// The formula in a cell that must hold one.
pub(crate) fn formula(cell: Cell<'_>, scope: &Scope<'_>, report: &mut Report) -> Option<Formula> {
    let (formula, problems) = expression::formula(cell.text(), scope);
    tell(cell, problems, report);
    formula
}

/// The conditions in a cell that must hold one: one for each combination of instances.
pub(crate) fn conditions(
    cell: Cell<'_>,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<Cases<Condition>> {
    let (conditions, problems) = expression::conditions(cell.text(), scope);
    tell(cell, problems, report);
    conditions
}

/// The one attribute that a path in a cell leads to.
pub(crate) fn attribute(
    cell: Cell<'_>,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<AttributeIndex> {
    let (found, problems) = expression::attributes(cell.text(), scope);
    tell(cell, problems, report);
    match found?.as_slice() {
        [only] if only.guards.is_empty() => Some(only.value),
        _ => {
            let message = format!("`{}` leads to several attributes", cell.text());
            let diagnostic = Diagnostic::error("several", cell.location(), message);
            let hint = "name the part in the column `part`, and its attribute here";
            report.push(diagnostic.hint(hint));
            None
        }
    }
}

fn tell(cell: Cell<'_>, problems: Vec<Problem>, report: &mut Report) {
    for problem in problems {
        let location = cell.within(problem.span);
        report.push(
            Diagnostic::error(problem.code, location, problem.message).maybe_hint(problem.hint),
        );
    }
}

/// Whether a row is for `product`: its `product` names it, or nothing, or there is no such column.
pub(crate) fn is_for(row: Row<'_>, product: &str) -> bool {
    let cell = row.cell("product");
    cell.is_empty() || cell.parts().any(|(part, _)| part == product)
}

/// Tells products that a row names but that do not exist.
pub(crate) fn check_products(row: Row<'_>, products: &BTreeSet<&str>, report: &mut Report) {
    let cell = row.cell("product");
    for (part, span) in cell.parts() {
        if !cell.is_empty() && !products.contains(part) {
            let message = format!("there is no product `{part}`");
            let hint = match part {
                WHOLE => Some(format!(
                    "add a row `{WHOLE}` to products.csv: it stands for a quote as a whole"
                )),
                part => did_you_mean(part, products.iter().copied()),
            };
            report.push(
                Diagnostic::error("unknown-product", cell.within(span), message).maybe_hint(hint),
            );
        }
    }
}
