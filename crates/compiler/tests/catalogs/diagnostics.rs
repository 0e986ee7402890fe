//! Every mistake is told at the right place: a table of spoiled catalogs.

use crate::desk::Change::{self, Remove, Replace, Write};
use crate::desk::desk;
use quotewright_compiler::{CatalogSource, Diagnostic, Severity, compile, render};

/// What is changed, and what is told about it: severity, code, file, cell, words underlined.
type Case = (&'static [Change], &'static [&'static str]);

fn check(cases: &[Case]) {
    let mut wrong = String::new();
    for (changes, expected) in cases {
        let source = desk(changes);
        let compilation = compile(&source);
        let told: Vec<String> = compilation
            .diagnostics
            .iter()
            .map(|diagnostic| line(&source, diagnostic))
            .collect();
        let has_errors = told.iter().any(|line| line.starts_with("error"));
        assert_eq!(compilation.catalog.is_none(), has_errors, "{changes:?}");
        if told != *expected {
            let text = render(&compilation.diagnostics, &source, false);
            wrong += &format!("{changes:?}\n expected {expected:#?}\n told {told:#?}\n{text}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn line(source: &CatalogSource, diagnostic: &Diagnostic) -> String {
    let location = &diagnostic.location;
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let text = source.get(&location.file).unwrap_or_default();
    let words = text.get(location.span.start..location.span.end);
    let words = String::from_utf8_lossy(words.expect("the place is in the file"));
    let cell = location.cell.as_deref().unwrap_or("-");
    assert!(!diagnostic.message.ends_with('.'), "{}", diagnostic.message);
    format!(
        "{severity} {} {} {cell} `{words}`",
        diagnostic.code, location.file
    )
}

#[test]
fn a_catalog_without_mistakes_is_clean() {
    check(&[
        (&[], &[]),
        // Texts in one language only, where the catalog has one.
        (&[Replace("catalog.toml", "half-up", "half-even")], &[]),
        // A step that only one book has.
        (&[Replace("prices.csv", "Basis,100,90", "Basis,,90")], &[]),
    ]);
}

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
fn one_missing_sheet_is_one_mistake() {
    let sheets: [&str; 2] = ["attributes.csv", "products.csv"];
    for sheet in sheets {
        let compilation = compile(&desk(&[Remove(sheet)]));
        let missing = |it: &Diagnostic| it.code == "missing-file" || it.code == "no-attributes";
        assert!(compilation.diagnostics.iter().all(missing), "{sheet}");
    }
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
            &[Replace("catalog.toml", "half-up", "up")],
            &["error unknown-word catalog.toml - `\"up\"`"],
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
fn columns_and_cells() {
    check(&[
        (
            &[Replace("products.csv", "lead_days", "leaddays")],
            &["error unknown-column products.csv D1 `leaddays`"],
        ),
        (
            &[Replace("rules.csv", "require", "requires")],
            &[
                "error missing-column rules.csv - `rule,when,requires,explanation.en,explanation.nl`",
                "error unknown-column rules.csv C1 `requires`",
                "error missing-value rules.csv - `carry`",
                "error missing-value rules.csv - `lit`",
            ],
        ),
        (
            &[Replace(
                "groups.csv",
                ",label.nl\nsize,Size,Maat\nlook,Look,Uiterlijk",
                "\nsize,Size\nlook,Look",
            )],
            &["warning missing-translation groups.csv - `group,label.en`"],
        ),
        (
            &[Replace("groups.csv", "Maat", "")],
            &["warning missing-translation groups.csv C2 ``"],
        ),
        (
            &[Replace("groups.csv", "Size", "")],
            &["error missing-text groups.csv B2 ``"],
        ),
        (
            &[Replace("groups.csv", "label.nl", "label.de")],
            &[
                "warning missing-translation groups.csv - `group,label.en,label.de`",
                "error unknown-language groups.csv C1 `label.de`",
            ],
        ),
        (
            &[Replace("groups.csv", "label.nl", "label.en")],
            &[
                "warning missing-translation groups.csv - `group,label.en,label.en`",
                "error duplicate-column groups.csv C1 `label.en`",
            ],
        ),
        (
            &[Replace("rules.csv", "Too heavy.", "Too heavy, really.")],
            &["error cell-count rules.csv F2 `Te zwaar.`"],
        ),
        (
            &[Replace("rules.csv", ",Too heavy.,Te zwaar.", "")],
            &[
                "error missing-text rules.csv D2 `carry`",
                "error cell-count rules.csv C2 `frame.carries >= top.mass`",
            ],
        ),
        (
            &[Replace("products.csv", "Bureau,5", "Bureau,five")],
            &["error bad-number products.csv D2 `five`"],
        ),
        (
            &[Replace("products.csv", "Bureau,5", "Bureau,2.5")],
            &["error bad-number products.csv D2 `2.5`"],
        ),
        (
            &[Replace("options/top.csv", "20,120", "\"1,250\",120")],
            &["error bad-number options/top.csv E2 `1,250`"],
        ),
        (
            &[Replace("options/top.csv", "20,120", ",120")],
            &["error missing-value options/top.csv E2 ``"],
        ),
        (
            &[Replace("options/top.csv", "property.mass", "property.Mass")],
            &[
                "error bad-code options/top.csv E1 `property.Mass`",
                "error unknown-property rules.csv C2 `mass`",
            ],
        ),
    ]);
}

#[test]
fn products_and_attributes() {
    check(&[
        (
            &[Replace(
                "products.csv",
                "standard\n",
                "standard\ndesk,Desk,Bureau,5,standard\n",
            )],
            &["error duplicate-code products.csv A3 `desk`"],
        ),
        (
            &[Replace("attributes.csv", "\nlamp,", "\ntop,")],
            &[
                "error duplicate-code attributes.csv A6 `top`",
                "error unknown-attribute prices.csv F6 `lamp`",
                "error unknown-attribute rules.csv B3 `lamp`",
            ],
        ),
        (
            &[Replace("attributes.csv", "\nlamp,", "\nLamp,")],
            &[
                "error bad-code attributes.csv A6 `Lamp`",
                "error unknown-attribute prices.csv F6 `lamp`",
                "error unknown-attribute rules.csv B3 `lamp`",
            ],
        ),
        (
            &[Replace("attributes.csv", "yes_no", "yesno")],
            &["error unknown-type attributes.csv C6 `yesno`"],
        ),
        (
            &[Replace("attributes.csv", "options,top", "options,tops")],
            &["error unknown-list attributes.csv D4 `tops`"],
        ),
        (
            &[Replace(
                "attributes.csv",
                "lamp,look,yes_no,,,",
                "lamp,look,yes_no,top,3,",
            )],
            &[
                "error unused-cell attributes.csv D6 `top`",
                "error unused-cell attributes.csv E6 `3`",
            ],
        ),
        (
            &[Replace("attributes.csv", "800,2000,100", "800,2050,100")],
            &["error bad-range attributes.csv F2 `2050`"],
        ),
        (
            &[Replace("attributes.csv", "800,2000,100", "800,200,100")],
            &["error bad-range attributes.csv F2 `200`"],
        ),
        (
            &[Replace("attributes.csv", "800,2000,100", "800,2000,0")],
            &["error bad-range attributes.csv G2 `0`"],
        ),
        (
            &[Replace("attributes.csv", "100,mm,1200", "100,mm,1250")],
            &["error out-of-range attributes.csv I2 `1250`"],
        ),
        (
            &[Replace("attributes.csv", "top,,,,,first", "top,,,,,maple")],
            &["error unknown-option attributes.csv I4 `maple`"],
        ),
        (
            &[Replace("attributes.csv", "100,mm,", "100,nm,")],
            &["warning unknown-unit attributes.csv H2 `nm`"],
        ),
        (
            &[Replace(
                "attributes.csv",
                "1,,,width / 500 + 2",
                "1,,5,width / 500 + 2",
            )],
            &["error unused-cell attributes.csv I3 `5`"],
        ),
        (
            &[Replace(
                "attributes.csv",
                "width / 500 + 2",
                "width / 500 + legs",
            )],
            &["error formula-cycle attributes.csv J3 `width / 500 + legs`"],
        ),
        (
            &[Replace("attributes.csv", "mm,1200,,", "mm,,legs * 400,")],
            &["error formula-cycle attributes.csv J2 `legs * 400`"],
        ),
        (
            &[Write(
                "attributes.csv",
                b"attribute,group,type,label.en,label.nl\n",
            )],
            &["error no-attributes products.csv A2 `desk`"],
        ),
        (
            &[Replace("options/top.csv", "glass,T2", "oak,T2")],
            &[
                "error duplicate-code options/top.csv A3 `oak`",
                "error unknown-option tables/top-width.csv A3 `glass`",
            ],
        ),
    ]);
}

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

#[test]
fn prices() {
    check(&[
        (
            &[Replace("prices.csv", "base|body,", "base|bodi,")],
            &["error unknown-step prices.csv C7 `bodi`"],
        ),
        (
            &[Replace("prices.csv", "base|body,", "base|more,")],
            &["error later-step prices.csv C7 `more`"],
        ),
        (
            &[Replace("prices.csv", "table,body", "table,bodies")],
            &["error unknown-price-table prices.csv C5 `bodies`"],
        ),
        (
            &[Replace("prices.csv", "price.acme", "price.acne")],
            &["error unknown-book prices.csv J1 `price.acne`"],
        ),
        (
            &[Replace("prices.csv", "lit,amount", "lit,sum")],
            &["error unknown-kind prices.csv B6 `sum`"],
        ),
        (
            &[Replace("prices.csv", "Basis,100,90,50", "Basis,,,50")],
            &["error missing-value prices.csv I2 ``"],
        ),
        (
            &[Replace("prices.csv", "Basis,100,90,50", "Basis,a,b,c")],
            &[
                "error bad-number prices.csv I2 `a`",
                "error bad-number prices.csv J2 `b`",
                "error bad-number prices.csv K2 `c`",
            ],
        ),
        (
            &[Replace("prices.csv", "Blad,,,", "Blad,7,,")],
            &["error unused-cell prices.csv I4 `7`"],
        ),
        (
            &[Replace("prices.csv", "options,top,", "options,lamp,")],
            &[
                "warning unused-prices options/top.csv F2 `120`",
                "error type prices.csv C4 `lamp`",
            ],
        ),
        (
            &[Replace(
                "prices.csv",
                "\ntop,options,top,,,,Top,Blad,,,",
                "",
            )],
            &["warning unused-prices options/top.csv F2 `120`"],
        ),
        (
            &[Replace("prices.csv", "width / 1000", "width / legs")],
            &["error unsupported prices.csv D5 `legs`"],
        ),
        (
            &[Replace("prices.csv", "width / 1000", "width / 0")],
            &["error division-by-zero prices.csv D5 `0`"],
        ),
        (
            &[Replace("prices.csv", "Zorg,5,4", "Zorg,-500,4")],
            &["error bad-number prices.csv I7 `-500`"],
        ),
        (
            &[Replace("tiers.csv", "more,5", "more,-5")],
            &["error bad-number tiers.csv B2 `-5`"],
        ),
        (
            &[Replace("tiers.csv", "more,20", "more,2")],
            &["error tier-order tiers.csv B3 `2`"],
        ),
        (
            &[Replace("tiers.csv", "more,20", "moar,20")],
            &["error unknown-step tiers.csv A3 `moar`"],
        ),
        (
            &[Replace("tiers.csv", "more,20", "base,20")],
            &["error type tiers.csv A3 `base`"],
        ),
        (
            &[Replace(
                "price-tables/body.csv",
                "steel,1200,200",
                "steel,1200,",
            )],
            &["error missing-value price-tables/body.csv C2 ``"],
        ),
        (
            &[Replace("price-tables/body.csv", "steel,1200", "steal,1200")],
            &["error unknown-option price-tables/body.csv A2 `steal`"],
        ),
        (
            &[Replace("price-tables/body.csv", "steel,1200", "steel,2100")],
            &["warning hidden-row price-tables/body.csv A3 `steel`"],
        ),
    ]);
}

#[test]
fn what_only_a_search_finds() {
    check(&[
        (
            &[Replace("options/top.csv", "Glas,35", "Glas,95")],
            &["warning dead-option options/top.csv A3 `glass`"],
        ),
        (
            &[Replace("rules.csv", "width >= 1000", "width >= 3000")],
            &[
                "warning dead-option attributes.csv A6 `lamp`",
                "warning idle-rule rules.csv B3 `lamp`",
            ],
        ),
        (
            &[Replace("rules.csv", "top.mass,", "100,")],
            &["error impossible-product products.csv A2 `desk`"],
        ),
        (
            &[Replace("price-tables/body.csv", "steel,2000", "steel,1800")],
            &[
                "warning price-gap price-tables/body.csv - `frame,width,price.public,price.acme,cost`",
            ],
        ),
        (
            &[Replace(
                "attributes.csv",
                "800,2000,100,mm,1200",
                "0,2000000000000,0.001,mm,",
            )],
            &["error unsupported attributes.csv F2 `2000000000000`"],
        ),
        // Values that the rules exclude need no price.
        (
            &[
                Replace("price-tables/body.csv", "wood,2000", "wood,1500"),
                Replace(
                    "rules.csv",
                    "\nlit",
                    "\nsmall,frame = wood,width <= 1500,Weak.,Zwak.\nlit",
                ),
            ],
            &[],
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
