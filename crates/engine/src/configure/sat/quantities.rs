//! The numbers that formulas are made of, as integers: zero where their part is not there.

use std::collections::BTreeMap;

use batsat::Lit;

use super::encoding::{Encoding, LARGEST};
use super::integer::{Grid, Integer};
use super::partial::Partials;
use super::polynomial::Polynomial;
use super::theory::IntegerIndex;
use crate::catalog::{AttributeDomain, AttributeIndex, Fraction, Model, OptionItem, fraction};

/// An integer that stands for a quantity times `scale`.
#[derive(Clone, Copy, Debug)]
pub struct Scaled {
    pub integer: IntegerIndex,
    pub scale: i128,
}

impl Scaled {
    fn polynomial(self) -> Polynomial {
        Polynomial::integer(self.integer, Fraction::new(1, self.scale))
    }
}

/// The integers made so far.
#[derive(Default)]
pub struct Quantities {
    numbers: BTreeMap<AttributeIndex, Scaled>,
    /// By attribute and position of the property.
    properties: BTreeMap<(AttributeIndex, usize), Scaled>,
    /// The same the other way round: attribute, property and scale.
    behind: BTreeMap<IntegerIndex, (AttributeIndex, usize, i128)>,
    indicators: BTreeMap<Lit, IntegerIndex>,
    /// How many of these are true.
    chains: BTreeMap<Vec<Lit>, IntegerIndex>,
    /// What is added up part by part.
    pub partials: Partials,
}

impl Quantities {
    /// Adds the integer of a number attribute.
    pub fn add_number(&mut self, attribute: AttributeIndex, scaled: Scaled) {
        self.numbers.insert(attribute, scaled);
    }

    /// The property of an attribute that an integer stands for, and what it is multiplied by.
    pub fn property_behind(&self, integer: IntegerIndex) -> Option<(AttributeIndex, usize, i128)> {
        self.behind.get(&integer).copied()
    }
}

impl Encoding {
    /// The value of a number attribute.
    pub fn number_of(&self, attribute: AttributeIndex) -> Option<Polynomial> {
        self.quantities
            .numbers
            .get(&attribute)
            .map(|it| it.polynomial())
    }

    /// A property of the chosen option; `None` where the attribute has no such thing.
    pub fn property_of(
        &mut self,
        model: &Model,
        attribute: AttributeIndex,
        property: usize,
    ) -> Option<Polynomial> {
        if let Some(known) = self.quantities.properties.get(&(attribute, property)) {
            return Some(known.polynomial());
        }
        let AttributeDomain::Options(list) = &model.attribute(attribute)?.domain else {
            return None;
        };
        let of_option =
            |option: &OptionItem| option.properties.get(property).map(|it| fraction(*it));
        let numbers: Vec<_> = list.options.iter().map(of_option).collect::<Option<_>>()?;
        let scale = (numbers.iter()).fold(1, |scale, it| num_integer::lcm(scale, *it.denom()));
        let scaled_up = |it: &Fraction| {
            let number = it.numer().checked_mul(scale / it.denom())?;
            i64::try_from(number)
                .ok()
                .filter(|it| i128::from(it.unsigned_abs()) <= LARGEST)
        };
        let numbers: Vec<i64> = numbers.iter().map(scaled_up).collect::<Option<_>>()?;
        let integer = self.selected(attribute, &numbers);
        let scaled = Scaled { integer, scale };
        let behind = (attribute, property, scale);
        self.quantities.behind.insert(integer, behind);
        let part = model.attribute(attribute)?.part;
        self.quantities.partials.settle(integer, part);
        self.quantities
            .properties
            .insert((attribute, property), scaled);
        Some(scaled.polynomial())
    }

    /// An integer that has `numbers[option]` for the chosen option, zero without any.
    fn selected(&mut self, attribute: AttributeIndex, numbers: &[i64]) -> IntegerIndex {
        let there = self.there(attribute);
        let mut choices: Vec<(Lit, i64)> = (numbers.iter().enumerate())
            .map(|(option, number)| (self.option(attribute, option), *number))
            .collect();
        if there != self.truth {
            choices.push((!there, 0));
        }
        let mut values: Vec<i64> = choices.iter().map(|(_, number)| *number).collect();
        values.sort_unstable();
        values.dedup();
        let high = values[values.len() - 1];
        let integer = self.add_integer(Integer::new(Grid::List(values.clone()), high));
        let mut plain = true;
        for value in values {
            let before = plain;
            plain = value == high || self.name_by_choice(integer, value, &choices);
            // That there is one choice says all.
            if before && plain {
                continue;
            }
            let (at_most, at_least) = (self.at_most(integer, value), self.at_least(integer, value));
            let mut supports = vec![!at_most, !at_least];
            for (chosen, number) in &choices {
                if *number == value {
                    self.add_clause(&[!*chosen, at_most]);
                    self.add_clause(&[!*chosen, at_least]);
                    supports.push(*chosen);
                }
            }
            self.add_clause(&supports);
        }
        integer
    }

    /// Whether a single one of the choices is at most at a value, or above it, and says so then.
    fn name_by_choice(&mut self, integer: IntegerIndex, at: i64, choices: &[(Lit, i64)]) -> bool {
        let (below, above): (Vec<_>, Vec<_>) = choices.iter().partition(|it| it.1 <= at);
        let literal = match (below.as_slice(), above.as_slice()) {
            (_, [(only, _)]) => !*only,
            ([(only, _)], _) => *only,
            _ => return false,
        };
        self.arithmetic.name_bound_by(integer, at, literal);
        true
    }

    /// How many of `literals` are true, each of which implies the one before it.
    pub fn filled(&mut self, literals: &[Lit]) -> Polynomial {
        if let [only] = literals {
            return self.indicator(*only);
        }
        if let Some(known) = self.quantities.chains.get(literals) {
            return Polynomial::plain(*known);
        }
        let integer = self.add_range(0, literals.len() as i64);
        for (below, literal) in (0..).zip(literals) {
            self.arithmetic.name_bound_by(integer, below, !*literal);
        }
        self.quantities.chains.insert(literals.to_vec(), integer);
        Polynomial::plain(integer)
    }

    /// 1 where `literal` is true, 0 elsewhere.
    pub fn indicator(&mut self, literal: Lit) -> Polynomial {
        if literal == self.truth {
            return Polynomial::constant(Fraction::from(1));
        }
        if literal == !self.truth {
            return Polynomial::default();
        }
        if let Some(known) = self.quantities.indicators.get(&literal) {
            return Polynomial::plain(*known);
        }
        let integer = self.add_range(0, 1);
        self.arithmetic.name_bound_by(integer, 0, !literal);
        self.quantities.indicators.insert(literal, integer);
        Polynomial::plain(integer)
    }
}
