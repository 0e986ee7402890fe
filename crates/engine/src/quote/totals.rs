use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::tax::en16931::VatCategory;
use super::tax::{Buyer, BuyerTaxes, TaxPair, contained};
use super::{Charge, LinePrice};
use crate::catalog::Text;
use crate::money::{CashTotal, Fraction, Rounding, cash_total};
use crate::price::{PriceError, PricePack, Tax, TaxAt, TaxIn, exact};

/// Totals of a quote.
///
/// The lines with what they bear of steps for the whole quote, the charges less the allowances,
/// and `rounding` are `net`; where prices contain tax, these and `exchanged` are `gross`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// What rounding the document added or took.
    pub rounding: Decimal,
    /// Without tax: the sum of the tax bases.
    pub net: Decimal,
    /// Tax by rate, ascending.
    pub taxes: Vec<TaxTotal>,
    /// All taxes.
    pub tax: Decimal,
    /// Net plus taxes.
    pub gross: Decimal,
    /// Whether prices, and so the amounts of lines and steps, contain tax.
    #[serde(default, skip_serializing_if = "is_false")]
    pub contained: bool,
    /// What is taken off the document as a whole, above zero.
    #[serde(default, skip_serializing_if = "Decimal::is_zero")]
    pub allowances: Decimal,
    /// What is added to the document as a whole.
    #[serde(default, skip_serializing_if = "Decimal::is_zero")]
    pub charges: Decimal,
    /// What it adds or takes that a buyer pays another tax than prices contain.
    #[serde(default, skip_serializing_if = "Decimal::is_zero")]
    pub exchanged: Decimal,
    /// What is paid in cash, where the catalog has a cash step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash: Option<CashTotal>,
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
    /// Why it is due or not, as on invoices, where the catalog says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<VatCategory>,
    /// Why no tax is due; empty where it is due.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub exemption: Text,
}

// Serde asks with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(it: &bool) -> bool {
    !it
}

impl Totals {
    /// What is to be paid.
    pub fn payable(&self) -> Decimal {
        self.cash.map_or(self.gross, |cash| cash.total)
    }
}

/// The totals of a quote of `lines` at the prices of `pack`, for a buyer at home.
///
/// As EN 16931 has it (BR-CO-10 to BR-CO-17): net amounts are added by tax
/// category and rate, the tax of each sum is rounded once, and the totals are
/// sums of these. A sum is rounded as well, so that lines that were left
/// unrounded add up to whole minor units.
///
/// Where prices contain tax, gross amounts are added in the same way, and the
/// tax in each sum is rounded once: what the buyer was shown is what is paid,
/// and the net amount is the rest.
///
/// # Errors
/// [`PriceError`], where a line's tax is not one of the pack's or an amount
/// does not fit an exact decimal.
pub fn totals(lines: &[LinePrice], pack: &PricePack) -> Result<Totals, PriceError> {
    totals_for(Buyer::default(), lines, pack)
}

/// As [`totals`], for `buyer`.
///
/// # Errors
/// As [`totals`], and where the buyer is not what it has to be.
pub fn totals_for(
    buyer: Buyer<'_>,
    lines: &[LinePrice],
    pack: &PricePack,
) -> Result<Totals, PriceError> {
    let taxes = BuyerTaxes::new(pack, buyer)?.of_lines(lines)?;
    let mut taxed = Vec::new();
    for (line, tax) in lines.iter().zip(taxes) {
        taxed.extend(Taxed::of_charge(
            (&line.once, line.quantity),
            line.once.net,
            tax,
            pack,
        )?);
    }
    in_cash(total(&taxed, pack)?, pack)
}

/// An amount and its tax.
pub(super) struct Taxed<'p> {
    pub tax: TaxPair<'p>,
    /// As prices are: with the tax that is its own where they contain it.
    pub amount: Decimal,
    /// How many times it is charged.
    pub times: u32,
    pub part: Part,
}

impl<'p> Taxed<'p> {
    /// What is charged once.
    pub fn new(tax: TaxPair<'p>, amount: Decimal, part: Part) -> Self {
        Self {
            tax,
            amount,
            times: 1,
            part,
        }
    }

    /// What pieces come to, `amount` with what they bear besides: where tax is rounded for one
    /// piece, as so many pieces and the rest.
    pub fn of_charge(
        (charge, pieces): (&Charge, u32),
        amount: Decimal,
        tax: TaxPair<'p>,
        pack: &PricePack,
    ) -> Result<Vec<Self>, PriceError> {
        if pack.settlement.tax_at != TaxAt::Unit {
            return Ok(vec![Self::new(tax, amount, Part::Line)]);
        }
        let piece = charge.piece.total;
        let rest = exact::subtract(amount, exact::multiply(piece, Decimal::from(pieces))?)?;
        let pieces = Self {
            times: pieces,
            ..Self::new(tax, piece, Part::Line)
        };
        Ok(vec![pieces, Self::new(tax, rest, Part::Line)])
    }
}

