//! The price as a formula, so that it can be reasoned about: budgets, the cheapest configuration.

use rust_decimal::Decimal;

use super::unit::are_rivals;
use super::{
    Base, Due, Level, PriceError, PricePack, PriceStep, ProductPrices, Purchase, RoundingMoment,
    applicable, exact,
};
use crate::catalog::{AttributeDomain, Condition, Formula, Model};

/// More rows times amounts than this are written without the steps in between.
const MOST_RUNGS: usize = 10_000;

/// What a line costs once, before any rounding.
pub struct PriceFormula {
    /// The steps for one piece.
    pub piece: Formula,
    /// The steps for the whole line; `None` where there are none.
    pub line: Option<Formula>,
}

impl PriceFormula {
    /// What `quantity` pieces cost.
    pub fn total(self, quantity: u32) -> Formula {
        let quantity = Formula::Constant(Decimal::from(quantity));
        let pieces = Formula::Multiply(Box::new(self.piece), Box::new(quantity));
        match self.line {
            None => pieces,
            Some(line) => Formula::Sum(vec![pieces, line]),
        }
    }
}

/// What is due once for `purchase`, before any rounding.
///
/// In every complete configuration that has a price, the formulas come to the sums of the
/// steps that [`price_line`](crate::quote::price_line) shows. What is not there costs nothing.
///
/// # Errors
/// As [`price_unit`](super::price_unit); [`PriceError::Inexact`] where something is rounded on
/// the way, so that no formula comes to exactly what is charged.
pub fn price_formula(
    model: &Model,
    pack: &PricePack,
    purchase: &Purchase,
) -> Result<PriceFormula, PriceError> {
    if purchase.quantity == 0 {
        return Err(PriceError::NoQuantity);
    }
    let prices = applicable(model, pack, purchase.date)?;
    let mut writer = Writer {
        model,
        pack,
        prices,
        purchase,
        steps: Vec::with_capacity(prices.steps.len()),
    };
    for rivals in prices.steps.chunk_by(are_rivals) {
        let formulas = writer.best(rivals)?;
        writer.steps.extend(formulas);
    }
    let has_line = prices.steps.iter().any(|it| it.level == Level::Line);
    Ok(PriceFormula {
        piece: Formula::Sum(writer.before(Level::Piece)),
        line: has_line.then(|| Formula::Sum(writer.before(Level::Line))),
    })
}

/// Writes prices as formulas.
pub(super) struct Writer<'a> {
    pub model: &'a Model,
    pack: &'a PricePack,
    pub prices: &'a ProductPrices,
    pub purchase: &'a Purchase<'a>,
    /// The earlier steps, in the order of the price book.
    steps: Vec<Formula>,
}

