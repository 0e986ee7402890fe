//! Indices, the rules between rows of tables, margins, promotions that exclude one another,
//! pieces of a contract, and shares of groups.

mod kit;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

fn quotewright(request: &Json) -> Output {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/kinds");
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.arg("price").arg(catalog);
    kit::answer(&mut command, &request.to_string())
}

fn check(cases: &[(Json, &[(&str, &str)])]) {
    for (request, expected) in cases {
        let output = quotewright(request);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        for (pointer, expected) in *expected {
            let found = answer.pointer(pointer).and_then(Json::as_str);
            assert_eq!(found.unwrap_or("-"), *expected, "{pointer} of {request}");
        }
    }
}

fn refused(request: &Json, told: &str) {
    let output = quotewright(request);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{request}");
    assert!(text.contains(told), "{request}: {text}");
}

fn cable(date: &str, more: Json) -> Json {
    let mut request = json!({
        "date": date,
        "lines": [{ "product": "cable", "configuration": { "copper": 3 } }],
    });
    for (member, value) in more.as_object().expect("an object") {
        request[member] = value.clone();
    }
    request
}

#[test]
fn prices_follow_an_index() {
    let none = || json!({});
    let capped = json!({
        "lines": [{ "product": "cable", "configuration": { "copper": 3, "capped": "yes" } }],
    });
    check(&[
        (
            cable("2026-06-15", none()),
            &[
                // 40 percent of 1,000 more than 8,000; 3 kg of it at 1,000 a ton.
                ("/lines/0/once/unit_steps/1/basis/percent", "5"),
                ("/lines/0/once/unit_steps/1/amount", "5.00"),
                ("/lines/0/once/unit_steps/2/amount", "3.00"),
                ("/lines/0/once/net", "108.00"),
            ],
        ),
        (
            cable("2026-05-31", none()),
            &[("/lines/0/once/net", "100.00")],
        ),
        (
            cable("2026-10-01", none()),
            &[("/lines/0/once/net", "92.00")],
        ),
        (
            cable("2026-06-15", capped),
            &[
                ("/lines/0/once/unit_steps/3/amount", "-1.00"),
                ("/lines/0/once/net", "107.00"),
            ],
        ),
    ]);
    refused(
        &cable("2025-12-31", none()),
        "the index `copper` has no value on that day",
    );
}

#[test]
fn a_margin_is_of_the_price() {
    check(&[(
        cable("2026-06-15", json!({ "promotions": ["RESALE"] })),
        &[
            ("/lines/0/once/unit_steps/3/amount", "27.00"),
            ("/lines/0/once/unit_steps/3/basis/base", "135"),
            ("/lines/0/once/net", "135.00"),
        ],
    )]);
}

fn sheet(rule: &str, width: u32, height: u32) -> Json {
    let configuration = json!({ "rule": rule, "width": width, "height": height });
    json!({
        "date": "2026-06-15",
        "lines": [{ "product": "sheet", "configuration": configuration }],
    })
}

#[test]
fn a_table_says_what_is_between_its_rows() {
    for (rule, width, height, net) in [
        ("up", 150, 150, "80.00"),
        ("down", 150, 150, "10.00"),
        // Halfway between 15 and 60.
        ("linear", 150, 150, "37.50"),
        ("linear", 250, 200, "125.00"),
        ("linear", 300, 200, "170.00"),
        ("exact", 200, 100, "40.00"),
    ] {
        check(&[(sheet(rule, width, height), &[("/lines/0/once/net", net)])]);
    }
    refused(
        &sheet("exact", 150, 100),
        "no row of the price table `sheet` matches",
    );
}

fn parts(promotions: &[&str], earlier: u32) -> Json {
    json!({
        "date": "2026-06-15",
        "promotions": promotions,
        "lines": [{ "product": "part", "quantity": 10, "earlier": earlier }],
    })
}

