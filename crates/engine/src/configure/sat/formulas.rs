//! Formulas as polynomials and quotients of polynomials.
//!
//! A formula that is not there comes to zero here; where that is so is told apart
//! by [`Scope::where_defined`], so that nobody is misled.

use batsat::Lit;

use super::constraints::Scope;
use super::encoding::LARGEST;
use super::inequality::{Refusal, common_denominator, hull, vanishes};
use super::polynomial::Polynomial;
use crate::catalog::{AttributeDomain, AttributeIndex, Formula, Fraction, fraction};

/// More cases of divisors that are zero or not are refused.
const MOST_CASES: usize = 64;

/// Presences that imply each other from the last one on.
struct Chain {
    literals: Vec<Lit>,
    /// What the first one is a part of.
    owner: Option<AttributeIndex>,
}

/// A numerator, and a denominator other than one that is not zero.
#[derive(Clone, Debug)]
pub struct Quotient {
    pub numerator: Polynomial,
    pub denominator: Option<Polynomial>,
}

impl From<Polynomial> for Quotient {
    fn from(numerator: Polynomial) -> Self {
        Self {
            numerator,
            denominator: None,
        }
    }
}

fn multiplied(polynomial: &Polynomial, by: Option<&Polynomial>) -> Result<Polynomial, Refusal> {
    Ok(match by {
        Some(by) => polynomial.times(by)?,
        None => polynomial.clone(),
    })
}

impl Quotient {
    /// The sum of both.
    pub fn plus(self, other: &Self) -> Result<Self, Refusal> {
        if self.denominator == other.denominator {
            return Ok(Self {
                numerator: self.numerator.plus(&other.numerator)?,
                denominator: self.denominator,
            });
        }
        let left = multiplied(&self.numerator, other.denominator.as_ref())?;
        let right = multiplied(&other.numerator, self.denominator.as_ref())?;
        Ok(Self {
            numerator: left.plus(&right)?,
            denominator: self.common(other)?,
        })
    }

    /// The same below zero.
    pub fn negated(mut self) -> Self {
        self.numerator = self.numerator.negated();
        self
    }

    fn times(&self, other: &Self) -> Result<Self, Refusal> {
        Ok(Self {
            numerator: self.numerator.times(&other.numerator)?,
            denominator: self.common(other)?,
        })
    }

    fn common(&self, other: &Self) -> Result<Option<Polynomial>, Refusal> {
        Ok(match (&self.denominator, &other.denominator) {
            (Some(one), Some(other)) => Some(one.times(other)?),
            (one, other) => one.clone().or_else(|| other.clone()),
        })
    }
}

