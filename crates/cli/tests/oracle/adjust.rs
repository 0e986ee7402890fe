//! Adjustments, and prices by unit of measure.

use quotewright_cases::fields::{Expected, Inputs, Run};
use quotewright_engine::money::{Fraction, RoundingMode};
use rust_decimal::Decimal;
use serde_json::json;

use crate::catalog::{Answer, Catalog, cell, name};

fn rate(expected: &Expected<'_>, answer: &Answer) -> Run {
    expected.same("rate", answer.unit()?)
}

/// Percentages of the list price, or of all before.
pub fn discounts(of: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let list = inputs.decimal("list")?;
    let mut catalog = Catalog::of_item();
    catalog.step("list", "amount", cell(list), &[]);
    for (at, percent) in inputs.decimals("percents")?.into_iter().enumerate() {
        let step = format!("off-{at}");
        catalog.step(&step, "percent", cell(-percent), &[("of", of)]);
    }
    let answer = catalog.piece()?;
    rate(expected, &answer)?;
    let off = Fraction::from(list).minus(answer.unit()?)?;
    let percent = off.times(Decimal::ONE_HUNDRED)?.over(list)?;
    expected.same("effective_percent", percent)
}

pub fn margin_then_discount(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    catalog.step("list", "amount", cell(inputs.decimal("list")?), &[]);
    let steps = [
        ("margin_percent", "margin", "percent", Decimal::ONE),
        ("margin_amount", "margin", "amount", Decimal::ONE),
        ("discount_percent", "off", "percent", Decimal::NEGATIVE_ONE),
        ("discount_amount", "less", "amount", Decimal::NEGATIVE_ONE),
    ];
    for (input, step, kind, sign) in steps {
        if let Some(number) = inputs.optional(input)? {
            catalog.step(step, kind, cell(sign * number), &[]);
        }
    }
    let answer = catalog.piece()?;
    let with_margin = answer.step("list")?.plus(answer.step("margin")?)?;
    expected.same("with_margin", with_margin)?;
    expected.same("discount", with_margin.minus(answer.unit()?)?)?;
    rate(expected, &answer)
}

pub fn markup(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    catalog.step("list", "amount", cell(inputs.decimal("list")?), &[]);
    catalog.step("markup", "percent", cell(inputs.decimal("percent")?), &[]);
    rate(expected, &catalog.piece()?)
}

/// The option has its price in its list.
pub fn option_extra(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    catalog.attribute("colour");
    let extra = cell(inputs.decimal("extra")?);
    let red = [("option", "red"), ("price.public", extra.as_str())];
    catalog.row("options/colour.csv", &red);
    catalog.row(
        "options/colour.csv",
        &[("option", "raw"), ("price.public", "0")],
    );
    catalog.step("list", "amount", cell(inputs.decimal("list")?), &[]);
    catalog.step("extra", "options", "", &[("of", "colour")]);
    rate(
        expected,
        &catalog.lines(&[json!({ "configuration": { "colour": "red" } })])?,
    )
}

pub fn fixed_clipped(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::of_item();
    catalog.step("price", "amount", cell(inputs.decimal("price")?), &[]);
    catalog.step("off", "amount", cell(-inputs.decimal("discount")?), &[]);
    catalog.step("floor", "minimum", cell(inputs.or_zero("floor")?), &[]);
    rate(expected, &catalog.piece()?)
}

/// The discount is rounded by its own step; the price by one that follows.
pub fn percent_rounded(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let price = inputs.decimal("price")?;
    let rounding = inputs.rounding("0.01", RoundingMode::HalfUp)?;
    let (step, mode) = (cell(rounding.step), name(rounding.mode));
    let percent = cell(-inputs.decimal("percent")?);
    let mut catalog = Catalog::of_item();
    catalog.step("price", "amount", cell(price), &[]);
    if inputs.get("rounded").is_some_and(|it| it == "price") {
        catalog.step("off", "percent", percent, &[]);
        catalog.step("rounded", "round", step, &[("rounding", mode)]);
    } else {
        let own = [("round_to", step.as_str()), ("rounding", mode)];
        catalog.step("off", "percent", percent, &own);
    }
    let answer = catalog.piece()?;
    let off = Fraction::from(price).minus(answer.unit()?)?;
    expected.same("discount", off)?;
    rate(expected, &answer)
}

