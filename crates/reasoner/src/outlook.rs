//! What is told once it is known what follows: why it does, what every option would bring, and
//! how many configurations are left.

use std::collections::VecDeque;

use quotewright_engine::catalog::{
    Access, AttributeIndex, Decisions, Model, PartialAssignment, Value,
};
use quotewright_engine::configure::{AttributeState, Configurator, Domain, Origin, Possibility};

use super::{Outcome, Reply};

/// Steps of a count, after which a lower bound has to do.
const STEPS: u32 = 20_000;

/// One thing to tell.
pub enum Errand {
    /// Why an attribute can have no other value.
    Because(AttributeIndex),
    /// What its options would bring.
    Effects(AttributeIndex),
    /// How many configurations are left.
    Left,
}

/// What there is to tell about `states`, in the order in which a buyer misses it.
pub fn errands(
    model: &Model,
    decisions: &Decisions,
    states: &[AttributeState],
    outlook: bool,
) -> VecDeque<Errand> {
    let indices = || model.indices().zip(states);
    // What follows from no decision needs no reason.
    let follows = indices().filter(|(_, it)| it.origin == Origin::Follows && !decisions.is_empty());
    let choices = indices().filter(|(index, it)| outlook && has_choice(model, *index, it));
    let because = follows.map(|(index, _)| Errand::Because(index));
    let effects = choices.map(|(index, _)| Errand::Effects(index));
    let left = outlook.then_some(Errand::Left);
    because.chain(effects).chain(left).collect()
}

/// Whether the buyer may decide between several options.
fn has_choice(model: &Model, index: AttributeIndex, state: &AttributeState) -> bool {
    let decidable = model
        .attribute(index)
        .is_some_and(|it| it.formula.is_none() && it.access == Access::Open);
    let Domain::Options(options) = &state.domain else {
        return false;
    };
    let possible = options.iter().filter(|it| **it == Possibility::Possible);
    decidable && state.value != Some(Value::Absent) && possible.count() > 1
}

impl Errand {
    /// The answer; `None` where there is none.
    pub fn run(
        self,
        configurator: &mut Configurator,
        turn: u32,
        decisions: &Decisions,
    ) -> Option<Reply> {
        match self {
            Self::Because(attribute) => {
                let conflict = configurator.why(decisions, attribute)?;
                Some(Reply::Because {
                    turn,
                    attribute,
                    conflict,
                })
            }
            Self::Effects(attribute) => {
                let states = configurator.snapshot().states;
                let now: PartialAssignment = states.iter().map(|it| it.value).collect();
                let effects = configurator.effects(decisions, attribute);
                let outcomes = effects
                    .into_iter()
                    .map(|it| Some(changed(&now, &it.result?)));
                Some(Reply::Effects {
                    turn,
                    attribute,
                    outcomes: outcomes.collect(),
                })
            }
            Self::Left => {
                let count = configurator.count(decisions, STEPS);
                Some(Reply::Left { turn, count })
            }
        }
    }
}

/// What `then` has otherwise than `now`.
fn changed(now: &[Option<Value>], then: &[Option<Value>]) -> Outcome {
    let pairs = now.iter().zip(then).enumerate();
    pairs
        .filter(|(_, (now, then))| now != then)
        .map(|(index, (_, then))| (AttributeIndex(index), *then))
        .collect()
}
