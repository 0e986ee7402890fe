//! Conditions that only some questions ask for, such as "costs at most so much".

use batsat::Lit;
use num_traits::CheckedDiv;

use super::constraints::Scope;
use super::encoding::Encoding;
use super::formulas::Quotient;
use super::inequality::{Refusal, common_denominator, hull};
use super::polynomial::Polynomial;
use super::quantities::Scaled;
use crate::catalog::{Comparison, Condition, Formula, Fraction, Model, fraction};

/// What was asked for so far.
#[derive(Default)]
pub struct Extras {
    conditions: Vec<(Condition, Lit)>,
    /// For each formula, an integer that it does not exceed.
    ceilings: Vec<(Formula, Option<Scaled>)>,
}

impl Extras {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.conditions.len() + self.ceilings.len()
    }
}

impl Encoding {
    /// A literal that implies the condition, and that can be true wherever it holds.
    pub fn extra(&mut self, model: &Model, condition: &Condition) -> Result<Lit, Refusal> {
        if let Some((formula, limit, strict)) = limited(condition)
            && let Some(ceiling) = self.ceiling(model, formula)?
        {
            return self.below(ceiling, limit, strict);
        }
        let known = self.extras.conditions.iter().find(|it| it.0 == *condition);
        if let Some((_, literal)) = known {
            return Ok(*literal);
        }
        let literal = Scope::new(self, model).together(condition, true)?;
        self.extras.conditions.push((condition.clone(), literal));
        Ok(literal)
    }

    /// An integer that the formula, which has to be a polynomial that is always there, does not exceed.
    fn ceiling(&mut self, model: &Model, formula: &Formula) -> Result<Option<Scaled>, Refusal> {
        let known = self.extras.ceilings.iter().find(|it| it.0 == *formula);
        if let Some((_, ceiling)) = known {
            return Ok(*ceiling);
        }
        let mut scope = Scope::new(self, model);
        let defined = scope.where_defined(formula)?;
        let ceiling = match scope.quotient(formula) {
            Ok(Quotient {
                numerator,
                denominator: None,
            }) if defined == self.truth => Some(self.new_ceiling(model, &numerator)?),
            Ok(_) | Err(Refusal::Split(_)) => None,
            Err(refusal) => return Err(refusal),
        };
        self.extras.ceilings.push((formula.clone(), ceiling));
        Ok(ceiling)
    }

    fn new_ceiling(&mut self, model: &Model, polynomial: &Polynomial) -> Result<Scaled, Refusal> {
        let scale = common_denominator(polynomial)?;
        let (low, high) = hull(&self.arithmetic.integers, polynomial, scale)?;
        let end = |end| i64::try_from(end).map_err(|_| Refusal::Overflow);
        let integer = self.add_range(end(low)?, end(high)?);
        self.arithmetic.ceilings.insert(integer);
        let ceiling = Polynomial::integer(integer, Fraction::new(1, scale));
        let excess = polynomial.clone().minus(&ceiling)?;
        Scope::new(self, model).demand_inequality(&[], &excess, false)?;
        Ok(Scaled { integer, scale })
    }

    fn below(&mut self, ceiling: Scaled, limit: Fraction, strict: bool) -> Result<Lit, Refusal> {
        let scaled = limit.numer().checked_mul(ceiling.scale);
        let scaled = Fraction::new(scaled.ok_or(Refusal::Overflow)?, *limit.denom());
        let most = match strict {
            true => scaled.ceil().to_integer() - 1,
            false => scaled.floor().to_integer(),
        };
        let root = self.arithmetic.integers[ceiling.integer].root;
        // Beyond its range, any limit says the same.
        let most = most.clamp(i128::from(root.low) - 1, i128::from(root.high));
        let most = i64::try_from(most).map_err(|_| Refusal::Overflow)?;
        Ok(self.at_most(ceiling.integer, most))
    }
}

/// The formula, the limit, and whether it has to be below, of "a formula is at most a number".
fn limited(condition: &Condition) -> Option<(&Formula, Fraction, bool)> {
    let Condition::Compare {
        left,
        comparison,
        right,
    } = condition
    else {
        return None;
    };
    let limit = literal(right)?;
    match comparison {
        Comparison::Less => Some((left, limit, true)),
        Comparison::LessOrEqual => Some((left, limit, false)),
        _ => None,
    }
}

/// A number, or a fraction written as a division.
fn literal(formula: &Formula) -> Option<Fraction> {
    match formula {
        Formula::Constant(number) => Some(fraction(*number)),
        Formula::Divide(dividend, divisor) => match (dividend.as_ref(), divisor.as_ref()) {
            (Formula::Constant(dividend), Formula::Constant(divisor)) if !divisor.is_zero() => {
                fraction(*dividend).checked_div(&fraction(*divisor))
            }
            _ => None,
        },
        _ => None,
    }
}
