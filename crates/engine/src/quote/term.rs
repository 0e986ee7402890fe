//! What is due repeatedly over a term.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::line::Charge;
use crate::catalog::{ArithmeticError, Model, Value};
use crate::price::{Due, PriceError, PricePack, Priced, ProductPrices, Purchase, exact};

/// Months of a term that no formula says, or not yet.
const TERM: u32 = 12;
/// Longest term, in months.
const LONGEST_TERM: u32 = 1_200;

/// What is due repeatedly, for as long as quantity and price stay the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recurring {
    /// How often.
    pub due: Due,
    /// First month of the term, from 0.
    pub from: u32,
    /// For how many months.
    pub months: u32,
    /// Pieces in these months.
    pub quantity: u32,
    /// What is due each time.
    pub charge: Charge,
    /// All that is due in these months; of a period that is cut short, the part by months.
    pub total: Decimal,
}

/// The term in months, and what is due in it; 0 months where nothing is due repeatedly.
///
/// # Errors
/// As [`price_unit`](crate::price::price_unit); [`PriceError::Term`], where the term is not a
/// whole number of months.
pub(super) fn recurring(
    (model, pack, prices): (&Model, &PricePack, &ProductPrices),
    values: &[Option<Value>],
    purchase: &Purchase,
) -> Result<(u32, Vec<Recurring>), PriceError> {
    let mut dues: Vec<Due> = prices.steps.iter().map(|it| it.due).collect();
    dues.retain(|due| *due != Due::Once);
    dues.sort_unstable();
    dues.dedup();
    if dues.is_empty() {
        return Ok((0, Vec::new()));
    }
    let term = term(model, prices, values)?;
    let mut all = Vec::new();
    for (from, after) in stretches(prices, purchase, term) {
        let purchase = purchase.in_month(from);
        if purchase.quantity == 0 {
            continue;
        }
        let priced = Priced::new(model, pack, values, &purchase)?;
        for due in &dues {
            let charge = Charge::new(&priced, pack, *due, purchase.quantity)?;
            if charge.is_empty() {
                continue;
            }
            let next = Recurring {
                due: *due,
                from,
                months: after - from,
                quantity: purchase.quantity,
                charge,
                total: Decimal::ZERO,
            };
            prolong_or_push(&mut all, next);
        }
    }
    for it in &mut all {
        it.total = it.total(pack)?;
    }
    all.sort_by_key(|it| (it.due, it.from));
    Ok((term, all))
}

/// Months that other steps are about, or a promotion that nobody entered, change nothing.
fn prolong_or_push(all: &mut Vec<Recurring>, next: Recurring) {
    let before = all.iter_mut().rev().find(|it| it.due == next.due);
    let same = before.filter(|it| {
        it.from + it.months == next.from
            && it.quantity == next.quantity
            && it.charge.comes_to_same(&next.charge)
    });
    match same {
        Some(before) => before.months += next.months,
        None => all.push(next),
    }
}

fn term(
    model: &Model,
    prices: &ProductPrices,
    values: &[Option<Value>],
) -> Result<u32, PriceError> {
    let Some(formula) = &prices.term else {
        return Ok(TERM);
    };
    let Some(months) = formula.evaluate(model, values)? else {
        return Ok(TERM);
    };
    let whole = months.is_integer().then(|| months.to_u32()).flatten();
    (whole.filter(|it| (1..=LONGEST_TERM).contains(it))).ok_or(PriceError::Term { months })
}

/// Stretches of the term in which neither quantity nor steps can change: first month, and
/// the first after.
fn stretches(prices: &ProductPrices, purchase: &Purchase, term: u32) -> Vec<(u32, u32)> {
    let steps = prices.steps.iter().filter_map(|it| it.applies.months);
    let steps = steps.flat_map(|(first, after)| [Some(first), after]);
    let ramp = purchase.ramp.iter().map(|it| Some(it.from));
    let mut cuts: Vec<u32> = steps.chain(ramp).flatten().collect();
    cuts.retain(|it| *it < term);
    cuts.extend([0, term]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|ends| (ends[0], ends[1])).collect()
}

impl Recurring {
    /// All that is due in its months, of its charge.
    pub(super) fn total(&self, pack: &PricePack) -> Result<Decimal, PriceError> {
        let period = self.due.months().ok_or(PriceError::Malformed)?;
        let minor_units = pack.currency.minor_units;
        let net = self.charge.net;
        if self.months.is_multiple_of(period) {
            let total = exact::multiply(net, Decimal::from(self.months / period))?;
            return Ok(exact::money(total, minor_units));
        }
        let by_months = exact::multiply(net, Decimal::from(self.months))?;
        let part = by_months.checked_div(Decimal::from(period));
        Ok(pack
            .rounding
            .round(part.ok_or(ArithmeticError)?, minor_units)?)
    }
}
