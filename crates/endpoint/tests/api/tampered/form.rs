//! What is wrong whatever the catalog.

use serde_json::json;

use super::{Case, case, without};
use crate::kit::in_days;

pub fn cases() -> Vec<Case> {
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
            "a country that is none",
            [("/buyer", json!({ "country": "XX" }))],
            bad,
            ("/buyer/country", "malformed"),
        ),
        case(
            "a VAT number without a country",
            [("/buyer", json!({ "vat_id": "DE123456788" }))],
            bad,
            ("/buyer/country", "malformed"),
        ),
        case(
            "another country's VAT number",
            [(
                "/buyer",
                json!({ "country": "NL", "vat_id": "DE123456788" }),
            )],
            bad,
            ("/buyer/vat_id", "malformed"),
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
            "call-offs that do not add up",
            [(
                "/lines/0/call_offs",
                json!([{ "date": in_days(30), "quantity": 99_999 }]),
            )],
            bad,
            ("/lines/0/call_offs", "do-not-add-up"),
        ),
        case(
            "a ramp that does not ascend",
            [(
                "/lines/0/ramp",
                json!([{ "from": 6, "quantity": 2 }, { "from": 6, "quantity": 3 }]),
            )],
            bad,
            ("/lines/0/ramp/1/from", "not-ascending"),
        ),
        case(
            "a ramp from the first month",
            [("/lines/0/ramp", json!([{ "from": 0, "quantity": 2 }]))],
            bad,
            ("/lines/0/ramp/0/from", "not-ascending"),
        ),
        case(
            "a ramp of too many pieces",
            [("/lines/0/ramp", json!([{ "from": 6, "quantity": 100_001 }]))],
            bad,
            ("/lines/0/ramp/0/quantity", "out-of-range"),
        ),
        case(
            "a line wanted in the past",
            [("/lines/1/delivery_date", json!("2020-01-01"))],
            bad,
            ("/lines/1/delivery_date", "before-price-date"),
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
        without("without catalog", "/catalog", bad, ("", "unreadable")),
        without(
            "without totals' tax",
            "/totals/tax",
            bad,
            ("/totals", "unreadable"),
        ),
        without(
            "without assignment",
            "/lines/0/assignment",
            bad,
            ("/lines/0", "unreadable"),
        ),
    ];
    cases.push(case(
        "101 lines",
        [("/lines", json!(many))],
        bad,
        ("/lines/0", "unreadable"),
    ));
    cases
}
