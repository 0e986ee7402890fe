//! Requests with one thing changed, in every way that matters: each is refused
//! with the right code at the right place, and nothing is kept.

use serde_json::{Value as Json, json};

use crate::catalog::{PLAIN, gadgets};
use crate::kit::{Answer, Endpoint, in_days, new_key, pack, request, today};

/// What is changed: the member that this JSON pointer names is set; `None` removes it.
type Change = (&'static str, Option<Json>);

/// Name, changes, status, problem, and pointer and code of one of its entries.
struct Case {
    name: &'static str,
    changes: Vec<Change>,
    status: u16,
    problem: &'static str,
    entry: Option<(&'static str, &'static str)>,
}

fn case(
    name: &'static str,
    changes: impl IntoIterator<Item = (&'static str, Json)>,
    problem: &'static str,
    entry: (&'static str, &'static str),
) -> Case {
    let changes = changes
        .into_iter()
        .map(|(pointer, value)| (pointer, Some(value)))
        .collect();
    Case {
        name,
        changes,
        status: 422,
        problem,
        entry: Some(entry),
    }
}

fn without(name: &'static str, pointer: &'static str, at: &'static str) -> Case {
    let entry = Some((at, "unreadable"));
    Case {
        name,
        changes: vec![(pointer, None)],
        status: 422,
        problem: "invalid-request",
        entry,
    }
}

#[tokio::test]
async fn every_tampered_request_is_refused_and_nothing_is_kept() {
    let catalog = gadgets(PLAIN);
    let acme = pack(&catalog, "acme").hash.clone();
    let ended = pack(&catalog, "late").hash.clone();
    let cases: Vec<Case> = [
        form(),
        catalog_and_prices(acme, ended),
        configuration(),
        amounts(),
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
        let name = case.name;
        assert_eq!(answer.status, case.status, "{name}: {:#}", answer.body);
        assert_eq!(answer.problem(), case.problem, "{name}: {:#}", answer.body);
        let entries = answer.pointers();
        if let Some((pointer, code)) = case.entry {
            let entry = (pointer.to_owned(), code.to_owned());
            assert!(entries.contains(&entry), "{name}: {entries:?}");
        }
    }
    assert_eq!(endpoint.count(), 0);
    assert_eq!(
        Answer::of(endpoint.post(&new_key(), &right)).await.status,
        201
    );
}

fn form() -> Vec<Case> {
    let bad = "invalid-request";
    let long = |length: usize| json!("x".repeat(length));
    let many = vec![json!(null); 101];
    let mut cases = vec![
        case(
            "format",
            [("/format", json!(2))],
            "unsupported-format",
            ("/format", "unsupported"),
        ),
        case(
            "unknown member",
            [("/discount", json!("5"))],
            bad,
            ("/discount", "unreadable"),
        ),
        case(
            "unknown member of a line",
            [("/lines/0/unit_cost", json!("1"))],
            bad,
            ("/lines/0/unit_cost", "unreadable"),
        ),
        case(
            "unknown member of who asks",
            [("/contact/role", json!("admin"))],
            bad,
            ("/contact/role", "unreadable"),
        ),
        case(
            "negative quantity",
            [("/lines/0/quantity", json!(-1))],
            bad,
            ("/lines/0/quantity", "unreadable"),
        ),
        case(
            "fractional quantity",
            [("/lines/0/quantity", json!(1.5))],
            bad,
            ("/lines/0/quantity", "unreadable"),
        ),
        case(
            "no pieces",
            [("/lines/0/quantity", json!(0))],
            bad,
            ("/lines/0/quantity", "out-of-range"),
        ),
        case(
            "too many pieces",
            [("/lines/1/quantity", json!(100_001))],
            bad,
            ("/lines/1/quantity", "out-of-range"),
        ),
        case(
            "quantity beyond 32 bits",
            [("/lines/0/quantity", json!(4_294_967_296_u64))],
            bad,
            ("/lines/0/quantity", "unreadable"),
        ),
        case(
            "no line",
            [("/lines", json!([]))],
            bad,
            ("/lines", "missing"),
        ),
        case(
            "lines are no list",
            [("/lines", json!({}))],
            bad,
            ("/lines", "unreadable"),
        ),
        case(
            "no company",
            [("/contact/company", json!("  "))],
            bad,
            ("/contact/company", "missing"),
        ),
        case(
            "no name",
            [("/contact/name", json!(""))],
            bad,
            ("/contact/name", "missing"),
        ),
        case(
            "no e-mail address",
            [("/contact/email", json!(""))],
            bad,
            ("/contact/email", "missing"),
        ),
        case(
            "not an e-mail address",
            [("/contact/email", json!("buyer"))],
            bad,
            ("/contact/email", "not-an-email-address"),
        ),
        case(
            "two e-mail addresses",
            [("/contact/email", json!("a@b.example,c@d.example"))],
            bad,
            ("/contact/email", "not-an-email-address"),
        ),
        case(
            "header in the e-mail address",
            [("/contact/email", json!("a@b.example\nBcc: c@d.example"))],
            bad,
            ("/contact/email", "not-an-email-address"),
        ),
        case(
            "long company",
            [("/contact/company", long(201))],
            bad,
            ("/contact/company", "too-long"),
        ),
        case(
            "long telephone number",
            [("/contact/phone", long(51))],
            bad,
            ("/contact/phone", "too-long"),
        ),
        case(
            "control character",
            [("/contact/name", json!("A\u{0}B"))],
            bad,
            ("/contact/name", "control-character"),
        ),
        case(
            "long note",
            [("/note", long(5001))],
            bad,
            ("/note", "too-long"),
        ),
        case(
            "escape in the note",
            [("/note", json!("\u{1b}[2J"))],
            bad,
            ("/note", "control-character"),
        ),
        case(
            "locale",
            [("/locale", json!("en'--"))],
            bad,
            ("/locale", "not-a-locale"),
        ),
        case(
            "delivery in the past",
            [("/delivery_date", json!(in_days(-1)))],
            bad,
            ("/delivery_date", "before-price-date"),
        ),
        case(
            "delivery in a far future",
            [("/delivery_date", json!("9999-01-01"))],
            bad,
            ("/delivery_date", "too-far"),
        ),
        case(
            "no such day",
            [("/price_date", json!("2026-02-30"))],
            bad,
            ("/price_date", "unreadable"),
        ),
        case(
            "an amount that is none",
            [("/lines/0/net", json!("1e9999"))],
            bad,
            ("/lines/0/net", "unreadable"),
        ),
        without("without catalog", "/catalog", ""),
        without("without totals' tax", "/totals/tax", "/totals"),
        without("without assignment", "/lines/0/assignment", "/lines/0"),
    ];
    cases.push(case(
        "101 lines",
        [("/lines", json!(many))],
        bad,
        ("/lines/0", "unreadable"),
    ));
    cases
}

fn catalog_and_prices(acme: String, ended: String) -> Vec<Case> {
    let (catalog, prices, date) = (
        "unknown-catalog",
        "unknown-price-pack",
        "price-date-refused",
    );
    let hash = "0".repeat(64);
    vec![
        case(
            "other catalog",
            [("/catalog", json!("conveyor"))],
            catalog,
            ("/catalog", "unknown"),
        ),
        case(
            "unknown catalog hash",
            [("/catalog_hash", json!(hash))],
            catalog,
            ("/catalog_hash", "unknown"),
        ),
        case(
            "SQL for a hash",
            [("/catalog_hash", json!("' OR 1=1 --"))],
            catalog,
            ("/catalog_hash", "unknown"),
        ),
        case(
            "unknown price pack",
            [("/pack_hash", json!(hash))],
            prices,
            ("/pack_hash", "unknown"),
        ),
        case(
            "another's price pack",
            [("/pack_hash", json!(acme))],
            prices,
            ("/pack_hash", "unknown"),
        ),
        case(
            "a pack that has ended, another's too",
            [("/pack_hash", json!(ended))],
            prices,
            ("/pack_hash", "unknown"),
        ),
        case(
            "no price pack",
            [("/pack_hash", json!(null))],
            prices,
            ("/pack_hash", "prices-missing"),
        ),
        case(
            "prices of the day after tomorrow",
            [("/price_date", json!(in_days(2)))],
            date,
            ("/price_date", "in-the-future"),
        ),
        case(
            "prices of long ago",
            [("/price_date", json!(in_days(-32)))],
            date,
            ("/price_date", "too-late"),
        ),
        case(
            "prices of another age",
            [("/price_date", json!("-009999-01-01"))],
            date,
            ("/price_date", "too-late"),
        ),
    ]
}

fn configuration() -> Vec<Case> {
    let bad = "invalid-configuration";
    let mut cases = vec![
        case(
            "unknown product",
            [("/lines/0/product", json!("widget"))],
            bad,
            ("/lines/0/product", "unknown-product"),
        ),
        case(
            "unknown option",
            [("/lines/0/assignment/frame", json!("gold"))],
            bad,
            ("/lines/0/assignment/frame", "not-in-domain"),
        ),
        case(
            "an option's position",
            [("/lines/0/assignment/frame", json!("0"))],
            bad,
            ("/lines/0/assignment/frame", "not-in-domain"),
        ),
        case(
            "number out of range",
            [("/lines/0/assignment/length", json!("5100"))],
            bad,
            ("/lines/0/assignment/length", "not-in-domain"),
        ),
        case(
            "number between two steps",
            [("/lines/0/assignment/length", json!("2550"))],
            bad,
            ("/lines/0/assignment/length", "not-in-domain"),
        ),
        case(
            "number that is none",
            [("/lines/0/assignment/length", json!("NaN"))],
            bad,
            ("/lines/0/assignment/length", "not-in-domain"),
        ),
        case(
            "number of 40 digits",
            [("/lines/0/assignment/length", json!("1".repeat(40)))],
            bad,
            ("/lines/0/assignment/length", "not-in-domain"),
        ),
        case(
            "neither yes nor no",
            [("/lines/0/assignment/guides", json!("true"))],
            bad,
            ("/lines/0/assignment/guides", "not-in-domain"),
        ),
        case(
            "unknown attribute",
            [("/lines/0/assignment/price", json!("0"))],
            bad,
            ("/lines/0/assignment/price", "unknown-attribute"),
        ),
        case(
            "unknown attribute to escape",
            [("/lines/0/assignment/a~1b~0c", json!("0"))],
            bad,
            ("/lines/0/assignment/a~1b~0c", "unknown-attribute"),
        ),
        case(
            "broken rule",
            [
                ("/lines/1/assignment/length", json!("5000")),
                ("/lines/1/decisions/length", json!("5000")),
                ("/lines/1/assignment/supports", json!("5")),
            ],
            bad,
            ("/lines/1/assignment", "rule-broken"),
        ),
        case(
            "broken table",
            [("/lines/1/assignment/colour", json!("red"))],
            bad,
            ("/lines/1/assignment", "table-broken"),
        ),
        case(
            "formula too small",
            [("/lines/0/assignment/supports", json!("2"))],
            bad,
            ("/lines/0/assignment/supports", "formula-broken"),
        ),
        case(
            "formula too large",
            [("/lines/0/assignment/supports", json!("4"))],
            bad,
            ("/lines/0/assignment/supports", "formula-broken"),
        ),
        case(
            "decision that is not assigned",
            [("/lines/0/decisions/colour", json!("red"))],
            bad,
            ("/lines/0/decisions/colour", "differs-from-assignment"),
        ),
        case(
            "decision without meaning",
            [("/lines/0/decisions/colour", json!("gold"))],
            bad,
            ("/lines/0/decisions/colour", "differs-from-assignment"),
        ),
        case(
            "unknown decision",
            [("/lines/0/decisions/rebate", json!("yes"))],
            bad,
            ("/lines/0/decisions/rebate", "unknown-attribute"),
        ),
        case(
            "decision on what is worked out",
            [("/lines/0/decisions/supports", json!("3"))],
            bad,
            ("/lines/0/decisions/supports", "not-decidable"),
        ),
    ];
    cases.push(Case {
        name: "attribute without value",
        changes: vec![("/lines/0/assignment/colour", None)],
        status: 422,
        problem: bad,
        entry: Some(("/lines/0/assignment", "missing-attribute")),
    });
    cases
}

/// Line 0: 12 pieces of (250.00 + 211.01 + 31.05 + 55.55) less 5 %; line 1: 612.03.
fn amounts() -> Vec<Case> {
    let bad = "amounts-differ";
    let (unit, line, total) = ("520.2295", "6242.75", "6854.78");
    vec![
        case(
            "cheaper piece",
            [("/lines/0/unit_net", json!("1.00"))],
            bad,
            ("/lines/0/unit_net", unit),
        ),
        case(
            "cheaper line",
            [("/lines/0/net", json!("0.01"))],
            bad,
            ("/lines/0/net", line),
        ),
        case(
            "dearer line",
            [("/lines/0/net", json!("6242.76"))],
            bad,
            ("/lines/0/net", line),
        ),
        case(
            "negative line",
            [("/lines/0/net", json!("-6242.75"))],
            bad,
            ("/lines/0/net", line),
        ),
        case(
            "line without amount",
            [("/lines/0/net", json!(null))],
            bad,
            ("/lines/0/net", line),
        ),
        case(
            "piece without price",
            [("/lines/0/unit_net", json!(null))],
            bad,
            ("/lines/0/unit_net", unit),
        ),
        case(
            "other quantity, same amounts",
            [("/lines/0/quantity", json!(120))],
            bad,
            ("/lines/0/net", "62427.54"),
        ),
        case(
            "quantity below the tier",
            [("/lines/0/quantity", json!(9))],
            bad,
            ("/lines/0/unit_net", "547.61"),
        ),
        case(
            "dearer option, same amounts",
            [("/lines/0/assignment/colour", json!("red"))],
            bad,
            ("/lines/0/unit_net", "521.1985"),
        ),
        case(
            "net total",
            [("/totals/net", json!("1.00"))],
            bad,
            ("/totals/net", total),
        ),
        case(
            "tax",
            [("/totals/tax", json!("0"))],
            bad,
            ("/totals/tax", "1439.50"),
        ),
        case(
            "gross total",
            [("/totals/gross", json!("1.00"))],
            bad,
            ("/totals/gross", "8294.28"),
        ),
        case(
            "no totals",
            [("/totals", json!(null))],
            bad,
            ("/totals/net", total),
        ),
    ]
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
