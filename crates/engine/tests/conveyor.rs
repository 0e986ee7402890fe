//! The sample conveyor: 200 random states, every impossible option repaired, and effects as they
//! are without what was known before.

#[path = "configure/random.rs"]
mod random;

use std::path::Path;

use quotewright_compiler::{CatalogSource, translate};
use quotewright_engine::catalog::{AttributeIndex, Decisions, Model, Value};
use quotewright_engine::configure::reasoner::{Answer, Atom, Question, Reasoner, SatReasoner};
use quotewright_engine::configure::{
    Configuration, Configurator, Domain, Effect, Possibility, Repair, check,
};

use random::Random;

const STATES: usize = 200;

#[test]
fn every_impossible_option_has_a_repair_that_works() {
    let model = conveyor();
    let mut configurator = Configurator::new(model.clone()).unwrap();
    let mut verifier = SatReasoner::new(model.clone()).unwrap();
    let mut random = Random::new(1);
    let mut decisions = Decisions::new();
    let (mut repaired, mut beyond) = (0, 0);
    for _ in 0..STATES {
        let configuration = configurator.configure(&decisions).unwrap();
        for (attribute, value) in impossible(&configuration) {
            match configurator.repair(&decisions, attribute, value) {
                Some(repair) => {
                    verify(
                        &model,
                        &mut verifier,
                        &decisions,
                        (attribute, value),
                        &repair,
                    );
                    repaired += 1;
                }
                None => {
                    let alone = Decisions::from([(attribute, value)]);
                    assert!(configurator.configure(&alone).is_err());
                    beyond += 1;
                }
            }
        }
        decide(&mut configurator, &model, &mut decisions, &mut random);
    }
    println!("{STATES} states: {repaired} repairs work, {beyond} options beyond repair");
    assert!(repaired > STATES);
}

#[test]
fn what_was_worked_out_before_changes_no_effect() {
    let model = conveyor();
    let mut configurator = Configurator::new(model.clone()).unwrap();
    let mut other = Configurator::new(model.clone()).unwrap();
    let mut random = Random::new(2);
    let mut decisions = Decisions::new();
    let attributes: Vec<AttributeIndex> = model.indices().collect();
    let mut told = 0;
    for _ in 0..STATES {
        configurator.configure(&decisions).unwrap();
        let all: Vec<Vec<Effect>> = (attributes.iter())
            .map(|it| configurator.effects(&decisions, *it))
            .collect();
        let attribute = random.pick(&attributes);
        for effect in &all[attribute.0] {
            let mut after = decisions.clone();
            after.insert(attribute, effect.value);
            let expected = other.configure(&after).ok();
            let expected = expected.map(|it| it.states.iter().map(|it| it.value).collect());
            assert_eq!(effect.result, expected, "{after:?}");
            told += usize::from(effect.result.is_some());
        }
        decide(&mut configurator, &model, &mut decisions, &mut random);
    }
    assert!(told > STATES);
}

fn conveyor() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/conveyor");
    let catalog = translate(&CatalogSource::read(&folder).unwrap()).catalog;
    catalog.unwrap().models.remove(0)
}

fn impossible(configuration: &Configuration) -> Vec<(AttributeIndex, Value)> {
    let mut found = Vec::new();
    for (index, state) in configuration.states.iter().enumerate() {
        if let Domain::Options(options) = &state.domain {
            let no = (0..options.len()).filter(|it| options[*it] == Possibility::Impossible);
            found.extend(no.map(|it| (AttributeIndex(index), Value::Option(it))));
        }
    }
    found
}

/// The repair has the value and the decisions that it did not change, and can be
/// completed to an assignment that evaluation alone finds valid.
fn verify(
    model: &Model,
    verifier: &mut SatReasoner,
    decisions: &Decisions,
    (attribute, value): (AttributeIndex, Value),
    repair: &Repair,
) {
    let mut after = decisions.clone();
    for change in &repair.changes {
        match change.to {
            Some(to) => after.insert(change.attribute, to),
            None => after.remove(&change.attribute),
        };
    }
    after.insert(attribute, value);
    for (decided, value) in &after {
        assert_eq!(repair.result[decided.0], Some(*value));
    }
    let atoms: Vec<Atom> = (model.indices().zip(&repair.result))
        .filter_map(|(index, value)| {
            let position = model.attributes[index.0].domain.position_of((*value)?)?;
            Some(Atom::is(index, position))
        })
        .collect();
    let question = Question {
        atoms: &atoms,
        constraints: None,
        effort: None,
    };
    let Answer::Possible(witness) = verifier.ask(&question) else {
        panic!("{repair:?} of {value:?} in {decisions:?} does not work");
    };
    assert!(atoms.iter().all(|it| it.holds(&witness)));
    let values: Vec<Value> = (model.attributes.iter().zip(&witness))
        .map(|(attribute, position)| attribute.domain.value_at(*position))
        .map(|value| value.unwrap_or(Value::Absent))
        .collect();
    assert_eq!(check(model, &values), Ok(Vec::new()));
}

/// One possible decision more or another one; now and then one less.
fn decide(
    configurator: &mut Configurator,
    model: &Model,
    decisions: &mut Decisions,
    random: &mut Random,
) {
    if decisions.len() > 9 {
        decisions.clear();
    } else if random.once_in(5) {
        decisions.pop_first();
    }
    let attributes: Vec<AttributeIndex> = model.indices().collect();
    for _ in 0..20 {
        let attribute = random.pick(&attributes);
        let domain = &model.attributes[attribute.0].domain;
        let last = domain.size().unwrap() as i64 - 1;
        let value = domain.value_at(random.within(0, last) as usize).unwrap();
        if configurator.possible(decisions, attribute, value) {
            decisions.insert(attribute, value);
            return;
        }
    }
}
