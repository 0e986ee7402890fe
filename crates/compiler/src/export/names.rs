//! Names that COOM can have for what is called otherwise.

use std::collections::BTreeSet;

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Model, Value};

/// Words that mean something in COOM, and names that the text has itself.
const TAKEN: [&str; 49] = [
    "position",
    "product",
    "structure",
    "enumeration",
    "attribute",
    "behavior",
    "num",
    "string",
    "bool",
    "reference",
    "define",
    "condition",
    "require",
    "combinations",
    "allow",
    "forbid",
    "default",
    "prefer",
    "imply",
    "minimize",
    "maximize",
    "exists",
    "in",
    "explanation",
    "message",
    "hide",
    "readonly",
    "readwrite",
    "count",
    "sum",
    "min",
    "max",
    "this",
    "root",
    "last",
    "contains",
    "true",
    "false",
    "True",
    "False",
    "set",
    "add",
    "Bool",
    "Choice",
    "Yes",
    "No",
    "value",
    "pow",
    "type",
];

pub(super) struct Names {
    /// Within the part that they belong to.
    attributes: Vec<String>,
    /// From the product on.
    paths: Vec<String>,
    /// Of every attribute with options, their names.
    options: Vec<Vec<String>>,
}

impl Names {
    pub(super) fn new(model: &Model) -> Self {
        let mut taken: BTreeSet<String> = TAKEN.iter().map(ToString::to_string).collect();
        let codes = model.attributes.iter();
        let codes = codes.map(|it| it.code.trim_start_matches('+'));
        let attributes: Vec<String> = codes.map(|code| unique(code, "a", &mut taken)).collect();
        let paths = (model.indices())
            .map(|index| path(model, &attributes, index))
            .collect();
        let options = model.attributes.iter().map(|attribute| {
            let AttributeDomain::Options(list) = &attribute.domain else {
                return Vec::new();
            };
            // Options of one attribute may be called as those of another.
            let mut taken = taken.clone();
            let codes = list.options.iter().map(|it| it.code.as_str());
            codes.map(|code| unique(code, "V", &mut taken)).collect()
        });
        Self {
            options: options.collect(),
            attributes,
            paths,
        }
    }

    /// What a feature is called where it stands.
    pub(super) fn attribute(&self, index: AttributeIndex) -> String {
        self.attributes.get(index.0).cloned().unwrap_or_default()
    }

    /// Its path from the product on.
    pub(super) fn path(&self, index: AttributeIndex) -> String {
        self.paths.get(index.0).cloned().unwrap_or_default()
    }

    /// The type of an attribute with options.
    pub(super) fn enumeration(&self, index: AttributeIndex) -> String {
        format!("Type_{}", self.attribute(index))
    }

    pub(super) fn option(&self, index: AttributeIndex, option: usize) -> String {
        let options = self.options.get(index.0);
        match options.and_then(|it| it.get(option)) {
            Some(name) => name.clone(),
            None if option == 1 => "Yes".to_owned(),
            None => "No".to_owned(),
        }
    }

    pub(super) fn value(&self, index: AttributeIndex, value: Value) -> String {
        match value {
            Value::Option(option) => self.option(index, option),
            Value::Number(number) => number.normalize().to_string(),
            Value::Absent => "-*-".to_owned(),
        }
    }
}

/// The presence of the part that something stands in.
pub(super) fn container(model: &Model, index: AttributeIndex) -> Option<AttributeIndex> {
    let attribute = model.attribute(index)?;
    match &attribute.domain {
        AttributeDomain::Presence(part) => part.owner,
        _ => attribute.part,
    }
}

fn path(model: &Model, names: &[String], index: AttributeIndex) -> String {
    let around = std::iter::successors(Some(index), |it| container(model, *it));
    let mut steps: Vec<&str> = (around.filter_map(|it| names.get(it.0)))
        .map(String::as_str)
        .collect();
    steps.reverse();
    steps.join(".")
}

/// What a numeric property of options is called.
pub(super) fn property(position: usize) -> String {
    format!("p{position}")
}

/// The code with only letters, digits and `_`, made different from all others.
fn unique(code: &str, prefix: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name: String = (code.chars())
        .map(|it| if it.is_ascii_alphanumeric() { it } else { '_' })
        .collect();
    if !name.starts_with(|it: char| it.is_ascii_alphabetic()) {
        name.insert_str(0, prefix);
    }
    let mut candidate = name.clone();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{name}_{number}");
        number += 1;
    }
    candidate
}
