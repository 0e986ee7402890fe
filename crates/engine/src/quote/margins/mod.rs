//! What a quote leaves its supplier: costs, floors, margins, commission. For the supplier alone.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::allowances::with_allowance;
use super::confidential::{Commission, CommissionBase, Confidential};
use super::line::LinePrice;
use super::tax::contained;
use super::whole::{Asked, AskedLine, QuotePrice, QuotedLine, price_lines, whole_total};
use crate::money::{Fraction, Rounding, RoundingMode, exact};
use crate::price::{Level, PriceError, PricePack, Sharing, TaxIn, applicable};

#[cfg(test)]
mod tests;

/// Decimals of a margin in hundredths.
const PERCENT_DECIMALS: u32 = 2;

/// What a quote leaves its supplier, once and over its terms, without tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Margins {
    /// The lines, in the order of the request.
    pub lines: Vec<LineMargin>,
    /// What the quote costs the buyer: lines, and what is added for the quote as a whole.
    pub net: Decimal,
    /// What it costs the supplier; `None` where that is not known of each line.
    pub cost: Option<Decimal>,
    /// Net less cost.
    pub margin: Option<Decimal>,
    /// The margin in hundredths of net.
    pub margin_percent: Option<Decimal>,
    /// What the lines miss to their floors.
    pub below_floor: Decimal,
    /// What the partner gets through whom the quote came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commissions: Vec<CommissionDue>,
}

/// What a line leaves its supplier, once and over its term, without tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineMargin {
    /// What it costs the buyer, less its share of discounts for the quote as a whole and its
    /// part of those that stand apart; rounded down where there are any. What it bears of charges,
    /// such as freight, does not count: no charge makes up for a discount.
    pub net: Decimal,
    /// What it costs the supplier; `None` where nothing is known of its product.
    pub cost: Option<Decimal>,
    /// Net less cost.
    pub margin: Option<Decimal>,
    /// The margin in hundredths of net.
    pub margin_percent: Option<Decimal>,
    /// What it is sold for at least; `None` where it has no floor.
    pub floor: Option<Decimal>,
    /// What it misses to the floor: zero where it does not.
    pub below_floor: Decimal,
}

/// A commission that a quote earns its partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionDue {
    /// Code of the partner.
    pub partner: String,
    /// Hundredths.
    pub percent: Decimal,
    /// What they are taken of.
    pub of: CommissionBase,
    /// What that comes to.
    pub base: Decimal,
    /// The commission.
    pub amount: Decimal,
}

impl Margins {
    /// Whether some line is below its floor.
    pub fn is_below_floor(&self) -> bool {
        !self.below_floor.is_zero()
    }
}

/// What the quote `price` of `asked` at the prices of `pack` leaves the supplier, where it came
/// through `partner`.
///
/// # Errors
/// As [`price_quote`](super::price_quote).
pub fn margins(
    confidential: &Confidential,
    pack: &PricePack,
    asked: &Asked,
    price: &QuotePrice,
    partner: Option<&str>,
) -> Result<Margins, PriceError> {
    let book = Book {
        confidential,
        pack,
        asked,
        costs: totals_in(confidential.costs.as_ref(), asked)?,
        floors: totals_in(confidential.floors.as_ref(), asked)?,
    };
    let nets = price.lines.iter().enumerate();
    let nets = nets.map(|(at, line)| book.less_discounts(at, line));
    let nets = nets.collect::<Result<Vec<_>, _>>()?;
    let apart = book.apart(price)?;
    let off = apart.iter().filter(|(_, amount)| *amount < Decimal::ZERO);
    let off = book.without_taxes(off)?;
    let nets = with_allowance(&nets, off)?;
    let lines = nets.iter().enumerate();
    let lines = lines.map(|(at, net)| book.line(at, *net, !off.is_zero()));
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    let net = book.net(price, &apart)?;
    let cost = book.cost(&lines, price)?;
    let below = exact::sum(lines.iter().map(|it| it.below_floor))?;
    let (margin, margin_percent) = margin(net, cost, pack)?;
    let due = confidential.commissions.iter();
    let due = due.filter(|it| partner == Some(it.partner.as_str()));
    let due = due.map(|it| book.commission(it, &nets));
    Ok(Margins {
        commissions: due.collect::<Result<_, _>>()?,
        lines,
        net,
        cost,
        margin,
        margin_percent,
        below_floor: book.money(below),
    })
}

