//! Amounts that would be sold wrongly: none, below zero, on days without one.

use super::check;
use crate::desk::Change::{self, Remove, Replace, Write};

const ONLY_ACME: Change = Write(
    "prices.csv",
    b"step,kind,label.en,label.nl,price.acme\nbase,amount,Base,Basis,90\n",
);

#[test]
fn nothing_is_sold_for_nothing_by_mistake() {
    check(&[
        (
            &[Replace("options/top.csv", "Glas,35,0,", "Glas,35,,")],
            &["error missing-value options/top.csv F3 ``"],
        ),
        (
            &[Replace(
                "options/top.csv",
                "Eiken,20,120,110,60",
                "Eiken,20,,110,60",
            )],
            &["error missing-value options/top.csv F2 ``"],
        ),
        // Options that no step asks for a price have none.
        (&[Replace("options/frame.csv", "F1", "F3")], &[]),
        (
            &[
                ONLY_ACME,
                Remove("tiers.csv"),
                Remove("price-tables/body.csv"),
            ],
            &[
                "warning unused-prices options/top.csv F2 `120`",
                "error missing-price prices.csv - `base`",
            ],
        ),
        (
            &[
                Remove("prices.csv"),
                Remove("tiers.csv"),
                Remove("price-tables/body.csv"),
            ],
            &[
                "warning unused-prices options/top.csv F2 `120`",
                "error missing-price products.csv A2 `desk`",
            ],
        ),
        (
            &[Replace("prices.csv", "Basis,100,90,50", "Basis,0,,")],
            &[],
        ),
    ]);
}

#[test]
fn a_price_below_zero_is_a_deduction_or_a_slip() {
    check(&[
        (
            &[Replace("prices.csv", "Basis,100,90", "Basis,100,-90")],
            &["warning negative-price prices.csv J2 `-90`"],
        ),
        (
            &[Replace("prices.csv", "Basis,100,90,50", "Basis,100,90,-50")],
            &["warning negative-price prices.csv K2 `-50`"],
        ),
        (
            &[Replace("options/top.csv", "Glas,35,0,", "Glas,35,-5,")],
            &["warning negative-price options/top.csv F3 `-5`"],
        ),
        (
            &[Replace("price-tables/body.csv", "2000,300", "2000,-300")],
            &["warning negative-price price-tables/body.csv C3 `-300`"],
        ),
        (
            &[Replace("prices.csv", "Basis,100,90,50", "Basis,-100,-90,")],
            &["warning negative-price prices.csv I2 `-100`"],
        ),
        // Deductions.
        (
            &[Replace("prices.csv", "Lamp,30,25,12", "Lamp,-30,-25,")],
            &[],
        ),
        (
            &[Replace(
                "options/top.csv",
                "120,110,60\nglass,T2,Glass,Glas,35,0,",
                "0,0,\nglass,T2,Glass,Glas,35,-5,",
            )],
            &[],
        ),
        (
            &[
                Replace("prices.csv", "more,tiers,,", "more,volume,,width"),
                Write(
                    "tiers.csv",
                    b"step,up_to,price.public\nmore,900,1\nmore,1000,-2\nmore,,3\n",
                ),
            ],
            &[
                "warning falling-total tiers.csv A3 `more`",
                "warning negative-price tiers.csv C3 `-2`",
            ],
        ),
    ]);
}

#[test]
fn prices_that_follow_begin_when_their_book_does() {
    const COLUMNS: Change = Write(
        "prices.csv",
        b"step,kind,of,index,base,from,label.en,label.nl,price.public\n\
          base,amount,,,,,Base,Basis,100\n\
          top,options,top,,,,Top,Blad,\n\
          body,table,body,,,,Body,Romp,\n\
          steel,index,base,steel,100,,Steel,Staal,40\n",
    );
    const TIERS: Change = Remove("tiers.csv");
    let late = "warning late-start indices.csv B2 `2026-02-01`";
    let index = |text: &'static [u8]| Write("indices.csv", text);
    let from_february = index(b"index,from,value\nsteel,2026-02-01,100\n");
    let from_january = index(b"index,from,value\nsteel,2026-01-01,100\n");
    let dollars = Replace(
        "catalog.toml",
        "valid_until = \"2026-12-31\"\n",
        "currency = \"USD\"\nround_to = \"0.01\"\n\n[[rates]]\nfrom = \"EUR\"\nto = \"USD\"\n\
         rate = \"1.1\"\nvalid_from = \"2026-02-01\"\n",
    );
    check(&[
        (&[COLUMNS, TIERS, from_february], &[late]),
        (&[COLUMNS, TIERS, from_january], &[]),
        (
            &[
                COLUMNS,
                TIERS,
                from_february,
                Replace("prices.csv", "steel,100,,", "steel,100,2026-02-01,"),
            ],
            &[],
        ),
        (
            &[dollars],
            &["warning late-start catalog.toml - `[[books]]`"],
        ),
        (
            &[dollars, Replace("catalog.toml", "2026-02-01", "2026-01-01")],
            &[],
        ),
    ]);
}