impl Scope<'_> {
    /// What `work` comes to in each case of which divisors are zero, with the literals of the case.
    pub fn cases<T>(
        &mut self,
        work: impl Fn(&mut Self) -> Result<T, Refusal>,
    ) -> Result<Vec<(Vec<Lit>, T)>, Refusal> {
        let outer = std::mem::take(&mut self.zeros);
        let mut open = vec![Vec::new()];
        let mut done = Vec::new();
        while let Some(known) = open.pop() {
            self.zeros = known;
            match work(self) {
                Ok(result) => {
                    let mut literals = Vec::new();
                    for (polynomial, zero) in self.zeros.clone() {
                        let literal = self.zero(&polynomial)?;
                        literals.push(if zero { literal } else { !literal });
                    }
                    done.push((literals, result));
                }
                Err(Refusal::Split(polynomial)) if open.len() + done.len() < MOST_CASES => {
                    for zero in [true, false] {
                        let mut known = self.zeros.clone();
                        known.push((polynomial.clone(), zero));
                        open.push(known);
                    }
                }
                Err(refusal) => {
                    self.zeros = outer;
                    return Err(refusal);
                }
            }
        }
        self.zeros = outer;
        Ok(done)
    }

    /// A literal that is true exactly where the polynomial is zero.
    fn zero(&mut self, polynomial: &Polynomial) -> Result<Lit, Refusal> {
        if let Some(known) = self.encoding.zeros.get(polynomial) {
            return Ok(*known);
        }
        let below = self.inequality(polynomial, true)?;
        let above = self.inequality(&polynomial.negated(), true)?;
        let zero = self.encoding.new_literal();
        self.demand_inequality(&[!zero], polynomial, false)?;
        self.demand_inequality(&[!zero], &polynomial.negated(), false)?;
        self.encoding.add_clause(&[zero, below, above]);
        self.encoding.zeros.insert(polynomial.clone(), zero);
        Ok(zero)
    }

    /// The formula as a quotient; zero where it is not there.
    pub fn quotient(&mut self, formula: &Formula) -> Result<Quotient, Refusal> {
        Ok(match formula {
            Formula::Constant(number) => Polynomial::constant(fraction(*number)).into(),
            Formula::Attribute(attribute) => {
                let number = self.encoding.number_of(*attribute);
                number.ok_or(Refusal::Type)?.into()
            }
            Formula::Property {
                attribute,
                property,
            } => {
                let number = self.encoding.property_of(self.model, *attribute, *property);
                number.ok_or(Refusal::Type)?.into()
            }
            Formula::Add(left, right) => self.quotient(left)?.plus(&self.quotient(right)?)?,
            Formula::Subtract(left, right) => {
                let right = self.quotient(right)?.negated();
                self.quotient(left)?.plus(&right)?
            }
            Formula::Multiply(left, right) => self.quotient(left)?.times(&self.quotient(right)?)?,
            Formula::Divide(dividend, divisor) => self.division(dividend, divisor)?,
            Formula::Power(base, exponent) => self.power(base, *exponent)?,
            Formula::Count(parts) => self.count(parts)?.into(),
            Formula::Sum(terms) => {
                let mut sum = Quotient::from(Polynomial::default());
                for term in terms {
                    sum = sum.plus(&self.quotient(term)?)?;
                }
                sum
            }
            Formula::Min(terms) => self.best(terms, false)?.into(),
            Formula::Max(terms) => self.best(terms, true)?.into(),
            Formula::Where(condition, inner) => {
                let holds = self.settled(condition)?;
                let holds = self.encoding.indicator(holds);
                self.quotient(inner)?.times(&holds.into())?
            }
        })
    }

    /// How many of the parts are there.
    pub fn count(&mut self, parts: &[AttributeIndex]) -> Result<Polynomial, Refusal> {
        let mut count = Polynomial::default();
        for chain in self.chains(parts) {
            let filled = self.encoding.filled(&chain.literals);
            if let Some(([integer], _)) = filled.terms().next() {
                let partials = &mut self.encoding.quantities.partials;
                partials.settle(*integer, chain.owner);
            }
            count = count.plus(&filled)?;
        }
        Ok(count)
    }

    /// The presences of the parts, those together that are filled one after the other.
    fn chains(&self, parts: &[AttributeIndex]) -> Vec<Chain> {
        // Where constraints can be switched off, so can the order.
        let ordered = self.encoding.guards.is_empty();
        let mut chains: Vec<Chain> = Vec::new();
        let mut before = None;
        for part in parts {
            let there = self.encoding.presence(Some(*part));
            let (owner, previous) = match self.model.attribute(*part).map(|it| &it.domain) {
                Some(AttributeDomain::Presence(part)) => (part.owner, part.previous),
                _ => (None, None),
            };
            match chains.last_mut() {
                Some(chain) if ordered && previous.is_some() && previous == before => {
                    chain.literals.push(there);
                }
                _ => chains.push(Chain {
                    literals: vec![there],
                    owner,
                }),
            }
            before = Some(*part);
        }
        chains
    }

    fn division(&mut self, dividend: &Formula, divisor: &Formula) -> Result<Quotient, Refusal> {
        let divisor = self.quotient(divisor)?;
        let known = self.zeros.iter().find(|it| it.0 == divisor.numerator);
        let integers = &self.encoding.arithmetic.integers;
        let constant = common_denominator(&divisor.numerator)
            .and_then(|whole| hull(integers, &divisor.numerator, whole));
        match (known, constant) {
            _ if vanishes(&divisor.numerator) => return Ok(Polynomial::default().into()),
            (Some((_, true)), _) => return Ok(Polynomial::default().into()),
            (Some((_, false)), _) | (None, Ok((1.., _) | (_, ..0))) => {}
            _ => return Err(Refusal::Split(divisor.numerator)),
        }
        let turned = match single(&divisor.numerator) {
            Some(number) => Quotient {
                numerator: multiplied(
                    &Polynomial::constant(number.recip()),
                    divisor.denominator.as_ref(),
                )?,
                denominator: None,
            },
            None => Quotient {
                numerator: multiplied(
                    &Polynomial::constant(Fraction::from(1)),
                    divisor.denominator.as_ref(),
                )?,
                denominator: Some(divisor.numerator),
            },
        };
        self.quotient(dividend)?.times(&turned)
    }

    fn power(&mut self, base: &Formula, exponent: u32) -> Result<Quotient, Refusal> {
        if exponent == 0 {
            // One, where the base is there.
            let there = self.where_defined(base)?;
            return Ok(self.encoding.indicator(there).into());
        }
        let base = self.quotient(base)?;
        let mut power = base.clone();
        for _ in 1..exponent {
            power = power.times(&base)?;
        }
        Ok(power)
    }

    /// The smallest or largest of the terms that are there, as an integer of its own.
    fn best(&mut self, terms: &[Formula], largest: bool) -> Result<Polynomial, Refusal> {
        let mut candidates: Vec<(Lit, Polynomial)> = Vec::new();
        for term in terms {
            let there = self.where_defined(term)?;
            let Quotient {
                numerator,
                denominator: None,
            } = self.quotient(term)?
            else {
                return Err(Refusal::Construct("min or max of a quotient"));
            };
            candidates.push((there, numerator));
        }
        let all_there = candidates.iter().any(|(it, _)| *it == self.encoding.truth);
        let (mut low, mut high, mut scale) = (i128::MAX, i128::MIN, 1);
        for (_, term) in &candidates {
            scale = num_integer::lcm(scale, common_denominator(term)?);
        }
        for (_, term) in &candidates {
            let ends = hull(&self.encoding.arithmetic.integers, term, scale)?;
            (low, high) = (low.min(ends.0), high.max(ends.1));
        }
        if !all_there {
            (low, high) = (low.min(0), high.max(0));
        }
        if scale > LARGEST {
            return Err(Refusal::Overflow);
        }
        let end = |end| i64::try_from(end).map_err(|_| Refusal::Overflow);
        let integer = self.encoding.add_range(end(low)?, end(high)?);
        let best = Polynomial::integer(integer, Fraction::new(1, scale));
        self.choose(&candidates, &best, largest)?;
        let any = self.any_there(&candidates);
        for at_end in [
            self.encoding.at_most(integer, 0),
            self.encoding.at_least(integer, 0),
        ] {
            self.encoding.add_clause(&[any, at_end]);
        }
        Ok(best)
    }

    fn any_there(&mut self, candidates: &[(Lit, Polynomial)]) -> Lit {
        let there: Vec<Lit> = candidates.iter().map(|it| it.0).collect();
        self.encoding.any_of(&there)
    }

    /// Demands that `best` is one of the candidates that are there, and none of them is better.
    fn choose(
        &mut self,
        candidates: &[(Lit, Polynomial)],
        best: &Polynomial,
        largest: bool,
    ) -> Result<(), Refusal> {
        let mut some = vec![!self.any_there(candidates)];
        for (there, term) in candidates {
            let mut short = term.clone().minus(best)?;
            if !largest {
                short = short.negated();
            }
            self.demand_inequality(&[!*there], &short, false)?;
            let chosen = self.encoding.new_literal();
            self.encoding.add_clause(&[!chosen, *there]);
            self.demand_inequality(&[!chosen], &short.negated(), false)?;
            some.push(chosen);
        }
        self.encoding.add_clause(&some);
        Ok(())
    }

    /// A literal that is true exactly where the formula is there.
    pub fn where_defined(&mut self, formula: &Formula) -> Result<Lit, Refusal> {
        Ok(match formula {
            Formula::Constant(_) | Formula::Count(_) | Formula::Sum(_) => self.encoding.truth,
            Formula::Attribute(attribute) | Formula::Property { attribute, .. } => {
                self.encoding.there(*attribute)
            }
            Formula::Add(left, right) | Formula::Subtract(left, right) => {
                let sides = [self.where_defined(left)?, self.where_defined(right)?];
                self.encoding.any_of(&sides)
            }
            Formula::Multiply(left, right) => {
                let sides = [self.where_defined(left)?, self.where_defined(right)?];
                self.encoding.all_of(&sides)
            }
            Formula::Divide(dividend, divisor) => {
                let dividend = self.where_defined(dividend)?;
                let divides = self.where_not_zero(divisor)?;
                self.encoding.all_of(&[dividend, divides])
            }
            Formula::Power(base, _) => self.where_defined(base)?,
            Formula::Min(terms) | Formula::Max(terms) => {
                let mut there = Vec::new();
                for term in terms {
                    there.push(self.where_defined(term)?);
                }
                self.encoding.any_of(&there)
            }
            Formula::Where(condition, inner) => {
                let inner = self.where_defined(inner)?;
                if inner == self.encoding.truth {
                    return Ok(inner);
                }
                let holds = self.settled(condition)?;
                self.encoding.any_of(&[!holds, inner])
            }
        })
    }

    /// A literal that is true exactly where the formula is there and not zero.
    fn where_not_zero(&mut self, formula: &Formula) -> Result<Lit, Refusal> {
        let mut ways = Vec::new();
        for (case, quotient) in self.cases(|scope| scope.quotient(formula))? {
            let zero = match single(&quotient.numerator) {
                Some(_) => !self.encoding.truth,
                None => self.zero(&quotient.numerator)?,
            };
            ways.push(self.encoding.all_of(&[case.as_slice(), &[!zero]].concat()));
        }
        Ok(self.encoding.any_of(&ways))
    }
}

/// The number, where the polynomial is one other than zero.
fn single(polynomial: &Polynomial) -> Option<Fraction> {
    let mut terms = polynomial.terms();
    match (terms.next(), terms.next()) {
        (Some(([], number)), None) => Some(number),
        _ => None,
    }
}
