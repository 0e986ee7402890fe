use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Condition, Text};
use quotewright_engine::price::Measure;

use super::lookup::{self, Lookups};
use super::{amounts, tiers};
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::PUBLIC;
use crate::model::rules::when;
use crate::model::{Draft, Options, attributes};
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// A step of the price, read, before a book is chosen.
pub(super) struct Step<'a> {
    pub(super) code: String,
    pub(super) label: Text,
    pub(super) when: Option<Condition>,
    pub(super) row: Row<'a>,
    pub(super) rule: Rule<'a>,
}

/// How a step's amount is worked out. Steps in `of` are positions of earlier steps.
pub(super) enum Rule<'a> {
    Amount {
        per: Option<Measure>,
    },
    Options {
        attribute: AttributeIndex,
        /// The rows of the options.
        rows: Vec<Row<'a>>,
    },
    Lookup {
        table: Lookups<'a>,
        per: Option<Measure>,
    },
    Percent {
        of: Vec<usize>,
    },
    Tiers {
        of: Vec<usize>,
        tiers: Vec<(Row<'a>, u32)>,
    },
}

/// Reads the steps of one product.
pub(super) struct Reader<'a, 'd> {
    pub(super) workbook: &'a Workbook,
    pub(super) draft: &'d Draft<'a>,
    pub(super) lists: &'d BTreeMap<&'a str, Options<'a>>,
    /// Codes of all steps of the product, in order.
    codes: Vec<&'a str>,
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(super) fn new(
        workbook: &'a Workbook,
        draft: &'d Draft<'a>,
        lists: &'d BTreeMap<&'a str, Options<'a>>,
    ) -> Self {
        let product = draft.model.product.as_str();
        let rows = workbook.rows("prices.csv");
        let rows = rows.filter(|row| cells::is_for(*row, product));
        Self {
            workbook,
            draft,
            lists,
            codes: rows.map(|row| row.cell("step").text()).collect(),
        }
    }

