//! Every answer of the configurator compared with brute force.

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Constraint, Decisions, Model, Value,
};
use quotewright_engine::configure::reasoner::SatReasoner;
use quotewright_engine::configure::{
    AttributeState, Configuration, Configurator, Conflict, Domain, Origin, Possibility,
    Unsupported, check,
};
use rust_decimal::Decimal;

use crate::brute::{Brute, Choices};
use crate::census::Census;
use crate::generator;
use crate::random::Random;

/// Models in a run of the tests.
const MODELS: u64 = 2_100;

#[test]
fn every_answer_is_that_of_brute_force() {
    let mut census = Census::default();
    let mut refused = 0;
    for seed in 0..MODELS {
        let model = generator::model(seed);
        census.model(&model);
        let mut configurator = match configurator(&model, seed) {
            Ok(configurator) => configurator,
            Err(Unsupported::TooLarge { .. } | Unsupported::Construct { .. }) => {
                refused += 1;
                continue;
            }
            Err(other) => panic!("model {seed}: {other}\n{model:#?}"),
        };
        if let Err(difference) = compare(&mut configurator, seed, &mut census) {
            panic!("model {seed}: {difference}\n{model:#?}");
        }
    }
    println!("{refused} models refused");
    assert!(refused < MODELS / 50, "{refused} models refused");
    census.print_and_check();
}

/// Every other model is left to the solver, also where a join tree would do.
fn configurator(model: &Model, seed: u64) -> Result<Configurator, Unsupported> {
    if seed.is_multiple_of(2) {
        return Configurator::new(model.clone());
    }
    let solver = SatReasoner::new(model.clone())?;
    Ok(Configurator::with_reasoner(model.clone(), Box::new(solver)))
}

/// What differs, if anything.
pub type Compared = Result<(), String>;

/// Fails with what was compared, unless `holds`.
fn ensure(holds: bool, what: impl FnOnce() -> String) -> Compared {
    if holds { Ok(()) } else { Err(what()) }
}

/// Compares all answers about some random decisions.
pub fn compare(configurator: &mut Configurator, seed: u64, census: &mut Census) -> Compared {
    let brute = Brute::new(configurator.model());
    checks(&brute)?;
    let mut random = Random::new(seed ^ 0x5EED);
    let mut choices = Choices::new();
    for _ in 0..5 {
        let mut case = Case {
            brute: &brute,
            configurator,
            census,
            choices: &choices,
            random: &mut random,
        };
        case.compare()
            .map_err(|it| format!("{it}, decided {choices:?}"))?;
        choices = next_choices(&brute, &choices, &mut random);
    }
    Ok(())
}

/// One decision more, another, or one less; mostly such that they go together.
fn next_choices(brute: &Brute, choices: &Choices, random: &mut Random) -> Choices {
    let mut next = choices.clone();
    if random.once_in(4)
        && let Some(any) = choices.keys().next()
    {
        next.remove(any);
    }
    for _ in 0..random.within(1, 2) {
        let attribute = random.below(brute.sizes.len());
        next.remove(&attribute);
        let possible = brute.domain(&next, attribute);
        let position = if possible.is_empty() || random.once_in(8) {
            random.below(brute.sizes[attribute])
        } else {
            random.pick(&possible)
        };
        next.insert(attribute, position);
    }
    next
}

/// The checker finds exactly the broken constraints of every assignment.
fn checks(brute: &Brute) -> Compared {
    for (positions, broken) in &brute.all {
        let expected: Vec<Constraint> = (brute.constraints.iter().enumerate())
            .filter(|(position, _)| broken & (1 << position) != 0)
            .map(|(_, constraint)| *constraint)
            .collect();
        let found = check(&brute.model, &brute.values(positions));
        ensure(found.as_ref() == Ok(&expected), || {
            format!("check {positions:?}: {found:?}, not {expected:?}")
        })?;
    }
    Ok(())
}

struct Case<'a> {
    brute: &'a Brute,
    configurator: &'a mut Configurator,
    census: &'a mut Census,
    choices: &'a Choices,
    random: &'a mut Random,
}