/// What is known for the supplier alone, beside what is asked.
struct Book<'a> {
    confidential: &'a Confidential,
    pack: &'a PricePack,
    asked: &'a Asked<'a>,
    /// What each line costs the supplier.
    costs: Vec<Option<Decimal>>,
    /// What each line is sold for at least.
    floors: Vec<Option<Decimal>>,
}

/// What each line comes to in a pack of costs or floors; `None` where that has nothing of its
/// product.
fn totals_in(pack: Option<&PricePack>, asked: &Asked) -> Result<Vec<Option<Decimal>>, PriceError> {
    let Some(pack) = pack else {
        return Ok(vec![None; asked.lines.len()]);
    };
    let lines = asked.lines.iter().zip(price_lines(pack, asked)?);
    let total = |(line, price): (&AskedLine, LinePrice)| {
        let prices = applicable(line.model, pack, asked.date)?;
        Ok((!prices.steps.is_empty()).then_some(price.contract_total))
    };
    lines.map(total).collect()
}

impl Book<'_> {
    /// What a line costs the buyer, less its share of discounts that are shared.
    fn less_discounts(&self, at: usize, line: &QuotedLine) -> Result<Decimal, PriceError> {
        let shares = line.shares.iter().map(|it| it.amount);
        let discounts = shares.filter(Decimal::is_sign_negative);
        let total = exact::sum([line.price.contract_total].into_iter().chain(discounts))?;
        self.without_tax(total, self.line_tax(at)?)
    }

    /// What a line leaves that costs the buyer `exact`; that is told rounded down where `is_cut`.
    fn line(&self, at: usize, exact: Decimal, is_cut: bool) -> Result<LineMargin, PriceError> {
        let minor_units = self.pack.currency.minor_units;
        let net = match is_cut {
            true => self.money(RoundingMode::Floor.round(exact, minor_units)),
            false => exact,
        };
        let own = self.floors.get(at).copied().flatten();
        let cost = self.cost_of(at);
        let by_margin = match cost.zip(self.confidential.least_margin) {
            Some((cost, least)) => Some(self.at_margin(cost, least)?),
            None => None,
        };
        let floor = own.max(by_margin);
        let below = match floor {
            Some(floor) if exact < floor => exact::subtract(floor, net)?,
            _ => Decimal::ZERO,
        };
        let (margin, margin_percent) = margin(net, cost, self.pack)?;
        Ok(LineMargin {
            net,
            cost,
            margin,
            margin_percent,
            floor,
            below_floor: self.money(below),
        })
    }

    /// The least price that leaves so many hundredths of it above the cost.
    fn at_margin(&self, cost: Decimal, least: Decimal) -> Result<Decimal, PriceError> {
        let rest = exact::subtract(Decimal::ONE_HUNDRED, least)?;
        let price = Fraction::from(cost)
            .times(Decimal::ONE_HUNDRED)?
            .over(rest)?;
        let minor_units = self.pack.currency.minor_units;
        let up = Rounding::to_decimals(minor_units, RoundingMode::Ceiling);
        Ok(exact::money(price.round(&up)?, minor_units))
    }

    /// What a line costs the supplier.
    fn cost_of(&self, at: usize) -> Option<Decimal> {
        self.costs.get(at).copied().flatten()
    }

    /// What the quote costs the buyer, where that stands `apart`.
    fn net(&self, price: &QuotePrice, apart: &[(usize, Decimal)]) -> Result<Decimal, PriceError> {
        let mut net = self.without_taxes(apart)?;
        for (at, line) in price.lines.iter().enumerate() {
            let shares = exact::sum(line.shares.iter().map(|it| it.amount))?;
            let total = exact::add(line.price.contract_total, shares)?;
            net = exact::add(net, self.without_tax(total, self.line_tax(at)?)?)?;
        }
        Ok(self.money(net))
    }

    /// What no line bears, as prices are, beside the position of its tax.
    fn apart(&self, price: &QuotePrice) -> Result<Vec<(usize, Decimal)>, PriceError> {
        let Some(whole) = &self.pack.whole else {
            return Ok(Vec::new());
        };
        let is_apart = |code: &str| {
            let mut steps = whole.steps.iter().filter(|it| it.code == code);
            steps.any(|it| it.level == Level::Quote(Sharing::Apart))
        };
        let steps = price.steps.iter().filter(|it| is_apart(&it.code));
        let steps = steps.filter_map(|it| Some((whole.tax_of(&it.code), it.amount?)));
        let rests = price.rests.iter().map(|it| (whole.tax, it.amount));
        Ok(steps.chain(rests).collect())
    }

    /// Amounts without their taxes, which stand beside them.
    fn without_taxes<'a>(
        &self,
        amounts: impl IntoIterator<Item = &'a (usize, Decimal)>,
    ) -> Result<Decimal, PriceError> {
        let mut sums: BTreeMap<usize, Decimal> = BTreeMap::new();
        for (tax, amount) in amounts {
            let sum = sums.entry(*tax).or_default();
            *sum = exact::add(*sum, *amount)?;
        }
        sums.into_iter().try_fold(Decimal::ZERO, |all, (tax, sum)| {
            let net = self.without_tax(sum, self.percent(tax)?)?;
            Ok(exact::add(all, net)?)
        })
    }

    /// What the quote costs the supplier.
    fn cost(
        &self,
        lines: &[LineMargin],
        price: &QuotePrice,
    ) -> Result<Option<Decimal>, PriceError> {
        let known: Option<Vec<Decimal>> = lines.iter().map(|it| it.cost).collect();
        let (Some(known), Some(costs)) = (known, &self.confidential.costs) else {
            return Ok(None);
        };
        let prices: Vec<LinePrice> = price.lines.iter().map(|it| it.price.clone()).collect();
        let whole = whole_total(costs, self.pack, self.asked, &prices)?;
        let sum = exact::sum(known.into_iter().chain([whole]))?;
        Ok(Some(self.money(sum)))
    }

    /// A commission of lines that cost the buyer `nets`.
    fn commission(
        &self,
        commission: &Commission,
        nets: &[Decimal],
    ) -> Result<CommissionDue, PriceError> {
        let mut base = Decimal::ZERO;
        for (at, (asked, net)) in self.asked.lines.iter().zip(nets).enumerate() {
            let prices = applicable(asked.model, self.pack, self.asked.date)?;
            let group = prices.group.as_ref().unwrap_or(&prices.product);
            if !commission.groups.is_empty() && !commission.groups.contains(group) {
                continue;
            }
            let amount = match (commission.of, self.cost_of(at)) {
                (CommissionBase::Net, _) => *net,
                (CommissionBase::Margin, Some(cost)) => exact::subtract(*net, cost)?,
                (CommissionBase::Margin, None) => Decimal::ZERO,
            };
            base = exact::add(base, amount)?;
        }
        let base = base.max(Decimal::ZERO);
        let amount = exact::percent_of(base, commission.percent)?;
        let round = |amount| {
            let minor_units = self.pack.currency.minor_units;
            self.pack.rounding.round(amount, minor_units)
        };
        Ok(CommissionDue {
            partner: commission.partner.clone(),
            percent: commission.percent,
            of: commission.of,
            base: round(base)?,
            amount: round(amount)?,
        })
    }

    /// Hundredths of the tax that a line's price is meant with.
    fn line_tax(&self, at: usize) -> Result<Decimal, PriceError> {
        let line = self.asked.lines.get(at).ok_or(PriceError::Malformed)?;
        self.percent(applicable(line.model, self.pack, self.asked.date)?.tax)
    }

    fn percent(&self, tax: usize) -> Result<Decimal, PriceError> {
        let tax = self.pack.taxes.get(tax).ok_or(PriceError::Malformed)?;
        Ok(tax.percent)
    }

    /// An amount of the pack without its tax.
    fn without_tax(&self, amount: Decimal, percent: Decimal) -> Result<Decimal, PriceError> {
        let minor_units = self.pack.currency.minor_units;
        if self.pack.settlement.prices == TaxIn::OnTop {
            return Ok(self.money(amount));
        }
        let rounding = self.pack.rounding.rounding(minor_units);
        let net = contained(amount, percent, None)?.net;
        Ok(self.money(net.round(&rounding)?))
    }

    fn money(&self, amount: Decimal) -> Decimal {
        exact::money(amount, self.pack.currency.minor_units)
    }
}

/// What is left of `net` above `cost`, and in hundredths of it.
fn margin(
    net: Decimal,
    cost: Option<Decimal>,
    pack: &PricePack,
) -> Result<(Option<Decimal>, Option<Decimal>), PriceError> {
    let Some(cost) = cost else {
        return Ok((None, None));
    };
    let margin = exact::subtract(net, cost)?;
    let margin = exact::money(margin, pack.currency.minor_units);
    if net <= Decimal::ZERO {
        return Ok((Some(margin), None));
    }
    let percent = Fraction::from(margin)
        .times(Decimal::ONE_HUNDRED)?
        .over(net)?;
    let rounding = Rounding::to_decimals(PERCENT_DECIMALS, RoundingMode::HalfUp);
    Ok((Some(margin), Some(percent.round(&rounding)?)))
}
