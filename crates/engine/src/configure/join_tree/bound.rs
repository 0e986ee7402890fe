//! Sums to which every attribute contributes on its own, bounded from above: what a price is.

use std::collections::BTreeSet;

use num_integer::Integer as _;
use num_traits::ToPrimitive as _;

use crate::catalog::{
    AttributeIndex, Comparison, Condition, Formula, Fraction, Model, Value, Worth,
};

/// A formula with a limit.
pub(super) struct Bound {
    formula: Formula,
    pub sum: Costs,
}

/// A formula as whole costs for each position of each attribute.
pub(in super::super) struct Costs {
    /// For each attribute and position; the last one of an optional attribute is for its absence.
    pub costs: Vec<Vec<i64>>,
    /// What is always part of the sum, in the unit of the costs.
    fixed: i128,
    /// So many make one.
    scale: i128,
}

/// A part of a sum; the flag says that it is taken away.
type Term<'a> = (&'a Formula, bool);

impl Costs {
    /// `None` where the formula is no sum to which every attribute contributes on its own, or
    /// its numbers do not add up in 64 bits.
    pub fn new(model: &Model, formula: &Formula) -> Option<Self> {
        let mut terms = Vec::new();
        collect(formula, false, &mut terms);
        let mut costs: Vec<Vec<Fraction>> = Vec::new();
        for attribute in &model.attributes {
            let size = attribute.domain.size()? + usize::from(attribute.part.is_some());
            costs.push(vec![Fraction::from(0); size]);
        }
        let mut fixed = Fraction::from(0);
        let mut values = vec![None; model.attributes.len()];
        for (term, negative) in terms {
            let sign = Fraction::from(if negative { -1 } else { 1 });
            let attributes: BTreeSet<AttributeIndex> = term.attributes();
            let mut attributes = attributes.into_iter();
            match (attributes.next(), attributes.next()) {
                (None, _) => fixed += sign * worth(model, term, &[])?,
                (Some(only), None) => {
                    let costs = costs.get_mut(only.0)?;
                    if surcharge(model, term, sign, costs).is_some() {
                        continue;
                    }
                    for (position, cost) in costs.iter_mut().enumerate() {
                        let domain = &model.attributes[only.0].domain;
                        values[only.0] = domain.value_at(position).or(Some(Value::Absent));
                        *cost += sign * worth(model, term, &values)?;
                    }
                    values[only.0] = None;
                }
                _ => return None,
            }
        }
        let scale = (costs.iter().flatten().chain([&fixed]))
            .try_fold(1_i128, |scale, it| small(scale.lcm(it.denom())))?;
        let whole = |it: &Fraction| it.numer().checked_mul(scale / it.denom());
        let cost = |it: &Fraction| whole(it)?.to_i64();
        let costs = costs.iter().map(|it| it.iter().map(cost).collect());
        let costs = costs.collect::<Option<Vec<Vec<i64>>>>()?;
        super::cheapest::add_up(&costs).then_some(Self {
            costs,
            fixed: whole(&fixed)?,
            scale,
        })
    }
}

impl Bound {
    /// `None` where the condition is something else.
    pub fn new(model: &Model, condition: &Condition) -> Option<Self> {
        let (formula, ..) = parts(condition)?;
        Some(Self {
            sum: Costs::new(model, formula)?,
            formula: formula.clone(),
        })
    }

    /// Whether the condition bounds the same formula.
    pub fn is_for(&self, condition: &Condition) -> bool {
        parts(condition).is_some_and(|(formula, ..)| *formula == self.formula)
    }

    /// Whether a sum of costs meets the condition.
    pub fn admits(&self, condition: &Condition, cost: i64) -> Option<bool> {
        let (_, strict, limit) = parts(condition)?;
        let sum = self.sum.fixed.checked_add(i128::from(cost))?;
        let sum = Fraction::new(sum, self.sum.scale);
        Some(sum < limit || (!strict && sum == limit))
    }
}

/// The formula, whether it has to stay below, and the limit.
fn parts(condition: &Condition) -> Option<(&Formula, bool, Fraction)> {
    let Condition::Compare {
        left,
        comparison,
        right,
    } = condition
    else {
        return None;
    };
    let strict = match comparison {
        Comparison::Less => true,
        Comparison::LessOrEqual => false,
        _ => return None,
    };
    let constant = right.attributes().is_empty() && certain(left);
    let limit = constant.then(|| worth(&Model::default(), right, &[]))??;
    Some((left, strict, limit))
}

/// Whether the formula is a number even where no part is there.
fn certain(formula: &Formula) -> bool {
    match formula {
        Formula::Constant(_) | Formula::Sum(_) | Formula::Count(_) => true,
        Formula::Add(left, right) | Formula::Subtract(left, right) => {
            certain(left) || certain(right)
        }
        _ => false,
    }
}

/// The parts of a sum. What is not there counts as 0, as within a sum.
fn collect<'a>(formula: &'a Formula, negative: bool, terms: &mut Vec<Term<'a>>) {
    match formula {
        Formula::Add(left, right) => {
            collect(left, negative, terms);
            collect(right, negative, terms);
        }
        Formula::Subtract(left, right) => {
            collect(left, negative, terms);
            collect(right, !negative, terms);
        }
        Formula::Sum(parts) => parts.iter().for_each(|it| collect(it, negative, terms)),
        other => terms.push((other, negative)),
    }
}

/// Adds a number that counts where an attribute has one of some options: most terms of a price,
/// quickly. `None` where the term is something else.
fn surcharge(model: &Model, term: &Formula, sign: Fraction, costs: &mut [Fraction]) -> Option<()> {
    let Formula::Where(condition, amount) = term else {
        return None;
    };
    let Condition::Is { attribute, options } = &**condition else {
        return None;
    };
    let size = model.attribute(*attribute)?.domain.size()?;
    let distinct: BTreeSet<usize> = options.iter().copied().collect();
    let Formula::Constant(_) = **amount else {
        return None;
    };
    let amount = sign * worth(model, amount, &[])?;
    if distinct
        .last()
        .is_some_and(|it| *it >= size.min(costs.len()))
    {
        return None;
    }
    for option in distinct {
        if let Some(cost) = costs.get_mut(option) {
            *cost += amount;
        }
    }
    Some(())
}

/// What a term comes to; 0 where it is not there.
fn worth(model: &Model, term: &Formula, values: &[Option<Value>]) -> Option<Fraction> {
    match term.worth(model, values).ok()? {
        Worth::Number(number) => Some(number),
        Worth::Absent => Some(Fraction::from(0)),
        Worth::Open => None,
    }
}

/// Nothing that could overflow when it is multiplied.
fn small(number: i128) -> Option<i128> {
    (number < 1 << 40).then_some(number)
}
