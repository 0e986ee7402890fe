//! Minimal reasons, the same whichever core the reasoner comes up with.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Conflict;
use super::inquiry::Inquiry;
use super::reasoner::{Answer, Atom, Core};
use crate::catalog::{Constraint, Model, Value};

/// So many decisions at fault are few.
const FEW: usize = 6;

/// Why `wanted` is impossible together with `decisions`; `None` when it is possible.
///
/// Decisions are given up from the last of the catalog to the first wherever
/// the rest still conflicts, then constraints likewise: the order decides.
pub(super) fn conflict(
    model: &Model,
    inquiry: &mut Inquiry,
    wanted: &[Atom],
    decisions: &[Atom],
) -> Option<Conflict> {
    let decisions = minimal(inquiry, wanted, decisions)?;
    constraints_of(model, inquiry, wanted, decisions)
}

/// Decisions that make `wanted` impossible, none of which can be left out; `None` when it is possible.
pub(super) fn minimal(
    inquiry: &mut Inquiry,
    wanted: &[Atom],
    decisions: &[Atom],
) -> Option<Vec<Atom>> {
    let core = impossible(inquiry, wanted, decisions)?;
    Some(shrink(decisions, core, |rest| {
        impossible(inquiry, wanted, rest)
    }))
}

/// Decisions that make `wanted` impossible, few or minimal, whichever are found fastest; `None`
/// when it is possible. The fewer they are, the more they say about what has to change.
pub(super) fn small(
    inquiry: &mut Inquiry,
    wanted: &[Atom],
    decisions: &[Atom],
) -> Option<Vec<Atom>> {
    let core = impossible(inquiry, wanted, decisions)?;
    if core.len() <= FEW {
        return Some(core);
    }
    Some(shrink(&core.clone(), core, |rest| {
        impossible(inquiry, wanted, rest)
    }))
}

/// The constraints through which a minimal set of decisions makes `wanted` impossible.
pub(super) fn constraints_of(
    model: &Model,
    inquiry: &mut Inquiry,
    wanted: &[Atom],
    decisions: Vec<Atom>,
) -> Option<Conflict> {
    let atoms = [wanted, &decisions].concat();
    let all: Vec<Constraint> = super::check::constraints(model).collect();
    let core = blocking(inquiry, &atoms, &all)?;
    let constraints = shrink(&all, core, |rest| blocking(inquiry, &atoms, rest));
    let decision = |atom: &Atom| {
        let domain = &model.attribute(atom.attribute)?.domain;
        Some((atom.attribute, domain.value_at(atom.position)?))
    };
    let decisions: Vec<(_, Value)> = decisions.iter().filter_map(decision).collect();
    Some(Conflict {
        decisions,
        constraints,
    })
}

/// What is left of `all` when items are given up from the last to the first as long as the rest
/// is impossible; `core` is some of them that already is.
///
/// The last item of the result is the one at which the items up to there become impossible;
/// with it, so is the one before, and so on. Each is closed in on from the last of a core, in
/// steps that grow: where most items have nothing to do with it, few questions do.
fn shrink<T: Copy + Ord>(
    all: &[T],
    core: Vec<T>,
    mut impossible: impl FnMut(&[T]) -> Option<Vec<T>>,
) -> Vec<T> {
    let place: BTreeMap<T, usize> = all.iter().enumerate().map(|(at, it)| (*it, at)).collect();
    let places = |core: Vec<T>| -> BTreeSet<usize> {
        core.iter()
            .filter_map(|it| place.get(it).copied())
            .collect()
    };
    // Of a part of `all` that is impossible together with what is needed.
    let mut core = places(core);
    let mut needed: VecDeque<T> = VecDeque::new();
    // As long as the items before `low` do not suffice.
    let (mut low, mut step) = (0, 1);
    while let Some(last) = core.last().copied() {
        if last < low {
            core.remove(&last);
            needed.push_front(all[last]);
            (low, step) = (0, 1);
            continue;
        }
        let from = core
            .iter()
            .rev()
            .nth(step - 1)
            .copied()
            .unwrap_or(0)
            .max(low);
        let mut asked = all[..from].to_vec();
        asked.extend(&needed);
        match impossible(&asked) {
            Some(smaller) => {
                core = places(smaller);
                needed
                    .iter()
                    .filter_map(|it| place.get(it))
                    .for_each(|it| _ = core.remove(it));
                step *= 2;
            }
            None => {
                low = from + 1;
                step = core.range(low..).count().div_ceil(2).max(1);
            }
        }
    }
    needed.into()
}

/// Which of the decisions suffice to make `wanted` impossible; `None` when it is possible.
pub(super) fn impossible(
    inquiry: &mut Inquiry,
    wanted: &[Atom],
    decisions: &[Atom],
) -> Option<Vec<Atom>> {
    let atoms = [wanted, decisions].concat();
    if inquiry.recalls(&atoms) {
        return None;
    }
    match inquiry.ask(&atoms, None) {
        Answer::Impossible(Core { atoms: core, .. }) => {
            let decided = core.iter().filter_map(|it| it.checked_sub(wanted.len()));
            Some(decided.map(|it| decisions[it]).collect())
        }
        _ => None,
    }
}

/// Which of the constraints suffice to make `atoms` impossible; `None` when they are possible.
fn blocking(
    inquiry: &mut Inquiry,
    atoms: &[Atom],
    constraints: &[Constraint],
) -> Option<Vec<Constraint>> {
    match inquiry.ask_some(atoms, constraints) {
        Answer::Impossible(core) => {
            Some(core.constraints.iter().map(|it| constraints[*it]).collect())
        }
        _ => None,
    }
}
