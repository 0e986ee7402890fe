//! A proof: what a quote came to, so that anybody with the catalog can work it out again.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::form::Form;
use super::reading::from_value;
use super::{Answer, Pricer, Request};

/// A request and what it came to. The hashes of catalog and prices stand in the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Version of the proof's form.
    pub format: u32,
    /// Version of the engine that worked it out.
    pub engine: String,
    /// What was asked, with the date that was meant.
    pub request: Request,
    /// What it came to.
    pub answer: Answer,
    /// SHA-256 in hexadecimal of all of the above.
    pub hash: String,
}

/// A value of a proof that is not what it comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Where, as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// As the proof has it; nothing where it has none.
    pub stated: Option<Json>,
    /// As it comes to; nothing where there is none.
    pub correct: Option<Json>,
}

impl Proof {
    /// A proof of `answer` by this engine.
    pub fn new(request: Request, answer: Answer) -> Self {
        Self::in_form(Form::LATEST, request, answer)
    }

    /// As [`new`](Self::new), saying what this form says.
    pub fn in_form(form: Form, mut request: Request, answer: Answer) -> Self {
        request.date = answer.date.parse().ok();
        let mut proof = Self {
            format: form.number(),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            request,
            answer,
            hash: String::new(),
        };
        let bytes = serde_json::to_vec(&proof).unwrap_or_default();
        let digest = Sha256::digest(bytes);
        proof.hash = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        proof
    }

    /// The proof as it should be, in the form that it has, and where `stated` is not so.
    ///
    /// # Errors
    /// Where `stated` is no proof, or its request has no price.
    pub fn again(
        stated: &Json,
        pricer: &mut Pricer<'_>,
    ) -> Result<(Self, Vec<Difference>), String> {
        let stated_as: Self = from_value(stated)?;
        let Self {
            format, request, ..
        } = stated_as;
        let form = Form::of(format).ok_or_else(|| format!("no proof has the format {format}"))?;
        let (answer, _) = pricer.work_out_in(form, &request)?;
        let again = Self::in_form(form, request, answer);
        let correct = serde_json::to_value(&again).map_err(|it| it.to_string())?;
        let found = differences(stated, &correct);
        Ok((again, found))
    }
}

/// Where `stated` is not `correct`, in the order of their members.
fn differences(stated: &Json, correct: &Json) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", stated, correct, &mut found);
    found
}

fn compare(pointer: &str, stated: &Json, correct: &Json, found: &mut Vec<Difference>) {
    let mut member = |key: &str, stated: Option<&Json>, correct: Option<&Json>| {
        let pointer = format!("{pointer}/{}", escaped(key));
        match (stated, correct) {
            (Some(stated), Some(correct)) => compare(&pointer, stated, correct, found),
            _ => found.push(Difference::new(&pointer, stated, correct)),
        }
    };
    match (stated, correct) {
        (Json::Object(left), Json::Object(right)) => {
            let added = right.keys().filter(|key| !left.contains_key(*key));
            for key in left.keys().chain(added) {
                member(key, left.get(key), right.get(key));
            }
        }
        (Json::Array(left), Json::Array(right)) => {
            for at in 0..left.len().max(right.len()) {
                member(&at.to_string(), left.get(at), right.get(at));
            }
        }
        _ if stated == correct => {}
        _ => found.push(Difference::new(pointer, Some(stated), Some(correct))),
    }
}

impl Difference {
    fn new(pointer: &str, stated: Option<&Json>, correct: Option<&Json>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            stated: stated.cloned(),
            correct: correct.cloned(),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |value: &Option<Json>| {
            let value = value.as_ref();
            value.map_or_else(|| "nothing".to_owned(), Json::to_string)
        };
        let (stated, correct) = (told(&self.stated), told(&self.correct));
        write!(f, "{}: {stated} should be {correct}", self.pointer)
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
