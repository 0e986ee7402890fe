//! More never costs less in total, or `check` says so.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use quotewright_compiler::{CatalogSource, compile};
use quotewright_engine::catalog::Value;
use quotewright_engine::price::Purchase;
use quotewright_engine::quote::price_line;
use rust_decimal::Decimal;

const TODAY: Date = date(2026, 6, 1);
/// Tiers end before this many pieces.
const MOST: u32 = 80;

const CATALOG: &str = r#"
id = "items"
title = { en = "Items" }
locales = ["en"]

[supplier]
name = "Item Works"

[prices]
visibility = "public"
currency = "EUR"
rounding = "half-up"
round_at = "line"

[[taxes]]
code = "standard"
percent = "20"
label = { en = "VAT" }

[[books]]
code = "public"
label = { en = "List" }
"#;

/// A product with the given rows of `prices.csv` and `tiers.csv`.
fn source(prices: &str, tiers: &str) -> CatalogSource {
    catalog(
        "1,1",
        &format!("step,kind,for,price_unit,label.en,price.public\n{prices}"),
        tiers,
    )
}

/// The same with the headings of `prices.csv`, and how many there have to be.
fn catalog(quantities: &str, prices: &str, tiers: &str) -> CatalogSource {
    let files = [
        ("catalog.toml", CATALOG.to_owned()),
        (
            "products.csv",
            format!("product,name.en,min_quantity,quantity_step\nitem,Item,{quantities}\n"),
        ),
        ("groups.csv", "group,label.en\nall,All\n".to_owned()),
        (
            "attributes.csv",
            "attribute,group,type,default,label.en\nlid,all,yes_no,no,Lid\n".to_owned(),
        ),
        ("prices.csv", prices.to_owned()),
        (
            "tiers.csv",
            format!("step,from,up_to,block,percent.public,price.public,flat.public\n{tiers}"),
        ),
    ];
    CatalogSource::from_files(files.map(|(name, text)| (name.to_owned(), text.into_bytes())))
}

/// Whether `check` warns, and whether some line costs less than one of fewer pieces.
fn warned_and_falls(source: &CatalogSource) -> (bool, bool) {
    let compilation = compile(source);
    let told: Vec<&str> = compilation.diagnostics.iter().map(|it| it.code).collect();
    assert!(
        told.iter().all(|code| *code == "falling-total"),
        "{:#?}",
        compilation.diagnostics
    );
    let catalog = compilation.catalog.expect("a catalog");
    let (model, pack) = (&catalog.models[0], &catalog.packs[0].pack);
    let values = [Some(Value::Option(0))];
    let net = |quantity| {
        let line = price_line(model, pack, &values, &Purchase::alone(quantity, TODAY));
        line.expect("a price").once.net
    };
    let allowed = pack.products[0].quantities;
    // The last tier begins at a multiple of up to three pieces.
    let quantities = (1..=MOST + 2).filter(|it| allowed.allow(*it));
    let totals: Vec<Decimal> = quantities.map(net).collect();
    let falls = totals.windows(2).any(|pair| pair[1] < pair[0]);
    (!told.is_empty(), falls)
}

/// How many pieces wide tiers are, and prices in whole cents of these and one more without an end.
fn tiers() -> impl Strategy<Value = (Vec<u32>, Vec<(u32, u32)>)> {
    prop::collection::vec(1..20_u32, 1..4).prop_flat_map(|widths| {
        let prices = prop::collection::vec((0..2_000_u32, 0..3_000_u32), widths.len() + 1);
        (Just(widths), prices)
    })
}

/// Rows of tiers; one in blocks holds whole blocks.
fn rows(widths: &[u32], prices: &[(u32, u32)], block: Option<u32>, flat: bool) -> String {
    let mut end = 0;
    let mut rows = String::new();
    for (at, (price, fee)) in prices.iter().enumerate() {
        let size = block.map(|it| it + u32::try_from(at).unwrap_or_default() % 2);
        let whole = |width: u32| size.map_or(width, |size| width.next_multiple_of(size));
        let up_to = widths.get(at).map_or_else(String::new, |width| {
            end += whole(*width);
            end.to_string()
        });
        let size = size.map_or_else(String::new, |it| it.to_string());
        let fee = if flat { cents(*fee) } else { String::new() };
        rows += &format!("more,,{up_to},{size},,{},{fee}\n", cents(*price));
    }
    rows
}

