//! Rounding, cash and units.

use quotewright_cases::fields::{Expected, Inputs, Not, Run};
use quotewright_engine::money::{Fraction, RoundingMode};
use rust_decimal::Decimal;

use crate::catalog::{Answer, Catalog, cell, name};
use serde_json::json;

/// `value` as the price of one piece, rounded as the inputs say.
fn rounded(value: Fraction, per: Option<Decimal>, inputs: Inputs<'_>) -> Result<Answer, Not> {
    let rounding = inputs.rounding("0.01", RoundingMode::HalfUp)?;
    let mut catalog = Catalog::of_item();
    catalog.rounds(rounding.step, rounding.mode);
    catalog.set("round_at", "unit");
    let per = per.map(cell).unwrap_or_default();
    let price = value.to_decimal()?.normalize();
    catalog.step("value", "amount", price, &[("per", &per)]);
    catalog.piece()
}

pub fn round_step(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    expected.same(
        "result",
        rounded(inputs.fraction("value")?, None, inputs)?.unit()?,
    )
}

pub fn round_then_multiply(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (value, per) = (inputs.fraction("a")?, inputs.decimal("b")?);
    expected.same("result", rounded(value, Some(per), inputs)?.unit()?)
}

pub fn is_zero(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let found = rounded(inputs.fraction("value")?, None, inputs)?.unit()?;
    expected.flag_is("zero", found.is_zero())
}

/// Each amount is a line.
pub fn cash_rounding(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let step = inputs.rounding("0.01", RoundingMode::HalfUp)?;
    let mut catalog = Catalog::new();
    catalog.set("cash_step", cell(step.step));
    catalog.set("rounding", name(step.mode));
    let mut lines = Vec::new();
    for (at, amount) in inputs.decimals("amounts")?.into_iter().enumerate() {
        let product = format!("p{at}");
        catalog.priced(&product, cell(amount), &[]);
        lines.push(json!({ "product": product }));
    }
    let answer = catalog.lines(&lines)?;
    expected.same("total", answer.at("/totals/cash/total")?)?;
    expected.same("rounding_difference", answer.at("/totals/cash/rounding")?)
}

/// One step counts the exact units, the other those that are invoiced.
pub fn unit_convert(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let raw = match inputs.get("raw") {
        Some(_) => inputs.decimal("raw")?,
        None => inputs.decimal_or("quantity", Decimal::ONE)?,
    };
    let sign = match inputs.get("op").and_then(|it| it.as_str()) {
        Some("multiply") => "*",
        _ => "/",
    };
    let mut catalog = Catalog::of_item();
    catalog.number("raw", raw);
    let per = format!("raw {sign} {}", cell(inputs.decimal("factor")?));
    catalog.step("converted", "amount", "1", &[("per", &per)]);
    let given = ["mode", "dp", "step"]
        .iter()
        .any(|it| inputs.get(it).is_some());
    let (step, mode) = match given && inputs.get("mode").is_none_or(|it| it != "none") {
        false => (String::new(), ""),
        true => {
            let rounding = inputs.rounding("1", RoundingMode::HalfUp)?;
            (cell(rounding.step), name(rounding.mode))
        }
    };
    let invoiced = [
        ("per", per.as_str()),
        ("units_to", &step),
        ("rounding", mode),
    ];
    catalog.step("invoiced", "amount", "1", &invoiced);
    let answer = catalog.lines(&[json!({ "configuration": { "raw": cell(raw) } })])?;
    expected.same("converted", answer.step("converted")?)?;
    expected.same("invoiced", answer.step("invoiced")?)
}

pub fn unit_price(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let quantity = inputs.decimal("quantity")?;
    let mut catalog = Catalog::of_item();
    catalog.number("quantity", quantity);
    if inputs.get("dp").or(inputs.get("step")).is_some() {
        let rounding = inputs.rounding("0.01", RoundingMode::HalfUp)?;
        catalog.rounds(rounding.step, rounding.mode);
        catalog.set("round_at", "line");
    }
    let price = cell(inputs.decimal("price")?);
    catalog.step("price", "amount", price, &[("per", "quantity")]);
    let answer = catalog.lines(&[json!({ "configuration": { "quantity": cell(quantity) } })])?;
    expected.same("total", answer.line()?)
}
