//! Against trying all values, on small random clauses.

use std::collections::BTreeSet;

use num_bigint::BigUint;

use super::{Literal, ModelCounter, TooMany};

const VARIABLES: u32 = 9;

/// Numbers that look random, the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u32) -> u32 {
        self.0 = (self.0)
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % below
    }

    fn clauses(&mut self) -> Vec<Vec<Literal>> {
        let count = 2 + self.roll(18);
        let clause = |dice: &mut Self| {
            let length = 1 + dice.roll(4).max(1);
            (0..length).map(|_| dice.roll(2 * VARIABLES)).collect()
        };
        (0..count).map(|_| clause(self)).collect()
    }
}

fn holds(literal: Literal, values: u32) -> bool {
    (values >> (literal >> 1)) & 1 == u32::from(literal & 1 == 0)
}

/// The different values that the variables told apart have in models with all `given`.
fn tried(told_apart: &[bool], clauses: &[Vec<Literal>], given: &[Literal]) -> usize {
    let told: u32 = (0..)
        .zip(told_apart)
        .map(|(it, told)| u32::from(*told) << it)
        .sum();
    let is_model = |values: &u32| {
        let satisfied = |it: &Vec<Literal>| it.iter().any(|it| holds(*it, *values));
        given.iter().all(|it| holds(*it, *values)) && clauses.iter().all(satisfied)
    };
    let models = (0..1_u32 << VARIABLES).filter(is_model);
    models.map(|it| it & told).collect::<BTreeSet<_>>().len()
}

#[test]
fn counts_are_those_of_trying_all_values() {
    let mut dice = Dice(7);
    let mut different = BTreeSet::new();
    for _ in 0..600 {
        let clauses = dice.clauses();
        let told_apart: Vec<bool> = (0..VARIABLES).map(|_| dice.roll(4) > 0).collect();
        let all = clauses.iter().map(Vec::as_slice);
        let mut counter = ModelCounter::new(told_apart.clone(), all);
        for _ in 0..4 {
            let given: Vec<Literal> = (0..dice.roll(3))
                .map(|_| dice.roll(2 * VARIABLES))
                .collect();
            let found = counter.count(&given, &mut 1_000_000);
            let number = tried(&told_apart, &clauses, &given);
            assert_eq!(found, Ok(BigUint::from(number)), "{clauses:?} {given:?}");
            different.insert(number);
        }
    }
    assert!(different.len() > 30, "{different:?}");
}

#[test]
fn effort_is_bounded_and_what_was_counted_is_remembered() {
    let clauses = Dice(3).clauses();
    let all = clauses.iter().map(Vec::as_slice);
    let mut counter = ModelCounter::new(vec![true; VARIABLES as usize], all);
    assert_eq!(counter.count(&[], &mut 1), Err(TooMany));
    let mut left = 1_000;
    let found = counter.count(&[], &mut left).map(|it| it.to_string());
    assert_eq!(found, Ok(tried(&[true; 9], &clauses, &[]).to_string()));
    assert!(left < 1_000);
    assert!(counter.count(&[], &mut 0).is_ok());
}
