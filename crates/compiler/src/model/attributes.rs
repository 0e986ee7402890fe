use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{
    Access, Attribute, AttributeDomain, AttributeIndex, Formula, Group, NumberRange, Value, Wish,
};
use rust_decimal::Decimal;

use super::options::Options;
use super::{cycles, extent, layout, units};
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::expression::Scope;
use crate::parts::{self, PRODUCT, Tree};
use crate::presence::may_be_absent;
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// The attributes of one product, those of every instance of its parts included.
pub(crate) struct Attributes<'a> {
    pub(crate) items: Vec<Attribute>,
    /// One for each of `items`.
    pub(crate) rows: Vec<Row<'a>>,
    /// Name of the option list of each of `items`, where it has one.
    pub(crate) lists: Vec<Option<&'a str>>,
    /// Headings of the form, those of the instances included.
    pub(crate) groups: Vec<Group>,
    pub(crate) tree: Tree,
}

impl<'a> Attributes<'a> {
    /// Names as they stand at an instance.
    pub(crate) fn scope_at(&self, context: usize) -> Scope<'_> {
        Scope {
            attributes: &self.items,
            tree: &self.tree,
            context,
        }
    }

    /// The presence of an instance; `None`: always there.
    pub(crate) fn there(&self, instance: usize) -> Option<AttributeIndex> {
        self.tree.instances.get(instance)?.there
    }

    /// The instances that a row is about: of the part that it names, else the product.
    pub(crate) fn instances(&self, row: Row<'_>, report: &mut Report) -> Vec<usize> {
        let cell = row.cell("part");
        if cell.is_empty() {
            return vec![PRODUCT];
        }
        if let Some(kind) = self.tree.kind_called(cell.text()) {
            return self.tree.instances_of(kind).collect();
        }
        let root = self.tree.kinds.first();
        if !root.is_some_and(|root| root.broken.contains(cell.text())) {
            let message = format!("there is no part `{}` in parts.csv", cell.text());
            let hint = did_you_mean(cell.text(), self.tree.codes());
            report
                .push(Diagnostic::error("unknown-part", cell.location(), message).maybe_hint(hint));
        }
        Vec::new()
    }
}

/// One row of `attributes.csv`.
pub(super) struct Defined<'a> {
    /// Position of the part that it belongs to.
    pub(super) part: usize,
    /// The attribute, as the product or each instance has it.
    pub(super) attribute: Attribute,
    pub(super) list: Option<&'a str>,
    pub(super) row: Row<'a>,
}

/// Reads the parts and attributes of `product`.
pub(super) fn read<'a>(
    product: &str,
    workbook: &'a Workbook,
    groups: &[Group],
    lists: &BTreeMap<&'a str, Options<'a>>,
    report: &mut Report,
) -> Attributes<'a> {
    let mut parts = parts::read(product, workbook, groups, report);
    // Parts and attributes of the same part have different names.
    let mut codes: Vec<Codes> = (parts.parts.iter())
        .map(|_| Codes::in_expressions("attribute"))
        .collect();
    for part in &parts.parts {
        if let (Some(owner), Some(row)) = (part.owner, part.row)
            && let Some(codes) = codes.get_mut(owner)
        {
            codes.define(row.cell("part"), report);
        }
    }
    let mut defined: Vec<Defined<'a>> = Vec::new();
    let mut broken = vec![BTreeSet::new(); parts.parts.len()];
    let rows = workbook.rows("attributes.csv");
    for row in rows.filter(|row| cells::is_for(*row, product)) {
        let part = parts.named(row, report);
        let code = part.and_then(|part| {
            let codes = codes.get_mut(part)?;
            codes.define(row.cell("attribute"), report)
        });
        let found = attribute(row, workbook, groups, lists, report);
        match (part, code, found) {
            (Some(part), Some(code), Some((attribute, list))) => defined.push(Defined {
                part,
                attribute: Attribute { code, ..attribute },
                list,
                row,
            }),
            (part, ..) => {
                let code = row.cell("attribute").text();
                let is_there =
                    |it: &Defined<'_>| Some(it.part) == part && it.attribute.code == code;
                if !defined.iter().any(is_there)
                    && let Some(broken) = broken.get_mut(part.unwrap_or(PRODUCT))
                {
                    broken.insert(code.to_owned());
                }
            }
        }
    }
    extent::settle(product, &mut parts.parts, &defined, workbook);
    let mut attributes = layout::lay_out(&parts, defined, broken, groups, workbook, report);
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
    let group = group(row, groups, report);
    let access = access(row.cell("access"), report);
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
        access,
    };
    Some((attribute, list))
}

