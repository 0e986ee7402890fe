//! What a step rounds, from how many pieces on it counts, and what decides its tier.

use super::{Case, check};
use crate::desk::Change::{self, Replace, Write};

const PRICES: Change = Write(
    "prices.csv",
    b"step,kind,of,per,units_to,round_to,rounding,by,at_least,at_most,tax,label.en,label.nl,price.public\n\
      base,amount,,width / 100,0.5,,up,,,,,Base,Basis,100\n\
      top,options,top,,,,,,,,,Top,Blad,\n\
      body,table,body,,,1,,,,,,Body,Romp,\n\
      large,tiers,base,,,,,width,2,9,,Large,Groot,\n\
      even,round,,,,,down,,,,,Even,Rond,5\n",
);

const TIERS: Change = Write(
    "tiers.csv",
    b"step,from,percent.public\nlarge,900.5,-5\nlarge,1500,-8\n",
);

#[test]
fn cells_go_together() {
    let prices = |from, to| Replace("prices.csv", from, to);
    for (change, told) in [
        (prices("0.5", "0.25"), ""),
        (prices("0.5", "0"), "error bad-number prices.csv E2 `0`"),
        (
            prices("width / 100", ""),
            "error unused-cell prices.csv E2 `0.5`",
        ),
        (
            prices("0.5,,up", ",,up"),
            "error unused-cell prices.csv G2 `up`",
        ),
        (
            prices("down", "downwards"),
            "error unknown-word prices.csv G6 `downwards`",
        ),
        (prices(",5\n", ",0\n"), "error bad-number prices.csv N6 `0`"),
        (
            prices("width,2,9", "widht,2,9"),
            "error unknown-attribute prices.csv H5 `widht`",
        ),
        (prices("2,9,", "9,2,"), "error bad-number prices.csv J5 `2`"),
        (
            prices("top,,,,,,,,,", "top,,,,,width,,,,"),
            "error unused-cell prices.csv H3 `width`",
        ),
        (
            Replace("tiers.csv", "900.5", "-1"),
            "error bad-number tiers.csv B2 `-1`",
        ),
        (
            Write("indices.csv", b"index,from,value\nsteel,2026-01-01,900\n"),
            "warning unused-index indices.csv A2 `steel`",
        ),
        (
            Replace("catalog.toml", "round_at", "step = \"0\"\nround_at"),
            "error bad-number catalog.toml - `\"0\"`",
        ),
    ] {
        let changes = [PRICES, TIERS, change];
        let told = [told];
        let case: Case<'_> = (&changes, if told[0].is_empty() { &[] } else { &told });
        check(&[case]);
    }
}