    /// All steps; a step that is wrong is left out.
    pub(super) fn steps(&self, report: &mut Report) -> Vec<Step<'a>> {
        let product = &self.draft.model.product;
        let rows = self.workbook.rows("prices.csv");
        let rows = rows.filter(|row| cells::is_for(*row, product));
        let mut codes = Codes::elsewhere("price step");
        let mut steps = Vec::new();
        for (position, row) in rows.enumerate() {
            let code = codes.define(row.cell("step"), report);
            let label = cells::text(row, "label", true, &self.workbook.manifest, report);
            let when = when(row, &self.draft.attributes.scope(), report);
            let rule = self.rule(row, position, report);
            if let (Some(code), Some(when), Some(rule)) = (code, when, rule) {
                steps.push(Step {
                    code,
                    label,
                    when,
                    row,
                    rule,
                });
            }
        }
        steps
    }

    fn rule(&self, row: Row<'a>, position: usize, report: &mut Report) -> Option<Rule<'a>> {
        let kinds = ["amount", "options", "table", "percent", "tiers"];
        let cell = row.cell("kind");
        let kind = cells::word(
            cell,
            "kind of step",
            "unknown-kind",
            kinds.into_iter(),
            report,
        )?;
        let kind = *kinds.get(kind)?;
        if !matches!(kind, "amount" | "table") {
            empty(row.cell("per"), kind, report);
            empty(row.cell("unit"), kind, report);
        }
        match kind {
            "amount" => {
                empty(row.cell("of"), kind, report);
                amounts::check(row, "price", report);
                some_price(row, report);
                let per = self.measure(row, report)?;
                Some(Rule::Amount { per })
            }
            "options" => self.options(row, report),
            "table" => self.lookup(row, report),
            "percent" => {
                amounts::check_percents(row, "price", report);
                some_price(row, report);
                let of = self.earlier(row.cell("of"), position, report)?;
                Some(Rule::Percent { of })
            }
            _ => self.tiers(row, position, report),
        }
    }

    /// What the amount is multiplied by; `Some(None)`: nothing.
    fn measure(&self, row: Row<'_>, report: &mut Report) -> Option<Option<Measure>> {
        let (cell, unit) = (row.cell("per"), row.cell("unit"));
        if cell.is_empty() {
            if !unit.is_empty() {
                let message = "a unit without a formula in `per` counts nothing";
                report.push(Diagnostic::error("unused-cell", unit.location(), message));
            }
            return Some(None);
        }
        let formula = cells::formula(cell, &self.draft.attributes.scope(), report)?;
        let unit = unit.text().to_owned();
        Some(Some(Measure { formula, unit }))
    }

    fn options(&self, row: Row<'a>, report: &mut Report) -> Option<Rule<'a>> {
        amounts::check_unused(row, "price", "the option list", report);
        let cell = row.cell("of");
        let attributes = &self.draft.attributes;
        let attribute = attributes::named(cell, attributes, report)?;
        let Some(list) = attributes.lists.get(attribute.0).copied().flatten() else {
            let flag = attributes.items.get(attribute.0)?.domain == AttributeDomain::Flag;
            let message = format!("`{}` has no list of options with prices", cell.text());
            let hint = flag.then(|| {
                let code = cell.text();
                format!("use the kind `amount` with `{code}` in the column `when`")
            });
            report.push(Diagnostic::error("type", cell.location(), message).maybe_hint(hint));
            return None;
        };
        let rows = self.lists.get(list)?.rows.clone();
        Some(Rule::Options { attribute, rows })
    }

    fn lookup(&self, row: Row<'a>, report: &mut Report) -> Option<Rule<'a>> {
        amounts::check_unused(row, "price", "the price table", report);
        let per = self.measure(row, report);
        let cell = row.cell("of");
        let tables: Vec<&str> = self
            .workbook
            .folder("price-tables")
            .map(|(it, _)| it)
            .collect();
        let known = tables.iter().copied();
        let found = cells::word(cell, "price table", "unknown-price-table", known, report)?;
        let (code, sheet) = self.workbook.folder("price-tables").nth(found)?;
        let attributes = &self.draft.attributes;
        let table = lookup::read(code, sheet, self.workbook, attributes, report)?;
        Some(Rule::Lookup { table, per: per? })
    }

    fn tiers(&self, row: Row<'a>, position: usize, report: &mut Report) -> Option<Rule<'a>> {
        amounts::check_unused(row, "price", "tiers.csv", report);
        let of = self.earlier(row.cell("of"), position, report);
        let step = row.cell("step");
        let product = &self.draft.model.product;
        let tiers = tiers::read(product, step.text(), self.workbook, report);
        if tiers.is_empty() {
            let message = format!("there are no tiers for `{}` in tiers.csv", step.text());
            report.push(Diagnostic::error("missing-tiers", step.location(), message));
        }
        Some(Rule::Tiers { of: of?, tiers })
    }

    /// The earlier steps that a cell names; all of them where it is empty.
    fn earlier(&self, cell: Cell<'_>, position: usize, report: &mut Report) -> Option<Vec<usize>> {
        if cell.is_empty() {
            return Some((0..position).collect());
        }
        let parts: Vec<_> = cell
            .parts()
            .map(|(part, span)| {
                let found = self.codes.iter().position(|code| *code == part);
                if found.is_some_and(|found| found < position) {
                    return found;
                }
                let (code, message) = match found {
                    Some(found) if found == position => {
                        ("later-step", format!("`{part}` is this step itself"))
                    }
                    Some(_) => ("later-step", format!("the step `{part}` comes later")),
                    None => ("unknown-step", format!("there is no earlier step `{part}`")),
                };
                let hint = match found {
                    Some(_) => Some("a step can only count on steps above it".to_owned()),
                    None => did_you_mean(part, self.codes.iter().copied().take(position)),
                };
                let location = cell.within(span);
                report.push(Diagnostic::error(code, location, message).maybe_hint(hint));
                None
            })
            .collect();
        let mut of = parts.into_iter().collect::<Option<Vec<_>>>()?;
        of.sort_unstable();
        of.dedup();
        Some(of)
    }

    /// Tells tiers of steps that are not there, or of another kind.
    pub(super) fn check_tiers(&self, steps: &[Step<'_>], report: &mut Report) {
        let product = &self.draft.model.product;
        let rows = self.workbook.rows("tiers.csv");
        for row in rows.filter(|row| cells::is_for(*row, product)) {
            let cell = row.cell("step");
            let named = |step: &&Step<'_>| step.code == cell.text();
            match steps.iter().find(named) {
                Some(step) if matches!(step.rule, Rule::Tiers { .. }) => {}
                Some(step) => {
                    let message = format!("the step `{}` is not of the kind `tiers`", step.code);
                    let diagnostic = Diagnostic::error("type", cell.location(), message);
                    let place = step.row.cell("kind").location();
                    report.push(diagnostic.related(place, "it is defined here"));
                }
                // A step that is wrong itself has been told already.
                None if self.codes.contains(&cell.text()) => {}
                None => {
                    let message = format!("there is no step `{}` in prices.csv", cell.text());
                    let hint = did_you_mean(cell.text(), self.codes.iter().copied());
                    report.push(
                        Diagnostic::error("unknown-step", cell.location(), message)
                            .maybe_hint(hint),
                    );
                }
            }
        }
    }
}

/// Tells a step that has no price in any book.
fn some_price(row: Row<'_>, report: &mut Report) {
    if row.family("price").all(|cell| cell.is_empty()) {
        let message = "the step has no price in any book";
        let location = row.cell(&format!("price.{PUBLIC}")).location();
        report.push(Diagnostic::error("missing-value", location, message));
    }
}

/// Tells a cell that means nothing for the kind of step.
fn empty(cell: Cell<'_>, kind: &str, report: &mut Report) {
    if !cell.is_empty() {
        let message = format!("this means nothing for a step of the kind `{kind}`");
        let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
        report.push(diagnostic.hint("empty the cell"));
    }
}
