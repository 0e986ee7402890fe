//! What clauses cannot say well: integers between bounds and sums of products
//! over them. Bounds follow from bounds and are explained by literals.

use std::collections::BTreeSet;

use batsat::{Lit, Theory, TheoryArg, lbool};
use smallvec::SmallVec;

use super::causes::{About, Cause, Change, Conclusion, Explaining};
use super::implied::Watch;
use super::integer::{Bound, End, Integer};
use super::sum::{Consequence, Ends, Sum};

/// Position of an [`Integer`] in [`Arithmetic::integers`].
pub type IntegerIndex = usize;

/// The integers, the sums over them, and how far both have been thought through.
pub struct Arithmetic {
    pub integers: Vec<Integer>,
    /// Integers that only have to be large enough, which need not be settled.
    pub ceilings: BTreeSet<IntegerIndex>,
    pub(super) sums: Vec<Sum>,
    /// What each of them comes to.
    ends: Vec<Ends>,
    /// A literal that is always true.
    pub truth: Lit,
    /// What each literal means here, by its number.
    meanings: Vec<Meaning>,
    /// Why each literal that was passed on is true, by its number.
    causes: Vec<Cause>,
    queue: Vec<u32>,
    /// How much of the solver's trail has been seen.
    seen: usize,
    /// All changes of bounds, cut back as the search goes back.
    pub(super) changes: Vec<Change>,
    pub(super) levels: Vec<Level>,
    pub(super) explaining: Explaining,
    /// For literals collected on the way.
    scratch: Vec<Lit>,
    /// The value of every integer in the last model.
    pub model: Vec<i64>,
    /// For what the assumptions imply.
    pub watch: Watch,
}

/// What a literal means to the arithmetic.
#[derive(Clone, Debug, Default)]
struct Meaning {
    /// That an end of an integer is at the number, or further in.
    bounds: SmallVec<[(u32, End, i64); 1]>,
    /// Sums that are asked for only where it holds.
    sums: SmallVec<[u32; 2]>,
}

