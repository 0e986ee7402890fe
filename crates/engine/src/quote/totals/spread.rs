//! Discounts of the document over several rates.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Part, Taxed};
use crate::money::{Leftover, Rounding, RoundingMode, Weights, share};
use crate::price::{PriceError, PricePack, exact};
use crate::quote::tax::TaxPair;

/// What there is at one rate, and the tax that most of it is meant with; of
/// equals, the first by its code.
struct Rate<'p> {
    sum: Decimal,
    most: Decimal,
    tax: TaxPair<'p>,
}

type Rates<'p> = BTreeMap<(Decimal, &'p str), Rate<'p>>;

/// What is taken off the document is taken off what there is at its own rate; what is more than
/// that, off what there is at the others, in proportion. So no base falls below zero while
/// another does not. What is more than all there is stays at its own rate.
pub(super) fn spread<'p>(
    amounts: Vec<Taxed<'p>>,
    pack: &PricePack,
) -> Result<Vec<Taxed<'p>>, PriceError> {
    let is_off = |it: &Taxed| it.part == Part::Whole && it.amount < Decimal::ZERO;
    let (off, mut all): (Vec<_>, Vec<_>) = amounts.into_iter().partition(is_off);
    if off.is_empty() {
        return Ok(all);
    }
    let step = pack.rounding.rounding(pack.currency.minor_units).step;
    let whole_steps = Rounding {
        step,
        mode: RoundingMode::Floor,
    };
    let mut rates = rates(&all)?;
    for it in off {
        let own = key(it.tax);
        let there = rates.get(&own).map_or(Decimal::ZERO, |rate| rate.sum);
        let there = whole_steps.round(there.max(Decimal::ZERO))?;
        let others = rates.iter().filter(|(key, _)| **key != own);
        let others = others.map(|(key, rate)| {
            let sum = whole_steps.round(rate.sum.max(Decimal::ZERO))?;
            Ok((*key, rate.tax, sum))
        });
        let others = others.collect::<Result<Vec<_>, PriceError>>()?;
        let elsewhere = exact::sum(others.iter().map(|(.., sum)| *sum))?;
        let over = exact::subtract(-it.amount, there)?;
        let over = over.clamp(Decimal::ZERO, elsewhere);
        let mut put = |key, tax, amount: Decimal| {
            if amount.is_zero() {
                return Ok(());
            }
            all.push(Taxed::new(tax, amount, Part::Whole));
            if let Some(rate) = rates.get_mut(&key) {
                rate.sum = exact::add(rate.sum, amount)?;
            }
            Ok::<_, PriceError>(())
        };
        put(own, it.tax, exact::add(it.amount, over)?)?;
        if over.is_zero() {
            continue;
        }
        let weights: Vec<_> = others.iter().map(|(.., sum)| (*sum).into()).collect();
        let weights = Weights::or_equal(&weights)?;
        let shares = share(-over, step, &weights, Leftover::LargestRemainder)?;
        for ((key, tax, _), amount) in others.into_iter().zip(shares.parts) {
            put(key, tax, amount)?;
        }
    }
    Ok(all)
}

fn key<'p>(tax: TaxPair<'p>) -> (Decimal, &'p str) {
    (tax.due.percent, &tax.due.code)
}

fn rates<'p>(amounts: &[Taxed<'p>]) -> Result<Rates<'p>, PriceError> {
    let mut meant: BTreeMap<_, (TaxPair<'p>, Decimal)> = BTreeMap::new();
    for it in amounts {
        let meant = meant.entry((key(it.tax), &it.tax.own.code));
        let (_, sum) = meant.or_insert((it.tax, Decimal::ZERO));
        *sum = exact::add(*sum, it.amount)?;
    }
    let mut rates: Rates = BTreeMap::new();
    for ((key, _), (tax, most)) in meant {
        let sum = Decimal::ZERO;
        let rate = rates.entry(key).or_insert(Rate { sum, most, tax });
        rate.sum = exact::add(rate.sum, most)?;
        if most > rate.most {
            (rate.most, rate.tax) = (most, tax);
        }
    }
    Ok(rates)
}
