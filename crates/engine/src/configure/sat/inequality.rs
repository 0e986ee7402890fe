//! Comparisons of polynomials as sums of integers with a limit.

use num_traits::Zero as _;

use super::encoding::{Encoding, LARGEST};
use super::integer::Integer;
use super::interval::Interval;
use super::polynomial::{Overflow, Polynomial};
use super::sum::{Sum, Term};
use crate::catalog::{Comparison, Fraction};
use batsat::Lit;

/// Why something cannot be reasoned about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too large.
    Overflow,
    /// A quantity that the attribute does not have.
    Type,
    /// A construct that is not reasoned about.
    Construct(&'static str),
    /// It has to be known first whether this is zero.
    Split(Polynomial),
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

/// A comparison taken apart into polynomials that are at most zero, or below it where the
/// flag is set.
pub enum Parts {
    /// All of them hold.
    All(Vec<(Polynomial, bool)>),
    /// At least one of them holds.
    Any(Vec<(Polynomial, bool)>),
}

/// Takes `difference comparison 0` apart.
pub fn parts(difference: Polynomial, comparison: Comparison) -> Parts {
    let up = |strict| (difference.clone(), strict);
    let down = |strict| (difference.negated(), strict);
    match comparison {
        Comparison::Less => Parts::All(vec![up(true)]),
        Comparison::LessOrEqual => Parts::All(vec![up(false)]),
        Comparison::Greater => Parts::All(vec![down(true)]),
        Comparison::GreaterOrEqual => Parts::All(vec![down(false)]),
        Comparison::Equal => Parts::All(vec![up(false), down(false)]),
        Comparison::NotEqual => Parts::Any(vec![up(true), down(true)]),
    }
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
        encoding: &Encoding,
        polynomial: &Polynomial,
        strict: bool,
    ) -> Result<Self, Refusal> {
        let whole = common_denominator(polynomial)?;
        let mut constant = 0;
        let mut products = Vec::new();
        for (product, factor) in polynomial.terms() {
            let factor = scaled_up(factor, whole)?;
            if product.is_empty() {
                constant = factor;
            } else {
                products.push((product, factor));
            }
        }
        let limit = -constant - i128::from(strict);
        let shared = products
            .iter()
            .fold(0, |it, (_, factor)| num_integer::gcd(it, *factor))
            .max(1);
        let terms = products.into_iter().map(|(product, factor)| {
            let factor = i64::try_from(factor / shared).map_err(|_| Refusal::Overflow)?;
            let integers = product.to_vec();
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

/// The smallest number that makes all factors whole when they are multiplied by it.
pub fn common_denominator(polynomial: &Polynomial) -> Result<i128, Refusal> {
    let mut whole: i128 = 1;
    for (_, factor) in polynomial.terms() {
        let shared = num_integer::gcd(whole, *factor.denom());
        let grown = (whole / shared).checked_mul(*factor.denom());
        whole = grown.ok_or(Refusal::Overflow)?;
    }
    Ok(whole)
}

/// A factor times `whole`, which makes it whole.
pub fn scaled_up(factor: Fraction, whole: i128) -> Result<i128, Refusal> {
    let scaled = factor.numer().checked_mul(whole / factor.denom());
    scaled.ok_or(Refusal::Overflow)
}

/// What `polynomial` times `whole`, which makes it whole, can come to at all.
pub fn hull(
    integers: &[Integer],
    polynomial: &Polynomial,
    whole: i128,
) -> Result<(i128, i128), Refusal> {
    let (mut low, mut high): (i128, i128) = (0, 0);
    for (product, factor) in polynomial.terms() {
        let factor = scaled_up(factor, whole)?;
        let mut ends = (factor, factor);
        for integer in product {
            ends = times(ends, integers[*integer].root).ok_or(Refusal::Overflow)?;
        }
        low = low.checked_add(ends.0).ok_or(Refusal::Overflow)?;
        high = high.checked_add(ends.1).ok_or(Refusal::Overflow)?;
    }
    if low.abs().max(high.abs()) >= LARGEST {
        return Err(Refusal::Overflow);
    }
    Ok((low, high))
}

fn times((low, high): (i128, i128), other: Interval) -> Option<(i128, i128)> {
    let (other_low, other_high) = (i128::from(other.low), i128::from(other.high));
    let corners = [
        low.checked_mul(other_low)?,
        low.checked_mul(other_high)?,
        high.checked_mul(other_low)?,
        high.checked_mul(other_high)?,
    ];
    let least = corners.iter().min().copied()?;
    let most = corners.iter().max().copied()?;
    Some((least, most))
}

/// Whether the polynomial is above zero (`Some(true)`) or below (`Some(false)`) whatever happens.
pub fn sign(integers: &[Integer], polynomial: &Polynomial) -> Option<bool> {
    let whole = common_denominator(polynomial).ok()?;
    match hull(integers, polynomial, whole).ok()? {
        (1.., _) => Some(true),
        (_, ..0) => Some(false),
        _ => None,
    }
}

/// Whether the polynomial is zero whatever happens.
pub fn vanishes(polynomial: &Polynomial) -> bool {
    polynomial.terms().all(|(_, factor)| factor.is_zero())
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
