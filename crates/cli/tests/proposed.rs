//! Optional lines and alternatives, as `quotewright price` tells them.

mod kit;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

fn quotewright(arguments: &[&str], text: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.args(arguments);
    kit::answer(&mut command, text)
}

fn services() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/services");
    folder.display().to_string()
}

fn request(lines: &[Json]) -> Json {
    json!({
        "date": "2026-06-01",
        "quote": { "zone": "far", "payment": "advance" },
        "delivery": {},
        "lines": lines,
    })
}

fn priced(lines: &[Json]) -> Json {
    let output = quotewright(&["price", &services()], &request(lines).to_string());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Seats for some months; crates.
fn plan(quantity: u32, term: u32) -> Json {
    json!({ "product": "plan", "quantity": quantity, "configuration": { "term": term } })
}

fn crates(quantity: u32) -> Json {
    json!({ "product": "crate", "quantity": quantity })
}

fn proposed(mut line: Json, proposed: Json) -> Json {
    line["proposed"] = proposed;
    line
}

fn cents(amount: &Json) -> i64 {
    let text = amount.as_str().expect("an amount");
    let (whole, part) = text.split_once('.').expect("two decimals");
    assert_eq!(part.len(), 2, "{text}");
    format!("{whole}{part}").parse().expect("a number")
}

#[test]
fn what_is_told_of_a_line_is_what_is_paid_once_it_counts() {
    let lines = [
        plan(30, 24),
        proposed(crates(200), json!("optional")),
        proposed(plan(60, 12), json!({ "alternative_to": 1 })),
        crates(10),
    ];
    let found = priced(&lines);
    let counted = priced(&[plan(30, 24), crates(10)]);
    for member in [
        "totals",
        "recurring",
        "contract_total",
        "steps",
        "quote",
        "delivery",
    ] {
        assert_eq!(found[member], counted[member], "{member}");
    }
    for (at, place) in [(0, 0), (3, 1)] {
        assert_eq!(found["lines"][at], counted["lines"][place], "line {at}");
    }
    let cases = [
        (1, vec![plan(30, 24), crates(200), crates(10)], 1),
        (2, vec![plan(60, 12), crates(10)], 0),
    ];
    for (at, taken, place) in cases {
        let then = priced(&taken);
        let line = &found["lines"][at];
        for member in ["once", "recurring", "shares", "contract_total"] {
            assert_eq!(
                line[member], then["lines"][place][member],
                "line {at}, {member}"
            );
        }
        for (member, pointer) in [
            ("net", "/totals/net"),
            ("gross", "/totals/gross"),
            ("contract_total", "/contract_total"),
        ] {
            let [now, then] = [&found, &then].map(|it| cents(it.pointer(pointer).expect(pointer)));
            assert_eq!(
                cents(&line["if_taken"][member]),
                then - now,
                "line {at}, {member}"
            );
        }
        for each in line["if_taken"]["recurring"]
            .as_array()
            .unwrap_or(&Vec::new())
        {
            let (due, month) = (&each["due"], each["month"].as_u64());
            let net = |answer: &Json| {
                let all = answer["recurring"].as_array().expect("what is due").clone();
                let there = all.into_iter().find(|it| {
                    let from = it["month"].as_u64().expect("a month");
                    let months = it["months"].as_u64().expect("months");
                    it["due"] == *due && month.is_some_and(|it| (from..from + months).contains(&it))
                });
                there.map_or(0, |it| cents(&it["totals"]["net"]))
            };
            assert_eq!(cents(&each["net"]), net(&then) - net(&found), "line {at}");
        }
    }
    // Twelve months at 60 seats instead of 24 at 30.
    let each = found["lines"][2]["if_taken"]["recurring"].as_array();
    assert!(each.is_some_and(|it| it.len() > 1), "{each:?}");
}

#[test]
fn a_proof_holds_lines_that_do_not_count() {
    let lines = [crates(10), proposed(crates(200), json!("optional"))];
    let request = request(&lines).to_string();
    let proof = quotewright(&["price", &services(), "--proof"], &request);
    let mut proof: Json = serde_json::from_slice(&proof.stdout).expect("a proof");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("proof.json");
    let verified = |proof: &Json| {
        std::fs::write(&file, proof.to_string()).expect("written");
        let file = file.display().to_string();
        quotewright(&["verify", &file, "--catalog", &services()], "")
    };
    assert!(verified(&proof).status.success());
    proof["answer"]["lines"][1]["if_taken"]["net"] = json!("0.01");
    let told = verified(&proof);
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.contains("/answer/lines/1/if_taken/net"), "{told}");
}

#[test]
fn what_cannot_be_proposed_so_is_refused_by_the_line() {
    let optional = || proposed(crates(1), json!("optional"));
    let alternative = |to: u32| proposed(crates(1), json!({ "alternative_to": to }));
    for (lines, expected) in [
        (vec![optional()], "no line counts: let at least one count"),
        (
            vec![crates(1), alternative(0)],
            "line 2: lines are counted from 1",
        ),
        (
            vec![crates(1), alternative(9)],
            "line 2 is an alternative to line 9, which is not there",
        ),
        (
            vec![crates(1), alternative(2)],
            "line 2 is an alternative to itself",
        ),
        (
            vec![crates(1), optional(), alternative(2)],
            "line 3 is an alternative to line 2, which does not count",
        ),
    ] {
        let output = quotewright(&["price", &services()], &request(&lines).to_string());
        assert!(!output.status.success());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(expected), "{told}");
    }
    let mut changed = request(&[crates(1), optional()]);
    changed["adjustments"] = json!([{ "line": 2, "percent": "-5", "reason": "agreed" }]);
    let output = quotewright(&["price", &services()], &changed.to_string());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("line 2 does not count, so it cannot be changed by hand"),
        "{told}"
    );
}

#[test]
fn what_is_wrong_with_a_change_is_told_by_its_own_number() {
    let floors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/floors");
    let desks = |quantity: u32| json!({ "product": "desk", "quantity": quantity });
    // Two desks instead of the first line bear 150.00, and not what that line is changed by.
    let asked = json!({
        "date": "2026-06-01",
        "lines": [desks(200), proposed(desks(2), json!({ "alternative_to": 1 }))],
        "adjustments": [
            { "line": 1, "percent": "-0.1", "reason": "agreed" },
            { "amount": "-150", "reason": "agreed" },
        ],
    });
    let output = quotewright(
        &["price", &floors.display().to_string()],
        &asked.to_string(),
    );
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let expected = "with line 2 taken, there is no price: change 2 takes line 2 below its floor";
    assert!(told.contains(expected), "{told}");
}
