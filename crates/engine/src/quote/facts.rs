//! What the lines of a quote say about it as a whole.

use rust_decimal::Decimal;

use super::line::LinePrice;
use super::order::Order;
use super::whole::{Asked, QuotePrice, Share};
use crate::catalog::{Fact, Model, Value};
use crate::money::{Fraction, Leftover, Weights, exact, share};
use crate::price::{
    Base, Goods, Level, PriceError, PricePack, Purchase, Sharing, Step, applicable,
};

/// Decimals of what lines say: a weight that does not come out even has 28 digits otherwise, and
/// what is worked out from it soon outgrows exact numbers.
const DECIMALS: u32 = 10;

/// What the lines say about a quote, and in what proportion they bear what is for all of them.
pub(super) struct Facts<'p> {
    /// What the lines cost that is due once.
    pub goods: Goods,
    lines: Vec<Bearing<'p>>,
}

/// What one line has a share by.
struct Bearing<'p> {
    group: &'p str,
    net: Decimal,
    pieces: Decimal,
    weight: Decimal,
}

impl<'p> Facts<'p> {
    /// The facts about `lines`, the prices of what is asked for.
    pub fn new(
        pack: &'p PricePack,
        asked: &Asked,
        lines: impl IntoIterator<Item = &'p LinePrice>,
    ) -> Result<Self, PriceError> {
        let mut goods = Goods::default();
        let mut bearings = Vec::with_capacity(asked.lines.len());
        let whole = pack.whole.iter().flat_map(|it| &it.steps);
        let excluding = { whole }.any(|it| !it.applies.unless_on_lines.is_empty());
        for (line, price) in asked.lines.iter().zip(lines) {
            let prices = applicable(line.model, pack, asked.date)?;
            let net = price.once.net;
            goods.net = exact::add(goods.net, net)?;
            let group = prices.group.as_ref().unwrap_or(&prices.product);
            match goods.groups.get_mut(group) {
                Some(sum) => *sum = exact::add(*sum, net)?,
                None => drop(goods.groups.insert(group.clone(), net)),
            }
            match goods.pieces.get_mut(group) {
                Some(sum) => *sum += u64::from(line.quantity),
                None => drop(goods.pieces.insert(group.clone(), line.quantity.into())),
            }
            if excluding {
                goods.steps.extend(counting(price));
            }
            let pieces = Decimal::from(line.quantity);
            let weight = match &prices.weight {
                None => None,
                Some(formula) => formula.evaluate(line.model, line.values)?,
            };
            let weight = weight.unwrap_or_default().round_dp(DECIMALS);
            bearings.push(Bearing {
                group,
                net,
                pieces,
                weight: exact::multiply(weight, pieces)?,
            });
        }
        Ok(Self {
            goods,
            lines: bearings,
        })
    }

    /// The buyer's answers about the quote, with what is worked out from the lines.
    pub fn answers(&self, model: &Model, answers: &[Option<Value>]) -> Vec<Option<Value>> {
        let mut values = answers.to_vec();
        for (attribute, fact) in &model.facts {
            if let Some(value) = values.get_mut(attribute.0) {
                *value = Some(Value::Number(self.fact(*fact).round_dp(DECIMALS)));
            }
        }
        values
    }

    /// The quote as a whole, as its steps look at it.
    pub fn purchase<'a>(&'a self, asked: &Asked<'a>) -> Purchase<'a> {
        Purchase {
            promotions: asked.promotions,
            goods: Some(&self.goods),
            ..Purchase::alone(1, asked.date)
        }
    }

    fn fact(&self, fact: Fact) -> Decimal {
        let sum = |of: fn(&Bearing) -> Decimal| self.lines.iter().map(of).sum();
        match fact {
            Fact::Net => self.goods.net,
            Fact::Weight => sum(|it| it.weight),
            Fact::Pieces => sum(|it| it.pieces),
            Fact::Lines => Decimal::from(self.lines.len()),
        }
    }

