use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Formula, Group, NumberRange, Value, Wish,
};
use rust_decimal::Decimal;

use super::options::Options;
use super::{cycles, units};
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::expression::Scope;
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// The attributes of one product.
pub(crate) struct Attributes<'a> {
    pub(crate) items: Vec<Attribute>,
    /// One for each of `items`.
    pub(crate) rows: Vec<Row<'a>>,
    /// Name of the option list of each of `items`, where it has one.
    pub(crate) lists: Vec<Option<&'a str>>,
    /// Codes of attributes that are wrong themselves.
    pub(crate) broken: BTreeSet<String>,
}

impl Attributes<'_> {
    pub(crate) fn scope(&self) -> Scope<'_> {
        Scope {
            attributes: &self.items,
            broken: &self.broken,
        }
    }
}

/// Reads the attributes of `product`.
pub(super) fn read<'a>(
    product: &str,
    workbook: &'a Workbook,
    groups: &[Group],
    lists: &BTreeMap<&'a str, Options<'a>>,
    report: &mut Report,
) -> Attributes<'a> {
    let mut codes = Codes::in_expressions("attribute");
    let mut attributes = Attributes {
        items: Vec::new(),
        rows: Vec::new(),
        lists: Vec::new(),
        broken: BTreeSet::new(),
    };
    let rows = workbook.rows("attributes.csv");
    for row in rows.filter(|row| cells::is_for(*row, product)) {
        let code = codes.define(row.cell("attribute"), report);
        match attribute(row, workbook, groups, lists, report).zip(code.as_ref()) {
            Some(((attribute, list), code)) => {
                let code = code.clone();
                attributes.items.push(Attribute { code, ..attribute });
                attributes.rows.push(row);
                attributes.lists.push(list);
            }
            None => {
                let code = row.cell("attribute").text();
                if attributes.scope().find(code).is_none() {
                    attributes.broken.insert(code.to_owned());
                }
            }
        }
    }
    let formulas = formulas(&attributes, report);
    for (attribute, formula) in attributes.items.iter_mut().zip(formulas) {
        attribute.formula = formula;
    }
    cycles::check(&attributes, report);
    attributes
}

/// The attribute of a row, without its code and formula, and the name of its option list.
fn attribute<'a>(
    row: Row<'a>,
    workbook: &'a Workbook,
    groups: &[Group],
    lists: &BTreeMap<&'a str, Options<'a>>,
    report: &mut Report,
) -> Option<(Attribute, Option<&'a str>)> {
    let manifest = &workbook.manifest;
    let label = cells::text(row, "label", true, manifest, report);
    let help = cells::text(row, "help", false, manifest, report);
    let known = groups.iter().map(|group| group.code.as_str());
    // Where there are no groups at all, that has been told at their sheet.
    let group = (!groups.is_empty())
        .then(|| cells::word(row.cell("group"), "group", "unknown-group", known, report))
        .flatten();
    let (domain, list) = domain(row, lists, report)?;
    let wish = wish(row, &domain, report);
    let attribute = Attribute {
        code: String::new(),
        label,
        help,
        group: group.unwrap_or(0),
        domain,
        wish,
        formula: None,
        part: None,
        access: Default::default(),
    };
    Some((attribute, list))
}

fn domain<'a>(
    row: Row<'a>,
    lists: &BTreeMap<&'a str, Options<'a>>,
    report: &mut Report,
) -> Option<(AttributeDomain, Option<&'a str>)> {
    let types = ["options", "yes_no", "number"];
    let kind = cells::word(
        row.cell("type"),
        "type",
        "unknown-type",
        types.into_iter(),
        report,
    )?;
    let range = ["min", "max", "step", "unit"];
    match kind {
        0 => {
            unused(row, &range, "of options", report);
            let known = lists.keys().copied();
            let cell = row.cell("options");
            let list = cells::word(cell, "list of options", "unknown-list", known, report)?;
            let (name, options) = lists.iter().nth(list)?;
            // An empty list has been told at its own sheet.
            (!options.list.options.is_empty())
                .then(|| (AttributeDomain::Options(options.list.clone()), Some(*name)))
        }
        1 => {
            unused(row, &range, "with yes and no", report);
            unused(row, &["options"], "with yes and no", report);
            Some((AttributeDomain::Flag, None))
        }
        _ => {
            unused(row, &["options"], "with numbers", report);
            Some((AttributeDomain::Number(number_range(row, report)?), None))
        }
    }
}

/// Tells cells that have no meaning for the type: nothing is silently left out.
fn unused(row: Row<'_>, columns: &[&str], what: &str, report: &mut Report) {
    for cell in columns.iter().map(|column| row.cell(column)) {
        if !cell.is_empty() {
            let message = format!("this means nothing for an attribute {what}");
            let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
            report.push(diagnostic.hint("empty the cell"));
        }
    }
}

