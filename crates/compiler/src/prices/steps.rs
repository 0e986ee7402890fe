use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeDomain, Condition, Formula, Text};
use quotewright_engine::price::{Between, Measure};
use rust_decimal::Decimal;

use super::amounts;
use super::counting::price_unit;
use super::indices;
use super::lookup::{self, Lookups};
use super::quantities::ScaleKind;
use super::rounded;
use super::rule::{IndexOf, Rule, Step};
use super::terms;
use super::tiers;
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::PUBLIC;
use crate::model::rules::when;
use crate::model::{Draft, Options, WHOLE, attributes};
use crate::parts::labelled;
use crate::presence::all;
use crate::sheet::{Cell, Row};
use crate::workbook::Workbook;

/// The words in the column `kind`.
const KINDS: [&str; 21] = [
    "amount",
    "options",
    "table",
    "percent",
    "tiers",
    "brackets",
    "volume",
    "graduated",
    "package",
    "block-volume",
    "block-graduated",
    "first-and-additional",
    "free",
    "minimum",
    "maximum",
    "fixed",
    "index",
    "margin",
    "round",
    "bundle",
    "bundle-percent",
];

/// Reads the steps of one product.
pub(super) struct Reader<'a, 'd> {
    pub(super) workbook: &'a Workbook,
    pub(super) draft: &'d Draft<'a>,
    pub(super) lists: &'d BTreeMap<&'a str, Options<'a>>,
    /// Codes of all steps of the product, in order.
    pub(super) codes: Vec<&'a str>,
}

/// The steps of each row so far: the instance that they are about, and their position.
type Placed = Vec<Vec<(usize, usize)>>;

/// One row of `prices.csv`, for one instance.
#[derive(Clone, Copy)]
pub(super) struct Line<'a, 'p> {
    pub(super) row: Row<'a>,
    /// Position of the instance.
    pub(super) context: usize,
    pub(super) placed: &'p Placed,
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

    /// Whether the steps are for a quote as a whole.
    pub(super) fn is_whole(&self) -> bool {
        self.draft.model.product == WHOLE
    }

