//! Which books a buyer has, and what their prices are together.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use quotewright_compiler::{CompiledCatalog, CompiledPack, compile};
use quotewright_engine::price::books::{
    BookPrice, Facts, MergeStrategy, OfferedPrice, PriceList, PriceSource, best_price,
    merge_price_lists,
};
use quotewright_engine::price::{PriceRule, ProductPrices};
use rust_decimal::Decimal;

use crate::desk::Change::{self, Replace};
use crate::desk::changed;

macro_rules! file {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../../tests/catalogs/books/", $name)),
        )
    };
}

const BOOKS: [(&str, &str); 7] = [
    file!("catalog.toml"),
    file!("products.csv"),
    file!("groups.csv"),
    file!("attributes.csv"),
    file!("options/lid.csv"),
    file!("price-tables/size.csv"),
    file!("prices.csv"),
];

fn compiled(changes: &[Change]) -> CompiledCatalog {
    let compilation = compile(&changed(&BOOKS, changes));
    assert_eq!(compilation.diagnostics, []);
    compilation.catalog.expect("a catalog without mistakes")
}

/// Severity, code and the first words of the place of all that is wrong.
fn mistakes(changes: &[Change]) -> Vec<String> {
    let diagnostics = compile(&changed(&BOOKS, changes)).diagnostics;
    let told = diagnostics.iter();
    told.map(|it| format!("{} {}", it.code, it.message))
        .collect()
}

fn facts(written: &str) -> Facts {
    let pairs = written.split_whitespace();
    let pairs = pairs.filter_map(|it| it.split_once('='));
    pairs
        .map(|(fact, value)| (fact.to_owned(), vec![value.to_owned()]))
        .collect()
}

fn pack<'c>(catalog: &'c CompiledCatalog, buyer: &str, day: Date) -> &'c CompiledPack {
    let pack = catalog.pack_for(&facts(buyer), day);
    pack.expect("some prices hold")
}

/// The amounts of a product by step; of lists and tables the first.
fn amounts(prices: &ProductPrices) -> BTreeMap<String, Decimal> {
    let steps = prices.steps.iter().map(|step| {
        let amount = match &step.rule {
            PriceRule::Amount(it) => it.amount,
            PriceRule::Options(it) => it.amounts[0],
            PriceRule::Lookup(it) => prices.tables[it.table].rows[0].amount,
            PriceRule::Percent(it) => it.percent,
            _ => Decimal::ZERO,
        };
        (step.code.clone(), amount)
    });
    steps.collect()
}

fn shown(pack: &CompiledPack) -> String {
    let products = pack.pack.products.iter().map(|prices| {
        let amounts = amounts(prices);
        let steps = prices.steps.iter();
        let steps = steps.map(|it| amounts[&it.code].normalize().to_string());
        format!("{} {}", prices.product, steps.collect::<Vec<_>>().join(" "))
    });
    products.collect::<Vec<_>>().join(", ")
}

const JUNE: Date = date(2026, 6, 1);
const JULY: Date = date(2026, 7, 1);
const LATER: Date = date(2027, 6, 1);

#[test]
fn a_buyer_has_the_prices_of_all_fitting_books() {
    let public = "belt 100 4 12.3 20 5, motor 99.95 30, wagon 500";
    // 10 percent off, motors 5, a packing 1.00, all to 0.10; the brake is an own price.
    let dealers = "belt 90 3 11.1 18 5, motor 95 26.5, wagon 450";
    // At 1.08, then at 1.10, to 0.05.
    let june = "belt 108 4.3 13.3 21.6 5, motor 107.95 32.4, wagon 540";
    let july = "belt 110 4.4 13.55 22 5, motor 109.95 33, wagon 550";
    let catalog = compiled(&[]);
    for (buyer, day, book, prices) in [
        ("", JUNE, "public", public),
        ("country=NL", JUNE, "public", public),
        ("group=dealer", JUNE, "dealers", dealers),
        (
            "customer=acme",
            JUNE,
            "acme",
            "belt 80 4 12.3 20 5, motor 99.95 30",
        ),
        // What acme has no price for is the dealers'; what is not on its list is not there.
        (
            "customer=acme group=dealer",
            JUNE,
            "acme+dealers",
            "belt 80 3 11.1 18 5, motor 95 26.5",
        ),
        ("customer=acme group=dealer", LATER, "dealers", dealers),
        ("customer=acme", LATER, "public", public),
        ("country=US", JUNE, "us", june),
        ("country=PR", JULY, "us", july),
        ("country=US group=dealer", JULY, "us+dealers", july),
    ] {
        let pack = pack(&catalog, buyer, day);
        assert_eq!(pack.pack.book, book, "{buyer} on {day}");
        assert_eq!(shown(pack), prices, "{buyer} on {day}");
    }
    let early = date(2025, 12, 31);
    assert_eq!(catalog.pack_for(&facts("country=US"), early), None);
    let us = &pack(&catalog, "country=US", JUNE).pack;
    assert_eq!(us.currency.code, "USD");
    assert_eq!(us.valid_from, Some(date(2026, 1, 1)));
    assert_eq!(us.valid_until, Some(date(2026, 6, 30)));
}

