//! What clauses cannot say well: integers between bounds and sums of products
//! over them. Bounds follow from bounds and are explained by literals.

use std::collections::BTreeSet;

use batsat::{Lit, Theory, TheoryArg, Var, lbool};

use super::implied::Watch;
use super::integer::{Bound, Integer, Reason, Reasons};
use super::sum::{Consequence, Sum};

/// Position of an [`Integer`] in [`Arithmetic::integers`].
pub type IntegerIndex = usize;

/// The integers, the sums over them, and how far both have been thought through.
pub struct Arithmetic {
    pub integers: Vec<Integer>,
    /// Integers that only have to be large enough, which need not be settled.
    pub ceilings: BTreeSet<IntegerIndex>,
    sums: Vec<Sum>,
    /// A literal that is always true.
    pub truth: Lit,
    /// What each boolean variable means here, by its number.
    meanings: Vec<Meaning>,
    /// Why each literal that was passed on is true, by its number.
    explanations: Vec<Reason>,
    reasons: Reasons,
    queue: Vec<u32>,
    /// How much of the solver's trail has been seen.
    seen: usize,
    undo: Vec<(IntegerIndex, Bound, Bound)>,
    levels: Vec<Level>,
    /// For literals collected on the way.
    scratch: Vec<Lit>,
    /// The value of every integer in the last model.
    pub model: Vec<i64>,
    /// For what the assumptions imply.
    pub watch: Watch,
}

/// What a boolean variable means to the arithmetic.
#[derive(Clone, Debug, Default)]
struct Meaning {
    /// The variable, or its negation where the flag is false, says that the integer is at most the number.
    at_most: Vec<(IntegerIndex, i64, bool)>,
    /// Sums that are asked for only where a literal of the variable holds.
    sums: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Level {
    undo: usize,
    seen: usize,
    reasons: usize,
}

/// The arithmetic has raised a conflict; stop.
struct Conflicting;

type Step = Result<(), Conflicting>;

impl Arithmetic {
    /// Without integers yet.
    pub fn new(truth: Lit) -> Self {
        Self {
            integers: Vec::new(),
            ceilings: BTreeSet::new(),
            sums: Vec::new(),
            truth,
            meanings: Vec::new(),
            explanations: Vec::new(),
            reasons: Reasons::default(),
            queue: Vec::new(),
            seen: 0,
            undo: Vec::new(),
            levels: Vec::new(),
            scratch: Vec::new(),
            model: Vec::new(),
            watch: Watch::default(),
        }
    }

    /// Adds a sum, to be kept within its limit wherever its condition holds.
    pub fn add_sum(&mut self, sum: Sum) {
        let index = self.sums.len() as u32;
        for (integer, factor) in sum.linear_integers() {
            self.integers[integer].linear.push((index, factor));
        }
        for integer in sum.product_integers() {
            self.integers[integer].products.push(index);
        }
        if let Some(condition) = sum.condition {
            self.meaning(condition.var()).sums.push(index);
        }
        self.sums.push(sum);
        self.enqueue(index);
    }

    /// Makes `literal` say "at most `value`", a value of the grid below its largest.
    pub fn name_bound(&mut self, integer: IntegerIndex, value: i64, literal: Lit) {
        self.integers[integer].literals.insert(value, literal);
        let meaning = (integer, value, literal.sign());
        self.meaning(literal.var()).at_most.push(meaning);
    }

    /// As [`Arithmetic::name_bound`], with a literal that may be settled already.
    pub fn name_bound_by(&mut self, integer: IntegerIndex, value: i64, literal: Lit) {
        self.name_bound(integer, value, literal);
        if self.levels.is_empty() {
            self.seen = 0;
        }
    }

    fn meaning(&mut self, variable: Var) -> &mut Meaning {
        let index = variable.idx() as usize;
        if self.meanings.len() <= index {
            self.meanings.resize_with(index + 1, Meaning::default);
        }
        &mut self.meanings[index]
    }

