//! Effects, preferences and optima.

use quotewright_engine::catalog::{
    Aim, Assignment, AttributeDomain, AttributeIndex, Condition, Decisions, Formula, Model,
    PartialAssignment, Preference, Text, Value, Wish,
};
use quotewright_engine::configure::{Configurator, Goal, Proof};
use rust_decimal::Decimal;

use crate::all::{All, Tally, configurator};
use crate::generator;
use crate::random::Random;

/// Models in a run of the tests.
const MODELS: u64 = 600;

#[test]
fn effects_and_optima_are_those_of_trying_everything() {
    let mut tally = Tally::default();
    for seed in 0..MODELS {
        let mut random = Random::new(seed);
        let mut model = generator::model(seed);
        prefer(&mut model, &mut random);
        let all = All::new(&model);
        if all.valid.is_empty() {
            continue;
        }
        let Some(mut configurator) = configurator(&model, &mut tally) else {
            continue;
        };
        for _ in 0..3 {
            let decisions = all.decisions(&mut random);
            compare_effects(&all, &mut configurator, &decisions, &mut tally);
            let number = Formula::Sum(formula(&model, &mut random));
            for goal in [
                Goal::Default,
                Goal::Minimize(number.clone()),
                Goal::Maximize(number),
            ] {
                compare_whole(&all, &mut configurator, &decisions, &goal, &mut tally);
            }
        }
    }
    tally.print_and_check(&[
        "effect",
        "impossible",
        "preference: hold",
        "preference: minimize",
        "preference: maximize",
        "preference: where",
        "preference not granted",
        "something is absent",
    ]);
}

/// Turns some rules into preferences, and adds some numbers to strive for.
fn prefer(model: &mut Model, random: &mut Random) {
    for position in 0..random.below(4) {
        let rule = model.rules.pop();
        let when = rule.as_ref().and_then(|it| it.when.clone());
        let number = Formula::Sum(formula(model, random));
        let aim = match (rule, random.below(3)) {
            (Some(rule), 0 | 1) => Aim::Hold(rule.require),
            (_, 1) => Aim::Maximize(number),
            _ => Aim::Minimize(number),
        };
        model.preferences.push(Preference {
            code: format!("prefer{position}"),
            when,
            aim,
            explanation: Text::default(),
        });
    }
}

/// Some numbers of the model, some of them taken off.
fn formula(model: &Model, random: &mut Random) -> Vec<Formula> {
    let mut terms = Vec::new();
    for (attribute, it) in model.indices().zip(&model.attributes) {
        let term = match &it.domain {
            AttributeDomain::Number(_) => Formula::Attribute(attribute),
            AttributeDomain::Options(list) if !list.properties.is_empty() => {
                let property = random.below(list.properties.len());
                Formula::Property {
                    attribute,
                    property,
                }
            }
            AttributeDomain::Presence(_) => Formula::Count(vec![attribute]),
            _ => continue,
        };
        let factor = Formula::Constant(Decimal::from(random.within(-3, 3)));
        terms.push(Formula::Multiply(Box::new(term), Box::new(factor)));
    }
    terms
}

fn compare_effects(
    all: &All,
    configurator: &mut Configurator,
    decisions: &Decisions,
    tally: &mut Tally,
) {
    for attribute in all.model.indices() {
        let effects = configurator.effects(decisions, attribute);
        if let AttributeDomain::Number(_) = all.model.attributes[attribute.0].domain {
            assert!(effects.is_empty());
            continue;
        }
        let values: Vec<Value> = effects.iter().map(|it| it.value).collect();
        assert_eq!(values, all.values(attribute));
        for effect in effects {
            let mut after = decisions.clone();
            after.insert(attribute, effect.value);
            let what = format!("model {}: {after:?}", all.model.product);
            assert_eq!(
                effect.result,
                Left::new(all, &after).shown(tally),
                "{what} {:?} {:?}",
                all.model.preferences,
                all.model
                    .attributes
                    .iter()
                    .map(|it| (&it.wish, it.part))
                    .collect::<Vec<_>>()
            );
            let mut fresh = Configurator::new(all.model.clone()).unwrap();
            let configured = fresh.configure(&after).ok();
            let configured =
                configured.map(|it| it.states.iter().map(|it| it.value).collect::<Vec<_>>());
            assert_eq!(effect.result, configured, "{what}");
            tally.count(match effect.result {
                Some(_) => "effect",
                None => "impossible",
            });
        }
    }
}

