//! Products that are sold together.

mod kit;

use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

fn priced(lamps: u32, bulbs: u32, guides: u32) -> Json {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/bundles");
    let lines = [("lamp", lamps), ("bulb", bulbs), ("guide", guides)];
    let lines = lines.iter().filter(|(_, quantity)| *quantity > 0);
    let lines =
        lines.map(|(product, quantity)| json!({ "product": product, "quantity": quantity }));
    let request = json!({ "date": "2026-06-01", "lines": lines.collect::<Vec<_>>() });
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.arg("price").arg(catalog);
    let output = kit::answer(&mut command, &request.to_string());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_slice(&output.stdout).expect(&told)
}

#[test]
fn a_bundle_costs_less_as_often_as_the_quote_has_all_of_it() {
    for (lamps, bulbs, guides, expected) in [
        // 120.00 alone, 110.00 together.
        (
            1,
            2,
            0,
            &[("/steps/0/step", "light"), ("/steps/0/amount", "-10.00")][..],
        ),
        // Twice; the third lamp and the fifth bulb are sold alone. 350.00 less 20.00, of which
        // 300 and 50 bear 17.14 and 2.86.
        (
            3,
            5,
            0,
            &[
                ("/steps/0/amount", "-20.00"),
                ("/steps/0/basis/base", "240"),
                ("/steps/0/basis/price", "220"),
                ("/lines/0/shares/0/amount", "-17.14"),
                ("/lines/1/shares/0/amount", "-2.86"),
                ("/totals/net", "330.00"),
            ],
        ),
        // 135.00 less 20 percent, over both rates of tax; it excludes the other.
        (
            1,
            2,
            1,
            &[
                ("/steps/0/step", "all"),
                ("/steps/0/amount", "-27.00"),
                ("/steps/1/step", "-"),
                ("/lines/2/shares/0/amount", "-3.00"),
                ("/totals/net", "108.00"),
            ],
        ),
        (
            1,
            1,
            1,
            &[("/steps/0/step", "-"), ("/totals/net", "125.00")],
        ),
    ] {
        let answer = priced(lamps, bulbs, guides);
        for (pointer, expected) in expected {
            let found = answer.pointer(pointer).and_then(Json::as_str);
            assert_eq!(
                found.unwrap_or("-"),
                *expected,
                "{pointer} of {lamps} {bulbs} {guides}"
            );
        }
    }
    let inputs = &priced(3, 5, 0)["steps"][0]["inputs"];
    assert_eq!(inputs[0], json!({ "kind": "bundles", "count": 2 }));
    assert_eq!(inputs[1]["named"], json!({ "groups": ["lamp", "bulb"] }));
}
