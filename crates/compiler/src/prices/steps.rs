use std::cell::OnceCell;
use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeDomain, Condition, Formula, Text};
use quotewright_engine::price::{Base, Between, Measure, PriceRule};
use rust_decimal::Decimal;

use super::amounts;
use super::counting::price_unit;
use super::indices;
use super::kinds::{Kind, empty};
use super::lookup::{self, Lookups};
use super::rounded;
use super::rule::{IndexOf, Rule, Step};
use super::terms;
use super::tiers;
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::model::rules::when;
use crate::model::{Draft, Options, WHOLE, attributes};
use crate::parts::labelled;
use crate::presence::all;
use crate::sheet::Row;
use crate::workbook::Workbook;

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
    /// The row's price table, as its first instance has it.
    table: &'p OnceCell<Lookups<'a>>,
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
            let table = OnceCell::new();
            for context in self.draft.attributes.instances(row, report) {
                let line = Line {
                    row,
                    context,
                    placed: &placed,
                    table: &table,
                };
                let found = self.step(line, (&code, &label), own.is_empty(), report);
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
        report: &mut Report,
    ) -> Option<Step<'a>> {
        let Line { row, context, .. } = line;
        let attributes = &self.draft.attributes;
        let when = when(row, &attributes.scope_at(context), report);
        let kind = Kind::named(row.cell("kind"), report);
        let rule = kind.and_then(|it| it.read(self, line, report));
        let instance = attributes.tree.instances.get(context)?;
        let there = instance.there.map(Condition::There);
        let conditions: Vec<Condition> = there.into_iter().chain(when.clone().flatten()).collect();
        let terms = terms::read(
            row,
            (self.is_whole(), &self.workbook.manifest),
            (!conditions.is_empty()).then(|| all(conditions)),
            report,
        );
        let excluding = self.excluding(line, report);
        let bearers = self.bearers(row, report);
        let (code, _, mut terms, kind, rule) = (code.as_ref()?, when?, terms?, kind?, rule?);
        (terms.applies.unless, terms.applies.unless_on_lines) = excluding?;
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
            kind,
            rule,
        })
    }

    /// An amount, for each unit where units are counted.
    pub(super) fn amount(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
        if !self.is_whole() {
            empty(line.row.cell("of"), "amount", report);
        }
        let price_unit = price_unit(line.row, report)?;
        let per = self.measure(line, price_unit, report)?;
        Some(Rule::Amount { per })
    }

    /// What `rule` makes of the price of a row and of earlier steps.
    pub(super) fn change(
        &self,
        line: Line<'a, '_>,
        report: &mut Report,
        rule: impl Fn(Decimal, Base) -> PriceRule + 'static,
    ) -> Option<Rule<'a>> {
        let of = self.earlier(line, report)?;
        let rule = Box::new(rule);
        Some(Rule::Change { of, rule })
    }

    /// Some pieces of each lot free.
    pub(super) fn free(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
        let of = self.earlier(line, report)?;
        let per = self.lot(line.row, report)?;
        Some(Rule::Free { of, per })
    }

    /// A least or a most for earlier steps.
    pub(super) fn limit(
        &self,
        line: Line<'a, '_>,
        most: bool,
        report: &mut Report,
    ) -> Option<Rule<'a>> {
        let of = self.earlier(line, report)?;
        Some(Rule::Spend { of, most })
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

    /// An amount for each option of an attribute.
    pub(super) fn options(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
        let cell = line.row.cell("of");
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

    /// An amount from a price table.
    pub(super) fn lookup(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
        let row = line.row;
        let price_unit = price_unit(row, report)?;
        let per = self.measure(line, price_unit, report);
        let between = terms::choice(row.cell("between"), Between::NAMED, report)?;
        let attributes = &self.draft.attributes;
        if let Some(read) = line.table.get() {
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
        let table = line.table.get_or_init(|| table).clone();
        Some(Rule::Lookup {
            table,
            per: per?,
            between,
        })
    }

    /// What follows an index: units where `per` counts them, else earlier steps.
    pub(super) fn index(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Rule<'a>> {
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
