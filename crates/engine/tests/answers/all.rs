//! All valid configurations of a small model, found by trying and checking every assignment.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeIndex, Decisions, Model, Value};
use quotewright_engine::configure::{Configurator, Unsupported, check};

use crate::random::Random;

/// Every valid configuration.
pub struct All {
    pub model: Model,
    pub valid: Vec<Vec<Value>>,
}

impl All {
    pub fn new(model: &Model) -> Self {
        let sizes: Vec<usize> = (model.attributes.iter())
            .map(|it| it.domain.size().unwrap())
            .collect();
        let mut valid = Vec::new();
        let mut positions = vec![0; sizes.len()];
        loop {
            valid.extend(assignment(model, &positions).filter(|it| check(model, it) == Ok(vec![])));
            let Some(place) = (0..sizes.len()).find(|it| positions[*it] + 1 < sizes[*it]) else {
                let model = model.clone();
                return Self { model, valid };
            };
            positions[place] += 1;
            positions[..place].fill(0);
        }
    }

    /// The configurations with the decisions.
    pub fn with<'a, 'd>(
        &'a self,
        decisions: &'d Decisions,
    ) -> impl Iterator<Item = &'a Vec<Value>> + use<'a, 'd> {
        (self.valid.iter())
            .filter(|it| decisions.iter().all(|(index, value)| it[index.0] == *value))
    }

    pub fn possible(&self, decisions: &Decisions) -> bool {
        self.with(decisions).next().is_some()
    }

    /// The values of an attribute, in its order.
    pub fn values(&self, attribute: AttributeIndex) -> Vec<Value> {
        let domain = &self.model.attributes[attribute.0].domain;
        (0..domain.size().unwrap())
            .map(|it| domain.value_at(it).unwrap())
            .collect()
    }

    /// Some decisions that go together.
    pub fn decisions(&self, random: &mut Random) -> Decisions {
        let configuration = random.pick(&self.valid);
        let pairs = self.model.indices().zip(configuration);
        pairs
            .filter(|(_, value)| *value != Value::Absent && !random.once_in(3))
            .collect()
    }
}

/// A configurator, unless the model holds what is not reasoned about.
pub fn configurator(model: &Model, tally: &mut Tally) -> Option<Configurator> {
    match Configurator::new(model.clone()) {
        Ok(configurator) => Some(configurator),
        Err(
            Unsupported::TooLarge { .. }
            | Unsupported::Construct { .. }
            | Unsupported::Preference { .. },
        ) => {
            tally.count("refused model");
            None
        }
        Err(other) => panic!("{other}"),
    }
}

/// `None` where another assignment stands for the same.
fn assignment(model: &Model, positions: &[usize]) -> Option<Vec<Value>> {
    let value = |(attribute, position): (usize, &usize)| {
        let attribute = &model.attributes[attribute];
        match attribute.part.is_some_and(|it| positions[it.0] == 0) {
            false => attribute.domain.value_at(*position),
            true => (*position == 0).then_some(Value::Absent),
        }
    };
    positions.iter().enumerate().map(value).collect()
}

/// How often something occurred.
#[derive(Default)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    pub fn count(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    /// Prints all; fails where one of `needed` never occurred.
    pub fn print_and_check(&self, needed: &[&str]) {
        println!("{:#?}", self.0);
        for what in needed {
            assert!(self.0.contains_key(what), "never: {what}");
        }
    }
}
