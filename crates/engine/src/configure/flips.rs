//! A known configuration with another value in one place, checked instead of searched for.

use std::collections::BTreeMap;

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
        let part = matches!(
            model.attribute(attribute)?.domain,
            AttributeDomain::Presence(_)
        );
        if part || witness[attribute.0] == ABSENT {
            return None;
        }
        let mut flipped: Box<[usize]> = witness.into();
        flipped[attribute.0] = position;
        let mut values = vec![None; model.attributes.len()];
        let mut changed = vec![attribute];
        let mut done = 0;
        while let Some(current) = changed.get(done).copied() {
            done += 1;
            let there = |it: &&AttributeIndex| witness[it.0] != ABSENT;
            for follower in self.followers[current.0].iter().filter(there) {
                // What goes round in circles is left to the search.
                if *follower == attribute || changed.len() > model.attributes.len() {
                    return None;
                }
                self.read(model, Constraint::Formula(*follower), &flipped, &mut values);
                let found = &model.attributes[follower.0];
                let (AttributeDomain::Number(range), Some(formula)) =
                    (&found.domain, &found.formula)
                else {
                    return None;
                };
                let Ok(Worth::Number(wanted)) = formula.worth(model, &values) else {
                    return None;
                };
                let position = smallest(range, wanted)?;
                if flipped[follower.0] != position {
                    flipped[follower.0] = position;
                    changed.push(*follower);
                }
            }
        }
        let touched = changed.iter().flat_map(|it| &self.constraints[it.0]);
        for constraint in touched {
            self.read(model, *constraint, &flipped, &mut values);
            if holds(model, *constraint, &values) != Ok(true) {
                return None;
            }
        }
        Some(flipped)
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
