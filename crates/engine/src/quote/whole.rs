//! A quote as a whole: its lines, what is added to or taken off all of them, its totals.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::beside::{Beside, beside};
use super::exchanged::{Exchanged, exchanged};
use super::facts::Facts;
use super::line::{LinePrice, price_line};
use super::manual::{self, Manual};
use super::order::Order;
use super::payment::Payment;
use super::recurring::ContractDates;
use super::recurring_totals::{RecurringTotals, recurring_totals};
use super::tax::{Buyer, BuyerTaxes, Needed};
use super::totals::{Part, Taxed, Totals, in_cash, total};
use crate::catalog::{Model, Value};
use crate::money::exact;
use crate::price::{Level, PriceError, PricePack, Priced, Purchase, Ramp, Sharing, Step, Tax};

/// What is asked for: the lines, and what holds for all of them.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The lines.
    pub lines: &'a [AskedLine<'a>],
    /// The questions about the quote as a whole and their answers, where the catalog has any.
    pub whole: Option<(&'a Model, &'a [Option<Value>])>,
    /// The day whose prices hold.
    pub date: Date,
    /// Codes of promotions that the buyer has entered.
    pub promotions: &'a [String],
    /// Who buys, as far as tax depends on it.
    pub buyer: Buyer<'a>,
    /// When the contract begins and ends, for what is due repeatedly.
    pub dates: Option<ContractDates>,
    /// Changes by hand, by the supplier.
    pub manual: &'a [Manual],
}

/// One line of what is asked for.
#[derive(Clone, Copy, Debug)]
pub struct AskedLine<'a> {
    /// The product.
    pub model: &'a Model,
    /// One entry for each attribute, `None` while open.
    pub values: &'a [Option<Value>],
    /// Pieces.
    pub quantity: u32,
    /// How the quantity changes over the term.
    pub ramp: &'a [Ramp],
    /// Pieces bought earlier in the contract's period.
    pub earlier: u32,
    /// What was billed for them.
    pub billed: Decimal,
}

/// The price of a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuotePrice {
    /// The lines, in the order of the request.
    pub lines: Vec<QuotedLine>,
    /// What is added for the quote as a whole.
    pub steps: Vec<Step>,
    /// What no line bears of steps that are shared, where that is to be told apart; part of
    /// the charges or allowances.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests: Vec<Share>,
    /// What is due once.
    pub totals: Totals,
    /// What is due repeatedly, by how often and when.
    pub recurring: Vec<RecurringTotals>,
    /// What it adds or takes of what is due repeatedly that the buyer pays another tax than
    /// prices contain, by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanged: Vec<Exchanged>,
    /// What the taxes want the buyer to state, and whether it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Needed>,
    /// All that is due, once and over the terms, before tax; where prices contain tax, with the
    /// tax that this buyer pays.
    pub contract_total: Decimal,
    /// When to pay what is due once, where the catalog says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
}

/// One line of a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuotedLine {
    /// The line by itself.
    pub price: LinePrice,
    /// What it bears of the steps for the whole quote that are shared over lines.
    pub shares: Vec<Share>,
}

/// What a line bears of a step for the whole quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Code of the step.
    pub step: String,
    /// The amount.
    pub amount: Decimal,
}

/// The price of all that is asked for.
///
/// The lines are worked out first, each with the quantities beside it; then what is for the
/// quote as a whole, shared over the lines as each step says, so that the lines' taxes bear
/// it; then taxes and totals. The order of the lines changes nothing but their order, or who bears a cent where
/// the pack gives it to a place.
///
/// # Errors
/// As [`price_line`]; where there are steps for the whole quote but no answers to its questions.
pub fn price_quote(pack: &PricePack, asked: &Asked) -> Result<QuotePrice, PriceError> {
    let mut lines = price_lines(pack, asked)?;
    manual::change_lines(asked.manual, pack, &mut lines)?;
    let buyer = BuyerTaxes::new(pack, asked.buyer)?;
    let facts = Facts::new(pack, asked, &lines)?;
    let (mut steps, apart) = whole_steps(pack, asked, &facts, &buyer)?;
    let by_hand = manual::whole_steps(asked.manual, pack, facts.goods.net, &steps)?;
    steps.extend(by_hand);
    let order = Order::new(asked);
    let (shares, rests) = facts.shares(pack, &steps, &order)?;
    let taxes = buyer.of_lines(&lines)?;
    let mut taxed: Vec<Taxed> = Vec::new();
    for (at, (line, shares)) in lines.iter_mut().zip(&shares).enumerate() {
        let tax = taxes[at];
        line.tax.clone_from(&tax.due.code);
        line.tax_percent = tax.due.percent;
        let shared = shares.iter().map(|it| it.amount);
        let amount = exact::sum([line.once.net].into_iter().chain(shared))?;
        let pieces = (&line.once, line.quantity);
        taxed.push(Taxed::of_charge(pieces, amount, tax, pack).of_line(Some(&order), at));
    }
    taxed.extend(apart);
    taxed.extend(not_shared(&rests, pack, &buyer)?);
    let due: Vec<&Tax> = taxed.iter().map(|it| it.tax.due).collect();
    buyer.check(&due)?;
    let requirements = buyer.needs(&due, asked.dates.is_some());
    let totals = in_cash(total(taxed, pack)?, pack)?;
    let payment = (pack.settlement.terms.as_ref())
        .map(|terms| terms.payment(asked.date, totals.payable(), pack))
        .transpose()?;
    let lines_total = exact::sum(lines.iter().map(|it| it.contract_total))?;
    let added = exact::sum(steps.iter().filter_map(|(step, _)| step.amount))?;
    let exchanged = exchanged(pack, &lines, &taxes)?;
    let another_tax = exact::sum(exchanged.iter().map(|it| it.amount))?;
    let contract_total = exact::sum([lines_total, added, totals.exchanged, another_tax])?;
    Ok(QuotePrice {
        contract_total: exact::money(contract_total, pack.currency.minor_units),
        exchanged,
        requirements,
        recurring: recurring_totals(pack, &lines, &taxes, Some(&order))?,
        steps: steps.into_iter().map(|(step, _)| step).collect(),
        lines: (lines.into_iter().zip(shares))
            .map(|(price, shares)| QuotedLine { price, shares })
            .collect(),
        rests,
        totals,
        payment,
    })
}

