//! The smallest value of a formula, by bounds that close in on it until nothing is left between them.

use std::collections::BTreeSet;

use num_traits::Signed;
use rust_decimal::Decimal;

use super::Proof;
use super::components::Renaming;
use super::reasoner::{Atom, value_at};
use crate::catalog::{
    Aim, ArithmeticError, AttributeIndex, Comparison, Condition, Formula, Fraction, Model,
    Preference, Value,
};

/// What completion strives for, in a form that is never undefined.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// That an attribute that is always there has this value.
    Value(Atom),
    /// That this holds.
    Hold(Condition),
    /// That this is as small as possible; what is asked for is its opposite where the flag is set.
    Least(Formula, bool),
}

impl Target {
    /// What a preference demands is what a rule would: nothing where it is undefined.
    pub fn of(model: &Model, preference: &Preference) -> Self {
        let when = preference.when.as_ref();
        match &preference.aim {
            Aim::Hold(Condition::Is { attribute, options })
                if when.is_none() && options.len() == 1 && always(model, *attribute) =>
            {
                Self::Value(Atom::is(*attribute, options[0]))
            }
            Aim::Hold(condition) => {
                let broken = Condition::Not(Box::new(condition.clone()));
                let broken = [when.cloned(), Some(broken)].into_iter().flatten();
                let broken = broken.map(|it| Condition::Certain(Box::new(it))).collect();
                Self::Hold(Condition::Not(Box::new(Condition::All(broken))))
            }
            Aim::Minimize(formula) => Self::least(formula, when),
            Aim::Maximize(formula) => Self::most(formula, when),
        }
    }

    /// As small as possible; nothing counts as 0.
    pub fn least(formula: &Formula, when: Option<&Condition>) -> Self {
        Self::Least(Formula::Sum(vec![conditional(formula, when)]), false)
    }

    /// As large as possible; nothing counts as 0.
    pub fn most(formula: &Formula, when: Option<&Condition>) -> Self {
        let there = Formula::Sum(vec![conditional(formula, when)]);
        let zero = Formula::Constant(Decimal::ZERO);
        Self::Least(Formula::Subtract(Box::new(zero), Box::new(there)), true)
    }
}

impl Target {
    /// The attributes that it is about.
    pub fn attributes(&self) -> BTreeSet<AttributeIndex> {
        match self {
            Self::Value(atom) => BTreeSet::from([atom.attribute]),
            Self::Hold(condition) => condition.attributes(),
            Self::Least(formula, _) => formula.attributes(),
        }
    }

    /// The same on the attributes of its component.
    pub fn renamed(&self, renaming: &Renaming) -> Self {
        match self {
            Self::Value(atom) => Self::Value(Atom {
                attribute: renaming.one(atom.attribute),
                ..*atom
            }),
            Self::Hold(condition) => Self::Hold(renaming.condition(condition)),
            Self::Least(formula, opposite) => Self::Least(renaming.formula(formula), *opposite),
        }
    }

    /// The kind of condition that striving for it asks for; `None` where an atom says it.
    pub fn question(&self) -> Option<Condition> {
        match self {
            Self::Value(_) => None,
            Self::Hold(condition) => Some(condition.clone()),
            Self::Least(formula, _) => {
                let zero = Fraction::from(0);
                Some(bounded(formula, Comparison::LessOrEqual, zero))
            }
        }
    }
}

fn always(model: &Model, attribute: AttributeIndex) -> bool {
    (model.attribute(attribute)).is_some_and(|it| it.part.is_none())
}

fn conditional(formula: &Formula, when: Option<&Condition>) -> Formula {
    match when {
        Some(when) => Formula::Where(Box::new(when.clone()), Box::new(formula.clone())),
        None => formula.clone(),
    }
}

/// The values of a witness.
pub(super) fn values_of(model: &Model, witness: &[usize]) -> Vec<Option<Value>> {
    (model.attributes.iter().zip(witness))
        .map(|(attribute, position)| value_at(&attribute.domain, *position))
        .collect()
}

/// Closes in on the smallest value of a formula.
#[derive(Clone, Debug)]
pub(super) struct Descent {
    formula: Formula,
    /// The smallest value found.
    best: Fraction,
    /// No value is at or below this one.
    floor: Option<Fraction>,
    /// How far below the best to look while there is no floor.
    jump: Fraction,
    /// Whether to ask just below the best next.
    strict: bool,
    /// Nothing is below the best.
    proven: bool,
}

impl Descent {
    /// Starts from a value that the formula can have.
    pub fn new(formula: Formula, best: Fraction) -> Self {
        let jump = best.abs() / Fraction::from(8) + Fraction::from(1);
        Self {
            formula,
            best,
            floor: None,
            jump: jump.ceil(),
            strict: false,
            proven: false,
        }
    }

    /// The formula's value in a configuration.
    pub fn value(
        &self,
        model: &Model,
        values: &[Option<Value>],
    ) -> Result<Option<Fraction>, ArithmeticError> {
        self.formula.exact(model, values)
    }

    /// What to ask next; `None` when the best is proven.
    pub fn probe(&self) -> Option<Condition> {
        if self.proven {
            return None;
        }
        Some(match self.target() {
            Some(target) => bounded(&self.formula, Comparison::LessOrEqual, target),
            None => bounded(&self.formula, Comparison::Less, self.best),
        })
    }

    /// The formula is at most its best value.
    pub fn reached(&self) -> Condition {
        bounded(&self.formula, Comparison::LessOrEqual, self.best)
    }

    /// How far below to look; `None` for anywhere below.
    fn target(&self) -> Option<Fraction> {
        let Some(floor) = self.floor else {
            return Some(self.best - self.jump);
        };
        // In steps in which values of this kind come.
        let step = Fraction::new(1, *self.best.denom());
        let half = ((self.best + floor) / Fraction::from(2) / step).floor() * step;
        (!self.strict && half > floor).then_some(half)
    }

    /// Such a configuration was found, in which the formula has this value.
    pub fn found(&mut self, value: Fraction) {
        self.best = self.best.min(value);
        self.jump *= Fraction::from(2);
        self.strict = false;
    }

    /// There is none.
    pub fn refuted(&mut self) {
        match self.target() {
            Some(target) => self.floor = Some(target),
            None => self.proven = true,
        }
        self.strict = !self.strict;
    }

    /// What is not proven yet, if anything; `opposite` where the formula is the opposite of what was asked for.
    pub fn gap(&self, opposite: bool) -> Option<Proof> {
        let number = |it: Fraction| {
            let it = if opposite { -it } else { it };
            let part = |part: &i128| Decimal::try_from_i128_with_scale(*part, 0).ok();
            part(it.numer())?.checked_div(part(it.denom())?)
        };
        (!self.proven).then(|| Proof::Gap {
            // Only numbers beyond 28 digits are none.
            best: number(self.best).unwrap_or_default().normalize(),
            bound: self.floor.and_then(number).map(|it| it.normalize()),
        })
    }
}

/// "The formula compares so with a number."
fn bounded(formula: &Formula, comparison: Comparison, number: Fraction) -> Condition {
    Condition::Compare {
        left: formula.clone(),
        comparison,
        right: literal(number),
    }
}

/// A fraction as a formula: not every fraction is a decimal.
fn literal(number: Fraction) -> Formula {
    let part = |part: &i128| {
        let part = Decimal::try_from_i128_with_scale(*part, 0).unwrap_or_default();
        Formula::Constant(part)
    };
    match number.is_integer() {
        true => part(number.numer()),
        false => Formula::Divide(
            Box::new(part(number.numer())),
            Box::new(part(number.denom())),
        ),
    }
}
