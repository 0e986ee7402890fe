//! All the reasons why a value is impossible, and all the ways to make it possible.
//!
//! The decisions that a correction changes meet every conflict, and the other way round
//! (Reiter's hitting sets). So: take the smallest set that meets all conflicts known. Without
//! it the value is possible, and it is the next correction, or there is another conflict.
//! When no such set is left, both lists are complete. What is found, and in which order,
//! depends on nothing but the order of the catalog.

use super::Conflict;
use super::conflict::{constraints_of, minimal, small};
use super::hitting::{HittingSets, Next};
use super::inquiry::Inquiry;
use super::reasoner::Atom;
use crate::catalog::Model;

/// A search for both.
pub(super) struct Diagnosis {
    wanted: Atom,
    decisions: Vec<Atom>,
    sets: HittingSets,
}

/// One more thing found.
pub(super) enum Finding {
    /// These decisions make the value impossible.
    Conflict(Vec<Atom>),
    /// Without these decisions it is possible.
    Correction(Vec<Atom>),
    /// That was all.
    Complete,
    /// There is more, but too much of it.
    TooMany,
}

impl Diagnosis {
    /// Of what is `wanted`, given `decisions` on other attributes.
    pub fn new(wanted: Atom, decisions: Vec<Atom>) -> Self {
        Self {
            wanted,
            decisions,
            sets: HittingSets::default(),
        }
    }

    /// Finds the next conflict or correction. Corrections are always minimal, the smallest
    /// first; conflicts where that is asked for.
    pub fn step(&mut self, inquiry: &mut Inquiry, minimal_conflicts: bool) -> Finding {
        let changed = match self.sets.next() {
            Next::Set(changed) => changed,
            Next::Nothing => return Finding::Complete,
            Next::TooMany => return Finding::TooMany,
        };
        let kept =
            |(position, atom): (usize, &Atom)| (!changed.contains(&position)).then_some(*atom);
        let rest: Vec<Atom> = (self.decisions.iter().enumerate())
            .filter_map(kept)
            .collect();
        let wanted = [self.wanted];
        let conflict = match minimal_conflicts {
            true => minimal(inquiry, &wanted, &rest),
            false => small(inquiry, &wanted, &rest),
        };
        match conflict {
            Some(conflict) => {
                let position = |atom: &Atom| self.decisions.iter().position(|it| it == atom);
                self.sets
                    .hit(conflict.iter().filter_map(position).collect());
                Finding::Conflict(conflict)
            }
            None => {
                let correction = changed.iter().map(|it| self.decisions[*it]).collect();
                self.sets.exclude(changed);
                Finding::Correction(correction)
            }
        }
    }
}

/// Up to `limit` minimal conflicts in the order in which they are found, and whether these are all.
pub(super) fn conflicts(
    model: &Model,
    inquiry: &mut Inquiry,
    wanted: Atom,
    decisions: Vec<Atom>,
    limit: usize,
) -> (Vec<Conflict>, bool) {
    let mut diagnosis = Diagnosis::new(wanted, decisions);
    let mut found = Vec::new();
    let complete = loop {
        match diagnosis.step(inquiry, true) {
            Finding::Conflict(_) if found.len() == limit => break false,
            Finding::Conflict(conflict) => found.push(conflict),
            Finding::Correction(_) => {}
            Finding::Complete => break true,
            Finding::TooMany => break false,
        }
    };
    let conflicts = (found.into_iter())
        .filter_map(|it| constraints_of(model, inquiry, &[wanted], it))
        .collect();
    (conflicts, complete)
}
