//! Integer variables: the values they can have, their bounds now, and why.

use std::ops::Range;

use batsat::Lit;
use smallvec::SmallVec;

use super::interval::Interval;

/// The values that an integer variable can have at all, ascending.
#[derive(Clone, Debug)]
pub enum Grid {
    /// `low`, `low + step`, ...
    Steps { low: i64, step: i64 },
    /// `low`, `low + step`, ... up to `high`, and zero besides: it stands for "not there".
    StepsOrZero { low: i64, high: i64, step: i64 },
    /// These.
    List(Vec<i64>),
}

impl Grid {
    /// The smallest value.
    fn first(&self) -> i64 {
        match self {
            Self::Steps { low, .. } => *low,
            Self::StepsOrZero { low, .. } => (*low).min(0),
            Self::List(values) => values[0],
        }
    }

    /// The largest value that is at most `number`, which is at least the smallest value.
    fn floor(&self, number: i64) -> i64 {
        match self {
            Self::Steps { low, step } => number - (number - low).rem_euclid(*step),
            Self::StepsOrZero { low, high, step } => {
                let capped = number.min(*high);
                let on_steps = capped - (capped - low).rem_euclid(*step);
                match (capped >= *low, number >= 0) {
                    (true, true) => on_steps.max(0),
                    (true, false) => on_steps,
                    (false, _) => 0,
                }
            }
            Self::List(values) => values[values.partition_point(|it| *it <= number) - 1],
        }
    }

    /// The smallest value that is at least `number`, which is at most the largest value.
    fn ceil(&self, number: i64) -> i64 {
        match self {
            Self::Steps { low, step } => number + (low - number).rem_euclid(*step),
            Self::StepsOrZero { low, high, step } => {
                let raised = number.max(*low);
                let on_steps = raised + (low - raised).rem_euclid(*step);
                match (raised <= *high, number <= 0) {
                    (true, true) => on_steps.min(0),
                    (true, false) => on_steps,
                    (false, _) => 0,
                }
            }
            Self::List(values) => values[values.partition_point(|it| *it < number)],
        }
    }

    /// The next value after `value`, which is not the last.
    fn after(&self, value: i64) -> i64 {
        match self {
            Self::Steps { step, .. } => value + step,
            Self::StepsOrZero { .. } => self.ceil(value + 1),
            Self::List(values) => values[values.partition_point(|it| *it <= value)],
        }
    }
}

/// One end of what an integer can still be.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub value: i64,
    /// Which change of a bound made it so, counted from 1; 0 where it was so from the start.
    pub change: u32,
}

/// Which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Low,
    High,
}

impl End {
    /// The one at which a factor times the integer is smallest.
    pub fn lowest(factor: i64) -> Self {
        match factor > 0 {
            true => Self::Low,
            false => Self::High,
        }
    }
}

/// An integer variable.
#[derive(Debug)]
pub struct Integer {
    pub grid: Grid,
    /// The ends of the grid.
    pub root: Interval,
    pub low: Bound,
    pub high: Bound,
    /// What says "at most k", by k, ascending; k is of the grid and not its largest value.
    names: SmallVec<[(i64, Lit); 1]>,
    /// The sums in which it is a term, with its factor.
    pub linear: Vec<(u32, i64)>,
    /// The sums in which it occurs in a product.
    pub products: Vec<u32>,
}

impl Integer {
    /// A variable over `grid`, the last value of which is `high`.
    pub fn new(grid: Grid, high: i64) -> Self {
        let low = grid.first();
        let end = |value| Bound { value, change: 0 };
        Self {
            grid,
            root: Interval { low, high },
            low: end(low),
            high: end(high),
            names: SmallVec::new(),
            linear: Vec::new(),
            products: Vec::new(),
        }
    }

    /// How many names are for less than `value`.
    fn place(&self, value: i64) -> usize {
        self.names.partition_point(|it| it.0 < value)
    }

    /// Makes `literal` say "at most `value`".
    pub fn name(&mut self, value: i64, literal: Lit) {
        let at = self.place(value);
        match self.names.get_mut(at).filter(|it| it.0 == value) {
            Some(known) => known.1 = literal,
            None => self.names.insert(at, (value, literal)),
        }
    }

    /// What says "at most `value`".
    pub fn at_most(&self, value: i64) -> Option<Lit> {
        let at = self.place(value);
        let found = self.names.get(at).filter(|it| it.0 == value);
        found.map(|it| it.1)
    }

    /// What says "at most k" for the largest k below `value` that has a name.
    pub fn last_below(&self, value: i64) -> Option<(i64, Lit)> {
        let at = self.place(value);
        self.names[..at].last().copied()
    }

    /// Which names say "at most k" for `from <= k < to`.
    pub fn between(&self, from: i64, to: i64) -> Range<usize> {
        self.place(from)..self.place(to)
    }

    /// The name at a place.
    pub fn named_at(&self, place: usize) -> Lit {
        self.names[place].1
    }

    /// The largest value at most `number`; `None` without any.
    pub fn floor(&self, number: i64) -> Option<i64> {
        (number >= self.root.low).then(|| self.grid.floor(number.min(self.root.high)))
    }

    /// The smallest value at least `number`; `None` without any.
    pub fn ceil(&self, number: i64) -> Option<i64> {
        (number <= self.root.high).then(|| self.grid.ceil(number.max(self.root.low)))
    }

    /// The value after `value`, which is below the largest.
    pub fn after(&self, value: i64) -> i64 {
        self.grid.after(value)
    }

    /// One of its ends now.
    pub fn bound(&self, end: End) -> Bound {
        match end {
            End::Low => self.low,
            End::High => self.high,
        }
    }

    /// As [`Integer::bound`], to be changed.
    pub fn bound_mut(&mut self, end: End) -> &mut Bound {
        match end {
            End::Low => &mut self.low,
            End::High => &mut self.high,
        }
    }

    /// What it can still be.
    pub fn interval(&self) -> Interval {
        Interval {
            low: self.low.value,
            high: self.high.value,
        }
    }

    /// Whether no value is below zero.
    pub fn never_negative(&self) -> bool {
        self.root.low >= 0
    }
}
