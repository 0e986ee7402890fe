//! Adjustments, and prices per unit of measure.

use quotewright_engine::money::{Fraction, RoundingMode};
use quotewright_engine::price::adjust::{
    Adjusted, Adjustment, Margin, PercentRounding, Stacking, above_floor, margin_then, percent_off,
};
use quotewright_engine::price::books::{FromQuantity, UnitPrice, UnitRate};
use rust_decimal::Decimal;

use super::fields::{Expected, Inputs, Not, Run};

pub fn discounts(inputs: Inputs<'_>, expected: &Expected<'_>, stacking: Stacking) -> Run {
    let off = inputs.decimals("percents")?.into_iter();
    let off: Vec<_> = off.map(|percent| Adjustment::Percent(-percent)).collect();
    let found = stacking.apply(inputs.decimal("list")?, &off)?;
    expected.same("rate", found.price)?;
    let off = Fraction::from(found.list).minus(found.price)?;
    let percent = off.times(Decimal::ONE_HUNDRED)?.over(found.list)?;
    expected.same("effective_percent", percent)
}

pub fn margin_then_discount(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let margin = match inputs.optional("margin_amount")? {
        Some(amount) => Margin::Amount(amount),
        None => Margin::Percent(inputs.or_zero("margin_percent")?),
    };
    let percent = inputs.optional("discount_percent")?;
    let amount = inputs.optional("discount_amount")?;
    let discounts = [
        percent.map(|it| Adjustment::Percent(-it)),
        amount.map(|it| Adjustment::Amount(-it)),
    ];
    let discounts: Vec<_> = discounts.into_iter().flatten().collect();
    let found = margin_then(inputs.decimal("list")?, margin, &discounts)?;
    let margin = found
        .steps
        .first()
        .map(|step| step.amount)
        .unwrap_or_default();
    expected.same("with_margin", found.list + margin)?;
    expected.same("discount", found.list + margin - found.price)?;
    expected.same("rate", found.price)
}

fn rate(expected: &Expected<'_>, found: &Adjusted) -> Run {
    expected.same("rate", found.price)
}

pub fn markup(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let more = [Adjustment::Percent(inputs.decimal("percent")?)];
    let list = inputs.decimal("list")?;
    rate(expected, &Stacking::Additive.apply(list, &more)?)
}

pub fn option_extra(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let more = [Adjustment::Amount(inputs.decimal("extra")?)];
    let list = inputs.decimal("list")?;
    rate(expected, &Stacking::Additive.apply(list, &more)?)
}

pub fn fixed_clipped(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let off = [Adjustment::Amount(-inputs.decimal("discount")?)];
    let price = inputs.decimal("price")?;
    let found = Stacking::Chained.apply(price, &off)?;
    let floor = above_floor(price, found.price, inputs.or_zero("floor")?)?;
    expected.same("rate", floor.price)
}

pub fn percent_rounded(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (price, percent) = (inputs.decimal("price")?, inputs.decimal("percent")?);
    let rounding = inputs.rounding("0.01", RoundingMode::HalfUp)?;
    let rounding = match inputs.get("rounded").is_some_and(|it| it == "price") {
        true => PercentRounding::Price(rounding),
        false => PercentRounding::Discount(rounding),
    };
    let rate = percent_off(price, percent, &rounding)?;
    expected.same("discount", price - rate)?;
    expected.same("rate", rate)
}

fn unit(inputs: Inputs<'_>, list: &str) -> Result<UnitPrice, Not> {
    Ok(UnitPrice {
        list: inputs.decimal(list)?,
        factor: inputs.decimal_or("uom_factor", Decimal::ONE)?,
        rate: inputs.decimal_or("fx", Decimal::ONE)?,
    })
}

pub fn rule_rate(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let rule = UnitRate {
        rate: inputs.decimal("rule_rate")?,
        unit: inputs.text("rule_uom")?.to_owned(),
    };
    let item = unit(inputs, "item_price")?;
    expected.same("rate", rule.price(inputs.text("line_uom")?, &item)?)
}

/// `percent` off or `surcharge` on the price of a base unit, from a quantity on.
pub fn from_quantity(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let list = ["list_per_unit", "list"];
    let list = list.into_iter().find(|it| inputs.get(it).is_some());
    let unit = unit(inputs, list.unwrap_or("list"))?;
    let adjustment = match inputs.optional("surcharge")? {
        Some(surcharge) => Adjustment::Amount(surcharge),
        None => Adjustment::Percent(-inputs.or_zero("percent")?),
    };
    let rule = FromQuantity {
        least: inputs.or_zero("min_quantity")?,
        adjustment,
    };
    let quantity = inputs.decimal_or("quantity", Decimal::ONE)?;
    let (price, applies) = unit.price(quantity, Some(&rule))?;
    expected.flag_is("applies", applies)?;
    expected.same("unit_price", price)?;
    expected.same("rate", price)
}
