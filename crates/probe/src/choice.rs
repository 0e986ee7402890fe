//! What a buyer who clicks at random chooses. By 32 bits on every platform: with positions as
//! wide as the platform's words, a browser and a host would choose differently.

use fastrand::Rng;
use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Decisions, Value};
use quotewright_engine::configure::{Configuration, Configurator, Domain, Possibility};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// One click in so many takes a decision back.
const TAKEN_BACK: u32 = 8;

/// Nobody orders more at once.
const MOST_PIECES: u32 = 30;

/// Seeded chance.
pub struct Chance(Rng);

impl Chance {
    /// The same clicks for the same seed.
    pub fn new(seed: u32) -> Self {
        Self(Rng::with_seed(seed.into()))
    }

    /// Now and then, the decision to take back.
    pub fn takes_back(&mut self, decided: &[AttributeIndex]) -> Option<AttributeIndex> {
        (self.0.u32(..TAKEN_BACK) == 0)
            .then(|| self.pick(decided))
            .flatten()
    }

    /// How many pieces are to be priced.
    pub fn quantity(&mut self) -> u32 {
        self.0.u32(1..=MOST_PIECES)
    }

    /// One of `items`.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        let count = u32::try_from(items.len()).ok().filter(|&count| count > 0)?;
        let place = usize::try_from(self.0.u32(..count)).ok()?;
        items.get(place).copied()
    }

    /// A value of `attribute` that is possible; of a number where the one hit upon is not,
    /// the next one.
    pub fn value(
        &mut self,
        configurator: &mut Configurator,
        decisions: &Decisions,
        attribute: AttributeIndex,
        domain: &Domain,
    ) -> Option<Value> {
        let (min, max) = match domain {
            Domain::Options(options) => {
                let possible = positions(options, Possibility::Possible);
                return self.pick(&possible).map(Value::Option);
            }
            Domain::Number { min, max } => ((*min)?, (*max)?),
        };
        let AttributeDomain::Number(range) = &configurator.model().attribute(attribute)?.domain
        else {
            return None;
        };
        let steps = ((max - min) / range.step).to_u32().unwrap_or_default();
        let number = min + range.step * Decimal::from(self.0.u32(..=steps));
        if configurator.possible(decisions, attribute, Value::Number(number)) {
            return Some(Value::Number(number));
        }
        let nearest = configurator.nearest(decisions, attribute, number);
        nearest.below.or(nearest.above).map(Value::Number)
    }

    /// One of the values that are shown as impossible.
    pub fn impossible(&mut self, shown: &Configuration) -> Option<(AttributeIndex, Value)> {
        let options = |(index, domain): (usize, &Domain)| match domain {
            Domain::Options(options) => positions(options, Possibility::Impossible)
                .into_iter()
                .map(|option| (AttributeIndex(index), Value::Option(option)))
                .collect(),
            Domain::Number { .. } => Vec::new(),
        };
        let domains = shown.states.iter().map(|state| &state.domain);
        let impossible: Vec<_> = domains.enumerate().flat_map(options).collect();
        self.pick(&impossible)
    }
}

/// Where in `options` it says `wanted`.
fn positions(options: &[Possibility], wanted: Possibility) -> Vec<usize> {
    let matches = |(index, &found): (usize, &Possibility)| (found == wanted).then_some(index);
    options.iter().enumerate().filter_map(matches).collect()
}
