//! Rules, tables and the language of conditions.

use super::check;
use crate::desk::Change::{Replace, Write};

#[test]
fn rules_and_tables() {
    check(&[
        (
            &[Replace(
                "rules.csv",
                "lit,lamp,width >= 1000",
                "lit,lmap,widht >= 1000",
            )],
            &[
                "error unknown-attribute rules.csv B3 `lmap`",
                "error unknown-attribute rules.csv C3 `widht`",
            ],
        ),
        (
            &[Replace("rules.csv", "top = oak", "top = ook")],
            &["error unknown-option rules.csv C3 `ook`"],
        ),
        (
            &[Replace("rules.csv", "top.mass", "top.weight")],
            &["error unknown-property rules.csv C2 `weight`"],
        ),
        (
            &[Replace(
                "rules.csv",
                "width >= 1000 && top = oak",
                "\"width >= 1000 && (top = \"\"oak\"\")\"",
            )],
            &["error syntax rules.csv C3 `\"\"`"],
        ),
        (
            &[Replace("rules.csv", "frame.carries >= top.mass", "")],
            &["error missing-value rules.csv C2 ``"],
        ),
        (
            &[Replace("rules.csv", "\nlit,", "\ncarry,")],
            &["error duplicate-code rules.csv A3 `carry`"],
        ),
        (
            &[Replace("tables.csv", "top-width,", "top-with,")],
            &[
                "error unknown-table tables.csv A2 `top-with`",
                "error unlisted-table tables/top-width.csv - ``",
            ],
        ),
        (
            &[Replace("tables/top-width.csv", "top,width", "top,wide")],
            &["error unknown-attribute tables/top-width.csv B1 `wide`"],
        ),
        (
            &[Replace("tables/top-width.csv", "oak,*", "oak|steel,850")],
            &[
                "error unknown-option tables/top-width.csv A2 `steel`",
                "error out-of-range tables/top-width.csv B2 `850`",
            ],
        ),
        (
            &[Replace("tables/top-width.csv", "800..1500", "1500..800")],
            &["error bad-range tables/top-width.csv B3 `1500..800`"],
        ),
        (
            &[Replace("tables/top-width.csv", "800..1500", "800..x")],
            &["error bad-number tables/top-width.csv B3 `x`"],
        ),
        (
            &[Replace("tables/top-width.csv", "glass,800..1500", "glass,")],
            &["error missing-value tables/top-width.csv B3 ``"],
        ),
        (
            &[Write("tables/top-width.csv", b"top,width\n")],
            &["error empty-table tables/top-width.csv - `top,width`"],
        ),
        (
            &[
                Replace("rules.csv", "rule,when", "rule,product,when"),
                Replace("rules.csv", "carry,", "carry,desk|chair,"),
                Replace("rules.csv", "lit,", "lit,,"),
            ],
            &["error unknown-product rules.csv B2 `chair`"],
        ),
    ]);
}

#[test]
fn the_whole_language_of_conditions() {
    const CARRY: &str = "frame.carries >= top.mass";
    // All of these mean the same.
    check(&[
        (
            &[Replace("rules.csv", CARRY, "frame.carries / top.mass >= 1")],
            &[],
        ),
        (
            &[Replace("rules.csv", CARRY, "0 < top.mass <= frame.carries")],
            &[],
        ),
        (
            &[Replace(
                "rules.csv",
                CARRY,
                "top.mass ^ 2 <= frame.carries ^ 2",
            )],
            &[],
        ),
        (
            &[Replace(
                "rules.csv",
                CARRY,
                "\"max(top.mass, 25) <= frame.carries\"",
            )],
            &[],
        ),
        (
            &[Replace(
                "rules.csv",
                CARRY,
                "\"sum(top.mass, -frame.carries) <= 0\"",
            )],
            &[],
        ),
        (
            &[Replace("rules.csv", "lit,lamp", "lit,count(lamp) = 1")],
            &[],
        ),
    ]);
    check(&[
        (
            &[Replace("rules.csv", CARRY, "frame.carries / top.mass > 2")],
            &["warning dead-option options/frame.csv A3 `wood`"],
        ),
        (
            &[Replace("rules.csv", CARRY, "sqrt(top.mass) > 2")],
            &["error unsupported rules.csv C2 `sqrt`"],
        ),
    ]);
}
