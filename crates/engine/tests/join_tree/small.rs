use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Condition, Constraint, Decisions, Formula, Model,
};
use quotewright_engine::configure::join_tree::{JoinTree, TreeReasoner};
use quotewright_engine::configure::reasoner::{
    Answer, Atom, Question, Reasoner as _, Relation, SatReasoner,
};
use quotewright_engine::configure::{Configurator, Goal};

use crate::brute::Brute;
use crate::generator;
use crate::random::Random;

const MODELS: u64 = 600;
const STATES: usize = 6;

#[test]
fn every_answer_is_what_brute_force_finds() {
    let mut checked = [0; 2];
    for seed in 1..=MODELS {
        let mut random = Random(seed);
        let model = generator::model(&mut random);
        let brute = Brute::new(&model);
        let tree = JoinTree::compile(&model).expect("small models fit");
        let bytes = serde_json::to_vec(&tree).expect("serializes");
        let tree: JoinTree = serde_json::from_slice(&bytes).expect("reads what it wrote");
        let mut reasoner = TreeReasoner::new(model.clone(), tree).expect("of this model");
        for _ in 0..STATES {
            let atoms = atoms(&brute, &mut random);
            let state = format!("seed {seed}, {atoms:?}");
            let possible = ask(&brute, &mut reasoner, &atoms, &state);
            checked[usize::from(possible)] += 1;
            sweep(&brute, &mut reasoner, &atoms, &state);
            shares(&brute, &mut reasoner, &atoms, &state);
            cheapest(&brute, &mut reasoner, &atoms, &mut random, &state);
            subset(&model, &brute, &mut reasoner, &atoms, &mut random, &state);
        }
    }
    println!(
        "{} impossible and {} possible states",
        checked[0], checked[1]
    );
    assert!(checked.iter().all(|it| *it > 100), "{checked:?}");
}

/// Some atoms of any kind.
fn atoms(brute: &Brute, random: &mut Random) -> Vec<Atom> {
    (0..random.below(4))
        .map(|_| {
            let attribute = random.below(brute.sizes.len());
            Atom {
                attribute: AttributeIndex(attribute),
                relation: match random.below(6) {
                    0 => Relation::IsNot,
                    1 => Relation::AtMost,
                    2 => Relation::AtLeast,
                    _ => Relation::Is,
                },
                position: random.below(brute.sizes[attribute]),
            }
        })
        .collect()
}

fn ask(brute: &Brute, reasoner: &mut TreeReasoner, atoms: &[Atom], state: &str) -> bool {
    let question = Question {
        atoms,
        constraints: None,
        effort: None,
    };
    match reasoner.ask(&question) {
        Answer::Possible(witness) => {
            let found = brute.solutions(atoms).any(|it| **it == *witness);
            assert!(found, "{state}: {witness:?}");
            true
        }
        Answer::Impossible(core) => {
            let blamed: Vec<Atom> = core.atoms.iter().map(|it| atoms[*it]).collect();
            assert_eq!(brute.solutions(&blamed).count(), 0, "{state}: {core:?}");
            false
        }
        Answer::Unknown => panic!("{state}: unknown"),
    }
}

/// The atoms on all other attributes.
fn others(atoms: &[Atom], attribute: usize) -> Vec<Atom> {
    let other = |it: &Atom| it.attribute.0 != attribute;
    atoms.iter().copied().filter(other).collect()
}

fn sweep(brute: &Brute, reasoner: &mut TreeReasoner, atoms: &[Atom], state: &str) {
    let swept = reasoner.sweep(atoms).expect("a join tree sweeps");
    for (attribute, possible) in swept.iter().enumerate() {
        let mut expected = vec![false; brute.sizes[attribute]];
        for it in brute.solutions(&others(atoms, attribute)) {
            expected[brute.place(attribute, it[attribute])] = true;
        }
        assert_eq!(*possible, expected, "{state}: attribute {attribute}");
    }
}

fn shares(brute: &Brute, reasoner: &mut TreeReasoner, atoms: &[Atom], state: &str) {
    let total = brute.solutions(atoms).count();
    assert_eq!(reasoner.count(atoms), total.into(), "{state}");
    let shares = reasoner.shares(atoms);
    assert_eq!(shares.total, total.into(), "{state}");
    for (attribute, with) in shares.with.iter().enumerate() {
        let mut expected = vec![0_usize; brute.sizes[attribute]];
        for it in brute.solutions(&others(atoms, attribute)) {
            expected[brute.place(attribute, it[attribute])] += 1;
        }
        let expected: Vec<_> = expected.into_iter().map(Into::into).collect();
        assert_eq!(*with, expected, "{state}: attribute {attribute}");
    }
}

