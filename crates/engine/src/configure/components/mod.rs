//! A model split into parts that have nothing to do with each other.

mod rename;

use std::collections::BTreeMap;

use super::check;
use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Constraint, Model};

pub(super) use self::rename::Renaming;

/// Where an attribute is in the components.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Which component.
    pub component: usize,
    /// Its index there.
    pub attribute: AttributeIndex,
}

/// A part of a model that no constraint connects to the rest.
pub(super) struct Component {
    /// Its attributes, in the order of the catalog.
    pub attributes: Vec<AttributeIndex>,
    /// Its constraints, and what they are called in its own model.
    pub constraints: BTreeMap<Constraint, Constraint>,
    /// A model of its own, without names: equal for parts that are alike.
    pub model: Model,
}

/// All components of a model, and the place of each attribute. At least one component.
pub(super) fn split(model: &Model) -> (Vec<Component>, Vec<Place>) {
    let mut groups = Groups::new(model.attributes.len());
    let mut mentioned: Vec<(Constraint, Option<AttributeIndex>)> = Vec::new();
    for constraint in check::constraints(model).filter(|it| !always_met(model, *it)) {
        let attributes = attributes_of(model, constraint);
        groups.join(&attributes);
        mentioned.push((constraint, attributes.first().copied()));
    }
    for (index, attribute) in model.indices().zip(&model.attributes) {
        if let Some(part) = attribute.part {
            groups.join(&[index, part]);
        }
    }
    let (members, places) = groups.members();
    let mut constraints: Vec<Vec<Constraint>> = vec![Vec::new(); members.len()];
    for (constraint, attribute) in mentioned {
        // What mentions no attribute goes with the first component.
        let component = attribute.map_or(0, |it| places[it.0].component);
        constraints[component].push(constraint);
    }
    let renaming = Renaming::new(&places);
    let components = (members.into_iter().zip(constraints))
        .map(|(attributes, constraints)| renaming.component(model, attributes, &constraints))
        .collect();
    (components, places)
}

/// Whether a constraint says of itself that it demands nothing.
fn always_met(model: &Model, constraint: Constraint) -> bool {
    match constraint {
        Constraint::Rule(rule) => {
            let rule = &model.rules[rule];
            rule.when == Some(Condition::Constant(false))
                || rule.require == Condition::Constant(true)
        }
        _ => false,
    }
}

/// The attributes that a constraint is about.
pub(super) fn attributes_of(model: &Model, constraint: Constraint) -> Vec<AttributeIndex> {
    match constraint {
        Constraint::Rule(rule) => {
            let rule = &model.rules[rule];
            let mut attributes = rule.require.attributes();
            attributes.extend(rule.when.iter().flat_map(|it| it.attributes()));
            attributes.into_iter().collect()
        }
        Constraint::Table(table) => model.tables[table].columns.clone(),
        Constraint::Relation(relation) => model.relations[relation].columns.clone(),
        Constraint::Formula(attribute) => {
            let formula = &model.attributes[attribute.0].formula;
            let mut attributes = vec![attribute];
            attributes.extend(formula.iter().flat_map(|it| it.attributes()));
            attributes
        }
        Constraint::Structure(presence) => {
            let mut attributes = vec![presence];
            if let AttributeDomain::Presence(part) = &model.attributes[presence.0].domain {
                attributes.extend(part.owner);
                attributes.extend(part.previous);
            }
            attributes
        }
    }
}

/// Sets of attributes that are joined one after the other.
struct Groups(Vec<usize>);

impl Groups {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn root(&mut self, of: usize) -> usize {
        let mut at = of;
        while self.0[at] != at {
            // Halves the way for the next time.
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, attributes: &[AttributeIndex]) {
        for pair in attributes.windows(2) {
            let (one, other) = (self.root(pair[0].0), self.root(pair[1].0));
            let (low, high) = (one.min(other), one.max(other));
            self.0[high] = low;
        }
    }

    /// The sets, at least one, and the place of each attribute in them.
    fn members(mut self) -> (Vec<Vec<AttributeIndex>>, Vec<Place>) {
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut members: Vec<Vec<AttributeIndex>> = Vec::new();
        let mut places = Vec::new();
        for index in 0..self.0.len() {
            let component = *numbers.entry(self.root(index)).or_insert(members.len());
            if component == members.len() {
                members.push(Vec::new());
            }
            let attribute = AttributeIndex(members[component].len());
            members[component].push(AttributeIndex(index));
            places.push(Place {
                component,
                attribute,
            });
        }
        if members.is_empty() {
            members.push(Vec::new());
        }
        (members, places)
    }
}
