//! What a product is made of: its kinds of parts, and every place that a part can take.

mod read;

use std::collections::BTreeSet;

use quotewright_engine::catalog::{AttributeIndex, Text};

pub(crate) use read::{Definition, Definitions, read};

/// Position of the product itself, among the kinds and among the instances.
pub(crate) const PRODUCT: usize = 0;

/// The kinds of parts of one product, and their instances.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The product first, owners before what they own.
    pub(crate) kinds: Vec<Kind>,
    /// The product first, owners before what they own.
    pub(crate) instances: Vec<Instance>,
}

/// The names that a part has.
#[derive(Debug, Default)]
pub(crate) struct Kind {
    /// Code in the sheets; empty for the product.
    pub(crate) code: String,
    /// Codes of its attributes.
    pub(crate) attributes: Vec<String>,
    /// Positions of the kinds that are parts of it.
    pub(crate) parts: Vec<usize>,
    /// Codes of what belongs to it and is wrong itself.
    pub(crate) broken: BTreeSet<String>,
}

/// One place that a part can take.
#[derive(Debug, Default)]
pub(crate) struct Instance {
    /// Position of its kind.
    pub(crate) kind: usize,
    /// Position of the instance that it is a part of.
    pub(crate) owner: Option<usize>,
    /// Canonical path, such as `zone[1].sensor[0]`; empty for the product.
    pub(crate) path: String,
    /// What the buyer calls it, such as `Zone 2 · Sensor 1`; empty for the product.
    pub(crate) label: Text,
    /// The presence that it has itself or in common with its owner; `None`: always there.
    pub(crate) there: Option<AttributeIndex>,
    /// One for each of its kind's attributes.
    pub(crate) attributes: Vec<AttributeIndex>,
    /// The instances of each of its kind's parts.
    pub(crate) parts: Vec<Vec<usize>>,
}

/// What a name stands for in an instance.
pub(crate) enum Member<'t> {
    Attribute(AttributeIndex),
    /// The instances of a part.
    Parts(&'t [usize]),
}

impl Tree {
    /// The names of the instance at `position`.
    pub(crate) fn kind(&self, position: usize) -> Option<&Kind> {
        self.kinds.get(self.instances.get(position)?.kind)
    }

    /// What `name` stands for in one instance.
    pub(crate) fn member(&self, position: usize, name: &str) -> Option<Member<'_>> {
        let instance = self.instances.get(position)?;
        let kind = self.kinds.get(instance.kind)?;
        if let Some(found) = kind.attributes.iter().position(|code| code == name) {
            return instance
                .attributes
                .get(found)
                .copied()
                .map(Member::Attribute);
        }
        let is_called = |part: &usize| self.kinds.get(*part).is_some_and(|it| it.code == name);
        let found = kind.parts.iter().position(is_called)?;
        Some(Member::Parts(instance.parts.get(found)?))
    }

    /// The instance at `position`, what it is a part of, and so on up to the product.
    pub(crate) fn upwards(&self, position: usize) -> impl Iterator<Item = usize> {
        let owner = |it: &usize| self.instances.get(*it)?.owner;
        std::iter::successors(Some(position), owner)
    }

    /// Position of the kind called `code`.
    pub(crate) fn kind_called(&self, code: &str) -> Option<usize> {
        let named = self.kinds.iter().position(|kind| kind.code == code);
        named.filter(|kind| *kind != PRODUCT)
    }

    /// The codes of all parts.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        let parts = self.kinds.iter().skip(1);
        parts.map(|kind| kind.code.as_str())
    }

    /// Which one of the instances with the same owner it is, counted from 0.
    pub(crate) fn place(&self, position: usize) -> usize {
        let owner = self.instances.get(position).and_then(|it| it.owner);
        let owner = owner.and_then(|owner| self.instances.get(owner));
        let mut parts = owner.into_iter().flat_map(|owner| &owner.parts);
        let places = parts.find_map(|places| places.iter().position(|it| *it == position));
        places.unwrap_or_default()
    }

    /// All instances of a kind.
    pub(crate) fn instances_of(&self, kind: usize) -> impl Iterator<Item = usize> {
        let instances = self.instances.iter().enumerate();
        let found = instances.filter(move |(_, instance)| instance.kind == kind);
        found.map(|(position, _)| position)
    }

    /// Whether one instance is another, or belongs to it.
    pub(crate) fn is_within(&self, inner: usize, outer: usize) -> bool {
        self.upwards(inner).any(|it| it == outer)
    }
}

/// Between what a part is called and what is in it.
const SEPARATOR: &str = " · ";

/// `Zone 2 · Length`, in every language; `own` is the latter and may be empty.
pub(crate) fn labelled(locales: &[String], around: &Text, own: impl Fn(&str) -> String) -> Text {
    let words = |locale: &String| match (around.get(locale), own(locale)) {
        ("", own) => own,
        (around, own) if own.is_empty() => around.to_owned(),
        (around, own) => format!("{around}{SEPARATOR}{own}"),
    };
    Text::new(locales.iter().map(|it| (it.clone(), words(it))))
}

/// A canonical path as it is written for all instances: `zone.sensor` for `zone[1].sensor[0]`.
pub(crate) fn without_indices(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    for (place, piece) in path.split(['[', ']']).enumerate() {
        if place % 2 == 0 {
            plain.push_str(piece);
        }
    }
    plain
}
