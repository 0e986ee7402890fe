//! `quotewright price` says when a quote can be there: figures worked out by hand.

mod kit;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

fn quotewright(arguments: &[&str], request: &Json) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.args(arguments);
    kit::answer(&mut command, &request.to_string())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/deliveries")
}

fn priced(request: &Json) -> Json {
    let output = quotewright(&["price", folder().to_str().expect("a path")], request);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Ordered on Monday 7 December 2026: 25 desks of oak and 4 chairs, brought far away.
fn order() -> Json {
    json!({
        "date": "2026-12-07",
        "quote": { "zone": "far", "incoterm": "dap" },
        "delivery": { "requested": "2027-01-06", "faster": true },
        "lines": [
            { "product": "desk", "quantity": 25, "configuration": { "top": "oak" } },
            { "product": "chair", "quantity": 4, "requested": "2026-12-18" },
        ],
    })
}

/// 60 desks of pine, for three days of their own.
fn call_offs() -> Json {
    let call_off = |date, quantity| json!({ "date": date, "quantity": quantity });
    json!({
        "date": "2026-12-07",
        "lines": [{
            "product": "desk",
            "quantity": 60,
            "configuration": { "top": "pine" },
            "call_offs": [
                call_off("2026-12-14", 20),
                call_off("2027-06-01", 30),
                call_off("2026-12-16", 10),
            ],
        }],
    })
}

fn assert_found(request: &Json, cases: &[(&str, Json)]) {
    let answer = priced(request);
    for (pointer, expected) in cases {
        let found = answer.pointer(&format!("/delivery{pointer}"));
        assert_eq!(found, Some(expected), "{pointer} of {request}");
    }
}

#[test]
fn every_step_and_date_is_as_worked_out_by_hand() {
    assert_found(
        &order(),
        &[
            // Wood takes 8 days of the plant, to Thursday the 17th; frames for 25 take 3 days
            // beside it.
            ("/lines/0/steps/0/step", json!("wood")),
            ("/lines/0/steps/0/until", json!("2026-12-17")),
            ("/lines/0/steps/0/cause/option", json!("oak")),
            ("/lines/0/steps/1/until", json!("2026-12-10")),
            ("/lines/0/steps/1/drives", json!(false)),
            // Assembly takes 2 days for every started 20: the 18th, the Saturday that is
            // worked, the 21st and the 22nd.
            ("/lines/0/steps/2/from", json!("2026-12-17")),
            ("/lines/0/steps/2/working_days", json!(4)),
            ("/lines/0/steps/2/until", json!("2026-12-22")),
            // Varnish: the 23rd, the 24th, and after Christmas and the winter stop 4 January.
            ("/lines/0/steps/3/until", json!("2027-01-04")),
            ("/lines/0/steps/3/closures/0/en", json!("Christmas")),
            ("/lines/0/steps/3/closures/1/en", json!("Winter stop")),
            ("/lines/0/ready", json!("2027-01-04")),
            // The carrier takes 4 days, the 5th to the 8th.
            ("/lines/0/transit/0/working_days", json!(4)),
            ("/lines/0/possible", json!("2027-01-08")),
            ("/lines/0/requested", json!("2027-01-06")),
            ("/lines/0/in_time", json!(false)),
            ("/lines/0/late_days", json!(2)),
            // Chairs take 5 days, to the 14th, and 4 days of transit, to the 18th.
            ("/lines/1/ready", json!("2026-12-14")),
            ("/lines/1/possible", json!("2026-12-18")),
            ("/lines/1/in_time", json!(true)),
            ("/together/last", json!(0)),
            ("/together/possible", json!("2027-01-08")),
            ("/together/late_days", json!(2)),
        ],
    );
}

#[test]
fn what_makes_it_faster_comes_with_days_and_price() {
    assert_found(
        &order(),
        &[
            // Pine: wood is there on the 9th, frames on the 10th; assembly on the 11th and the
            // 14th to the 16th, no varnish; transit on the 17th, 18th, Saturday and the 21st.
            // With the fastest configuration, frames are there on the 9th too, and assembly
            // takes the 10th and 11th; transit the 12th, 14th, 15th and 16th.
            (
                "/faster/0/decide",
                json!({ "night_shift": "yes", "top": "pine" }),
            ),
            ("/faster/0/arrives", json!("2026-12-16")),
            ("/faster/0/days", json!(23)),
            ("/faster/0/price", json!("-1250.00")),
            ("/faster/1/decide", json!({ "top": "pine" })),
            ("/faster/1/arrives", json!("2026-12-21")),
            ("/faster/1/days", json!(18)),
            ("/faster/1/price", json!("-1500.00")),
            ("/faster/1/in_time", json!(true)),
            // Nights: assembly on the 18th and 19th, varnish from the 21st to the 23rd, transit
            // on the 24th and the 28th to the 30th.
            ("/faster/2/decide", json!({ "night_shift": "yes" })),
            ("/faster/2/arrives", json!("2026-12-30")),
            ("/faster/2/price", json!("250.00")),
            // By air transit takes one day instead of four.
            ("/faster/3/line", Json::Null),
            ("/faster/3/decide", json!({ "air": "yes" })),
            ("/faster/3/arrives", json!("2027-01-05")),
            ("/faster/3/price", json!("80.00")),
        ],
    );
    // Zone and Incoterm were answered, so that no others are suggested.
    let answer = priced(&order());
    let faster = answer["delivery"]["faster"].as_array();
    assert_eq!(faster.map(Vec::len), Some(4));
}

#[test]
fn call_offs_come_one_after_the_other() {
    assert_found(
        &call_offs(),
        &[
            // 20 desks: wood and frames until the 9th, 2 days of assembly until the 11th, and
            // one day of transit, Saturday the 12th.
            ("/lines/0/call_offs/0/made", json!(20)),
            ("/lines/0/call_offs/0/possible", json!("2026-12-12")),
            ("/lines/0/call_offs/0/in_time", json!(true)),
            // All 60: frames until the 15th, 6 days of assembly until the 22nd.
            ("/lines/0/call_offs/1/made", json!(60)),
            ("/lines/0/call_offs/1/possible", json!("2026-12-23")),
            // 30: frames until the 10th, 4 days until the 16th.
            ("/lines/0/call_offs/2/made", json!(30)),
            ("/lines/0/call_offs/2/possible", json!("2026-12-17")),
            ("/lines/0/call_offs/2/late_days", json!(1)),
        ],
    );
    let mut request = call_offs();
    request["lines"][0]["quantity"] = json!(61);
    let output = quotewright(&["price", folder().to_str().expect("a path")], &request);
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("line 1: 60 pieces are called off of 61"),
        "{told}"
    );
}

#[test]
fn a_date_is_part_of_the_proof() {
    let catalog = folder();
    let catalog = catalog.to_str().expect("a path");
    let output = quotewright(&["price", catalog, "--proof"], &order());
    let proof: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    let kept = tempfile::tempdir().expect("a folder");
    let file = kept.path().join("proof.json");
    let verify = |proof: &Json| {
        std::fs::write(&file, proof.to_string()).expect("a file");
        let file = file.to_str().expect("a path");
        let output = quotewright(&["verify", file, "--catalog", catalog], &Json::Null);
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.success(), told)
    };
    let (holds, told) = verify(&proof);
    assert!(holds, "{told}");
    let mut spoiled = proof;
    spoiled["answer"]["delivery"]["lines"][0]["possible"] = json!("2027-01-06");
    let (holds, told) = verify(&spoiled);
    assert!(!holds);
    assert!(told.contains("/answer/delivery/lines/0/possible"), "{told}");
}

#[test]
fn nothing_is_said_of_delivery_where_nobody_asks() {
    let request = json!({ "date": "2026-12-07", "lines": [{ "product": "chair" }] });
    assert_eq!(priced(&request).get("delivery"), None);
}
