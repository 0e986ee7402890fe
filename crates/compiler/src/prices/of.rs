//! What a step is worked out of, and who bears it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::rule::Of;
use super::steps::{Line, Reader};
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;

impl<'a> Reader<'a, '_> {
    /// The earlier steps that a row names; all of them where it names none. Of an instance,
    /// only its own and those of the parts within it.
    pub(super) fn earlier(&self, line: Line<'a, '_>, report: &mut Report) -> Option<Of> {
        let cell = line.row.cell("of");
        let tree = &self.draft.attributes.tree;
        let own = |steps: &[(usize, usize)]| {
            let steps = steps.iter();
            let own = steps.filter(|(instance, _)| tree.is_within(*instance, line.context));
            own.map(|(_, step)| *step).collect::<Vec<usize>>()
        };
        if cell.is_empty() {
            let of_part = !line.row.cell("part").is_empty();
            let all = || line.placed.iter().flat_map(|steps| own(steps)).collect();
            return Some(match of_part {
                true => Of::Steps(all()),
                false => Of::Before,
            });
        }
        if self.is_whole()
            && let Some(groups) = self.groups(cell)
        {
            return Some(Of::Groups(groups));
        }
        self.named(cell, line, report).map(Of::Steps)
    }

    /// The earlier steps that exclude a row, and for what is of the whole quote, the codes of
    /// steps of products that do.
    pub(super) fn excluding(
        &self,
        line: Line<'a, '_>,
        report: &mut Report,
    ) -> Option<(Vec<usize>, BTreeSet<String>)> {
        let cell = line.row.cell("unless");
        if cell.is_empty() {
            return Some(Default::default());
        }
        let on_lines: BTreeSet<&str> = match self.is_whole() {
            true => (self
                .workbook
                .rows("prices.csv")
                .map(|row| row.cell("step").text()))
            .filter(|code| !self.codes.contains(code))
            .collect(),
            false => BTreeSet::new(),
        };
        let (lines, own): (Vec<_>, Vec<_>) =
            { cell.parts() }.partition(|(part, _)| on_lines.contains(part));
        let own = self.positions(cell, own.into_iter(), line, report)?;
        let lines = lines.into_iter().map(|(part, _)| part.to_owned());
        Some((own, lines.collect()))
    }

    /// Positions of the earlier steps that a cell names.
    pub(super) fn named(
        &self,
        cell: Cell<'a>,
        line: Line<'a, '_>,
        report: &mut Report,
    ) -> Option<Vec<usize>> {
        self.positions(cell, cell.parts(), line, report)
    }

    /// Positions of the earlier steps with the codes `parts` of `cell`. Of an instance, only its
    /// own and those of the parts within it.
    fn positions(
        &self,
        cell: Cell<'a>,
        parts: impl Iterator<Item = (&'a str, Range<usize>)>,
        line: Line<'a, '_>,
        report: &mut Report,
    ) -> Option<Vec<usize>> {
        let position = line.placed.len();
        let tree = &self.draft.attributes.tree;
        let own = |steps: &[(usize, usize)]| {
            let steps = steps.iter();
            let own = steps.filter(|(instance, _)| tree.is_within(*instance, line.context));
            own.map(|(_, step)| *step).collect::<Vec<usize>>()
        };
        let parts: Vec<_> = parts
            .map(|(part, span)| {
                let found = self.codes.iter().position(|code| *code == part);
                let placed = found.and_then(|found| line.placed.get(found));
                if let Some(placed) = placed {
                    let own = own(placed);
                    if own.is_empty() && !placed.is_empty() {
                        let message = format!("the step `{part}` is not of this part");
                        let diagnostic =
                            Diagnostic::error("foreign-step", cell.within(span), message);
                        let hint = "name steps of the part itself or of parts within it";
                        report.push(diagnostic.hint(hint));
                        return None;
                    }
                    return Some(own);
                }
                let (code, message) = match found {
                    Some(found) if found == position => {
                        ("later-step", format!("`{part}` is this step itself"))
                    }
                    Some(_) => ("later-step", format!("the step `{part}` comes later")),
                    None => ("unknown-step", format!("there is no earlier step `{part}`")),
                };
                let hint = match found {
                    Some(_) => Some("a step can only count on steps above it".to_owned()),
                    None => did_you_mean(part, self.codes.iter().copied().take(position)),
                };
                let location = cell.within(span);
                report.push(Diagnostic::error(code, location, message).maybe_hint(hint));
                None
            })
            .collect();
        let mut of = parts.into_iter().collect::<Option<Vec<_>>>()?.concat();
        of.sort_unstable();
        of.dedup();
        Some(of)
    }

    /// Of an amount for the whole quote, the groups whose lines alone bear it.
    pub(super) fn bearers(&self, row: Row<'a>, report: &mut Report) -> Option<Vec<String>> {
        let cell = row.cell("of");
        if row.cell("kind").text() != "amount" || !self.is_whole() || cell.is_empty() {
            return Some(Vec::new());
        }
        let groups = self.groups(cell);
        if groups.is_none() {
            let message = format!("`{}` is not a group of products", cell.text());
            let hint = "name price groups of products.csv, or products without one";
            let diagnostic = Diagnostic::error("unknown-group", cell.location(), message);
            report.push(diagnostic.hint(hint));
        }
        groups
    }

    /// The groups of products that a cell names, where it names nothing else.
    fn groups(&self, cell: Cell<'a>) -> Option<Vec<String>> {
        let groups = cell
            .parts()
            .map(|(part, _)| self.is_group(part).then(|| part.to_owned()));
        groups.collect()
    }

    /// Whether it is a group of products, or a product without one.
    pub(super) fn is_group(&self, name: &str) -> bool {
        self.workbook.rows("products.csv").any(|row| {
            let group = row.cell("price_group");
            let product = row.cell("product");
            group.text() == name || (group.is_empty() && product.text() == name)
        })
    }
}
