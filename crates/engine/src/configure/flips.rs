//! A known configuration with another value in one place, checked instead of searched for.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{constraints, holds, scope};
use super::reasoner::{ABSENT, value_at};
use crate::catalog::{
    AttributeDomain, AttributeIndex, Constraint, Fraction, Model, NumberRange, Value, Worth,
    fraction,
};

/// What depends on what.
pub(super) struct Flips {
    /// The constraints that an attribute has a say in.
    constraints: Vec<Vec<Constraint>>,
    /// The attributes that each constraint looks at.
    scopes: BTreeMap<Constraint, Vec<AttributeIndex>>,
    /// The attributes that are worked out from an attribute.
    followers: Vec<Vec<AttributeIndex>>,
}

/// A configuration that was changed.
pub(super) struct Flipped {
    /// What became of it.
    pub witness: Box<[usize]>,
    /// A constraint that it breaks, if any.
    pub broken: Option<Constraint>,
}

impl Flips {
    /// Looks through the model.
    pub fn new(model: &Model) -> Self {
        let mut flips = Self {
            constraints: vec![Vec::new(); model.attributes.len()],
            scopes: BTreeMap::new(),
            followers: vec![Vec::new(); model.attributes.len()],
        };
        for constraint in constraints(model) {
            let scope: Vec<AttributeIndex> = scope(model, constraint).into_iter().collect();
            for attribute in &scope {
                flips.constraints[attribute.0].push(constraint);
                match constraint {
                    Constraint::Formula(follower) if follower != *attribute => {
                        flips.followers[attribute.0].push(follower);
                    }
                    _ => {}
                }
            }
            flips.scopes.insert(constraint, scope);
        }
        flips
    }

    /// The valid configuration `witness` with an attribute at `position`, what is worked out
    /// worked out again, and all else as it is; `None` unless it is valid.
    pub fn flip(
        &self,
        model: &Model,
        witness: &[usize],
        attribute: AttributeIndex,
        position: usize,
    ) -> Option<Box<[usize]>> {
        let flipped = self.put(model, witness, &[(attribute, position)])?;
        flipped.broken.is_none().then_some(flipped.witness)
    }

    /// As [`Flips::flip`], of several attributes, whether it is valid or not; `None` where what
    /// is worked out has no value, or it would have to be searched for.
    pub fn put(
        &self,
        model: &Model,
        witness: &[usize],
        changes: &[(AttributeIndex, usize)],
    ) -> Option<Flipped> {
        let mut flipped: Box<[usize]> = witness.into();
        for (attribute, position) in changes {
            if !self.is_free(model, *attribute) || witness[attribute.0] == ABSENT {
                return None;
            }
            flipped[attribute.0] = *position;
        }
        let own = |it: AttributeIndex| changes.iter().any(|(attribute, _)| *attribute == it);
        let mut values = vec![None; model.attributes.len()];
        let mut changed: Vec<AttributeIndex> = changes.iter().map(|it| it.0).collect();
        let mut done = 0;
        while let Some(current) = changed.get(done).copied() {
            done += 1;
            let there = |it: &&AttributeIndex| witness[it.0] != ABSENT;
            for follower in self.followers[current.0].iter().filter(there) {
                // What goes round in circles is left to the search.
                if own(*follower) || changed.len() > model.attributes.len() {
                    return None;
                }
                self.read(model, Constraint::Formula(*follower), &flipped, &mut values);
                let position = worked_out(model, *follower, &values)?;
                if flipped[follower.0] != position {
                    flipped[follower.0] = position;
                    changed.push(*follower);
                }
            }
        }
        let touched = changed.iter().flat_map(|it| &self.constraints[it.0]);
        // What was worked out holds.
        let touched = touched.filter(|it| !matches!(it, Constraint::Formula(it) if !own(*it)));
        let broken = touched.copied().find(|constraint| {
            self.read(model, *constraint, &flipped, &mut values);
            holds(model, *constraint, &values) != Ok(true)
        });
        Some(Flipped {
            witness: flipped,
            broken,
        })
    }

    /// About how much it takes to see whether the constraints hold in which an attribute has a
    /// say; not 0. What looks at much is long, as a budget is.
    pub fn cost(&self, attribute: AttributeIndex) -> usize {
        let constraints = self.constraints.get(attribute.0).into_iter().flatten();
        let scopes = constraints.filter_map(|it| self.scopes.get(it));
        1 + scopes.map(|it| it.len() * it.len()).sum::<usize>()
    }

    /// Whether the attribute can be put somewhere without anything else coming or going.
    fn is_free(&self, model: &Model, attribute: AttributeIndex) -> bool {
        (model.attribute(attribute))
            .is_some_and(|it| !matches!(it.domain, AttributeDomain::Presence(_)))
    }

    /// The attributes that have a say in whether a constraint holds, through what is worked
    /// out as well, but not what is worked out itself; the last of the catalog first.
    pub fn levers(&self, model: &Model, constraint: Constraint) -> Vec<AttributeIndex> {
        let mut found: BTreeSet<AttributeIndex> = BTreeSet::new();
        let mut open = vec![constraint];
        while let Some(constraint) = open.pop() {
            for attribute in self.scopes.get(&constraint).into_iter().flatten() {
                if found.insert(*attribute) && model.attributes[attribute.0].formula.is_some() {
                    open.push(Constraint::Formula(*attribute));
                }
            }
        }
        let given = |it: &AttributeIndex| model.attributes[it.0].formula.is_none();
        let free = (found.into_iter().rev()).filter(|it| given(it) && self.is_free(model, *it));
        free.collect()
    }

    /// Puts the values that a constraint looks at where it looks for them.
    fn read(
        &self,
        model: &Model,
        constraint: Constraint,
        witness: &[usize],
        values: &mut [Option<Value>],
    ) {
        for attribute in self.scopes.get(&constraint).into_iter().flatten() {
            let domain = &model.attributes[attribute.0].domain;
            values[attribute.0] = value_at(domain, witness[attribute.0]);
        }
    }
}

/// The position of what is worked out, where it has one.
fn worked_out(model: &Model, attribute: AttributeIndex, values: &[Option<Value>]) -> Option<usize> {
    let attribute = &model.attributes[attribute.0];
    let (AttributeDomain::Number(range), Some(formula)) = (&attribute.domain, &attribute.formula)
    else {
        return None;
    };
    match formula.worth(model, values) {
        Ok(Worth::Number(wanted)) => smallest(range, wanted),
        _ => None,
    }
}

/// The smallest position whose number is not below `wanted`.
pub(super) fn smallest(range: &NumberRange, wanted: Fraction) -> Option<usize> {
    let (mut low, mut high) = (0, range.size()?);
    while low < high {
        let middle = low + (high - low) / 2;
        match fraction(range.at(middle)?) >= wanted {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    range.at(low).map(|_| low)
}
