//! Prices by quantity as `quotewright price` works them out, against figures worked out by hand.

mod kit;

use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

fn priced(request: &Json) -> Json {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command
        .arg("price")
        .arg(root.join("../../tests/catalogs/quantities"));
    let output = kit::answer(&mut command, &request.to_string());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn check(request: &Json, expected: &[(&str, &str)]) {
    let answer = priced(request);
    for (pointer, expected) in expected {
        let found = answer.pointer(pointer).and_then(Json::as_str);
        assert_eq!(found, Some(*expected), "{pointer} of {request}");
    }
}

fn line(product: &str, quantity: u32) -> Json {
    json!({ "lines": [{ "product": product, "quantity": quantity }] })
}

#[test]
fn seats_and_hours_are_priced_in_tiers_and_blocks() {
    let mut request = line("plan", 2);
    request["lines"][0]["configuration"] = json!({ "seats": 60, "hours": 13 });
    let expected = [
        // 10 at 12, 40 at 10, 10 at 8 and 25.
        ("/lines/0/recurring/0/charge/unit", "625.00"),
        ("/lines/0/recurring/0/charge/net", "1250.00"),
        (
            "/lines/0/recurring/0/charge/unit_steps/0/basis/shares/2/flat",
            "25",
        ),
        // 2 blocks of 4 hours at 300, and 2 more at 250.
        ("/lines/0/once/unit_steps/0/amount", "1100.00"),
        ("/lines/0/once/unit_steps/0/basis/shares/1/amount", "500"),
        // 4 blocks at the tier reached, 9 each.
        ("/lines/0/once/unit_steps/1/amount", "36.00"),
        ("/lines/0/once/net", "2272.00"),
    ];
    check(&request, &expected);
    // 10 at 12, 40 at 9, 10 at 8 and 25.
    request["customer"] = json!("acme");
    check(&request, &[("/lines/0/recurring/0/charge/unit", "585.00")]);
}

#[test]
fn products_of_a_group_reach_a_tier_together() {
    let alone = line("screw", 600);
    // 0.05 and 4.20 for 1,000 mm; 2 boxes; set-up.
    let expected = [
        ("/lines/0/once/unit", "0.134"),
        ("/lines/0/once/line_steps/0/amount", "3.00"),
        ("/lines/0/once/line_steps/1/amount", "10.00"),
        ("/lines/0/once/net", "93.40"),
        ("/lines/0/next_tier/unit", "0.124"),
    ];
    check(&alone, &expected);
    let together = json!({ "lines": [
        { "product": "screw", "quantity": 600 },
        { "product": "bolt", "quantity": 600 },
    ] });
    let expected = [
        ("/lines/0/once/unit", "0.124"),
        ("/lines/0/once/net", "87.40"),
        ("/lines/1/once/net", "87.40"),
    ];
    check(&together, &expected);
    // At 1,001 the set-up is free; 3 boxes.
    let expected = [("/lines/0/once/net", "128.62")];
    check(&line("screw", 1_001), &expected);
}

#[test]
fn brackets_free_pieces_bounds_and_agreed_prices_come_one_after_the_other() {
    let expected = [
        // 10 at 5 percent, 4 at 10; 2 free.
        ("/lines/0/once/line_steps/0/amount", "-36.00"),
        ("/lines/0/once/line_steps/1/amount", "-80.00"),
        ("/lines/0/once/line_steps/2/amount", "0.00"),
        ("/lines/0/once/net", "844.00"),
        // 3 parcels of up to 10: 3 first pieces, 21 others.
        ("/steps/0/amount", "45.00"),
        ("/totals/net", "889.00"),
    ];
    check(&line("bottle", 24), &expected);
    // 480 less 4 and 40.
    let expected = [
        ("/lines/0/once/line_steps/2/amount", "64.00"),
        ("/lines/0/once/net", "500.00"),
    ];
    check(&line("bottle", 12), &expected);
    let mut large = line("bottle", 100);
    large["customer"] = json!("acme");
    // 4,000 less 340 and 320.
    let expected = [
        ("/lines/0/once/line_steps/3/amount", "-1340.00"),
        ("/lines/0/once/line_steps/3/basis/most", "2000"),
        ("/lines/0/once/net", "2000.00"),
    ];
    check(&large, &expected);
    let mut deal = line("bottle", 24);
    deal["promotions"] = json!(["DEAL"]);
    let expected = [
        ("/lines/0/once/unit_steps/1/amount", "-5.00"),
        ("/lines/0/once/unit", "35.00"),
        ("/lines/0/once/net", "724.00"),
    ];
    check(&deal, &expected);
    deal["customer"] = json!("acme");
    check(&deal, &[("/lines/0/once/net", "700.00")]);
}
