//! Why bounds have moved and literals are true. Only what was concluded from is kept; the
//! literals behind it are worked out where the solver asks for them, which is seldom.

use batsat::Lit;

use super::integer::{Bound, End};
use super::theory::{Arithmetic, IntegerIndex};

/// Why something is so.
#[derive(Clone, Copy, Debug)]
pub enum Cause {
    /// A literal is true.
    Literal(Lit),
    /// A sum has to be kept within its limit.
    Sum(Conclusion),
}

/// What a sum told, and from what.
#[derive(Clone, Copy, Debug)]
pub struct Conclusion {
    pub sum: u32,
    pub about: About,
    /// How many changes of bounds there were before.
    pub changes: u32,
    /// By how much the smallest value of the rest of the sum could be less.
    pub spare: i64,
}

/// What of a sum is concluded about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Its condition.
    Condition,
    /// The integer of a linear term.
    Term(u32),
    /// The integer at a place in the products.
    Place(u32),
}

/// A bound that has moved.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub integer: IntegerIndex,
    pub end: End,
    /// Where it was before.
    pub old: Bound,
    pub cause: Cause,
    /// The last explanation that named it.
    pub named: u64,
}

/// What an explanation has still to look through.
#[derive(Debug, Default)]
pub struct Explaining {
    /// Which explanation it is.
    number: u64,
    /// Changes by their number.
    open: Vec<u32>,
}

impl Arithmetic {
    /// Begins another explanation.
    pub fn begin_explaining(&mut self, because: &mut Vec<Lit>) {
        because.clear();
        self.explaining.number += 1;
        self.explaining.open.clear();
    }

    /// Adds literals that imply what has this cause.
    pub fn explain(&mut self, cause: Cause, because: &mut Vec<Lit>) {
        self.look_through(cause, because);
        self.explain_open(because);
    }

    /// Adds literals that imply that the bound, or any weaker one for which `enough` holds,
    /// is where it is.
    pub fn explain_bound(
        &mut self,
        mut bound: Bound,
        enough: impl Fn(i64) -> bool,
        because: &mut Vec<Lit>,
    ) {
        while let Some(old) = self.before(bound).filter(|old| enough(old.value)) {
            bound = old;
        }
        self.name(bound);
        self.explain_open(because);
    }

    fn explain_open(&mut self, because: &mut Vec<Lit>) {
        while let Some(change) = self.explaining.open.pop() {
            let cause = self.changes[change as usize - 1].cause;
            self.look_through(cause, because);
        }
    }

    /// The bound that this one replaced; `None` where it holds whatever is decided.
    fn before(&self, bound: Bound) -> Option<Bound> {
        (bound.change > self.settled()).then(|| self.changes[bound.change as usize - 1].old)
    }

    /// How many changes nothing can undo.
    fn settled(&self) -> u32 {
        let changes = (self.levels.first()).map_or(self.changes.len(), |it| it.changes);
        changes as u32
    }

    fn look_through(&mut self, cause: Cause, because: &mut Vec<Lit>) {
        let Conclusion {
            sum,
            about,
            changes,
            mut spare,
        } = match cause {
            Cause::Literal(literal) => return because.push(literal),
            Cause::Sum(conclusion) => conclusion,
        };
        if about != About::Condition {
            because.extend(self.sums[sum as usize].condition);
        }
        // Those that can differ least come last, and more of them can be spared.
        for term in (0..self.sums[sum as usize].terms()).rev() {
            if about == About::Term(term as u32) {
                continue;
            }
            let (integer, factor) = self.sums[sum as usize].term(term);
            let mut bound = self.earlier(integer, End::lowest(factor), changes);
            while let Some(old) = self.before(bound) {
                let loss = factor.abs() * (bound.value - old.value).abs();
                if loss > spare {
                    self.name(bound);
                    break;
                }
                spare -= loss;
                bound = old;
            }
        }
        for place in 0..self.sums[sum as usize].places() {
            let (integer, ends) = self.sums[sum as usize].behind(place, about);
            for end in ends.into_iter().flatten() {
                let bound = self.earlier(integer, end, changes);
                self.name(bound);
            }
        }
    }

    /// The bound of an integer after so many changes.
    fn earlier(&self, integer: IntegerIndex, end: End, changes: u32) -> Bound {
        let mut bound = self.integers[integer].bound(end);
        while bound.change > changes {
            bound = self.changes[bound.change as usize - 1].old;
        }
        bound
    }

    /// Leaves a bound to be explained, once.
    fn name(&mut self, bound: Bound) {
        if bound.change <= self.settled() {
            return;
        }
        let number = self.explaining.number;
        let change = &mut self.changes[bound.change as usize - 1];
        if std::mem::replace(&mut change.named, number) != number {
            self.explaining.open.push(bound.change);
        }
    }
}
