//! Sums of products of integers, kept within a limit by moving bounds.

use batsat::Lit;

use super::integer::{Bound, Integer, Reasons};
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
    pub queued: bool,
    terms: Vec<Term>,
    limit: i64,
    /// (term, position in the term) of every integer in the sum.
    places: Vec<(usize, usize)>,
    /// For each term, whether one end of each of its integers explains its smallest
    /// value: so it is where there is only one, or none is ever negative.
    one_sided: Vec<bool>,
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
        let all_of = |(term, it): (usize, &Term)| {
            (0..it.integers.len())
                .map(|position| (term, position))
                .collect::<Vec<_>>()
        };
        let places = terms.iter().enumerate().flat_map(all_of).collect();
        let plain = |it: &IntegerIndex| integers[*it].never_negative();
        let one_sided =
            (terms.iter()).map(|it| it.integers.len() == 1 || it.integers.iter().all(plain));
        Self {
            condition,
            queued: false,
            one_sided: one_sided.collect(),
            terms,
            limit,
            places,
        }
    }

    /// The integers in the sum, each as often as it occurs.
    pub fn integers(&self) -> impl Iterator<Item = IntegerIndex> {
        self.terms.iter().flat_map(|it| it.integers.iter().copied())
    }

    /// How many times an integer occurs.
    pub fn places(&self) -> usize {
        self.places.len()
    }

    /// What is left when every term is at its smallest, below zero when the sum is
    /// broken; `None` when it holds whatever happens.
    pub fn slack(&self, integers: &[Integer]) -> Option<i64> {
        let (mut low, mut high) = (0, 0);
        for term in &self.terms {
            let interval = term.interval(integers, None);
            low += interval.low;
            high += interval.high;
        }
        (high > self.limit).then_some(self.limit - low)
    }

    /// What follows for the integer at `place`, if that is news.
    pub fn consequence(
        &self,
        place: usize,
        slack: i64,
        integers: &[Integer],
    ) -> Option<Consequence> {
        let (term, position) = self.places[place];
        let term = &self.terms[term];
        let index = term.integers[position];
        let it = &integers[index];
        let weight = term.interval(integers, Some(position));
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

    /// Adds the literals behind the sum's smallest value, where possible without those
    /// of the integer at `except`: that one is what is being concluded about.
    pub fn explain(
        &self,
        integers: &[Integer],
        reasons: &Reasons,
        except: Option<usize>,
        because: &mut Vec<Lit>,
    ) {
        let mut add = |bound: Bound| because.extend_from_slice(reasons.literals(bound.reason));
        for (place, (term, position)) in self.places.iter().enumerate() {
            let one_sided = self.one_sided[*term];
            if one_sided && Some(place) == except {
                continue;
            }
            let integer = &integers[self.terms[*term].integers[*position]];
            if !one_sided || self.terms[*term].factor > 0 {
                add(integer.low);
            }
            if !one_sided || self.terms[*term].factor < 0 {
                add(integer.high);
            }
        }
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