/// Position of the heading; what belongs to a part stands under the part's own.
fn group(row: Row<'_>, groups: &[Group], report: &mut Report) -> Option<usize> {
    let cell = row.cell("group");
    if !row.cell("part").is_empty() {
        if !cell.is_empty() {
            let message = "the attributes of a part stand under the heading of the part";
            let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
            report.push(diagnostic.hint("empty the cell"));
        }
        return None;
    }
    let known = groups.iter().map(|group| group.code.as_str());
    // Where there are no groups at all, that has been told at their sheet.
    (!groups.is_empty())
        .then(|| cells::word(cell, "group", "unknown-group", known, report))
        .flatten()
}

/// Whether the buyer sees the attribute and may change it.
fn access(cell: Cell<'_>, report: &mut Report) -> Access {
    let kinds = [
        ("open", Access::Open),
        ("read_only", Access::ReadOnly),
        ("hidden", Access::Hidden),
    ];
    if cell.is_empty() {
        return Access::Open;
    }
    let known = kinds.iter().map(|(word, _)| *word);
    let found = cells::word(cell, "kind of access", "unknown-word", known, report);
    let found = found.and_then(|found| kinds.get(found));
    found.map_or(Access::Open, |(_, access)| *access)
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
    let mut formulas = vec![None; attributes.items.len()];
    for (at, instance) in attributes.tree.instances.iter().enumerate() {
        let scope = attributes.scope_at(at);
        for index in &instance.attributes {
            if let Some(formula) = formulas.get_mut(index.0) {
                *formula = worked_out(*index, attributes, &scope, report);
            }
        }
    }
    formulas
}

fn worked_out(
    index: AttributeIndex,
    attributes: &Attributes<'_>,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<Formula> {
    let (attribute, row) = (
        attributes.items.get(index.0)?,
        attributes.rows.get(index.0)?,
    );
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
    let formula = cells::formula(cell, scope, report)?;
    if may_be_absent(&attributes.items, &formula, attribute.part) {
        let message = "the formula says nothing while a part in it is not there";
        let diagnostic = Diagnostic::error("absent", cell.location(), message);
        report.push(diagnostic.hint("write `sum(...)` around what may not be there: 0 then"));
    }
    Some(formula)
}

/// The attribute that a cell must name, as it stands at an instance: a code, or a path that
/// leads to one attribute.
pub(crate) fn named(
    cell: Cell<'_>,
    attributes: &Attributes<'_>,
    context: usize,
    report: &mut Report,
) -> Option<AttributeIndex> {
    let scope = attributes.scope_at(context);
    let code = cell.text();
    if scope.excuses(code) && !code.is_empty() {
        return None;
    }
    if code.contains(['.', '[']) {
        return cells::attribute(cell, &scope, report);
    }
    if let Some((index, _)) = scope.find(code) {
        return Some(index);
    }
    let known: Vec<&str> = scope.codes().collect();
    let known = known.iter().copied();
    cells::word(cell, "attribute", "unknown-attribute", known, report)?;
    // The word is known, but it is that of a part.
    let message = format!("`{code}` is a part: name one of its attributes");
    report.push(Diagnostic::error("type", cell.location(), message));
    None
}