fn cents(amount: u32) -> String {
    Decimal::new(amount.into(), 2).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_total_falls_just_where_check_says_so((widths, prices) in tiers(), block in 2..7_u32) {
        let cases = [
            ("more,volume,line,,More,\n", rows(&widths, &prices, None, true)),
            ("more,volume,,,More,\n", rows(&widths, &prices, None, false)),
            ("more,block-volume,line,,More,\n", rows(&widths, &prices, Some(block), false)),
        ];
        for (steps, tiers) in cases {
            let (warned, falls) = warned_and_falls(&source(steps, &tiers));
            prop_assert_eq!(warned, falls, "{} {}", steps, tiers);
        }
    }

    #[test]
    fn a_discount_falls_just_where_check_says_so(
        starts in prop::collection::btree_set(2..MOST, 1..4),
        percents in prop::collection::vec(-60..10_i32, 4),
    ) {
        let tiers = starts.iter().zip(&percents);
        let tiers: String = tiers.map(|(from, percent)| format!("more,{from},,,{percent},,\n")).collect();
        let base = "base,amount,,,Base,100\n";
        let (warned, falls) = warned_and_falls(&source(&format!("{base}more,tiers,,,More,\n"), &tiers));
        prop_assert_eq!(warned, falls, "{}", tiers);
        // Each piece at its own percentage.
        let found = warned_and_falls(&source(&format!("{base}more,brackets,line,,More,\n"), &tiers));
        prop_assert_eq!(found, (false, false), "{}", tiers);
    }

    #[test]
    fn what_each_tier_prices_for_itself_never_falls((widths, prices) in tiers(), block in 2..7_u32) {
        let cases = [
            ("more,graduated,line,,More,\n".to_owned(), rows(&widths, &prices, None, true)),
            ("more,block-graduated,line,,More,\n".to_owned(), rows(&widths, &prices, Some(block), false)),
            (format!("more,package,line,{block},More,{}\n", cents(prices[0].0)), String::new()),
            (format!("base,amount,,,Base,9\nmore,free,line,{block},More,1\n"), String::new()),
        ];
        for (steps, tiers) in cases {
            let found = warned_and_falls(&source(&steps, &tiers));
            prop_assert_eq!(found, (false, false), "{} {}", steps, tiers);
        }
    }

    #[test]
    fn a_ladder_falls_just_where_check_says_so(
        least in 1..4_u32,
        multiple in 1..4_u32,
        steps in prop::collection::vec(rung(), 1..5),
        thresholds in prop::collection::btree_set(2..MOST, 0..3),
        percents in prop::collection::vec(-30..5_i32, 3),
    ) {
        let mut prices = "step,kind,for,price_unit,at_least,at_most,label.en,price.public\n\
                          base,amount,,,,,Base,10\n".to_owned();
        for (at, step) in steps.iter().enumerate() {
            prices += &format!("s{at},{step}\n");
        }
        let mut tiers = String::new();
        for (from, percent) in thresholds.iter().zip(&percents) {
            tiers += &format!("more,{from},,,{percent},,\n");
        }
        if !tiers.is_empty() {
            prices += "more,tiers,,,,,More,\n";
        }
        let source = catalog(&format!("{least},{multiple}"), &prices, &tiers);
        let (warned, falls) = warned_and_falls(&source);
        prop_assert_eq!(warned, falls, "{} {} {}{}", least, multiple, prices, tiers);
    }
}

/// A row of `prices.csv` but for its code, that counts for some numbers of pieces only: a
/// discount, an amount for a piece or a line, or pieces that are free.
fn rung() -> impl Strategy<Value = String> {
    let range = (1..MOST / 2, prop::option::of(0..MOST / 3));
    let kind = prop_oneof![
        (-30..20_i32).prop_map(|it| ("percent,,".to_owned(), it)),
        (-5..5_i32).prop_map(|it| ("amount,,".to_owned(), it)),
        (-40..40_i32).prop_map(|it| ("amount,line,".to_owned(), it)),
        (0..3_i32, 3..15_u32).prop_map(|(free, lot)| (format!("free,line,{lot}"), free)),
    ];
    (range, kind).prop_map(|((least, width), (kind, amount))| {
        let most = width.map_or_else(String::new, |it| (least + it).to_string());
        format!("{kind},{least},{most},Step,{amount}")
    })
}
