//! What is still possible, as a session says it.

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Model, Value};
use quotewright_engine::configure::{AttributeState, Configuration, Domain, Origin, Possibility};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::names::Names;
use crate::product::Format;
use crate::values::to_json;

/// A configuration, with what is needed to tell it.
pub struct View<'a> {
    pub model: &'a Model,
    pub format: Format,
    pub names: &'a Names,
    pub configuration: &'a Configuration,
}

impl View<'_> {
    /// The values that each attribute can still have, by path, after all decisions; what
    /// cannot be there is left out.
    pub fn domains(&self) -> Map<String, Json> {
        let all = self.names.attributes();
        all.filter_map(|(path, index)| Some((path.to_owned(), self.domain(index)?)))
            .collect()
    }

    fn domain(&self, index: AttributeIndex) -> Option<Json> {
        let state = self.state(index)?;
        let attribute = self.model.attribute(index)?;
        match (&state.domain, state.value) {
            (_, Some(Value::Absent)) if state.origin != Origin::Suggested => None,
            (Domain::Number { .. }, Some(Value::Number(number)))
                if state.origin == Origin::Decided =>
            {
                Some(json!({ "min": text(number), "max": text(number) }))
            }
            (Domain::Number { min, max }, _) => {
                let AttributeDomain::Number(range) = &attribute.domain else {
                    return None;
                };
                let end = |found: Option<Decimal>, end: Decimal, unbounded: bool| {
                    let found = found?;
                    Some(match unbounded && found == end {
                        true => "unbounded".to_owned(),
                        false => text(found),
                    })
                };
                let min = end(*min, range.min, range.unbounded_below)?;
                let max = end(*max, range.max, range.unbounded_above)?;
                Some(json!({ "min": min, "max": max }))
            }
            (Domain::Options(_), Some(value)) if state.origin == Origin::Decided => {
                Some(Json::Array(vec![self.value(index, value)]))
            }
            (Domain::Options(options), _) => {
                let possible = options.iter().enumerate();
                let possible = possible.filter(|(_, it)| **it == Possibility::Possible);
                let values: Vec<Json> = possible
                    .map(|(option, _)| self.value(index, Value::Option(option)))
                    .collect();
                (!values.is_empty()).then_some(Json::Array(values))
            }
        }
    }

    /// What follows from the decisions, by path.
    pub fn forced(&self) -> Map<String, Json> {
        let all = self.names.attributes();
        all.filter_map(|(path, index)| {
            let state = self.state(index)?;
            let value = state.value.filter(|it| *it != Value::Absent)?;
            let follows = state.origin == Origin::Follows && self.is_there(index);
            follows.then(|| (path.to_owned(), self.value(index, value)))
        })
        .collect()
    }

    /// The parts that are there, and those that can come.
    pub fn parts(&self) -> Map<String, Json> {
        let all = self.names.parts();
        all.filter_map(|(path, index)| {
            let state = self.state(index)?;
            let certain = matches!(state.origin, Origin::Decided | Origin::Follows);
            let word = match (certain, state.value, &state.domain) {
                (true, Some(Value::Option(1)), _) => "there",
                (true, _, _) => return None,
                (false, _, Domain::Options(options))
                    if options.get(1) == Some(&Possibility::Possible) =>
                {
                    "possible"
                }
                _ => return None,
            };
            Some((path.to_owned(), Json::from(word)))
        })
        .collect()
    }

    /// Whether a part is there since its owner is, which is certain to be there.
    pub fn is_required(&self, part: AttributeIndex) -> bool {
        match self.model.attribute(part).map(|it| &it.domain) {
            Some(AttributeDomain::Presence(part)) => part.required && self.has(part.owner),
            _ => false,
        }
    }

    /// Whether the part that the attribute belongs to is certain to be there.
    fn is_there(&self, index: AttributeIndex) -> bool {
        self.has(self.model.attribute(index).and_then(|it| it.part))
    }

    /// Whether a part is certain to be there; the product itself is where `None`.
    fn has(&self, part: Option<AttributeIndex>) -> bool {
        let Some(part) = part else {
            return true;
        };
        self.state(part).is_some_and(|it| {
            let certain = matches!(it.origin, Origin::Decided | Origin::Follows);
            certain && it.value == Some(Value::Option(1))
        })
    }

    fn state(&self, index: AttributeIndex) -> Option<&AttributeState> {
        self.configuration.states.get(index.0)
    }

    pub fn value(&self, index: AttributeIndex, value: Value) -> Json {
        to_json(self.model, self.format, index, value)
    }
}

fn text(number: Decimal) -> String {
    number.normalize().to_string()
}
