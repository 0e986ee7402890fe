//! What a reader may not see is neither in what they get nor in its hash.

use std::path::PathBuf;

use crate::desk::Change::{self, Replace};
use crate::desk::desk;
use quotewright_compiler::{CatalogSource, CompiledCatalog, compile};

fn compiled(source: &CatalogSource) -> CompiledCatalog {
    let compilation = compile(source);
    assert_eq!(compilation.diagnostics, []);
    compilation.catalog.expect("a catalog without mistakes")
}

/// Hashes of the catalog, the public pack and Acme's pack.
fn hashes(changes: &[Change]) -> [String; 3] {
    let catalog = compiled(&desk(changes));
    let pack = |position: usize| catalog.packs[position].pack.hash.clone();
    [catalog.hash.clone(), pack(0), pack(1)]
}

#[test]
fn a_hash_covers_what_its_reader_sees() {
    // What is changed, and whether the three hashes change.
    let cases: [(&[Change], [bool; 3]); 21] = [
        (&[], [false, false, false]),
        // Costs are nobody's to see.
        (
            &[Replace("prices.csv", "90,50", "90,51")],
            [false, false, false],
        ),
        (
            &[Replace("options/top.csv", "110,60", "110,61")],
            [false, false, false],
        ),
        (
            &[Replace("price-tables/body.csv", "180,90", "180,91")],
            [false, false, false],
        ),
        (
            &[Replace(
                "catalog.toml",
                "round_at",
                "least_margin = \"10\"\nround_at",
            )],
            [false, false, false],
        ),
        // Acme's prices are Acme's to see.
        (
            &[Replace("prices.csv", "100,90", "100,91")],
            [false, false, true],
        ),
        (
            &[Replace("prices.csv", "8.50,,", "8.50,8.25,")],
            [false, false, true],
        ),
        (
            &[Replace("options/top.csv", "120,110", "120,111")],
            [false, false, true],
        ),
        (
            &[Replace("price-tables/body.csv", "200,180", "200,181")],
            [false, false, true],
        ),
        (
            &[Replace("tiers.csv", "-3,-5", "-3,-5.5")],
            [false, false, true],
        ),
        (
            &[Replace("catalog.toml", "2026-12-31", "2027-12-31")],
            [false, false, true],
        ),
        (
            &[Replace(
                "catalog.toml",
                "customer = \"acme\"",
                "customer = \"acme-bv\"",
            )],
            [false, false, true],
        ),
        // A public price is Acme's too where Acme has none of its own.
        (
            &[Replace("prices.csv", "100,90", "101,90")],
            [false, true, false],
        ),
        (
            &[Replace("prices.csv", "8.50,,", "8.75,,")],
            [false, true, true],
        ),
        // What prices are in, and taxes, go with the prices.
        (
            &[Replace("catalog.toml", "half-up", "half-even")],
            [false, true, true],
        ),
        (
            &[Replace("catalog.toml", "\"21\"", "\"9\"")],
            [false, true, true],
        ),
        // A pack belongs to one catalog.
        (
            &[Replace("rules.csv", "Too heavy.", "Too heavy!")],
            [true, true, true],
        ),
        (
            &[Replace("attributes.csv", "2000,100", "1900,100")],
            [true, true, true],
        ),
        // How it is written down does not count.
        (
            &[Replace("prices.csv", "100,90", " 100.00 ,90")],
            [false, false, false],
        ),
        (
            &[Replace(
                "groups.csv",
                "size,Size,Maat\n",
                "size,Size,Maat\r\n\r\n",
            )],
            [false, false, false],
        ),
        (
            &[Replace(
                "groups.csv",
                "group,label.en,label.nl\nsize,Size,Maat\nlook,Look,Uiterlijk",
                "label.nl,group,label.en\nMaat,size,Size\nUiterlijk,look,Look",
            )],
            [false, false, false],
        ),
    ];
    let before = hashes(&[]);
    for (changes, expected) in cases {
        let after = hashes(changes);
        let changed = [0, 1, 2].map(|it| before[it] != after[it]);
        assert_eq!(changed, expected, "{changes:?}");
    }
}

#[test]
fn a_step_of_one_book_is_not_in_another() {
    let changes = [Replace(
        "prices.csv",
        "more,tiers",
        "bonus,percent,,,,,Acme bonus,Acme-bonus,,-2,\nmore,tiers",
    )];
    let catalog = compiled(&desk(&changes));
    let has = |position: usize| {
        let json = serde_json::to_string(&catalog.packs[position].pack).expect("JSON");
        json.contains("bonus")
    };
    assert_eq!([has(0), has(1)], [false, true]);
    assert_eq!(hashes(&changes)[1], hashes(&[])[1]);
}

/// Amounts of the sentinel catalog, each of which occurs nowhere else: the
/// public one, then alfa's, beta's, the cost and the floor.
const SENTINELS: [[&str; 5]; 7] = [
    ["1011.01", "2022.02", "3033.03", "9099.09", "611.07"],
    ["1012.01", "2024.02", "3036.03", "9108.09", "612.07"],
    ["1013.01", "2026.02", "3039.03", "9117.09", "613.07"],
    ["1014.01", "2028.02", "3042.03", "9126.09", "614.07"],
    ["1015.01", "2030.02", "3045.03", "9135.09", "615.07"],
    ["10.41", "20.82", "31.23", "93.69", "6.83"],
    ["1.0617", "2.1234", "3.1851", "-", "-"],
];

#[test]
fn nothing_compiled_holds_the_amounts_of_another() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/sentinel");
    let source = CatalogSource::read(&root).expect("the folder can be read");
    let catalog = compiled(&source);
    let models = serde_json::to_string(&catalog.models).expect("JSON");
    let packs: Vec<String> = catalog
        .packs
        .iter()
        .map(|pack| serde_json::to_string(pack).expect("JSON"))
        .collect();
    assert_eq!(packs.len(), 3);
    for amounts in SENTINELS {
        for (owner, amount) in amounts.into_iter().enumerate().filter(|it| it.1 != "-") {
            assert!(!models.contains(amount), "a model holds {amount}");
            for (reader, pack) in packs.iter().enumerate() {
                assert_eq!(pack.contains(amount), owner == reader, "{reader}: {amount}");
            }
        }
    }
}

#[test]
fn terms_of_payment_are_their_readers_own() {
    let acme = "valid_until = \"2026-12-31\"\n\n[[terms]]\ncode = \"acme\"\nbooks = [\"acme\"]\n\
                days = 60\nlabel = { en = \"60 days\", nl = \"60 dagen\" }\n";
    let changes = [Replace(
        "catalog.toml",
        "valid_until = \"2026-12-31\"\n",
        acme,
    )];
    let (before, after) = (hashes(&[]), hashes(&changes));
    assert_eq!(before[..2], after[..2]);
    assert_ne!(before[2], after[2]);
    let catalog = compiled(&desk(&changes));
    let terms = |position: usize| catalog.packs[position].pack.settlement.terms.as_ref();
    assert_eq!(terms(0), None);
    assert_eq!(terms(1).map(|it| it.days), Some(60));
}