impl Case<'_> {
    fn decisions(&self) -> Decisions {
        decisions(self.brute, self.choices)
    }

    fn compare(&mut self) -> Compared {
        let decisions = self.decisions();
        match self.configurator.configure(&decisions) {
            Ok(configuration) => {
                let possible = self.brute.possible(self.choices);
                ensure(possible, || "decisions accepted that conflict".into())?;
                self.states(&configuration)?;
                self.step_by_step(&configuration)?;
            }
            Err(conflict) => {
                let kind = match self.choices.is_empty() {
                    true => "answer: no configuration at all",
                    false => "answer: conflicting decisions",
                };
                self.census.count(kind);
                self.conflict(&conflict, self.choices, &|_| true)?;
            }
        }
        for attribute in 0..self.brute.sizes.len() {
            for position in 0..self.brute.sizes[attribute] {
                self.value(attribute, position)?;
            }
            self.nearest(attribute)?;
        }
        Ok(())
    }

    fn states(&mut self, configuration: &Configuration) -> Compared {
        let expected = self.brute.completion(self.choices);
        let mut shown = Choices::new();
        let mut all = Vec::new();
        for (attribute, state) in configuration.states.iter().enumerate() {
            self.domain(attribute, &state.domain, true)?;
            let value = expected[attribute].map(|it| self.brute.value(attribute, it));
            ensure(state.value == value, || {
                format!("attribute {attribute} has {:?}, not {value:?}", state.value)
            })?;
            self.origin(attribute, state)?;
            shown.extend(expected[attribute].map(|it| (attribute, it)));
            all.extend(state.value);
        }
        ensure(self.brute.possible(&shown), || {
            "values do not go together".into()
        })?;
        if all.len() == expected.len() {
            let broken = check(&self.brute.model, &all);
            ensure(broken == Ok(Vec::new()), || {
                format!("complete, but {broken:?}")
            })?;
        }
        Ok(())
    }

    fn origin(&mut self, attribute: usize, state: &AttributeState) -> Compared {
        let possible = self.brute.outcomes(self.choices, attribute);
        if state.value == Some(Value::Absent) {
            self.census.count("value: absent");
        }
        let origin = match (self.choices.contains_key(&attribute), &state.value) {
            (true, _) => Origin::Decided,
            (false, _) if possible.len() == 1 => Origin::Follows,
            (false, Some(_)) => Origin::Suggested,
            (false, None) => Origin::Open,
        };
        match origin {
            Origin::Follows => self.census.count("value: follows"),
            Origin::Suggested => self.census.count("value: suggested"),
            Origin::Open if self.brute.model.attributes[attribute].wish.is_some() => {
                self.census.count("value: wish not granted");
            }
            Origin::Open => self.census.count("value: open"),
            Origin::Decided => {}
        }
        ensure(state.origin == origin, || {
            format!(
                "attribute {attribute} is {:?}, not {origin:?}",
                state.origin
            )
        })?;
        if origin == Origin::Follows {
            let why = self
                .configurator
                .why(&self.decisions(), AttributeIndex(attribute));
            let why = why.ok_or_else(|| format!("attribute {attribute}: no reason why"))?;
            self.conflict(&why, self.choices, &|it| it[attribute] != possible[0])?;
        }
        Ok(())
    }

    /// The domain is right; where it says nothing yet, it must be `partial`.
    fn domain(&mut self, attribute: usize, domain: &Domain, complete: bool) -> Compared {
        let mut others = self.choices.clone();
        others.remove(&attribute);
        let possible = self.brute.domain(&others, attribute);
        let right = match domain {
            Domain::Options(options) => {
                options.len() == self.brute.sizes[attribute]
                    && options.iter().enumerate().all(|(position, it)| match it {
                        Possibility::Possible => possible.contains(&position),
                        Possibility::Impossible => !possible.contains(&position),
                        Possibility::Unknown => !complete,
                    })
            }
            Domain::Number { min, max } => {
                let ends = [(min, possible.first()), (max, possible.last())];
                ends.into_iter().all(|(end, expected)| {
                    let expected = expected.map(|it| self.brute.value(attribute, *it));
                    match end {
                        Some(end) => expected == Some(Value::Number(*end)),
                        None => !complete || expected.is_none(),
                    }
                })
            }
        };
        ensure(right, || {
            format!("attribute {attribute}: {domain:?}, possible is {possible:?}")
        })
    }

    /// Worked out bit by bit, nothing is ever wrong and the end is the same.
    fn step_by_step(&mut self, configuration: &Configuration) -> Compared {
        let decisions = self.decisions();
        let begun = self.configurator.begin(&decisions);
        ensure(begun.is_ok(), || "decisions refused the second time".into())?;
        loop {
            let done = self.configurator.advance(1);
            let snapshot = self.configurator.snapshot();
            for (attribute, state) in snapshot.states.iter().enumerate() {
                self.domain(attribute, &state.domain, done)?;
            }
            if done {
                return ensure(snapshot == *configuration, || {
                    "another end bit by bit".into()
                });
            }
        }
    }

    fn value(&mut self, attribute: usize, position: usize) -> Compared {
        let (index, value) = (
            AttributeIndex(attribute),
            self.brute.value(attribute, position),
        );
        let decisions = self.decisions();
        let mut wanted = self.choices.clone();
        wanted.insert(attribute, position);
        let possible = self.brute.possible(&wanted);
        let what = || format!("attribute {attribute} position {position}");
        let found = self.configurator.possible(&decisions, index, value);
        ensure(found == possible, || {
            format!("{}: possible {found}", what())
        })?;
        match self.configurator.explain(&decisions, index, value) {
            None => ensure(possible, || format!("{}: no explanation", what()))?,
            Some(conflict) => {
                let mut others = self.choices.clone();
                others.remove(&attribute);
                self.conflict(&conflict, &others, &|it| it[attribute] == position)
                    .map_err(|it| format!("{}: {it}", what()))?;
            }
        }
        self.census.count(match possible {
            true => "answer: possible value",
            false => "answer: impossible value",
        });
        self.repair(attribute, position, possible)
            .map_err(|it| format!("{}: {it}", what()))
    }

    /// The one conflict that the order of the catalog picks: nothing in it can be left out.
    fn conflict(
        &mut self,
        conflict: &Conflict,
        choices: &Choices,
        wanted: &dyn Fn(&[usize]) -> bool,
    ) -> Compared {
        let brute = self.brute;
        let possible = |choices: &Choices| brute.solutions(choices).any(wanted);
        ensure(!possible(choices), || "explained, but possible".into())?;
        let mut kept = choices.clone();
        for attribute in choices.keys().rev() {
            let mut rest = kept.clone();
            rest.remove(attribute);
            if !possible(&rest) {
                kept = rest;
            }
        }
        let mut asked = u64::MAX;
        for position in (0..brute.constraints.len()).rev() {
            let rest = asked & !(1 << position);
            if !brute.asked(&kept, rest).any(wanted) {
                asked = rest;
            }
        }
        let constraints: Vec<Constraint> = (brute.constraints.iter().enumerate())
            .filter(|(position, _)| asked & (1 << position) != 0)
            .map(|(_, constraint)| *constraint)
            .collect();
        if kept.len() > 1 {
            self.census
                .count("answer: explained by two decisions or more");
        }
        if constraints.len() > 1 {
            self.census
                .count("answer: explained by two constraints or more");
        }
        let expected = Conflict {
            decisions: decisions(brute, &kept).into_iter().collect(),
            constraints,
        };
        ensure(*conflict == expected, || {
            format!("{conflict:?}, not {expected:?}")
        })
    }

    fn repair(&mut self, attribute: usize, position: usize, possible: bool) -> Compared {
        let value = self.brute.value(attribute, position);
        let decided = self.decisions();
        let repair = self
            .configurator
            .repair(&decided, AttributeIndex(attribute), value);
        let Some(repair) = repair else {
            self.census.count("answer: beyond repair");
            let alone = Choices::from([(attribute, position)]);
            return ensure(!self.brute.possible(&alone), || "no repair".into());
        };
        let mut after = self.choices.clone();
        after.insert(attribute, position);
        let mut kept = after.clone();
        let mut taken_back = Vec::new();
        for change in &repair.changes {
            let to = change
                .to
                .and_then(|it| self.position(change.attribute.0, it));
            let honest = decided.get(&change.attribute) == Some(&change.from)
                && change.attribute.0 != attribute;
            ensure(honest, || format!("{change:?} was not decided so"))?;
            after.remove(&change.attribute.0);
            kept.remove(&change.attribute.0);
            match to {
                Some(to) => _ = after.insert(change.attribute.0, to),
                None => taken_back.push(change.attribute.0),
            }
        }
        for attribute in taken_back {
            let nothing = self.brute.domain(&after, attribute).is_empty();
            ensure(nothing, || format!("{attribute} taken back for nothing"))?;
        }
        ensure(possible == repair.changes.is_empty(), || {
            "wrong need of changes".into()
        })?;
        ensure(self.brute.possible(&after), || {
            format!("repair fails: {repair:?}")
        })?;
        for change in &repair.changes {
            let mut one_less = kept.clone();
            one_less.insert(change.attribute.0, self.choices[&change.attribute.0]);
            let needed = !self.brute.possible(&one_less);
            ensure(needed, || format!("needless {change:?}"))?;
        }
        match repair.changes.len() {
            0 => {}
            1 => self.census.count("answer: repaired by one change"),
            _ => {
                self.census.count("answer: repaired by two changes or more");
                self.one_is_not_enough(attribute, position)?;
            }
        }
        let expected: Vec<Option<Value>> = (self.brute.completion(&after).iter().enumerate())
            .map(|(attribute, it)| it.map(|it| self.brute.value(attribute, it)))
            .collect();
        ensure(repair.result == expected, || {
            format!("{repair:?}, not {expected:?}")
        })
    }

    fn one_is_not_enough(&self, attribute: usize, position: usize) -> Compared {
        for changed in self.choices.keys() {
            let mut rest = self.choices.clone();
            rest.remove(changed);
            rest.insert(attribute, position);
            let enough = *changed != attribute && self.brute.possible(&rest);
            ensure(!enough, || {
                format!("changing {changed} would have been enough")
            })?;
        }
        Ok(())
    }

    fn position(&self, attribute: usize, value: Value) -> Option<usize> {
        (0..self.brute.sizes[attribute]).find(|it| self.brute.value(attribute, *it) == value)
    }

    fn nearest(&mut self, attribute: usize) -> Compared {
        let AttributeDomain::Number(range) = &self.brute.model.attributes[attribute].domain else {
            return Ok(());
        };
        let span = range.max - range.min + Decimal::TWO;
        let part = Decimal::from(self.random.below(41)) / Decimal::from(40);
        let number = range.min - Decimal::ONE + span * part;
        let found = self
            .configurator
            .nearest(&self.decisions(), AttributeIndex(attribute), number);
        let mut others = self.choices.clone();
        others.remove(&attribute);
        let domain = self.brute.domain(&others, attribute);
        if domain.windows(2).any(|pair| pair[0] + 1 < pair[1]) {
            self.census.count("answer: hole between two numbers");
        }
        let possible: Vec<Decimal> = (domain.into_iter())
            .filter_map(|it| match self.brute.value(attribute, it) {
                Value::Number(number) => Some(number),
                Value::Option(_) | Value::Absent => None,
            })
            .collect();
        let below = possible.iter().rev().find(|it| **it < number).copied();
        let above = possible.iter().find(|it| **it > number).copied();
        if below.is_some() && above.is_some() {
            self.census.count("answer: nearest number");
        }
        ensure(found.below == below && found.above == above, || {
            format!("attribute {attribute} near {number}: {found:?}, not {below:?} and {above:?}")
        })
    }
}

fn decisions(brute: &Brute, choices: &Choices) -> Decisions {
    (choices.iter())
        .map(|(attribute, position)| {
            (
                AttributeIndex(*attribute),
                brute.value(*attribute, *position),
            )
        })
        .collect()
}
