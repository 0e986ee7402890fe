//! What a step rounds, who bears it, at which tax and from how many pieces on, against figures
//! worked out by hand.

mod kit;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

fn quotewright(catalog: &str, request: &Json) -> Output {
    let catalogs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs");
    let catalog = catalogs.join(catalog);
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.arg("price").arg(catalog);
    kit::answer(&mut command, &request.to_string())
}

/// An hour of which fifty minutes are worked, ten parts and two parts.
fn request(more: &Json) -> Json {
    let mut request = json!({
        "date": "2026-06-15",
        "lines": [
            { "product": "hour", "configuration": { "minutes": 50 } },
            { "product": "part", "quantity": 10 },
            { "product": "part", "quantity": 2 },
        ],
    });
    for (member, value) in more.as_object().expect("an object") {
        request[member] = value.clone();
    }
    request
}

#[test]
fn steps_round_and_are_borne_as_their_rows_say() {
    let cases = [
        (
            json!({}),
            &[
                // 50 minutes are a started hour's four quarters; 7 percent are 5.60, cut to 5.
                ("/lines/0/once/unit_steps/0/basis/units", "1"),
                ("/lines/0/once/unit_steps/1/amount", "5.00"),
                ("/lines/0/once/net", "85.00"),
                // 12.34 less 10 percent is 11.106, and 11.00 in halves.
                ("/lines/1/once/unit_steps/2/amount", "-0.106"),
                ("/lines/1/once/net", "110.00"),
                // Two are below ten: 12.34, and 12.50 in halves.
                ("/lines/2/once/unit_steps/1/amount", "0.16"),
                ("/lines/2/once/net", "25.00"),
                // 15.00 over 110.00 and 25.00 of goods, cut; a cent is left.
                ("/lines/0/shares/0/amount", "0.00"),
                ("/lines/1/shares/0/amount", "-12.22"),
                ("/lines/2/shares/0/amount", "-2.77"),
                ("/rests/0/amount", "-0.01"),
                // The lines come to 220.00: 2 percent of 205.00.
                ("/steps/1/amount", "-4.10"),
                ("/lines/0/shares/1/amount", "-1.58"),
                ("/lines/2/shares/2/amount", "0.33"),
                ("/rests/2/amount", "0.01"),
                // 83.75, 96.06, 22.10 and a cent less at 21 percent; 7.00 apart at 9.
                ("/totals/taxes/0/amount", "0.63"),
                ("/totals/taxes/1/base", "201.90"),
                ("/totals/taxes/1/amount", "42.40"),
                ("/totals/gross", "251.93"),
            ][..],
        ),
        (
            json!({ "country": "DE", "prepaid": "47.89" }),
            &[
                ("/totals/taxes/1/tax", "german"),
                ("/totals/taxes/1/amount", "38.36"),
                ("/totals/gross", "247.89"),
                ("/totals/payable", "200.00"),
            ],
        ),
        // Nobody bears the voucher where there are no goods; 85.00 are no 100.00.
        (
            json!({ "lines": [{ "product": "hour", "configuration": { "minutes": 50 } }] }),
            &[
                ("/steps/0/step", "stickers"),
                ("/lines/0/shares/0/amount", "1.00"),
                ("/totals/taxes/1/base", "86.00"),
            ],
        ),
        // 50 parts at 11.00: 550.00, 15.00 less, 3 percent of 535.00 less.
        (
            json!({ "lines": [{ "product": "part", "quantity": 50 }] }),
            &[("/steps/1/amount", "-16.05")],
        ),
    ];
    for (more, expected) in cases {
        check("workshop", &request(&more), expected);
    }
}

#[test]
fn all_amounts_are_multiples_and_tax_is_of_one_piece() {
    let lines = |lines: Json| json!({ "date": "2026-06-15", "lines": [lines] });
    let seats = json!({ "seats": 5, "company": 40 });
    for (request, expected) in [
        (
            lines(json!({ "product": "bread", "quantity": 20 })),
            &[
                ("/lines/0/once/unit", "11.85"),
                // 0.8267 in one loaf is 0.85, twenty times; 0.07 in the bag is 0.05.
                ("/totals/tax", "16.95"),
                ("/totals/net", "219.05"),
                ("/totals/gross", "236.00"),
            ][..],
        ),
        // Of 100.00 at most, 90.00 were billed before.
        (
            lines(json!({ "product": "data", "billed": "90" })),
            &[
                ("/lines/0/once/line_steps/1/amount", "-65.00"),
                ("/lines/0/once/net", "10.00"),
            ],
        ),
        (
            lines(json!({ "product": "data" })),
            &[("/lines/0/once/net", "75.00")],
        ),
        // Five seats at the price of forty.
        (
            lines(json!({ "product": "licence", "configuration": seats })),
            &[("/lines/0/once/net", "50.00")],
        ),
    ] {
        check("receipts", &request, expected);
    }
}

fn check(catalog: &str, request: &Json, expected: &[(&str, &str)]) {
    let output = quotewright(catalog, request);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    for (pointer, expected) in expected {
        let found = answer.pointer(pointer).and_then(Json::as_str);
        assert_eq!(found.unwrap_or("-"), *expected, "{pointer} with {request}");
    }
}

#[test]
fn a_request_is_told_what_it_could_have_said() {
    let line = |line: Json| json!({ "lines": [line] });
    for (more, told) in [
        (
            line(json!({ "product": "hours" })),
            "there is no product `hours`: there are hour, part",
        ),
        (
            line(json!({ "product": "hour", "configuration": { "minute": 5 } })),
            "there is no attribute `minute`: there are minutes",
        ),
        (
            line(json!({ "product": "hour", "configuration": { "minutes": 7 } })),
            "`minutes` cannot be 7: a number from 0 to 600 in steps of 5",
        ),
        (
            line(json!({ "product": "part", "configuration": { "size": 7 } })),
            "there is no attribute `size`: there is nothing to choose",
        ),
        (
            line(json!({ "product": "part", "billed": "-1" })),
            "`billed` cannot be `-1`",
        ),
        (json!({ "prepaid": "much" }), "`prepaid` cannot be `much`"),
        (
            json!({ "prepaid": "1.005" }),
            "`prepaid` cannot be `1.005`: an amount in EUR has 2 decimals at most",
        ),
    ] {
        let output = quotewright("workshop", &request(&more));
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{more}");
        assert!(text.contains(told), "{more}: {text}");
    }
}
