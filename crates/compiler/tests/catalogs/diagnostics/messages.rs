//! What is said where several products, or several values, are meant.

use quotewright_compiler::compile;

use super::check;
use crate::desk::Change::{self, Replace, Write};
use crate::desk::desk;

/// A second product, and steps of which it has one only.
const BENCH: [Change; 2] = [
    Replace(
        "products.csv",
        "5,standard\n",
        "5,standard\nbench,Bench,Bank,5,standard\n",
    ),
    Write(
        "prices.csv",
        b"product,step,kind,of,label.en,label.nl,price.public\n\
          ,base,amount,,Base,Basis,100\n\
          ,top,options,top,Top,Blad,\n\
          ,body,table,body,Body,Romp,\n\
          desk,more,tiers,,Quantity,Aantal,\n",
    ),
];

#[test]
fn a_row_of_tiers_for_every_product_is_for_those_with_the_step() {
    let [bench, prices] = BENCH;
    check(&[
        (&[bench, prices], &[]),
        (
            &[bench, prices, Replace("tiers.csv", "more,20", "moar,20")],
            &["error unknown-step tiers.csv A3 `moar`"],
        ),
    ]);
}

#[test]
fn a_cell_of_a_price_table_is_for_several_values() {
    let body = |from, to| Replace("price-tables/body.csv", from, to);
    check(&[
        (&[body("steel,1200", "steel|wood,1200")], &[]),
        (
            &[body("steel,2000", "*,2000")],
            &["error row-overlap price-tables/body.csv A4 `wood`"],
        ),
        (
            &[
                body("steel,1200", "steel|wood,1200"),
                body("wood,2000", "wood,1000"),
            ],
            &["error row-overlap price-tables/body.csv A4 `wood`"],
        ),
        (
            &[body("steel,1200", "steel|wod,1200")],
            &["error unknown-option price-tables/body.csv A2 `wod`"],
        ),
        (
            &[body("wood,2000", "wood,1200|2000")],
            &["error several-values price-tables/body.csv B4 `1200|2000`"],
        ),
    ]);
}

#[test]
fn several_values_in_a_cell_are_a_row_for_each() {
    let rows = "steel,2000,300,270,140\nwood,2000,250,,110\n";
    let both = "steel,2000,300,270,140\nwood,2000,300,270,140\n";
    let tables = |to| {
        let compiled = compile(&desk(&[Replace("price-tables/body.csv", rows, to)]));
        assert_eq!(compiled.diagnostics, [], "{to}");
        let packs = compiled.catalog.expect("a catalog").packs.into_iter();
        let products = packs.flat_map(|it| it.pack.products);
        products.map(|it| it.tables).collect::<Vec<_>>()
    };
    for (wide, narrow) in [
        ("steel,2000,300,270,140\nwood,*,250,,110\n", rows),
        ("steel|wood,2000,300,270,140\n", both),
        ("*,*,300,270,140\n", both),
    ] {
        assert_eq!(tables(wide), tables(narrow), "{wide}");
    }
}

#[test]
fn what_to_do_is_said() {
    for (change, expected) in [
        (
            Write(
                "prices.csv",
                b"product,step,kind,label.en,label.nl,price.public\nquote,base,amount,Base,Basis,1\n",
            ),
            "add a row `quote` to products.csv: it stands for a quote as a whole",
        ),
        (
            Replace("catalog.toml", "customer = \"acme\"\n", ""),
            "add `customer`, `group`, `contract`, `countries`, `channel`, `partner`; prices for everybody stand in the book `public`",
        ),
        (
            Replace("price-tables/body.csv", "wood,2000", "wood,1200|2000"),
            "write a row for each number; a column that does not matter can be left out",
        ),
    ] {
        let hints = compile(&desk(&[change])).diagnostics.into_iter();
        let hints: Vec<String> = hints.filter_map(|it| it.hint).collect();
        assert!(hints.iter().any(|it| it == expected), "{hints:#?}");
    }
}
