//! Sums of products of integers, kept within a limit by moving bounds.

use batsat::Lit;

use super::causes::About;
use super::integer::{End, Integer};
use super::interval::{Interval, tightened_high, tightened_low};
use super::theory::IntegerIndex;

/// A factor times a product of integers.
#[derive(Clone, Debug)]
pub struct Term {
    pub factor: i64,
    /// At least one; repeated for a power.
    pub integers: Vec<IntegerIndex>,
}

/// Wherever `condition` holds (always without one), the terms add up to `limit` at most.
#[derive(Debug)]
pub struct Sum {
    pub condition: Option<Lit>,
    limit: i64,
    /// Terms of one integer, those first that can differ most.
    linear: Vec<Linear>,
    products: Vec<Term>,
    /// (product, position in it) of every integer in the products.
    places: Vec<(usize, usize)>,
    /// For each product, whether one end of each of its integers explains its smallest
    /// value: so it is where none is ever negative.
    one_sided: Vec<bool>,
}

/// What the linear terms of a sum come to at least and at most; kept up to date. Every bound that
/// moves looks at it, so it is beside the sum.
#[derive(Debug)]
pub struct Ends {
    low: i64,
    high: i64,
    /// From which least value on something may follow.
    tight: i64,
    pub queued: bool,
}

impl Ends {
    /// An end of an integer of a linear term has moved by so much; whether that may have
    /// consequences.
    pub fn moved(&mut self, factor: i64, end: End, distance: i64) -> bool {
        let by = factor * distance;
        if end != End::lowest(factor) {
            self.high += by;
            return false;
        }
        self.low += by;
        by > 0 && self.low > self.tight
    }
}

/// A factor times an integer.
#[derive(Clone, Copy, Debug)]
struct Linear {
    factor: i64,
    integer: IntegerIndex,
    /// By how much the term can differ at all.
    span: i64,
}

/// What a sum says about one integer.
#[derive(Clone, Copy, Debug)]
pub enum Consequence {
    AtMost(IntegerIndex, i64),
    AtLeast(IntegerIndex, i64),
    /// No value is left.
    Nothing(IntegerIndex),
}

impl Sum {
    /// A sum over `integers`.
    pub fn new(condition: Option<Lit>, terms: Vec<Term>, limit: i64, integers: &[Integer]) -> Self {
        let (linear, products): (Vec<Term>, Vec<Term>) =
            (terms.into_iter()).partition(|it| it.integers.len() == 1);
        let mut linear: Vec<Linear> = (linear.iter())
            .map(|term| {
                let integer = term.integers[0];
                let root = integers[integer].root;
                Linear {
                    factor: term.factor,
                    integer,
                    span: term.factor.abs() * (root.high - root.low),
                }
            })
            .collect();
        linear.sort_by_key(|it| std::cmp::Reverse(it.span));
        let all_of = |(product, it): (usize, &Term)| {
            (0..it.integers.len())
                .map(|position| (product, position))
                .collect::<Vec<_>>()
        };
        let plain = |it: &IntegerIndex| integers[*it].never_negative();
        Self {
            condition,
            limit,
            linear,
            places: products.iter().enumerate().flat_map(all_of).collect(),
            one_sided: (products.iter())
                .map(|it| it.integers.iter().all(plain))
                .collect(),
            products,
        }
    }

    /// The integers in terms of one, with their factors.
    pub fn linear_integers(&self) -> impl Iterator<Item = (IntegerIndex, i64)> {
        self.linear.iter().map(|it| (it.integer, it.factor))
    }

    /// The integers in products, each as often as it occurs.
    pub fn product_integers(&self) -> impl Iterator<Item = IntegerIndex> {
        (self.products.iter()).flat_map(|it| it.integers.iter().copied())
    }

    /// What the linear terms come to now.
    pub fn ends(&self, integers: &[Integer]) -> Ends {
        let ends = self.linear.iter().map(|it| {
            let now = integers[it.integer].interval();
            Interval::single(it.factor).times(now)
        });
        let (low, high) = ends.fold((0, 0), |sum, it| (sum.0 + it.low, sum.1 + it.high));
        let widest = self.linear.first().map_or(0, |it| it.span);
        let tight = match self.products.is_empty() {
            true => self.limit - widest,
            false => i64::MIN,
        };
        Ends {
            low,
            high,
            tight,
            queued: false,
        }
    }

