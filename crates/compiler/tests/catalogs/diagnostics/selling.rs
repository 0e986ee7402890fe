//! What would be sold wrongly: offers that cannot compete, gaps, what costs nothing, floors.

use super::{check_in, line};
use crate::desk::Change::{self, Remove, Replace, Write};
use crate::desk::changed;
use jiff::civil::date;
use quotewright_compiler::compile_on;

/// A box by its width and kind.
const BOX: [(&str, &str); 7] = [
    (
        "catalog.toml",
        r#"id = "boxes"
title = { en = "Boxes" }
locales = ["en"]

[supplier]
name = "Box Works"

[prices]
visibility = "public"
currency = "EUR"
rounding = "half-up"
round_at = "line"

[[taxes]]
code = "standard"
percent = "21"
label = { en = "VAT" }

[[books]]
code = "public"
label = { en = "List" }

[[books]]
code = "x"
group = "x"
label = { en = "X" }
"#,
    ),
    ("products.csv", "product,name.en\nbox,Box\n"),
    ("groups.csv", "group,label.en\nall,All\n"),
    (
        "attributes.csv",
        "attribute,group,type,options,min,max,step,formula,label.en\n\
         w,all,number,,100,1000,100,,W\n\
         area,all,number,,0,3000,1,w * 2 - 37,Area\n\
         o,all,options,o,,,,,O\n",
    ),
    ("options/o.csv", "option,label.en\np,P\nq,Q\n"),
    (
        "rules.csv",
        "rule,when,require,explanation.en\nr,,w <= 900,No.\n",
    ),
    (
        "prices.csv",
        "step,kind,label.en,price.public\nbase,amount,Base,100\n",
    ),
];

const HEAD: &str = "step,kind,of,for,due,per,when,months,until,promotion,best_of,label.en,price.public,price.x,floor\n\
                    base,amount,,,,,,,,,,Base,100,,\n\
                    rent,amount,,,monthly,,,,,,,Rent,10,,\n";

fn write(file: &'static str, text: String) -> Change {
    Write(file, text.into_bytes().leak())
}

/// Rows below a base of 100 and a rent of 10.
fn rows(rows: &str) -> Change {
    write("prices.csv", format!("{HEAD}{rows}"))
}

