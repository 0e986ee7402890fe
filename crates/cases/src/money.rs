//! Rounding, sharing and conversion.

use quotewright_engine::money::{
    Capped, Conversion, Fraction, Leftover, Rounding, RoundingMode, UnitConversion, Weights,
    cash_total, share, share_above_floors, split,
};
use rust_decimal::Decimal;

use super::fields::{Expected, Inputs, Not, Run};

use RoundingMode::HalfUp;

pub fn round_step(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let rounding = inputs.rounding("0.01", HalfUp)?;
    expected.same("result", inputs.fraction("value")?.round(&rounding)?)
}

pub fn round_then_multiply(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let product = inputs.fraction("a")?.times(inputs.fraction("b")?)?;
    expected.same("result", product.round(&inputs.rounding("0.01", HalfUp)?)?)
}

pub fn is_zero(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let rounding = inputs.rounding("0.01", HalfUp)?;
    expected.flag_is("zero", rounding.is_zero(inputs.decimal("value")?)?)
}

pub fn rounding_necessary(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (value, step) = (inputs.decimal("value")?, inputs.decimal("step")?);
    expected.same("result", Rounding::unnecessary(value, step)?)
}

pub fn cash_rounding(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let step = inputs.rounding("0.01", HalfUp)?;
    let found = cash_total(&inputs.decimals("amounts")?, &step)?;
    expected.same("total", found.total)?;
    expected.same("rounding_difference", found.rounding)
}

fn unit(inputs: Inputs<'_>) -> Result<Decimal, Not> {
    match inputs.optional("unit")? {
        Some(unit) => Ok(unit),
        None => inputs.decimal_or("step", Decimal::ONE),
    }
}

/// Amounts may all be below zero where they are weights that a policy is named for.
pub fn allocate(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let ratios = inputs.fractions("ratios")?;
    let weights = match inputs.get("policy") {
        Some(_) => Weights::of_amounts(&ratios)?,
        None => Weights::new(&ratios)?,
    };
    allocated(inputs, expected, &weights)
}

pub fn allocate_or_equal(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let weights = Weights::or_equal(&inputs.fractions("ratios")?)?;
    allocated(inputs, expected, &weights)
}

fn allocated(inputs: Inputs<'_>, expected: &Expected<'_>, weights: &Weights) -> Run {
    let amount = inputs.decimal("amount")?;
    let leftover = inputs.leftover()?;
    let found = share(amount, unit(inputs)?, weights, leftover)?;
    parts_are(inputs, expected, leftover, found.parts, found.rest)
}

pub fn split_equally(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let amount = inputs.decimal("amount")?;
    let leftover = inputs.leftover()?;
    let found = split(amount, unit(inputs)?, inputs.whole("n")?, leftover)?;
    parts_are(inputs, expected, leftover, found.parts, found.rest)
}

/// The cases write a rest of its own as the last part.
fn parts_are(
    inputs: Inputs<'_>,
    expected: &Expected<'_>,
    leftover: Leftover,
    mut parts: Vec<Decimal>,
    rest: Decimal,
) -> Run {
    if !leftover.gives_all() {
        parts.push(rest);
    }
    if !inputs.flag("_multiset") {
        return expected.list_is("parts", parts);
    }
    let asserted = expected.get("parts").and_then(|it| it.as_array());
    let asserted = asserted.into_iter().flatten().map(super::fields::decimal);
    let mut asserted = asserted.collect::<Result<Vec<_>, _>>()?;
    asserted.sort_unstable();
    parts.sort_unstable();
    super::fields::asserted(parts == asserted, "parts", format!("{parts:?}"))
}

pub fn above_floors(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let totals = inputs.decimals("totals")?;
    let floors = inputs.decimals("floors")?;
    let eligible = inputs.list("eligible");
    let lines = totals.iter().enumerate().map(|(at, total)| {
        let barred = eligible.get(at).is_some_and(|it| it == false);
        let floor = floors.get(at).copied().unwrap_or_default();
        Capped {
            total: *total,
            floor: if barred { *total } else { floor },
        }
    });
    let leftover = match inputs.get("policy") {
        Some(_) => inputs.leftover()?,
        None => Leftover::RoundedFirst,
    };
    let discount = inputs.decimal("discount")?;
    let found = share_above_floors(
        discount.abs(),
        unit(inputs)?,
        &lines.collect::<Vec<_>>(),
        leftover,
    )?;
    let below = |amount: Decimal| {
        if discount < Decimal::ZERO {
            -amount
        } else {
            amount
        }
    };
    expected.list_is("parts", found.parts.into_iter().map(below))
}

pub fn unit_convert(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let conversion = match inputs.get("op").and_then(|it| it.as_str()) {
        Some("multiply") => Conversion::Multiply,
        None | Some("divide") => Conversion::Divide,
        Some(other) => return Err(Not::Offered(format!("operation {other}"))),
    };
    let rounded = ["mode", "dp", "step"]
        .iter()
        .any(|it| inputs.get(it).is_some());
    let rounding = match rounded && inputs.get("mode").is_none_or(|it| it != "none") {
        true => Some(inputs.rounding("1", HalfUp)?),
        false => None,
    };
    let unit = UnitConversion {
        conversion,
        factor: inputs.decimal("factor")?,
        rounding,
    };
    let raw = match inputs.get("raw") {
        Some(_) => inputs.decimal("raw")?,
        None => inputs.decimal_or("quantity", Decimal::ONE)?,
    };
    let found = unit.convert(raw)?;
    expected.same("converted", found.exact)?;
    expected.same("invoiced", found.priced)
}

pub fn unit_price(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let total = inputs
        .fraction("quantity")?
        .times(inputs.fraction("price")?)?;
    let rounding = inputs.get("dp").or(inputs.get("step"));
    let total: Fraction = match rounding {
        Some(_) => total.round(&inputs.rounding("0.01", HalfUp)?)?.into(),
        None => total,
    };
    expected.same("total", total)
}
