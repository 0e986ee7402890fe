//! Sums of equalities that tell more than each of them.
//!
//! Where things of each kind are counted by a rule of their own, as in `a = sum(part.isA)` and
//! `b = sum(part.isB)`, no single rule knows that there are `a + b` parts, and only search
//! would find out. The sum of these rules says so.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, Zero};

use super::constraints::Scope;
use super::encoding::Encoding;
use super::inequality::{Inequality, Refusal};
use super::polynomial::{Overflow, Polynomial};
use super::residues::Equality;
use crate::catalog::{AttributeDomain, AttributeIndex, Fraction, Model, fraction};
use batsat::Lit;

/// An equality, with what it has of properties told apart from the rest.
struct Counting {
    /// Properties of options, each with its factor.
    properties: BTreeMap<AttributeIndex, Vec<(usize, Fraction)>>,
    rest: Polynomial,
}

impl Encoding {
    /// Demands what follows from several of these equalities together.
    pub fn combine(&mut self, model: &Model, demanded: &[Equality]) {
        type Key = (Option<Lit>, Vec<AttributeIndex>);
        let mut alike: BTreeMap<Key, Vec<Counting>> = BTreeMap::new();
        let partial: Vec<_> = self.quantities.partials.equalities().collect();
        let all = demanded.iter().cloned().map(Ok).chain(partial);
        for (unless, polynomial) in all.flatten() {
            // What is too large to add up need not be added up.
            if let Ok(counting) = self.counting(&polynomial) {
                let attributes = counting.properties.keys().copied().collect();
                alike
                    .entry((unless, attributes))
                    .or_default()
                    .push(counting);
            }
        }
        // What is about more comes first: it has names for what is in its parts.
        let mut alike: Vec<(Key, Vec<Counting>)> = alike.into_iter().collect();
        alike.sort_by_key(|((_, attributes), _)| Reverse(attributes.len()));
        for ((unless, attributes), equalities) in alike {
            if attributes.is_empty() || equalities.len() < 2 {
                continue;
            }
            if let Ok(Some(sum)) = self.sum_of(model, &equalities) {
                for side in [sum.negated(), sum] {
                    // Without it, nothing is wrong.
                    _ = self.demand_sum(model, unless, &side);
                }
            }
        }
    }

    fn counting(&self, polynomial: &Polynomial) -> Result<Counting, Overflow> {
        let mut properties: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut rest = Polynomial::default();
        let mut negative = None;
        for (product, factor) in polynomial.terms() {
            let property = match product {
                [only] => self.quantities.property_behind(*only),
                _ => None,
            };
            let Some((attribute, property, scale)) = property else {
                rest = rest.plus(&Polynomial::product(product, factor))?;
                continue;
            };
            let factor = factor.checked_mul(&Fraction::from(scale));
            let factor = factor.ok_or(Overflow)?;
            let negative = *negative.get_or_insert(factor < Fraction::zero());
            let own: &mut Vec<(usize, Fraction)> = properties.entry(attribute).or_default();
            own.push((property, if negative { -factor } else { factor }));
        }
        if negative == Some(true) {
            rest = rest.negated();
        }
        Ok(Counting { properties, rest })
    }

    /// The sum of the equalities, where in it every option of an attribute counts the same.
    fn sum_of(
        &mut self,
        model: &Model,
        equalities: &[Counting],
    ) -> Result<Option<Polynomial>, Refusal> {
        let mut sum = Polynomial::default();
        let mut properties: BTreeMap<AttributeIndex, Vec<(usize, Fraction)>> = BTreeMap::new();
        for equality in equalities {
            sum = sum.plus(&equality.rest)?;
            for (attribute, own) in &equality.properties {
                properties.entry(*attribute).or_default().extend(own);
            }
        }
        let mut parts: BTreeMap<Fraction, Vec<AttributeIndex>> = BTreeMap::new();
        for (attribute, own) in properties {
            let Some(weight) = same_of_all(model, attribute, &own) else {
                return Ok(None);
            };
            match model.attributes[attribute.0].part {
                Some(part) => parts.entry(weight).or_default().push(part),
                None => sum = sum.plus(&Polynomial::constant(weight))?,
            }
        }
        for (weight, parts) in parts {
            let count = Scope::new(self, model).count(&parts)?;
            sum = sum.plus(&count.times(&Polynomial::constant(weight))?)?;
        }
        Ok(Some(sum))
    }

    fn demand_sum(
        &mut self,
        model: &Model,
        unless: Option<Lit>,
        sum: &Polynomial,
    ) -> Result<(), Refusal> {
        let sum = self.by_parts(model, sum)?;
        let inequality = Inequality::new(self, &sum, false)?;
        match inequality.plain(self) {
            Some(literal) => {
                let clause: Vec<Lit> = unless.into_iter().chain([literal]).collect();
                self.add_clause(&clause);
            }
            None => inequality.demand(self, unless.map(|it| !it)),
        }
        Ok(())
    }
}

/// What the properties, each times its factor, come to for every option; `None` where that
/// is not the same.
fn same_of_all(
    model: &Model,
    attribute: AttributeIndex,
    properties: &[(usize, Fraction)],
) -> Option<Fraction> {
    let AttributeDomain::Options(list) = &model.attribute(attribute)?.domain else {
        return None;
    };
    let mut same = None;
    for option in &list.options {
        let mut sum = Fraction::zero();
        for (property, factor) in properties {
            let number = fraction(*option.properties.get(*property)?);
            sum = sum.checked_add(&number.checked_mul(factor)?)?;
        }
        if *same.get_or_insert(sum) != sum {
            return None;
        }
    }
    same
}