fn told(changes: &[Change], told: &[&'static str]) {
    check_in(&BOX, &[(changes, told)]);
}

#[test]
fn a_quote_that_costs_less_by_what_is_taken_off_all_of_it() {
    let quote = [
        write(
            "products.csv",
            "product,name.en\nbox,Box\nquote,Quote\n".into(),
        ),
        write(
            "attributes.csv",
            "product,attribute,group,type,options,min,max,step,access,fact,label.en\n\
             quote,goods,all,number,,0,1000000,0.01,hidden,net,Goods\n\
             quote,pieces,all,number,,0,100000,1,hidden,pieces,Pieces\n"
                .into(),
        ),
        Remove("options/o.csv"),
        Remove("rules.csv"),
    ];
    let falls = &["warning falling-quote prices.csv B3 `off`"][..];
    for (row, expected) in [
        // Ten boxes are 850.00, nine 900.00.
        ("quote,off,percent,,net,goods >= 1000,Off,-15", falls),
        ("quote,off,percent,,net,goods >= 1000,Off,-10", &[]),
        // Eleven are 990.00, ten 1,000.00.
        ("quote,off,percent,,net,goods > 1000,Off,-10", falls),
        ("quote,off,amount,,apart,pieces >= 5,Off,-101", falls),
        ("quote,off,amount,,apart,pieces >= 5,Off,-100", &[]),
        // What ends with a small order is meant to.
        ("quote,small,amount,,net,goods < 150,Small,500", &[]),
        // Three are 190.00, two 200.00.
        ("quote,off,bundle,3 box,net,,Off,190", falls),
        ("quote,off,bundle,3 box,net,,Off,200", &[]),
    ] {
        let head =
            "product,step,kind,of,share,when,label.en,price.public\nbox,base,amount,,,,Base,100\n";
        let prices = write("prices.csv", format!("{head}{row}\n"));
        let [products, attributes, options, rules] = quote;
        told(&[products, attributes, options, rules, prices], expected);
    }
}

#[test]
fn only_steps_of_the_same_compete() {
    let ten = "ten,percent,base,,,,,,,,z,Ten,-10,,\n";
    for (below, expected) in [
        ("other,percent,base,,,,,,,,z,Other,-12,,\n", &[][..]),
        (
            "other,amount,,line,,,,,,,z,Other,-12,,\n",
            &["error unfit prices.csv K5 `z`"],
        ),
        (
            "other,percent,rent,,monthly,,,,,,z,Other,-12,,\n",
            &["error unfit prices.csv K5 `z`"],
        ),
        (
            "between,amount,,,,,,,,,,Between,1,,\nother,percent,base,,,,,,,,z,Other,-12,,\n",
            &["error unfit prices.csv K6 `z`"],
        ),
    ] {
        told(&[rows(&format!("{ten}{below}"))], expected);
    }
}

#[test]
fn what_decides_nothing() {
    told(
        &[rows("more,amount,,,,,,1-3,,,,More,5,,\n")],
        &["error unused-cell prices.csv H4 `1-3`"],
    );
    let limits = |most| {
        rows(&format!(
            "least,minimum,base,line,,,,,,,,Least,500,,\nmost,maximum,base|least,line,,,,,,,,Most,{most},,\n"
        ))
    };
    told(
        &[limits(100)],
        &["warning crossed-limits prices.csv B5 `maximum`"],
    );
    told(&[limits(500)], &[]);
}

#[test]
fn any_value_without_a_row_is_told() {
    let table = "table,table,m,,,,,,,,,Table,,,\n";
    let m = |text: &str| write("price-tables/m.csv", text.to_owned());
    let gap = &["warning price-gap price-tables/m.csv - `w,price.public`"][..];
    // The rule excludes 1000, the largest of those that need the next row.
    told(&[rows(table), m("w,price.public\n300,5\n700,6\n")], gap);
    told(&[rows(table), m("w,price.public\n300,5\n900,6\n")], &[]);
    let when = table.replace("m,,,,", "m,,,,w <= 700");
    for (last, expected) in [("600", gap), ("700", &[])] {
        let text = format!("w,price.public\n300,5\n{last},6\n");
        told(&[rows(&when), m(&text)], expected);
    }
    // An attribute that a formula works out.
    let area = &["warning price-gap price-tables/m.csv - `area,price.public`"][..];
    for (last, expected) in [("1763", &[][..]), ("1762", area)] {
        let text = format!("area,price.public\n163,5\n{last},6\n");
        told(&[rows(table), m(&text)], expected);
    }
    // Tiers by a number end as well.
    let scale = "seats,graduated,,line,,w / 100,,,,,,Seats,,,\n";
    for (end, expected) in [
        ("8", &["warning price-gap tiers.csv B3 `8`"][..]),
        ("9", &[]),
    ] {
        let tiers = format!("step,up_to,price.public\nseats,2,5\nseats,{end},4\n");
        told(&[rows(scale), write("tiers.csv", tiers)], expected);
    }
}

#[test]
fn a_large_table_is_searched() {
    let wide = Replace("attributes.csv", "100,1000,100,,W", "1,100,1,,W");
    let high = Replace("attributes.csv", "w * 2 - 37,Area", ",Area");
    let more = Replace("attributes.csv", "0,3000,1", "1,40,1");
    let table = "table,table,m,,,,,,,,,Table,,,\n";
    for (last, expected) in [
        (40, &[][..]),
        (
            39,
            &["warning price-gap price-tables/m.csv - `w,area,price.public`"],
        ),
    ] {
        let all = (1..=100).flat_map(|w| (1..=40).map(move |area| (w, area)));
        let all = all.filter(|it| *it != (100, 40) || last == 40);
        let lines: String = all.map(|(w, area)| format!("{w},{area},5\n")).collect();
        let text = format!("w,area,price.public\n{lines}");
        told(
            &[
                wide,
                high,
                more,
                rows(table),
                write("price-tables/m.csv", text),
            ],
            expected,
        );
    }
}

#[test]
fn what_is_sold_for_nothing() {
    let head = "step,kind,of,when,promotion,until,label.en,price.public,price.x\n";
    let nothing = "warning sold-for-nothing prices.csv H2 `5`";
    for (rows, expected) in [
        ("p,amount,,o = p,,,P,5,\nq,amount,,o = q,,,Q,6,\n", &[][..]),
        ("p,amount,,o = p,,,P,5,\n", &[nothing]),
        // In one book only.
        (
            "p,amount,,o = p,,,P,5,\nq,amount,,o = q,,,Q,,6\n",
            &[nothing],
        ),
        ("p,amount,,,NEW,,P,5,\n", &[nothing]),
        ("p,amount,,,,2026-01-31,P,5,\n", &[nothing]),
    ] {
        let source = changed(&BOX, &[write("prices.csv", format!("{head}{rows}"))]);
        let found = compile_on(&source, date(2026, 6, 1)).diagnostics;
        let found: Vec<String> = found.iter().map(|it| line(&source, it)).collect();
        assert_eq!(found, expected, "{rows}");
    }
    let options = "option,label.en,price.public\np,P,1\nq,Q,2\n".to_owned();
    for (when, expected) in [
        ("o = p", &["warning unused-prices options/o.csv C3 `2`"][..]),
        ("w > 300", &[]),
    ] {
        let step = format!("o,options,o,,,,{when},,,,,O,,,\n");
        told(
            &[rows(&step), write("options/o.csv", options.clone())],
            expected,
        );
    }
}

#[test]
fn a_floor_is_without_tax() {
    let tax = Replace("catalog.toml", "round_at", "tax = \"contained\"\nround_at");
    let floor = |base: &str, more: &str| {
        let head = "step,kind,of,label.en,price.public,floor\n";
        write(
            "prices.csv",
            format!("{head}base,amount,,Base,{base},80\n{more}"),
        )
    };
    let off = "off,percent,base,Off,-25,\n";
    told(&[floor("90", "")], &[]);
    told(&[tax, floor("96.80", "")], &[]);
    told(
        &[tax, floor("96.79", "")],
        // In each of the two books.
        &["warning under-floor prices.csv F2 `80`"; 2],
    );
    told(&[floor("121", off)], &[]);
    let passed = &["warning floor-passed prices.csv F2 `80`"][..];
    told(&[tax, floor("121", off)], passed);
    // No percentage, but the configuration as suggested.
    told(&[floor("100", "off,amount,,Off,-25,\n")], passed);
    told(&[floor("100", "off,amount,,Off,-20,\n")], &[]);
}

#[test]
fn books_beyond_the_first_are_looked_at() {
    let mut books = String::new();
    let mut columns = String::new();
    for at in 0..25 {
        books += &format!(
            "\n[[books]]\ncode = \"c{at}\"\ncustomer = \"c{at}\"\nlabel = {{ en = \"C\" }}\n"
        );
        columns += &format!(",price.c{at}");
    }
    let book = "[[books]]\ncode = \"x\"\ngroup = \"x\"\nlabel = { en = \"X\" }\n";
    let commas = ",".repeat(24);
    let prices = format!(
        "step,kind,of,label.en,price.public{columns},floor\n\
         base,amount,,Base,100,{commas},80\noff,percent,base,Off,,{commas}-50,\n"
    );
    let books = Replace("catalog.toml", book, books.leak());
    told(
        &[books, write("prices.csv", prices)],
        &["warning floor-passed prices.csv AE2 `80`"],
    );
    let tiers =
        format!("step,up_to,price.public{columns}\nmore,10,5{commas},\nmore,,4.9{commas},1\n");
    let prices = "step,kind,label.en\nmore,volume,More\n".to_owned();
    told(
        &[
            books,
            write("prices.csv", prices),
            write("tiers.csv", tiers),
        ],
        &["warning falling-total tiers.csv A3 `more`"],
    );
}

#[test]
fn days_are_only_missing_for_what_can_be_configured() {
    for (last, expected) in [
        ("900", &[][..]),
        ("800", &["error days-gap delivery.csv D2 `d`"]),
    ] {
        let step = "product,step,kind,of,after,label.en\nbox,saw,table,d,order,Saw\n";
        told(
            &[
                write("delivery.csv", step.to_owned()),
                write(
                    "delivery-tables/d.csv",
                    format!("w,days\n300,5\n{last},6\n"),
                ),
            ],
            expected,
        );
    }
}

#[test]
fn terms_of_a_contract_are_not_for_others() {
    for (audience, expected) in [
        (
            "group = \"x\"",
            &["error foreign-terms catalog.toml - `\"k\"`"][..],
        ),
        ("contract = \"k\"\nchannel = \"shop\"\npriority = 1", &[]),
    ] {
        let books = format!(
            "group = \"x\"\nlabel = {{ en = \"X\" }}\n\n\
             [[books]]\ncode = \"k\"\ncontract = \"k\"\npriority = 2\nlabel = {{ en = \"K\" }}\n\n\
             [[books]]\ncode = \"y\"\n{audience}\nbased_on = \"k\"\nlabel = {{ en = \"Y\" }}\n"
        );
        let first = "group = \"x\"\nlabel = { en = \"X\" }\n";
        let books = books.replacen("group = \"x\"", "group = \"other\"\npriority = 3", 1);
        told(&[Replace("catalog.toml", first, books.leak())], expected);
    }
}
