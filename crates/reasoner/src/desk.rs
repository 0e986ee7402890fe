use std::collections::VecDeque;
use std::mem::discriminant;

use quotewright_engine::catalog::{AttributeIndex, Decisions, Model, Value};
use quotewright_engine::configure::Configurator;
use quotewright_engine::delivery::changes;

use super::outlook::{Errand, errands};
use super::proposal::proposal;
use super::{Call, Reply, WhyNot};

/// Milliseconds after which what is known so far is shown.
const SHOW: f64 = 200.0;
/// Questions to the engine between two looks at the clock.
const QUERIES: u32 = 4;
/// The most reasons, and the most repairs, that are looked for.
const MOST: usize = 5;

/// Takes calls at any time, and works on them in slices, the latest first.
#[derive(Default)]
pub struct Desk {
    configurator: Option<Configurator>,
    /// As [`Call::Open`] says.
    outlook: bool,
    calls: VecDeque<Call>,
    task: Option<Task>,
}

/// What is being worked out.
struct Task {
    turn: u32,
    decisions: Decisions,
    stage: Stage,
}

enum Stage {
    /// What follows; shown last at this time.
    Following(f64),
    /// What else there is to tell, once that is known.
    Settled(VecDeque<Errand>),
}

impl Desk {
    /// Takes a call, for the next slice.
    pub fn receive(&mut self, call: Call) {
        match &call {
            Call::Open { .. } => self.calls.clear(),
            Call::Follow { .. } => self.calls.retain(|it| matches!(it, Call::Open { .. })),
            Call::WhyNot { .. }
            | Call::Others { .. }
            | Call::Faster { .. }
            | Call::Complete { .. }
            | Call::Nearest { .. } => {
                let kind = discriminant(&call);
                self.calls.retain(|it| discriminant(it) != kind);
            }
        }
        self.calls.push_back(call);
    }

    /// Works for about `slice` milliseconds of `clock`; whether there is more to do. A
    /// single question to the engine may take longer.
    pub fn work(
        &mut self,
        clock: impl Fn() -> f64,
        slice: f64,
        mut reply: impl FnMut(Reply),
    ) -> bool {
        let end = clock() + slice;
        while let Some(call) = self.calls.pop_front() {
            self.take(call, clock(), &mut reply);
            if clock() >= end {
                return true;
            }
        }
        self.go_on(&clock, end, &mut reply);
        self.task.is_some()
    }

    fn take(&mut self, call: Call, now: f64, reply: &mut impl FnMut(Reply)) {
        if let Call::Open { model, outlook } = call {
            self.task = None;
            self.outlook = outlook;
            let model = serde_json::from_str::<Model>(&model).ok();
            self.configurator = model.and_then(|it| Configurator::new(it).ok());
            if self.configurator.is_none() {
                reply(Reply::Unsupported);
            }
            return;
        }
        let Some(configurator) = &mut self.configurator else {
            return;
        };
        match call {
            Call::Open { .. } => {}
            Call::Follow { turn, decisions } => {
                self.task = match configurator.begin(&decisions) {
                    Ok(()) => Some(Task {
                        turn,
                        decisions,
                        stage: Stage::Following(now),
                    }),
                    Err(_) => {
                        reply(Reply::Impossible { turn });
                        None
                    }
                };
            }
            Call::WhyNot {
                turn,
                decisions,
                attribute,
                value,
            } => {
                let answer = why_not(configurator, &decisions, attribute, value);
                reply(Reply::WhyNot { turn, answer });
            }
            Call::Others {
                turn,
                decisions,
                attribute,
                value,
            } => reply(Reply::Others {
                turn,
                explanations: configurator.explanations(&decisions, attribute, value, MOST),
                repairs: configurator.repairs(&decisions, attribute, value, MOST),
            }),
            Call::Faster {
                turn,
                line,
                decisions,
                now,
            } => {
                let may_change = |it: &_| line.is_some() || !decisions.contains_key(it);
                let changes = changes(configurator, line, &now, &decisions, may_change);
                reply(Reply::Faster { turn, changes });
            }
            Call::Complete {
                turn,
                decisions,
                goal,
                budget,
            } => {
                let proposal = proposal(configurator.model(), &decisions, &goal, budget);
                reply(Reply::Completed { turn, proposal });
            }
            Call::Nearest {
                turn,
                decisions,
                attribute,
                number,
            } => {
                let nearest = configurator.nearest(&decisions, attribute, number);
                reply(Reply::Nearest { turn, nearest });
            }
        }
    }

    /// Goes on with what follows, then with why.
    fn go_on(&mut self, clock: &impl Fn() -> f64, end: f64, reply: &mut impl FnMut(Reply)) {
        let (Some(configurator), Some(task)) = (&mut self.configurator, &mut self.task) else {
            return;
        };
        loop {
            let more = task.step(configurator, self.outlook, clock, reply);
            if !more {
                self.task = None;
                return;
            }
            if clock() >= end {
                return;
            }
        }
    }
}

impl Task {
    /// A short step; whether there are more.
    fn step(
        &mut self,
        configurator: &mut Configurator,
        outlook: bool,
        clock: &impl Fn() -> f64,
        reply: &mut impl FnMut(Reply),
    ) -> bool {
        let turn = self.turn;
        match &mut self.stage {
            Stage::Following(shown) => {
                let settled = configurator.advance(QUERIES);
                if !settled && clock() - *shown < SHOW {
                    return true;
                }
                *shown = clock();
                let states = configurator.snapshot().states;
                if settled {
                    let errands = errands(configurator.model(), &self.decisions, &states, outlook);
                    self.stage = Stage::Settled(errands);
                }
                reply(Reply::Follows {
                    turn,
                    states,
                    settled,
                });
                true
            }
            Stage::Settled(left) => {
                let Some(errand) = left.pop_front() else {
                    return false;
                };
                if let Some(told) = errand.run(configurator, turn, &self.decisions) {
                    reply(told);
                }
                true
            }
        }
    }
}

/// `None` where the value is possible after all.
fn why_not(
    configurator: &mut Configurator,
    decisions: &Decisions,
    attribute: AttributeIndex,
    value: Value,
) -> Option<WhyNot> {
    let nearest = match value {
        Value::Number(number) => Some(configurator.nearest(decisions, attribute, number)),
        Value::Option(_) | Value::Absent => None,
    };
    let known = configurator.model().attribute(attribute);
    if known.is_none_or(|it| !it.domain.contains(value)) {
        return Some(WhyNot {
            nearest,
            ..WhyNot::default()
        });
    }
    Some(WhyNot {
        conflict: Some(configurator.explain(decisions, attribute, value)?),
        nearest,
        repair: configurator.repair(decisions, attribute, value),
    })
}
