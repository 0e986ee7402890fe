//! What it takes to make an impossible value possible.

use super::completion::Completion;
use super::conflict::impossible;
use super::domains::{Choices, given};
use super::inquiry::{End, Inquiry};
use super::reasoner::{Atom, value_at};
use super::{Change, Repair};
use crate::catalog::{AttributeDomain, AttributeIndex, Model, Wish};

/// Changes as few decisions as it finds, so that `wanted` becomes possible;
/// `None` when it is impossible whatever is decided.
///
/// One change is enough where one is; otherwise decisions are kept in the order
/// of the catalog, each that still can be. No change can be left out.
pub(super) fn repair(
    model: &Model,
    inquiry: &mut Inquiry,
    choices: &Choices,
    wanted: Atom,
) -> Option<Repair> {
    let decisions = given(choices, Some(wanted.attribute));
    let mut kept = kept(inquiry, wanted, &decisions)?;
    let mut released = decisions;
    released.retain(|it| !kept.contains(it));
    let mut changes = Vec::new();
    for decision in released {
        // Where its part cannot be there any more, the decision is taken back.
        let position = replacement(model, inquiry, &kept, decision);
        kept.extend(position.map(|it| Atom::is(decision.attribute, it)));
        let domain = &model.attribute(decision.attribute)?.domain;
        changes.push(Change {
            attribute: decision.attribute,
            from: domain.value_at(decision.position)?,
            to: position.and_then(|it| domain.value_at(it)),
        });
    }
    let after: Choices = kept.iter().map(|it| (it.attribute, it.position)).collect();
    let example = inquiry.find(&given(&after, None))?;
    let positions = Completion::new(model, &after, example).finish(model, inquiry);
    let value = |(attribute, position): (&crate::catalog::Attribute, Option<usize>)| {
        value_at(&attribute.domain, position?)
    };
    let result = model.attributes.iter().zip(positions).map(value).collect();
    Some(Repair { changes, result })
}

/// What is wanted, and the decisions that can stay.
fn kept(inquiry: &mut Inquiry, wanted: Atom, decisions: &[Atom]) -> Option<Vec<Atom>> {
    let all = [&[wanted], decisions].concat();
    let Some(core) = impossible(inquiry, &[wanted], decisions) else {
        return Some(all);
    };
    if !inquiry.possible(&[wanted]) {
        return None;
    }
    for culprit in decisions.iter().rev().filter(|it| core.contains(it)) {
        let rest: Vec<Atom> = all.iter().filter(|it| *it != culprit).copied().collect();
        if inquiry.possible(&rest) {
            return Some(rest);
        }
    }
    let mut kept = vec![wanted];
    for decision in decisions {
        if inquiry.possible_with(&kept, *decision) {
            kept.push(*decision);
        }
    }
    Some(kept)
}

/// The new position of a decision that cannot stay: the nearest number, or the
/// option that the catalog wishes for, or the first possible one.
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
