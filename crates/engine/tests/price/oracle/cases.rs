//! One case each: its inputs to the engine's, the engine's answer to what is asserted.

use quotewright_engine::catalog::Formula;
use quotewright_engine::price::{
    Amount, Measure, PricePack, PriceRule, Purchase, RoundingMode, RoundingMoment, RoundingPolicy,
    Tax, Tier,
};
use quotewright_engine::quote::{
    Claim, ClaimedTotals, LinePrice, Subject, Totals, price_line, totals, verify,
};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::kit::{DAY, amount, bare_model, line, pack, percent, tax, tiers};

/// What became of a case.
pub enum Outcome {
    AsAsserted,
    Otherwise(String),
    NotOffered(&'static str),
}

use Outcome::NotOffered;

/// Runs the case where the engine offers its policy.
pub fn run(case: &Value) -> Outcome {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    match case["semantics"].as_str().unwrap_or_default() {
        "round_step" => round_step(inputs, expected),
        "discount_tier_range" => tier_range(inputs, expected),
        "additive_discounts" => discounts(inputs, expected, |_| vec![0]),
        "chained_discounts" => discounts(inputs, expected, |earlier| (0..earlier).collect()),
        "margin_then_discount" => margin_then_discount(inputs, expected),
        "markup" => markup(inputs, expected),
        "option_extra" => option_extra(inputs, expected),
        "unit_price" => unit_price(inputs, expected),
        "tax_simple" | "tax_excluded_line" => tax_on_top(inputs, expected),
        "en_vat" => en_vat(inputs, expected),
        "en_sum_valid" => en_sum_valid(inputs, expected),
        "error.vat_mismatch" => vat_mismatch(inputs),
        "en16931_totals" => en16931_totals(inputs, expected),
        "tax_included_line" | "tax_included_two" => NotOffered("prices contain no tax"),
        "doc_tax" | "tax_chain" | "gross_net_step" | "tax_row_based" | "tax_unit_based" => {
            NotOffered("tax is worked out once for each rate, not by line or tax on tax")
        }
        _ => NotOffered("no such policy yet"),
    }
}

fn round_step(inputs: &Value, expected: &Value) -> Outcome {
    let mode = match inputs["mode"].as_str() {
        Some("half_up") => RoundingMode::HalfUp,
        Some("half_even") => RoundingMode::HalfEven,
        _ => return NotOffered("no such rounding mode"),
    };
    let Some(minor_units) = minor_units(number(&inputs["step"])) else {
        return NotOffered("the step is not a minor unit");
    };
    let policy = RoundingPolicy {
        mode,
        moment: RoundingMoment::Line,
    };
    let rounded = policy.round(number(&inputs["value"]), minor_units);
    same("result", rounded, &expected["result"])
}

/// How many decimals the minor unit `step` has: 2 for 0.01.
fn minor_units(step: Decimal) -> Option<u32> {
    (0..=28).find(|units| Decimal::new(1, *units) == step)
}

fn tier_range(inputs: &Value, expected: &Value) -> Outcome {
    let tier = |tier: &Value| Tier {
        from: whole(&tier["from"]),
        percent: -number(&tier["percent"]),
    };
    let steps = list(&inputs["tiers"]).iter().map(tier).collect();
    let pack = pack(vec![amount(number(&inputs["list"])), tiers(steps, vec![0])]);
    let line = priced(&pack, whole(&inputs["quantity"]));
    same("total", line.once.net, &expected["total"])
}

fn discounts(inputs: &Value, expected: &Value, of: impl Fn(usize) -> Vec<usize>) -> Outcome {
    let list_price = number(&inputs["list"]);
    let mut rules = vec![amount(list_price)];
    for discount in list(&inputs["percents"]) {
        rules.push(percent(-number(discount), of(rules.len())));
    }
    let rate = unit(rules);
    let effective = Decimal::ONE_HUNDRED - rate * Decimal::ONE_HUNDRED / list_price;
    all([
        same_if_asserted("rate", rate, expected),
        same_if_asserted("effective_percent", effective, expected),
    ])
}

fn margin_then_discount(inputs: &Value, expected: &Value) -> Outcome {
    let mut rules = vec![
        amount(number(&inputs["list"])),
        percent(number(&inputs["margin_percent"]), vec![0]),
    ];
    let with_margin = unit(rules.clone());
    if let Some(discount) = inputs.get("discount_percent") {
        rules.push(percent(-number(discount), vec![0, 1]));
    }
    let rate = unit(rules);
    all([
        same("with_margin", with_margin, &expected["with_margin"]),
        same_if_asserted("discount", with_margin - rate, expected),
        same("rate", rate, &expected["rate"]),
    ])
}

fn markup(inputs: &Value, expected: &Value) -> Outcome {
    let list_price = amount(number(&inputs["list"]));
    let rate = unit(vec![
        list_price,
        percent(number(&inputs["percent"]), vec![0]),
    ]);
    same("rate", rate, &expected["rate"])
}

fn option_extra(inputs: &Value, expected: &Value) -> Outcome {
    let amounts = ["list", "extra"].map(|name| amount(number(&inputs[name])));
    same("rate", unit(amounts.to_vec()), &expected["rate"])
}

fn unit_price(inputs: &Value, expected: &Value) -> Outcome {
    let per = Measure {
        formula: Formula::Constant(number(&inputs["quantity"])),
        unit: String::new(),
    };
    let rule = PriceRule::Amount(Amount {
        amount: number(&inputs["price"]),
        per: Some(per),
    });
    same("total", unit(vec![rule]), &expected["total"])
}

fn tax_on_top(inputs: &Value, expected: &Value) -> Outcome {
    if inputs["included"] == true {
        return NotOffered("prices contain no tax");
    }
    let price = inputs.get("price").unwrap_or(&inputs["amount"]);
    let tax = tax("standard", number(&inputs["percent"]));
    let mut pack = taxed(vec![tax.clone()]);
    if let Some(step) = inputs.get("step") {
        pack.currency.minor_units = minor_units(number(step)).expect("a minor unit");
    }
    let totals = summed(&[line(number(price), &tax)], &pack);
    all([
        same_if_asserted("tax", totals.tax, expected),
        same_if_asserted("included", totals.gross, expected),
    ])
}

fn en_vat(inputs: &Value, expected: &Value) -> Outcome {
    let tax = tax("S", number(&inputs["percent"]));
    let lines = [line(number(&inputs["base"]), &tax)];
    let totals = summed(&lines, &taxed(vec![tax]));
    same("tax", totals.tax, &expected["tax"])
}

fn en_sum_valid(inputs: &Value, expected: &Value) -> Outcome {
    let none = tax("O", Decimal::ZERO);
    let lines: Vec<_> = list(&inputs["amounts"])
        .iter()
        .map(|amount| line(number(amount), &none))
        .collect();
    let totals = summed(&lines, &taxed(vec![none]));
    let valid = totals.net == number(&inputs["stated"]);
    verdict(Some(valid) == expected["valid"].as_bool(), "valid", valid)
}

fn vat_mismatch(inputs: &Value) -> Outcome {
    let model = bare_model();
    let net = number(&inputs["base"]);
    let mut pack = pack(vec![amount(net)]);
    pack.taxes = vec![tax("S", number(&inputs["percent"]))];
    let claim = Claim {
        model: &model,
        assignment: &[],
        purchase: Purchase::alone(1, DAY),
        unit_net: Some(net),
        net: Some(net),
    };
    let stated = number(&inputs["stated"]);
    let totals = ClaimedTotals {
        net,
        tax: stated,
        gross: net + stated,
    };
    let refused = match verify(Some(&pack), &[claim], Some(&totals)) {
        Err(quotewright_engine::quote::Refusal::Amounts(found)) => {
            found.iter().any(|it| it.subject == Subject::TotalTax)
        }
        _ => false,
    };
    verdict(refused, "refused", refused)
}

/// Lines, and allowances below zero and charges above it as further lines.
fn en16931_totals(inputs: &Value, expected: &Value) -> Outcome {
    let lines = taxed_amounts(&inputs["lines"], "net", Decimal::ONE);
    let allowances = taxed_amounts(&inputs["allowances"], "amount", Decimal::NEGATIVE_ONE);
    let charges = taxed_amounts(&inputs["charges"], "amount", Decimal::ONE);
    let all_amounts: Vec<_> = [lines.clone(), allowances, charges].concat();
    let mut taxes: Vec<Tax> = all_amounts.iter().map(|(_, tax)| tax.clone()).collect();
    taxes.sort_by(|left, right| left.code.cmp(&right.code));
    taxes.dedup();
    let pack = taxed(taxes);
    let sum = |amounts: &[(Decimal, Tax)]| {
        let lines: Vec<_> = amounts.iter().map(|(net, tax)| line(*net, tax)).collect();
        summed(&lines, &pack)
    };
    let totals = sum(&all_amounts);
    let mut checks = vec![
        same("line_total", sum(&lines).net, &expected["line_total"]),
        same("tax_exclusive", totals.net, &expected["tax_exclusive"]),
        same("tax_inclusive", totals.gross, &expected["tax_inclusive"]),
        same("tax_total", totals.tax, &expected["tax_total"]),
    ];
    checks.extend(
        list(&expected["vat"])
            .iter()
            .map(|row| vat_row(row, &totals)),
    );
    checks.extend(list(&inputs["lines"]).iter().filter_map(line_net));
    all(checks)
}

/// Category, rate, base and tax of one row.
fn vat_row(row: &Value, totals: &Totals) -> Outcome {
    let code = category(&row[0], &row[1]);
    match totals.taxes.iter().find(|tax| tax.code == code) {
        None => Outcome::Otherwise(format!("no VAT of {code}")),
        Some(tax) => all([
            same("vat base", tax.base, &row[2]),
            same("vat", tax.amount, &row[3]),
        ]),
    }
}

/// Quantity times price, where a line is no more than that.
fn line_net(inputs: &Value) -> Option<Outcome> {
    let plain = inputs.get("allowances").is_none() && inputs.get("charges").is_none();
    let by_one = inputs
        .get("base_quantity")
        .is_none_or(|it| number(it) == Decimal::ONE);
    let quantity = u32::try_from(number(&inputs["quantity"])).ok()?;
    if !plain || !by_one {
        return None;
    }
    let line = priced(&pack(vec![amount(number(&inputs["price"]))]), quantity);
    Some(same("line net", line.once.net, &inputs["net"]))
}

fn taxed_amounts(rows: &Value, field: &str, sign: Decimal) -> Vec<(Decimal, Tax)> {
    let row = |row: &Value| {
        let code = category(&row["category"], &row["rate"]);
        (sign * number(&row[field]), tax(&code, number(&row["rate"])))
    };
    list(rows).iter().map(row).collect()
}

fn category(category: &Value, rate: &Value) -> String {
    let letters = category.as_str().unwrap_or_default();
    format!("{letters} {}", number(rate).normalize())
}

fn taxed(taxes: Vec<Tax>) -> PricePack {
    PricePack {
        taxes,
        ..pack(Vec::new())
    }
}

fn priced(pack: &PricePack, quantity: u32) -> LinePrice {
    price_line(&bare_model(), pack, &[], &Purchase::alone(quantity, DAY)).expect("a price")
}

fn unit(rules: Vec<PriceRule>) -> Decimal {
    priced(&pack(rules), 1).unit_net()
}

fn summed(lines: &[LinePrice], pack: &PricePack) -> Totals {
    totals(lines, pack).expect("totals")
}

fn same(name: &str, found: Decimal, expected: &Value) -> Outcome {
    verdict(found == number(expected), name, found)
}

/// As [`same`], where the case asserts `name` at all.
fn same_if_asserted(name: &str, found: Decimal, expected: &Value) -> Outcome {
    expected
        .get(name)
        .map_or(Outcome::AsAsserted, |expected| same(name, found, expected))
}

fn verdict(right: bool, name: &str, found: impl std::fmt::Display) -> Outcome {
    if right {
        Outcome::AsAsserted
    } else {
        Outcome::Otherwise(format!("{name} is {found}"))
    }
}

/// The first of `outcomes` that is not as asserted.
fn all(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    let mut outcomes = outcomes.into_iter();
    outcomes
        .find(|outcome| !matches!(outcome, Outcome::AsAsserted))
        .unwrap_or(Outcome::AsAsserted)
}

/// A decimal, or a fraction such as `1/8` as far as a decimal holds it.
fn number(value: &Value) -> Decimal {
    let text = value.as_str().unwrap_or_default();
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let parse = |part: &str| part.parse::<Decimal>().ok();
    parse(above)
        .zip(parse(below))
        .and_then(|(above, below)| above.checked_div(below))
        .unwrap_or_else(|| panic!("{value} is not a number"))
}

fn whole(text: &Value) -> u32 {
    u32::try_from(number(text)).expect("a quantity")
}

fn list(values: &Value) -> &[Value] {
    values.as_array().map_or(&[], Vec::as_slice)
}
