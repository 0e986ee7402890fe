//! Requests with one thing changed, in every way that matters: each is refused
//! with the right code at the right place, and nothing is kept.

mod amounts;
mod configuration;
mod form;
mod prices;

use serde_json::Value as Json;

use crate::catalog::{PLAIN, gadgets};
use crate::kit::{Answer, Endpoint, new_key, pack, request, today};

/// What is changed: the member that this JSON pointer names is set; `None` removes it.
type Change = (&'static str, Option<Json>);

/// One kind of tampering, and how it is refused: with 422, this problem, and this entry in it.
struct Case {
    name: &'static str,
    changes: Vec<Change>,
    problem: &'static str,
    /// Pointer, and the code of an error or the correct amount of a difference.
    entry: (&'static str, &'static str),
}

/// Members that are changed.
fn case(
    name: &'static str,
    changes: impl IntoIterator<Item = (&'static str, Json)>,
    problem: &'static str,
    entry: (&'static str, &'static str),
) -> Case {
    let changes = changes
        .into_iter()
        .map(|(pointer, value)| (pointer, Some(value)));
    Case {
        name,
        changes: changes.collect(),
        problem,
        entry,
    }
}

/// A member that is left out.
fn without(
    name: &'static str,
    pointer: &'static str,
    problem: &'static str,
    entry: (&'static str, &'static str),
) -> Case {
    Case {
        name,
        changes: vec![(pointer, None)],
        problem,
        entry,
    }
}

#[tokio::test]
async fn every_tampered_request_is_refused_and_nothing_is_kept() {
    let catalog = gadgets(PLAIN);
    let acme = pack(&catalog, "acme").hash.clone();
    let ended = pack(&catalog, "late").hash.clone();
    let cases: Vec<Case> = [
        form::cases(),
        prices::cases(acme, ended),
        configuration::cases(),
        amounts::cases(),
    ]
    .into_iter()
    .flatten()
    .collect();
    assert!(cases.len() >= 40, "{} kinds", cases.len());

    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let right = request(&catalog, Some("public"), today());
    for case in cases {
        let mut sent = right.clone();
        for (pointer, value) in &case.changes {
            change(&mut sent, pointer, value.clone());
        }
        assert_ne!(sent, right, "{}: nothing changed", case.name);
        let answer = Answer::of(endpoint.post(&new_key(), &sent)).await;
        let refused = (answer.status, answer.problem());
        assert_eq!(
            refused,
            (422, case.problem),
            "{}: {:#}",
            case.name,
            answer.body
        );
        let entry = (case.entry.0.to_owned(), case.entry.1.to_owned());
        let entries = answer.pointers();
        assert!(entries.contains(&entry), "{}: {entries:?}", case.name);
    }
    assert_eq!(endpoint.count(), 0);
    assert_eq!(
        Answer::of(endpoint.post(&new_key(), &right)).await.status,
        201
    );
}

fn change(document: &mut Json, pointer: &str, value: Option<Json>) {
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
    let member = member.replace("~1", "/").replace("~0", "~");
    let parent = document
        .pointer_mut(parent)
        .and_then(Json::as_object_mut)
        .expect("an object");
    match value {
        Some(value) => parent.insert(member, value),
        None => parent.remove(&member),
    };
}