fn cheapest(
    brute: &Brute,
    reasoner: &mut TreeReasoner,
    atoms: &[Atom],
    random: &mut Random,
    state: &str,
) {
    let costs: Vec<Vec<i64>> = (brute.sizes.iter())
        .map(|size| (0..*size).map(|_| random.below(9) as i64 - 4).collect())
        .collect();
    let cost = |it: &[usize]| -> i64 {
        let each = it.iter().enumerate();
        each.map(|(attribute, at)| costs[attribute][brute.place(attribute, *at)])
            .sum()
    };
    let expected = brute.solutions(atoms).map(|it| cost(it)).min();
    let found = reasoner.cheapest(atoms, &costs);
    assert_eq!(found.as_ref().map(|it| it.0), expected, "{state}");
    if let Some((least, witness)) = found {
        assert_eq!(cost(&witness), least, "{state}");
        assert!(brute.solutions(atoms).any(|it| **it == *witness), "{state}");
        let mut only = reasoner.only_cheapest(atoms, &costs).expect("there is one");
        let swept = only.sweep(&[]).expect("a join tree sweeps");
        for (attribute, possible) in swept.iter().enumerate() {
            let mut expected = vec![false; brute.sizes[attribute]];
            for it in brute.solutions(atoms).filter(|it| cost(it) == least) {
                expected[brute.place(attribute, it[attribute])] = true;
            }
            assert_eq!(*possible, expected, "{state}: attribute {attribute}");
        }
    }
}

/// Some constraints only, with their cores.
fn subset(
    model: &Model,
    brute: &Brute,
    reasoner: &mut TreeReasoner,
    atoms: &[Atom],
    random: &mut Random,
    state: &str,
) {
    let kinds = [
        (0..model.rules.len())
            .map(Constraint::Rule)
            .collect::<Vec<_>>(),
        (0..model.tables.len()).map(Constraint::Table).collect(),
        (0..model.relations.len())
            .map(Constraint::Relation)
            .collect(),
    ];
    let some: Vec<Constraint> = (kinds.concat().into_iter())
        .filter(|_| !random.once_in(3))
        .collect();
    let question = Question {
        atoms,
        constraints: Some(&some),
        effort: None,
    };
    match reasoner.ask(&question) {
        Answer::Possible(witness) => {
            let mut solutions = brute.solutions_of(atoms, Some(&some));
            assert!(solutions.any(|it| **it == *witness), "{state}: {some:?}");
        }
        Answer::Impossible(core) => {
            let blamed: Vec<Constraint> = core.constraints.iter().map(|it| some[*it]).collect();
            let left = brute.solutions_of(atoms, Some(&blamed)).count();
            assert_eq!(left, 0, "{state}: {blamed:?} of {some:?}");
        }
        Answer::Unknown => panic!("{state}: unknown"),
    }
}

fn solver(model: &Model) -> Configurator {
    let reasoner = SatReasoner::new(model.clone()).expect("small models are supported");
    Configurator::with_reasoner(model.clone(), Box::new(reasoner))
}

/// Something for some options.
fn price(model: &Model, random: &mut Random) -> Formula {
    let mut parts = Vec::new();
    for attribute in model.indices() {
        if let AttributeDomain::Options(all) = &model.attributes[attribute.0].domain {
            for option in 0..all.options.len() {
                let options = vec![option];
                let amount = Formula::Constant((random.below(4) as u64).into());
                let chosen = Condition::Is { attribute, options };
                parts.push(Formula::Where(Box::new(chosen), Box::new(amount)));
            }
        }
    }
    Formula::Sum(parts)
}

/// Answers are canonical: whatever the buyer sees, two reasoners agree on it.
#[test]
fn a_configurator_says_the_same_with_either_reasoner() {
    let mut explained = 0;
    for seed in 1..=MODELS / 3 {
        let mut random = Random(seed);
        let model = generator::model(&mut random);
        let tree = JoinTree::compile(&model).expect("small models fit");
        let tree = TreeReasoner::new(model.clone(), tree).expect("of this model");
        let mut one = Configurator::with_reasoner(model.clone(), Box::new(tree));
        let mut other = solver(&model);
        let mut decisions = Decisions::new();
        for attribute in model.indices() {
            let (left, right) = (one.configure(&decisions), other.configure(&decisions));
            assert_eq!(left, right, "seed {seed}, {decisions:?}");
            let goal = Goal::Minimize(price(&model, &mut random));
            let (left, right) = (
                one.complete(&decisions, &goal),
                other.complete(&decisions, &goal),
            );
            assert_eq!(left, right, "seed {seed}, {decisions:?}, {goal:?}");
            let domain = &model.attributes[attribute.0].domain;
            for value in (0..domain.size().unwrap_or(0)).filter_map(|it| domain.value_at(it)) {
                let left = one.explain(&decisions, attribute, value);
                let right = other.explain(&decisions, attribute, value);
                explained += usize::from(left.is_some());
                assert_eq!(
                    left, right,
                    "seed {seed}, {decisions:?}, {attribute:?} {value:?}"
                );
                if left.is_none() && random.once_in(2) {
                    decisions.insert(attribute, value);
                }
            }
        }
    }
    println!("{explained} explanations");
    assert!(explained > 100, "only {explained} explanations");
}
