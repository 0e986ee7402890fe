//! Sums of products of integers, with exact fractions.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, One, Zero};

use super::theory::IntegerIndex;
use crate::catalog::Fraction;

/// More products than this in one constraint are refused.
const MOST_TERMS: usize = 1 << 16;

/// A sum of products: each product of integers (ascending, with repeats) has a factor.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Polynomial(BTreeMap<Vec<IntegerIndex>, Fraction>);

/// A number or a sum grew beyond what is worked with exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

impl Polynomial {
    /// A number.
    pub fn constant(number: Fraction) -> Self {
        let mut result = Self::default();
        if !number.is_zero() {
            result.0.insert(Vec::new(), number);
        }
        result
    }

    /// An integer times a factor.
    pub fn integer(integer: IntegerIndex, factor: Fraction) -> Self {
        Self(BTreeMap::from([(vec![integer], factor)]))
    }

    /// A product of integers, ascending, times a factor.
    pub fn product(product: &[IntegerIndex], factor: Fraction) -> Self {
        Self(BTreeMap::from([(product.to_vec(), factor)]))
    }

    /// The integer itself.
    pub fn plain(integer: IntegerIndex) -> Self {
        Self::integer(integer, Fraction::one())
    }

    /// The sum of both.
    pub fn plus(mut self, other: &Self) -> Result<Self, Overflow> {
        for (product, factor) in &other.0 {
            self.add(product.clone(), *factor)?;
        }
        Ok(self)
    }

    /// The difference.
    pub fn minus(self, other: &Self) -> Result<Self, Overflow> {
        self.plus(&other.negated())
    }

    /// The same below zero.
    pub fn negated(&self) -> Self {
        let negated = |(product, factor): (&Vec<_>, &Fraction)| (product.clone(), -factor);
        Self(self.0.iter().map(negated).collect())
    }

    /// The product, multiplied out.
    pub fn times(&self, other: &Self) -> Result<Self, Overflow> {
        let mut result = Self::default();
        for (left, left_factor) in &self.0 {
            for (right, right_factor) in &other.0 {
                let mut product = [left.as_slice(), right.as_slice()].concat();
                product.sort_unstable();
                let factor = left_factor.checked_mul(right_factor).ok_or(Overflow)?;
                result.add(product, factor)?;
            }
        }
        Ok(result)
    }

    fn add(&mut self, product: Vec<IntegerIndex>, factor: Fraction) -> Result<(), Overflow> {
        use std::collections::btree_map::Entry;
        match self.0.entry(product) {
            Entry::Vacant(place) => {
                if !factor.is_zero() {
                    place.insert(factor);
                }
            }
            Entry::Occupied(mut place) => {
                let sum = place.get().checked_add(&factor).ok_or(Overflow)?;
                if sum.is_zero() {
                    place.remove();
                } else {
                    place.insert(sum);
                }
            }
        }
        if self.0.len() > MOST_TERMS {
            return Err(Overflow);
        }
        Ok(())
    }

    /// The products with their factors, none of them zero; the constant first if there is one.
    pub fn terms(&self) -> impl Iterator<Item = (&[IntegerIndex], Fraction)> {
        (self.0.iter()).map(|(product, factor)| (product.as_slice(), *factor))
    }
}
