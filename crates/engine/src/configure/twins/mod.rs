//! Parts that are interchangeable: what one instance can be, another like it can be too.
//! A configuration stays one when what is in two such instances changes places.

mod swap;

use std::collections::{BTreeMap, BTreeSet};

use super::reasoner::{ABSENT, Atom};
use crate::catalog::{AttributeDomain, AttributeIndex, Model};

use self::swap::Swaps;

/// One instance: the attribute that says whether it is there, and all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Instance {
    presence: AttributeIndex,
    /// In the same order for all that are interchangeable.
    content: Vec<AttributeIndex>,
}

/// Instances any two of which are interchangeable. Each is there only with the one before it.
type Class = Vec<Instance>;

/// All interchangeable parts of a model.
#[derive(Clone, Debug, Default)]
pub(super) struct Twins {
    /// What is inside of others comes before them.
    classes: Vec<Class>,
    /// The classes and places in which each attribute is: class, instance, place.
    places: BTreeMap<AttributeIndex, Vec<(usize, usize, usize)>>,
    /// All that say whether a part is there.
    parts: BTreeSet<AttributeIndex>,
}

impl Twins {
    /// Those of a model.
    pub fn new(model: &Model) -> Self {
        let contents = contents(model);
        if contents.is_empty() {
            return Self::default();
        }
        let mut swaps = Swaps::new(model);
        let mut classes: Vec<Class> = Vec::new();
        let mut last: BTreeMap<AttributeIndex, usize> = BTreeMap::new();
        for (presence, content) in &contents {
            let instance = Instance {
                presence: *presence,
                content: content.clone(),
            };
            let previous = previous(model, *presence);
            let class = previous.and_then(|it| last.get(&it).copied());
            let joined = class.filter(|class| {
                let before = classes[*class].last();
                before.is_some_and(|it| swaps.interchangeable(it, &instance))
            });
            let class = joined.unwrap_or(classes.len());
            if class == classes.len() {
                classes.push(Vec::new());
            }
            classes[class].push(instance);
            last.insert(*presence, class);
        }
        classes.retain(|it| it.len() > 1);
        classes.sort_by_key(|it| it[0].content.len());
        Self {
            places: places(&classes),
            classes,
            parts: contents.into_keys().collect(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// What a configuration shows to be possible by what is in its parts changing places,
    /// where nothing `chosen` is in them.
    pub fn shown(
        &self,
        witness: &[usize],
        chosen: impl Fn(AttributeIndex) -> bool,
        mut found: impl FnMut(AttributeIndex, usize),
    ) {
        let mut shown: BTreeMap<AttributeIndex, BTreeSet<usize>> = BTreeMap::new();
        for class in &self.classes {
            let members: Vec<&Instance> = (class.iter())
                .filter(|it| witness[it.presence.0] == 1)
                .filter(|it| !it.content.iter().any(|it| chosen(*it)))
                .collect();
            if members.len() < 2 {
                continue;
            }
            for place in 0..members[0].content.len() {
                let mut all = BTreeSet::new();
                for member in &members {
                    let attribute = member.content[place];
                    match shown.get(&attribute) {
                        Some(known) => all.extend(known),
                        None => _ = all.insert(witness[attribute.0]),
                    }
                }
                for member in &members {
                    shown.insert(member.content[place], all.clone());
                }
            }
        }
        for (attribute, positions) in shown {
            let there = positions.into_iter().filter(|it| *it != ABSENT);
            there.for_each(|position| found(attribute, position));
        }
    }

    /// The attributes for which what an atom says is impossible if it is so for its own:
    /// those in its place in later instances, where nothing `chosen` is in them.
    pub fn after(
        &self,
        atom: Atom,
        chosen: impl Fn(AttributeIndex) -> bool,
    ) -> BTreeSet<AttributeIndex> {
        let mut reached = BTreeSet::new();
        // A part is also not there where what it belongs to is not.
        if self.parts.contains(&atom.attribute) && atom.position == 0 {
            return reached;
        }
        let mut left = vec![atom.attribute];
        while let Some(attribute) = left.pop() {
            for (class, number, place) in self.places.get(&attribute).into_iter().flatten() {
                let free = |it: &Instance| !it.content.iter().any(|it| chosen(*it));
                let class = &self.classes[*class];
                if !free(&class[*number]) {
                    continue;
                }
                for later in class[number + 1..].iter().filter(|it| free(it)) {
                    if reached.insert(later.content[*place]) {
                        left.push(later.content[*place]);
                    }
                }
            }
        }
        reached
    }
}

/// What is in each part, in the order of the catalog.
fn contents(model: &Model) -> BTreeMap<AttributeIndex, Vec<AttributeIndex>> {
    let mut contents: BTreeMap<AttributeIndex, Vec<AttributeIndex>> = BTreeMap::new();
    for (index, attribute) in model.indices().zip(&model.attributes) {
        if matches!(attribute.domain, AttributeDomain::Presence(_)) {
            contents.entry(index).or_default();
        }
        let mut within = attribute.part.or_else(|| owner(model, index));
        // No part is within itself.
        for _ in 0..model.attributes.len() {
            let Some(part) = within else { break };
            contents.entry(part).or_default().push(index);
            within = owner(model, part);
        }
    }
    contents
}

fn owner(model: &Model, presence: AttributeIndex) -> Option<AttributeIndex> {
    match &model.attribute(presence)?.domain {
        AttributeDomain::Presence(part) => part.owner,
        _ => None,
    }
}

fn previous(model: &Model, presence: AttributeIndex) -> Option<AttributeIndex> {
    match &model.attribute(presence)?.domain {
        AttributeDomain::Presence(part) => part.previous,
        _ => None,
    }
}

fn places(classes: &[Class]) -> BTreeMap<AttributeIndex, Vec<(usize, usize, usize)>> {
    let mut places: BTreeMap<AttributeIndex, Vec<(usize, usize, usize)>> = BTreeMap::new();
    for (class, members) in classes.iter().enumerate() {
        for (number, member) in members.iter().enumerate() {
            for (place, attribute) in member.content.iter().enumerate() {
                let known = places.entry(*attribute).or_default();
                known.push((class, number, place));
            }
        }
    }
    places
}

#[cfg(test)]
mod tests;