pub(super) fn price_lines(pack: &PricePack, asked: &Asked) -> Result<Vec<LinePrice>, PriceError> {
    let lines = asked.lines.iter().zip(beside(pack, asked)?);
    lines
        .map(|(line, beside)| {
            let purchase = line.purchase(asked, &beside);
            price_line(line.model, pack, line.values, &purchase)
        })
        .collect()
}

impl<'a> AskedLine<'a> {
    /// Its pieces in a month of the term.
    pub(super) fn quantity_in(&self, month: u32) -> u32 {
        Ramp::reached(self.ramp, month).unwrap_or(self.quantity)
    }

    /// What is bought, beside so many other pieces.
    pub(super) fn purchase<'b>(&self, asked: &Asked<'b>, beside: &'b Beside) -> Purchase<'b>
    where
        'a: 'b,
    {
        Purchase {
            together: beside.first,
            beside: &beside.later,
            promotions: asked.promotions,
            ramp: self.ramp,
            dates: asked.dates,
            billed: self.billed,
            ..Purchase::alone(self.quantity, asked.date)
        }
    }
}

/// What the steps for the whole quote come to in a pack of costs, where the lines cost the buyer
/// `lines` in `pack`.
pub(super) fn whole_total(
    costs: &PricePack,
    pack: &PricePack,
    asked: &Asked,
    lines: &[LinePrice],
) -> Result<Decimal, PriceError> {
    let (Some(_), Some((model, answers))) = (&costs.whole, asked.whole) else {
        return Ok(Decimal::ZERO);
    };
    let facts = Facts::new(pack, asked, lines)?;
    let values = facts.answers(model, answers);
    let steps = Priced::new(model, costs, &values, &facts.purchase(asked))?.all_steps()?;
    Ok(exact::sum(
        steps.iter().filter_map(|(step, _)| step.amount),
    )?)
}

/// The steps for the whole quote with what they are shared by, and what is taxed by itself.
type WholeSteps<'p> = (Vec<(Step, Level)>, Vec<Taxed<'p>>);

fn whole_steps<'p>(
    pack: &PricePack,
    asked: &Asked,
    facts: &Facts<'_>,
    buyer: &BuyerTaxes<'p, '_>,
) -> Result<WholeSteps<'p>, PriceError> {
    let (Some(whole), Some((model, answers))) = (&pack.whole, asked.whole) else {
        return match pack.whole {
            None => Ok((Vec::new(), Vec::new())),
            Some(_) => Err(PriceError::NoAnswers),
        };
    };
    let values = facts.answers(model, answers);
    let steps = Priced::new(model, pack, &values, &facts.purchase(asked))?.all_steps()?;
    let mut apart = Vec::new();
    for (step, level) in &steps {
        if let (Level::Quote(Sharing::Apart), Some(amount)) = (level, step.amount) {
            let tax = whole.tax_of(&step.code);
            let tax = pack.taxes.get(tax).ok_or(PriceError::Malformed)?;
            apart.push(Taxed::new(buyer.of(&tax.code)?, amount, Part::Whole));
        }
    }
    Ok((steps, apart))
}

/// What no line bears, at the tax of the quote.
fn not_shared<'p>(
    rests: &[Share],
    pack: &'p PricePack,
    buyer: &BuyerTaxes<'p, '_>,
) -> Result<Vec<Taxed<'p>>, PriceError> {
    let Some(whole) = &pack.whole else {
        return Ok(Vec::new());
    };
    let tax = pack.taxes.get(whole.tax).ok_or(PriceError::Malformed)?;
    let tax = buyer.of(&tax.code)?;
    let rests = rests.iter();
    Ok(rests
        .map(|it| Taxed::new(tax, it.amount, Part::Whole))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{amount, asked, dec, large_box, line, model, pack};

    #[test]
    fn lines_add_up_in_any_order() {
        let (pack, model, values) = (pack(vec![amount("4.50")], Vec::new()), model(), large_box());
        for quantities in [[2, 3], [3, 2]] {
            let lines = quantities.map(|quantity| line(&model, &values, quantity));
            let price = price_quote(&pack, &asked(&lines)).expect("a price");
            let nets = price.lines.iter().map(|it| it.price.once.net);
            let expected = quantities.map(|it| dec("4.50") * Decimal::from(it));
            assert!(nets.eq(expected), "{quantities:?}");
            assert_eq!(price.totals.net, dec("22.50"));
            assert_eq!(price.totals.tax, dec("4.73"));
            assert_eq!(price.contract_total, dec("22.50"));
        }
    }

    #[test]
    fn questions_about_the_quote_have_to_be_answered() {
        let (mut pack, model, values) = (pack(vec![amount("1")], Vec::new()), model(), large_box());
        pack.whole = pack.products.first().cloned();
        let lines = [line(&model, &values, 1)];
        assert_eq!(
            price_quote(&pack, &asked(&lines)),
            Err(PriceError::NoAnswers)
        );
    }
}
