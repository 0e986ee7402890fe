//! Calls and replies on the sample conveyor, with a clock that the test holds.

use std::cell::Cell;
use std::path::Path;

use quotewright_compiler::{CatalogSource, translate};
use quotewright_engine::catalog::{
    AttributeIndex, Comparison, Condition, Decisions, Formula, Model, Rule, Text, Value,
};
use quotewright_engine::configure::{Configurator, Goal};
use quotewright_reasoner::{Call, Desk, Reply};
use rust_decimal::Decimal;

fn conveyor() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/conveyor");
    let catalog = translate(&CatalogSource::read(&folder).unwrap()).catalog;
    catalog.unwrap().models.remove(0)
}

fn desk(model: &Model) -> Desk {
    let mut desk = Desk::default();
    let model = serde_json::to_string(model).unwrap();
    desk.receive(Call::Open {
        model,
        outlook: true,
    });
    desk
}

fn decisions(model: &Model, texts: &[(&str, &str)]) -> Decisions {
    let decision = |(code, text): &(&str, &str)| {
        let index = model.index_of(code).unwrap();
        (index, model.value_from_text(index, text).unwrap())
    };
    texts.iter().map(decision).collect()
}

/// Every reply until nothing is left to do. Each look at the clock takes a millisecond.
fn replies(desk: &mut Desk, slice: f64) -> Vec<Reply> {
    let (time, mut replies) = (Cell::new(0.0), Vec::new());
    let clock = || {
        time.set(time.get() + 1.0);
        time.get()
    };
    while desk.work(clock, slice, |reply| replies.push(reply)) {}
    replies
}

#[test]
fn what_follows_is_what_the_engine_says_whatever_the_slices() {
    let model = conveyor();
    let decided = decisions(&model, &[("frame", "steel")]);
    let mut configurator = Configurator::new(model.clone()).unwrap();
    let expected = configurator.configure(&decided).unwrap().states;
    for slice in [0.0, 3.0, 1_000_000.0] {
        let mut desk = desk(&model);
        desk.receive(Call::Follow {
            turn: 7,
            decisions: decided.clone(),
        });
        let replies = replies(&mut desk, slice);
        let settled = replies.iter().find_map(|reply| match reply {
            Reply::Follows {
                turn: 7,
                states,
                settled: true,
            } => Some(states),
            _ => None,
        });
        assert_eq!(settled, Some(&expected), "slices of {slice}");
        for reply in &replies {
            if let Reply::Because {
                attribute,
                conflict,
                ..
            } = reply
            {
                let why = configurator.why(&decided, *attribute);
                assert_eq!(why.as_ref(), Some(conflict));
            }
        }
    }
}

#[test]
fn a_later_call_makes_earlier_questions_void() {
    let model = conveyor();
    let frame = model.index_of("frame").unwrap();
    let follow = |turn| Call::Follow {
        turn,
        decisions: Decisions::new(),
    };
    let why_not = |turn| Call::WhyNot {
        turn,
        decisions: Decisions::new(),
        attribute: frame,
        value: Value::Option(0),
    };
    let mut desk = desk(&model);
    for call in [follow(1), why_not(2), follow(3), why_not(4), why_not(5)] {
        desk.receive(call);
    }
    let turns: Vec<u32> = replies(&mut desk, 1_000_000.0)
        .iter()
        .filter_map(|reply| match reply {
            Reply::Follows { turn, .. } | Reply::WhyNot { turn, .. } => Some(*turn),
            _ => None,
        })
        .collect();
    assert_eq!(turns, [5, 3]);
}

#[test]
fn a_new_decision_interrupts_what_is_being_worked_out() {
    let model = conveyor();
    let mut desk = desk(&model);
    let follow = |turn| Call::Follow {
        turn,
        decisions: Decisions::new(),
    };
    desk.receive(follow(1));
    let mut first = Vec::new();
    assert!(desk.work(|| 0.0, 0.0, |reply| first.push(reply)));
    desk.receive(follow(2));
    let later = replies(&mut desk, 0.0);
    let others = first.iter().chain(&later).filter(|reply| match reply {
        Reply::Follows { turn, .. } => *turn != 2,
        _ => false,
    });
    assert_eq!(others.count(), 0);
    assert!(!later.is_empty());
}

#[test]
fn impossible_decisions_and_values_say_so() {
    let model = conveyor();
    let steel = decisions(&model, &[("frame", "steel")]);
    let (environment, food) = decisions(&model, &[("environment", "food")])
        .pop_first()
        .unwrap();
    let mut both = steel.clone();
    both.insert(environment, food);
    let mut desk = desk(&model);
    desk.receive(Call::Follow {
        turn: 1,
        decisions: both,
    });
    assert_eq!(replies(&mut desk, 10.0), [Reply::Impossible { turn: 1 }]);

    desk.receive(Call::WhyNot {
        turn: 2,
        decisions: steel.clone(),
        attribute: environment,
        value: food,
    });
    let mut configurator = Configurator::new(model.clone()).unwrap();
    let [Reply::WhyNot { turn: 2, answer }] = &replies(&mut desk, 10.0)[..] else {
        panic!("one answer");
    };
    let answer = answer.as_ref().unwrap();
    let conflict = configurator.explain(&steel, environment, food);
    assert_eq!(answer.conflict, conflict);
    assert!(answer.repair.is_some() && answer.nearest.is_none());
}