    fn enqueue(&mut self, sum: u32) {
        if !std::mem::replace(&mut self.sums[sum as usize].queued, true) {
            self.queue.push(sum);
        }
    }

    fn clear_queue(&mut self) {
        for sum in self.queue.drain(..) {
            self.sums[sum as usize].queued = false;
        }
    }

    /// Follows everything until nothing new follows.
    fn run(&mut self, solver: &mut TheoryArg) -> Step {
        loop {
            while let Some(literal) = solver.model().get(self.seen).copied() {
                self.seen += 1;
                self.see(solver, literal)?;
            }
            let Some(sum) = self.queue.pop() else {
                return Ok(());
            };
            self.sums[sum as usize].queued = false;
            self.follow(solver, sum as usize)?;
        }
    }

    /// Takes note of a literal that has become true.
    fn see(&mut self, solver: &mut TheoryArg, literal: Lit) -> Step {
        let variable = literal.var().idx() as usize;
        let Some(meaning) = self.meanings.get(variable) else {
            return Ok(());
        };
        let bounds = meaning.at_most.len();
        for position in 0..meaning.sums.len() {
            self.enqueue(self.meanings[variable].sums[position]);
        }
        for position in 0..bounds {
            let (integer, value, sign) = self.meanings[variable].at_most[position];
            let it = &self.integers[integer];
            if sign != literal.sign() {
                let above = it.after(value);
                if above > it.low.value {
                    let because = self.reasons.push(&[literal]);
                    self.raise(solver, integer, above, because)?;
                }
            } else if value < it.high.value {
                let because = self.reasons.push(&[literal]);
                self.lower(solver, integer, value, because)?;
            }
        }
        Ok(())
    }

    /// Draws the conclusions of one sum.
    fn follow(&mut self, solver: &mut TheoryArg, index: usize) -> Step {
        let condition = self.sums[index].condition;
        let asked = condition.map_or(lbool::TRUE, |it| value_of(solver, it));
        if asked == lbool::FALSE {
            return Ok(());
        }
        let mut because = std::mem::take(&mut self.scratch);
        let result = self.conclude(solver, index, asked == lbool::TRUE, &mut because);
        self.scratch = because;
        result
    }

    fn conclude(
        &mut self,
        solver: &mut TheoryArg,
        index: usize,
        asked: bool,
        because: &mut Vec<Lit>,
    ) -> Step {
        let Some(slack) = self.sums[index].slack(&self.integers) else {
            return Ok(()); // cannot be broken any more
        };
        if slack < 0 {
            let denied = self.sums[index].condition.map_or(!self.truth, |it| !it);
            if value_of(solver, denied) == lbool::TRUE {
                return Ok(());
            }
            because.clear();
            self.sums[index].explain(&self.integers, &self.reasons, None, because);
            tidy(because);
            let reason = self.reasons.push(because);
            return self.pass_on(solver, denied, reason);
        }
        if !asked {
            return Ok(());
        }
        self.conclude_linear(solver, index, slack, because)?;
        self.conclude_products(solver, index, because)
    }

    /// What follows for terms of one integer all has the same reason.
    fn conclude_linear(
        &mut self,
        solver: &mut TheoryArg,
        index: usize,
        slack: i64,
        because: &mut Vec<Lit>,
    ) -> Step {
        let mut reason = None;
        for term in 0..self.sums[index].terms() {
            let sum = &self.sums[index];
            let Ok(consequence) = sum.linear_consequence(term, slack, &self.integers) else {
                break;
            };
            let Some(consequence) = consequence else {
                continue;
            };
            let reason = match reason {
                Some(reason) => reason,
                None => {
                    because.clear();
                    sum.explain(&self.integers, &self.reasons, None, because);
                    because.extend(sum.condition);
                    tidy(because);
                    *reason.insert(self.reasons.push(because))
                }
            };
            self.apply(solver, consequence, reason)?;
        }
        Ok(())
    }

