//! What can make a difference to what, where some attributes are settled: these pass nothing on.

use std::collections::BTreeSet;

use super::check::{Standing, constraints, scope, standing};
use crate::catalog::{AttributeIndex, Constraint, Model, Value};

/// What connects the attributes of a model.
pub(super) struct Links {
    links: Vec<Link>,
    /// The links of each attribute.
    of: Vec<Vec<usize>>,
}

/// Something that is about several attributes.
struct Link {
    /// What can be met by some of them already, whatever the others are.
    constraint: Option<Constraint>,
    attributes: Vec<AttributeIndex>,
}

/// What is around some attributes.
pub(super) struct Around {
    /// Whether each attribute is open and can make a difference to them, or is one of them.
    pub inside: Vec<bool>,
    /// Whether each attribute is settled and next to those.
    pub border: Vec<bool>,
}

impl Links {
    /// Of the constraints of a model, and of sets of attributes that something else is about.
    pub fn new(model: &Model, others: impl Iterator<Item = BTreeSet<AttributeIndex>>) -> Self {
        let mut links = Self {
            links: Vec::new(),
            of: vec![Vec::new(); model.attributes.len()],
        };
        for constraint in constraints(model) {
            links.add(Some(constraint), scope(model, constraint));
        }
        let parts = (model.indices().zip(&model.attributes))
            .filter_map(|(index, it)| Some(BTreeSet::from([index, it.part?])));
        for attributes in parts.chain(others) {
            links.add(None, attributes);
        }
        links
    }

    fn add(&mut self, constraint: Option<Constraint>, attributes: BTreeSet<AttributeIndex>) {
        for attribute in &attributes {
            self.of[attribute.0].push(self.links.len());
        }
        self.links.push(Link {
            constraint,
            attributes: attributes.into_iter().collect(),
        });
    }

    /// Around `start`, which is not settled; `met` tells of a link whether it says nothing any more.
    pub fn around(
        &self,
        start: &[AttributeIndex],
        settled: impl Fn(AttributeIndex) -> bool,
        mut met: impl FnMut(usize) -> bool,
    ) -> Around {
        let mut around = Around {
            inside: vec![false; self.of.len()],
            border: vec![false; self.of.len()],
        };
        let mut seen = vec![false; self.links.len()];
        let mut open = start.to_vec();
        start.iter().for_each(|it| around.inside[it.0] = true);
        while let Some(attribute) = open.pop() {
            for link in &self.of[attribute.0] {
                if std::mem::replace(&mut seen[*link], true) {
                    continue;
                }
                let met = met(*link);
                for other in &self.links[*link].attributes {
                    if settled(*other) {
                        around.border[other.0] = true;
                    } else if !met && !std::mem::replace(&mut around.inside[other.0], true) {
                        open.push(*other);
                    }
                }
            }
        }
        around
    }

    /// Whether the constraint of a link holds whatever becomes of what has no value.
    pub fn is_met(&self, model: &Model, link: usize, values: &[Option<Value>]) -> bool {
        // Only rules are met by some of their attributes.
        (self.links[link].constraint)
            .filter(|it| matches!(it, Constraint::Rule(_)))
            .is_some_and(|it| standing(model, it, values) == Ok(Standing::Holds))
    }

    /// Whether a link is about an attribute.
    pub fn is_about(&self, link: usize, attribute: AttributeIndex) -> bool {
        let attributes = &self.links[link].attributes;
        attributes.binary_search(&attribute).is_ok()
    }

    /// How many links there are.
    pub fn len(&self) -> usize {
        self.links.len()
    }
}

impl Around {
    /// Whether what becomes of an attribute has to do with it.
    pub fn concerns(&self, attribute: AttributeIndex) -> bool {
        self.inside[attribute.0] || self.border[attribute.0]
    }
}
