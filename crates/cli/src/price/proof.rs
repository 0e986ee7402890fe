//! A proof: what a quote came to, so that anybody with the catalog can work it out again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Answer, Request};

/// Version of the proof's form.
const FORMAT: u32 = 1;

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
}

/// A value of a proof that is not what it comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Where, as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// As the proof has it; nothing where it has none.
    pub stated: Json,
    /// As it comes to; nothing where there is none.
    pub correct: Json,
}

impl Proof {
    /// A proof of `answer` by this engine.
    pub fn new(mut request: Request, answer: Answer) -> Self {
        request.date = answer.date.parse().ok();
        Self {
            format: FORMAT,
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            request,
            answer,
        }
    }
}

/// Where `stated` is not `correct`, in the order of their members.
pub fn differences(stated: &Json, correct: &Json) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", stated, correct, &mut found);
    found
}

fn compare(pointer: &str, stated: &Json, correct: &Json, found: &mut Vec<Difference>) {
    match (stated, correct) {
        (Json::Object(left), Json::Object(right)) => {
            let added = right.keys().filter(|key| !left.contains_key(*key));
            for key in left.keys().chain(added) {
                let pointer = format!("{pointer}/{}", escaped(key));
                let member = |of: &serde_json::Map<String, Json>| of.get(key).cloned();
                let (left, right) = (member(left), member(right));
                compare(
                    &pointer,
                    &left.unwrap_or_default(),
                    &right.unwrap_or_default(),
                    found,
                );
            }
        }
        (Json::Array(left), Json::Array(right)) => {
            for at in 0..left.len().max(right.len()) {
                let entry = |of: &[Json]| of.get(at).cloned().unwrap_or_default();
                let pointer = format!("{pointer}/{at}");
                compare(&pointer, &entry(left), &entry(right), found);
            }
        }
        _ if stated == correct => {}
        _ => found.push(Difference {
            pointer: pointer.to_owned(),
            stated: stated.clone(),
            correct: correct.clone(),
        }),
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