/// Whose an amount is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A line's.
    Line,
    /// The document's as a whole: an allowance where below zero, a charge where above.
    Whole,
}

/// As [`totals`], of any amounts, and not in cash.
pub(super) fn total(amounts: &[Taxed], pack: &PricePack) -> Result<Totals, PriceError> {
    let minor_units = pack.currency.minor_units;
    let mut groups: BTreeMap<(Decimal, &str), Group> = BTreeMap::new();
    for it in amounts {
        let due = it.tax.due;
        let group = groups.entry((due.percent, &due.code));
        let group = group.or_insert_with(|| Group::new(due));
        group.add(it, pack.settlement.tax_at)?;
    }
    let groups = groups.values().map(|group| group.settled(pack));
    let groups = groups.collect::<Result<Vec<_>, PriceError>>()?;
    let sum = |of: fn(&Settled) -> Decimal| {
        Ok::<_, PriceError>(exact::money(
            exact::sum(groups.iter().map(of))?,
            minor_units,
        ))
    };
    let whole = amounts.iter().filter(|it| it.part == Part::Whole);
    let whole = whole.map(|it| it.amount);
    let (off, on): (Vec<_>, Vec<_>) = whole.partition(Decimal::is_sign_negative);
    let (net, tax) = (sum(|it| it.total.base)?, sum(|it| it.total.amount)?);
    Ok(Totals {
        rounding: sum(|it| it.rounding)?,
        net,
        tax,
        gross: exact::money(exact::add(net, tax)?, minor_units),
        contained: pack.settlement.prices == TaxIn::Contained,
        allowances: exact::money(-exact::sum(off)?, minor_units),
        charges: exact::money(exact::sum(on)?, minor_units),
        exchanged: sum(|it| it.exchanged)?,
        cash: None,
        taxes: groups.into_iter().map(|it| it.total).collect(),
    })
}

/// The same with what is paid in cash, where the pack has a cash step. No tax is due on the
/// difference.
pub(super) fn in_cash(totals: Totals, pack: &PricePack) -> Result<Totals, PriceError> {
    let Some(step) = pack.settlement.cash_step else {
        return Ok(totals);
    };
    let mode = pack.rounding.mode;
    let cash = cash_total(&[totals.gross], &Rounding { step, mode })?;
    let money = |amount| exact::money(amount, pack.currency.minor_units);
    let cash = Some(CashTotal {
        total: money(cash.total),
        rounding: money(cash.rounding),
    });
    Ok(Totals { cash, ..totals })
}

/// What is taxed at one rate.
struct Group<'p> {
    due: &'p Tax,
    /// What tax is rounded of: one sum, or each amount, and how many times.
    lots: Vec<(Sums, u32)>,
}

/// Amounts by the rate of the tax that they are meant with.
type Sums = BTreeMap<Decimal, Decimal>;

/// What a group comes to.
struct Settled {
    total: TaxTotal,
    rounding: Decimal,
    exchanged: Decimal,
}

impl<'p> Group<'p> {
    fn new(due: &'p Tax) -> Self {
        let lots = Vec::new();
        Self { due, lots }
    }

    fn add(&mut self, it: &Taxed, at: TaxAt) -> Result<(), PriceError> {
        let own = it.tax.own.percent;
        if at != TaxAt::Document || self.lots.is_empty() {
            self.lots
                .push((BTreeMap::from([(own, it.amount)]), it.times));
        } else if let Some((sums, _)) = self.lots.first_mut() {
            let sum = sums.entry(own).or_default();
            *sum = exact::add(*sum, it.amount)?;
        }
        Ok(())
    }

    fn settled(&self, pack: &PricePack) -> Result<Settled, PriceError> {
        let minor_units = pack.currency.minor_units;
        let mut all = Settled {
            total: self.total(Decimal::ZERO, Decimal::ZERO),
            rounding: Decimal::ZERO,
            exchanged: Decimal::ZERO,
        };
        for (sums, times) in &self.lots {
            let lot = self.lot(sums, pack)?;
            let times = Decimal::from(*times);
            let added = |so_far: Decimal, amount: Decimal| {
                let sum = exact::add(so_far, exact::multiply(amount, times)?)?;
                Ok::<_, PriceError>(exact::money(sum, minor_units))
            };
            all.total.base = added(all.total.base, lot.total.base)?;
            all.total.amount = added(all.total.amount, lot.total.amount)?;
            all.rounding = added(all.rounding, lot.rounding)?;
            all.exchanged = added(all.exchanged, lot.exchanged)?;
        }
        Ok(all)
    }

