//! Prices by quantity.

use quotewright_engine::money::Rounding;
use quotewright_engine::price::scales::{
    BlockTier, Blocks, Commitment, DiscountTier, DiscountTiers, FirstAndAdditional, FreeGoods,
    Graduated, Package, PercentageFee, PriceTier, Scaled, Threshold, Thresholds, TransactionFee,
    Volume,
};
use rust_decimal::Decimal;

use super::fields::{Expected, Inputs, Not, Run, decimal, number};

fn tiers(inputs: Inputs<'_>) -> Result<Vec<PriceTier>, Not> {
    let tier = |tier: Inputs<'_>| {
        let up_to = tier.optional("up_to")?;
        let flat = tier.or_zero("flat")?;
        match tier.optional("percent")? {
            Some(percent) => Ok(PriceTier::of_amount(up_to, percent, flat)?),
            None => Ok(PriceTier {
                up_to,
                unit: tier.or_zero("unit")?,
                flat,
            }),
        }
    };
    inputs.rows("tiers").map(tier).collect()
}

/// Total and amount of each tier.
fn scaled(expected: &Expected<'_>, found: &Scaled) -> Run {
    expected.same("total", found.total)?;
    expected.list_is("tier_amounts", found.parts.iter().map(|part| part.amount))
}

/// Whether the tiers are taken at all.
pub fn check(inputs: Inputs<'_>) -> Run {
    let tiers = tiers(inputs)?;
    Ok(Volume { tiers }.check()?)
}

fn volume_of(inputs: Inputs<'_>) -> Result<Scaled, Not> {
    let volume = Volume {
        tiers: tiers(inputs)?,
    };
    volume.check()?;
    let quantity = inputs.decimal("quantity")?;
    let counted = inputs.decimal_or("tier_quantity", quantity)?;
    Ok(volume.amount_at(quantity, counted)?)
}

pub fn volume(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    scaled(expected, &volume_of(inputs)?)
}

fn graduated_of(inputs: Inputs<'_>) -> Result<Scaled, Not> {
    let graduated = Graduated {
        tiers: tiers(inputs)?,
    };
    graduated.check()?;
    match inputs.optional("quantity")? {
        Some(quantity) => Ok(graduated.amount(quantity)?),
        None => Ok(graduated.slice(inputs.or_zero("from")?, inputs.decimal("to")?)?),
    }
}

pub fn graduated(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let found = graduated_of(inputs)?;
    let commitment = Commitment {
        least: inputs.optional("min_spend")?,
        most: inputs.optional("max_spend")?,
    };
    let billed = inputs.or_zero("previously_billed")?;
    let committed = commitment.apply(found.total, billed, None)?;
    expected.same("amount", found.total)?;
    expected.same("total", committed.total)?;
    expected.list_is("tier_amounts", found.parts.iter().map(|part| part.amount))
}

fn package_of(inputs: Inputs<'_>) -> Result<(Decimal, Scaled), Not> {
    let package = Package {
        size: inputs.decimal("size")?,
        price: inputs.or_zero("price")?,
        free: inputs.or_zero("free")?,
    };
    package.check()?;
    let from = inputs.or_zero("from")?;
    let to = match inputs.optional("quantity")? {
        Some(quantity) => quantity,
        None => inputs.decimal("to")?,
    };
    let found = package.slice(from, to)?;
    let packages = found.parts.iter().map(|part| part.units).sum();
    Ok((packages, found))
}

pub fn package(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (packages, found) = package_of(inputs)?;
    expected.same("packages", packages)?;
    scaled(expected, &found)
}

fn blocks(inputs: Inputs<'_>) -> Result<Blocks, Not> {
    let tier = |tier: Inputs<'_>| {
        let most = tier.optional("max_blocks")?;
        Ok(BlockTier {
            block: tier.decimal("block")?,
            // -1 is an open tier.
            most: most.filter(|it| *it > Decimal::ZERO),
            price: tier.decimal("price")?,
        })
    };
    let tiers = inputs.rows("tiers").map(tier).collect::<Result<_, Not>>()?;
    let blocks = Blocks { tiers };
    blocks.check()?;
    Ok(blocks)
}

pub fn block_volume(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let quantity = inputs.decimal("quantity")?;
    scaled(expected, &blocks(inputs)?.volume(quantity)?)
}

pub fn block_graduated(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let quantity = inputs.decimal("quantity")?;
    scaled(expected, &blocks(inputs)?.graduated(quantity)?)
}

