//! Configurations that are not valid.

use serde_json::json;

use super::{Case, case, without};

pub fn cases() -> Vec<Case> {
    let bad = "invalid-configuration";
    vec![
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
        without(
            "attribute without value",
            "/lines/0/assignment/colour",
            bad,
            ("/lines/0/assignment", "missing-attribute"),
        ),
    ]
}
