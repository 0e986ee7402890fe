//! Prices by quantity.

use quotewright_cases::fields::{Expected, Inputs, Not, Run};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::catalog::{Answer, Catalog, cell};

fn configured(attribute: &str, value: Decimal) -> Value {
    json!({ "configuration": { attribute: cell(value) } })
}

/// The tiers of the step `price`; a percentage is a price for each unit of an amount.
fn tiers(catalog: &mut Catalog, inputs: Inputs<'_>) -> Result<(), Not> {
    for tier in inputs.rows("tiers") {
        let number = |name: &str| Ok::<_, Not>(tier.optional(name)?.map(cell).unwrap_or_default());
        let unit = match (tier.optional("unit")?, tier.optional("percent")?) {
            (None, Some(percent)) => percent / Decimal::ONE_HUNDRED,
            (unit, _) => unit.unwrap_or_default(),
        };
        let cells = [
            ("step", "price"),
            ("up_to", &number("up_to")?),
            ("price.public", &cell(unit)),
            ("flat.public", &number("flat")?),
        ];
        catalog.row("tiers.csv", &cells);
    }
    Ok(())
}

/// What the configuration counts, by tiers.
pub fn tiered(kind: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    let line = counted(kind, &mut catalog, inputs)?;
    let answer = catalog.lines(&[line])?;
    expected.same("total", answer.line()?)?;
    expected.list_is("tier_amounts", answer.tiers("price")?)
}

fn counted(kind: &str, catalog: &mut Catalog, inputs: Inputs<'_>) -> Result<Value, Not> {
    let quantity = inputs.decimal("quantity")?;
    catalog.number("quantity", quantity);
    let mut line = configured("quantity", quantity);
    let mut by = "";
    if let Some(reached) = inputs.optional("tier_quantity")? {
        catalog.number("reached", reached);
        line["configuration"]["reached"] = json!(cell(reached));
        by = "reached";
    }
    catalog.step("price", kind, "", &[("per", "quantity"), ("by", by)]);
    tiers(catalog, inputs)?;
    Ok(line)
}

/// Pieces that the contract has had already come first.
fn slice(inputs: Inputs<'_>) -> Result<Value, Not> {
    let (from, to): (u32, u32) = (inputs.whole("from")?, inputs.whole("to")?);
    Ok(json!({ "quantity": to.saturating_sub(from), "earlier": from }))
}

const CONTRACT: [(&str, &str); 2] = [("for", "line"), ("counts", "contract")];

/// The bounds of what is spent, with what was billed before.
fn bounded(
    catalog: &mut Catalog,
    (least, most): (&str, &str),
    inputs: Inputs<'_>,
    line: &mut Value,
) -> Result<(), Not> {
    let round_to = match inputs.get("dp") {
        None => String::new(),
        Some(_) => cell(Decimal::new(1, inputs.whole("dp")?)),
    };
    for (step, kind, name) in [("least", "minimum", least), ("most", "maximum", most)] {
        if let Some(bound) = inputs.optional(name)? {
            let of = if step == "most" && inputs.get(least).is_some() {
                "price|least"
            } else {
                "price"
            };
            let own = [("of", of), ("round_to", round_to.as_str())];
            catalog.step(step, kind, cell(bound), &[&CONTRACT[..], &own].concat());
        }
    }
    if let Some(billed) = inputs.optional("previously_billed")? {
        line["billed"] = json!(cell(billed));
    }
    Ok(())
}

pub fn graduated_slice(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    let mut line = slice(inputs)?;
    catalog.step("price", "graduated", "", &CONTRACT);
    tiers(&mut catalog, inputs)?;
    bounded(&mut catalog, ("min_spend", "max_spend"), inputs, &mut line)?;
    let answer = catalog.lines(&[line])?;
    expected.same("amount", answer.step("price")?)?;
    expected.same("total", answer.line()?)
}

fn packages(answer: &Answer) -> Result<quotewright_engine::money::Fraction, Not> {
    answer.at("/lines/0/once/unit_steps/0/basis/shares/0/units")
}

fn package_of(catalog: &mut Catalog, inputs: Inputs<'_>) -> Result<Value, Not> {
    let quantity = inputs.decimal("quantity")?;
    catalog.number("quantity", quantity);
    let free = cell(inputs.or_zero("free")?);
    let per = format!("max(quantity - {free}, 0)");
    let size = cell(inputs.decimal("size")?);
    let own = [("per", per.as_str()), ("price_unit", &size)];
    catalog.step("price", "package", cell(inputs.decimal("price")?), &own);
    Ok(configured("quantity", quantity))
}

pub fn package(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    let line = package_of(&mut catalog, inputs)?;
    let answer = catalog.lines(&[line])?;
    if expected.get("packages").is_some() {
        expected.same("packages", packages(&answer)?)?;
    }
    expected.same("total", answer.line()?)
}