    /// What each line bears of the steps that are shared, to the smallest amount, and what is
    /// left that none bears. Of equals the first in `order` goes first, or where the pack names a
    /// place, the first that the buyer sees.
    pub fn shares(
        &self,
        pack: &PricePack,
        steps: &[(Step, Level)],
        order: &Order,
    ) -> Result<(Vec<Vec<Share>>, Vec<Share>), PriceError> {
        let mut shares: Vec<Vec<Share>> = self.lines.iter().map(|_| Vec::new()).collect();
        let mut rests = Vec::new();
        let minor_units = pack.currency.minor_units;
        let unit = pack.rounding.rounding(minor_units).step;
        let of_step = |step: &Step, amount| Share {
            step: step.code.clone(),
            amount: exact::money(amount, minor_units),
        };
        // What is left can only stand apart in a quote that has steps of its own.
        let leftover = match pack.settlement.leftover {
            it if it.gives_all() || pack.whole.is_some() => it,
            _ => Leftover::LargestRemainder,
        };
        let as_seen: Vec<usize> = (0..self.lines.len()).collect();
        for (step, level) in steps {
            let (Level::Quote(sharing), Some(amount)) = (level, step.amount) else {
                continue;
            };
            let order = match leftover.goes_by_place() {
                true => &as_seen,
                false => order.positions(),
            };
            let Some(weights) = self.weights(*sharing, groups_of(pack, step), order)? else {
                continue;
            };
            let shared = share(amount, unit, &weights, leftover)?;
            for (at, amount) in order.iter().zip(shared.parts) {
                shares[*at].push(of_step(step, amount));
            }
            if !shared.rest.is_zero() {
                rests.push(of_step(step, shared.rest));
            }
        }
        Ok((shares, rests))
    }

    /// Lines that all cost or weigh nothing bear the same. What is of some groups is borne by
    /// their lines alone, where there are any.
    fn weights(
        &self,
        sharing: Sharing,
        groups: Option<&[String]>,
        order: &[usize],
    ) -> Result<Option<Weights>, PriceError> {
        let lines = || order.iter().map(|at| &self.lines[*at]);
        let within =
            |it: &Bearing| groups.is_none_or(|groups| groups.iter().any(|group| group == it.group));
        let is_some = self.lines.iter().any(within);
        let of = |of: fn(&Bearing) -> Decimal| {
            let weight = |it: &Bearing| match within(it) || !is_some {
                true => of(it),
                false => Decimal::ZERO,
            };
            let weights: Vec<Fraction> = lines().map(|it| weight(it).into()).collect();
            let equal = lines().map(|it| match within(it) || !is_some {
                true => Decimal::ONE.into(),
                false => Fraction::ZERO,
            });
            match weights.iter().all(|it| it.is_zero()) {
                true => Weights::new(&equal.collect::<Vec<_>>()),
                // Not all are zero here; they may have as many digits as amounts have.
                false => Weights::or_equal(&weights),
            }
        };
        Ok(Some(match sharing {
            // The lines of a credit note are all below zero.
            Sharing::ByNet if self.lines.iter().all(|it| it.net <= Decimal::ZERO) => {
                of(|it| it.net.abs())
            }
            Sharing::ByNet => of(|it| it.net.max(Decimal::ZERO)),
            Sharing::ByPieces => of(|it| it.pieces),
            Sharing::ByWeight => of(|it| it.weight),
            Sharing::Equally => of(|_| Decimal::ONE),
            Sharing::Apart => return Ok(None),
        }?))
    }
}

/// Codes of the steps of a line that come to something, of parts without the part.
fn counting(price: &LinePrice) -> impl Iterator<Item = String> {
    let recurring = price.recurring.iter().map(|it| &it.charge);
    let charges = [&price.once].into_iter().chain(recurring);
    let steps = charges.flat_map(|it| it.piece.steps.iter().chain(&it.steps));
    let counting = steps.filter(|it| it.amount.is_some_and(|it| !it.is_zero()));
    counting.map(|it| {
        let (code, _) = it.code.split_once('@').unwrap_or((&it.code, ""));
        code.to_owned()
    })
}

/// The answers about the quote as a whole, with what its lines say; nothing where nothing is
/// asked.
///
/// # Errors
/// As [`price_quote`](super::price_quote).
pub fn answers(
    pack: &PricePack,
    asked: &Asked,
    price: &QuotePrice,
) -> Result<Vec<Option<Value>>, PriceError> {
    let Some((model, answers)) = asked.whole else {
        return Ok(Vec::new());
    };
    let facts = Facts::new(pack, asked, price.lines.iter().map(|it| &it.price))?;
    Ok(facts.answers(model, answers))
}

/// The groups whose lines a step is of; `None` where it is of all.
fn groups_of<'p>(pack: &'p PricePack, step: &Step) -> Option<&'p [String]> {
    let steps = pack.whole.iter().flat_map(|it| &it.steps);
    let found = steps.into_iter().find(|it| it.code == step.code)?;
    match found.rule.base() {
        Some(Base::Groups(groups)) => Some(groups),
        _ => Some(found.bearers.as_slice()).filter(|it| !it.is_empty()),
    }
}
