//! Reading the steps whose amount depends on how many there are.

use std::collections::BTreeSet;

use quotewright_engine::catalog::Formula;
use quotewright_engine::price::Level;
use rust_decimal::Decimal;

use super::kinds::empty;
use super::quantities::{Scale, ScaleKind, check_counts, counts_in_order, unfit};
use super::rule::{Of, Rule, Step};
use super::steps::{Line, Reader};
use super::tiers;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Row;
use crate::suggest::did_you_mean;

/// Most decimals of the part of an amount that one unit costs.
const DECIMALS: u32 = 10;

impl<'a> Reader<'a, '_> {
    /// A price by quantity.
    pub(super) fn scale(
        &self,
        line: Line<'a, '_>,
        kind: ScaleKind,
        report: &mut Report,
    ) -> Option<Rule<'a>> {
        let row = line.row;
        empty(row.cell("of"), row.cell("kind").text(), report);
        let per = self.measure(line, None, report)?;
        let size = self.size(row, kind, report)?;
        let by = self.by(line, report)?;
        let tiers = match kind {
            ScaleKind::Package => Vec::new(),
            _ => {
                let step = row.cell("step");
                let product = &self.draft.model.product;
                let unit = match per {
                    None => tiers::Unit::Piece,
                    Some(_) => tiers::Unit::Measured,
                };
                let kind = (kind, unit);
                let tiers = tiers::read_prices(product, step.text(), kind, self.workbook, report);
                tell_missing(row, tiers.is_empty(), report);
                tiers
            }
        };
        Some(Rule::Scale(Scale {
            kind,
            per,
            tiers,
            by,
            size,
        }))
    }

    /// Units in a package, or items in a parcel; `Some(None)` where the kind has no size.
    fn size(&self, row: Row<'a>, kind: ScaleKind, report: &mut Report) -> Option<Option<Decimal>> {
        let cell = row.cell("price_unit");
        match kind {
            ScaleKind::Package => tiers::positive(cell, report).map(Some),
            ScaleKind::FirstAndAdditional if !cell.is_empty() => {
                cells::count(cell, 1, u32::MAX, report).map(|it| Some(it.into()))
            }
            _ => Some(None),
        }
    }

    /// Percentages by quantity, or by the number that decides.
    pub(super) fn tiers(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
        let row = line.row;
        let Some(by) = self.by(line, report)? else {
            let (of, tiers) = self.percentages(line, report)?;
            return Some(Rule::Tiers { of, tiers });
        };
        let of = self.earlier(line, report);
        let why = "what decides the tier stands in `by`";
        super::terms::tell_unused(row.cell("counts"), why, report);
        let product = &self.draft.model.product;
        let tiers = tiers::read_by(product, row.cell("step").text(), self.workbook, report);
        tell_missing(row, tiers.is_empty(), report);
        Some(Rule::TiersBy { of: of?, tiers, by })
    }

    /// Each piece at the percentage of its own tier.
    pub(super) fn brackets(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
        let (of, tiers) = self.percentages(line, report)?;
        Some(Rule::Brackets { of, tiers })
    }

    /// The percentages of a row by quantity, and what they are of.
    fn percentages(
        &self,
        line: Line<'a, '_>,
        report: &mut Report,
    ) -> Option<(Of, Vec<(Row<'a>, u32)>)> {
        let row = line.row;
        let of = self.earlier(line, report);
        let product = &self.draft.model.product;
        let tiers = tiers::read(product, row.cell("step").text(), self.workbook, report);
        tell_missing(row, tiers.is_empty(), report);
        Some((of?, tiers))
    }

    /// The number that decides the tier; `Some(None)` where that is what is counted.
    fn by(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Option<Formula>> {
        let cell = line.row.cell("by");
        if cell.is_empty() {
            return Some(None);
        }
        let scope = self.draft.attributes.scope_at(line.context);
        cells::formula(cell, &scope, report).map(Some)
    }

    /// Of how many pieces some are free.
    pub(super) fn lot(&self, row: Row<'a>, report: &mut Report) -> Option<Decimal> {
        let cell = row.cell("price_unit");
        let lot = Decimal::from(cells::count(cell, 1, u32::MAX, report)?);
        for price in row.family("price") {
            let free = price.number(price.text());
            if free.is_ok_and(|free| free < Decimal::ZERO || free > lot || !free.is_integer()) {
                let message = format!("that many pieces of {lot} cannot be free");
                let location = price.location();
                report.push(Diagnostic::error("bad-number", location, message));
            }
        }
        Some(lot)
    }

    /// Tells what a step cannot count, or be worked out of.
    pub(super) fn check_terms(&self, step: &Step<'a>, earlier: &[Step<'a>], report: &mut Report) {
        let (row, terms) = (step.row, &step.terms);
        let kind = row.cell("kind").text();
        let books = self.workbook.manifest.books.iter();
        let books = books.map(|book| book.code.as_str());
        match &step.rule {
            Rule::Scale(scale) => scale.check(row, terms, books.clone(), report),
            rule if rule.is_of_piece() => {
                if terms.level != Level::Line {
                    let message = format!("a step of the kind `{kind}` is for a line");
                    unfit(row.cell("for"), message, "write `line` here", report);
                }
                let fits = counts_in_order(terms.counts);
                check_counts(row.cell("counts"), fits, kind, report);
            }
            Rule::Amount { per: Some(per) } | Rule::Lookup { per: Some(per), .. }
                if per.price_unit.is_some()
                    && row.cell("per").is_empty()
                    && terms.level != Level::Piece =>
            {
                let message = "the amount is for so many of what?";
                unfit(row.cell("per"), message, "write a formula here", report);
            }
            _ => {}
        }
        let excluding = terms.applies.unless.iter();
        let mut excluding = excluding.filter_map(|it| earlier.get(*it));
        if terms.rivals.is_some() && excluding.any(|it| it.terms.rivals == terms.rivals) {
            let message = "steps with the same word in `best_of` exclude one another already";
            unfit(
                row.cell("unless"),
                message,
                "empty one of the two cells",
                report,
            );
        }
        // Of tiers that are wrong, totals say nothing.
        if !report.has_errors() {
            super::falling::tell(step, books, report);
        }
        let of_piece = terms.level == Level::Piece || step.rule.is_of_piece();
        let Some(Of::Steps(of)) = step.rule.of() else {
            return;
        };
        let of = of.iter().filter_map(|it| earlier.get(*it));
        for other in of.filter(|it| of_piece && it.terms.level == Level::Line) {
            let message = format!("the step `{}` is for a line, not for one piece", other.code);
            let place = other.row.cell("for").location();
            report.push(
                Diagnostic::error("unfit", row.cell("of").location(), message)
                    .related(place, "it is for a line here"),
            );
        }
    }

    /// Tells tiers of steps that are not there, or of another kind.
    pub(super) fn check_tiers(&self, steps: &[Step<'_>], report: &mut Report) {
        let product = &self.draft.model.product;
        let rows = self.workbook.rows("tiers.csv");
        for row in rows.filter(|row| cells::is_for(*row, product)) {
            let cell = row.cell("step");
            // A row for every product is for those that have such a step.
            let others = self.workbook.rows("prices.csv");
            let codes: BTreeSet<&str> = match row.cell("product").is_empty() {
                true => others.map(|it| it.cell("step").text()).collect(),
                false => self.codes.iter().copied().collect(),
            };
            if codes.contains(cell.text()) && !self.codes.contains(&cell.text()) {
                continue;
            }
            let named = |step: &&Step<'_>| step.row.cell("step").text() == cell.text();
            match steps.iter().find(named) {
                Some(step) if step.kind.has_tiers() => {}
                Some(step) => {
                    let message = format!("the step `{}` is not of a kind with tiers", cell.text());
                    let diagnostic = Diagnostic::error("type", cell.location(), message);
                    let place = step.row.cell("kind").location();
                    report.push(diagnostic.related(place, "it is defined here"));
                }
                // A step that is wrong itself has been told already.
                None if self.codes.contains(&cell.text()) => {}
                None => {
                    let message = format!("there is no step `{}` in prices.csv", cell.text());
                    let hint = did_you_mean(cell.text(), codes);
                    report.push(
                        Diagnostic::error("unknown-step", cell.location(), message)
                            .maybe_hint(hint),
                    );
                }
            }
        }
    }
}

fn tell_missing(row: Row<'_>, missing: bool, report: &mut Report) {
    if missing {
        let step = row.cell("step");
        let message = format!("there are no tiers for `{}` in tiers.csv", step.text());
        report.push(Diagnostic::error("missing-tiers", step.location(), message));
    }
}

/// For how many units an amount is; `Some(None)`: for one. One divided by it has to end.
pub(super) fn price_unit(row: Row<'_>, report: &mut Report) -> Option<Option<Decimal>> {
    let cell = row.cell("price_unit");
    if cell.is_empty() {
        return Some(None);
    }
    let size = tiers::positive(cell, report)?;
    let part = Decimal::ONE.checked_div(size).map(|it| it.normalize());
    let ends =
        part.filter(|it| it.scale() <= DECIMALS && it.checked_mul(size) == Some(Decimal::ONE));
    if ends.is_none() {
        let message = format!(
            "the {}th part of an amount has no end in decimals",
            cell.text()
        );
        let hint = "use 10, 100 or 1000, or state the amount for one";
        report.push(Diagnostic::error("bad-number", cell.location(), message).hint(hint));
        return None;
    }
    Some(Some(size))
}
