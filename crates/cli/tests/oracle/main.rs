//! Cases of other systems, said as people say them: a small catalog of sheets and a request to
//! `quotewright price`.
//!
//! The cases are not part of this repository: they are read from the folder in
//! `QUOTEWRIGHT_ORACLE`, or `../shared/oracle` beside the workspace. What cannot be said in
//! sheets is counted with the reason; docs/pricing.md lists it.

#[path = "../kit/mod.rs"]
mod kit;

mod adjust;
mod books;
mod catalog;
mod money;
mod recurring;
mod refused;
mod scales;
mod shares;
mod tax;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::{env, fs};

use quotewright_cases::fields::{Expected, Inputs, Not, Run};
use serde_json::Value;

/// What became of cases, by semantics.
#[derive(Default)]
struct Tally {
    said: BTreeMap<String, usize>,
    not_said: BTreeMap<String, usize>,
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, case: &Value) {
        let semantics = case["semantics"].as_str().unwrap_or_default();
        match run(semantics, case) {
            Ok(()) => *self.said.entry(semantics.to_owned()).or_default() += 1,
            Err(Not::Offered(why)) => {
                *self
                    .not_said
                    .entry(format!("{semantics}: {why}"))
                    .or_default() += 1;
            }
            Err(not) => self
                .wrong
                .push(format!("{} {semantics}: {not:?}", case["id"])),
        }
    }
}

#[test]
fn cases_can_be_said_in_sheets() {
    let Some(folder) = folder() else {
        say("cases in sheets: SKIPPED, no folder of cases (set QUOTEWRIGHT_ORACLE)");
        return;
    };
    let only = env::var("QUOTEWRIGHT_CASES").ok();
    let mut tally = Tally::default();
    for case in cases(&folder) {
        let semantics = case["semantics"].as_str().unwrap_or_default();
        if only.as_deref().is_none_or(|it| semantics.starts_with(it)) {
            tally.add(&case);
        }
    }
    let sum = |counts: &BTreeMap<_, usize>| counts.values().sum::<usize>();
    let (said, not_said) = (sum(&tally.said), sum(&tally.not_said));
    say(&format!("cases in sheets: {said} said, {not_said} not"));
    for (semantics, count) in &tally.said {
        println!("  said {count:3}  {semantics}");
    }
    for (why, count) in &tally.not_said {
        println!("  not  {count:3}  {why}");
    }
    let wrong = &tally.wrong;
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    assert!(said > 0, "no case was said");
}

/// Says the case in sheets and compares; what has to be refused may be refused anywhere.
fn run(semantics: &str, case: &Value) -> Run {
    let expected = Expected::new(case);
    let inputs = Inputs(&case["inputs"]);
    let refused = semantics.starts_with("error.") || expected.error();
    match offered(semantics, inputs, &expected) {
        Err(Not::Refused(_)) if refused => Ok(()),
        Ok(()) if refused => Err(Not::Asserted("it is not refused".to_owned())),
        Ok(()) => expected.all_compared(),
        Err(not) => Err(not),
    }
}

