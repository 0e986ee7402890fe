//! Minimal reasons, the same whichever core the reasoner comes up with.

use super::Conflict;
use super::inquiry::Inquiry;
use super::reasoner::{Answer, Atom, Core, Question};
use crate::catalog::{Constraint, Model, Value};

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
    let core = impossible(inquiry, wanted, decisions)?;
    let decisions = shrink(decisions.to_vec(), core, |rest| {
        impossible(inquiry, wanted, rest)
    });
    let atoms = [wanted, &decisions].concat();
    let all: Vec<Constraint> = super::check::constraints(model).collect();
    let core = blocking(inquiry, &atoms, &all)?;
    let constraints = shrink(all, core, |rest| blocking(inquiry, &atoms, rest));
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

/// Gives up items from the last to the first as long as the rest is impossible.
fn shrink<T: Copy + PartialEq>(
    mut kept: Vec<T>,
    mut core: Vec<T>,
    mut impossible: impl FnMut(&[T]) -> Option<Vec<T>>,
) -> Vec<T> {
    for position in (0..kept.len()).rev() {
        let mut rest = kept.clone();
        let item = rest.remove(position);
        // Where a core does without the item, there is no need to ask.
        if core.contains(&item) {
            let Some(smaller) = impossible(&rest) else {
                continue;
            };
            core = smaller;
        }
        kept = rest;
    }
    kept
}

/// Which of the decisions suffice to make `wanted` impossible; `None` when it is possible.
pub(super) fn impossible(
    inquiry: &mut Inquiry,
    wanted: &[Atom],
    decisions: &[Atom],
) -> Option<Vec<Atom>> {
    let atoms = [wanted, decisions].concat();
    if inquiry.recall(&atoms).is_some() {
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
    let question = Question {
        atoms,
        constraints: Some(constraints),
        effort: None,
    };
    match inquiry.ask_reasoner(&question) {
        Answer::Impossible(core) => {
            Some(core.constraints.iter().map(|it| constraints[*it]).collect())
        }
        _ => None,
    }
}
