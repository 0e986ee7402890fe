use std::collections::BTreeMap;

use quotewright_compiler::WHOLE;
use quotewright_engine::catalog::{Assignment, Model, Value};
use quotewright_engine::configure::check;
use quotewright_protocol::{FieldError, QuoteRequest};

use super::pointer::pointer;
use super::{error, refuse_all};
use crate::library::Edition;
use crate::refusal::{Kind, Refusal};

/// The answers to the questions about the quote as a whole, checked against their rules;
/// `None` where the catalog has no such questions.
///
/// # Errors
/// A refusal that names everything that is not valid.
pub fn read_answers<'a>(
    request: &QuoteRequest,
    edition: &'a Edition,
) -> Result<Option<(&'a Model, Assignment)>, Refusal> {
    let detail = "An answer about the quote as a whole is not valid.";
    let refuse = |errors| refuse_all(Kind::InvalidConfiguration, detail, errors);
    let Some(model) = edition.models.get(WHOLE) else {
        let unknown = request.answers.keys().map(|code| unknown(code));
        refuse(unknown.collect())?;
        return Ok(None);
    };
    let (assignment, errors) = assign(&request.answers, model);
    refuse(errors)?;
    let broken = match check(model, &assignment) {
        Ok(broken) if broken.is_empty() => Vec::new(),
        Ok(_) => vec!["The answers do not go together.".to_owned()],
        Err(fault) => vec![format!("{fault}.")],
    };
    let broken = broken.into_iter();
    refuse(
        broken
            .map(|it| error("/answers".to_owned(), "rule-broken", it))
            .collect(),
    )?;
    Ok(Some((model, assignment)))
}

/// One value for every question; what the lines say stands at any value until it is priced.
fn assign(answers: &BTreeMap<String, String>, model: &Model) -> (Assignment, Vec<FieldError>) {
    let mut errors: Vec<FieldError> = (answers.keys())
        .filter(|code| model.index_of(code).is_none())
        .map(|code| unknown(code))
        .collect();
    let mut assignment = Vec::with_capacity(model.attributes.len());
    for (index, attribute) in model.indices().zip(&model.attributes) {
        let is_fact = model.facts.iter().any(|(it, _)| *it == index);
        let value = match answers.get(&attribute.code) {
            _ if is_fact => attribute.domain.value_at(0),
            Some(text) => model.value_from_text(index, text),
            None if attribute.part.is_some() => Some(Value::Absent),
            None => None,
        };
        match value {
            Some(value) => assignment.push(value),
            None => errors.push(error(
                pointer(["answers", attribute.code.as_str()]),
                "not-in-domain",
                format!("`{}` has no answer that it can have.", attribute.code),
            )),
        }
    }
    (assignment, errors)
}

fn unknown(code: &str) -> FieldError {
    error(
        pointer(["answers", code]),
        "unknown-attribute",
        "The catalog asks no such question.",
    )
}