/// Units of measure as options: how many pieces each is.
fn units(catalog: &mut Catalog, units: &[(&str, Decimal)]) {
    catalog.attribute("unit");
    for (unit, factor) in units {
        let factor = cell(*factor);
        let cells = [("option", *unit), ("property.factor", &factor)];
        catalog.row("options/unit.csv", &cells);
    }
}

/// A unit with a price of its own, and all others by the piece.
pub fn rule_rate(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let [own, asked] = ["rule_uom", "line_uom"].map(|it| inputs.text(it).map(str::to_lowercase));
    let (own, asked) = (own?, asked?);
    let factor = inputs.decimal_or("uom_factor", Decimal::ONE)?;
    let mut catalog = Catalog::of_item();
    let other = if own == asked {
        "other"
    } else {
        asked.as_str()
    };
    units(&mut catalog, &[(&own, factor), (other, factor)]);
    let (is_own, is_not) = (format!("unit = {own}"), format!("unit != {own}"));
    catalog.step(
        "own",
        "amount",
        cell(inputs.decimal("rule_rate")?),
        &[("when", &is_own)],
    );
    let by_piece = [("when", is_not.as_str()), ("per", "unit.factor")];
    catalog.step(
        "piece",
        "amount",
        cell(inputs.decimal("item_price")?),
        &by_piece,
    );
    rate(
        expected,
        &catalog.lines(&[json!({ "configuration": { "unit": asked } })])?,
    )
}

/// `percent` off or a surcharge on the price of a base unit, from so many base units on.
pub fn from_quantity(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let factor = inputs.decimal_or("uom_factor", Decimal::ONE)?;
    let quantity = inputs.decimal_or("quantity", Decimal::ONE)?;
    let list = ["list_per_unit", "list"]
        .into_iter()
        .find(|it| inputs.get(it).is_some());
    let mut catalog = Catalog::of_item();
    units(&mut catalog, &[("unit", factor), ("other", Decimal::ONE)]);
    catalog.number("quantity", quantity);
    let list = cell(inputs.decimal(list.unwrap_or("list"))?);
    catalog.step("list", "amount", list, &[("per", "unit.factor")]);
    let least = cell(inputs.or_zero("min_quantity")?);
    let when = format!("quantity * unit.factor >= {least}");
    match inputs.optional("surcharge")? {
        Some(surcharge) => {
            let own = [("per", "unit.factor"), ("when", when.as_str())];
            catalog.step("change", "amount", cell(surcharge), &own);
        }
        None => {
            let percent = cell(-inputs.or_zero("percent")?);
            catalog.step("change", "percent", percent, &[("when", &when)]);
        }
    }
    let given = json!({ "unit": "unit", "quantity": cell(quantity) });
    let answer = catalog.lines(&[json!({ "configuration": given })])?;
    expected.flag_is("applies", answer.steps("change").next().is_some())?;
    expected.same("unit_price", answer.unit()?)?;
    rate(expected, &answer)
}

/// A list in one currency, quoted in another at a rate.
pub fn exchanged(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let rate_of = cell(inputs.decimal_or("fx", Decimal::ONE)?);
    let mut catalog = Catalog::of_item();
    units(
        &mut catalog,
        &[("unit", inputs.decimal_or("uom_factor", Decimal::ONE)?)],
    );
    catalog.toml(format!(
        "[[rates]]\nfrom = \"EUR\"\nto = \"USD\"\nrate = \"{rate_of}\"\nvalid_from = \"2020-01-01\""
    ));
    let own = "customer = \"c\"\nbased_on = \"public\"\ncurrency = \"USD\"\nround_to = \"0.01\"";
    catalog.book("other", own);
    catalog.step(
        "list",
        "amount",
        cell(inputs.decimal("list")?),
        &[("per", "unit.factor")],
    );
    catalog.step("off", "percent", cell(-inputs.or_zero("percent")?), &[]);
    let answer = catalog.request(&json!({ "customer": "c", "lines": [{}] }))?;
    expected.same("unit_price", answer.unit()?)?;
    rate(expected, &answer)
}
