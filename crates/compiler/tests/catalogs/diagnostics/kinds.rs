//! Indices, margins, the rules between rows of tables, steps that exclude others, floors and
//! commissions.

use super::{Case, check};
use crate::desk::Change::{self, Remove, Replace, Write};

const PRICES: Change = Write(
    "prices.csv",
    b"step,kind,of,when,best_of,unless,between,index,base,label.en,label.nl,price.public,cost,floor\n\
      base,amount,,,,,,,,Base,Basis,100,60,80\n\
      top,options,top,,,,,,,Top,Blad,,,\n\
      body,table,body,,,,,,,Body,Romp,,,\n\
      steel,index,base,,,,,steel,100,Steel,Staal,40,,\n\
      rest,margin,,,,,,,,Rest,Rest,10,,\n\
      one,percent,,,,,,,,One,Een,-5,,\n\
      two,percent,,,,one,,,,Two,Twee,-5,,\n",
);

const INDICES: Change = Write(
    "indices.csv",
    b"index,from,value\nsteel,2026-01-01,100\nsteel,2026-07-01,110\n",
);

const NO_TIERS: Change = Remove("tiers.csv");

fn spoiled(change: Change, told: &[&'static str]) {
    let changes = [PRICES, INDICES, NO_TIERS, change];
    let case: Case<'_> = (&changes, told);
    check(&[case]);
}

#[test]
fn indices() {
    let indices = |from, to| Replace("indices.csv", from, to);
    let prices = |from, to| Replace("prices.csv", from, to);
    spoiled(indices("110", "111"), &[]);
    for (change, told) in [
        (
            indices("2026-07-01", "2026-01-01"),
            "error date-order indices.csv B3 `2026-01-01`",
        ),
        (
            indices("2026-07-01", "July"),
            "error bad-date indices.csv B3 `July`",
        ),
        (indices("110", "0"), "error bad-number indices.csv C3 `0`"),
        (
            prices(",steel,100", ",steal,100"),
            "error unknown-index prices.csv H5 `steal`",
        ),
        (
            prices(",steel,100", ",steel,0"),
            "error bad-number prices.csv I5 `0`",
        ),
        (
            prices(",,,,,Base", ",,steel,,,Base"),
            "error unused-cell prices.csv G2 `steel`",
        ),
    ] {
        spoiled(change, &[told]);
    }
}

#[test]
fn a_price_below_its_floor_is_told_of_every_book() {
    let told = "warning under-floor prices.csv N2 `101`";
    spoiled(Replace("prices.csv", "60,80", "60,101"), &[told, told]);
}

#[test]
fn margins_exclusions_and_floors() {
    let prices = |from, to| Replace("prices.csv", from, to);
    for (change, told) in [
        (
            prices("Rest,10", "Rest,100"),
            "error bad-number prices.csv L6 `100`",
        ),
        (
            prices(",one,,,,Two", ",two,,,,Two"),
            "error later-step prices.csv F8 `two`",
        ),
        (
            prices("60,80", "60,x"),
            "error bad-number prices.csv N2 `x`",
        ),
        (
            Replace(
                "catalog.toml",
                "round_at",
                "least_margin = \"100\"\nround_at",
            ),
            "error bad-number catalog.toml - `\"100\"`",
        ),
        (
            Replace(
                "catalog.toml",
                "round_at",
                "below_floor = \"hide\"\nround_at",
            ),
            "error unknown-word catalog.toml - `\"hide\"`",
        ),
        (
            Replace(
                "catalog.toml",
                "round_at",
                "leftover = \"nobody\"\nround_at",
            ),
            "error unknown-word catalog.toml - `\"nobody\"`",
        ),
        (
            Replace(
                "catalog.toml",
                "[[taxes]]",
                "[[commissions]]\npartner = \"north\"\npercent = \"5\"\ngroups = [\"chairs\"]\n\n[[taxes]]",
            ),
            "error unknown-group catalog.toml - `\"chairs\"`",
        ),
    ] {
        spoiled(change, &[told]);
    }
}
