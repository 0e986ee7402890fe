//! Formulas as sums of products with exact fractions, then with integers.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, One, Zero};

use crate::catalog::{AttributeIndex, Formula, Fraction, fraction};

/// More products than this in one constraint are refused.
const MOST_TERMS: usize = 4096;

/// A number that a configuration has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// The value of a number attribute.
    Number(AttributeIndex),
    /// A property (by its position) of the option chosen for an attribute.
    Property(AttributeIndex, usize),
}

/// A sum of products: each product of quantities (ascending, with repeats) has a factor.
#[derive(Clone, Debug, Default)]
pub struct Polynomial(BTreeMap<Vec<Quantity>, Fraction>);

/// A number or a sum grew beyond what is worked with exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

impl Polynomial {
    /// The formula multiplied out.
    pub fn of(formula: &Formula) -> Result<Self, Overflow> {
        Ok(match formula {
            Formula::Constant(number) => Self::constant(fraction(*number)),
            Formula::Attribute(attribute) => Self::quantity(Quantity::Number(*attribute)),
            Formula::Property {
                attribute,
                property,
            } => Self::quantity(Quantity::Property(*attribute, *property)),
            Formula::Add(left, right) => Self::of(left)?.plus(Self::of(right)?)?,
            Formula::Subtract(left, right) => Self::of(left)?.minus(Self::of(right)?)?,
            Formula::Multiply(left, right) => Self::of(left)?.times(&Self::of(right)?)?,
            Formula::Divide(dividend, divisor) => match **divisor {
                Formula::Constant(divisor) if !divisor.is_zero() => {
                    Self::of(dividend)?.times(&Self::constant(fraction(divisor).recip()))?
                }
                _ => return Err(Overflow),
            },
            Formula::Power(..)
            | Formula::Count(_)
            | Formula::Sum(_)
            | Formula::Min(_)
            | Formula::Max(_)
            | Formula::Where(..) => return Err(Overflow),
        })
    }

    /// A number.
    pub fn constant(number: Fraction) -> Self {
        Self(BTreeMap::from([(Vec::new(), number)]))
    }

    /// One quantity.
    pub fn quantity(quantity: Quantity) -> Self {
        Self(BTreeMap::from([(vec![quantity], Fraction::one())]))
    }

    /// The sum of both.
    pub fn plus(mut self, other: Self) -> Result<Self, Overflow> {
        for (product, factor) in other.0 {
            self.add(product, factor)?;
        }
        Ok(self)
    }

    /// The difference.
    pub fn minus(mut self, other: Self) -> Result<Self, Overflow> {
        for (product, factor) in other.0 {
            self.add(product, -factor)?;
        }
        Ok(self)
    }

    fn times(&self, other: &Self) -> Result<Self, Overflow> {
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

    fn add(&mut self, product: Vec<Quantity>, factor: Fraction) -> Result<(), Overflow> {
        let sum = self.0.entry(product).or_insert_with(Fraction::zero);
        *sum = sum.checked_add(&factor).ok_or(Overflow)?;
        if self.0.len() > MOST_TERMS {
            return Err(Overflow);
        }
        Ok(())
    }

    /// The products with a factor other than zero, the constant first if there is one.
    pub fn terms(&self) -> impl Iterator<Item = (&[Quantity], Fraction)> {
        self.0
            .iter()
            .filter(|(_, factor)| !factor.is_zero())
            .map(|(product, factor)| (product.as_slice(), *factor))
    }
}
