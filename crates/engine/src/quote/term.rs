//! What is due repeatedly over a term.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::line::Charge;
use super::recurring::{Billed, Billing, Period, Stretch, prorated};
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
    /// What is billed of them, where the contract has dates; the parts add up to `total`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub billed: Vec<Billed>,
    /// All that is due in these months; of a period that is cut short, the part by months.
    pub total: Decimal,
}

/// Whether the term hangs on what is open.
pub(super) fn is_open(
    model: &Model,
    prices: &ProductPrices,
    values: &[Option<Value>],
) -> Result<bool, PriceError> {
    Ok(match &prices.term {
        None => false,
        Some(formula) => formula.evaluate(model, values)?.is_none(),
    })
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
    let contract = Contract::new(pack, purchase, term(model, prices, values)?)?;
    let term = contract.months;
    let mut all = Vec::new();
    for (from, after) in stretches(prices, purchase, term) {
        let purchase = purchase.in_month(from);
        if purchase.quantity == 0 {
            continue;
        }
        let mut priced = Priced::new(model, pack, values, &purchase)?;
        for due in &dues {
            let charge = Charge::new(&mut priced, pack, *due, purchase.quantity)?;
            if charge.is_empty() {
                continue;
            }
            let next = Recurring {
                due: *due,
                from,
                months: after - from,
                quantity: purchase.quantity,
                charge,
                billed: Vec::new(),
                total: Decimal::ZERO,
            };
            prolong_or_push(&mut all, next);
        }
    }
    for it in &mut all {
        it.billed = contract.billed(it)?;
        it.bill(pack)?;
    }
    all.sort_by_key(|it| (it.due, it.from));
    Ok((term, all))
}

/// For how long what is due repeatedly is bought.
struct Contract {
    months: u32,
    /// Its days, where they matter, and how they are billed.
    days: Option<(Stretch, Billing)>,
}

impl Contract {
    fn new(pack: &PricePack, purchase: &Purchase, months: u32) -> Result<Self, PriceError> {
        let Some(dates) = purchase.dates else {
            return Ok(Self { months, days: None });
        };
        let (days, months) = dates.term(months)?;
        if !(1..=LONGEST_TERM).contains(&months) {
            let months = months.into();
            return Err(PriceError::Term { months });
        }
        let billing = pack.settlement.billing;
        if billing.is_none() && Period::Months(1).advance(days.0, months.into())? != days.1 {
            return Err(PriceError::NotProrated);
        }
        let days = billing.map(|billing| (days, billing));
        Ok(Self { months, days })
    }

    /// What is billed of a stretch of months.
    fn billed(&self, it: &Recurring) -> Result<Vec<Billed>, PriceError> {
        let Some((days, billing)) = self.days else {
            return Ok(Vec::new());
        };
        let day = |month: u32| {
            let day = Period::Months(1).advance(days.0, month.into())?;
            Ok::<_, PriceError>(day.min(days.1))
        };
        let stretch = (day(it.from)?, day(it.from + it.months)?);
        let period = it.due.months().ok_or(PriceError::Malformed)?;
        Ok(billing.parts(days, stretch, period)?)
    }
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
    let ramp = purchase.ramp.iter().map(|it| it.from);
    let beside = match prices.counts_beside() {
        true => purchase.beside,
        false => &[],
    };
    let beside = beside.iter().map(|(from, _)| *from);
    let mut cuts: Vec<u32> = steps.flatten().chain(ramp).chain(beside).collect();
    cuts.retain(|it| *it < term);
    cuts.extend([0, term]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|ends| (ends[0], ends[1])).collect()
}

impl Recurring {
    /// Works out what its charge comes to in its months.
    pub(super) fn bill(&mut self, pack: &PricePack) -> Result<(), PriceError> {
        let (net, minor_units) = (self.charge.net, pack.currency.minor_units);
        for it in &mut self.billed {
            let amount = match it.is_whole() {
                true => it.periods.times(net)?.to_decimal()?,
                false => prorated(net, it.periods, &pack.rounding.rounding(minor_units))?,
            };
            it.amount = exact::money(amount, minor_units);
        }
        self.total = match self.billed.is_empty() {
            true => self.by_months(pack)?,
            false => {
                let billed = exact::sum(self.billed.iter().map(|it| it.amount))?;
                exact::money(billed, minor_units)
            }
        };
        Ok(())
    }

    /// All that is due in its months, of its charge.
    fn by_months(&self, pack: &PricePack) -> Result<Decimal, PriceError> {
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