impl Writer<'_> {
    /// Of steps that compete, the first is written as the lowest of all.
    fn best(&self, rivals: &[PriceStep]) -> Result<Vec<Formula>, PriceError> {
        let on = |step: &&PriceStep| step.due == Due::Once && step.applies.is_on(self.purchase);
        let conditional = |step: &PriceStep| step.applies.when.is_some();
        let competing: Vec<&PriceStep> = rivals.iter().filter(on).collect();
        if let [first, _, ..] = competing.as_slice() {
            if competing.iter().any(|it| conditional(it)) {
                return Err(inexact(&first.code));
            }
            let amounts = competing.iter().map(|it| self.step(it));
            let lowest = Formula::Min(amounts.collect::<Result<_, _>>()?);
            let others = (1..rivals.len()).map(|_| Formula::Constant(Decimal::ZERO));
            return Ok([lowest].into_iter().chain(others).collect());
        }
        let step = |step: &PriceStep| match on(&step) {
            true => self.step(step),
            false => Ok(Formula::Constant(Decimal::ZERO)),
        };
        rivals.iter().map(step).collect()
    }

    fn step(&self, step: &PriceStep) -> Result<Formula, PriceError> {
        if !step.applies.unless.is_empty() || step.rounding.is_some() {
            return Err(inexact(&step.code));
        }
        let amount = step.rule.kind().formula(self, step)?;
        let amount = self.exact(amount, exact::DECIMALS, step)?;
        // What is not there costs nothing.
        let amount = Formula::Sum(vec![amount]);
        Ok(match &step.applies.when {
            Some(when) => Formula::Where(Box::new(when.clone()), Box::new(amount)),
            None => amount,
        })
    }

    /// The formula of an amount that has no more decimals than are kept.
    pub fn exact(
        &self,
        amount: Formula,
        decimals: u32,
        step: &PriceStep,
    ) -> Result<Formula, PriceError> {
        let most = self.decimals(&amount);
        match most.is_some_and(|most| most <= decimals) {
            true => Ok(amount),
            false => Err(inexact(&step.code)),
        }
    }

    /// What `step` is worked out of.
    pub fn base(&self, of: &Base, step: &PriceStep) -> Result<Formula, PriceError> {
        match of {
            Base::Steps(positions) => {
                let terms = positions.iter().map(|it| self.at(*it, step.level));
                Ok(Formula::Sum(terms.collect::<Result<_, _>>()?))
            }
            Base::Groups(_) => Err(PriceError::Malformed),
            Base::Before if step.level == Level::Piece => {
                Ok(Formula::Sum(self.before(Level::Piece)))
            }
            Base::Before if self.pack.rounding.moment == RoundingMoment::Unit => {
                Err(inexact(&step.code))
            }
            Base::Before => {
                let pieces = self.times(Formula::Sum(self.before(Level::Piece)));
                let line = self.before(Level::Line).into_iter();
                Ok(Formula::Sum([pieces].into_iter().chain(line).collect()))
            }
        }
    }

    /// The price of one piece that a step for the line is worked out of.
    pub fn piece(&self, of: &Base, step: &PriceStep) -> Result<Formula, PriceError> {
        match of {
            Base::Steps(positions) => {
                let terms = positions.iter().map(|it| self.at(*it, Level::Piece));
                Ok(Formula::Sum(terms.collect::<Result<_, _>>()?))
            }
            Base::Groups(_) => Err(PriceError::Malformed),
            Base::Before if self.pack.rounding.moment == RoundingMoment::Unit => {
                Err(inexact(&step.code))
            }
            Base::Before => Ok(Formula::Sum(self.before(Level::Piece))),
        }
    }

    /// An earlier step, for one piece or the whole line.
    fn at(&self, position: usize, level: Level) -> Result<Formula, PriceError> {
        let formula = self.steps.get(position).ok_or(PriceError::Malformed)?;
        let step = self.prices.steps.get(position);
        let step = step.ok_or(PriceError::Malformed)?;
        Ok(match (step.level, level) {
            (Level::Piece, Level::Line) => self.times(formula.clone()),
            _ => formula.clone(),
        })
    }

    fn before(&self, level: Level) -> Vec<Formula> {
        let steps = self.prices.steps.iter().zip(&self.steps);
        let steps = steps.filter(|(step, _)| step.level == level);
        steps.map(|(_, formula)| formula.clone()).collect()
    }

    fn times(&self, formula: Formula) -> Formula {
        let pieces = Formula::Constant(Decimal::from(self.purchase.quantity));
        Formula::Multiply(Box::new(formula), Box::new(pieces))
    }

    /// Most decimals that the formula's values can have; `None` where they do not end.
    pub fn decimals(&self, formula: &Formula) -> Option<u32> {
        let of = |formula: &Formula| self.decimals(formula);
        match formula {
            Formula::Constant(number) => Some(number.normalize().scale()),
            Formula::Attribute(attribute) => match &self.model.attribute(*attribute)?.domain {
                AttributeDomain::Number(range) => {
                    let ends = [range.min, range.step].map(|it| it.normalize().scale());
                    ends.into_iter().max()
                }
                _ => None,
            },
            Formula::Property {
                attribute,
                property,
            } => match &self.model.attribute(*attribute)?.domain {
                AttributeDomain::Options(list) => (list.options.iter())
                    .map(|it| Some(it.properties.get(*property)?.normalize().scale()))
                    .try_fold(0, |most, it| Some(most.max(it?))),
                _ => None,
            },
            Formula::Add(left, right) | Formula::Subtract(left, right) => {
                Some(of(left)?.max(of(right)?))
            }
            Formula::Multiply(left, right) => Some(of(left)? + of(right)?),
            Formula::Divide(dividend, divisor) => {
                let Formula::Constant(divisor) = **divisor else {
                    return None;
                };
                let inverse = Decimal::ONE.checked_div(divisor)?;
                let ends = exact::multiply(inverse, divisor) == Ok(Decimal::ONE);
                ends.then_some(of(dividend)? + inverse.normalize().scale())
            }
            Formula::Power(base, exponent) => of(base)?.checked_mul(*exponent),
            Formula::Count(_) => Some(0),
            Formula::Sum(terms) | Formula::Min(terms) | Formula::Max(terms) => (terms.iter())
                .map(of)
                .try_fold(0, |most, it| Some(most.max(it?))),
            Formula::Where(_, inner) => of(inner),
        }
    }
}

fn inexact(step: &str) -> PriceError {
    PriceError::Inexact {
        step: step.to_owned(),
    }
}

/// Each amount where a condition with it holds.
fn one_by_one<T: Clone>(
    rows: &[(T, Decimal)],
    amounts: &[Decimal],
    any_of: impl Fn(&[T]) -> Condition,
) -> Formula {
    let term = |amount: &Decimal| {
        let same = rows.iter().filter(|it| it.1 == *amount);
        let same: Vec<T> = same.map(|it| it.0.clone()).collect();
        Formula::Where(
            Box::new(any_of(&same)),
            Box::new(Formula::Constant(*amount)),
        )
    };
    Formula::Sum(amounts.iter().map(term).collect())
}

/// The amount of the condition that holds, of conditions of which at most one does.
///
/// Written as steps from each amount to the next larger one, each where the amount is at
/// least that: so what is ruled out already narrows what the whole can come to. `certain`
/// says that one of the conditions always holds.
pub(super) fn ladder<T: Clone>(
    rows: &[(T, Decimal)],
    certain: bool,
    any_of: impl Fn(&[T]) -> Condition,
) -> Result<Formula, PriceError> {
    let mut amounts: Vec<Decimal> = rows.iter().map(|it| it.1).collect();
    amounts.sort_unstable();
    amounts.dedup();
    if amounts.len().saturating_mul(rows.len()) > MOST_RUNGS {
        return Ok(one_by_one(rows, &amounts, any_of));
    }
    let mut terms = Vec::new();
    let mut before = Decimal::ZERO;
    for (position, amount) in amounts.into_iter().enumerate() {
        let more = Formula::Constant(exact::subtract(amount, before)?);
        before = amount;
        if position == 0 && certain {
            terms.push(more);
            continue;
        }
        let reach: Vec<T> = (rows.iter())
            .filter(|it| it.1 >= amount)
            .map(|it| it.0.clone())
            .collect();
        terms.push(Formula::Where(Box::new(any_of(&reach)), Box::new(more)));
    }
    Ok(Formula::Sum(terms))
}