    fn lot(&self, sums: &Sums, pack: &PricePack) -> Result<Settled, PriceError> {
        let sum = exact::sum(sums.values().copied())?;
        if pack.settlement.prices == TaxIn::OnTop {
            let base = pack.rounding.round(sum, pack.currency.minor_units)?;
            return Ok(Settled {
                rounding: exact::subtract(base, sum)?,
                exchanged: Decimal::ZERO,
                total: self.on_top(base, pack)?,
            });
        }
        if sums.keys().all(|percent| *percent == self.due.percent) {
            let gross = pack.rounding.round(sum, pack.currency.minor_units)?;
            return Ok(Settled {
                rounding: exact::subtract(gross, sum)?,
                exchanged: Decimal::ZERO,
                total: self.contained(gross, pack)?,
            });
        }
        let total = self.on_top(without_own_tax(sums, pack)?, pack)?;
        let gross = exact::add(total.base, total.amount)?;
        Ok(Settled {
            rounding: Decimal::ZERO,
            exchanged: exact::subtract(gross, sum)?,
            total,
        })
    }

    /// The tax on top of `base` (BR-CO-17).
    fn on_top(&self, base: Decimal, pack: &PricePack) -> Result<TaxTotal, PriceError> {
        let tax = exact::percent_of(base, self.due.percent)?;
        let tax = pack.rounding.round(tax, pack.currency.minor_units)?;
        Ok(self.total(base, tax))
    }

    /// The tax in `gross`.
    fn contained(&self, gross: Decimal, pack: &PricePack) -> Result<TaxTotal, PriceError> {
        let tax = contained(gross, self.due.percent, None)?.tax;
        let tax = rounded(tax, pack)?;
        let base = exact::subtract(gross, tax)?;
        Ok(self.total(exact::money(base, pack.currency.minor_units), tax))
    }

    fn total(&self, base: Decimal, amount: Decimal) -> TaxTotal {
        let due = self.due;
        TaxTotal {
            code: due.code.clone(),
            label: due.label.clone(),
            percent: due.percent,
            base,
            amount,
            category: due.category,
            exemption: due.exemption.clone(),
        }
    }
}

/// Amounts without the tax that prices contain: this buyer pays another.
fn without_own_tax(sums: &Sums, pack: &PricePack) -> Result<Decimal, PriceError> {
    let sums = sums.iter();
    let nets = sums.map(|(percent, sum)| Ok(contained(*sum, *percent, None)?.net));
    let nets = nets.collect::<Result<Vec<_>, PriceError>>()?;
    rounded(Fraction::sum(nets)?, pack)
}

fn rounded(amount: Fraction, pack: &PricePack) -> Result<Decimal, PriceError> {
    let minor_units = pack.currency.minor_units;
    let rounding = pack.rounding.rounding(minor_units);
    Ok(exact::money(amount.round(&rounding)?, minor_units))
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
    fn tax_in_prices_is_rounded_once_for_each_rate_and_net_is_the_rest() {
        let mut pack = pack(Vec::new(), Vec::new());
        pack.settlement.prices = TaxIn::Contained;
        let small = line("standard", "21", "0.12");
        let lines = [
            small.clone(),
            line("reduced", "9", "10.00"),
            small.clone(),
            small,
        ];
        // 0.36 contain 0.0625, 10.00 contain 0.826.
        let (sums, rates) = shown(&totals(&lines, &pack).expect("totals"));
        assert_eq!(sums, "9.47 0.00 10.36");
        assert_eq!(rates, ["reduced: 9.17 0.83", "standard: 0.30 0.06"]);
        pack.rounding.moment = RoundingMoment::Document;
        let (sums, rates) =
            shown(&totals(&[line("standard", "21", "3.3425")], &pack).expect("totals"));
        assert_eq!(sums, "2.76 -0.0025 3.34");
        assert_eq!(rates, ["standard: 2.76 0.58"]);
    }

    #[test]
    fn what_is_paid_in_cash_has_its_rounding_apart() {
        let mut pack = pack(Vec::new(), Vec::new());
        pack.settlement.cash_step = Some(dec("0.05"));
        let totals = totals(&[line("standard", "21", "10.01")], &pack).expect("totals");
        let cash = totals.cash.expect("cash");
        assert_eq!(shown(&totals).0, "10.01 0.00 12.11");
        assert_eq!(cash.total.to_string(), "12.10");
        assert_eq!(cash.rounding.to_string(), "-0.01");
        assert_eq!(totals.payable(), cash.total);
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
