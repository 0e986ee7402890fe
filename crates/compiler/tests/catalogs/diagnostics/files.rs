//! Files that are missing, unknown or not sheets, and what `catalog.toml` says.

use quotewright_compiler::{CatalogSource, Diagnostic, compile};

use super::check;
use crate::desk::Change::{Remove, Replace, Write};
use crate::desk::desk;

#[test]
fn files() {
    check(&[
        (
            &[Remove("catalog.toml"), Remove("groups.csv")],
            &[
                "error missing-file catalog.toml - ``",
                "error missing-file groups.csv - ``",
            ],
        ),
        (
            &[Write("rule.csv", b"a\n")],
            &["error unknown-file rule.csv - ``"],
        ),
        (
            &[Write("groups.csv", b"")],
            &["error empty-sheet groups.csv - ``"],
        ),
        (
            &[Write(
                "tables.csv",
                b"table,explanation.en,explanation.nl\nt,Caf\xe9,x\n",
            )],
            &[
                "error not-utf-8 tables.csv - `\u{fffd}`",
                "error unlisted-table tables/top-width.csv - ``",
            ],
        ),
        (
            &[Write("tiers.csv", b"step,from\n\"more,5\n")],
            &[
                "error missing-tiers prices.csv A8 `more`",
                "error unclosed-quote tiers.csv - `\"`",
            ],
        ),
        (
            &[Write(
                "options/colour.csv",
                b"option,label.en,label.nl\nred,Red,Rood\n",
            )],
            &["warning unused-list options/colour.csv - ``"],
        ),
        (
            &[Write("tables/odd.csv", b"top,frame\noak,wood\n")],
            &["error unlisted-table tables/odd.csv - ``"],
        ),
        (
            &[Write("price-tables/odd.csv", b"top,price.public\noak,1\n")],
            &["warning unused-prices price-tables/odd.csv - ``"],
        ),
    ]);
}

#[test]
fn a_missing_sheet_is_one_mistake() {
    let compilation = compile(&desk(&[Remove("products.csv")]));
    let missing = |it: &Diagnostic| it.code == "missing-file";
    assert!(compilation.diagnostics.iter().all(missing));
}

#[test]
fn catalog_toml() {
    check(&[
        (
            &[Replace("catalog.toml", "title = {", "titel = {")],
            &[
                "error missing-key catalog.toml - ``",
                "error unknown-key catalog.toml - `titel`",
            ],
        ),
        (
            &[Replace("catalog.toml", "\"EUR\"", "\"EURO\"")],
            &["error unknown-currency catalog.toml - `\"EURO\"`"],
        ),
        (
            &[Replace("catalog.toml", "half-up", "nearest")],
            &["error unknown-word catalog.toml - `\"nearest\"`"],
        ),
        (
            &[Replace(
                "catalog.toml",
                "percent = \"21\"",
                "percent = \"210\"",
            )],
            &["error bad-number catalog.toml - `\"210\"`"],
        ),
        (
            &[Replace(
                "catalog.toml",
                "percent = \"21\"",
                "percent = 21.5",
            )],
            &["error type catalog.toml - `21.5`"],
        ),
        (
            &[Replace("catalog.toml", "\"2026-01-01\"", "\"1-1-2026\"")],
            &["error bad-date catalog.toml - `\"1-1-2026\"`"],
        ),
        (
            &[Replace("catalog.toml", "\"2026-12-31\"", "\"2025-12-31\"")],
            &["error bad-date catalog.toml - `[[books]]`"],
        ),
        (
            &[Replace(
                "catalog.toml",
                "code = \"public\"",
                "code = \"list\"",
            )],
            &[
                "error no-public-book catalog.toml - ``",
                "error missing-key catalog.toml - `[[books]]`",
                "error unknown-book options/top.csv F1 `price.public`",
                "error unknown-book price-tables/body.csv C1 `price.public`",
                "error unknown-book prices.csv I1 `price.public`",
                "error unknown-book tiers.csv C1 `percent.public`",
            ],
        ),
        (
            &[Replace("catalog.toml", "customer = \"acme\"\n", "")],
            &["error missing-key catalog.toml - `[[books]]`"],
        ),
        (
            &[Replace("catalog.toml", "Bureaus", "")],
            &["warning missing-translation catalog.toml - `{ en = \"Desks\", nl = \"\" }`"],
        ),
        (
            &[Replace("catalog.toml", "nl = \"Btw\"", "de = \"MwSt\"")],
            &[
                "warning missing-translation catalog.toml - `{ en = \"VAT\", de = \"MwSt\" }`",
                "error unknown-language catalog.toml - `de`",
            ],
        ),
        (
            &[Replace(
                "catalog.toml",
                "[\"en\", \"nl\"]",
                "[\"en\", \"nl\", \"dutch!\"]",
            )],
            &["error bad-language catalog.toml - `\"dutch!\"`"],
        ),
        (
            &[Replace(
                "catalog.toml",
                "id = \"desks\"",
                "id = \"My desks\"",
            )],
            &["error bad-code catalog.toml - `\"My desks\"`"],
        ),
        (
            &[Replace("products.csv", "standard", "high")],
            &["error unknown-tax products.csv E2 `high`"],
        ),
    ]);
}

#[test]
fn foreign_spreadsheets_are_read() {
    let comma = "step,from,percent.public,percent.acme\nmore,5,-3.5,-5\nmore,20,-6,-9\n";
    let semicolon = "\u{feff}step;from;percent.public;percent.acme\r\n\
                     more;5;-3,5;-5\r\n\r\nmore;20;-6;-9\r\n;;;\r\n";
    let catalogs = [comma, semicolon].map(|tiers| {
        let mut files = crate::desk::DESK.map(|(name, text)| (name, text.to_owned()));
        for (name, text) in &mut files {
            if *name == "tiers.csv" {
                *text = tiers.to_owned();
            }
        }
        let compilation = compile(&CatalogSource::from_files(files));
        assert_eq!(compilation.diagnostics, []);
        compilation.catalog
    });
    assert_eq!(catalogs[0], catalogs[1]);
}