#[test]
fn the_others_are_all_there_are_the_first_ones_first() {
    let model = conveyor();
    let texts = [("frame", "steel"), ("belt", "pvc_black"), ("speed", "1.2")];
    let decided = decisions(&model, &texts);
    let mut configurator = Configurator::new(model.clone()).unwrap();
    let mut desk = desk(&model);
    for text in ["food", "atex", "wet"] {
        let (attribute, value) = (decisions(&model, &[("environment", text)]).pop_first()).unwrap();
        desk.receive(Call::Others {
            turn: 3,
            decisions: decided.clone(),
            attribute,
            value,
        });
        let replies = replies(&mut desk, 10.0);
        let [
            Reply::Others {
                turn: 3,
                explanations,
                repairs,
            },
        ] = &replies[..]
        else {
            panic!("one answer");
        };
        let first = configurator.explain(&decided, attribute, value);
        assert_eq!(explanations.conflicts.first(), first.as_ref(), "{text}");
        let first = configurator.repair(&decided, attribute, value);
        assert_eq!(repairs.repairs.first(), first.as_ref(), "{text}");
    }
}

#[test]
fn every_option_is_told_with_what_it_changes_and_how_much_is_left() {
    let model = conveyor();
    let decided = decisions(&model, &[("frame", "steel"), ("length", "6000")]);
    let mut configurator = Configurator::new(model.clone()).unwrap();
    let now = configurator.configure(&decided).unwrap().states;
    let mut desk = desk(&model);
    desk.receive(Call::Follow {
        turn: 1,
        decisions: decided.clone(),
    });
    let (mut told, mut left) = (0, 0);
    for reply in replies(&mut desk, 5.0) {
        match reply {
            Reply::Effects {
                attribute,
                outcomes,
                ..
            } => {
                told += 1;
                let expected = configurator.effects(&decided, attribute);
                let after = |outcome: Vec<(AttributeIndex, Option<Value>)>| {
                    let mut values: Vec<_> = now.iter().map(|it| it.value).collect();
                    outcome.iter().for_each(|(index, to)| values[index.0] = *to);
                    values
                };
                let found: Vec<_> = outcomes.into_iter().map(|it| it.map(after)).collect();
                let expected: Vec<_> = expected.into_iter().map(|it| it.result).collect();
                assert_eq!(found, expected);
            }
            Reply::Left { .. } => left += 1,
            _ => {}
        }
    }
    assert!(told > 5, "{told}");
    assert_eq!(left, 1);
}

#[test]
fn a_proposal_decides_what_it_takes_and_keeps_what_is_decided() {
    let model = conveyor();
    let decided = decisions(&model, &[("frame", "stainless_304"), ("length", "6000")]);
    let shorter = Formula::Attribute(model.index_of("width").unwrap());
    let budget = |most: i64| {
        let width = Formula::Attribute(model.index_of("width").unwrap());
        let most = Formula::Constant(most.into());
        Rule {
            code: "budget".into(),
            when: None,
            require: Condition::Compare {
                left: width,
                comparison: Comparison::LessOrEqual,
                right: most,
            },
            explanation: Text::default(),
        }
    };
    for (goal, budget, possible) in [
        (Goal::Default, None, true),
        (Goal::Maximize(shorter), None, true),
        (Goal::Default, Some(budget(400)), true),
        (Goal::Default, Some(budget(10)), false),
    ] {
        let mut desk = desk(&model);
        desk.receive(Call::Complete {
            turn: 1,
            decisions: decided.clone(),
            goal: goal.clone(),
            budget,
        });
        let replies = replies(&mut desk, 5.0);
        let [Reply::Completed { proposal, .. }] = &replies[..] else {
            panic!("one answer: {replies:?}");
        };
        assert_eq!(proposal.is_some(), possible, "{goal:?}");
        let Some(proposal) = proposal else { continue };
        assert!(
            decided
                .iter()
                .all(|(index, value)| proposal.decisions.get(index) == Some(value))
        );
        let mut configurator = Configurator::new(model.clone()).unwrap();
        let states = configurator.configure(&proposal.decisions).unwrap().states;
        let values: Vec<_> = states.iter().map(|it| it.value).collect();
        assert_eq!(values, proposal.values, "{goal:?}");
    }
}

#[test]
fn a_number_that_is_not_there_has_neighbours_and_no_reason() {
    let model = conveyor();
    let length = model.index_of("length").unwrap();
    let number = Decimal::new(60001, 1);
    let mut desk = desk(&model);
    desk.receive(Call::WhyNot {
        turn: 1,
        decisions: Decisions::new(),
        attribute: length,
        value: Value::Number(number),
    });
    desk.receive(Call::Nearest {
        turn: 2,
        decisions: Decisions::new(),
        attribute: length,
        number,
    });
    let replies = replies(&mut desk, 10.0);
    let [Reply::WhyNot { answer, .. }, Reply::Nearest { nearest, .. }] = &replies[..] else {
        panic!("two answers: {replies:?}");
    };
    let answer = answer.as_ref().unwrap();
    assert_eq!(answer.conflict, None);
    assert_eq!(answer.nearest.as_ref(), Some(nearest));
    assert!(nearest.below < Some(number) && Some(number) < nearest.above);
}

#[test]
fn what_is_no_model_is_refused() {
    let mut desk = Desk::default();
    let model = "{}".to_owned();
    desk.receive(Call::Open {
        model,
        outlook: true,
    });
    desk.receive(Call::Nearest {
        turn: 1,
        decisions: Decisions::new(),
        attribute: AttributeIndex(0),
        number: Decimal::ONE,
    });
    assert_eq!(replies(&mut desk, 10.0), [Reply::Unsupported]);
}
