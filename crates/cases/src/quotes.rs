//! Cases that can be said as steps of a price book, through [`price_line`] and [`totals`].

use quotewright_engine::money::RoundingMode;
use quotewright_engine::price::{PricePack, PriceRule, Purchase, Tax, Tier};
use quotewright_engine::quote::{LinePrice, price_line, totals};
use rust_decimal::Decimal;
use serde_json::Value;

use super::fields::{Expected, Inputs, Not, Run};
use crate::kit::{DAY, amount, bare_model, line, pack, percent, tax, tiers};

/// Why the case comes to something else there; `None` where it does not, or cannot be said.
pub fn run(case: &Value) -> Option<Not> {
    let (inputs, expected) = (Inputs(&case["inputs"]), Expected::new(case));
    let ran = match case["semantics"].as_str().unwrap_or_default() {
        "discount_tier_range" => tier_range(inputs, &expected),
        "additive_discounts" => discounts(inputs, &expected, |_| vec![0]),
        "chained_discounts" => discounts(inputs, &expected, |earlier| (0..earlier).collect()),
        "markup" => markup(inputs, &expected),
        "option_extra" => option_extra(inputs, &expected),
        "en_vat" => en_vat(inputs, &expected),
        "en16931_totals" => en16931_totals(inputs, &expected),
        _ => Ok(()),
    };
    ran.err()
}

fn tier_range(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let tier = |tier: Inputs<'_>| {
        Ok(Tier {
            from: tier.whole("from")?,
            percent: -tier.decimal("percent")?,
        })
    };
    let steps = inputs.rows("tiers").map(tier).collect::<Result<_, Not>>()?;
    let pack = pack(vec![amount(inputs.decimal("list")?), tiers(steps, vec![0])]);
    expected.same("total", priced(&pack, inputs.whole("quantity")?)?.once.net)
}

fn discounts(inputs: Inputs<'_>, expected: &Expected<'_>, of: impl Fn(usize) -> Vec<usize>) -> Run {
    let mut rules = vec![amount(inputs.decimal("list")?)];
    for discount in inputs.decimals("percents")? {
        rules.push(percent(-discount, of(rules.len())));
    }
    expected.same("rate", unit(rules)?)
}

fn markup(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let list = amount(inputs.decimal("list")?);
    let rate = unit(vec![list, percent(inputs.decimal("percent")?, vec![0])])?;
    expected.same("rate", rate)
}

fn option_extra(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (list, extra) = (inputs.decimal("list")?, inputs.decimal("extra")?);
    expected.same("rate", unit(vec![amount(list), amount(extra)])?)
}

fn en_vat(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let tax = tax("S", inputs.decimal("percent")?);
    let lines = [line(inputs.decimal("base")?, &tax)];
    let totals = totals(&lines, &taxed(vec![tax]))?;
    expected.same("tax", totals.tax)
}

/// Lines, and allowances below zero and charges above it as further lines.
fn en16931_totals(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut amounts = taxed_amounts(inputs, "lines", "net", Decimal::ONE)?;
    amounts.extend(taxed_amounts(
        inputs,
        "allowances",
        "amount",
        Decimal::NEGATIVE_ONE,
    )?);
    amounts.extend(taxed_amounts(inputs, "charges", "amount", Decimal::ONE)?);
    let mut taxes: Vec<Tax> = amounts.iter().map(|(_, tax)| tax.clone()).collect();
    taxes.sort_by(|left, right| left.code.cmp(&right.code));
    taxes.dedup();
    let lines: Vec<_> = amounts.iter().map(|(net, tax)| line(*net, tax)).collect();
    let totals = totals(&lines, &taxed(taxes))?;
    expected.same("tax_exclusive", totals.net)?;
    expected.same("tax_inclusive", totals.gross)?;
    expected.same("tax_total", totals.tax)
}

fn taxed_amounts(
    inputs: Inputs<'_>,
    name: &str,
    field: &str,
    sign: Decimal,
) -> Result<Vec<(Decimal, Tax)>, Not> {
    let row = |row: Inputs<'_>| {
        let rate = row.or_zero("rate")?;
        let letters = row.get("category").and_then(Value::as_str);
        let code = format!("{} {}", letters.unwrap_or("O"), rate.normalize());
        Ok((sign * row.decimal(field)?, tax(&code, rate)))
    };
    inputs.rows(name).map(row).collect()
}

/// Two decimals, half up, whatever the currency: as EN 16931 has it.
fn taxed(taxes: Vec<Tax>) -> PricePack {
    let mut pack = pack(Vec::new());
    pack.rounding.mode = RoundingMode::HalfUp;
    PricePack { taxes, ..pack }
}

fn priced(pack: &PricePack, quantity: u32) -> Result<LinePrice, Not> {
    Ok(price_line(
        &bare_model(),
        pack,
        &[],
        &Purchase::alone(quantity, DAY),
    )?)
}

fn unit(rules: Vec<PriceRule>) -> Result<Decimal, Not> {
    Ok(priced(&pack(rules), 1)?.unit_net())
}
