//! A configuration with something more, looked for near a known one before it is searched for.
//!
//! What is wanted is put into the known one. Where that breaks a constraint, something that has
//! a say in it and was not asked for is changed in turn, a few times at most. That a search
//! like this finds nothing says nothing.

use super::check::constraints;
use super::flips::Flips;
use super::reasoner::{Atom, Relation, Witness};
use crate::catalog::{Attribute, AttributeDomain, AttributeIndex, Constraint, Model};

/// So many steps may a search take, as [`Flips::cost`] counts them.
const STEPS: usize = 2_000;

/// What follows from a number may only change with such a part of its range.
const FAR: usize = 8;

/// So many attributes are changed at once.
const CHANGED: usize = 3;

/// Looks for configurations near others.
pub(super) struct Reach {
    flips: Flips,
}

/// What is looked for at the moment.
struct Search<'a> {
    flips: &'a Flips,
    model: &'a Model,
    start: &'a [usize],
    atoms: &'a [Atom],
    wanted: Atom,
    /// Whether the value of each attribute was asked for.
    fixed: Vec<bool>,
    /// How many more steps may be taken.
    left: usize,
}

impl Reach {
    /// Of a model, where it suits.
    pub fn new(model: &Model) -> Option<Self> {
        (Self::suits(model) && constraints(model).next().is_some()).then(|| Self {
            flips: Flips::new(model),
        })
    }

    /// Whether a model has arithmetic, and no long tables: for others there are better ways. Where
    /// most of it is in parts that come and go, what is near seldom fits.
    pub fn suits(model: &Model) -> bool {
        let is_number = |it: &Attribute| matches!(it.domain, AttributeDomain::Number(_));
        let is_in_part = |it: &&Attribute| {
            it.part.is_some() || matches!(it.domain, AttributeDomain::Presence(_))
        };
        let in_parts = model.attributes.iter().filter(is_in_part).count();
        model.attributes.iter().any(is_number)
            && 2 * in_parts < model.attributes.len()
            && model.relations.is_empty()
    }

    /// A valid configuration in which all of `atoms` hold, as they do in the valid
    /// configuration `start`, and `wanted` as well; `None` where none was found.
    pub fn find(
        &self,
        model: &Model,
        start: &[usize],
        atoms: &[Atom],
        wanted: Atom,
    ) -> Option<Witness> {
        let mut fixed = vec![false; model.attributes.len()];
        for atom in atoms.iter().filter(|it| it.relation == Relation::Is) {
            fixed[atom.attribute.0] = true;
        }
        let mut search = Search {
            flips: &self.flips,
            model,
            start,
            atoms,
            wanted,
            fixed,
            left: STEPS,
        };
        let attribute = wanted.attribute;
        if model.attributes[attribute.0].formula.is_none() {
            let positions = nearest(model, start, wanted);
            return search.first(attribute, &positions, &mut Vec::new());
        }
        // Ends of what follows take more than this.
        if wanted.relation != Relation::IsNot {
            return None;
        }
        let levers = self.flips.levers(model, Constraint::Formula(attribute));
        levers.into_iter().find_map(|lever| {
            let other = Atom::is_not(lever, start[lever.0]);
            search.first(lever, &nearest(model, start, other), &mut Vec::new())
        })
    }
}

impl Search<'_> {
    /// What comes of putting an attribute at one of some positions, after other changes.
    fn first(
        &mut self,
        attribute: AttributeIndex,
        positions: &[usize],
        changes: &mut Vec<(AttributeIndex, usize)>,
    ) -> Option<Witness> {
        let changed = changes.iter().any(|it| it.0 == attribute);
        if changed || self.fixed[attribute.0] {
            return None;
        }
        positions.iter().find_map(|position| {
            changes.push((attribute, *position));
            let found = self.attempt(changes);
            changes.pop();
            found
        })
    }

    fn attempt(&mut self, changes: &mut Vec<(AttributeIndex, usize)>) -> Option<Witness> {
        let cost: usize = changes.iter().map(|it| self.flips.cost(it.0)).sum();
        self.left = self.left.checked_sub(cost)?;
        let flipped = self.flips.put(self.model, self.start, changes)?;
        let Some(broken) = flipped.broken else {
            let holds = |it: &Atom| it.holds(&flipped.witness);
            let found = holds(&self.wanted) && self.atoms.iter().all(holds);
            return found.then_some(flipped.witness);
        };
        if changes.len() == CHANGED {
            return None;
        }
        let levers = self.flips.levers(self.model, broken);
        levers.into_iter().find_map(|lever| {
            let other = Atom::is_not(lever, self.start[lever.0]);
            self.first(lever, &farthest(self.model, other), changes)
        })
    }
}

/// Positions with which an atom holds, the nearest to the present one first.
fn nearest(model: &Model, start: &[usize], atom: Atom) -> Vec<usize> {
    let domain = &model.attributes[atom.attribute.0].domain;
    match (atom.relation, domain) {
        (Relation::IsNot, AttributeDomain::Number(_)) => {
            let last = domain.size().unwrap_or(0).saturating_sub(1);
            let present = start[atom.attribute.0].min(last);
            let steps = [1, last / FAR + 2].into_iter();
            let around =
                steps.flat_map(|it| [present.saturating_add(it), present.saturating_sub(it)]);
            let all = around.chain([last, 0]);
            all.filter(|it| *it <= last && atom.admits(*it)).collect()
        }
        (Relation::IsNot, _) => farthest(model, atom),
        _ => vec![atom.position],
    }
}

/// Positions with which an atom holds; of a number the ends only.
fn farthest(model: &Model, atom: Atom) -> Vec<usize> {
    let domain = &model.attributes[atom.attribute.0].domain;
    let size = domain.size().unwrap_or(0);
    let positions = match domain {
        AttributeDomain::Number(_) => vec![size.saturating_sub(1), 0],
        _ => (0..size).collect(),
    };
    positions
        .into_iter()
        .filter(|it| atom.admits(*it))
        .collect()
}
