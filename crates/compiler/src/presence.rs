//! Without which parts a condition or a formula says nothing, and which instances an index picks.

use std::collections::BTreeSet;

use quotewright_engine::catalog::{Attribute, AttributeDomain, AttributeIndex, Condition, Formula};

use crate::cases::Cases;
use crate::coom::ast::{Index, Place};

/// Presences of parts.
pub(crate) type Presences = BTreeSet<AttributeIndex>;

/// The presence of the part that `attribute` belongs to.
pub(crate) fn part(attributes: &[Attribute], attribute: AttributeIndex) -> Option<AttributeIndex> {
    attributes.get(attribute.0)?.part
}

/// Whether the part `inner` is there only where `outer` is.
pub(crate) fn within(
    attributes: &[Attribute],
    inner: AttributeIndex,
    outer: AttributeIndex,
) -> bool {
    let owner = |presence: &AttributeIndex| match &attributes.get(presence.0)?.domain {
        AttributeDomain::Presence(part) => part.owner,
        _ => None,
    };
    std::iter::successors(Some(inner), owner).any(|presence| presence == outer)
}

/// The presences without which `formula` is not there.
pub(crate) fn of_formula(attributes: &[Attribute], formula: &Formula) -> Presences {
    let mut parts = Presences::new();
    collect_formula(attributes, formula, &mut parts);
    parts
}

/// Adds the presences without which `condition` is undefined.
pub(crate) fn of_condition(attributes: &[Attribute], condition: &Condition, parts: &mut Presences) {
    match condition {
        Condition::Constant(_) | Condition::There(_) | Condition::Certain(_) => {}
        Condition::Is { attribute, .. } => parts.extend(part(attributes, *attribute)),
        Condition::Compare { left, right, .. } => {
            collect_formula(attributes, left, parts);
            collect_formula(attributes, right, parts);
        }
        Condition::All(inner) | Condition::Any(inner) => {
            for condition in inner {
                of_condition(attributes, condition, parts);
            }
        }
        Condition::Not(inner) => of_condition(attributes, inner, parts),
    }
}

fn collect_formula(attributes: &[Attribute], formula: &Formula, parts: &mut Presences) {
    match formula {
        Formula::Attribute(attribute) | Formula::Property { attribute, .. } => {
            parts.extend(part(attributes, *attribute));
        }
        Formula::Multiply(left, right) | Formula::Divide(left, right) => {
            collect_formula(attributes, left, parts);
            collect_formula(attributes, right, parts);
        }
        Formula::Power(base, _) => collect_formula(attributes, base, parts),
        // A sum or difference is there where one side is, and the rest where any term is.
        Formula::Constant(_)
        | Formula::Add(..)
        | Formula::Subtract(..)
        | Formula::Count(_)
        | Formula::Sum(_)
        | Formula::Min(_)
        | Formula::Max(_)
        | Formula::Where(..) => {}
    }
}

/// Whether `formula` may not be there while the part with the presence `around` is.
pub(crate) fn may_be_absent(
    attributes: &[Attribute],
    formula: &Formula,
    around: Option<AttributeIndex>,
) -> bool {
    let of = |formula: &Formula| may_be_absent(attributes, formula, around);
    match formula {
        Formula::Constant(_) | Formula::Count(_) | Formula::Sum(_) => false,
        Formula::Attribute(attribute) | Formula::Property { attribute, .. } => {
            let part = part(attributes, *attribute);
            part.is_some_and(|part| !around.is_some_and(|around| within(attributes, around, part)))
        }
        Formula::Add(left, right) | Formula::Subtract(left, right) => of(left) && of(right),
        Formula::Multiply(left, right) | Formula::Divide(left, right) => of(left) || of(right),
        Formula::Power(inner, _) | Formula::Where(_, inner) => of(inner),
        Formula::Min(terms) | Formula::Max(terms) => terms.iter().all(of),
    }
}

/// Of several instances, each only where it is there; the first also where none is.
pub(crate) fn only_existing(attributes: &[Attribute], cases: &mut Cases<Formula>) {
    if cases.len() < 2 {
        return;
    }
    let there: Vec<Vec<Condition>> = cases
        .iter()
        .map(|case| {
            let parts = of_formula(attributes, &case.value);
            parts.into_iter().map(Condition::There).collect()
        })
        .collect();
    if there.iter().any(Vec::is_empty) {
        // Where some instance is always there, the others need theirs.
        for (case, there) in cases.iter_mut().zip(there) {
            case.guards.extend(there);
        }
        return;
    }
    let others = there.iter().skip(1).map(|parts| all(parts.clone()));
    let no_other = Condition::Not(Box::new(Condition::Any(others.collect())));
    for (place, (case, there)) in cases.iter_mut().zip(there).enumerate() {
        match place {
            0 => (case.guards).push(Condition::Any(vec![all(there), no_other.clone()])),
            _ => case.guards.extend(there),
        }
    }
}

/// The instances at an index, each with what must hold for it to be the one that is meant.
/// `instances` are their presences and `owner` is that of what they are parts of; `None`:
/// always there.
pub(crate) fn pick(
    owner: Option<AttributeIndex>,
    instances: &[Option<AttributeIndex>],
    index: Option<&Index>,
) -> Vec<(usize, Vec<Condition>)> {
    let Some(index) = index else {
        return (0..instances.len()).map(|it| (it, Vec::new())).collect();
    };
    // The instance at `place` is there: `None` for always, given its owner.
    let there = |place: usize| match instances.get(place) {
        None => Some(Condition::Constant(false)),
        Some(own) => own.filter(|_| *own != owner).map(Condition::There),
    };
    (0..instances.len())
        .filter_map(|place| {
            let mut guards = Vec::new();
            match index.from {
                Place::First(first) if place < to_usize(first) => return None,
                Place::First(_) => {}
                Place::Last(back) => {
                    match there(place.saturating_add(to_usize(back)).saturating_add(1)) {
                        None => return None,
                        Some(Condition::Constant(false)) => {}
                        Some(next) => guards.push(Condition::Not(Box::new(next))),
                    }
                }
            }
            match index.to {
                Place::First(last) if place > to_usize(last) => return None,
                Place::First(_) => {}
                Place::Last(back) => match there(place.saturating_add(to_usize(back))) {
                    Some(Condition::Constant(false)) => return None,
                    later => guards.extend(later),
                },
            }
            Some((place, guards))
        })
        .collect()
}

/// All of `conditions`, plainly where there is one.
pub(crate) fn all(mut conditions: Vec<Condition>) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        Some(last) => {
            conditions.push(last);
            Condition::All(conditions)
        }
        None => Condition::Constant(true),
    }
}

fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
