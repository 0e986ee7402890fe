//! An amount for the whole quote, shared over its lines.

use quotewright_cases::fields::{Expected, Inputs, Not, Run, asserted, decimal};
use quotewright_engine::money::{Fraction, Leftover};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::catalog::{Catalog, cell};

/// Weights that are whole numbers in the same proportion: prices cannot be thirds.
fn whole(ratios: &[Fraction]) -> Result<Vec<Decimal>, Not> {
    let mut factor = Fraction::ONE;
    for ratio in ratios {
        factor = factor.times(Decimal::from(ratio.parts().1))?;
    }
    let weights = ratios.iter().map(|it| Ok(it.times(factor)?.to_decimal()?));
    weights.collect()
}

/// The lines cost what the weights are.
pub fn allocate(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    shared(
        &whole(&inputs.fractions("ratios")?)?,
        "net",
        inputs,
        expected,
    )
}

/// The lines weigh what the weights are.
pub fn by_weight(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    shared(
        &whole(&inputs.fractions("ratios")?)?,
        "weight",
        inputs,
        expected,
    )
}

/// Each line bears the same.
pub fn split(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let parts: usize = inputs.whole("n")?;
    shared(&vec![Decimal::ONE; parts], "equally", inputs, expected)
}

fn shared(weights: &[Decimal], by: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let unit = match inputs.optional("unit")? {
        Some(unit) => unit,
        None => inputs.decimal_or("step", Decimal::ONE)?,
    };
    let leftover = inputs.leftover()?;
    let mut catalog = Catalog::new();
    catalog.set("step", cell(unit));
    let named = Leftover::NAMED.into_iter().find(|(_, it)| *it == leftover);
    catalog.set("leftover", named.map_or("", |(name, _)| name));
    catalog.product("quote", &[]);
    let amount = cell(inputs.decimal("amount")?);
    let own = [("product", "quote"), ("share", by)];
    catalog.step("shared", "amount", amount, &own);
    let mut lines = Vec::new();
    for (at, weight) in weights.iter().enumerate() {
        let product = format!("p{at}");
        match by {
            "weight" => catalog.priced(&product, "1", &[("weight", &cell(*weight))]),
            _ => catalog.priced(&product, cell(*weight), &[]),
        }
        lines.push(json!({ "product": product }));
    }
    let answer = catalog.lines(&lines)?;
    let parts = (0..weights.len()).map(|at| answer.at(&format!("/lines/{at}/shares/0/amount")));
    let mut parts = parts.collect::<Result<Vec<_>, _>>()?;
    if !leftover.gives_all() {
        let rest = answer.at("/rests/0/amount");
        parts.push(rest.unwrap_or(Fraction::ZERO));
    }
    if !inputs.flag("_multiset") {
        return expected.list_is("parts", parts);
    }
    let stated = expected.get("parts").and_then(Value::as_array);
    let stated = stated.into_iter().flatten().map(decimal);
    let mut stated = stated.collect::<Result<Vec<_>, _>>()?;
    let mut parts = (parts.into_iter().map(|it| it.to_decimal())).collect::<Result<Vec<_>, _>>()?;
    stated.sort_unstable();
    parts.sort_unstable();
    asserted(parts == stated, "parts", format!("{parts:?}"))
}
