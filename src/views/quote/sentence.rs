//! A configuration in words: folded to one sentence, or all of it.

use leptos::prelude::*;
use quotewright_engine::catalog::{Attribute, AttributeDomain, Model, Value};

use crate::messages::Words;

/// A configuration in one sentence: `Length 12,000 mm · Belt PU food grade (BLT-210) · ...`.
/// What is simply not there (a yes/no that is no) and what is worked out is left out.
pub fn sentence(words: Words, model: &Model, assignment: &[Value]) -> String {
    let parts = model.attributes.iter().zip(assignment);
    parts
        .filter_map(|(attribute, value)| part(words, attribute, *value))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn part(words: Words, attribute: &Attribute, value: Value) -> Option<String> {
    if attribute.formula.is_some() || value == Value::Absent {
        return None;
    }
    let label = words.text(&attribute.label);
    if let (AttributeDomain::Flag | AttributeDomain::Presence(_), Value::Option(chosen)) =
        (&attribute.domain, value)
    {
        return (chosen != 0).then_some(label);
    }
    let part_number = part_number(attribute, value)
        .map(|number| format!(" ({number})"))
        .unwrap_or_default();
    Some(format!(
        "{label} {}{part_number}",
        words.value(attribute, value)
    ))
}

/// Every attribute with its value and part number, to be unfolded.
pub fn all_values(words: Words, model: &Model, assignment: &[Value]) -> AnyView {
    let row = |(attribute, value): (&Attribute, &Value)| {
        let number = part_number(attribute, *value).map(str::to_owned);
        view! {
            <div>
                <dt>{words.text(&attribute.label)}</dt>
                <dd>
                    {words.value(attribute, *value)}
                    {number.map(|number| view! { <span class="quiet">" "{number}</span> })}
                </dd>
            </div>
        }
    };
    let there = |(_, value): &(&Attribute, &Value)| **value != Value::Absent;
    let rows = model
        .attributes
        .iter()
        .zip(assignment)
        .filter(there)
        .map(row);
    view! {
        <details class="values">
            <summary class="small">{words.messages.quote.all_values}</summary>
            <dl class="small">{rows.collect_view()}</dl>
        </details>
    }
    .into_any()
}

fn part_number(attribute: &Attribute, value: Value) -> Option<&str> {
    match (&attribute.domain, value) {
        (AttributeDomain::Options(list), Value::Option(option)) => list
            .options
            .get(option)
            .map(|item| item.part_number.as_str())
            .filter(|number| !number.is_empty()),
        _ => None,
    }
}
