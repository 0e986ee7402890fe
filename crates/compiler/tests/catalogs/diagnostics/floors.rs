//! Floors that discounts can pass together.

use super::check;
use crate::desk::Change::{self, Remove, Replace, Write};

/// Steps after a base of 100, with a floor of 80 and a cost of 60.
fn steps(rows: &str) -> Change {
    Write("prices.csv", sheet(rows).into_bytes().leak())
}

/// As [`steps`]; those of the quote stand apart.
fn apart(rows: &str) -> Change {
    let share = |line: &str| match line.split(',').next() {
        Some("product") => "share",
        Some("quote") => "apart",
        _ => "",
    };
    let sheet = sheet(rows);
    let lines = sheet
        .lines()
        .map(|line| format!("{line},{}\n", share(line)));
    Write("prices.csv", lines.collect::<String>().into_bytes().leak())
}

fn sheet(rows: &str) -> String {
    format!(
        "product,step,kind,of,when,at_least,promotion,best_of,unless,label.en,label.nl,price.public,cost,floor\n\
         desk,base,amount,,,,,,,Base,Basis,100,60,80\n\
         desk,top,options,top,,,,,,Top,Blad,,,\n\
         desk,body,table,body,,,,,,Body,Romp,,,\n{rows}"
    )
}

const QUOTE: Change = Replace(
    "products.csv",
    "standard\n",
    "standard\nquote,Quote,Offerte,,standard\n",
);
const NO_TIERS: Change = Remove("tiers.csv");
const MARGIN: Change = Replace(
    "catalog.toml",
    "round_at = \"line\"\n",
    "round_at = \"line\"\nleast_margin = \"30\"\n",
);

#[test]
fn discounts_that_pass_a_floor_together() {
    let floor = &["warning floor-passed prices.csv N2 `80`"][..];
    let ten = "desk,ten,percent,,,,TEN,,,Ten,Tien,-10,,\n";
    let twelve = "desk,twelve,percent,,,,TWELVE,,,Twelve,Twaalf,-12,,\n";
    for (rows, told) in [
        (ten.to_owned(), &[][..]),
        // 100 * 0.9 * 0.88 = 79.20.
        (format!("{ten}{twelve}"), floor),
        // Of the base alone both are 22.
        (
            format!("{ten}{twelve}").replace("percent,", "percent,base"),
            floor,
        ),
        // Those that exclude one another never meet.
        (
            format!("{ten}{}", twelve.replace("TWELVE,,,", "TWELVE,,ten,")),
            &[],
        ),
        (
            format!("{ten}{twelve}")
                .replace("TEN,,", "TEN,best,")
                .replace("TWELVE,,", "TWELVE,best,"),
            &[],
        ),
        // What is always added makes up for it.
        (
            format!("desk,more,percent,,,,,,,More,Meer,5,,\n{ten}{twelve}"),
            &[],
        ),
        (
            format!("desk,more,percent,,top = oak,,,,,More,Meer,5,,\n{ten}{twelve}"),
            floor,
        ),
        // So does a percentage with a floor of its own not.
        (
            format!("desk,more,percent,,,,,,,More,Meer,5,,5\n{ten}{twelve}"),
            floor,
        ),
    ] {
        check(&[(&[steps(&rows), NO_TIERS], told)]);
    }
    // The questions about a quote are those about every product here.
    let unused = "warning unused-prices options/top.csv F2 `120`";
    let (floor, meant) = (&[unused, floor[0]][..], &[unused][..]);
    for (row, told) in [
        ("quote,early,percent,,,,,,,Early,Vroeg,-21,,\n", floor),
        ("quote,early,percent,,,,,,,Early,Vroeg,-20,,\n", meant),
        ("quote,early,percent,desk,,,,,,Early,Vroeg,-21,,\n", floor),
    ] {
        check(&[(&[steps(row), QUOTE, NO_TIERS], told)]);
        check(&[(&[apart(row), QUOTE, NO_TIERS], told)]);
    }
    // What is charged apart makes up for nothing.
    let rows = "quote,small,percent,,,,,,,Small,Klein,5,,\nquote,early,percent,desk,,,,,,Early,Vroeg,-21,,\n";
    check(&[(&[apart(rows), QUOTE, NO_TIERS], floor)]);
}

#[test]
fn discounts_that_leave_too_little_margin() {
    let body = "warning floor-passed price-tables/body.csv";
    let rows = "desk,off,percent,,,,OFF,,,Off,Af,-15,,\n";
    // 60 of 85 leave less than 30 percent, 90 of 170, 140 of 255 and 110 of 212.50 leave more.
    check(&[
        (
            &[steps(rows), NO_TIERS, MARGIN],
            &["warning floor-passed prices.csv M2 `60`"],
        ),
        (
            &[
                steps(rows),
                NO_TIERS,
                MARGIN,
                Replace("prices.csv", "100,60,80", "100,50,80"),
                Replace("price-tables/body.csv", "300,270,140", "300,270,190"),
            ],
            &[format!("{body} E3 `190`").leak() as &'static str],
        ),
    ]);
}