fn number_range(row: Row<'_>, report: &mut Report) -> Option<NumberRange> {
    let min = cells::number(row.cell("min"), report);
    let max = cells::number(row.cell("max"), report);
    let step = cells::number(row.cell("step"), report);
    let unit = row.cell("unit");
    if !unit.is_empty() && !units::is_known(unit.text()) {
        let message = format!("`{}` is not a unit that is known here", unit.text());
        let hint = crate::suggest::closest(unit.text(), units::all())
            .map(|unit| format!("did you mean `{unit}`? As it stands, it is shown as written"));
        report.push(Diagnostic::warning("unknown-unit", unit.location(), message).maybe_hint(hint));
    }
    let (min, max, step) = (min?, max?, step?);
    let fail = |column: &str, message: String, hint: Option<String>, report: &mut Report| {
        let location = row.cell(column).location();
        report.push(Diagnostic::error("bad-range", location, message).maybe_hint(hint));
        None
    };
    if step <= Decimal::ZERO {
        return fail("step", "the step must be above zero".into(), None, report);
    }
    if max < min {
        let message = format!("the largest value, {max}, is below the smallest, {min}");
        return fail("max", message, None, report);
    }
    let steps = max.checked_sub(min).and_then(|width| {
        let rest = width.checked_rem(step)?;
        Some((rest, max.checked_sub(rest)?))
    });
    match steps {
        Some((rest, _)) if rest.is_zero() => Some(NumberRange {
            min,
            max,
            step,
            unit: unit.text().to_owned(),
            unbounded_below: false,
            unbounded_above: false,
        }),
        Some((_, below)) => {
            let message = format!("steps of {step} from {min} do not reach {max}");
            let hint = format!("the last step is {}", below.normalize());
            fail("max", message, Some(hint), report)
        }
        None => fail("max", "the range is too wide".into(), None, report),
    }
}

fn wish(row: Row<'_>, domain: &AttributeDomain, report: &mut Report) -> Option<Wish> {
    let cell = row.cell("default");
    match cell.text() {
        "" => None,
        _ if !row.cell("formula").is_empty() => {
            let message = "an attribute that is worked out cannot have a default";
            report.push(Diagnostic::error("unused-cell", cell.location(), message));
            None
        }
        "first" => Some(Wish::First),
        "last" => Some(Wish::Last),
        _ => value(cell, cell.text(), 0, domain, report).map(Wish::Value),
    }
}

/// The value of an attribute that a part of a cell spells; `at` is where the part starts.
pub(crate) fn value(
    cell: Cell<'_>,
    text: &str,
    at: usize,
    domain: &AttributeDomain,
    report: &mut Report,
) -> Option<Value> {
    let location = || cell.within(at..at + text.len());
    if let AttributeDomain::Number(range) = domain {
        let number = cells::part_number(cell, text, at, report)?;
        if range.position_of(number).is_none() {
            let message = format!(
                "`{text}` is not one of the values from {} to {} in steps of {}",
                range.min, range.max, range.step
            );
            report.push(Diagnostic::error("out-of-range", location(), message));
            return None;
        }
        return Some(Value::Number(number));
    }
    let codes = crate::expression::option_codes(domain).unwrap_or_default();
    let found = codes.iter().position(|code| *code == text);
    if found.is_none() {
        let message = match text {
            "" => "an option is missing here".to_owned(),
            _ => format!("there is no option `{text}` here"),
        };
        let hint = did_you_mean(text, codes);
        report.push(Diagnostic::error("unknown-option", location(), message).maybe_hint(hint));
    }
    found.map(Value::Option)
}

fn formulas(attributes: &Attributes<'_>, report: &mut Report) -> Vec<Option<Formula>> {
    let scope = attributes.scope();
    let pairs = attributes.items.iter().zip(&attributes.rows);
    let read = pairs.map(|(attribute, row)| {
        let cell = row.cell("formula");
        if cell.is_empty() {
            return None;
        }
        if !matches!(attribute.domain, AttributeDomain::Number(_)) {
            let message = "only a number can be worked out by a formula";
            report.push(
                Diagnostic::error("type", cell.location(), message)
                    .hint("say what goes together in rules.csv or a table"),
            );
            return None;
        }
        cells::formula(cell, &scope, report)
    });
    read.collect()
}

/// The attribute called `code`, for a cell that must name one.
pub(crate) fn named(
    cell: Cell<'_>,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<AttributeIndex> {
    if attributes.scope().excuses(cell.text()) && !cell.is_empty() {
        return None;
    }
    let known = attributes.items.iter().map(|item| item.code.as_str());
    cells::word(cell, "attribute", "unknown-attribute", known, report).map(AttributeIndex)
}
