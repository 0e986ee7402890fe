//! All explanations and all repairs.

use std::collections::BTreeSet;

use quotewright_engine::catalog::{AttributeIndex, Decisions, Value};
use quotewright_engine::configure::{Configurator, Conflict, Repair};

use crate::all::{All, Tally, configurator};
use crate::generator;
use crate::random::Random;

/// Models in a run of the tests.
const MODELS: u64 = 800;

/// A set of decisions, as a set of bits.
type Set = u32;

#[test]
fn all_explanations_and_all_repairs_are_found() {
    let mut tally = Tally::default();
    for seed in 0..MODELS {
        let model = generator::model(seed);
        let all = All::new(&model);
        if all.valid.is_empty() {
            continue;
        }
        let Some(mut configurator) = configurator(&model, &mut tally) else {
            continue;
        };
        let mut random = Random::new(seed);
        for _ in 0..3 {
            let decisions = all.decisions(&mut random);
            for attribute in model.indices() {
                for value in all.values(attribute) {
                    let case = Case::new(&all, &decisions, attribute, value);
                    case.explanations(&mut configurator, &mut tally);
                    case.repairs(&mut configurator, &mut tally);
                }
            }
        }
    }
    tally.print_and_check(&[
        "1 explanation",
        "2 explanations",
        "3 or more explanations",
        "explained without decisions",
        "explained by several decisions",
        "1 repair",
        "2 repairs",
        "3 or more repairs",
        "2 changes or more",
        "a decision is taken back",
    ]);
}

/// One value asked about.
struct Case<'a> {
    all: &'a All,
    decisions: Decisions,
    attribute: AttributeIndex,
    value: Value,
    /// All decisions but the one on the attribute.
    others: Vec<(AttributeIndex, Value)>,
    /// Sets of others without any one of which, but not with which, the value is possible.
    conflicts: BTreeSet<Set>,
    /// Minimal sets of others without which the value is possible.
    corrections: BTreeSet<Set>,
}

impl<'a> Case<'a> {
    fn new(all: &'a All, decisions: &Decisions, attribute: AttributeIndex, value: Value) -> Self {
        let others: Vec<_> = (decisions.iter())
            .filter(|it| *it.0 != attribute)
            .map(|(index, value)| (*index, *value))
            .collect();
        let every: Set = (1 << others.len()) - 1;
        let possible = |kept: Set| {
            let mut decisions: Decisions = members(kept).map(|it| others[it]).collect();
            decisions.insert(attribute, value);
            all.possible(&decisions)
        };
        let possible: Vec<bool> = (0..=every).map(possible).collect();
        let possible = |kept: Set| possible[kept as usize];
        let minimal = |set: &Set, wanted: &dyn Fn(Set) -> bool| {
            wanted(*set) && members(*set).all(|it| !wanted(set & !(1 << it)))
        };
        let sets = || 0..=every;
        let conflicts = sets().filter(|it| minimal(it, &|it| !possible(it)));
        let corrections = sets().filter(|it| minimal(it, &|it| possible(every & !it)));
        Self {
            all,
            decisions: decisions.clone(),
            attribute,
            value,
            conflicts: conflicts.collect(),
            corrections: corrections.collect(),
            others,
        }
    }

    fn set(&self, attributes: impl Iterator<Item = AttributeIndex>) -> Set {
        attributes.fold(0, |set, attribute| {
            let position = self.others.iter().position(|it| it.0 == attribute);
            set | 1 << position.unwrap()
        })
    }

    fn explanations(&self, configurator: &mut Configurator, tally: &mut Tally) {
        let ask = |configurator: &mut Configurator, limit| {
            configurator.explanations(&self.decisions, self.attribute, self.value, limit)
        };
        let found = ask(configurator, 100);
        let set = |it: &Conflict| self.set(it.decisions.iter().map(|it| it.0));
        let sets: BTreeSet<Set> = found.conflicts.iter().map(set).collect();
        assert_eq!(sets, self.conflicts, "explanations of {}", self.text());
        assert_eq!(sets.len(), found.conflicts.len());
        assert!(found.complete);
        let first = configurator.explain(&self.decisions, self.attribute, self.value);
        assert_eq!(found.conflicts.first(), first.as_ref());
        for conflict in &found.conflicts {
            let size = conflict.decisions.len();
            match size {
                0 => tally.count("explained without decisions"),
                1 => tally.count("explained by one decision"),
                _ => tally.count("explained by several decisions"),
            }
        }
        match sets.len() {
            0 => {}
            1 => tally.count("1 explanation"),
            2 => tally.count("2 explanations"),
            _ => tally.count("3 or more explanations"),
        }
        if sets.len() > 1 {
            let fewer = ask(configurator, sets.len() - 1);
            assert!(!fewer.complete);
            assert_eq!(fewer.conflicts, found.conflicts[..sets.len() - 1]);
        }
    }

    fn repairs(&self, configurator: &mut Configurator, tally: &mut Tally) {
        let found = configurator.repairs(&self.decisions, self.attribute, self.value, 100);
        let set = |it: &Repair| self.set(it.changes.iter().map(|it| it.attribute));
        let sets: Vec<Set> = found.repairs.iter().map(set).collect();
        let mut expected: Vec<Set> = self.corrections.iter().copied().collect();
        // Fewest first; of as many, what keeps the first decisions.
        expected.sort_by_key(|it| (it.count_ones(), it.reverse_bits()));
        assert_eq!(sets, expected, "repairs of {}", self.text());
        assert!(found.complete);
        for repair in &found.repairs {
            self.verify(configurator, repair, tally);
        }
        match sets.as_slice() {
            [] => tally.count("beyond repair"),
            [0] => {}
            [_] => tally.count("1 repair"),
            [_, _] => tally.count("2 repairs"),
            _ => tally.count("3 or more repairs"),
        }
        if sets.len() > 1 {
            let one = configurator.repairs(&self.decisions, self.attribute, self.value, 1);
            assert_eq!(
                (one.repairs.as_slice(), one.complete),
                (&found.repairs[..1], false)
            );
        }
    }

    /// The repair does what it says, and the rest is what deciding so would give.
    fn verify(&self, configurator: &mut Configurator, repair: &Repair, tally: &mut Tally) {
        let mut after = self.decisions.clone();
        after.insert(self.attribute, self.value);
        for change in &repair.changes {
            assert_eq!(self.decisions.get(&change.attribute), Some(&change.from));
            match change.to {
                Some(value) => after.insert(change.attribute, value),
                None => {
                    tally.count("a decision is taken back");
                    after.remove(&change.attribute)
                }
            };
        }
        assert!(self.all.possible(&after), "{repair:?} of {}", self.text());
        let configuration = configurator.configure(&after).unwrap();
        let values: Vec<_> = configuration.states.iter().map(|it| it.value).collect();
        assert_eq!(repair.result, values, "{repair:?} of {}", self.text());
        if repair.changes.len() > 1 {
            tally.count("2 changes or more");
        }
    }

    fn text(&self) -> String {
        let (model, decisions) = (&self.all.model.product, &self.decisions);
        format!(
            "model {model}: {:?} = {:?} with {decisions:?}",
            self.attribute, self.value
        )
    }
}

fn members(set: Set) -> impl Iterator<Item = usize> {
    (0..Set::BITS as usize).filter(move |it| set & (1 << it) != 0)
}
