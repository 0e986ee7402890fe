//! Comparisons of formulas as sums of integers with a limit.

use num_traits::{CheckedMul as _, Zero as _};

use super::encoding::{Encoding, LARGEST};
use super::polynomial::{Overflow, Polynomial, Quantity};
use super::sum::{Sum, Term};
use super::theory::IntegerIndex;
use crate::catalog::{Comparison, Fraction, Model};
use batsat::Lit;

/// An integer that stands for a quantity times `scale`.
#[derive(Clone, Copy, Debug)]
pub struct Scaled {
    pub integer: IntegerIndex,
    pub scale: i128,
}

/// Why a comparison cannot be reasoned about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too large.
    Overflow,
    /// A quantity that the attribute does not have.
    Type,
}

impl From<Overflow> for Refusal {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// "The terms add up to `limit` at most."
#[derive(Clone, Debug)]
pub struct Inequality {
    terms: Vec<Term>,
    limit: i64,
}

/// A comparison taken apart.
pub enum Parts {
    /// All of them hold.
    All(Vec<(Polynomial, bool)>),
    /// At least one of them holds.
    Any(Vec<(Polynomial, bool)>),
}

/// Takes `left comparison right` apart into polynomials that are at most zero, or below it where the flag is set.
pub fn parts(
    left: Polynomial,
    comparison: Comparison,
    right: Polynomial,
) -> Result<Parts, Overflow> {
    let up = |strict| Ok((left.clone().minus(right.clone())?, strict));
    let down = |strict| Ok((right.clone().minus(left.clone())?, strict));
    Ok(match comparison {
        Comparison::Less => Parts::All(vec![up(true)?]),
        Comparison::LessOrEqual => Parts::All(vec![up(false)?]),
        Comparison::Greater => Parts::All(vec![down(true)?]),
        Comparison::GreaterOrEqual => Parts::All(vec![down(false)?]),
        Comparison::Equal => Parts::All(vec![up(false)?, down(false)?]),
        Comparison::NotEqual => Parts::Any(vec![up(true)?, down(true)?]),
    })
}

/// The comparison that holds exactly where `comparison` does not.
pub fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

impl Inequality {
    /// "`polynomial` is at most zero", or below zero where `strict`, in integers.
    pub fn new(
        encoding: &mut Encoding,
        model: &Model,
        polynomial: &Polynomial,
        strict: bool,
    ) -> Result<Self, Refusal> {
        let mut constant = Fraction::zero();
        let mut products: Vec<(Fraction, Vec<IntegerIndex>)> = Vec::new();
        for (product, factor) in polynomial.terms() {
            if product.is_empty() {
                constant = factor;
            } else {
                products.push(scaled(encoding, model, product, factor)?);
            }
        }
        let whole = common_denominator(products.iter().map(|it| it.0).chain([constant]))?;
        let integer = |it: Fraction| {
            let scaled = it.numer().checked_mul(&(whole / it.denom()));
            scaled.ok_or(Refusal::Overflow)
        };
        let mut factors = Vec::new();
        for (factor, _) in &products {
            factors.push(integer(*factor)?);
        }
        let limit = -integer(constant)? - i128::from(strict);
        let shared = factors
            .iter()
            .fold(0, |it, factor| num_integer::gcd(it, *factor))
            .max(1);
        let terms = factors.iter().zip(products).map(|(factor, (_, integers))| {
            let factor = i64::try_from(factor / shared).map_err(|_| Refusal::Overflow)?;
            Ok(Term { factor, integers })
        });
        let terms: Vec<Term> = terms.collect::<Result<_, Refusal>>()?;
        bounded(
            encoding,
            terms,
            num_integer::Integer::div_floor(&limit, &shared),
        )
    }

    /// A literal that implies the inequality, and that can be true wherever it holds.
    pub fn literal(self, encoding: &mut Encoding) -> Lit {
        if let Some(known) = self.plain(encoding) {
            return known;
        }
        let literal = encoding.new_literal();
        self.demand(encoding, Some(literal));
        literal
    }

    /// The literal of an inequality over a single integer, or over none.
    pub fn plain(&self, encoding: &mut Encoding) -> Option<Lit> {
        match self.terms.as_slice() {
            [] if self.limit >= 0 => Some(encoding.truth),
            [] => Some(!encoding.truth),
            [Term { factor, integers }] if integers.len() == 1 => Some(if *factor > 0 {
                encoding.at_most(integers[0], self.limit.div_euclid(*factor))
            } else {
                // -f x <= limit is x >= -limit / f, rounded up
                let at_least = -self.limit.div_euclid(-*factor);
                encoding.at_least(integers[0], at_least)
            }),
            _ => None,
        }
    }

    /// Demands the inequality wherever `condition` holds.
    pub fn demand(self, encoding: &mut Encoding, condition: Option<Lit>) {
        let integers = &encoding.arithmetic.integers;
        let sum = Sum::new(condition, self.terms, self.limit, integers);
        encoding.arithmetic.add_sum(sum);
    }
}

/// A product over integers instead of quantities, with its factor scaled to fit.
fn scaled(
    encoding: &mut Encoding,
    model: &Model,
    product: &[Quantity],
    factor: Fraction,
) -> Result<(Fraction, Vec<IntegerIndex>), Refusal> {
    let mut factor = factor;
    let mut integers = Vec::new();
    for quantity in product {
        let found = encoding.quantity(model, *quantity).ok_or(Refusal::Type)?;
        let scale = Fraction::new(1, found.scale);
        factor = factor.checked_mul(&scale).ok_or(Refusal::Overflow)?;
        integers.push(found.integer);
    }
    Ok((factor, integers))
}

fn common_denominator(fractions: impl Iterator<Item = Fraction>) -> Result<i128, Refusal> {
    let mut whole: i128 = 1;
    for fraction in fractions {
        let shared = num_integer::gcd(whole, *fraction.denom());
        let grown = (whole / shared).checked_mul(*fraction.denom());
        whole = grown.ok_or(Refusal::Overflow)?;
    }
    Ok(whole)
}

/// Makes sure that no sum of the terms can leave 62 bits, and brings the limit within.
fn bounded(encoding: &Encoding, terms: Vec<Term>, limit: i128) -> Result<Inequality, Refusal> {
    let mut largest: i128 = 0;
    for term in &terms {
        let mut size = i128::from(term.factor).abs();
        for integer in &term.integers {
            let root = encoding.arithmetic.integers[*integer].root;
            let end = i128::from(root.low).abs().max(i128::from(root.high).abs());
            size = size.checked_mul(end.max(1)).ok_or(Refusal::Overflow)?;
        }
        largest = largest.checked_add(size).ok_or(Refusal::Overflow)?;
    }
    if largest >= LARGEST {
        return Err(Refusal::Overflow);
    }
    // Beyond the largest sum, any limit says the same.
    let limit = limit.clamp(-largest - 1, largest + 1);
    let limit = i64::try_from(limit).map_err(|_| Refusal::Overflow)?;
    Ok(Inequality { terms, limit })
}
