//! `quotewright price` and `quotewright verify`, as people run them.

mod kit;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

fn catalog(name: &str) -> PathBuf {
    let catalogs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs");
    catalogs.join(name)
}

fn services() -> PathBuf {
    catalog("services")
}

fn quotewright(arguments: &[&str], request: &Json) -> Output {
    told(arguments, &request.to_string())
}

/// What the command says to a text on standard input.
fn told(arguments: &[&str], text: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.args(arguments);
    kit::answer(&mut command, text)
}

fn priced(request: &Json) -> Json {
    let folder = services();
    let output = quotewright(&["price", folder.to_str().expect("a path")], request);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// 30 seats for two years, 50 in the second one; ten crates; far away, paid in advance.
fn large() -> Json {
    json!({
        "date": "2026-06-01",
        "promotions": ["SPRING"],
        "quote": { "zone": "far", "payment": "advance" },
        "lines": [
            {
                "product": "plan",
                "quantity": 30,
                "configuration": { "term": 24, "support": "premium" },
                "ramp": [{ "month": 13, "quantity": 50 }],
            },
            { "product": "crate", "quantity": 10 },
        ],
    })
}

#[test]
fn every_level_rhythm_and_share_comes_to_what_was_worked_out_by_hand() {
    let small = json!({
        "date": "2026-06-01",
        "lines": [{ "product": "crate" }],
    });
    let late = json!({
        "date": "2026-07-01",
        "lines": [{ "product": "crate" }],
    });
    let cases = [
        (large(), "/lines/0/once/unit", "0.00"),
        (large(), "/lines/0/once/net", "250.00"),
        // 12.00 less 20 percent, 30 times, and 99.00.
        (large(), "/lines/0/recurring/0/charge/unit", "9.60"),
        (large(), "/lines/0/recurring/0/charge/net", "387.00"),
        (large(), "/lines/0/recurring/0/total", "4644.00"),
        // From the second year on 50 times 12.00, and 99.00.
        (large(), "/lines/0/recurring/1/charge/net", "699.00"),
        (large(), "/lines/0/recurring/1/total", "8388.00"),
        (large(), "/lines/0/contract_total", "13282.00"),
        // The spring offer of 4.00 beats the launch offer of 3.00.
        (large(), "/lines/1/once/unit_steps/1/step", "spring"),
        (large(), "/lines/1/once/net", "360.00"),
        // 125 kg at 0.40, by weight: the crates bear it all.
        (large(), "/steps/0/amount", "50.00"),
        (large(), "/lines/0/shares/0/amount", "0.00"),
        (large(), "/lines/1/shares/0/amount", "50.00"),
        // 2 percent of 610.00 and 50.00, shared 250 to 360.
        (large(), "/steps/1/amount", "-13.20"),
        (large(), "/lines/0/shares/1/amount", "-5.41"),
        (large(), "/lines/1/shares/1/amount", "-7.79"),
        (large(), "/totals/taxes/0/base", "402.21"),
        (large(), "/totals/taxes/0/amount", "36.20"),
        (large(), "/totals/taxes/1/base", "244.59"),
        (large(), "/totals/taxes/1/amount", "51.36"),
        (large(), "/totals/net", "646.80"),
        (large(), "/totals/gross", "734.36"),
        (large(), "/recurring/0/totals/tax", "81.27"),
        (large(), "/recurring/1/totals/gross", "845.79"),
        (large(), "/contract_total", "13678.80"),
        // One crate of 37.00, 12.5 kg at 0.20 with it, 25.00 for the small order apart.
        (small.clone(), "/lines/0/once/unit", "37.00"),
        (small.clone(), "/steps/0/amount", "2.50"),
        (small.clone(), "/steps/1/amount", "25.00"),
        (small.clone(), "/totals/taxes/0/base", "39.50"),
        (small.clone(), "/totals/taxes/1/base", "25.00"),
        (small.clone(), "/totals/charges", "25.00"),
        (small, "/totals/gross", "73.31"),
        (late, "/lines/0/once/unit", "40.00"),
    ];
    for (request, pointer, expected) in cases {
        let answer = priced(&request);
        let found = answer.pointer(pointer).and_then(Json::as_str);
        assert_eq!(found, Some(expected), "{pointer} of {request}");
    }
}

#[test]
fn lines_are_answered_one_by_one_as_alone() {
    let folder = services();
    let catalog = folder.to_str().expect("a path");
    let requests = [large(), json!({ "lines": [] }), large()].map(|it| it.to_string());
    let output = told(&["price", catalog, "--lines"], &requests.join("\n"));
    let text = String::from_utf8(output.stdout).expect("text");
    let answers: Vec<Json> = (text.lines())
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let refused = json!({ "error": "the request has no lines" });
    assert_eq!(answers, [priced(&large()), refused, priced(&large())]);
    let output = told(&["price", catalog, "--lines", "--proof"], &requests[0]);
    let alone = quotewright(&["price", catalog, "--proof"], &large());
    let json = |bytes: &[u8]| serde_json::from_slice::<Json>(bytes).expect("JSON");
    assert_eq!(json(&output.stdout), json(&alone.stdout));
}

#[test]
fn a_proof_holds_until_something_in_it_is_changed() {
    let folder = services();
    let catalog = folder.to_str().expect("a path");
    let output = quotewright(&["price", catalog, "--proof"], &large());
    let proof: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    let changes = [
        (
            "",
            "",
            "the proof holds: EUR 646.80 before tax, 734.36 with it",
        ),
        (
            "/answer/totals/gross",
            "734.35",
            "/answer/totals/gross: \"734.35\" should be \"734.36\"",
        ),
        (
            "/answer/lines/1/shares/1/amount",
            "-7.78",
            "1 values differ",
        ),
        ("/answer/pack_hash", "0", "/answer/pack_hash"),
        ("/engine", "0.0.0", "/engine"),
        ("/request/quote/zone", "near", "/answer/steps/0/amount"),
    ];
    for (pointer, value, told) in changes {
        let mut changed = proof.clone();
        if let Some(member) = changed.pointer_mut(pointer).filter(|_| !pointer.is_empty()) {
            *member = json!(value);
        }
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        write!(file, "{changed}").expect("written");
        let path = file.path().to_str().expect("a path");
        let output = quotewright(&["verify", path, "--catalog", catalog], &Json::Null);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains(told), "{pointer}: {text}");
        assert_eq!(output.status.success(), pointer.is_empty(), "{pointer}");
    }
}

