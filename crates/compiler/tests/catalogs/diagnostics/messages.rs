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
        (
            &[
                Replace("price-tables/body.csv", "wood,2000", "*,2000"),
                Replace("price-tables/body.csv", "steel,1200", "steel|wood,1200"),
            ],
            &[
                "error several-values price-tables/body.csv A2 `steel|wood`",
                "error several-values price-tables/body.csv A4 `*`",
            ],
        ),
    ]);
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
            Replace("price-tables/body.csv", "wood,2000", "wood,*"),
            "write one number, which counts up to and including it: 2000 for any",
        ),
    ] {
        let hints = compile(&desk(&[change])).diagnostics.into_iter();
        let hints: Vec<String> = hints.filter_map(|it| it.hint).collect();
        assert!(hints.iter().any(|it| it == expected), "{hints:#?}");
    }
}
