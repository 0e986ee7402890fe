//! Whatever is sent, the endpoint answers sensibly.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

use crate::catalog::{PLAIN, gadgets};
use crate::kit::{Answer, Endpoint, new_key, request, today};

const CASES: u32 = 400;

/// Any small JSON value, of the kinds that a request holds and others.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u32>().prop_map(Json::from),
        ".{0,40}".prop_map(Json::from),
        r"-?[0-9]{1,40}(\.[0-9]{1,40})?".prop_map(Json::from),
        r"-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}".prop_map(Json::from),
        prop_oneof![
            "steel",
            "stainless",
            "red",
            "blue",
            "yes",
            "no",
            "4000",
            "10"
        ]
        .prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            vec((".{0,12}", inner), 0..4)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// Sets the member that `choice` picks, anywhere in `document`, or removes it.
fn mutate(document: &mut Json, choice: usize, value: Option<Json>) {
    let mut pointers = Vec::new();
    collect(document, String::new(), &mut pointers);
    let pointer = &pointers[choice % pointers.len()];
    match (value, pointer.rsplit_once('/')) {
        (Some(value), _) => {
            if let Some(member) = document.pointer_mut(pointer) {
                *member = value;
            }
        }
        (None, Some((parent, member))) => match document.pointer_mut(parent) {
            Some(Json::Object(members)) => drop(members.remove(member)),
            Some(Json::Array(items)) => drop(items.pop()),
            _ => {}
        },
        (None, None) => *document = Json::Null,
    }
}

fn collect(value: &Json, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Json::Object(members) => members
            .iter()
            .for_each(|(name, member)| collect(member, format!("{pointer}/{name}"), pointers)),
        Json::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, item)| collect(item, format!("{pointer}/{at}"), pointers)),
        _ => {}
    }
    pointers.push(pointer);
}

#[test]
fn no_body_makes_the_endpoint_fail() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let catalog = gadgets(PLAIN);
    let endpoint = runtime.block_on(Endpoint::start(std::slice::from_ref(&catalog)));
    let right = request(&catalog, Some("public"), today());
    let mutations = vec((any::<usize>(), proptest::option::of(any_json())), 1..4);
    let bytes = vec(any::<u8>(), 0..4);
    let config = ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    TestRunner::new(config)
        .run(
            &(mutations, any::<usize>(), bytes),
            |(mutations, at, noise)| {
                let mut sent = right.clone();
                for (choice, value) in mutations {
                    mutate(&mut sent, choice, value);
                }
                let mut body = sent.to_string().into_bytes();
                let at = at % (body.len() + 1);
                body.splice(at..at, noise);
                let call = endpoint.post(&new_key(), &json!(null)).body(body);
                let answer = runtime.block_on(Answer::of(call));
                match answer.status {
                    201 => {}
                    400 | 422 => drop(answer.problem().to_owned()),
                    status => prop_assert!(false, "{status}: {:#}", answer.body),
                }
                Ok(())
            },
        )
        .expect("every answer is sensible");
    let answer = runtime.block_on(Answer::of(endpoint.post(&new_key(), &right)));
    assert_eq!(answer.status, 201, "and it still works");
}
