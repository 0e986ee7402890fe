//! What a quote comes to for whom: tax in prices and on top, taxes by buyer, cash, and when to pay.

mod kit;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

fn shop() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/shop")
}

fn quotewright(catalog: &Path, request: &Json) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.arg("price").arg(catalog);
    kit::answer(&mut command, &request.to_string())
}

/// Two lamps, one guide and the delivery, or a voucher instead of it.
fn request(buyer: Json, delivery: &str) -> Json {
    let mut request = buyer;
    request["date"] = json!("2026-01-20");
    request["quote"] = json!({ "delivery": delivery });
    request["lines"] = json!([{ "product": "lamp", "quantity": 2 }, { "product": "guide" }]);
    request
}

fn home() -> Json {
    request(json!({}), "yes")
}

fn abroad(country: &str) -> Json {
    request(json!({ "country": country }), "yes")
}

fn business(country: &str, vat_id: &str) -> Json {
    request(json!({ "country": country, "vat_id": vat_id }), "yes")
}

fn check(catalog: &Path, cases: &[(Json, &[(&str, &str)])]) {
    for (request, expected) in cases {
        let output = quotewright(catalog, request);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        for (pointer, expected) in *expected {
            let found = answer.pointer(pointer).and_then(Json::as_str);
            assert_eq!(found.unwrap_or("-"), *expected, "{pointer} of {request}");
        }
    }
}

#[test]
fn prices_that_contain_tax() {
    let voucher = request(json!({}), "no");
    let german = business("DE", "DE123456788");
    let dutch = business("NL", "NL987654321B94");
    check(
        &shop(),
        &[
            (
                home(),
                &[
                    ("/lines/0/once/net", "199.90"),
                    ("/lines/1/once/net", "10.99"),
                    ("/totals/charges", "4.95"),
                    // 10.99 contain 0.907.
                    ("/totals/taxes/0/amount", "0.91"),
                    ("/totals/taxes/0/base", "10.08"),
                    // 204.85 contain 35.552.
                    ("/totals/taxes/1/amount", "35.55"),
                    ("/totals/taxes/1/base", "169.30"),
                    ("/totals/taxes/1/category", "S"),
                    ("/totals/net", "179.38"),
                    ("/totals/tax", "36.46"),
                    // What was shown: 199.90, 10.99 and 4.95.
                    ("/totals/gross", "215.84"),
                    ("/totals/exchanged", "-"),
                    ("/totals/cash/total", "215.85"),
                    ("/totals/cash/rounding", "0.01"),
                ],
            ),
            (
                voucher,
                &[
                    ("/totals/allowances", "10.00"),
                    ("/totals/charges", "-"),
                    ("/totals/gross", "200.89"),
                    ("/totals/cash/total", "200.90"),
                ],
            ),
            (
                german,
                &[
                    ("/lines/0/tax", "intra"),
                    // 204.85 / 1.21 and 10.99 / 1.09 are 179.380, rounded once.
                    ("/totals/taxes/0/base", "179.38"),
                    ("/totals/taxes/0/category", "K"),
                    (
                        "/totals/taxes/0/exemption/en",
                        "Article 138 of Directive 2006/112/EC",
                    ),
                    ("/totals/exchanged", "-36.46"),
                    ("/totals/gross", "179.38"),
                    ("/totals/cash/total", "179.40"),
                ],
            ),
            (abroad("DE"), &[("/totals/gross", "215.84")]),
            (
                abroad("NO"),
                &[
                    ("/totals/gross", "179.38"),
                    ("/totals/taxes/0/tax", "export"),
                ],
            ),
            (
                dutch,
                &[
                    // 10.99 / 1.09 without its tax, 204.85 with it.
                    ("/totals/taxes/0/tax", "reverse"),
                    ("/totals/taxes/0/base", "10.08"),
                    ("/totals/taxes/1/tax", "standard"),
                    ("/totals/exchanged", "-0.91"),
                    ("/totals/gross", "214.93"),
                ],
            ),
        ],
    );
}

#[test]
fn the_same_prices_with_tax_on_top() {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(shop()).expect("the catalog") {
        let entry = entry.expect("a file");
        let text = fs::read_to_string(entry.path()).expect("text");
        let text = text.replace("tax = \"contained\"", "tax = \"on-top\"");
        fs::write(folder.path().join(entry.file_name()), text).expect("written");
    }
    check(
        folder.path(),
        &[
            (
                home(),
                &[
                    // 9 percent of 10.99 are 0.9891, 21 percent of 204.85 are 43.0185.
                    ("/totals/taxes/0/amount", "0.99"),
                    ("/totals/taxes/1/amount", "43.02"),
                    ("/totals/net", "215.84"),
                    ("/totals/gross", "259.85"),
                    ("/totals/cash/rounding", "0.00"),
                ],
            ),
            (
                business("DE", "DE123456788"),
                &[
                    ("/totals/taxes/0/tax", "intra"),
                    ("/totals/tax", "0.00"),
                    ("/totals/gross", "215.84"),
                    ("/totals/exchanged", "-"),
                ],
            ),
        ],
    );
}

#[test]
fn when_to_pay() {
    let mut acme = home();
    acme["customer"] = json!("acme");
    check(
        &shop(),
        &[
            (
                home(),
                &[
                    // 30 days after 20 January is 19 February.
                    ("/payment/due", "2026-02-28"),
                    ("/payment/amount", "215.85"),
                    ("/payment/early/until", "2026-01-28"),
                    // 2 percent of 215.85 are 4.317.
                    ("/payment/early/discount", "4.30"),
                    ("/payment/early/amount", "211.55"),
                ],
            ),
            (
                acme,
                &[
                    ("/payment/terms", "long"),
                    ("/payment/due", "2026-03-21"),
                    ("/payment/early/until", "-"),
                ],
            ),
        ],
    );
}

#[test]
fn what_an_intra_community_supply_needs_is_told() {
    let needs = |change: fn(&mut Json)| {
        let mut request = business("DE", "DE123456788");
        change(&mut request);
        let output = quotewright(&shop(), &request);
        let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        let needs = answer["requirements"].as_array().expect("requirements");
        let told = |it: &Json| format!("{} {}", it["rule"].as_str().expect("a rule"), it["met"]);
        needs.iter().map(told).collect::<Vec<_>>()
    };
    let open = ["BR-IC-02 true", "BR-IC-11 false", "BR-IC-12 true"];
    let met = ["BR-IC-02 true", "BR-IC-11 true", "BR-IC-12 true"];
    assert_eq!(needs(|_| ()), open);
    assert_eq!(
        needs(|it| it["delivery"] = json!({ "requested": "2026-03-02" })),
        met
    );
    assert_eq!(
        needs(|it| {
            for line in it["lines"].as_array_mut().expect("lines") {
                line["requested"] = json!("2026-03-02");
            }
        }),
        met
    );
}

#[test]
fn what_is_wrong_with_a_buyer_is_told() {
    for (request, told) in [
        (
            abroad("Norway"),
            "there is no price: `Norway` is not a country of ISO 3166, such as `NL`",
        ),
        (
            business("DE", "NL987654321B94"),
            "there is no price: `NL987654321B94` is not a VAT number of DE",
        ),
        (
            request(json!({ "vat_id": "DE123456788" }), "yes"),
            "there is no price: a buyer with a VAT number needs a country as well",
        ),
        (
            request(json!({ "vat": "x" }), "yes"),
            "there is no `vat` here",
        ),
    ] {
        let output = quotewright(&shop(), &request);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{request}");
        assert!(text.contains(told), "{request}: {text}");
    }
}