#[test]
fn steps_of_amounts_and_coins_are_of_the_catalogs_own_currency() {
    let steps = "round_at = \"unit\"\nstep = \"0.05\"\ncash_step = \"0.10\"\n";
    let catalog = compiled(&[Replace("catalog.toml", "round_at = \"unit\"\n", steps)]);
    for (buyer, steps) in [
        ("", [Some("0.05"), Some("0.1")]),
        ("country=US", [None, None]),
    ] {
        let pack = &pack(&catalog, buyer, JUNE).pack;
        let found = [pack.rounding.step, pack.settlement.cash_step];
        let found = found.map(|it| it.map(|it| it.to_string()));
        assert_eq!(found, steps.map(|it| it.map(str::to_owned)), "{buyer}");
    }
}

#[test]
fn a_change_of_one_step_leaves_others_with_its_price_table_alone() {
    let catalog = compiled(&[
        Replace(
            "prices.csv",
            "belt,care,",
            "belt,edge,table,size,,Edge,,,\nbelt,care,",
        ),
        Replace("catalog.toml", "[\"packing\"]", "[\"packing\", \"size\"]"),
    ]);
    for (buyer, size, edge) in [("", "20", "20"), ("group=dealer", "19", "18")] {
        let pack = pack(&catalog, buyer, JUNE);
        let amounts = amounts(&pack.pack.products[0]);
        let found = ["size", "edge"].map(|step| amounts[step].normalize().to_string());
        assert_eq!(found, [size, edge], "{buyer}");
    }
}

#[test]
fn a_catalog_says_how_books_are_merged() {
    let dear = Replace("prices.csv", "100,80,", "100,95,");
    let buyer = "customer=acme group=dealer";
    for (merge, prices) in [
        ("priority", "belt 95 3 11.1 18 5, motor 95 26.5"),
        ("lowest", "belt 90 3 11.1 18 5, motor 95 26.5"),
        ("best-match", "belt 90 3 11.1 18 5, motor 95 26.5"),
    ] {
        let changes = [
            dear,
            Replace("catalog.toml", "\"priority\"", merge_word(merge)),
        ];
        let catalog = compiled(&changes);
        assert_eq!(shown(pack(&catalog, buyer, JUNE)), prices, "{merge}");
    }
    // A book for one customer in one group says more than one for the customer.
    let changes = [
        dear,
        Replace("catalog.toml", "\"priority\"", "\"best-match\""),
        Replace(
            "catalog.toml",
            "customer = \"acme\"",
            "customer = \"acme\"\ngroup = \"dealer\"",
        ),
        // Else some buyer would have this one and Acme's, in another currency.
        Replace(
            "catalog.toml",
            "countries = [\"US\", \"PR\"]",
            "group = \"us\"",
        ),
    ];
    let catalog = compiled(&changes);
    let prices = "belt 95 3 11.1 18 5, motor 95 26.5";
    assert_eq!(shown(pack(&catalog, buyer, JUNE)), prices);
}

fn merge_word(merge: &str) -> &'static str {
    match merge {
        "lowest" => "\"lowest\"",
        "best-match" => "\"best-match\"",
        _ => "\"priority\"",
    }
}

