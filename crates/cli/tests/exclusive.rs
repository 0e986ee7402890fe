//! A promotion of the quote that goes with none of its lines.

mod kit;

use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

fn priced(lamps: u32, bulbs: u32) -> Json {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/exclusive");
    let lines = [("lamp", lamps), ("bulb", bulbs)];
    let lines =
        lines.map(|(product, quantity)| json!({ "product": product, "quantity": quantity }));
    let request = json!({ "date": "2026-06-01", "lines": lines });
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.arg("price").arg(catalog);
    let output = kit::answer(&mut command, &request.to_string());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_slice(&output.stdout).expect(&told)
}

#[test]
fn a_promotion_on_any_line_excludes_one_of_the_quote() {
    for (lamps, bulbs, steps, net) in [
        // 910.00 less 1 percent is 900.90, less 5 percent of that.
        (9, 1, &["large", "welcome"][..], "855.85"),
        // 1,000.00 less 15 percent, and 10.00.
        (10, 1, &["large"], "851.40"),
        (1, 100, &["large"], "891.00"),
        (10, 100, &["large"], "1633.50"),
    ] {
        let answer = priced(lamps, bulbs);
        let found = answer["steps"].as_array().expect("steps");
        let found: Vec<&str> = found.iter().filter_map(|it| it["step"].as_str()).collect();
        assert_eq!(found, steps, "{lamps} lamps, {bulbs} bulbs");
        assert_eq!(answer["totals"]["net"], net, "{lamps} lamps, {bulbs} bulbs");
    }
}
