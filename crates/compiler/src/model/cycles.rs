use quotewright_engine::catalog::Attribute;

use super::attributes::Attributes;
use crate::diagnostic::{Diagnostic, Report};
use crate::parts::without_indices;
use crate::suggest::list;

/// Tells formulas that need their own result.
pub(super) fn check(attributes: &Attributes<'_>, report: &mut Report) {
    let items = &attributes.items;
    let mut done = vec![false; items.len()];
    for start in 0..items.len() {
        if let Some(cycle) = cycle_from(start, items, &mut done) {
            let codes = cycle.iter().filter_map(|position| items.get(*position));
            let codes: Vec<String> = codes.map(|it| without_indices(&it.code)).collect();
            let codes = list(codes.iter().map(String::as_str));
            let message = match cycle.len() {
                1 => "the formula needs its own result".to_owned(),
                _ => format!("the formulas need each other's results: {codes}"),
            };
            let first = cycle.iter().min().and_then(|it| attributes.rows.get(*it));
            if let Some(row) = first {
                let location = row.cell("formula").location();
                report.push(Diagnostic::error("formula-cycle", location, message));
            }
        }
    }
}

/// The first cycle that a walk along the formulas from `start` meets. `done` are
/// attributes from which every walk is known.
fn cycle_from(start: usize, items: &[Attribute], done: &mut [bool]) -> Option<Vec<usize>> {
    // The path from `start`, each with what is still to be visited from there.
    let mut path: Vec<(usize, Vec<usize>)> = vec![(start, needs(start, items))];
    while let Some((position, open)) = path.last_mut() {
        let position = *position;
        let Some(next) = open.pop() else {
            if let Some(done) = done.get_mut(position) {
                *done = true;
            }
            path.pop();
            continue;
        };
        if let Some(at) = path.iter().position(|(visited, _)| *visited == next) {
            let cycle: Vec<usize> = path.iter().skip(at).map(|(it, _)| *it).collect();
            path.iter().for_each(|(it, _)| {
                if let Some(done) = done.get_mut(*it) {
                    *done = true;
                }
            });
            return Some(cycle);
        }
        if done.get(next) == Some(&false) {
            path.push((next, needs(next, items)));
        }
    }
    None
}

/// The attributes that the formula of an attribute mentions, the first one last.
fn needs(position: usize, items: &[Attribute]) -> Vec<usize> {
    let formula = items.get(position).and_then(|item| item.formula.as_ref());
    let attributes = formula.map(|formula| formula.attributes());
    let attributes = attributes.into_iter().flatten().rev();
    attributes.map(|attribute| attribute.0).collect()
}
