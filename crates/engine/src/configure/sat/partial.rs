//! Long sums over parts within parts, added up part by part.
//!
//! What is counted over a whole product, as in `a = sum(frame.module.isA)`, is added up within
//! each part first. So the solver learns how many there are in a frame and not which, and what
//! changes is passed on to short sums instead of a long one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use batsat::{Lit, SolverInterface as _, lbool};
use num_traits::CheckedDiv as _;

use super::encoding::Encoding;
use super::inequality::{Inequality, hull};
use super::polynomial::{Overflow, Polynomial};
use super::residues::Equality;
use super::theory::IntegerIndex;
use crate::catalog::{AttributeDomain, AttributeIndex, Fraction, Model};

/// Only what counts is added up apart: with more values, bounds that have names tell little.
const MOST_VALUES: i128 = 100;

/// So many bounds of a part's sum get names.
const NAMED_BOUNDS: i64 = 16;

/// Integers that each add up what is in one part.
#[derive(Default)]
pub struct Partials {
    /// The part that integers belong to; none of those of the product itself.
    homes: BTreeMap<IntegerIndex, AttributeIndex>,
    /// By what they add up, with a first factor of one.
    known: BTreeMap<Polynomial, IntegerIndex>,
    /// The same, with what is in parts of the part written out.
    whole: BTreeMap<IntegerIndex, Polynomial>,
}

/// Terms of one part, each an integer with its factor.
type Terms = Vec<(IntegerIndex, Fraction)>;

impl Partials {
    /// An integer belongs to a part.
    pub fn settle(&mut self, integer: IntegerIndex, part: Option<AttributeIndex>) {
        self.homes.extend(part.map(|it| (integer, it)));
    }

    /// What each of them adds up, as equalities that always hold.
    pub fn equalities(&self) -> impl Iterator<Item = Result<Equality, Overflow>> {
        (self.whole.iter()).map(|(sum, whole)| Ok((None, Polynomial::plain(*sum).minus(whole)?)))
    }

    fn written_out(&self, terms: &Polynomial) -> Result<Polynomial, Overflow> {
        let mut all = Polynomial::default();
        for (product, factor) in terms.terms() {
            let inner = product.first().and_then(|it| self.whole.get(it));
            all = match inner {
                Some(inner) => all.plus(&inner.times(&Polynomial::constant(factor))?)?,
                None => all.plus(&Polynomial::product(product, factor))?,
            };
        }
        Ok(all)
    }
}

impl Encoding {
    /// The same with an integer for what is in each part, where it is about several parts.
    pub fn by_parts(
        &mut self,
        model: &Model,
        polynomial: &Polynomial,
    ) -> Result<Polynomial, Overflow> {
        if self.quantities.partials.homes.is_empty() {
            return Ok(polynomial.clone());
        }
        let mut open: BTreeMap<(Reverse<usize>, AttributeIndex), Terms> = BTreeMap::new();
        let mut rest = Polynomial::default();
        for (product, factor) in polynomial.terms() {
            let home = match product {
                [only] => self.quantities.partials.homes.get(only).copied(),
                _ => None,
            };
            match (home, product) {
                (Some(home), [only]) => {
                    let key = (Reverse(depth(model, home)), home);
                    open.entry(key).or_default().push((*only, factor));
                }
                _ => rest = rest.plus(&Polynomial::product(product, factor))?,
            }
        }
        let mut others = false;
        while let Some(((Reverse(depth), home), mut terms)) = open.pop_first() {
            if terms.len() > 1 {
                let make = others || !open.is_empty();
                terms = self.added_up(terms, make)?;
            }
            match owner(model, home) {
                Some(owner) => {
                    let key = (Reverse(depth.saturating_sub(1)), owner);
                    open.entry(key).or_default().extend(terms);
                }
                None => {
                    others = true;
                    for (integer, factor) in terms {
                        rest = rest.plus(&Polynomial::integer(integer, factor))?;
                    }
                }
            }
        }
        Ok(rest)
    }

    /// One integer for all of them; a new one only where `make`, and where it has few values.
    fn added_up(&mut self, terms: Terms, make: bool) -> Result<Terms, Overflow> {
        let first = terms[0].1;
        let mut sum = Polynomial::default();
        for (integer, factor) in &terms {
            let factor = factor.checked_div(&first).ok_or(Overflow)?;
            sum = sum.plus(&Polynomial::integer(*integer, factor))?;
        }
        if let Some(known) = self.quantities.partials.known.get(&sum) {
            return Ok(vec![(*known, first)]);
        }
        let whole = sum.terms().all(|(_, factor)| factor.is_integer());
        let ends = hull(&self.arithmetic.integers, &sum, 1).ok();
        let few = ends.filter(|(low, high)| high - low <= MOST_VALUES);
        let Some((low, high)) = few.filter(|_| make && whole) else {
            return Ok(terms);
        };
        // Few values of numbers below 2^62.
        let (low, high) = (low as i64, high as i64);
        let integer = self.add_range(low, high);
        let size = high - low + 1;
        for part in 1..size.min(NAMED_BOUNDS) {
            // What is added up decides it.
            let literal = Lit::new(self.solver.new_var(lbool::UNDEF, false), true);
            let below = low + part * size / size.min(NAMED_BOUNDS) - 1;
            self.arithmetic.name_bound(integer, below, literal);
        }
        let difference = Polynomial::plain(integer).minus(&sum)?;
        for side in [difference.negated(), difference] {
            let inequality = Inequality::new(self, &side, false).map_err(|_| Overflow)?;
            inequality.demand(self, None);
        }
        let partials = &mut self.quantities.partials;
        let written_out = partials.written_out(&sum)?;
        partials.whole.insert(integer, written_out);
        partials.known.insert(sum, integer);
        Ok(vec![(integer, first)])
    }
}

/// How many parts a part is in.
fn depth(model: &Model, part: AttributeIndex) -> usize {
    // No part is within itself.
    let within = std::iter::successors(Some(part), |it| owner(model, *it));
    within.take(model.attributes.len()).count()
}

fn owner(model: &Model, part: AttributeIndex) -> Option<AttributeIndex> {
    match &model.attribute(part)?.domain {
        AttributeDomain::Presence(part) => part.owner,
        _ => None,
    }
}

#[cfg(test)]
mod tests;
