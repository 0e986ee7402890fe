//! Prices.

use super::check;
use crate::desk::Change::Replace;

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