fn compare_whole(
    all: &All,
    configurator: &mut Configurator,
    decisions: &Decisions,
    goal: &Goal,
    tally: &mut Tally,
) {
    let what = format!("model {}: {goal:?} with {decisions:?}", all.model.product);
    let completed = configurator.complete(decisions, goal);
    let completed = completed.unwrap_or_else(|it| panic!("{what}: {it:?}"));
    assert_eq!(completed.proof, Proof::Optimal, "{what}");
    let mut left = Left::new(all, decisions);
    match goal {
        Goal::Default => {}
        Goal::Minimize(formula) => left.least(formula, None, false),
        Goal::Maximize(formula) => left.least(formula, None, true),
    }
    assert_eq!(completed.assignment, left.whole(tally), "{what}");
}

/// What is left of all configurations.
struct Left<'a> {
    model: &'a Model,
    valid: Vec<&'a Vec<Value>>,
    decided: Decisions,
}

impl<'a> Left<'a> {
    fn new(all: &'a All, decisions: &Decisions) -> Self {
        Self {
            model: &all.model,
            valid: all.with(decisions).collect(),
            decided: decisions.clone(),
        }
    }

    /// What is shown: values that all have in common once everything is granted.
    fn shown(mut self, tally: &mut Tally) -> Option<PartialAssignment> {
        self.preferences(tally);
        self.wishes();
        let first = self.valid.first()?;
        let common = |index: AttributeIndex| {
            let value = first[index.0];
            self.valid
                .iter()
                .all(|it| it[index.0] == value)
                .then_some(value)
        };
        let shown: PartialAssignment = self.model.indices().map(common).collect();
        if shown.contains(&Some(Value::Absent)) {
            tally.count("something is absent");
        }
        Some(shown)
    }

    /// The one configuration that is left in the end.
    fn whole(mut self, tally: &mut Tally) -> Assignment {
        self.preferences(tally);
        self.wishes();
        let part = |it: &AttributeIndex| {
            matches!(
                self.model.attributes[it.0].domain,
                AttributeDomain::Presence(_)
            )
        };
        let (parts, rest): (Vec<_>, Vec<_>) = self.model.indices().partition(part);
        for attribute in parts.into_iter().chain(rest) {
            self.wish(attribute, &Wish::First);
        }
        assert_eq!(self.valid.len(), 1);
        self.valid[0].clone()
    }

    fn preferences(&mut self, tally: &mut Tally) {
        for preference in &self.model.preferences {
            let when = preference.when.as_ref();
            if when.is_some() {
                tally.count("preference: where");
            }
            match &preference.aim {
                Aim::Hold(condition) => {
                    tally.count("preference: hold");
                    if !self.hold(condition, when) {
                        tally.count("preference not granted");
                    }
                }
                Aim::Minimize(formula) => {
                    tally.count("preference: minimize");
                    self.least(formula, when, false);
                }
                Aim::Maximize(formula) => {
                    tally.count("preference: maximize");
                    self.least(formula, when, true);
                }
            }
        }
    }

    /// Those that do not break it, if there are any.
    fn hold(&mut self, condition: &Condition, when: Option<&Condition>) -> bool {
        let holds = |condition: &Condition, it: &[Value]| {
            let values: Vec<_> = it.iter().copied().map(Some).collect();
            condition.evaluate(self.model, &values).unwrap().unwrap()
        };
        let broken = Condition::Not(Box::new(condition.clone()));
        let kept: Vec<_> = (self.valid.iter().copied())
            .filter(|it| !(when.is_none_or(|when| holds(when, it)) && holds(&broken, it)))
            .collect();
        let any = !kept.is_empty();
        if any {
            self.valid = kept;
        }
        any
    }

    fn least(&mut self, formula: &Formula, when: Option<&Condition>, most: bool) {
        let worth = |it: &&Vec<Value>| {
            let values: Vec<_> = it.iter().copied().map(Some).collect();
            let holds = when.is_none_or(|it| it.evaluate(self.model, &values).unwrap().unwrap());
            let number = formula.evaluate(self.model, &values).unwrap();
            let number = number.filter(|_| holds).unwrap_or_default();
            if most { -number } else { number }
        };
        let best = self.valid.iter().map(worth).min();
        let kept = (self.valid.iter().copied()).filter(|it| Some(worth(it)) == best);
        self.valid = kept.collect();
    }

    fn wishes(&mut self) {
        for attribute in self.model.indices() {
            if let Some(wish) = &self.model.attributes[attribute.0].wish {
                self.wish(attribute, wish);
            }
        }
    }

    /// Grants a wish where it can be granted, if the attribute is there for certain.
    fn wish(&mut self, attribute: AttributeIndex, wish: &Wish) {
        let absent = self.valid.iter().any(|it| it[attribute.0] == Value::Absent);
        if absent || self.decided.contains_key(&attribute) {
            return;
        }
        let values = || self.valid.iter().map(|it| it[attribute.0]);
        let wished = match wish {
            Wish::Value(value) => values().find(|it| it == value),
            Wish::First => values().min(),
            Wish::Last => values().max(),
        };
        self.valid
            .retain(|it| wished.is_none_or(|wished| it[attribute.0] == wished));
    }
}
