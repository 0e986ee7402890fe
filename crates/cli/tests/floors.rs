//! What a quote leaves its supplier: costs, floors, margins, commission.

mod kit;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

fn catalog() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/floors")
}

fn quotewright(catalog: &Path, options: &[&str], request: &Json) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.arg("price").arg(catalog).args(options);
    kit::answer(&mut command, &request.to_string())
}

/// With members of `more`, on a day at which all prices hold.
fn request(lines: Json, more: Json) -> Json {
    let mut request = more;
    request["date"] = json!("2026-06-01");
    request["lines"] = lines;
    request
}

fn desks(configuration: Json, quantity: u32) -> Json {
    json!({ "product": "desk", "quantity": quantity, "configuration": configuration })
}

fn motor(configuration: Json) -> Json {
    json!({ "product": "motor", "configuration": configuration })
}

fn sale() -> Json {
    json!({ "promotions": ["SALE"] })
}

fn check(catalog: &Path, cases: &[(Json, &[(&str, &str)])]) {
    for (request, expected) in cases {
        let output = quotewright(catalog, &["--supplier"], request);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        let answer: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        for (pointer, expected) in *expected {
            let found = answer.pointer(pointer).unwrap_or(&Json::Null);
            let found = match found {
                Json::String(text) => text.clone(),
                Json::Null => "-".to_owned(),
                other => other.to_string(),
            };
            assert_eq!(found, *expected, "{pointer} of {request}");
        }
    }
}

#[test]
fn costs_and_floors_are_worked_out_as_prices_are() {
    let none = || json!({});
    check(
        &catalog(),
        &[
            (
                request(json!([desks(json!({}), 2)]), none()),
                &[
                    // 2 x (50 + 100) + 20.
                    ("/supplier/lines/0/net", "320.00"),
                    // 2 x (25 + 40) + 10.
                    ("/supplier/lines/0/cost", "140.00"),
                    ("/supplier/lines/0/margin", "180.00"),
                    ("/supplier/lines/0/margin_percent", "56.25"),
                    // 2 x (30 + 60) is more than 140 / 0.8.
                    ("/supplier/lines/0/floor", "180.00"),
                    ("/supplier/lines/0/below_floor", "0.00"),
                    ("/supplier/cost", "140.00"),
                    ("/to_confirm", "-"),
                ],
            ),
            (
                request(json!([desks(json!({ "steel": "yes" }), 1)]), none()),
                &[
                    ("/supplier/lines/0/net", "185.00"),
                    // 25 + 40, 20 percent of it, and 10.
                    ("/supplier/lines/0/cost", "88.00"),
                    // 88 / 0.8 is more than 30 + 60 and 10 percent of it.
                    ("/supplier/lines/0/floor", "110.00"),
                ],
            ),
            (
                // What is due every month counts over the term.
                request(json!([motor(json!({ "cover": "yes" }))]), none()),
                &[
                    ("/supplier/lines/0/net", "320.00"),
                    ("/supplier/lines/0/cost", "192.00"),
                    ("/supplier/lines/0/floor", "240.00"),
                ],
            ),
            (
                // Of advice, no cost is known.
                request(json!([motor(json!({})), { "product": "advice" }]), none()),
                &[
                    ("/supplier/lines/0/cost", "120.00"),
                    ("/supplier/lines/1/cost", "-"),
                    ("/supplier/lines/1/floor", "-"),
                    ("/supplier/cost", "-"),
                    ("/supplier/net", "290.00"),
                ],
            ),
            (
                // In dollars: 1.10 of each amount.
                request(json!([desks(json!({}), 2)]), json!({ "country": "US" })),
                &[
                    ("/supplier/lines/0/net", "352.00"),
                    ("/supplier/lines/0/cost", "154.00"),
                    ("/supplier/lines/0/floor", "198.00"),
                ],
            ),
        ],
    );
}

