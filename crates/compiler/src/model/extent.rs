//! How many instances are laid out of a part of which there can be any number.
//!
//! COOM has an answer to that: the parts, the ranges of the attributes and the rules are
//! written as a model in COOM, as far as both mean the same by them, and that is asked.

use std::fmt::Write as _;

use quotewright_engine::catalog::{AttributeDomain, NumberRange, OptionList};

use super::attributes::Defined;
use crate::cells;
use crate::coom::ast::{Expression, ExpressionKind, Path};
use crate::coom::{self, Bounds, CoomFile, CoomModel};
use crate::parts::{Definition, PRODUCT};
use crate::sheet::Row;
use crate::workbook::Workbook;

/// Finds out how many instances the rules allow, or can make use of, of each part without a
/// largest number.
pub(super) fn settle(
    product: &str,
    parts: &mut [Definition<'_>],
    defined: &[Defined<'_>],
    workbook: &Workbook,
) {
    if parts.iter().all(|part| !part.unbounded) {
        return;
    }
    let rows = workbook.rows("rules.csv");
    let rules: Vec<Row<'_>> = rows.filter(|row| cells::is_for(*row, product)).collect();
    let Some(model) = model(&document(parts, defined, &rules)) else {
        return;
    };
    let found = model.unbounded(&Bounds::default());
    for part in parts.iter_mut().filter(|part| part.unbounded) {
        let own = found.iter();
        let own = own.filter(|it| it.path.rsplit('.').next() == Some(part.code.as_str()));
        let count = own.map(|it| it.grounded).max();
        part.count = count.unwrap_or(part.count).max(1);
    }
}

fn model(text: &str) -> Option<CoomModel> {
    match coom::read("", text) {
        (Some(CoomFile::Model(model)), _) => Some(model),
        _ => None,
    }
}

fn document(parts: &[Definition<'_>], defined: &[Defined<'_>], rules: &[Row<'_>]) -> String {
    let mut text = String::new();
    let mut lists = String::new();
    for (position, part) in parts.iter().enumerate() {
        text.push_str(&match position {
            PRODUCT => "product {\n".to_owned(),
            _ => format!("structure \"{}\" {{\n", part.code),
        });
        for (number, own) in defined.iter().enumerate() {
            if own.part == position {
                let kind = kind(number, &own.attribute.domain, &mut lists);
                line(&mut text, &[&kind, &quoted(&own.attribute.code)]);
            }
        }
        for inner in parts.iter().filter(|it| it.owner == Some(position)) {
            let to = match inner.unbounded {
                true => "*".to_owned(),
                false => inner.count.to_string(),
            };
            let name = quoted(&inner.code);
            line(&mut text, &[&format!("{}..{to}", inner.from), &name, &name]);
        }
        text.push_str("}\n");
    }
    text.push_str(&lists);
    for own in defined {
        let formula = own.row.cell("formula").text();
        let demand = format!("{} >= ({formula})", own.attribute.code);
        let part = parts.get(own.part).map_or("", |part| part.code.as_str());
        behavior(&mut text, part, "", &demand, parts);
    }
    for row in rules {
        if matches!(row.cell("kind").text(), "" | "require") {
            let (when, require) = (row.cell("when").text(), row.cell("require").text());
            behavior(&mut text, row.cell("part").text(), when, require, parts);
        }
    }
    text
}

/// The type of an attribute.
fn kind(number: usize, domain: &AttributeDomain, lists: &mut String) -> String {
    match domain {
        AttributeDomain::Flag | AttributeDomain::Presence(_) => "Bool".to_owned(),
        AttributeDomain::Number(range) => range_of(range),
        AttributeDomain::Options(list) => {
            let name = quoted(&format!("list {number}"));
            enumeration(lists, &name, list);
            name
        }
    }
}

fn range_of(range: &NumberRange) -> String {
    let digits = [range.min, range.step].map(|it| it.normalize().scale());
    let digits = digits.into_iter().max().unwrap_or(0);
    let places = (0..digits).map(|_| '#').collect::<String>();
    let point = if digits > 0 { "." } else { "" };
    let (min, max) = (range.min.normalize(), range.max.normalize());
    format!("num{point}{places} {min}-{max}")
}

fn enumeration(text: &mut String, name: &str, list: &OptionList) {
    line(text, &["enumeration", name, "{"]);
    for property in &list.properties {
        line(text, &["attribute num", &quoted(property)]);
    }
    for option in &list.options {
        let values = option.properties.iter().map(ToString::to_string);
        let values = values.collect::<Vec<_>>().join(", ");
        let name = quoted(&option.code);
        match values.is_empty() {
            true => line(text, &[&name]),
            false => line(text, &[&name, "= (", &values, ")"]),
        }
    }
    line(text, &["}"]);
}

/// Adds a rule, where it means the same in COOM as in the sheet.
fn behavior(text: &mut String, part: &str, when: &str, require: &str, parts: &[Definition<'_>]) {
    let means_the_same = |cell: &str| {
        let plain = !cell.contains(['\n', '\r', ';', '{', '}']) && !cell.contains("//");
        let tree = plain.then(|| coom::expression(cell).ok()).flatten();
        tree.is_some_and(|tree| counts_parts(&tree, parts))
    };
    if !means_the_same(require) || !(when.is_empty() || means_the_same(when)) {
        return;
    }
    let part = match part {
        "" => String::new(),
        part => quoted(part),
    };
    line(text, &["behavior", &part, "{"]);
    if !when.is_empty() {
        line(text, &["condition", when]);
    }
    line(text, &["require", require]);
    line(text, &["}"]);
}

/// Whether `count` stands only before parts: of an attribute, sheets count where it is yes,
/// and COOM counts all.
fn counts_parts(node: &Expression, parts: &[Definition<'_>]) -> bool {
    let all = |inner: &[Expression]| inner.iter().all(|it| counts_parts(it, parts));
    match &node.kind {
        ExpressionKind::Number(_) | ExpressionKind::Truth(_) | ExpressionKind::Path(_) => true,
        ExpressionKind::Not(inner) | ExpressionKind::Negate(inner) => counts_parts(inner, parts),
        ExpressionKind::All(inner) | ExpressionKind::Any(inner) => all(inner),
        ExpressionKind::Compare { left, right, .. }
        | ExpressionKind::Arithmetic { left, right, .. }
        | ExpressionKind::Contains {
            set: left,
            element: right,
        } => counts_parts(left, parts) && counts_parts(right, parts),
        ExpressionKind::Call {
            function,
            arguments,
        } if function.text == "count" => {
            let is_part = |path: &Path| {
                let last = path.steps.last().map(|step| step.name.text.as_str());
                parts.iter().any(|part| Some(part.code.as_str()) == last)
            };
            let mut arguments = arguments.iter();
            arguments.all(|it| matches!(&it.kind, ExpressionKind::Path(path) if is_part(path)))
        }
        ExpressionKind::Call { arguments, .. } => all(arguments),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn line(text: &mut String, words: &[&str]) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{}", words.join(" "));
}
