//! Prices by quantity.

use super::{Case, check};
use crate::desk::Change::{self, Remove, Replace, Write};

const PRICES: Change = Write(
    "prices.csv",
    b"step,kind,of,per,unit,price_unit,for,counts,label.en,label.nl,price.public\n\
      base,amount,,,,,,,Base,Basis,100\n\
      top,options,top,,,,,,Top,Blad,\n\
      body,table,body,,,,,,Body,Romp,\n\
      more,volume,,,,,line,,More,Meer,\n\
      box,package,,,,10,line,,Box,Doos,15\n",
);

const TIERS: Change = Write(
    "tiers.csv",
    b"step,from,up_to,block,percent.public,price.public,flat.public\n\
      more,1,10,,,7,\n\
      more,11,,,,6.5,2\n",
);

fn spoiled(change: Change, told: &'static str) {
    let changes = [PRICES, TIERS, change];
    let told = [told];
    let case: Case<'_> = (&changes, if told[0].is_empty() { &[] } else { &told });
    check(&[case]);
}

#[test]
fn tiers_meet() {
    let tiers = |from, to| Replace("tiers.csv", from, to);
    for (change, told) in [
        (tiers("more,11", "more,"), ""),
        (
            tiers("more,11", "more,10"),
            "error tier-overlap tiers.csv B3 `10`",
        ),
        (
            tiers("more,11", "more,9"),
            "error tier-overlap tiers.csv B3 `9`",
        ),
        (
            tiers("more,11", "more,13"),
            "error tier-gap tiers.csv B3 `13`",
        ),
        (tiers("11,,", "11,8,"), "error tier-order tiers.csv C3 `8`"),
        (tiers("1,10,", "1,,"), "error tier-order tiers.csv C3 ``"),
        (tiers("1,10,", "1,0,"), "error bad-number tiers.csv C2 `0`"),
        (tiers(",7,", ",,"), "error missing-value tiers.csv F2 ``"),
        (
            tiers(",,7,", ",-5,7,"),
            "error unused-cell tiers.csv E2 `-5`",
        ),
        (
            tiers(",,,7,", ",5,,7,"),
            "error unused-cell tiers.csv D2 `5`",
        ),
        (tiers("more,1,", "more,0,"), ""),
    ] {
        spoiled(change, told);
    }
    // What is measured goes on where a tier ends.
    let measured = Replace(
        "prices.csv",
        "more,volume,,,,,line",
        "more,volume,,width / 100,,,line",
    );
    check(&[(
        &[PRICES, TIERS, measured, tiers("11,,,,6.5,2", "10,,,,6.5,5")],
        &[],
    )]);
}

#[test]
fn more_that_costs_less_is_told_for_every_way_of_counting() {
    let tiers = |rows: &'static [u8]| [PRICES, Write("tiers.csv", rows)];
    let (falls, rises) = (&["warning falling-total tiers.csv A3 `more`"][..], &[][..]);
    let blocks = Replace("prices.csv", "more,volume", "more,block-volume");
    let priced = "step,up_to,block,price.public\nmore,40,10,7000\n";
    for (first, told) in [
        ("more,,10,5000\n", falls),
        ("more,,10,6000\n", rises),
        ("more,,5,4000\n", rises),
    ] {
        let rows = format!("{priced}{first}").into_bytes().leak();
        let [prices, tiers] = tiers(rows);
        check(&[(&[prices, tiers, blocks], told)]);
    }
    let percents = Replace(
        "prices.csv",
        "more,volume,,,,,line,,",
        "more,tiers,,,,,,group,",
    );
    let discounted = "step,from,percent.public\nmore,2,-10\nmore,";
    for (second, told) in [
        ("10,-30\n", &["warning falling-total tiers.csv B3 `10`"][..]),
        ("10,-18\n", rises),
    ] {
        let rows = format!("{discounted}{second}").into_bytes().leak();
        let [prices, tiers] = tiers(rows);
        check(&[(&[prices, tiers, percents], told)]);
    }
}