#[test]
fn what_is_below_its_floor_is_to_be_confirmed() {
    let mut all = sale();
    all["quote"] = json!({ "prepaid": "yes", "freight": "yes" });
    all["partner"] = json!("north");
    check(
        &catalog(),
        &[
            (
                request(json!([desks(json!({}), 2)]), sale()),
                &[
                    ("/supplier/lines/0/net", "170.00"),
                    ("/supplier/lines/0/below_floor", "10.00"),
                    ("/supplier/below_floor", "10.00"),
                    ("/to_confirm", "true"),
                    ("/totals/net", "170.00"),
                ],
            ),
            (
                // Ash has no floor of its own: 65 / 0.8.
                request(json!([desks(json!({ "top": "ash" }), 1)]), sale()),
                &[
                    ("/supplier/lines/0/net", "85.00"),
                    ("/supplier/lines/0/floor", "81.25"),
                    ("/supplier/lines/0/margin_percent", "23.53"),
                    ("/to_confirm", "-"),
                ],
            ),
            (
                request(json!([desks(json!({}), 2), motor(json!({}))]), all),
                &[
                    // 170 and 200 bear 17 and 20 of the discount, and nothing of the freight.
                    ("/supplier/lines/0/net", "153.00"),
                    ("/supplier/lines/0/below_floor", "27.00"),
                    ("/supplier/lines/1/net", "180.00"),
                    ("/supplier/lines/1/floor", "150.00"),
                    ("/supplier/lines/1/below_floor", "0.00"),
                    ("/supplier/net", "363.00"),
                    // 140, 120 and 22 for the freight.
                    ("/supplier/cost", "282.00"),
                    ("/supplier/margin", "81.00"),
                    ("/supplier/margin_percent", "22.31"),
                    // 5 percent of 153 and 180; 10 percent of 180 less 120.
                    ("/supplier/commissions/0/base", "333.00"),
                    ("/supplier/commissions/0/amount", "16.65"),
                    ("/supplier/commissions/1/base", "60.00"),
                    ("/supplier/commissions/1/amount", "6.00"),
                ],
            ),
        ],
    );
}

/// The catalog with another text in one file.
fn changed(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for sub in ["", "options", "price-tables"] {
        fs::create_dir_all(folder.path().join(sub)).expect("a folder");
        for entry in fs::read_dir(catalog().join(sub)).expect("the catalog") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                continue;
            }
            let name = path.file_name().expect("a name");
            let mut text = fs::read_to_string(&path).expect("text");
            if path.ends_with(file) {
                assert!(text.contains(from), "{from} in {file}");
                text = text.replace(from, to);
            }
            fs::write(folder.path().join(sub).join(name), text).expect("written");
        }
    }
    folder
}

#[test]
fn lines_bear_discounts_that_stand_apart() {
    let claim = "quote,claim,amount,,,,apart,,CLAIM,Claim,-10,,,\nquote,freight";
    let folder = changed("prices.csv", "quote,freight", claim);
    let all = json!({ "promotions": ["SALE", "CLAIM"], "partner": "north" });
    check(
        folder.path(),
        &[(
            request(json!([desks(json!({}), 2), motor(json!({}))]), all),
            &[
                ("/totals/line_nets/0", "170.00"),
                ("/totals/net", "360.00"),
                // 170 / 370 of it, and 200 / 370.
                ("/supplier/lines/0/net", "165.40"),
                ("/supplier/lines/0/below_floor", "14.60"),
                ("/supplier/lines/1/net", "194.59"),
                ("/supplier/lines/1/margin", "74.59"),
                ("/to_confirm", "true"),
                ("/supplier/net", "360.00"),
                ("/supplier/commissions/0/base", "360.00"),
                ("/supplier/commissions/0/amount", "18.00"),
                ("/supplier/commissions/1/base", "74.59"),
                ("/supplier/commissions/1/amount", "7.46"),
            ],
        )],
    );
}

#[test]
fn a_catalog_may_refuse_what_is_below_its_floor() {
    let folder = changed("catalog.toml", "\"confirm\"", "\"refuse\"");
    let low = request(json!([desks(json!({}), 2)]), sale());
    let output = quotewright(folder.path(), &[], &low);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let why = "there is no price: it would be below what the supplier sells for";
    assert!(told.contains(why), "{told}");
    let fine = request(json!([desks(json!({}), 2)]), json!({}));
    assert!(quotewright(folder.path(), &[], &fine).status.success());
}

#[test]
fn where_prices_contain_tax_margins_are_without_it() {
    let folder = changed(
        "catalog.toml",
        "visibility = \"public\"",
        "visibility = \"public\"\ntax = \"contained\"",
    );
    check(
        folder.path(),
        &[(
            request(json!([motor(json!({ "volt": 36 }))]), json!({})),
            &[
                // 300 / 1.21.
                ("/supplier/lines/0/net", "247.93"),
                ("/supplier/lines/0/margin", "67.93"),
                ("/supplier/net", "247.93"),
                ("/totals/gross", "300.00"),
            ],
        )],
    );
}

