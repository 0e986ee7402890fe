//! Reads models from texts and lists their valid configurations.

use std::collections::BTreeMap;
use std::io;

use quotewright_compiler::uvl::{UvlReading, read};
use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Model, Value};
use quotewright_engine::configure::check;

/// Reads the first of these files, which are given by name and text.
pub fn read_files(files: &[(&str, &str)]) -> UvlReading {
    let texts: BTreeMap<&str, &str> = files.iter().copied().collect();
    read(files[0].0, |name| match texts.get(name) {
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => Err(io::Error::from(io::ErrorKind::NotFound)),
    })
}

pub fn model(text: &str) -> Model {
    let reading = read_files(&[("model.uvl", text)]);
    let told = format!("{:#?}", reading.diagnostics);
    reading.model.unwrap_or_else(|| panic!("{text}\n{told}"))
}

/// All valid configurations, each as the codes of what is selected, in order. Numbers have
/// these values to choose from.
pub fn configurations(model: &Model, numbers: &[i64]) -> Vec<String> {
    let mut found = Vec::new();
    extend(model, numbers, &mut Vec::new(), &mut found);
    found.sort();
    found
}

fn extend(model: &Model, numbers: &[i64], values: &mut Vec<Value>, found: &mut Vec<String>) {
    let Some(attribute) = model.attributes.get(values.len()) else {
        if check(model, values).is_ok_and(|broken| broken.is_empty()) {
            found.push(words(model, values));
        }
        return;
    };
    let there = attribute
        .part
        .is_none_or(|part| values[part.0] == Value::Option(1));
    let choices = match &attribute.domain {
        _ if !there => vec![Value::Absent],
        AttributeDomain::Number(_) => numbers
            .iter()
            .map(|it| Value::Number((*it).into()))
            .collect(),
        domain => (0..domain.size().unwrap_or_default())
            .map(Value::Option)
            .collect(),
    };
    for choice in choices {
        values.push(choice);
        extend(model, numbers, values, found);
        values.pop();
    }
}

fn words(model: &Model, values: &[Value]) -> String {
    let word = |(attribute, value): (usize, &Value)| {
        let code = &model.attributes[attribute].code;
        let text = model.value_to_text(AttributeIndex(attribute), *value);
        match value {
            Value::Option(_) if code.ends_with(".value") => Some(format!("{code}='{text}'")),
            Value::Option(1) => Some(code.clone()),
            Value::Number(number) => Some(format!("{code}={number}")),
            _ => None,
        }
    };
    let words: Vec<String> = values.iter().enumerate().filter_map(word).collect();
    words.join(" ")
}
