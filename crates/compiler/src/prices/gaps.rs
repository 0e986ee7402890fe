//! What price tables and tiers leave open.

use quotewright_engine::catalog::{Attribute, Condition};
use quotewright_engine::price::Between;

use super::lookup::Lookups;
use super::rule::{Rule, Step};
use crate::diagnostic::Diagnostic;
use crate::gaps::Gap;

/// What the table or the tiers of a step may leave open; `None` where nothing.
pub(super) fn find(step: &Step<'_>, attributes: &[Attribute]) -> Option<Gap> {
    let when = step.terms.applies.when.as_ref();
    match &step.rule {
        Rule::Lookup { table, between, .. } => of_table((table, *between), when, attributes),
        Rule::Scale(scale) => {
            let last = scale.tiers.last()?;
            let (formula, end) = match (&scale.by, &scale.per) {
                (Some(by), _) => (by, last.up_to?),
                (None, Some(per)) if per.rounding.is_none() => (&per.formula, last.up_to?),
                _ => return None,
            };
            let location = last.row.cell("up_to").location();
            let told = Diagnostic::warning("price-gap", location, "there is no tier for")
                .hint("add a tier, or empty this cell: then the last one has no end");
            Some(Gap::above(told, when, formula, end))
        }
        _ => None,
    }
}

fn of_table(
    (table, between): (&Lookups<'_>, Between),
    when: Option<&Condition>,
    attributes: &[Attribute],
) -> Option<Gap> {
    let hint = match between {
        Between::Up => "add a row; a number counts up to and including the one in the row",
        Between::Down => "add a row; a number counts from the one in the row on",
        Between::Linear => "add rows, for the least and the largest numbers and all corners",
        Between::Exact => "add a row",
    };
    let location = table.sheet.headings_location();
    let told = Diagnostic::warning("price-gap", location, "there is no price for").hint(hint);
    Gap::of_table(told, when, (&table.empty(), between), attributes)
}
