//! Amounts that are rounded so that they add up.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::catalog::ArithmeticError;
use crate::money::{Fraction, Rounding, RoundingMode};
use crate::price::{PriceError, PricePack, exact};

/// `amounts` in whole steps of the pack's rounding that add up to `sum`: each is cut, and what is
/// left goes a step each to those that cutting took most from, of equals to the one with the lowest
/// `rank`.
pub(super) fn fitted(
    amounts: &[Fraction],
    rank: impl Fn(usize) -> usize,
    sum: Decimal,
    pack: &PricePack,
) -> Result<Vec<Decimal>, PriceError> {
    let minor_units = pack.currency.minor_units;
    let step = pack.rounding.rounding(minor_units).step;
    let mode = RoundingMode::Floor;
    let cut = amounts.iter().map(|it| it.round(&Rounding { step, mode }));
    let mut cut = cut.collect::<Result<Vec<Decimal>, _>>()?;
    let left = exact::subtract(sum, exact::sum(cut.iter().copied())?)?;
    let steps = left.checked_div(step).and_then(|it| it.to_i64());
    let steps = steps.ok_or(ArithmeticError)?;
    if let Some(parts) = i64::try_from(amounts.len()).ok().filter(|it| *it > 0) {
        let each = exact::multiply(step, Decimal::from(steps.div_euclid(parts)))?;
        for amount in &mut cut {
            *amount = exact::add(*amount, each)?;
        }
        let more = usize::try_from(steps.rem_euclid(parts)).map_err(|_| ArithmeticError)?;
        for at in first(more, amounts, &cut, rank)? {
            cut[at] = exact::add(cut[at], step)?;
        }
    }
    let money = |it| exact::money(it, minor_units);
    Ok(cut.into_iter().map(money).collect())
}

/// The positions of so many of which most was taken.
fn first(
    count: usize,
    amounts: &[Fraction],
    cut: &[Decimal],
    rank: impl Fn(usize) -> usize,
) -> Result<Vec<usize>, PriceError> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let lost = amounts.iter().zip(cut);
    let lost = lost.map(|(amount, cut)| amount.minus(*cut));
    let lost = lost.collect::<Result<Vec<Fraction>, _>>()?;
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_unstable_by_key(|at| (Reverse(lost[*at]), rank(*at), *at));
    order.truncate(count);
    Ok(order)
}