pub fn with_commitment(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let price = inputs.get("price").map_or(inputs, Inputs);
    let base = match inputs.text("model")? {
        "value" => inputs.decimal("value")?,
        "volume" => volume_of(price)?.total,
        "graduated" | "graduated_slice" => graduated_of(price)?.total,
        "package" | "package_delta" => package_of(price)?.1.total,
        "unit" | "unit_price" => {
            let unit = price.optional("price")?;
            let unit = unit.map_or_else(|| price.decimal("unit"), Ok)?;
            number(price.needed("quantity")?)?
                .times(unit)?
                .to_decimal()?
        }
        "flat" => price.decimal("amount")?,
        model => return Err(Not::Offered(format!("model {model}"))),
    };
    let commitment = Commitment {
        least: inputs.optional("min")?,
        most: inputs.optional("max")?,
    };
    let rounded = inputs.get("dp").or(inputs.get("step")).is_some();
    let half_up = quotewright_engine::money::RoundingMode::HalfUp;
    let rounding: Option<Rounding> = match rounded {
        true => Some(inputs.rounding("0.01", half_up)?),
        false => None,
    };
    let billed = inputs.or_zero("previously_billed")?;
    let found = commitment.apply(base, billed, rounding.as_ref())?;
    expected.same("base", found.base)?;
    expected.same("min_topup", found.top_up)?;
    expected.same("max_discount", found.discount)?;
    expected.same("total", found.total)
}

pub fn percentage_fee(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let fee = PercentageFee {
        percent: inputs.decimal("rate_percent")?,
        free_amount: inputs.or_zero("free_amount")?,
        fixed: inputs.or_zero("fixed_per_event")?,
        free_events: inputs.whole_or("free_events", 0)?,
    };
    let events = inputs.whole_or("events", 0)?;
    expected.same("total", fee.amount(inputs.decimal("amount")?, events)?)
}

pub fn percentage_min_max(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let fee = TransactionFee {
        percent: inputs.decimal("rate_percent")?,
        fixed: inputs.or_zero("fixed_per_event")?,
        least: inputs.optional("min")?,
        most: inputs.optional("max")?,
    };
    let found = fee.amounts(&inputs.decimals("amounts")?)?;
    expected.same("total", found.iter().sum::<Decimal>())?;
    expected.list_is("fees", found)
}

/// Without `to`, a tier ends one unit before the next; below the first, nothing is off.
fn discount_tiers(inputs: Inputs<'_>) -> Result<DiscountTiers, Not> {
    let rows: Vec<_> = inputs.rows("tiers").collect();
    let mut tiers = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let from = row.or_zero("from")?;
        if at == 0 && from > Decimal::ONE {
            tiers.push(DiscountTier {
                up_to: Some(from - Decimal::ONE),
                percent: Decimal::ZERO,
            });
        }
        let next = rows.get(at + 1).map(|next| next.decimal("from"));
        let next = next.transpose()?.map(|next| next - Decimal::ONE);
        tiers.push(DiscountTier {
            up_to: row.optional("to")?.or(next),
            percent: row.decimal("percent")?,
        });
    }
    let tiers = DiscountTiers { tiers };
    tiers.check()?;
    Ok(tiers)
}

pub fn tier_range(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (list, quantity) = (inputs.decimal("list")?, inputs.decimal("quantity")?);
    scaled(expected, &discount_tiers(inputs)?.range(list, quantity)?)
}

pub fn tier_slab(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (list, quantity) = (inputs.decimal("list")?, inputs.decimal("quantity")?);
    scaled(expected, &discount_tiers(inputs)?.slab(list, quantity)?)
}

/// Thresholds as the keys of a map, in any order.
pub fn thresholds(inputs: Inputs<'_>, base: Decimal) -> Result<Thresholds, Not> {
    let step = |(from, value): (&str, &serde_json::Value)| {
        Ok(Threshold {
            from: decimal(&from.into())?,
            value: decimal(value)?,
        })
    };
    let entries = inputs.entries("thresholds").into_iter();
    let mut steps = entries.map(step).collect::<Result<Vec<_>, Not>>()?;
    steps.sort_by_key(|step| step.from);
    Ok(Thresholds { base, steps })
}

pub fn threshold_percent(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let thresholds = thresholds(inputs, inputs.or_zero("base_percent")?)?;
    thresholds.check_percentages()?;
    let basis = inputs.decimal("basis")?;
    let amount = inputs.decimal_or("amount", basis)?;
    expected.same("discount", thresholds.percent_of(amount, basis)?)
}

pub fn threshold_flat(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let thresholds = thresholds(inputs, inputs.or_zero("base")?)?;
    thresholds.check()?;
    expected.same("discount", thresholds.at(inputs.decimal("basis")?))
}

pub fn first_and_additional(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let most: u64 = inputs.whole_or("max_items", 0)?;
    let price = FirstAndAdditional {
        first: inputs.decimal("first")?,
        additional: inputs.decimal("additional")?,
        // Zero is no limit.
        most: Some(most).filter(|most| *most > 0),
    };
    expected.same("total", price.amount(inputs.whole("items")?)?.total)
}

pub fn free_goods(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let rule = FreeGoods {
        least: inputs.or_zero("min")?,
        most: inputs.optional("max")?.filter(|it| !it.is_zero()),
        per: inputs.decimal_or("per", Decimal::ONE)?,
        free: inputs.decimal_or("free_per", Decimal::ONE)?,
    };
    rule.check()?;
    expected.same("free", rule.free(inputs.decimal("quantity")?)?)
}
