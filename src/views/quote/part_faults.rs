//! What is wrong with other quantities in later months, and with parts of a line.

use jiff::civil::Date;
use quotewright_engine::price::Quantities;

use super::form::{Fault, date};
use super::parts::Kind;
use crate::state::{Basket, BasketLine};
use crate::storage::drafts::TypedPart;

/// The longest term, in months, where it is not known.
const LONGEST_TERM: u32 = 1_200;

/// What is wrong with the parts of the lines, by id of the control. `terms` are the months that
/// the lines are bought for.
pub fn faults(basket: &Basket, terms: &[u32], today: Date) -> Vec<(String, Fault)> {
    let lines = basket.lines().iter().enumerate();
    let of_line = |(place, line): (usize, &BasketLine)| {
        let term = terms.get(place).copied().unwrap_or(LONGEST_TERM);
        let ramp = if term > 0 {
            ramp_faults(line, term)
        } else {
            Vec::new()
        };
        [ramp, call_off_faults(line, today)].concat()
    };
    lines.flat_map(of_line).collect()
}

fn ramp_faults(line: &BasketLine, term: u32) -> Vec<(String, Fault)> {
    let id = Kind::Ramp.id(line.id);
    let mut faults = Vec::new();
    let ramp = &line.wishes.ramp;
    for (at, part) in ramp.iter().enumerate() {
        let month = part.month().filter(|it| (2..=term).contains(it));
        let again = || ramp.iter().take(at).any(|it| it.month() == month);
        if month.is_none() || again() {
            faults.push((format!("{id}-{at}-at"), Fault::NotAMonth(term)));
        }
        let sold = line.catalog.quantities();
        faults.extend(quantity_fault(&id, at, part, sold));
    }
    faults
}

fn call_off_faults(line: &BasketLine, today: Date) -> Vec<(String, Fault)> {
    let id = Kind::CallOff.id(line.id);
    let mut faults = Vec::new();
    let parts = &line.wishes.call_offs;
    for (at, part) in parts.iter().enumerate() {
        let missing = part.at.trim().is_empty().then_some(Fault::Missing);
        let fault = missing.or_else(|| date(&part.at, today));
        faults.extend(fault.map(|fault| (format!("{id}-{at}-at"), fault)));
        faults.extend(quantity_fault(&id, at, part, Quantities::default()));
    }
    let adds_up = parts.is_empty() || line.wishes.called_off() == u64::from(line.quantity);
    if faults.is_empty() && !adds_up {
        faults.push((format!("{id}-0-quantity"), Fault::NotAll));
    }
    faults
}

fn quantity_fault(
    id: &str,
    at: usize,
    part: &TypedPart,
    sold: Quantities,
) -> Option<(String, Fault)> {
    let right = part.pieces().is_some_and(|it| sold.allow(it));
    (!right).then(|| (format!("{id}-{at}-quantity"), Fault::NotAQuantity(sold)))
}