fn offered(semantics: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    match semantics {
        "round_step" => money::round_step(inputs, expected),
        "round_then_multiply" => money::round_then_multiply(inputs, expected),
        "is_zero" => money::is_zero(inputs, expected),
        "cash_rounding" => money::cash_rounding(inputs, expected),
        "unit_convert" => money::unit_convert(inputs, expected),
        "unit_price" => money::unit_price(inputs, expected),
        "allocate" | "allocate_equal_if_all_zero" => shares::allocate(inputs, expected),
        "split" => shares::split(inputs, expected),
        "volume" | "graduated" => scales::tiered(semantics, inputs, expected),
        "graduated_slice" => scales::graduated_slice(inputs, expected),
        "package" => scales::package(inputs, expected),
        "package_delta" => scales::package_delta(inputs, expected),
        "block_volume" | "block_graduated" => scales::blocks(semantics, inputs, expected),
        "with_commitment" => scales::with_commitment(inputs, expected),
        "percentage_fee" => scales::percentage_fee(inputs, expected),
        "percentage_min_max" => scales::percentage_min_max(inputs, expected),
        "discount_tier_range" => scales::discounts("tiers", inputs, expected),
        "discount_tier_slab" => scales::discounts("brackets", inputs, expected),
        "tier_threshold_percent" => scales::threshold_percent(inputs, expected),
        "tier_threshold_flat" => scales::threshold_flat(inputs, expected),
        "first_and_additional" => scales::first_and_additional(inputs, expected),
        "free_goods" => scales::free_goods(inputs, expected),
        "additive_discounts" => adjust::discounts("list", inputs, expected),
        "chained_discounts" => adjust::discounts("", inputs, expected),
        "margin_then_discount" => adjust::margin_then_discount(inputs, expected),
        "markup" => adjust::markup(inputs, expected),
        "option_extra" => adjust::option_extra(inputs, expected),
        "fixed_discount_clipped" => adjust::fixed_clipped(inputs, expected),
        "percent_discount_rounded" => adjust::percent_rounded(inputs, expected),
        "rule_rate_uom" => adjust::rule_rate(inputs, expected),
        "min_quantity_uom" | "min_quantity_surcharge_uom" => {
            adjust::from_quantity(inputs, expected)
        }
        "fx_rate_price" => adjust::exchanged(inputs, expected),
        "best_rule" => books::best_rule(inputs, expected),
        "priority_rule" => books::priority_rule(inputs, expected),
        "merge_price_lists" => books::merge(inputs, expected),
        "acyclic" => books::acyclic(inputs, expected),
        "tax_simple" | "tax_excluded_line" => tax::one(inputs, expected, false),
        "tax_included_line" => tax::one(inputs, expected, true),
        "tax_unit_based" => tax::of_rows("unit", inputs, expected),
        "tax_row_based" => tax::of_rows("line", inputs, expected),
        "tax_chain" => tax::chain(inputs, expected),
        "doc_tax" => tax::document(inputs, expected),
        "doc_percent_discount" => tax::document_discount(inputs, expected),
        "gross_net_step" => tax::gross_net(inputs, expected),
        "en_vat" => tax::vat(inputs, expected),
        "en_sum" | "en_sum_valid" => tax::sum(inputs, expected),
        "en16931_totals" => tax::en16931(inputs, expected),
        "fixed_month_days" | "whole_periods" | "advance" | "leading_proration"
        | "segment_proration" => recurring::run(semantics, inputs, expected),
        _ if semantics.starts_with("error.") => refused::run(semantics, inputs, expected),
        _ => not_sayable(semantics),
    }
}

/// Why a policy of the engine cannot be said in sheets.
fn not_sayable(semantics: &str) -> Run {
    Err(Not::Offered(
        match semantics {
            "min_price_distribution" => {
                "least prices are the supplier's secret, so no discount is cut at them: such a price is confirmed"
            }
            "tax_cross_rate_after_discount" => {
                "amounts off are agreed as prices are, not at the buyer's rate"
            }
            "tax_included_two" => "prices contain all of their taxes or none",
            _ => "no such policy",
        }
        .to_owned(),
    ))
}

fn folder() -> Option<PathBuf> {
    let given = env::var_os("QUOTEWRIGHT_ORACLE").map(PathBuf::from);
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/oracle");
    let folder = given.unwrap_or_else(beside);
    folder.is_dir().then_some(folder)
}

/// All cases, by the names of their files.
fn cases(folder: &PathBuf) -> Vec<Value> {
    let files = fs::read_dir(folder).expect("a folder of cases");
    let mut files: Vec<PathBuf> = files.map(|it| it.expect("an entry").path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "json"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a file of cases");
        let source: Value = serde_json::from_str(&text).expect("JSON");
        all.extend(source["cases"].as_array().into_iter().flatten().cloned());
    }
    all
}

/// Past what the test runner holds back of tests that pass.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
