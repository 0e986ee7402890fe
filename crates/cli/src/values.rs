//! Values as sessions write them.

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Model, Value};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::product::Format;

/// UVL and DIMACS: true and false. XCSP: integers. Else the codes of options, `yes` and `no`,
/// and decimals as text.
pub fn to_json(model: &Model, format: Format, attribute: AttributeIndex, value: Value) -> Json {
    let text = model.value_to_text(attribute, value);
    match (format, value) {
        (_, Value::Absent) => Json::Null,
        (Format::Uvl | Format::Dimacs, Value::Option(option)) => Json::Bool(option == 1),
        (Format::Xcsp, _) => text
            .parse::<i64>()
            .map_or(Json::String(text), |it| json!(it)),
        _ => Json::String(text),
    }
}

/// What an attribute can be, as people read it.
pub fn can_be(model: &Model, attribute: AttributeIndex) -> String {
    let texts = |list: &[String]| format!("one of {}", list.join(", "));
    match model.attribute(attribute).map(|it| &it.domain) {
        Some(AttributeDomain::Options(list)) => {
            let codes = list.options.iter().map(|it| it.code.clone());
            texts(&codes.collect::<Vec<_>>())
        }
        Some(AttributeDomain::Number(range)) => format!(
            "a number from {} to {} in steps of {}",
            range.min, range.max, range.step
        ),
        _ => texts(&["yes", "no"].map(str::to_owned)),
    }
}

/// Reads a value from a JSON text, number or truth value.
pub fn from_json(model: &Model, attribute: AttributeIndex, value: &Json) -> Option<Value> {
    let text = match value {
        Json::String(text) => text.clone(),
        // 5.0 is 5.
        Json::Number(number) => {
            let text = number.to_string();
            text.parse::<Decimal>()
                .map_or(text, |it| it.normalize().to_string())
        }
        Json::Bool(true) => "true".to_owned(),
        Json::Bool(false) => "false".to_owned(),
        _ => return None,
    };
    let read = |text: &str| model.value_from_text(attribute, text);
    read(&text).or_else(|| match model.attribute(attribute)?.domain {
        AttributeDomain::Flag | AttributeDomain::Presence(_) => read(match text.as_str() {
            "true" | "True" | "1" => "yes",
            "false" | "False" | "0" => "no",
            _ => return None,
        }),
        // COOM's own truth values are called so.
        AttributeDomain::Options(_) => match text.as_str() {
            "true" => read("True"),
            "false" => read("False"),
            _ => None,
        },
        _ => None,
    })
}