    /// All steps; a step that is wrong is left out.
    pub(super) fn steps(&self, report: &mut Report) -> Vec<Step<'a>> {
        let product = &self.draft.model.product;
        let rows = self.workbook.rows("prices.csv");
        let rows = rows.filter(|row| cells::is_for(*row, product));
        let mut codes = Codes::elsewhere("price step");
        let mut steps: Vec<Step<'a>> = Vec::new();
        let mut placed: Placed = Vec::new();
        for row in rows {
            let code = codes.define(row.cell("step"), report);
            // The step of a part is called as the part where it has no name of its own.
            let named = row.cell("part").is_empty();
            let label = cells::text(row, "label", named, &self.workbook.manifest, report);
            let mut own = Vec::new();
            let mut tables = None;
            for context in self.draft.attributes.instances(row, report) {
                let line = Line {
                    row,
                    context,
                    placed: &placed,
                };
                let found = self.step(line, (&code, &label), own.is_empty(), &mut tables, report);
                if let Some(step) = found {
                    self.check_terms(&step, &steps, report);
                    own.push((context, steps.len()));
                    steps.push(step);
                }
            }
            placed.push(own);
        }
        steps
    }

    /// The step of a row for one instance.
    fn step(
        &self,
        line: Line<'a, '_>,
        (code, label): (&Option<String>, &Text),
        is_first: bool,
        tables: &mut Option<Lookups<'a>>,
        report: &mut Report,
    ) -> Option<Step<'a>> {
        let Line { row, context, .. } = line;
        let attributes = &self.draft.attributes;
        let when = when(row, &attributes.scope_at(context), report);
        let rule = self.rule(line, tables, report);
        let instance = attributes.tree.instances.get(context)?;
        let there = instance.there.map(Condition::There);
        let conditions: Vec<Condition> = there.into_iter().chain(when.clone().flatten()).collect();
        let terms = terms::read(
            row,
            (self.is_whole(), &self.workbook.manifest),
            (!conditions.is_empty()).then(|| all(conditions)),
            report,
        );
        let unless = match row.cell("unless") {
            cell if cell.is_empty() => Some(Vec::new()),
            cell => self.named(cell, line, report),
        };
        let bearers = self.bearers(row, report);
        let (code, _, mut terms, rule) = (code.as_ref()?, when?, terms?, rule?);
        terms.applies.unless = unless?;
        terms.bearers = bearers?;
        let locales = &self.workbook.manifest.locales;
        let (code, label) = match instance.path.as_str() {
            "" => (code.clone(), label.clone()),
            path => (
                format!("{code}@{path}"),
                labelled(locales, &instance.label, |it| label.get(it).to_owned()),
            ),
        };
        Some(Step {
            code,
            is_first,
            label,
            terms,
            row,
            rule,
        })
    }

    fn rule(
        &self,
        line: Line<'a, '_>,
        tables: &mut Option<Lookups<'a>>,
        report: &mut Report,
    ) -> Option<Rule<'a>> {
        let row = line.row;
        let cell = row.cell("kind");
        let known = KINDS.into_iter();
        let kind = cells::word(cell, "kind of step", "unknown-kind", known, report)?;
        let kind = *KINDS.get(kind)?;
        let scale = ScaleKind::named(kind);
        let measures = matches!(kind, "amount" | "table" | "index");
        if !measures && scale.is_none() {
            empty(row.cell("per"), kind, report);
            empty(row.cell("unit"), kind, report);
        }
        if !measures && !matches!(kind, "package" | "first-and-additional" | "free") {
            empty(row.cell("price_unit"), kind, report);
        }
        if kind != "table" {
            empty(row.cell("between"), kind, report);
        }
        if !matches!(kind, "tiers" | "brackets") && scale.is_none() {
            empty(row.cell("by"), kind, report);
        }
        if kind != "index" {
            empty(row.cell("index"), kind, report);
            empty(row.cell("base"), kind, report);
        }
        if let Some(scale) = scale {
            return self.scale(line, scale, report);
        }
        match kind {
            "options" => return self.options(line, report),
            "table" => return self.lookup(line, tables, report),
            "tiers" | "brackets" => return self.tiers(line, kind == "brackets", report),
            "percent" | "bundle-percent" => amounts::check_percents(row, "price", report),
            "margin" => amounts::check_margins(row, report),
            _ => amounts::check(row, "price", report),
        }
        some_price(row, report);
        if kind == "amount" {
            if !self.is_whole() {
                empty(row.cell("of"), kind, report);
            }
            let price_unit = price_unit(row, report)?;
            let per = self.measure(line, price_unit, report)?;
            return Some(Rule::Amount { per });
        }
        if kind == "index" {
            return self.index(line, report);
        }
        if matches!(kind, "bundle" | "bundle-percent") {
            return self.bundle(row, kind == "bundle-percent", report);
        }
        let of = self.earlier(line, report)?;
        Some(match kind {
            "margin" => Rule::Margin { of },
            "free" => Rule::Free {
                of,
                per: self.lot(row, report)?,
            },
            "minimum" | "maximum" => {
                amounts::check_not_negative(row, "price", report);
                let most = kind == "maximum";
                Rule::Spend { of, most }
            }
            "fixed" => Rule::Fixed { of },
            "round" => {
                let prices = row.family("price").filter(|it| !it.is_empty());
                for price in prices {
                    tiers::positive(price, report);
                }
                let mode = rounded::mode(row, &self.workbook.manifest, report)?;
                Rule::Round { of, mode }
            }
            _ => Rule::Percent { of },
        })
    }

    /// What the amount is multiplied by; `Some(None)`: nothing.
    pub(super) fn measure(
        &self,
        line: Line<'a, '_>,
        price_unit: Option<Decimal>,
        report: &mut Report,
    ) -> Option<Option<Measure>> {
        let row = line.row;
        let (cell, unit) = (row.cell("per"), row.cell("unit"));
        let rounding = rounded::to(row, "units_to", &self.workbook.manifest, report)?;
        if cell.is_empty() {
            let why = "without a formula in `per`, there are no units";
            terms::tell_unused(row.cell("units_to"), why, report);
        }
        if cell.is_empty() && price_unit.is_some() && unit.is_empty() {
            return Some(Some(Measure {
                formula: Formula::Constant(Decimal::ONE),
                unit: String::new(),
                price_unit,
                rounding,
            }));
        }
        if cell.is_empty() {
            if !unit.is_empty() {
                let message = "a unit without a formula in `per` counts nothing";
                report.push(Diagnostic::error("unused-cell", unit.location(), message));
            }
            return Some(None);
        }
        let scope = self.draft.attributes.scope_at(line.context);
        let formula = cells::formula(cell, &scope, report)?;
        let unit = unit.text().to_owned();
        Some(Some(Measure {
            formula,
            unit,
            price_unit,
            rounding,
        }))
    }

    fn options(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
        let row = line.row;
        amounts::check_unused(row, "price", "the option list", report);
        let cell = row.cell("of");
        let attributes = &self.draft.attributes;
        let attribute = attributes::named(cell, attributes, line.context, report)?;
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
        for option in &rows {
            amounts::check_public(*option, report);
        }
        Some(Rule::Options { attribute, rows })
    }

    /// `read` is the table as another instance of the same row has it.
    fn lookup(
        &self,
        line: Line<'a, '_>,
        read: &mut Option<Lookups<'a>>,
        report: &mut Report,
    ) -> Option<Rule<'a>> {
        let row = line.row;
        amounts::check_unused(row, "price", "the price table", report);
        let price_unit = price_unit(row, report)?;
        let per = self.measure(line, price_unit, report);
        let between = terms::choice(row.cell("between"), Between::NAMED, report)?;
        let attributes = &self.draft.attributes;
        if let Some(read) = read {
            let table = read.at(attributes, line.context, report)?;
            return Some(Rule::Lookup {
                table,
                per: per?,
                between,
            });
        }
        let cell = row.cell("of");
        let tables: Vec<&str> = self
            .workbook
            .folder("price-tables")
            .map(|(it, _)| it)
            .collect();
        let known = tables.iter().copied();
        let found = cells::word(cell, "price table", "unknown-price-table", known, report)?;
        let (code, sheet) = self.workbook.folder("price-tables").nth(found)?;
        let place = (attributes, line.context, between);
        let table = lookup::read(code, sheet, self.workbook, place, report)?;
        if !row.cell("between").is_empty() && !table.has_numbers() {
            let message = "the table has no numbers, so nothing is between its rows";
            let location = row.cell("between").location();
            let diagnostic = Diagnostic::warning("unused-cell", location, message);
            report.push(diagnostic.hint("empty the cell"));
        }
        *read = Some(table.clone());
        Some(Rule::Lookup {
            table,
            per: per?,
            between,
        })
    }

    /// What follows an index: units where `per` counts them, else earlier steps.
    fn index(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
        let row = line.row;
        let index = indices::read(row.cell("index"), self.workbook, report);
        let base = tiers::positive(row.cell("base"), report);
        let of = if row.cell("per").is_empty() {
            empty(row.cell("unit"), "index", report);
            empty(row.cell("price_unit"), "index", report);
            IndexOf::Steps(self.earlier(line, report)?)
        } else {
            empty(row.cell("of"), "index", report);
            let price_unit = price_unit(row, report)?;
            IndexOf::Units(self.measure(line, price_unit, report)??)
        };
        Some(Rule::Index {
            index: index?,
            base: base?,
            of,
        })
    }
}

/// Tells a step that has no price in any book.
pub(super) fn some_price(row: Row<'_>, report: &mut Report) {
    if row.family("price").all(|cell| cell.is_empty()) {
        let message = "the step has no price in any book";
        let location = row.cell(&format!("price.{PUBLIC}")).location();
        report.push(Diagnostic::error("missing-value", location, message));
    }
}

/// Tells a cell that means nothing for the kind of step.
pub(super) fn empty(cell: Cell<'_>, kind: &str, report: &mut Report) {
    if !cell.is_empty() {
        let message = format!("this means nothing for a step of the kind `{kind}`");
        let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
        report.push(diagnostic.hint("empty the cell"));
    }
}
