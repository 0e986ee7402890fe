//! Integer variables: the values they can have, their bounds now, and why.

use std::collections::BTreeMap;

use batsat::Lit;

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

/// Where in [`Reasons`] the literals stand that imply something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    start: u32,
    end: u32,
}

impl Reason {
    /// Holds always.
    pub const NONE: Self = Self { start: 0, end: 0 };
}

/// A stack of reasons, cut back as the search goes back.
#[derive(Debug, Default)]
pub struct Reasons(Vec<Lit>);

impl Reasons {
    /// Keeps `literals` as a reason.
    pub fn push(&mut self, literals: &[Lit]) -> Reason {
        let start = self.0.len() as u32;
        self.0.extend_from_slice(literals);
        Reason {
            start,
            end: self.0.len() as u32,
        }
    }

    /// Keeps the literals of several reasons as one.
    pub fn join(&mut self, reasons: &[Reason]) -> Reason {
        let start = self.0.len() as u32;
        for reason in reasons {
            self.0
                .extend_from_within(reason.start as usize..reason.end as usize);
        }
        Reason {
            start,
            end: self.0.len() as u32,
        }
    }

    /// The literals, all true.
    pub fn literals(&self, reason: Reason) -> &[Lit] {
        &self.0[reason.start as usize..reason.end as usize]
    }

    /// How many literals are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets all but the first `len` literals.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }
}

/// One end of what an integer can still be, and why.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub value: i64,
    pub reason: Reason,
}

/// An integer variable.
#[derive(Debug)]
pub struct Integer {
    pub grid: Grid,
    /// The ends of the grid.
    pub root: Interval,
    pub low: Bound,
    pub high: Bound,
    /// `literals[k]` says "at most k"; k is of the grid and not its largest value.
    pub literals: BTreeMap<i64, Lit>,
    /// The sums in which it is a term, with its factor.
    pub linear: Vec<(u32, i64)>,
    /// The sums in which it occurs in a product.
    pub products: Vec<u32>,
}

impl Integer {
    /// A variable over `grid`, the last value of which is `high`.
    pub fn new(grid: Grid, high: i64) -> Self {
        let low = grid.first();
        let end = |value| Bound {
            value,
            reason: Reason::NONE,
        };
        Self {
            grid,
            root: Interval { low, high },
            low: end(low),
            high: end(high),
            literals: BTreeMap::new(),
            linear: Vec::new(),
            products: Vec::new(),
        }
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