#[test]
fn steps_say_what_decided_them() {
    let index = "/lines/0/once/unit_steps/1/inputs";
    let table = "/lines/0/once/unit_steps/0/inputs/0";
    let at = |place: &str, rest: &str| format!("{place}{rest}");
    let cases = [
        (
            cable("2026-06-15", json!({})),
            vec![
                (at(index, "/0/index"), json!("copper")),
                (at(index, "/0/value"), json!("9000")),
                (at(index, "/0/since"), json!("2026-06-01")),
                (at(index, "/0/base"), json!("8000")),
                (at(index, "/0/share"), json!("40")),
                (at(index, "/1/named"), json!({ "steps": ["cable"] })),
                (at(index, "/1/amount"), json!("100")),
            ],
        ),
        (
            sheet("linear", 150, 100),
            vec![
                (at(table, "/table"), json!("sheet")),
                (at(table, "/between"), json!("linear")),
                (
                    at(table, "/rows"),
                    json!([
                        { "keys": { "width": "100", "height": "100" }, "amount": "10" },
                        { "keys": { "width": "200", "height": "100" }, "amount": "40" },
                    ]),
                ),
            ],
        ),
        (
            sheet("up", 150, 150),
            vec![(
                at(table, "/rows"),
                json!([{ "keys": { "width": "200", "height": "200" }, "amount": "80" }]),
            )],
        ),
        (
            parts(&[], 90),
            vec![(
                at(table, ""),
                json!({ "kind": "counted", "over": "contract", "pieces": 100 }),
            )],
        ),
        (
            parts(&["SPRING"], 0),
            vec![(
                "/lines/0/once/unit_steps/1/inputs/0/named".to_owned(),
                json!("before"),
            )],
        ),
    ];
    for (request, expected) in cases {
        let answer: Json = serde_json::from_slice(&quotewright(&request).stdout).expect("JSON");
        for (pointer, expected) in expected {
            assert_eq!(
                answer.pointer(&pointer),
                Some(&expected),
                "{pointer} of {request}"
            );
        }
    }
}

#[test]
fn a_product_is_sold_in_so_many() {
    let mut request = parts(&[], 0);
    for (quantity, is_sold) in [(5, false), (10, true), (12, false), (15, true)] {
        request["lines"][0]["quantity"] = json!(quantity);
        match is_sold {
            true => check(&[(request.clone(), &[])]),
            false => refused(
                &request,
                &format!("of `part`, 10 or more are sold, in multiples of 5: not {quantity}"),
            ),
        }
    }
    request["lines"][0]["ramp"] = json!([{ "month": 3, "quantity": 0 }]);
    check(&[(request.clone(), &[])]);
    request["lines"][0]["ramp"] = json!([{ "month": 3, "quantity": 12 }]);
    let told = "of `part`, 10 or more are sold, in multiples of 5: not 12";
    refused(&request, told);
}

#[test]
fn a_contract_counts_what_it_has_had() {
    check(&[
        (parts(&[], 0), &[("/lines/0/once/net", "30.00")]),
        (parts(&[], 89), &[("/lines/0/once/net", "30.00")]),
        (parts(&[], 90), &[("/lines/0/once/net", "20.00")]),
    ]);
}

#[test]
fn a_promotion_may_exclude_another() {
    check(&[
        (parts(&["SPRING"], 0), &[("/lines/0/once/net", "27.00")]),
        (parts(&["LOYAL"], 0), &[("/lines/0/once/net", "24.00")]),
        (
            parts(&["LOYAL", "SPRING"], 0),
            &[
                ("/lines/0/once/net", "27.00"),
                ("/lines/0/once/unit_steps/2/step", "-"),
            ],
        ),
    ]);
}

#[test]
fn what_is_of_a_group_is_borne_by_its_lines() {
    let request = json!({
        "date": "2026-03-01",
        "quote": { "sale": "yes", "handling": "yes" },
        "lines": [
            { "product": "cable", "configuration": { "copper": 3 } },
            { "product": "part", "quantity": 10 },
            { "product": "book" },
        ],
    });
    check(&[(
        request,
        &[
            // 10 percent of 30 and 30.
            ("/steps/0/amount", "-6.00"),
            ("/lines/0/shares/0/amount", "0.00"),
            ("/lines/1/shares/0/amount", "-3.00"),
            ("/lines/2/shares/0/amount", "-3.00"),
            // The cent that is left is the first product's by code.
            ("/lines/0/shares/1/amount", "0.33"),
            ("/lines/2/shares/1/amount", "0.34"),
            // 30 - 3 + 0.34 at 9 percent, the others at 21.
            ("/totals/taxes/0/base", "27.34"),
            ("/totals/taxes/0/amount", "2.46"),
            ("/totals/taxes/1/base", "127.66"),
            ("/totals/taxes/1/amount", "26.81"),
            ("/totals/net", "155.00"),
        ],
    )]);
}
