//! Amounts that are rounded so that they add up.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::catalog::ArithmeticError;
use crate::money::{Fraction, Rounding, RoundingMode};
use crate::price::{PriceError, PricePack, exact};

/// `amounts` in whole steps of the pack's rounding that add up to `sum`: each is cut, and what is
/// left goes a step each to those that cutting took most from, of equals to the lowest of `ranks`.
pub(super) fn fitted(
    amounts: &[Fraction],
    ranks: &[usize],
    sum: Decimal,
    pack: &PricePack,
) -> Result<Vec<Decimal>, PriceError> {
    let minor_units = pack.currency.minor_units;
    let step = pack.rounding.rounding(minor_units).step;
    let mode = RoundingMode::Floor;
    let cut = amounts.iter().map(|it| it.round(&Rounding { step, mode }));
    let mut cut = cut.collect::<Result<Vec<Decimal>, _>>()?;
    let lost = amounts.iter().zip(&cut);
    let lost = lost.map(|(amount, cut)| amount.minus(*cut));
    let lost = lost.collect::<Result<Vec<Fraction>, _>>()?;
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|at| (Reverse(lost[*at]), ranks[*at]));
    let left = exact::subtract(sum, exact::sum(cut.iter().copied())?)?;
    let steps = left.checked_div(step).and_then(|it| it.to_i64());
    let steps = steps.ok_or(ArithmeticError)?;
    let parts = i64::try_from(amounts.len()).map_err(|_| ArithmeticError)?;
    if parts > 0 {
        let (each, more) = (steps.div_euclid(parts), steps.rem_euclid(parts));
        let more = usize::try_from(more).map_err(|_| ArithmeticError)?;
        for (rank, at) in order.into_iter().enumerate() {
            let steps = Decimal::from(each) + Decimal::from(u8::from(rank < more));
            let amount = exact::add(cut[at], exact::multiply(step, steps)?)?;
            cut[at] = exact::money(amount, minor_units);
        }
    }
    Ok(cut)
}