fn package_slice(catalog: &mut Catalog, inputs: Inputs<'_>) -> Result<Value, Not> {
    let size = cell(inputs.decimal("size")?);
    let own = [&CONTRACT[..], &[("price_unit", size.as_str())]].concat();
    catalog.step("price", "package", cell(inputs.decimal("price")?), &own);
    slice(inputs)
}

pub fn package_delta(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    let line = package_slice(&mut catalog, inputs)?;
    let answer = catalog.lines(&[line])?;
    let packages = answer.at("/lines/0/once/line_steps/0/basis/shares/0/units");
    expected.same("packages", packages?)?;
    expected.same("total", answer.line()?)
}

/// A tier holds so many blocks, and begins where the one before ends.
pub fn blocks(semantics: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let quantity = inputs.decimal("quantity")?;
    let mut catalog = Catalog::of_item();
    catalog.number("quantity", quantity);
    let kind = semantics.replace('_', "-");
    catalog.step("price", &kind, "", &[("per", "quantity")]);
    let mut end = Decimal::ZERO;
    for tier in inputs.rows("tiers") {
        let block = tier.decimal("block")?;
        let mut up_to = String::new();
        // -1 is an open tier.
        let most = tier.optional("max_blocks")?;
        if let Some(most) = most.filter(|it| *it > Decimal::ZERO) {
            end += block * most;
            up_to = cell(end);
        }
        let cells = [
            ("step", "price"),
            ("up_to", &up_to),
            ("block", &cell(block)),
            ("price.public", &cell(tier.decimal("price")?)),
        ];
        catalog.row("tiers.csv", &cells);
    }
    let answer = catalog.lines(&[configured("quantity", quantity)])?;
    expected.same("total", answer.line()?)?;
    expected.list_is("tier_amounts", answer.tiers("price")?)
}

pub fn with_commitment(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    let price = Inputs(inputs.get("price").unwrap_or(&Value::Null));
    let model = inputs.text("model")?;
    let mut line = match model {
        "volume" | "graduated" => counted(model, &mut catalog, price)?,
        "package" => package_of(&mut catalog, price)?,
        "package_delta" => package_slice(&mut catalog, price)?,
        "graduated_slice" => {
            catalog.step("price", "graduated", "", &CONTRACT);
            tiers(&mut catalog, price)?;
            slice(price)?
        }
        "value" => {
            let value = cell(inputs.decimal("value")?);
            catalog.step("price", "amount", value, &[("for", "line")]);
            json!({})
        }
        other => return Err(Not::Offered(format!("model {other}"))),
    };
    bounded(&mut catalog, ("min", "max"), inputs, &mut line)?;
    let answer = catalog.lines(&[line])?;
    let zero = quotewright_engine::money::Fraction::ZERO;
    expected.same("base", answer.step("price")?)?;
    expected.same("min_topup", answer.step("least")?)?;
    expected.same("max_discount", zero.minus(answer.step("most")?)?)?;
    expected.same("total", answer.line()?)
}

pub fn percentage_fee(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (amount, events) = (inputs.decimal("amount")?, inputs.or_zero("events")?);
    let mut catalog = Catalog::of_item();
    catalog.number("amount", amount);
    catalog.number("events", events);
    let free = cell(inputs.or_zero("free_amount")?);
    let per = format!("max(amount - {free}, 0)");
    let rate = cell(inputs.decimal("rate_percent")?);
    catalog.step(
        "share",
        "amount",
        rate,
        &[("per", &per), ("price_unit", "100")],
    );
    let free = cell(inputs.or_zero("free_events")?);
    let per = format!("max(events - {free}, 0)");
    let fixed = cell(inputs.or_zero("fixed_per_event")?);
    catalog.step("fixed", "amount", fixed, &[("per", &per)]);
    let given = json!({ "amount": cell(amount), "events": cell(events) });
    let answer = catalog.lines(&[json!({ "configuration": given })])?;
    expected.same("total", answer.line()?)
}

/// Each transaction is a line.
pub fn percentage_min_max(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let amounts = inputs.decimals("amounts")?;
    let mut catalog = Catalog::of_item();
    catalog.numbers("amount", &amounts);
    let rate = cell(inputs.decimal("rate_percent")?);
    catalog.step(
        "share",
        "amount",
        rate,
        &[("per", "amount"), ("price_unit", "100")],
    );
    catalog.step(
        "fixed",
        "amount",
        cell(inputs.or_zero("fixed_per_event")?),
        &[],
    );
    for (step, kind) in [("min", "minimum"), ("max", "maximum")] {
        if let Some(bound) = inputs.optional(step)? {
            catalog.step(step, kind, cell(bound), &[]);
        }
    }
    let lines: Vec<_> = amounts.iter().map(|it| configured("amount", *it)).collect();
    let answer = catalog.lines(&lines)?;
    expected.same("total", answer.at("/contract_total")?)?;
    let fees = (0..lines.len()).map(|at| answer.at(&format!("/lines/{at}/contract_total")));
    expected.list_is("fees", fees.collect::<Result<Vec<_>, _>>()?)
}

