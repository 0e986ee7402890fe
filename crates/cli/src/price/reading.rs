//! Requests from JSON, and in plain words what is wrong with them.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use serde_json::error::Category;

/// What serde expects, and what people call it.
const WANTED: [(&str, &str); 9] = [
    ("u32", "a whole number from 0 on"),
    ("u64", "a whole number from 0 on"),
    ("usize", "a whole number from 0 on"),
    ("a string", "a text in quotation marks"),
    ("a boolean", "true or false"),
    ("a sequence", "a list in [ ]"),
    ("a map", "an object in { }"),
    ("a formatted date", "a day such as \"2026-12-31\""),
    ("struct", "an object in { }"),
];

/// The value that a JSON text says.
///
/// # Errors
/// Which member is wrong, what is expected and what was found, with line and column.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize(&mut deserializer);
    let value = read.map_err(|error| {
        let path = error.path().to_string();
        told(&path, error.inner())
    })?;
    deserializer.end().map_err(|error| told(".", &error))?;
    Ok(value)
}

/// The value that a JSON value says.
///
/// # Errors
/// Which member is wrong, what is expected and what was found.
pub fn from_value<T: DeserializeOwned>(value: &Json) -> Result<T, String> {
    let read = serde_path_to_error::deserialize(value);
    read.map_err(|error| {
        let path = error.path().to_string();
        let what = plain(&error.inner().to_string());
        format!("{}{what}", at(&path))
    })
}

fn at(path: &str) -> String {
    match path {
        "." => String::new(),
        path => format!("`{path}`: "),
    }
}

fn told(path: &str, error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let place = format!(" at line {line} column {column}");
    let message = error.to_string();
    let message = message.strip_suffix(&place).unwrap_or(&message);
    let what = match error.classify() {
        Category::Data => plain(message),
        _ => format!("this is no JSON: {message}"),
    };
    format!("{}{what} (line {line}, column {column})", at(path))
}

/// A message of serde in plain words.
fn plain(message: &str) -> String {
    let rest = ["invalid type: ", "invalid value: "]
        .into_iter()
        .find_map(|it| message.strip_prefix(it));
    // An object can be read from a list of its members, which nobody means.
    let list = message.strip_prefix("invalid length ");
    let list = list.and_then(|it| it.split_once(", expected "));
    let found = rest.and_then(|it| it.rsplit_once(", expected "));
    if let Some((found, wanted)) = found.or(list.map(|(_, wanted)| ("sequence", wanted))) {
        let known = WANTED.iter().find(|(serde, _)| wanted.starts_with(serde));
        let wanted = known.map_or(wanted, |(_, plain)| *plain);
        return format!("there should be {wanted}, and there is {}", thing(found));
    }
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("{field} is missing");
    }
    let unknown = message.strip_prefix("unknown field ");
    if let Some((field, known)) = unknown.and_then(|it| it.split_once(", expected ")) {
        let known = known.trim_start_matches("one of ");
        return format!("there is no {field} here; there can be {known}");
    }
    let variant = message.strip_prefix("unknown variant ");
    if let Some((word, known)) = variant.and_then(|it| it.split_once(", expected ")) {
        let known = known.trim_start_matches("one of ");
        return format!("there is no {word}; there can be {known}");
    }
    message.to_owned()
}

/// What was found: `string "3"` is the text "3".
fn thing(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    match kind {
        "string" => format!("the text {value}"),
        "integer" => format!("the number {}", value.trim_matches('`')),
        "floating" => {
            let value = value.trim_start_matches("point ");
            format!("the number {}", value.trim_matches('`'))
        }
        "boolean" => value.trim_matches('`').to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "an object".to_owned(),
        _ => found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Request;
    use super::{from_json, from_value};

    #[test]
    fn what_is_wrong_with_a_request_is_said_in_plain_words() {
        for (json, expected) in [
            (
                r#"{"lines":[{"quantity":"3"}]}"#,
                "`lines[0].quantity`: there should be a whole number from 0 on, and there is the text \"3\" (line 1, column 25)",
            ),
            (
                r#"{"lines":[{"quantity":-3}]}"#,
                "`lines[0].quantity`: there should be a whole number from 0 on, and there is the number -3 (line 1, column 24)",
            ),
            (
                r#"{"lines":[{"quantity":1.5}]}"#,
                "`lines[0].quantity`: there should be a whole number from 0 on, and there is the number 1.5 (line 1, column 25)",
            ),
            (
                "{\n  \"lines\": {}\n}",
                "`lines`: there should be a list in [ ], and there is an object (line 2, column 11)",
            ),
            (
                r#"{"lines":[],"customer":5}"#,
                "`customer`: there should be a text in quotation marks, and there is the number 5 (line 1, column 24)",
            ),
            (
                r#"{"customer":"a"}"#,
                "`lines` is missing (line 1, column 16)",
            ),
            (
                r#"{"lines":[{"ramp":[{"mont":1}]}]}"#,
                "`lines[0].ramp[0].mont`: there is no `mont` here; there can be `month` or `quantity` (line 1, column 26)",
            ),
            (
                "[]",
                "there should be an object in { }, and there is a list (line 1, column 2)",
            ),
            (
                r#"{"lines":[}"#,
                "`lines[0]`: this is no JSON: expected value (line 1, column 11)",
            ),
            (
                "{\"lines\":[]} x",
                "this is no JSON: trailing characters (line 1, column 14)",
            ),
        ] {
            let told = from_json::<Request>(json).expect_err(json);
            assert_eq!(told, expected, "{json}");
        }
        let told = from_json::<Request>(r#"{"lines":[],"date":"1 June"}"#);
        let told = told.expect_err("no date");
        assert!(told.starts_with("`date`: "), "{told}");
    }

    #[test]
    fn a_value_is_refused_with_its_place() {
        for (value, expected) in [
            (json!({ "lines": [], "date": "2026-13-01" }), "`date`: "),
            (
                json!({ "lines": [{ "quantity": "3" }] }),
                "`lines[0].quantity`: there should be a whole number from 0 on, and there is the text \"3\"",
            ),
        ] {
            let told = from_value::<Request>(&value).expect_err("no request");
            assert!(told.starts_with(expected), "{told}");
        }
    }
}
