//! What the lines of a quote say about it: numbers that only prices may look at.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Fact, Rule};

use super::WHOLE;
use super::attributes::Attributes;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Row;
use crate::workbook::Workbook;

const FACTS: [(&str, Fact); 4] = [
    ("net", Fact::Net),
    ("weight", Fact::Weight),
    ("pieces", Fact::Pieces),
    ("lines", Fact::Lines),
];

/// The attributes of `product` that have something in the column `fact`.
pub(super) fn read(
    product: &str,
    workbook: &Workbook,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Vec<(AttributeIndex, Fact)> {
    let rows = workbook.rows("attributes.csv");
    let rows = rows.filter(|row| cells::is_for(*row, product) && !row.cell("fact").is_empty());
    rows.filter_map(|row| fact(product, row, attributes, report))
        .collect()
}

fn fact(
    product: &str,
    row: Row<'_>,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<(AttributeIndex, Fact)> {
    let cell = row.cell("fact");
    if product != WHOLE {
        let message = "only the quote as a whole has facts";
        let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
        report.push(diagnostic.hint(format!("name the product `{WHOLE}` in this row")));
        return None;
    }
    let names = FACTS.iter().map(|(name, _)| *name);
    let found = cells::word(cell, "fact", "unknown-fact", names, report)?;
    let (_, fact) = FACTS.get(found)?;
    let code = row.cell("attribute").text();
    let attribute = attributes.items.iter().position(|it| it.code == code)?;
    let domain = attributes.items.get(attribute).map(|it| &it.domain);
    if !matches!(domain, Some(AttributeDomain::Number(_))) {
        let message = format!("a fact is a number, and `{code}` is not");
        report.push(Diagnostic::error("type", cell.location(), message));
        return None;
    }
    Some((AttributeIndex(attribute), *fact))
}

/// Tells rules about facts: what the lines say is known only once they are priced.
pub(super) fn tell_ruled(
    facts: &[(AttributeIndex, Fact)],
    rules: &[Rule],
    rows: &[Row<'_>],
    report: &mut Report,
) {
    let facts: BTreeMap<AttributeIndex, Fact> = facts.iter().copied().collect();
    for (rule, row) in rules.iter().zip(rows) {
        let when = rule.when.iter().flat_map(|it| it.attributes());
        let mut mentioned = when.chain(rule.require.attributes());
        if mentioned.any(|it| facts.contains_key(&it)) {
            let message = "a rule cannot be about what the lines of a quote say";
            let location = row.cell("require").location();
            let diagnostic = Diagnostic::error("fact-in-rule", location, message);
            report.push(diagnostic.hint("facts count in prices only"));
        }
    }
}