/// A percentage by quantity, of a list price for each piece.
pub fn discounts(kind: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    catalog.step("list", "amount", cell(inputs.decimal("list")?), &[]);
    let level = if kind == "brackets" { "line" } else { "" };
    catalog.step("off", kind, "", &[("of", "list"), ("for", level)]);
    for tier in inputs.rows("tiers") {
        let from = cell(tier.or_zero("from")?.max(Decimal::ONE));
        let percent = cell(-tier.decimal("percent")?);
        let cells = [
            ("step", "off"),
            ("from", &from),
            ("percent.public", &percent),
        ];
        catalog.row("tiers.csv", &cells);
    }
    let quantity: u32 = inputs.whole("quantity")?;
    let answer = catalog.lines(&[json!({ "quantity": quantity })])?;
    expected.same("total", answer.line()?)
}

/// The base holds from nothing on.
fn thresholds(inputs: Inputs<'_>, base: &str) -> Result<Vec<(String, Decimal)>, Not> {
    let mut all = vec![("0".to_owned(), inputs.or_zero(base)?)];
    let given = inputs.get("thresholds").and_then(Value::as_object);
    let given = given.ok_or_else(|| Not::Refused("no table".to_owned()))?;
    for (from, value) in given {
        all.push((from.clone(), quotewright_cases::fields::decimal(value)?));
    }
    all.sort_by_key(|(from, _)| from.parse::<Decimal>().ok());
    Ok(all)
}

pub fn threshold_percent(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let basis = inputs.or_zero("basis")?;
    let amount = inputs.decimal_or("amount", basis)?;
    let mut catalog = Catalog::of_item();
    catalog.number("basis", basis);
    catalog.step("price", "amount", cell(amount), &[]);
    catalog.step("off", "tiers", "", &[("of", "price"), ("by", "basis")]);
    for (from, percent) in thresholds(inputs, "base_percent")? {
        let percent = cell(-percent);
        let cells = [
            ("step", "off"),
            ("from", &*from),
            ("percent.public", &percent),
        ];
        catalog.row("tiers.csv", &cells);
    }
    let answer = catalog.lines(&[configured("basis", basis)])?;
    let zero = quotewright_engine::money::Fraction::ZERO;
    expected.same("discount", zero.minus(answer.step("off")?)?)
}

pub fn threshold_flat(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let basis = inputs.decimal("basis")?;
    let mut catalog = Catalog::of_item();
    catalog.number("basis", basis);
    catalog.step("off", "table", "", &[("of", "off"), ("between", "down")]);
    for (from, value) in thresholds(inputs, "base")? {
        let cells = [("basis", &*from), ("price.public", &cell(value))];
        catalog.row("price-tables/off.csv", &cells);
    }
    let answer = catalog.lines(&[configured("basis", basis)])?;
    expected.same("discount", answer.step("off")?)
}

pub fn first_and_additional(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    let most = inputs.or_zero("max_items")?;
    let most = if most.is_zero() {
        String::new()
    } else {
        cell(most)
    };
    let own = [("for", "line"), ("price_unit", most.as_str())];
    catalog.step("price", "first-and-additional", "", &own);
    for (up_to, name) in [("1", "first"), ("", "additional")] {
        let price = cell(inputs.decimal(name)?);
        let cells = [
            ("step", "price"),
            ("up_to", up_to),
            ("price.public", &price),
        ];
        catalog.row("tiers.csv", &cells);
    }
    let items: u32 = inputs.whole("items")?;
    let answer = catalog.lines(&[json!({ "quantity": items })])?;
    expected.same("total", answer.line()?)
}

/// At one each, what is taken off is how many are free.
pub fn free_goods(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    catalog.step("price", "amount", "1", &[]);
    let bound = |name| {
        let bound = inputs.optional(name)?.filter(|it| !it.is_zero());
        Ok::<_, Not>(bound.map(cell).unwrap_or_default())
    };
    let per = cell(inputs.decimal_or("per", Decimal::ONE)?);
    let own = [
        ("for", "line"),
        ("price_unit", per.as_str()),
        ("at_least", &bound("min")?),
        ("at_most", &bound("max")?),
    ];
    let free = cell(inputs.decimal_or("free_per", Decimal::ONE)?);
    catalog.step("free", "free", free, &own);
    let quantity: u32 = inputs.whole("quantity")?;
    let answer = catalog.lines(&[json!({ "quantity": quantity })])?;
    let zero = quotewright_engine::money::Fraction::ZERO;
    expected.same("free", zero.minus(answer.step("free")?)?)
}
