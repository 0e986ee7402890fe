//! What one line comes to for its buyer, without the rest of a quote.

use rust_decimal::Decimal;

use super::exchanged::{Exchanged, exchanged};
use super::line::LinePrice;
use super::recurring_totals::{RecurringTotals, recurring_totals};
use super::tax::{Buyer, BuyerTaxes};
use super::totals::{Taxed, Totals, in_cash, total};
use crate::price::{PriceError, PricePack, exact};

/// What one line comes to, in a quote of nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct LineTotals {
    /// What is due once.
    pub totals: Totals,
    /// What is due repeatedly, by how often and when.
    pub recurring: Vec<RecurringTotals>,
    /// What it adds or takes of what is due repeatedly that the buyer pays another tax than
    /// prices contain, by month.
    pub exchanged: Vec<Exchanged>,
    /// All that is due, once and over the term, before tax; where prices contain tax, with the
    /// tax that this buyer pays.
    pub contract_total: Decimal,
}

/// What `line` comes to for `buyer`.
///
/// # Errors
/// As [`totals`](super::totals), and where the buyer is not what it has to be.
pub fn line_totals(
    pack: &PricePack,
    line: &LinePrice,
    buyer: Buyer<'_>,
) -> Result<LineTotals, PriceError> {
    let lines = std::slice::from_ref(line);
    let taxes = BuyerTaxes::new(pack, buyer)?.of_lines(lines)?;
    let once = taxes.iter().map(|tax| {
        let pieces = (&line.once, line.quantity);
        Taxed::of_charge(pieces, line.once.net, *tax, pack)
    });
    let totals = in_cash(total(once.collect(), pack)?, pack)?;
    let exchanged = exchanged(pack, lines, &taxes)?;
    let another_tax = exchanged.iter().map(|it| it.amount);
    let amounts = another_tax.chain([line.contract_total, totals.exchanged]);
    let contract_total = exact::sum(amounts)?;
    Ok(LineTotals {
        contract_total: exact::money(contract_total, pack.currency.minor_units),
        recurring: recurring_totals(pack, lines, &taxes, None)?,
        exchanged,
        totals,
    })
}
