//! What assumptions imply by propagation alone, read on the way to a model.

use batsat::{Lit, SolverInterface as _, TheoryArg, lbool};

use super::attributes::Encoded;
use super::encoding::Encoding;
use super::integer::Integer;
use super::interval::Interval;
use super::residues::Steps;
use crate::catalog::AttributeIndex;
use crate::configure::reasoner::Atom;

/// Keeps what is implied once all assumptions are made and nothing else is.
#[derive(Debug, Default)]
pub struct Watch {
    /// How many assumptions there are, each with a level of its own.
    assumptions: Option<usize>,
    /// How much of the trail is implied, until it is read.
    pending: Option<usize>,
    implied: Vec<Lit>,
    intervals: Vec<Interval>,
}

impl Watch {
    /// Begins with so many assumptions.
    pub fn start(&mut self, assumptions: usize) {
        *self = Self {
            assumptions: Some(assumptions),
            ..Self::default()
        };
    }

    /// Ends; the literals and the ends of all integers.
    fn stop(&mut self) -> (Vec<Lit>, Vec<Interval>) {
        let Self {
            implied, intervals, ..
        } = std::mem::take(self);
        (implied, intervals)
    }

    /// A level is added to `levels`, with nothing left to follow from `seen` literals.
    pub fn leave(&mut self, levels: usize, seen: usize, integers: &[Integer]) {
        if self.assumptions == Some(levels) {
            self.pending = Some(seen);
            self.intervals.clear();
            self.intervals
                .extend(integers.iter().map(Integer::interval));
        }
    }

    /// Levels are taken back, so that so many are left.
    pub fn return_to(&mut self, levels: usize) {
        if self.assumptions.is_some_and(|it| levels <= it) {
            self.pending = None;
        }
    }

    /// Reads what is implied, where that is still to be done.
    pub fn read(&mut self, solver: &TheoryArg) {
        if let Some(implied) = self.pending.take() {
            self.implied.clear();
            self.implied
                .extend(solver.model().iter().take(implied).copied());
        }
    }
}

impl Encoding {
    /// Watches what follows from the atoms while they are asked about.
    pub fn watch(&mut self, atoms: &[Atom]) {
        let mut assumptions = Vec::new();
        for atom in atoms {
            self.assume(*atom, &mut assumptions);
        }
        self.arithmetic.watch.start(assumptions.len());
    }

    /// Which further atoms cannot hold together with those that were watched.
    pub fn implied(&mut self) -> Vec<Atom> {
        let (literals, intervals) = self.arithmetic.watch.stop();
        let mut values = vec![lbool::UNDEF; self.solver.num_vars() as usize];
        for literal in literals {
            if let Some(value) = values.get_mut(literal.var().idx() as usize) {
                *value = lbool::TRUE ^ !literal.sign();
            }
        }
        let value = |it: &Lit| {
            let value = values.get(it.var().idx() as usize).copied();
            value.unwrap_or(lbool::UNDEF) ^ !it.sign()
        };
        let mut impossible = Vec::new();
        for (index, encoded) in self.attributes.iter().enumerate() {
            let attribute = AttributeIndex(index);
            match encoded {
                Encoded::Options { literals, .. } => impossible.extend(
                    (literals.iter().enumerate())
                        .filter(|(_, literal)| value(literal) == lbool::FALSE)
                        .map(|(position, _)| Atom::is(attribute, position)),
                ),
                Encoded::Number { there, .. } if value(there) == lbool::FALSE => {
                    impossible.push(Atom::at_least(attribute, 0));
                }
                Encoded::Number { integer, range, .. } => {
                    if let Some(ends) = intervals.get(*integer) {
                        impossible.extend(range.outside(attribute, *ends));
                    }
                }
            }
        }
        impossible
    }
}

impl Steps {
    /// What cannot hold of a number of these steps that is between both ends.
    fn outside(&self, attribute: AttributeIndex, ends: Interval) -> Vec<Atom> {
        let position = |distance: i128| usize::try_from(distance).unwrap_or(0);
        let (low, step) = (i128::from(self.low), i128::from(self.step));
        let first = -num_integer::Integer::div_floor(&(low - i128::from(ends.low)), &step);
        let last = num_integer::Integer::div_floor(&(i128::from(ends.high) - low), &step);
        if last < first.max(0) || first >= self.size() as i128 {
            return vec![Atom::at_least(attribute, 0)];
        }
        let mut outside = Vec::new();
        if first > 0 {
            outside.push(Atom::at_most(attribute, position(first - 1)));
        }
        if last + 1 < self.size() as i128 {
            outside.push(Atom::at_least(attribute, position(last + 1)));
        }
        outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_is_what_is_not_between_both_ends() {
        let steps = Steps {
            low: -3,
            high: 9,
            step: 3,
        };
        let attribute = AttributeIndex(0);
        for (low, high) in (-6..=12).flat_map(|low| (low..=12).map(move |high| (low, high))) {
            let outside = steps.outside(attribute, Interval { low, high });
            for position in 0..steps.size() {
                let between = (low..=high).contains(&steps.at(position));
                let told = outside.iter().any(|it| it.admits(position));
                assert_eq!(told, !between, "{low}..={high}, {position}");
            }
        }
    }
}
