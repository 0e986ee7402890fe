//! Enumerations: options, and what the file says about each.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{OptionItem, OptionList, Text};
use rust_decimal::Decimal;

use super::label;
use super::notes::Notes;
use crate::coom::ast::{self, Constant, EnumerationOption, FeatureKind};

/// An enumeration of a file.
pub(super) struct Enumeration<'a> {
    pub(super) name: &'a str,
    /// The options and their numeric attributes.
    pub(super) list: OptionList,
    /// Text attributes: what each option has.
    pub(super) texts: Vec<Vec<String>>,
    attributes: BTreeMap<&'a str, Attribute>,
    positions: BTreeMap<String, usize>,
}

/// An attribute of an enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    /// Position in [`OptionList::properties`].
    Number(usize),
    /// Position in [`Enumeration::texts`].
    Text(usize),
}

/// Whether an attribute of an enumeration is one of numbers.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Text,
}

impl Kind {
    /// As declared; where nothing is, by what all options have.
    fn of(source: &ast::Enumeration, position: usize) -> Self {
        let number = |option: &EnumerationOption| {
            matches!(option.values.get(position), Some(Constant::Number(_)))
        };
        match source.attributes.get(position).map(|it| &it.kind) {
            Some(FeatureKind::Number(_)) => Self::Number,
            Some(FeatureKind::Typed(_)) if source.options.iter().all(number) => Self::Number,
            _ => Self::Text,
        }
    }
}

impl<'a> Enumeration<'a> {
    pub(super) fn new(source: &'a ast::Enumeration, notes: &mut Notes<'_>) -> Self {
        let mut enumeration = Self::empty(&source.name.text);
        let kinds: Vec<Kind> = (0..source.attributes.len())
            .map(|position| Kind::of(source, position))
            .collect();
        for (attribute, kind) in source.attributes.iter().zip(&kinds) {
            enumeration.declare(attribute, *kind, notes);
        }
        for option in &source.options {
            enumeration.add(&kinds, source, option, notes);
        }
        if source.options.is_empty() {
            let message = format!("`{}` has no options", source.name.text);
            notes.error("empty-enumeration", &source.name.span, message, None);
        }
        enumeration
    }

    /// `Bool`.
    pub(super) fn truth() -> Self {
        let mut enumeration = Self::empty("Bool");
        for code in [TRUE, FALSE] {
            enumeration.push(code, Vec::new());
        }
        enumeration
    }

    /// Position of the option called `code`.
    pub(super) fn position(&self, code: &str) -> Option<usize> {
        self.positions.get(code).copied()
    }

    /// The attribute called `name`.
    pub(super) fn attribute(&self, name: &str) -> Option<Attribute> {
        self.attributes.get(name).copied()
    }

    fn empty(name: &'a str) -> Self {
        Self {
            name,
            list: OptionList {
                properties: Vec::new(),
                options: Vec::new(),
            },
            texts: Vec::new(),
            attributes: BTreeMap::new(),
            positions: BTreeMap::new(),
        }
    }

    fn declare(
        &mut self,
        attribute: &'a ast::EnumerationAttribute,
        kind: Kind,
        notes: &mut Notes<'_>,
    ) {
        let name = attribute.name.text.as_str();
        let kind = match kind {
            Kind::Number => {
                self.list.properties.push(name.to_owned());
                Attribute::Number(self.list.properties.len() - 1)
            }
            Kind::Text => {
                self.texts.push(Vec::new());
                Attribute::Text(self.texts.len() - 1)
            }
        };
        if self.attributes.insert(name, kind).is_some() {
            let message = format!("`{}` has two attributes called `{name}`", self.name);
            notes.error("duplicate-name", &attribute.name.span, message, None);
        }
    }

    fn add(
        &mut self,
        kinds: &[Kind],
        source: &ast::Enumeration,
        option: &EnumerationOption,
        notes: &mut Notes<'_>,
    ) {
        let code = &option.name.text;
        let (declared, found) = (source.attributes.len(), option.values.len());
        if found < declared {
            let message = format!("`{code}` has {found} values for {declared} attributes");
            notes.error("missing-value", &option.values_span, message, None);
            return;
        }
        if found > declared {
            let message = || format!("`{code}` has {found} values for {declared} attributes");
            let hint = Some("the last ones are not used".to_owned());
            notes.warn("superfluous-value", &option.values_span, message, hint);
        }
        if self.positions.contains_key(code) {
            let message = format!("`{}` has two options called `{code}`", self.name);
            notes.error("duplicate-name", &option.name.span, message, None);
            return;
        }
        let mut numbers = Vec::with_capacity(self.list.properties.len());
        let mut texts = self.texts.iter_mut();
        for (position, (kind, value)) in kinds.iter().zip(&option.values).enumerate() {
            match (kind, value) {
                (Kind::Number, Constant::Number(number)) => numbers.push(*number),
                (Kind::Number, Constant::Text(text)) => {
                    let name = source
                        .attributes
                        .get(position)
                        .map_or("", |it| &it.name.text);
                    let message = format!("`{name}` of `{code}` is `{text}`, not a number");
                    notes.error("not-a-number", &option.values_span, message, None);
                    return;
                }
                (_, value) => texts
                    .by_ref()
                    .take(1)
                    .for_each(|text| text.push(word(value))),
            }
        }
        self.push(code, numbers);
    }

    fn push(&mut self, code: &str, properties: Vec<Decimal>) {
        (self.positions).insert(code.to_owned(), self.list.options.len());
        self.list.options.push(OptionItem {
            code: code.to_owned(),
            part_number: String::new(),
            label: label::text(code),
            description: Text::default(),
            lead_days: 0,
            properties,
        });
    }
}

/// Code of the option of `Bool` that says yes.
pub(super) const TRUE: &str = "True";
/// Code of the option of `Bool` that says no.
pub(super) const FALSE: &str = "False";

fn word(constant: &Constant) -> String {
    match constant {
        Constant::Number(number) => number.normalize().to_string(),
        Constant::Text(text) => text.clone(),
    }
}
