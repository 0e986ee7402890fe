use super::{Change, depends_on};
use crate::catalog::{AttributeIndex, Decisions, Value};
use crate::configure::{Configurator, Goal};
use crate::quote::lead_time_formula;

/// What might be decided otherwise, so that a product is ready earlier, or a quote arrives
/// earlier: every option that a lead time depends on, and the fastest configuration. `now` is
/// the configuration that `decisions` have led to; what `may_change` does not allow stays.
pub fn changes(
    configurator: &mut Configurator,
    line: Option<usize>,
    now: &[Option<Value>],
    decisions: &Decisions,
    may_change: impl Fn(&AttributeIndex) -> bool,
) -> Vec<Change> {
    let attributes = depends_on(configurator.model());
    let attributes: Vec<AttributeIndex> = attributes.into_iter().filter(may_change).collect();
    let mut found: Vec<Change> = Vec::new();
    let mut add = |attributes, values: Vec<Option<Value>>| {
        if values != now && !found.iter().any(|it| it.values == values) {
            found.push(Change {
                line,
                attributes,
                values,
            });
        }
    };
    for attribute in &attributes {
        for effect in configurator.effects(decisions, *attribute) {
            if let Some(values) = effect.result {
                add(vec![(*attribute, effect.value)], values);
            }
        }
    }
    let fastest = Goal::Minimize(lead_time_formula(configurator.model()));
    let mut kept = decisions.clone();
    kept.retain(|it, _| !attributes.contains(it));
    if let Ok(fastest) = configurator.complete(&kept, &fastest) {
        let values: Vec<Option<Value>> = fastest.assignment.into_iter().map(Some).collect();
        let differs = |it: &&AttributeIndex| values.get(it.0) != now.get(it.0);
        let differing = attributes.iter().filter(differs);
        let differing = differing.filter_map(|it| Some((*it, values.get(it.0).copied()??)));
        add(differing.collect(), values.clone());
    }
    found
}