#[test]
fn what_is_wrong_with_a_request_is_told() {
    let line = |line: Json| json!({ "lines": [line] });
    let cases = [
        (json!({ "lines": [] }), "the request has no lines"),
        (line(json!({})), "line 1: say which product: plan, crate"),
        (
            line(json!({ "product": "box" })),
            "line 1: there is no product `box`",
        ),
        (
            line(json!({ "product": "plan", "configuration": { "seats": 3 } })),
            "line 1: there is no attribute `seats`",
        ),
        (
            line(json!({ "product": "plan", "configuration": { "term": 13 } })),
            "line 1: `term` cannot be 13",
        ),
        (
            line(json!({ "product": "plan", "ramp": [{ "month": 0, "quantity": 3 }] })),
            "line 1: the months of a ramp ascend and begin with 1 or later",
        ),
        (
            line(json!({
                "product": "plan",
                "configuration": { "term": 12 },
                "ramp": [{ "month": 12, "quantity": 3 }, { "month": 13, "quantity": 5 }],
            })),
            "line 1: its quantity changes in month 13, and its term ends with month 12: \
             leave the change out, or choose a longer term",
        ),
        (
            json!({ "quote": { "goods": 5 }, "lines": [{ "product": "plan" }] }),
            "the quote as a whole: `goods` is what the lines say: leave it out",
        ),
        (
            line(json!({ "product": "plan", "quantity": 0 })),
            "there is no price: the quantity is zero",
        ),
        (
            json!({ "customer": "acme", "lines": [{ "product": "plan" }] }),
            "no price book is for customer `acme`",
        ),
        (
            json!({ "until": "2026-12-31", "lines": [{ "product": "plan" }] }),
            "say `start`, too",
        ),
        (
            json!({ "start": "2026-10-17", "until": "2026-12-31", "lines": [{ "product": "plan" }] }),
            "there is no price: the catalog does not say what a part of a month costs",
        ),
        (
            json!({ "start": "2026-10-17", "until": "2026-10-01", "lines": [{ "product": "plan" }] }),
            "there is no price: 2026-10-02 is before 2026-10-17",
        ),
        (json!({ "line": [] }), "there is no `line` here"),
    ];
    let folder = services();
    for (request, told) in cases {
        let output = quotewright(&["price", folder.to_str().expect("a path")], &request);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{request}");
        assert!(text.contains(told), "{request}: {text}");
    }
}

