//! Products that are sold together.

use super::rule::Rule;
use super::steps::Reader;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Row;

impl<'a> Reader<'a, '_> {
    /// A bundle of products, by group, each with how many pieces: `lamp|2 bulb`.
    pub(super) fn bundle(
        &self,
        row: Row<'a>,
        percent: bool,
        report: &mut Report,
    ) -> Option<Rule<'a>> {
        let cell = row.cell("of");
        if !self.is_whole() {
            let message = "only the quote as a whole has bundles: of its lines";
            let diagnostic =
                Diagnostic::error("unknown-kind", row.cell("kind").location(), message);
            report.push(diagnostic.hint("give the step to the product `quote`"));
            return None;
        }
        let mut items = Vec::new();
        for (part, span) in cell.parts() {
            let (pieces, group) = match part.split_once(' ') {
                Some((pieces, group)) => (pieces.parse().ok(), group.trim()),
                None => (Some(1), part),
            };
            match pieces.filter(|it: &u32| *it > 0) {
                Some(pieces) if self.is_group(group) => items.push((group.to_owned(), pieces)),
                _ => {
                    let message = format!("`{part}` is not so many pieces of a group of products");
                    let location = cell.within(span);
                    let diagnostic = Diagnostic::error("unknown-group", location, message);
                    let hint = "name price groups of products.csv, or products without one, \
                                each once, with a number of pieces before it: `lamp|2 bulb`";
                    report.push(diagnostic.hint(hint));
                    return None;
                }
            }
        }
        let mut groups: Vec<&String> = items.iter().map(|(group, _)| group).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.len() < items.len() || items.is_empty() {
            let message = "a bundle is of products or groups, each named once";
            report.push(Diagnostic::error("unknown-group", cell.location(), message));
            return None;
        }
        Some(Rule::Bundle { items, percent })
    }
}
