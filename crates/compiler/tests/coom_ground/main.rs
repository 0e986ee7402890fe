//! COOM models made flat.

mod cases;
mod diagnostics;
mod models;
mod sessions;

use std::collections::BTreeSet;

use quotewright_compiler::coom::{self, Bounds, CoomFile, CoomModel};
use quotewright_compiler::{Diagnostic, Severity};
use quotewright_engine::catalog::{AttributeDomain, Model, Value};
use quotewright_engine::configure::check;

/// A model that can be read.
fn read(source: &str) -> CoomModel {
    match coom::read("test.coom", source) {
        (Some(CoomFile::Model(model)), _) => model,
        (_, diagnostics) => panic!("{source}\n{diagnostics:#?}"),
    }
}

/// The flat model, of which nothing but warnings may be told.
fn ground(source: &str, bounds: &Bounds) -> (Model, Vec<Diagnostic>) {
    let (model, diagnostics) = read(source).ground(bounds);
    let is_warning = |it: &Diagnostic| it.severity == Severity::Warning;
    assert!(diagnostics.iter().all(is_warning), "{diagnostics:#?}");
    (model.expect("a model"), diagnostics)
}

/// The codes of the attributes.
fn codes(model: &Model) -> Vec<&str> {
    model.attributes.iter().map(|it| it.code.as_str()).collect()
}

/// Every valid configuration, found by trying all: the values in the order of the
/// attributes, `-` for what is not there.
fn valid(model: &Model) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    extend(model, &mut Vec::new(), &mut found);
    found
}

fn extend(model: &Model, values: &mut Vec<Value>, found: &mut BTreeSet<String>) {
    let Some(attribute) = model.attributes.get(values.len()) else {
        if check(model, values)
            .expect("values of the attributes")
            .is_empty()
        {
            found.insert(written(model, values));
        }
        return;
    };
    let there = attribute
        .part
        .is_none_or(|part| values[part.0] == Value::Option(1));
    let choices: Vec<Value> = match there {
        true => all_values(&attribute.domain),
        false => vec![Value::Absent],
    };
    for choice in choices {
        values.push(choice);
        extend(model, values, found);
        values.pop();
    }
}

fn all_values(domain: &AttributeDomain) -> Vec<Value> {
    let size = domain.size().expect("a small domain");
    let at = |position| domain.value_at(position).expect("a value");
    (0..size).map(at).collect()
}

fn written(model: &Model, values: &[Value]) -> String {
    let words = model
        .indices()
        .zip(values)
        .map(|(index, value)| match value {
            Value::Absent => "-".to_owned(),
            value => model.value_to_text(index, *value),
        });
    words.collect::<Vec<_>>().join(" ")
}