#[test]
fn the_schema_names_what_is_asked_and_answered() {
    let output = quotewright(&["price", "--schema"], &Json::Null);
    let schema: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    for pointer in [
        "/request/properties/lines",
        "/request/$defs/Line/properties/ramp",
        "/answer/properties/contract_total",
        "/answer/$defs/Charge/properties/unit_steps",
    ] {
        assert!(schema.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn each_buyer_has_the_prices_of_the_books_for_them() {
    let folder = catalog("books");
    let folder = folder.to_str().expect("a path");
    let belt = |buyer: Json, date: &str| {
        let mut request = json!({ "date": date, "lines": [{ "product": "belt" }] });
        for (fact, value) in buyer.as_object().expect("facts") {
            request[fact] = value.clone();
        }
        request
    };
    // 100 + 4 + 12.30 + 20 and 5 percent of 100.
    for (buyer, date, book, currency, net) in [
        (json!({}), "2026-06-01", "public", "EUR", "141.30"),
        // 90 + 3 + 11.10 + 18 + 4.50.
        (
            json!({ "group": "dealer" }),
            "2026-06-01",
            "dealers",
            "EUR",
            "126.60",
        ),
        // 80 + 4 + 12.30 + 20 + 4.
        (
            json!({ "customer": "acme" }),
            "2026-06-01",
            "acme",
            "EUR",
            "120.30",
        ),
        // 80 + 3 + 11.10 + 18 + 4.
        (
            json!({ "customer": "acme", "group": "dealer" }),
            "2026-06-01",
            "acme+dealers",
            "EUR",
            "116.10",
        ),
        // 108 + 4.30 + 13.30 + 21.60 + 5.40, then 110 + 4.40 + 13.55 + 22 + 5.50.
        (
            json!({ "country": "US" }),
            "2026-06-30",
            "us",
            "USD",
            "152.60",
        ),
        (
            json!({ "country": "US" }),
            "2026-07-01",
            "us",
            "USD",
            "155.45",
        ),
        (
            json!({ "country": "NL" }),
            "2026-07-01",
            "public",
            "EUR",
            "141.30",
        ),
    ] {
        let output = quotewright(&["price", folder], &belt(buyer.clone(), date));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{buyer}: {told}");
        let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        let found = |pointer| answer.pointer(pointer).and_then(Json::as_str);
        assert_eq!(found("/book"), Some(book), "{buyer}");
        assert_eq!(found("/currency"), Some(currency), "{buyer}");
        assert_eq!(found("/totals/net"), Some(net), "{buyer} on {date}");
    }
    for (request, told) in [
        (
            belt(json!({ "customer": "amce" }), "2026-06-01"),
            "no price book is for customer `amce`",
        ),
        (
            belt(json!({ "country": "US" }), "2025-06-01"),
            "no prices hold for such a buyer on 2025-06-01",
        ),
        // What is not on Acme's list is not there for Acme.
        (
            json!({ "customer": "acme", "date": "2026-06-01", "lines": [{ "product": "wagon" }] }),
            "there is no product `wagon`",
        ),
        (
            json!({ "customer": "acme", "date": "2026-06-01", "lines": [{}] }),
            "say which product: belt, motor\n",
        ),
    ] {
        let output = quotewright(&["price", folder], &request);
        let found = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && found.contains(told), "{found}");
    }
}

#[test]
fn codes_of_promotions_that_make_no_difference_are_told() {
    let folder = catalog("floors");
    let folder = folder.to_str().expect("a path");
    for (product, code, expected) in [
        ("desk", "SALE", None),
        ("advice", "SALE", Some("it is for other products: desk")),
        (
            "desk",
            "SAIL",
            Some("no price in the book `public` has this code"),
        ),
    ] {
        let request = json!({ "promotions": [code], "lines": [{ "product": product }] });
        let output = quotewright(&["price", folder], &request);
        let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        let told = answer.pointer("/unused_promotions/0/reason");
        assert_eq!(told.and_then(Json::as_str), expected, "{product} {code}");
    }
}

#[test]
fn verify_finds_the_catalog_by_its_code_or_says_what_to_do() {
    let folder = catalog("services");
    let request = json!({ "lines": [{ "product": "plan" }] });
    let proof = quotewright(
        &["price", folder.to_str().expect("a path"), "--proof"],
        &request,
    );
    let proof: Json = serde_json::from_slice(&proof.stdout).unwrap_or(json!({}));
    let empty = tempfile::tempdir().expect("a folder");
    let file = empty.path().join("proof.json");
    std::fs::write(&file, proof.to_string()).expect("written");
    let verify = |place: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
        kit::answer(command.arg("verify").arg(&file).current_dir(place), "")
    };
    let lost = verify(empty.path());
    assert!(String::from_utf8_lossy(&lost.stderr).contains("--catalog FOLDER"));
    for place in [folder.clone(), folder.join(".."), folder.join("../..")] {
        let found = verify(&place);
        assert!(
            found.status.success(),
            "{}",
            String::from_utf8_lossy(&found.stderr)
        );
    }
}
