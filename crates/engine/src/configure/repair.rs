//! What it takes to make an impossible value possible.

use super::completion::Completions;
use super::diagnosis::{Diagnosis, Finding};
use super::domains::{Choices, given};
use super::inquiry::Inquiry;
use super::reasoner::Atom;
use super::search::End;
use super::{Change, Repair, Repairs};
use crate::catalog::{AttributeDomain, AttributeIndex, Model, Wish};

/// Up to `limit` smallest sets of decisions to change so that `wanted` becomes possible.
///
/// The fewest changes come first; of as many, what spares the first decisions of the catalog.
/// Nothing has to change where it is possible already, and there is no way where it is
/// impossible whatever is decided.
pub(super) fn repairs(
    model: &Model,
    inquiry: &mut Inquiry,
    completions: &mut Completions,
    (choices, wanted): (&Choices, Atom),
    limit: usize,
) -> Repairs {
    let decisions = given(choices, Some(wanted.attribute));
    let mut diagnosis = Diagnosis::new(wanted, decisions.clone());
    let mut repairs = Vec::new();
    let complete = loop {
        match diagnosis.step(inquiry, false) {
            Finding::Conflict(_) => {}
            Finding::Correction(_) if repairs.len() == limit => break false,
            Finding::Correction(released) => {
                let mut kept = vec![wanted];
                kept.extend(decisions.iter().filter(|it| !released.contains(it)));
                repairs.extend(repair(model, inquiry, completions, kept, &released));
            }
            Finding::Complete => break true,
            Finding::TooMany => break false,
        }
    };
    Repairs { repairs, complete }
}

/// Gives new values to the decisions `released`, next to those `kept`.
fn repair(
    model: &Model,
    inquiry: &mut Inquiry,
    completions: &mut Completions,
    mut kept: Vec<Atom>,
    released: &[Atom],
) -> Option<Repair> {
    let mut changes = Vec::new();
    for decision in released {
        let domain = &model.attribute(decision.attribute)?.domain;
        let position = replacement(model, inquiry, &kept, *decision);
        kept.extend(position.map(|it| Atom::is(decision.attribute, it)));
        changes.push(Change {
            attribute: decision.attribute,
            from: domain.value_at(decision.position)?,
            to: position.and_then(|it| domain.value_at(it)),
        });
    }
    let after: Choices = kept.iter().map(|it| (it.attribute, it.position)).collect();
    let result = completions.outcome(inquiry, &after)?;
    Some(Repair { changes, result })
}

/// The new position of a decision that cannot stay: the nearest number, or the
/// option that the catalog wishes for, or the first possible one. `None` where there is
/// none, as of an attribute whose part goes.
fn replacement(
    model: &Model,
    inquiry: &mut Inquiry,
    kept: &[Atom],
    decision: Atom,
) -> Option<usize> {
    let attribute = model.attribute(decision.attribute)?;
    let size = attribute.domain.size()?;
    if let AttributeDomain::Number(_) = attribute.domain {
        return nearest(inquiry, kept, decision.attribute, decision.position, size);
    }
    let wished = match &attribute.wish {
        Some(Wish::Value(value)) => attribute.domain.position_of(*value),
        Some(Wish::Last) => (0..size)
            .rev()
            .find(|it| inquiry.possible_with(kept, Atom::is(decision.attribute, *it))),
        Some(Wish::First) | None => None,
    };
    (wished.into_iter().chain(0..size))
        .find(|it| inquiry.possible_with(kept, Atom::is(decision.attribute, *it)))
}

/// The possible position nearest to another; of two, the lower one.
fn nearest(
    inquiry: &mut Inquiry,
    atoms: &[Atom],
    attribute: AttributeIndex,
    position: usize,
    size: usize,
) -> Option<usize> {
    let below = inquiry.extreme(atoms, attribute, (0, position), End::High);
    let above = inquiry.extreme(atoms, attribute, (position, size - 1), End::Low);
    let candidates = below.into_iter().chain(above);
    candidates.min_by_key(|it| it.abs_diff(position))
}
