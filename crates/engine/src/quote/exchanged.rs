//! What another tax makes of what is due over a term.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::line::LinePrice;
use super::over_term::payments;
use super::tax::TaxPair;
use super::totals::{Part, Taxed, total};
use crate::price::{PriceError, PricePack, TaxIn, exact};

/// What it adds or takes in a month of the term that the buyer pays another tax than prices
/// contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchanged {
    /// The month of the term, from 0.
    pub month: u32,
    /// The amount.
    pub amount: Decimal,
}

/// What it makes of what is due repeatedly that a buyer pays other taxes than prices contain, by
/// month; nothing where the buyer does not. `taxes` has one entry for each line.
///
/// What is due in one month in the same rhythm is taxed together, a part of a period by itself:
/// so what is paid each time is what its totals say.
pub(super) fn exchanged(
    pack: &PricePack,
    lines: &[LinePrice],
    taxes: &[TaxPair],
) -> Result<Vec<Exchanged>, PriceError> {
    let another = |it: &TaxPair| it.own.percent != it.due.percent;
    if pack.settlement.prices == TaxIn::OnTop || !taxes.iter().any(another) {
        return Ok(Vec::new());
    }
    let mut documents: BTreeMap<_, Vec<Taxed>> = BTreeMap::new();
    for (line, tax) in lines.iter().zip(taxes) {
        for recurring in &line.recurring {
            let pieces = (&recurring.charge, recurring.quantity);
            for it in payments(recurring)? {
                let document = (it.month, recurring.due, !it.whole);
                let taxed = match it.whole {
                    true => Taxed::of_charge(pieces, it.amount, *tax, pack),
                    false => Taxed::new(*tax, it.amount, Part::Line),
                };
                documents.entry(document).or_default().push(taxed);
            }
        }
    }
    let mut months: BTreeMap<u32, Decimal> = BTreeMap::new();
    for ((month, ..), taxed) in documents {
        let sum = months.entry(month).or_default();
        *sum = exact::add(*sum, total(taxed, pack)?.exchanged)?;
    }
    let minor_units = pack.currency.minor_units;
    let exchanged = |(month, amount)| Exchanged {
        month,
        amount: exact::money(amount, minor_units),
    };
    Ok(months.into_iter().map(exchanged).collect())
}
