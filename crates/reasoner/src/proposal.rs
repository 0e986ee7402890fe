//! Deciding everything that is still open.

use quotewright_engine::catalog::{Access, AttributeIndex, Decisions, Model, Rule, Value};
use quotewright_engine::configure::{Configurator, Goal};

use super::Proposal;

/// The configuration that reaches `goal` best with `decisions`, within `budget`; `None` where
/// there is none.
pub fn proposal(
    model: &Model,
    decisions: &Decisions,
    goal: &Goal,
    budget: Option<Rule>,
) -> Option<Proposal> {
    let mut within = model.clone();
    within.rules.extend(budget);
    let found = Configurator::new(within).ok()?.complete(decisions, goal);
    let found = found.ok()?;
    Some(Proposal {
        decisions: deciding(model, decisions, &found.assignment)?,
        values: found.assignment.into_iter().map(Some).collect(),
        proof: found.proof,
    })
}

/// The decisions, with as many more as it takes to come to `target`.
fn deciding(model: &Model, decisions: &Decisions, target: &[Value]) -> Option<Decisions> {
    let mut configurator = Configurator::new(model.clone()).ok()?;
    let mut all = decisions.clone();
    loop {
        let states = configurator.configure(&all).ok()?.states;
        let mut pairs = model.indices().zip(states.iter().zip(target));
        let next = pairs.find(|(index, (state, value))| {
            state.value != Some(**value) && may_decide(model, &all, *index, **value)
        });
        let Some((index, (_, value))) = next else {
            return Some(all);
        };
        all.insert(index, *value);
    }
}

fn may_decide(model: &Model, decided: &Decisions, index: AttributeIndex, value: Value) -> bool {
    let open = model
        .attribute(index)
        .is_some_and(|it| it.formula.is_none() && it.access == Access::Open);
    open && value != Value::Absent && !decided.contains_key(&index)
}