    fn conclude_products(
        &mut self,
        solver: &mut TheoryArg,
        index: usize,
        because: &mut Vec<Lit>,
    ) -> Step {
        for place in 0..self.sums[index].places() {
            let sum = &self.sums[index];
            let Some(slack) = sum.slack(&self.integers).filter(|it| *it >= 0) else {
                return Ok(()); // it is queued again
            };
            let Some(consequence) = sum.consequence(place, slack, &self.integers) else {
                continue;
            };
            because.clear();
            sum.explain(&self.integers, &self.reasons, Some(place), because);
            because.extend(sum.condition);
            tidy(because);
            let reason = self.reasons.push(because);
            self.apply(solver, consequence, reason)?;
        }
        Ok(())
    }

    fn apply(&mut self, solver: &mut TheoryArg, consequence: Consequence, reason: Reason) -> Step {
        match consequence {
            Consequence::AtMost(integer, value) => self.lower(solver, integer, value, reason),
            Consequence::AtLeast(integer, value) => self.raise(solver, integer, value, reason),
            Consequence::Nothing(integer) => {
                let it = &self.integers[integer];
                let (low, high) = (it.low.reason, it.high.reason);
                let clash = self.reasons.join(&[reason, low, high]);
                self.pass_on(solver, !self.truth, clash)
            }
        }
    }

    /// Moves the upper end down to `value` of the grid.
    fn lower(
        &mut self,
        solver: &mut TheoryArg,
        integer: IntegerIndex,
        value: i64,
        because: Reason,
    ) -> Step {
        let it = &self.integers[integer];
        if value >= it.high.value {
            return Ok(());
        }
        let low = it.low;
        let named = it.literals.get(&value).copied();
        if let Some(literal) = named {
            self.pass_on(solver, literal, because)?;
        }
        if value < low.value {
            let clash = self.reasons.join(&[low.reason, because]);
            return self.pass_on(solver, !self.truth, clash);
        }
        let reason = match &named {
            Some(literal) => self.reasons.push(&[*literal]),
            None => because,
        };
        let old = self.change(integer, |it| it.high = Bound { value, reason });
        for implied in self.named_between(integer, value, old.high.value) {
            self.pass_on(solver, implied, reason)?;
        }
        Ok(())
    }

    /// Moves the lower end up to `value` of the grid.
    fn raise(
        &mut self,
        solver: &mut TheoryArg,
        integer: IntegerIndex,
        value: i64,
        because: Reason,
    ) -> Step {
        let it = &self.integers[integer];
        if value <= it.low.value {
            return Ok(());
        }
        let high = it.high;
        let named = it
            .literals
            .range(..value)
            .next_back()
            .filter(|(below, _)| it.after(**below) == value)
            .map(|(_, literal)| !*literal);
        if let Some(literal) = named {
            self.pass_on(solver, literal, because)?;
        }
        if value > high.value {
            let clash = self.reasons.join(&[high.reason, because]);
            return self.pass_on(solver, !self.truth, clash);
        }
        let reason = match &named {
            Some(literal) => self.reasons.push(&[*literal]),
            None => because,
        };
        let old = self.change(integer, |it| it.low = Bound { value, reason });
        for implied in self.named_between(integer, old.low.value, value) {
            self.pass_on(solver, !implied, reason)?;
        }
        Ok(())
    }

    /// Changes an integer so that it can be undone, and looks at its sums again.
    fn change(&mut self, integer: IntegerIndex, set: impl FnOnce(&mut Integer)) -> Ends {
        let it = &mut self.integers[integer];
        let old = Ends {
            low: it.low,
            high: it.high,
        };
        set(it);
        let new = Ends {
            low: it.low,
            high: it.high,
        };
        self.undo.push((integer, old.low, old.high));
        self.tell_sums(integer, &old, &new, true);
        for position in 0..self.integers[integer].products.len() {
            let sum = self.integers[integer].products[position];
            self.enqueue(sum);
        }
        old
    }

