//! Amounts that are not what they should be.

use serde_json::json;

use super::{Case, case};

/// Line 0: 12 pieces of (250.00 + 211.01 + 31.05 + 55.55) less 5 %; line 1: 612.03.
pub fn cases() -> Vec<Case> {
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
