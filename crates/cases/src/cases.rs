//! One case each: its inputs to the engine's, the engine's answer to what is asserted.

use quotewright_engine::price::adjust::Stacking;
use serde_json::Value;

use super::fields::{Expected, Inputs, Not, Run};
use super::{adjust, books, errors, money, quotes, recurring, scales, tax};

/// What became of a case.
pub enum Outcome {
    /// It came out as asserted.
    AsAsserted,
    /// Something else came out.
    Otherwise(String),
    /// The engine does not offer its policy.
    NotOffered(String),
}

/// Runs the case; what has to be refused may come as any of the engine's errors.
pub fn run(case: &Value) -> Outcome {
    let semantics = case["semantics"].as_str().unwrap_or_default();
    let expected = Expected::new(case);
    let inputs = Inputs(&case["inputs"]);
    let refused = semantics.starts_with("error.") || expected.error();
    let ran = match semantics.starts_with("error.") {
        true => errors::refused(semantics, inputs, &expected),
        false => offered(semantics, inputs, &expected),
    };
    match ran {
        Err(Not::Refused(_)) if refused => Outcome::AsAsserted,
        Ok(()) if refused => Outcome::Otherwise("it is not refused".to_owned()),
        Ok(()) => match expected.all_compared() {
            Ok(()) => through_price_book(case),
            Err(not) => outcome(not),
        },
        Err(not) => outcome(not),
    }
}

fn outcome(not: Not) -> Outcome {
    match not {
        Not::Offered(what) => Outcome::NotOffered(what),
        Not::Asserted(what) => Outcome::Otherwise(what),
        Not::Refused(why) => Outcome::Otherwise(format!("refused: {why}")),
        Not::Read(what) => Outcome::Otherwise(format!("not understood: {what}")),
    }
}

/// What can also be said as steps of a price book has to come to the same there.
fn through_price_book(case: &Value) -> Outcome {
    quotes::run(case).map_or(Outcome::AsAsserted, outcome)
}

fn offered(semantics: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    match semantics {
        "round_step" => money::round_step(inputs, expected),
        "round_then_multiply" => money::round_then_multiply(inputs, expected),
        "is_zero" => money::is_zero(inputs, expected),
        "cash_rounding" => money::cash_rounding(inputs, expected),
        "allocate" => money::allocate(inputs, expected),
        "allocate_equal_if_all_zero" => money::allocate_or_equal(inputs, expected),
        "split" => money::split_equally(inputs, expected),
        "min_price_distribution" => money::above_floors(inputs, expected),
        "unit_convert" => money::unit_convert(inputs, expected),
        "unit_price" => money::unit_price(inputs, expected),
        "volume" => scales::volume(inputs, expected),
        "graduated" | "graduated_slice" => scales::graduated(inputs, expected),
        "package" | "package_delta" => scales::package(inputs, expected),
        "block_volume" => scales::block_volume(inputs, expected),
        "block_graduated" => scales::block_graduated(inputs, expected),
        "with_commitment" => scales::with_commitment(inputs, expected),
        "percentage_fee" => scales::percentage_fee(inputs, expected),
        "percentage_min_max" => scales::percentage_min_max(inputs, expected),
        "discount_tier_range" => scales::tier_range(inputs, expected),
        "discount_tier_slab" => scales::tier_slab(inputs, expected),
        "tier_threshold_percent" => scales::threshold_percent(inputs, expected),
        "tier_threshold_flat" => scales::threshold_flat(inputs, expected),
        "first_and_additional" => scales::first_and_additional(inputs, expected),
        "free_goods" => scales::free_goods(inputs, expected),
        "additive_discounts" => adjust::discounts(inputs, expected, Stacking::Additive),
        "chained_discounts" => adjust::discounts(inputs, expected, Stacking::Chained),
        "margin_then_discount" => adjust::margin_then_discount(inputs, expected),
        "markup" => adjust::markup(inputs, expected),
        "option_extra" => adjust::option_extra(inputs, expected),
        "fixed_discount_clipped" => adjust::fixed_clipped(inputs, expected),
        "percent_discount_rounded" => adjust::percent_rounded(inputs, expected),
        "rule_rate_uom" => adjust::rule_rate(inputs, expected),
        "min_quantity_uom" | "min_quantity_surcharge_uom" | "fx_rate_price" => {
            adjust::from_quantity(inputs, expected)
        }
        "best_rule" => books::best_rule(inputs, expected),
        "priority_rule" => books::priority(inputs, expected),
        "merge_price_lists" => books::merge(inputs, expected),
        "acyclic" => books::acyclic(inputs, expected),
        "tax_simple" | "tax_excluded_line" => tax::one(inputs, expected, false),
        "tax_included_line" => tax::one(inputs, expected, true),
        "tax_included_two" => tax::two(inputs, expected),
        "tax_unit_based" => tax::of_rows(inputs, expected, true),
        "tax_row_based" => tax::of_rows(inputs, expected, false),
        "tax_cross_rate_after_discount" => tax::cross_rate(inputs, expected),
        "tax_chain" => tax::chain(inputs, expected),
        "doc_tax" => tax::document_tax(inputs, expected),
        "doc_percent_discount" => tax::document_discount(inputs, expected),
        "gross_net_step" => tax::gross_net(inputs, expected),
        "en_vat" => tax::en_vat(inputs, expected),
        "en_sum" | "en_sum_valid" => tax::en_sum(inputs, expected),
        "en16931_totals" => tax::en_totals(inputs, expected),
        "fixed_month_days" => recurring::fixed_month_days(inputs, expected),
        "whole_periods" => recurring::whole_periods(inputs, expected),
        "advance" => recurring::advance(inputs, expected),
        "leading_proration" => recurring::leading(inputs, expected),
        "segment_proration" => recurring::part(inputs, expected),
        _ => Err(Not::Offered("no such policy".to_owned())),
    }
}
