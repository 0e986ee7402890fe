use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::LinePrice;
use crate::catalog::Text;
use crate::price::{PriceError, PricePack, Tax, exact};

/// Totals of a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// What rounding the document added or took: `net` is the lines' net amounts and this.
    pub rounding: Decimal,
    /// Net amount of all lines: the sum of the tax bases.
    pub net: Decimal,
    /// Tax by rate, ascending.
    pub taxes: Vec<TaxTotal>,
    /// All taxes.
    pub tax: Decimal,
    /// Net plus taxes.
    pub gross: Decimal,
}

/// Tax at one rate, rounded once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaxTotal {
    /// Code of the tax category.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// Hundredths.
    pub percent: Decimal,
    /// What it is taken of.
    pub base: Decimal,
    /// The tax.
    pub amount: Decimal,
}

/// The totals of a quote of `lines` at the prices of `pack`.
///
/// As EN 16931 has it (BR-CO-10 to BR-CO-17): net amounts are added by tax
/// category and rate, the tax of each sum is rounded once, and the totals are
/// sums of these. A sum is rounded as well, so that lines that were left
/// unrounded add up to whole minor units.
///
/// # Errors
/// [`PriceError`], where a line's tax is not one of the pack's or an amount
/// does not fit an exact decimal.
pub fn totals(lines: &[LinePrice], pack: &PricePack) -> Result<Totals, PriceError> {
    let taxed = lines.iter().map(|line| Taxed::of(line, line.once.net));
    total(&taxed.collect::<Vec<_>>(), pack)
}

/// An amount and its tax.
pub(super) struct Taxed {
    /// Code of the tax category.
    pub tax: String,
    /// Hundredths of tax.
    pub percent: Decimal,
    /// The amount.
    pub net: Decimal,
}

/// As [`totals`], of any amounts.
pub(super) fn total(amounts: &[Taxed], pack: &PricePack) -> Result<Totals, PriceError> {
    let minor_units = pack.currency.minor_units;
    let mut sums: BTreeMap<(Decimal, &str), Decimal> = BTreeMap::new();
    for it in amounts {
        let sum = sums.entry((it.percent, &it.tax)).or_default();
        *sum = exact::add(*sum, it.net)?;
    }
    let unrounded = exact::sum(sums.values().copied())?;
    let taxes = sums
        .into_iter()
        .map(|((_, code), sum)| tax_total(category(code, pack)?, sum, pack))
        .collect::<Result<Vec<_>, PriceError>>()?;
    let net = exact::sum(taxes.iter().map(|tax| tax.base))?;
    let tax = exact::sum(taxes.iter().map(|tax| tax.amount))?;
    let money = |amount| exact::money(amount, minor_units);
    Ok(Totals {
        rounding: money(exact::subtract(net, unrounded)?),
        net: money(net),
        tax: money(tax),
        gross: money(exact::add(net, tax)?),
        taxes,
    })
}

fn category<'p>(code: &str, pack: &'p PricePack) -> Result<&'p Tax, PriceError> {
    pack.taxes
        .iter()
        .find(|tax| tax.code == code)
        .ok_or(PriceError::Malformed)
}

fn tax_total(tax: &Tax, sum: Decimal, pack: &PricePack) -> Result<TaxTotal, PriceError> {
    let minor_units = pack.currency.minor_units;
    let base = pack.rounding.round(sum, minor_units);
    let amount = exact::percent_of(base, tax.percent)?;
    Ok(TaxTotal {
        code: tax.code.clone(),
        label: tax.label.clone(),
        percent: tax.percent,
        base,
        amount: pack.rounding.round(amount, minor_units),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{dec, pack};
    use crate::price::{RoundingMoment, Waterfall};
    use crate::quote::Charge;

    fn line(tax: &str, percent: &str, net: &str) -> LinePrice {
        let piece = Waterfall {
            steps: Vec::new(),
            total: dec(net),
        };
        LinePrice {
            quantity: 1,
            once: Charge {
                piece,
                steps: Vec::new(),
                rounding: Decimal::ZERO,
                net: dec(net),
            },
            recurring: Vec::new(),
            term: 0,
            contract_total: dec(net),
            tax: tax.to_owned(),
            tax_percent: dec(percent),
            open: false,
            next_tier: None,
        }
    }

    /// Net, rounding, gross; base and tax of each rate.
    fn shown(totals: &Totals) -> (String, Vec<String>) {
        let rates = totals.taxes.iter();
        let rates = rates.map(|tax| format!("{}: {} {}", tax.code, tax.base, tax.amount));
        let sums = format!("{} {} {}", totals.net, totals.rounding, totals.gross);
        (sums, rates.collect())
    }

    #[test]
    fn tax_is_rounded_once_for_each_rate() {
        // By line, 21 % of 0.12 would be 0.03 each, 0.09 in all.
        let small = line("standard", "21", "0.12");
        let lines = [
            small.clone(),
            line("reduced", "9", "10.00"),
            small.clone(),
            small,
        ];
        let totals = totals(&lines, &pack(Vec::new(), Vec::new())).expect("totals");
        let (sums, rates) = shown(&totals);
        assert_eq!(sums, "10.36 0.00 11.34");
        assert_eq!(rates, ["reduced: 10.00 0.90", "standard: 0.36 0.08"]);
    }

    #[test]
    fn lines_left_unrounded_are_rounded_in_the_document() {
        let mut pack = pack(Vec::new(), Vec::new());
        pack.rounding.moment = RoundingMoment::Document;
        let lines = [
            line("standard", "21", "3.345"),
            line("standard", "21", "3.3425"),
        ];
        let (sums, rates) = shown(&totals(&lines, &pack).expect("totals"));
        assert_eq!(sums, "6.69 0.0025 8.09");
        assert_eq!(rates, ["standard: 6.69 1.40"]);
    }

    #[test]
    fn no_lines_are_nothing() {
        let totals = totals(&[], &pack(Vec::new(), Vec::new())).expect("totals");
        assert_eq!(shown(&totals), ("0.00 0.00 0.00".to_owned(), Vec::new()));
    }

    #[test]
    fn a_tax_that_the_pack_does_not_have_is_refused() {
        let lines = [line("luxury", "40", "1")];
        let refused = totals(&lines, &pack(Vec::new(), Vec::new()));
        assert_eq!(refused, Err(PriceError::Malformed));
    }
}
