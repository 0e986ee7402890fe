use quotewright_engine::catalog::{Condition, Rule};

use super::attributes::Attributes;
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::expression::Scope;
use crate::sheet::Row;
use crate::workbook::Workbook;

/// Reads the rules of `product`, with the rows that they stand in.
pub(super) fn read<'a>(
    product: &str,
    workbook: &'a Workbook,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> (Vec<Rule>, Vec<Row<'a>>) {
    let scope = attributes.scope();
    let mut codes = Codes::elsewhere("rule");
    let mut rules = (Vec::new(), Vec::new());
    let rows = workbook.rows("rules.csv");
    for row in rows.filter(|row| cells::is_for(*row, product)) {
        let code = codes.define(row.cell("rule"), report);
        let explanation = cells::text(row, "explanation", true, &workbook.manifest, report);
        let when = when(row, &scope, report);
        let require = require(row, &scope, report);
        if let (Some(code), Some(when), Some(require)) = (code, when, require) {
            rules.0.push(Rule {
                code,
                when,
                require,
                explanation,
            });
            rules.1.push(row);
        }
    }
    rules
}

/// The condition of a row's `when`; `Some(None)` where it always applies.
pub(crate) fn when(
    row: Row<'_>,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<Option<Condition>> {
    let cell = row.cell("when");
    if cell.is_empty() {
        return Some(None);
    }
    cells::condition(cell, scope, report).map(Some)
}

fn require(row: Row<'_>, scope: &Scope<'_>, report: &mut Report) -> Option<Condition> {
    let cell = row.cell("require");
    if cell.is_empty() {
        let message = "the rule requires nothing";
        report.push(Diagnostic::error("missing-value", cell.location(), message));
        return None;
    }
    cells::condition(cell, scope, report)
}