/// The engine's functions for plain price lists come to the same.
#[test]
fn merged_books_agree_with_merged_lists() {
    let dear = Replace("prices.csv", "100,80,", "100,95,");
    for (merge, strategy) in [
        ("priority", Some(MergeStrategy::Priority)),
        ("lowest", Some(MergeStrategy::Lowest)),
        ("best-match", None),
    ] {
        let changes = [
            dear,
            Replace("catalog.toml", "\"priority\"", merge_word(merge)),
        ];
        let catalog = compiled(&changes);
        let of = |buyer: &str| {
            let pack = pack(&catalog, buyer, JUNE);
            let products = pack.pack.products.iter();
            let listed = products.filter(|it| it.product != "wagon");
            listed.flat_map(amounts).collect::<BTreeMap<_, _>>()
        };
        // Acme's own prices are but one.
        let acme = BTreeMap::from([("base".to_owned(), Decimal::new(95, 0))]);
        let lists = [acme, of("group=dealer"), of("")];
        let merged = of("customer=acme group=dealer");
        for (step, amount) in merged {
            let found = match strategy {
                Some(strategy) => by_strategy(&lists, strategy, &step),
                None => by_match(&lists, &step),
            };
            assert_eq!(Some(amount), found, "{merge}: {step}");
        }
    }
}

fn by_strategy(
    lists: &[BTreeMap<String, Decimal>],
    strategy: MergeStrategy,
    step: &str,
) -> Option<Decimal> {
    let price = |(step, value): (&String, &Decimal)| BookPrice {
        product: step.clone(),
        currency: "EUR".to_owned(),
        unit: String::new(),
        quantity: Decimal::ONE,
        value: *value,
    };
    let lists = lists.iter().map(|list| PriceList {
        code: String::new(),
        merge: true,
        prices: list.iter().map(price).collect(),
    });
    let merged = merge_price_lists(&lists.collect::<Vec<_>>(), strategy);
    let found = merged.into_iter().find(|it| it.product == step);
    found.map(|it| it.value)
}

fn by_match(lists: &[BTreeMap<String, Decimal>], step: &str) -> Option<Decimal> {
    let when = ["customer=acme", "group=dealer", ""];
    let prices: Vec<OfferedPrice> = (lists.iter().zip(when))
        .filter_map(|(list, when)| {
            Some(OfferedPrice {
                amount: *list.get(step)?,
                currency: "EUR".to_owned(),
                least: None,
                most: None,
                when: quotewright_engine::price::books::Conditions(facts(when)),
                source: PriceSource::Own,
            })
        })
        .collect();
    let buyer = facts("customer=acme group=dealer");
    let best = best_price(&prices, Some("EUR"), Decimal::ONE, &buyer);
    let best = best.expect("a currency is asked for")?;
    Some(prices[best.price].amount)
}

