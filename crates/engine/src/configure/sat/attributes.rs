//! Attributes as literals and integers.

use batsat::{Lit, SolverInterface as _, lbool};

use super::encoding::{Encoding, LARGEST};
use super::integer::{Grid, Integer};
use super::quantities::Scaled;
use super::residues::{Refinements, Steps};
use super::theory::IntegerIndex;
use crate::catalog::{AttributeDomain, AttributeIndex, Constraint, Model, NumberRange, fraction};
use crate::configure::Unsupported;

/// Numbers get so many named bounds at the start, so that what is found differs.
const NAMED_BOUNDS: usize = 16;

/// The values of one attribute.
pub enum Encoded {
    /// One literal for each option; exactly one is true, none where `there` is false.
    Options { literals: Vec<Lit>, there: Lit },
    /// An integer that is zero where `there` is false; positions are those of `range`, the
    /// values of the attribute, of which not all need be possible.
    Number {
        integer: IntegerIndex,
        there: Lit,
        range: Steps,
    },
}

impl Encoding {
    /// Adds all attributes of the model.
    pub fn add_attributes(
        &mut self,
        model: &Model,
        refinements: &Refinements,
    ) -> Result<(), Unsupported> {
        // Presences first: the others depend on them.
        for index in model.indices() {
            let attribute = &model.attributes[index.0];
            let presence = matches!(attribute.domain, AttributeDomain::Presence(_));
            if presence && attribute.part.is_some() {
                return Err(Unsupported::Type {
                    constraint: Constraint::Structure(index),
                });
            }
            let literals = if presence { self.perhaps() } else { Vec::new() };
            let there = self.truth;
            self.attributes.push(Encoded::Options { literals, there });
        }
        for index in model.indices() {
            if !matches!(
                model.attributes[index.0].domain,
                AttributeDomain::Presence(_)
            ) {
                self.attributes[index.0] = self.attribute(model, index, refinements)?;
            }
        }
        Ok(())
    }

    fn attribute(
        &mut self,
        model: &Model,
        index: AttributeIndex,
        refinements: &Refinements,
    ) -> Result<Encoded, Unsupported> {
        let attribute = &model.attributes[index.0];
        let there = self.presence(attribute.part);
        let code = || attribute.code.clone();
        let count = match &attribute.domain {
            AttributeDomain::Options(list) => list.options.len(),
            AttributeDomain::Flag | AttributeDomain::Presence(_) => 2,
            AttributeDomain::Number(range) => {
                let (range, scale) =
                    scaled(range).ok_or_else(|| Unsupported::Range { attribute: code() })?;
                let steps = refinements.get(&index).copied().unwrap_or(range);
                let integer = self.number(steps, there);
                self.quantities.add_number(index, Scaled { integer, scale });
                return Ok(Encoded::Number {
                    integer,
                    there,
                    range,
                });
            }
        };
        let literals = match count {
            0 => return Err(Unsupported::NoValues { attribute: code() }),
            1 => vec![there],
            2 if there == self.truth => self.either(),
            _ => {
                let literals: Vec<Lit> = (0..count).map(|_| self.new_literal()).collect();
                self.exactly_one(&literals, there);
                literals
            }
        };
        Ok(Encoded::Options { literals, there })
    }

    /// As [`Encoding::either`], where the search tries no first: with few parts, a
    /// configuration is found soonest.
    fn perhaps(&mut self) -> Vec<Lit> {
        let literal = Lit::new(self.solver.new_var(lbool::FALSE, true), true);
        vec![!literal, literal]
    }

    /// No and yes.
    fn either(&mut self) -> Vec<Lit> {
        let literal = self.new_literal();
        vec![!literal, literal]
    }

    fn number(&mut self, steps: Steps, there: Lit) -> IntegerIndex {
        let Steps { low, high, step } = steps;
        let integer = if there == self.truth {
            self.add_integer(Integer::new(Grid::Steps { low, step }, high))
        } else {
            self.optional_number(low, high, step, there)
        };
        let size = steps.size();
        for part in 1..size.min(NAMED_BOUNDS) {
            // In 64 bits, whatever the machine.
            let position = part as u64 * size as u64 / size.min(NAMED_BOUNDS) as u64;
            self.at_least(integer, low + step * position as i64);
        }
        integer
    }

    /// An integer of the steps where `there`, zero elsewhere.
    fn optional_number(&mut self, low: i64, high: i64, step: i64, there: Lit) -> IntegerIndex {
        let grid = Grid::StepsOrZero { low, high, step };
        let integer = self.add_integer(Integer::new(grid, high.max(0)));
        if low > 0 {
            // Only what is not there is zero.
            self.arithmetic.name_bound_by(integer, 0, !there);
            return integer;
        }
        let (at_most, at_least) = (self.at_most(integer, 0), self.at_least(integer, 0));
        self.add_clause(&[there, at_most]);
        self.add_clause(&[there, at_least]);
        let zero_is_a_step = low <= 0 && 0 <= high && low % step == 0;
        if !zero_is_a_step {
            let below = self.at_most(integer, -1);
            let above = self.at_least(integer, 1);
            self.add_clause(&[!there, below, above]);
        }
        integer
    }

    /// The literal of an option; false where there is no such option.
    pub fn option(&self, attribute: AttributeIndex, option: usize) -> Lit {
        match self.attributes.get(attribute.0) {
            Some(Encoded::Options { literals, .. }) => literals.get(option).copied(),
            _ => None,
        }
        .unwrap_or(!self.truth)
    }

    /// The integer of a number attribute.
    pub fn integer(&self, attribute: AttributeIndex) -> Option<IntegerIndex> {
        match self.attributes.get(attribute.0)? {
            Encoded::Number { integer, .. } => Some(*integer),
            Encoded::Options { .. } => None,
        }
    }

    /// Whether the attribute's part is there.
    pub fn there(&self, attribute: AttributeIndex) -> Lit {
        match self.attributes.get(attribute.0) {
            Some(Encoded::Options { there, .. } | Encoded::Number { there, .. }) => *there,
            None => !self.truth,
        }
    }
}

/// The values of a range as whole numbers, and what they are multiplied by for that.
fn scaled(range: &NumberRange) -> Option<(Steps, i128)> {
    let (low, step) = (fraction(range.min), fraction(range.step));
    let size = range.size().filter(|_| range.step.is_sign_positive())?;
    let scale = num_integer::lcm(*low.denom(), *step.denom());
    let low = low.numer().checked_mul(scale / low.denom())?;
    let step = step.numer().checked_mul(scale / step.denom())?;
    let high = low.checked_add(step.checked_mul(i128::try_from(size - 1).ok()?)?)?;
    if low.abs().max(high.abs()).max(scale) > LARGEST || u32::try_from(size).is_err() {
        return None;
    }
    let steps = Steps {
        low: i64::try_from(low).ok()?,
        high: i64::try_from(high).ok()?,
        step: i64::try_from(step).ok()?,
    };
    Some((steps, scale))
}