    /// Keeps the sums up to date.
    fn tell_sums(&mut self, integer: IntegerIndex, old: &Ends, new: &Ends, queue: bool) {
        let low = new.low.value - old.low.value;
        let high = new.high.value - old.high.value;
        for position in 0..self.integers[integer].linear.len() {
            let (sum, factor) = self.integers[integer].linear[position];
            if self.sums[sum as usize].moved(factor, low, high) && queue {
                self.enqueue(sum);
            }
        }
    }

    /// The literals "at most k" for `from <= k < to`.
    fn named_between(&self, integer: IntegerIndex, from: i64, to: i64) -> Vec<Lit> {
        let literals = self.integers[integer].literals.range(from..to);
        literals.map(|(_, literal)| *literal).collect()
    }

    /// Tells the solver that `literal` is true, because of others.
    fn pass_on(&mut self, solver: &mut TheoryArg, literal: Lit, reason: Reason) -> Step {
        match value_of(solver, literal) {
            value if value == lbool::TRUE => Ok(()),
            value if value == lbool::FALSE => {
                let mut clause = vec![literal];
                clause.extend(self.reasons.literals(reason).iter().map(|it| !*it));
                solver.raise_conflict(&clause, false);
                Err(Conflicting)
            }
            _ => {
                let index = literal.idx() as usize;
                if self.explanations.len() <= index {
                    self.explanations.resize(index + 1, Reason::NONE);
                }
                self.explanations[index] = reason;
                solver.propagate(literal);
                Ok(())
            }
        }
    }
}

/// Both ends of an integer.
struct Ends {
    low: Bound,
    high: Bound,
}

fn value_of(solver: &TheoryArg, literal: Lit) -> lbool {
    solver.value(literal.var()) ^ !literal.sign()
}

/// Each literal once.
fn tidy(literals: &mut Vec<Lit>) {
    literals.sort_unstable();
    literals.dedup();
}

impl Theory for Arithmetic {
    fn partial_check(&mut self, solver: &mut TheoryArg) {
        self.watch.read(solver);
        if self.run(solver).is_err() {
            self.clear_queue();
        }
    }

    fn final_check(&mut self, solver: &mut TheoryArg) {
        if self.run(solver).is_err() {
            self.clear_queue();
        } else if solver.is_ok() && !self.split(solver) {
            self.model.clear();
            self.model
                .extend(self.integers.iter().map(|it| it.low.value));
            // Where nothing had to be decided, this is where the assumptions lead.
            let (levels, seen) = (self.levels.len(), self.seen);
            self.watch.leave(levels, seen, &self.integers);
            self.watch.read(solver);
        }
    }

    fn create_level(&mut self) {
        let (levels, seen) = (self.levels.len(), self.seen);
        self.watch.leave(levels, seen, &self.integers);
        self.levels.push(Level {
            undo: self.undo.len(),
            seen: self.seen,
            reasons: self.reasons.len(),
        });
    }

    fn pop_levels(&mut self, count: usize) {
        let left = self.levels.len().saturating_sub(count);
        let Some(level) = self.levels.get(left).copied() else {
            return;
        };
        self.levels.truncate(left);
        self.watch.return_to(left);
        while self.undo.len() > level.undo
            && let Some((integer, low, high)) = self.undo.pop()
        {
            let it = &mut self.integers[integer];
            let new = Ends {
                low: std::mem::replace(&mut it.low, low),
                high: std::mem::replace(&mut it.high, high),
            };
            self.tell_sums(integer, &new, &Ends { low, high }, false);
        }
        self.reasons.truncate(level.reasons);
        self.seen = self.seen.min(level.seen);
        self.clear_queue();
    }

    fn n_levels(&self) -> usize {
        self.levels.len()
    }

    fn explain_propagation(&mut self, literal: Lit) -> &[Lit] {
        let reason = self.explanations.get(literal.idx() as usize).copied();
        self.reasons.literals(reason.unwrap_or(Reason::NONE))
    }
}