#[test]
fn what_is_counted_fits_the_kind() {
    let prices = |from, to| Replace("prices.csv", from, to);
    let piece = "more,graduated,,,,,,,";
    for (change, told) in [
        (
            prices("more,volume,,,,,line,,", piece),
            "error unfit prices.csv G5 ``",
        ),
        (
            prices("volume,,,,,line", "volume,,,,,"),
            "error unfit tiers.csv G3 `2`",
        ),
        (prices("volume,,,,,line,", "volume,,,,,line,group"), ""),
        (
            prices("volume,,,,,line,", "graduated,,,,,line,group"),
            "error unfit prices.csv H5 `group`",
        ),
        (
            prices("volume,,,,,line,", "volume,,width,,,line,group"),
            "error unfit prices.csv H5 `group`",
        ),
        (
            prices("volume,,,", "volume,base,,"),
            "error unused-cell prices.csv C5 `base`",
        ),
        (
            prices("package,,,,10", "package,,,,"),
            "error missing-value prices.csv F6 ``",
        ),
        (
            prices("package,,,,10", "package,,,,-1"),
            "error bad-number prices.csv F6 `-1`",
        ),
        (prices("base,amount,,,,", "base,amount,,,,100"), ""),
        (
            prices("base,amount,,,,", "base,amount,,,,12"),
            "error bad-number prices.csv F2 `12`",
        ),
        (
            prices("package,", "minimum,"),
            "error unused-cell prices.csv F6 `10`",
        ),
        (prices("package,,,,10", "maximum,,,,"), ""),
        (
            prices(
                "package,,,,10,line,,Box,Doos,15",
                "minimum,,,,,,,Box,Doos,-1",
            ),
            "error bad-number prices.csv K6 `-1`",
        ),
        (
            prices(
                "package,,,,10,line,,Box,Doos,15",
                "free,base,,,10,,,Box,Doos,1",
            ),
            "error unfit prices.csv G6 ``",
        ),
        (
            prices(
                "package,,,,10,line,,Box,Doos,15",
                "free,base,,,10,line,,Box,Doos,1",
            ),
            "",
        ),
        (
            prices(
                "package,,,,10,line,,Box,Doos,15",
                "free,base,,,10,line,,Box,Doos,11",
            ),
            "error bad-number prices.csv K6 `11`",
        ),
        (
            prices("package,,,,10,line", "fixed,more,,,,"),
            "error unfit prices.csv C6 `more`",
        ),
    ] {
        spoiled(change, told);
    }
}

#[test]
fn steps_for_some_numbers_of_pieces_and_free_pieces_can_make_more_cost_less() {
    let steps = |row: &str| {
        let text = format!(
            "step,kind,of,for,price_unit,when,at_least,at_most,label.en,label.nl,price.public\n\
             base,amount,,,,,,,Base,Basis,100\n\
             top,options,top,,,,,,Top,Blad,\n\
             body,table,body,,,,,,Body,Romp,\n\
             {row}\n"
        );
        Write("prices.csv", text.into_bytes().leak())
    };
    let many = Replace(
        "products.csv",
        "lead_days,tax\ndesk,Desk,Bureau,5,standard",
        "lead_days,tax,min_quantity,quantity_step\ndesk,Desk,Bureau,5,standard,20,20",
    );
    let told = |place| format!("warning falling-total prices.csv {place}").leak() as &'static str;
    for (row, place) in [
        ("more,percent,,,,,10,,More,Meer,-11", "G5 `10`"),
        ("more,percent,,,,,10,,More,Meer,-10", ""),
        ("more,percent,,,,top = glass,10,,More,Meer,-11", "G5 `10`"),
        ("small,percent,,,,,,9,Small,Klein,12", "H5 `9`"),
        ("small,percent,,,,,,9,Small,Klein,11", ""),
        ("more,amount,,line,,,10,,More,Meer,-700", "G5 `10`"),
        ("gift,free,base,line,10,,,,Gift,Cadeau,6", "E5 `10`"),
        ("gift,free,base,line,10,,,,Gift,Cadeau,1", ""),
    ] {
        let changes = [steps(row), Remove("tiers.csv")];
        let told = (!place.is_empty()).then(|| told(place));
        check(&[(&changes, told.as_slice())]);
    }
    // What nobody can ask for costs nothing.
    let row = steps("more,percent,,,,,10,,More,Meer,-11");
    check(&[(&[row, many, Remove("tiers.csv")], &[])]);
}