#[test]
fn check_tells_what_is_wrong_with_books() {
    let cases: [(&[Change], &str); 16] = [
        (
            &[Replace("catalog.toml", "\"PR\"]", "\"Puerto Rico\"]")],
            "unknown-country `Puerto Rico` is not a country of ISO 3166",
        ),
        (
            &[Replace("catalog.toml", "priority = 20", "priority = 10")],
            "same-priority `dealers` and `acme` have the same priority, and some buyer has both",
        ),
        (
            &[Replace(
                "catalog.toml",
                "based_on = \"public\"",
                "based_on = \"publik\"",
            )],
            "unknown-book there is no price book `publik`",
        ),
        (
            &[Replace(
                "catalog.toml",
                "based_on = \"public\"",
                "based_on = \"dealers\"",
            )],
            "book-cycle price books are based on one another in a circle: `dealers`",
        ),
        (
            &[
                Replace("catalog.toml", "rate = \"1.08\"", "rate = \"0.93\""),
                Replace(
                    "catalog.toml",
                    "from = \"EUR\"\nto = \"USD\"",
                    "from = \"USD\"\nto = \"EUR\"",
                ),
                Replace(
                    "catalog.toml",
                    "from = \"EUR\"\nto = \"USD\"",
                    "from = \"USD\"\nto = \"EUR\"",
                ),
            ],
            "missing-rate there is no rate from EUR to USD for `us`",
        ),
        (
            &[Replace("catalog.toml", "rate = \"1.08\"", "rate = \"0\"")],
            "bad-number `rate` must be a number above zero",
        ),
        (
            &[Replace("catalog.toml", "round_to = \"0.05\"\n", "")],
            "missing-key `round_to` is missing",
        ),
        (
            &[Replace(
                "catalog.toml",
                "groups = [\"motors\"]",
                "groups = [\"motor\", \"moters\"]",
            )],
            "unknown-group there is no price group `moters`",
        ),
        (
            &[Replace("catalog.toml", "[\"packing\"]", "[\"paking\"]")],
            "unknown-step there is no price step `paking`",
        ),
        (
            &[Replace(
                "catalog.toml",
                "[\"belt\", \"motor\"]",
                "[\"belts\"]",
            )],
            "unknown-product there is no product `belts`",
        ),
        (
            &[Replace(
                "catalog.toml",
                "percent = \"-10\"",
                "percent = \"-10\"\namount = \"-1\"",
            )],
            "two-changes a change is by `percent` or by `amount`, not by both",
        ),
        (
            &[
                Replace(
                    "catalog.toml",
                    "customer = \"acme\"",
                    "customer = \"acme\"\nbased_on = \"dealers\"",
                ),
                Replace("catalog.toml", "group = \"dealer\"", "customer = \"delta\""),
            ],
            "",
        ),
        (
            &[Replace(
                "catalog.toml",
                "merge = \"priority\"",
                "merge = \"cheapest\"",
            )],
            "unknown-word `cheapest` is not a choice for `merge`",
        ),
        (
            &[Replace("prices.csv", "Packing,4,", "Packing,1.04,")],
            "rounded-away in `dealers` it is 0.04, of which rounding leaves nothing",
        ),
        (
            &[Replace(
                "options/lid.csv",
                "option,label.en,price.public\nsteel,Steel,12.30",
                "option,label.en,price.public,price.acme\nsteel,Steel,,12.30",
            )],
            "missing-value the public price is missing",
        ),
        (
            &[Replace("prices.csv", "Wagon,500,,", "Wagon,,,500")],
            "missing-price no step of `wagon` has a price in the book `public`",
        ),
    ];
    for (changes, expected) in cases {
        let told = mistakes(changes);
        let expected = match expected {
            "" => "foreign-terms `acme` would show others the terms of the customer of `dealers`",
            other => other,
        };
        assert!(told.iter().any(|it| it == expected), "{told:#?}");
    }
}

#[test]
fn a_hash_covers_what_its_buyers_see_of_several_books() {
    // What is changed, and whether the packs of the public, dealers, acme, both and us change.
    let buyers = [
        "",
        "group=dealer",
        "customer=acme",
        "customer=acme group=dealer",
        "country=US",
    ];
    let cases: [(Change, [bool; 5]); 7] = [
        // Acme's price is Acme's alone, with or without the dealers'.
        (
            Replace("prices.csv", "100,80,", "100,81,"),
            [false, false, true, true, false],
        ),
        (
            Replace("prices.csv", "30,,26.50", "30,,26.40"),
            [false, true, false, true, false],
        ),
        (
            Replace("catalog.toml", "\"-10\"", "\"-11\""),
            [false, true, false, true, false],
        ),
        (
            Replace("catalog.toml", "\"1.08\"", "\"1.09\""),
            [false, false, false, false, true],
        ),
        (Replace("catalog.toml", "\"1.10\"", "\"1.11\""), [false; 5]),
        (
            Replace("catalog.toml", "[\"belt\", \"motor\"]", "[\"belt\"]"),
            [false, false, true, true, false],
        ),
        // A public price that acme does not pay and cannot see.
        (
            Replace("prices.csv", "Wagon,500", "Wagon,600"),
            [true, true, false, false, true],
        ),
    ];
    let hashes = |changes: &[Change]| {
        let catalog = compiled(changes);
        buyers.map(|buyer| pack(&catalog, buyer, JUNE).pack.hash.clone())
    };
    let before = hashes(&[]);
    for (change, expected) in cases {
        let after = hashes(&[change]);
        let mut at = 0;
        let changed = before.each_ref().map(|hash| {
            at += 1;
            *hash != after[at - 1]
        });
        assert_eq!(changed, expected, "{change:?}");
    }
}
