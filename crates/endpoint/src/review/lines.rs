use quotewright_engine::catalog::{Assignment, Constraint, Model, Value};
use quotewright_engine::configure::check;
use quotewright_protocol::{FieldError, QuoteRequest, RequestLine};

use super::pointer::line_pointer;
use super::{ERRORS, error, refuse_all};
use crate::library::Edition;
use crate::refusal::{Kind, Refusal};

/// Locale of the explanations in a refusal, which is in English.
const LOCALE: &str = "en";

/// A line whose configuration is valid.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The product.
    pub model: &'a Model,
    /// The whole configuration.
    pub assignment: Assignment,
    /// Pieces.
    pub quantity: u32,
}

/// The lines of `request`, each with its configuration checked against every rule.
///
/// # Errors
/// A refusal that names everything that is not valid.
pub fn read_lines<'a>(
    request: &QuoteRequest,
    edition: &'a Edition,
) -> Result<Vec<Line<'a>>, Refusal> {
    let mut lines = Vec::with_capacity(request.lines.len());
    let mut errors = Vec::new();
    for (at, line) in request.lines.iter().enumerate() {
        match read_line(at, line, edition) {
            Ok(line) => lines.push(line),
            Err(found) => errors.extend(found),
        }
        if errors.len() >= ERRORS {
            break;
        }
    }
    refuse_all(
        Kind::InvalidConfiguration,
        "A configuration is not valid.",
        errors,
    )?;
    Ok(lines)
}

fn read_line<'a>(
    at: usize,
    line: &RequestLine,
    edition: &'a Edition,
) -> Result<Line<'a>, Vec<FieldError>> {
    let Some(model) = edition.models.get(&line.product) else {
        let pointer = line_pointer(at, ["product"]);
        return Err(vec![error(
            pointer,
            "unknown-product",
            "There is no such product.",
        )]);
    };
    let assignment = read_assignment(at, line, model)?;
    let mut errors = decision_errors(at, line, model, &assignment);
    errors.extend(broken(at, model, &assignment));
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Line {
        model,
        assignment,
        quantity: line.quantity,
    })
}

/// One value for every attribute, and for nothing else.
fn read_assignment(
    at: usize,
    line: &RequestLine,
    model: &Model,
) -> Result<Assignment, Vec<FieldError>> {
    let mut errors = unknown_attributes(at, "assignment", line.assignment.keys(), model);
    let mut assignment = Vec::with_capacity(model.attributes.len());
    for index in model.indices() {
        let code = model.attributes[index.0].code.as_str();
        let Some(text) = line.assignment.get(code) else {
            if model.attributes[index.0].part.is_some() {
                assignment.push(Value::Absent);
                continue;
            }
            let detail = format!("`{code}` has no value.");
            errors.push(error(
                line_pointer(at, ["assignment"]),
                "missing-attribute",
                detail,
            ));
            continue;
        };
        match model.value_from_text(index, text) {
            Some(value) => assignment.push(value),
            None => errors.push(error(
                line_pointer(at, ["assignment", code]),
                "not-in-domain",
                format!("`{code}` cannot have this value."),
            )),
        }
    }
    if errors.is_empty() {
        Ok(assignment)
    } else {
        Err(errors)
    }
}

/// Decisions are part of the assignment, and only of what can be decided.
fn decision_errors(
    at: usize,
    line: &RequestLine,
    model: &Model,
    assignment: &Assignment,
) -> Vec<FieldError> {
    let mut errors = unknown_attributes(at, "decisions", line.decisions.keys(), model);
    for (code, text) in &line.decisions {
        let Some(index) = model.index_of(code) else {
            continue;
        };
        let (fault, detail) = if model.attributes[index.0].formula.is_some() {
            ("not-decidable", "is worked out and cannot be decided")
        } else if model.value_from_text(index, text).as_ref() != assignment.get(index.0) {
            (
                "differs-from-assignment",
                "is decided otherwise than it is assigned",
            )
        } else {
            continue;
        };
        let pointer = line_pointer(at, ["decisions", code]);
        errors.push(error(pointer, fault, format!("`{code}` {detail}.")));
    }
    errors
}

fn unknown_attributes<'a>(
    at: usize,
    member: &str,
    codes: impl Iterator<Item = &'a String>,
    model: &Model,
) -> Vec<FieldError> {
    codes
        .filter(|code| model.index_of(code).is_none())
        .take(ERRORS)
        .map(|code| {
            let pointer = line_pointer(at, [member, code]);
            error(
                pointer,
                "unknown-attribute",
                "The product has no such attribute.",
            )
        })
        .collect()
}

/// What `assignment` breaks.
fn broken(at: usize, model: &Model, assignment: &Assignment) -> Vec<FieldError> {
    let whole = || line_pointer(at, ["assignment"]);
    match check(model, assignment) {
        Ok(constraints) => constraints
            .into_iter()
            .map(|constraint| match constraint {
                Constraint::Rule(rule) => {
                    let rule = &model.rules[rule];
                    let why = rule.explanation.get(LOCALE);
                    error(
                        whole(),
                        "rule-broken",
                        format!("Rule `{}`: {why}", rule.code),
                    )
                }
                Constraint::Table(table) => {
                    let table = &model.tables[table];
                    let why = table.explanation.get(LOCALE);
                    error(
                        whole(),
                        "table-broken",
                        format!("Table `{}`: {why}", table.code),
                    )
                }
                Constraint::Relation(relation) => {
                    let relation = &model.relations[relation];
                    let why = relation.explanation.get(LOCALE);
                    error(
                        whole(),
                        "table-broken",
                        format!("Table `{}`: {why}", relation.code),
                    )
                }
                Constraint::Structure(index) => {
                    let code = model.attributes[index.0].code.as_str();
                    error(
                        line_pointer(at, ["assignment", code]),
                        "structure-broken",
                        "A part is there without what it is a part of, or missing where it has to be.",
                    )
                }
                Constraint::Formula(index) => {
                    let code = model.attributes[index.0].code.as_str();
                    let pointer = line_pointer(at, ["assignment", code]);
                    error(
                        pointer,
                        "formula-broken",
                        format!("`{code}` is worked out otherwise."),
                    )
                }
            })
            .collect(),
        Err(fault) => vec![error(whole(), "not-checkable", format!("{fault}."))],
    }
}