#[test]
fn buyers_are_told_nothing_of_it() {
    let low = request(json!([desks(json!({}), 2)]), sale());
    for options in [&[][..], &["--proof"]] {
        let output = quotewright(&catalog(), options, &low);
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(told.contains("to_confirm"), "{told}");
        for secret in ["supplier", "cost", "floor\"", "margin"] {
            assert!(!told.contains(secret), "{secret}: {told}");
        }
    }
}

/// Two desks for 320.00, changed by hand.
fn changed_by_hand(adjustments: Json) -> Json {
    request(
        json!([desks(json!({}), 2), motor(json!({ "cover": "yes" }))]),
        json!({ "adjustments": adjustments }),
    )
}

#[test]
fn changes_by_hand_are_steps() {
    let why = "Long-standing customer";
    check(
        &catalog(),
        &[
            (
                changed_by_hand(json!([{ "line": 1, "percent": "-5", "reason": why }])),
                &[
                    ("/lines/0/once/line_steps/1/step", "manual-1"),
                    ("/lines/0/once/line_steps/1/basis/base", "320"),
                    ("/lines/0/once/line_steps/1/amount", "-16.00"),
                    ("/lines/0/once/net", "304.00"),
                    ("/totals/net", "504.00"),
                    ("/supplier/lines/0/margin", "164.00"),
                ],
            ),
            (
                changed_by_hand(json!([
                    { "line": 1, "price": "250", "reason": why },
                    { "amount": "-45", "reason": why },
                ])),
                &[
                    ("/lines/0/once/net", "250.00"),
                    // 250 and 200 bear 25 and 20 of it.
                    ("/steps/0/step", "manual-2"),
                    ("/steps/0/amount", "-45.00"),
                    ("/lines/0/shares/0/amount", "-25.00"),
                    ("/lines/1/shares/0/amount", "-20.00"),
                    ("/totals/net", "405.00"),
                    ("/supplier/lines/0/net", "225.00"),
                ],
            ),
            (
                changed_by_hand(json!([
                    { "line": 2, "due": "monthly", "percent": "-10", "reason": why },
                ])),
                &[
                    ("/lines/1/once/net", "200.00"),
                    ("/lines/1/recurring/0/charge/net", "9.00"),
                    ("/lines/1/contract_total", "308.00"),
                    ("/contract_total", "628.00"),
                ],
            ),
            (
                changed_by_hand(json!([
                    { "line": 1, "amount": "-200", "reason": why, "below_floor": "Last of its kind" },
                ])),
                &[
                    ("/lines/0/once/net", "120.00"),
                    ("/supplier/lines/0/below_floor", "60.00"),
                    ("/to_confirm", "-"),
                ],
            ),
        ],
    );
}

#[test]
fn changes_that_cannot_be_made_are_refused() {
    let why = "Why";
    for (adjustment, told) in [
        (
            json!({ "line": 1, "amount": "-200", "reason": why }),
            "change 1 takes line 1 below its floor: it misses 60.00",
        ),
        (
            json!({ "percent": "-50", "reason": why }),
            "change 1 takes line 1 below its floor: it misses 20.00",
        ),
        (
            json!({ "line": 3, "amount": "-1", "reason": why }),
            "change 1 is of line 3, and there are 2: name a line that there is",
        ),
        (
            json!({ "line": 1, "due": "monthly", "amount": "-1", "reason": why }),
            "change 1 is of what is due monthly, and nothing of line 1 is: leave out `due` for what is due once",
        ),
        (
            json!({ "due": "monthly", "amount": "-1", "reason": why }),
            "change 1 is of what is due monthly of the quote as a whole, which is due once: name a line, or leave out `due`",
        ),
        (
            json!({ "line": 1, "percent": "-101", "reason": why }),
            "change 1 takes off more than there is",
        ),
        (
            json!({ "line": 1, "price": "300", "reason": " " }),
            "adjustment 1: say why",
        ),
        (
            json!({ "line": 1, "price": "300", "amount": "-1", "reason": why }),
            "adjustment 1: say one of `percent`, `amount` and `price`",
        ),
    ] {
        let request = changed_by_hand(json!([adjustment]));
        let output = quotewright(&catalog(), &[], &request);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{request}");
        assert!(text.contains(told), "{request}: {text}");
    }
}