    /// How many linear terms there are.
    pub fn terms(&self) -> usize {
        self.linear.len()
    }

    /// How many times an integer occurs in products.
    pub fn places(&self) -> usize {
        self.places.len()
    }

    /// What is left when every term is at its smallest, below zero when the sum is
    /// broken; `None` when it holds whatever happens.
    pub fn slack(&self, ends: &Ends, integers: &[Integer]) -> Option<i64> {
        let (mut low, mut high) = (ends.low, ends.high);
        for product in &self.products {
            let interval = product.interval(integers, None);
            low += interval.low;
            high += interval.high;
        }
        (high > self.limit).then_some(self.limit - low)
    }

    /// What follows for a linear term, if that is news, and by how much the smallest value of
    /// the others could be less for that; `Err` when nothing follows for any after it either.
    pub fn linear_consequence(
        &self,
        term: usize,
        slack: i64,
        integers: &[Integer],
    ) -> Result<Option<(Consequence, i64)>, ()> {
        let Linear {
            factor,
            integer,
            span,
        } = self.linear[term];
        if span <= slack {
            return Err(());
        }
        let it = &integers[integer];
        let room = slack / factor.abs();
        if it.high.value - it.low.value <= room {
            return Ok(None);
        }
        // The grid has a value between both ends, which it has too.
        let beyond = |distance: i64| factor.abs() * distance - slack - 1;
        let consequence = if factor > 0 {
            it.floor(it.low.value + room).map(|high| {
                let spare = beyond(it.after(high) - it.low.value);
                (Consequence::AtMost(integer, high), spare)
            })
        } else {
            it.ceil(it.high.value - room).map(|low| {
                let before = it.floor(low - 1).unwrap_or(low - 1);
                let spare = beyond(it.high.value - before);
                (Consequence::AtLeast(integer, low), spare)
            })
        };
        Ok(consequence)
    }

    /// What follows for the integer at a place in the products, if that is news.
    pub fn consequence(
        &self,
        place: usize,
        slack: i64,
        integers: &[Integer],
    ) -> Option<Consequence> {
        let (product, position) = self.places[place];
        let product = &self.products[product];
        let index = product.integers[position];
        let it = &integers[index];
        let weight = product.interval(integers, Some(position));
        let allowed = slack + weight.times(it.interval()).low;
        let high = tightened_high(it.high.value, weight, allowed).and_then(|high| it.floor(high));
        let low = tightened_low(it.low.value, weight, allowed).and_then(|low| it.ceil(low));
        match (low, high) {
            (Some(low), _) if low > it.low.value => Some(Consequence::AtLeast(index, low)),
            (_, Some(high)) if high < it.high.value => Some(Consequence::AtMost(index, high)),
            (Some(_), Some(_)) => None,
            _ => Some(Consequence::Nothing(index)),
        }
    }

    /// The integer of a linear term, and its factor.
    pub fn term(&self, term: usize) -> (IntegerIndex, i64) {
        let Linear {
            factor, integer, ..
        } = self.linear[term];
        (integer, factor)
    }

    /// The integer at a place in the products, and which of its ends the smallest value of the
    /// product comes from; none where that is what is concluded about and need not be known.
    pub fn behind(&self, place: usize, about: About) -> (IntegerIndex, [Option<End>; 2]) {
        let (product, position) = self.places[place];
        let one_sided = self.one_sided[product];
        let Term { factor, integers } = &self.products[product];
        let ends = match one_sided {
            true if about == About::Place(place as u32) => [None, None],
            true => [Some(End::lowest(*factor)), None],
            false => [Some(End::Low), Some(End::High)],
        };
        (integers[position], ends)
    }
}

impl Term {
    /// What the term can be, or its product without the integer at `except`.
    fn interval(&self, integers: &[Integer], except: Option<usize>) -> Interval {
        let mut interval = Interval::single(self.factor);
        for (position, index) in self.integers.iter().enumerate() {
            if Some(position) != except {
                interval = interval.times(integers[*index].interval());
            }
        }
        interval
    }
}
