//! What the names of a file stand for: structures, enumerations and their features.

use std::collections::BTreeMap;

use quotewright_engine::catalog::NumberRange;

use super::enumeration::Enumeration;
use super::notes::{Grounded, Notes};
use super::number::range;
use crate::coom::ast::{self, FeatureKind, Name, Span};
use crate::suggest::did_you_mean;

/// The types of a file.
pub(super) struct Schema<'a> {
    /// The product first.
    pub(super) structures: Vec<Structure<'a>>,
    pub(super) enumerations: Vec<Enumeration<'a>>,
    types: BTreeMap<&'a str, Type>,
}

/// What a name of a type stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Position in [`Schema::structures`].
    Structure(usize),
    /// Position in [`Schema::enumerations`].
    Enumeration(usize),
}

pub(super) struct Structure<'a> {
    pub(super) name: &'a str,
    pub(super) features: Vec<Feature<'a>>,
    positions: BTreeMap<&'a str, usize>,
}

pub(super) struct Feature<'a> {
    pub(super) name: &'a str,
    pub(super) span: &'a Span,
    /// Least number of instances where the owner is there.
    pub(super) min: u32,
    /// Largest number of instances; `None` for any number.
    pub(super) max: Option<u32>,
    pub(super) content: Content,
}

/// What an instance of a feature is.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Structure(usize),
    Enumeration(usize),
    Number(NumberRange),
    /// One of the instances of a structure that are elsewhere.
    Reference(usize),
}

/// Position of the product among the structures.
pub(super) const PRODUCT: usize = 0;

impl<'a> Schema<'a> {
    /// Resolves all names of types; tells what is wrong with them.
    pub(super) fn new(model: &'a ast::Model, notes: &mut Notes<'_>) -> Self {
        let mut schema = Self {
            structures: vec![Structure::new("product")],
            enumerations: Vec::new(),
            types: BTreeMap::new(),
        };
        for structure in &model.structures {
            let position = Type::Structure(schema.structures.len());
            schema.declare(&structure.name, position, notes);
            schema.structures.push(Structure::new(&structure.name.text));
        }
        for enumeration in &model.enumerations {
            let position = Type::Enumeration(schema.enumerations.len());
            schema.declare(&enumeration.name, position, notes);
            schema
                .enumerations
                .push(Enumeration::new(enumeration, notes));
        }
        if !schema.types.contains_key("Bool") {
            let position = Type::Enumeration(schema.enumerations.len());
            schema.types.insert("Bool", position);
            schema.enumerations.push(Enumeration::truth());
        }
        let blocks = std::iter::once(&model.product)
            .chain(model.structures.iter().map(|structure| &structure.features));
        for (position, features) in blocks.enumerate() {
            for feature in features {
                schema.add(position, feature, notes);
            }
        }
        schema
    }

    /// What `name` stands for.
    pub(super) fn find(&self, name: &str) -> Option<Type> {
        self.types.get(name).copied()
    }

    /// The feature of a structure at a position.
    pub(super) fn feature(&self, (structure, position): (usize, usize)) -> Option<&Feature<'a>> {
        self.structures.get(structure)?.features.get(position)
    }

    /// The features that can have any number of instances, as structure and position.
    pub(super) fn unbounded(&self) -> Vec<(usize, usize)> {
        let features = self
            .structures
            .iter()
            .enumerate()
            .flat_map(|(structure, it)| {
                let keys = (0..it.features.len()).map(move |position| (structure, position));
                keys.zip(&it.features)
            });
        let unbounded = features.filter(|(_, feature)| feature.max.is_none());
        unbounded.map(|(key, _)| key).collect()
    }

    /// What to write in place of an unknown type.
    pub(super) fn suggestion(&self, name: &str) -> Option<String> {
        did_you_mean(name, self.types.keys().copied())
    }

    fn declare(&mut self, name: &'a Name, kind: Type, notes: &mut Notes<'_>) {
        if self.types.contains_key(name.text.as_str()) {
            let message = format!("`{}` is declared twice", name.text);
            notes.error("duplicate-name", &name.span, message, None);
        } else {
            self.types.insert(&name.text, kind);
        }
    }

    fn add(&mut self, structure: usize, feature: &'a ast::Feature, notes: &mut Notes<'_>) {
        let Ok(content) = self.content(feature, notes) else {
            return;
        };
        let (min, max) = match &feature.cardinality {
            Some(cardinality) => (cardinality.min, cardinality.max),
            None => (1, Some(1)),
        };
        if max.is_some_and(|max| max < min) {
            let message = format!(
                "`{}` has more instances at least than at most",
                feature.name.text
            );
            notes.error("cardinality", &feature.span, message, None);
            return;
        }
        let Some(structure) = self.structures.get_mut(structure) else {
            return;
        };
        let name = feature.name.text.as_str();
        let position = structure.features.len();
        if structure.positions.insert(name, position).is_some() {
            let message = format!("`{}` has two features called `{name}`", structure.name);
            notes.error("duplicate-name", &feature.name.span, message, None);
        }
        structure.features.push(Feature {
            name,
            span: &feature.span,
            min,
            max,
            content,
        });
    }

    fn content(&mut self, feature: &'a ast::Feature, notes: &mut Notes<'_>) -> Grounded<Content> {
        let name = match &feature.kind {
            FeatureKind::Number(number) => {
                return range(number, &feature.span, notes).map(Content::Number);
            }
            FeatureKind::Text => {
                let what = format!("the text feature `{}`", feature.name.text);
                return Err(notes.unsupported(&feature.span, what));
            }
            FeatureKind::Typed(name) => name.as_ref().unwrap_or(&feature.name),
        };
        match (self.find(&name.text), feature.reference) {
            (Some(Type::Structure(position)), false) => Ok(Content::Structure(position)),
            (Some(Type::Structure(position)), true) => Ok(Content::Reference(position)),
            (Some(Type::Enumeration(position)), false) => Ok(Content::Enumeration(position)),
            (Some(Type::Enumeration(_)), true) => {
                let what = format!("a reference to an option of `{}`", name.text);
                Err(notes.unsupported(&feature.span, what))
            }
            (None, _) => {
                let message = || {
                    let name = &name.text;
                    format!(
                        "there is no structure or enumeration called `{name}`: it has no values"
                    )
                };
                let hint = self.suggestion(&name.text);
                notes.warn("unknown-type", &name.span, message, hint);
                let position = self.structures.len();
                self.structures.push(Structure::new(&name.text));
                self.types.insert(&name.text, Type::Structure(position));
                Ok(Content::Structure(position))
            }
        }
    }
}

impl<'a> Structure<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            name,
            features: Vec::new(),
            positions: BTreeMap::new(),
        }
    }

    /// Position of the feature called `name`.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }
}