/// How far everything was when a level was added.
#[derive(Clone, Copy)]
pub(super) struct Level {
    pub(super) changes: usize,
    seen: usize,
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
            ends: Vec::new(),
            truth,
            meanings: Vec::new(),
            causes: Vec::new(),
            queue: Vec::new(),
            seen: 0,
            changes: Vec::new(),
            levels: Vec::new(),
            explaining: Explaining::default(),
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
            self.meaning(condition).sums.push(index);
        }
        self.ends.push(sum.ends(&self.integers));
        self.sums.push(sum);
        self.enqueue(index);
    }

    /// Makes `literal` say "at most `value`", a value of the grid below its largest.
    pub fn name_bound(&mut self, integer: IntegerIndex, value: i64, literal: Lit) {
        let it = &mut self.integers[integer];
        it.name(value, literal);
        let above = it.after(value);
        let number = integer as u32;
        self.meaning(literal)
            .bounds
            .push((number, End::High, value));
        self.meaning(!literal)
            .bounds
            .push((number, End::Low, above));
    }

    /// As [`Arithmetic::name_bound`], with a literal that may be settled already.
    pub fn name_bound_by(&mut self, integer: IntegerIndex, value: i64, literal: Lit) {
        self.name_bound(integer, value, literal);
        if self.levels.is_empty() {
            self.seen = 0;
        }
    }

    fn meaning(&mut self, literal: Lit) -> &mut Meaning {
        let index = literal.idx() as usize;
        if self.meanings.len() <= index {
            self.meanings.resize_with(index + 1, Meaning::default);
        }
        &mut self.meanings[index]
    }

    fn enqueue(&mut self, sum: u32) {
        if !std::mem::replace(&mut self.ends[sum as usize].queued, true) {
            self.queue.push(sum);
        }
    }

    fn clear_queue(&mut self) {
        for sum in self.queue.drain(..) {
            self.ends[sum as usize].queued = false;
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
            self.ends[sum as usize].queued = false;
            self.follow(solver, sum as usize)?;
        }
    }

    /// Takes note of a literal that has become true.
    fn see(&mut self, solver: &mut TheoryArg, literal: Lit) -> Step {
        let index = literal.idx() as usize;
        let Some(meaning) = self.meanings.get(index) else {
            return Ok(());
        };
        let bounds = meaning.bounds.len();
        for position in 0..meaning.sums.len() {
            self.enqueue(self.meanings[index].sums[position]);
        }
        let cause = Cause::Literal(literal);
        for position in 0..bounds {
            match self.meanings[index].bounds[position] {
                (integer, End::High, value) => {
                    self.lower(solver, integer as usize, value, cause)?;
                }
                (integer, End::Low, value) => {
                    self.raise(solver, integer as usize, value, cause)?;
                }
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
        let Some(slack) = self.sums[index].slack(&self.ends[index], &self.integers) else {
            return Ok(()); // cannot be broken any more
        };
        if slack < 0 {
            let denied = condition.map_or(!self.truth, |it| !it);
            let cause = self.conclusion(index, About::Condition, -slack - 1);
            return self.pass_on(solver, denied, cause);
        }
        if asked != lbool::TRUE {
            return Ok(());
        }
        self.conclude_linear(solver, index, slack)?;
        self.conclude_products(solver, index)
    }

    fn conclusion(&self, sum: usize, about: About, spare: i64) -> Cause {
        Cause::Sum(Conclusion {
            sum: sum as u32,
            about,
            changes: self.changes.len() as u32,
            spare,
        })
    }

    fn conclude_linear(&mut self, solver: &mut TheoryArg, index: usize, slack: i64) -> Step {
        for term in 0..self.sums[index].terms() {
            let sum = &self.sums[index];
            let Ok(consequence) = sum.linear_consequence(term, slack, &self.integers) else {
                break;
            };
            if let Some((consequence, spare)) = consequence {
                let cause = self.conclusion(index, About::Term(term as u32), spare);
                self.apply(solver, consequence, cause)?;
            }
        }
        Ok(())
    }

    fn conclude_products(&mut self, solver: &mut TheoryArg, index: usize) -> Step {
        for place in 0..self.sums[index].places() {
            let sum = &self.sums[index];
            let slack = sum.slack(&self.ends[index], &self.integers);
            let Some(slack) = slack.filter(|it| *it >= 0) else {
                return Ok(()); // it is queued again
            };
            if let Some(consequence) = sum.consequence(place, slack, &self.integers) {
                let cause = self.conclusion(index, About::Place(place as u32), 0);
                self.apply(solver, consequence, cause)?;
            }
        }
        Ok(())
    }

    fn apply(&mut self, solver: &mut TheoryArg, consequence: Consequence, cause: Cause) -> Step {
        match consequence {
            Consequence::AtMost(integer, value) => self.lower(solver, integer, value, cause),
            Consequence::AtLeast(integer, value) => self.raise(solver, integer, value, cause),
            Consequence::Nothing(integer) => {
                let it = &self.integers[integer];
                let ends = [it.low, it.high];
                self.clash(solver, cause, &ends, |_| false)
            }
        }
    }

    /// Moves the upper end down to `value` of the grid.
    fn lower(
        &mut self,
        solver: &mut TheoryArg,
        integer: IntegerIndex,
        value: i64,
        cause: Cause,
    ) -> Step {
        let it = &self.integers[integer];
        if value >= it.high.value {
            return Ok(());
        }
        let low = it.low;
        let named = it.at_most(value);
        if let Some(literal) = named {
            self.pass_on(solver, literal, cause)?;
        }
        let cause = named.map_or(cause, Cause::Literal);
        if value < low.value {
            return self.clash(solver, cause, &[low], |it| it > value);
        }
        let old = self.change(integer, End::High, value, cause);
        for place in self.integers[integer].between(value, old) {
            let implied = self.integers[integer].named_at(place);
            self.pass_on(solver, implied, cause)?;
        }
        Ok(())
    }

    /// Moves the lower end up to `value` of the grid.
    fn raise(
        &mut self,
        solver: &mut TheoryArg,
        integer: IntegerIndex,
        value: i64,
        cause: Cause,
    ) -> Step {
        let it = &self.integers[integer];
        if value <= it.low.value {
            return Ok(());
        }
        let high = it.high;
        let named = it
            .last_below(value)
            .filter(|(below, _)| it.after(*below) == value)
            .map(|(_, literal)| !literal);
        if let Some(literal) = named {
            self.pass_on(solver, literal, cause)?;
        }
        let cause = named.map_or(cause, Cause::Literal);
        if value > high.value {
            return self.clash(solver, cause, &[high], |it| it < value);
        }
        let old = self.change(integer, End::Low, value, cause);
        for place in self.integers[integer].between(old, value) {
            let implied = !self.integers[integer].named_at(place);
            self.pass_on(solver, implied, cause)?;
        }
        Ok(())
    }

    /// Moves an end so that it can be undone, and looks at the integer's sums again; where the
    /// end was before.
    fn change(&mut self, integer: IntegerIndex, end: End, value: i64, cause: Cause) -> i64 {
        let change = self.changes.len() as u32 + 1;
        let bound = self.integers[integer].bound_mut(end);
        let old = std::mem::replace(bound, Bound { value, change });
        self.changes.push(Change {
            integer,
            end,
            old,
            cause,
            named: 0,
        });
        self.tell_sums(integer, end, value - old.value, true);
        for position in 0..self.integers[integer].products.len() {
            let sum = self.integers[integer].products[position];
            self.enqueue(sum);
        }
        old.value
    }

    /// Keeps the sums up to date.
    fn tell_sums(&mut self, integer: IntegerIndex, end: End, distance: i64, queue: bool) {
        for position in 0..self.integers[integer].linear.len() {
            let (sum, factor) = self.integers[integer].linear[position];
            if self.ends[sum as usize].moved(factor, end, distance) && queue {
                self.enqueue(sum);
            }
        }
    }

    /// Tells the solver that `literal` is true.
    fn pass_on(&mut self, solver: &mut TheoryArg, literal: Lit, cause: Cause) -> Step {
        match value_of(solver, literal) {
            value if value == lbool::TRUE => Ok(()),
            value if value == lbool::FALSE => {
                let mut because = std::mem::take(&mut self.scratch);
                self.begin_explaining(&mut because);
                self.explain(cause, &mut because);
                Err(self.conflict(solver, literal, because))
            }
            _ => {
                let index = literal.idx() as usize;
                if self.causes.len() <= index {
                    self.causes.resize(index + 1, Cause::Literal(self.truth));
                }
                self.causes[index] = cause;
                solver.propagate(literal);
                Ok(())
            }
        }
    }

    /// What has this cause cannot be with these bounds, nor with weaker ones with `enough`.
    fn clash(
        &mut self,
        solver: &mut TheoryArg,
        cause: Cause,
        bounds: &[Bound],
        enough: impl Fn(i64) -> bool,
    ) -> Step {
        let mut because = std::mem::take(&mut self.scratch);
        self.begin_explaining(&mut because);
        self.explain(cause, &mut because);
        for bound in bounds {
            self.explain_bound(*bound, &enough, &mut because);
        }
        Err(self.conflict(solver, !self.truth, because))
    }

    /// Tells the solver that these literals, all true, imply one that is false.
    fn conflict(
        &mut self,
        solver: &mut TheoryArg,
        literal: Lit,
        mut because: Vec<Lit>,
    ) -> Conflicting {
        for it in &mut because {
            *it = !*it;
        }
        because.push(literal);
        solver.raise_conflict(&because, false);
        self.scratch = because;
        Conflicting
    }
}

fn value_of(solver: &TheoryArg, literal: Lit) -> lbool {
    solver.value(literal.var()) ^ !literal.sign()
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
            changes: self.changes.len(),
            seen: self.seen,
        });
    }

    fn pop_levels(&mut self, count: usize) {
        let left = self.levels.len().saturating_sub(count);
        let Some(level) = self.levels.get(left).copied() else {
            return;
        };
        self.levels.truncate(left);
        self.watch.return_to(left);
        while self.changes.len() > level.changes
            && let Some(change) = self.changes.pop()
        {
            let Change {
                integer, end, old, ..
            } = change;
            let bound = self.integers[integer].bound_mut(end);
            let distance = old.value - std::mem::replace(bound, old).value;
            self.tell_sums(integer, end, distance, false);
        }
        self.seen = self.seen.min(level.seen);
        self.clear_queue();
    }

    fn n_levels(&self) -> usize {
        self.levels.len()
    }

    fn explain_propagation(&mut self, literal: Lit) -> &[Lit] {
        let mut because = std::mem::take(&mut self.scratch);
        self.begin_explaining(&mut because);
        let cause = self.causes.get(literal.idx() as usize).copied();
        if let Some(cause) = cause {
            self.explain(cause, &mut because);
        }
        self.scratch = because;
        &self.scratch
    }
}
