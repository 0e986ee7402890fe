//! Whether a model means the same when what is in two parts changes places.

use std::collections::{BTreeMap, BTreeSet};

use super::Instance;
use crate::catalog::{
    AttributeDomain, AttributeIndex, Condition, Constraint, Formula, Model, Rule,
};
use crate::configure::check::constraints;
use crate::configure::components::attributes_of;

/// The constraints of a model, to be compared with themselves after a swap.
pub(super) struct Swaps<'a> {
    model: &'a Model,
    /// Those that mention each attribute.
    concerned: Vec<Vec<Constraint>>,
    /// Each rule, however the parts of its sums and conditions are ordered.
    rules: BTreeSet<String>,
}

/// What changes places with what.
type Places = BTreeMap<AttributeIndex, AttributeIndex>;

impl<'a> Swaps<'a> {
    pub fn new(model: &'a Model) -> Self {
        let mut concerned = vec![Vec::new(); model.attributes.len()];
        for constraint in constraints(model) {
            for attribute in attributes_of(model, constraint) {
                concerned[attribute.0].push(constraint);
            }
        }
        let rules = model.rules.iter().map(|it| rule(it, &Places::new()));
        Self {
            model,
            concerned,
            rules: rules.collect(),
        }
    }

    /// Whether the constraints say the same of both instances wherever both are there.
    pub fn interchangeable(&mut self, one: &Instance, other: &Instance) -> bool {
        if one.content.len() != other.content.len() {
            return false;
        }
        // Both are there, so that it does not matter which of the two says so.
        let mut places: Places = [
            (one.presence, other.presence),
            (other.presence, one.presence),
        ]
        .into_iter()
        .collect();
        for (one, other) in one.content.iter().zip(&other.content) {
            places.insert(*one, *other);
            places.insert(*other, *one);
        }
        let alike = |(one, other)| self.alike(one, other, &places);
        if !(one.content.iter().zip(&other.content)).all(alike) {
            return false;
        }
        let ends = [one.presence, other.presence];
        let content = one.content.iter().chain(&other.content).chain(&ends);
        let concerned: BTreeSet<Constraint> = content
            .flat_map(|it| self.concerned[it.0].iter().copied())
            .collect();
        concerned
            .into_iter()
            .all(|it| self.unchanged(it, &places, &ends))
    }

    /// Whether two attributes have the same values, in the same place of the structure.
    fn alike(&self, one: &AttributeIndex, other: &AttributeIndex, places: &Places) -> bool {
        let (one, other) = (
            &self.model.attributes[one.0],
            &self.model.attributes[other.0],
        );
        if one.part.map(|it| moved(it, places)) != other.part {
            return false;
        }
        match (&one.domain, &other.domain) {
            (AttributeDomain::Presence(one), AttributeDomain::Presence(other)) => {
                one.required == other.required
                    && one.owner.map(|it| moved(it, places)) == other.owner
                    && one.previous.map(|it| moved(it, places)) == other.previous
            }
            (one, other) => one == other,
        }
    }

    /// Whether some constraint is this one after the swap.
    fn unchanged(&self, constraint: Constraint, places: &Places, ends: &[AttributeIndex]) -> bool {
        match constraint {
            Constraint::Rule(index) => {
                let own = &self.model.rules[index];
                stays(own, places) || self.rules.contains(&rule(own, places))
            }
            Constraint::Table(table) => {
                let table = &self.model.tables[table];
                let columns = table.columns.iter().map(|it| moved(*it, places));
                let columns: Vec<AttributeIndex> = columns.collect();
                let mut others = self.model.tables.iter();
                others.any(|it| it.columns == columns && it.rows == table.rows)
            }
            Constraint::Relation(_) => false,
            Constraint::Formula(attribute) => {
                let formula = |it: AttributeIndex| self.model.attributes[it.0].formula.as_ref();
                let written = |it, places: &Places| formula(it).map(|it| formula_text(it, places));
                let stays = |it| moved(it, places) == it;
                stays(attribute) && formula(attribute).is_none_or(|it| formula_stays(it, places))
                    || written(attribute, places)
                        == written(moved(attribute, places), &Places::new())
            }
            // Whether the two are there does not change; what is in them was compared.
            Constraint::Structure(presence) => {
                ends.contains(&presence)
                    || places.contains_key(&presence)
                    || self.only_follows(presence, ends)
            }
        }
    }

    /// Whether of the two only their being there matters to a part, which stays the same.
    fn only_follows(&self, presence: AttributeIndex, ends: &[AttributeIndex]) -> bool {
        match &self.model.attributes[presence.0].domain {
            AttributeDomain::Presence(part) => {
                part.previous.is_some_and(|it| ends.contains(&it))
                    && part.owner.is_none_or(|it| !ends.contains(&it))
            }
            _ => false,
        }
    }
}

fn moved(attribute: AttributeIndex, places: &Places) -> AttributeIndex {
    places.get(&attribute).copied().unwrap_or(attribute)
}

/// Whether a rule is itself after the swap. Only what changes places is written out: rules may be
/// about many parts, of which two change.
fn stays(rule: &Rule, places: &Places) -> bool {
    let mut conditions = rule.when.iter().chain([&rule.require]);
    conditions.all(|it| condition_stays(it, places))
}

fn condition_stays(condition: &Condition, places: &Places) -> bool {
    let one = |it: &Condition| condition_stays(it, places);
    match condition {
        Condition::Constant(_) => true,
        Condition::Is { attribute, .. } | Condition::There(attribute) => {
            moved(*attribute, places) == *attribute
        }
        Condition::Compare { left, right, .. } => {
            formula_stays(left, places) && formula_stays(right, places)
        }
        Condition::All(parts) | Condition::Any(parts) => {
            all_stay(parts, one, condition_text, places)
        }
        Condition::Not(inner) | Condition::Certain(inner) => one(inner),
    }
}

fn formula_stays(formula: &Formula, places: &Places) -> bool {
    let one = |it: &Formula| formula_stays(it, places);
    let stays = |it: &AttributeIndex| moved(*it, places) == *it;
    match formula {
        Formula::Constant(_) => true,
        Formula::Attribute(attribute) | Formula::Property { attribute, .. } => stays(attribute),
        Formula::Add(left, right)
        | Formula::Subtract(left, right)
        | Formula::Multiply(left, right)
        | Formula::Divide(left, right) => one(left) && one(right),
        Formula::Power(base, _) => one(base),
        Formula::Count(parts) => all_stay(parts, stays, |it, places| moved(*it, places), places),
        Formula::Sum(terms) | Formula::Min(terms) | Formula::Max(terms) => {
            all_stay(terms, one, formula_text, places)
        }
        Formula::Where(condition, inner) => condition_stays(condition, places) && one(inner),
    }
}

/// Whether those that do not stay are the same ones after the swap, in any order.
fn all_stay<T, W: Ord>(
    parts: &[T],
    stays: impl Fn(&T) -> bool,
    written: impl Fn(&T, &Places) -> W,
    places: &Places,
) -> bool {
    let changed: Vec<&T> = parts.iter().filter(|it| !stays(it)).collect();
    let sorted = |places: &Places| {
        let mut all: Vec<W> = changed.iter().map(|it| written(it, places)).collect();
        all.sort_unstable();
        all
    };
    changed.is_empty() || sorted(places) == sorted(&Places::new())
}

fn rule(rule: &Rule, places: &Places) -> String {
    let when = rule.when.as_ref().map(|it| condition_text(it, places));
    format!(
        "{} => {}",
        when.unwrap_or_default(),
        condition_text(&rule.require, places)
    )
}

/// The parts in an order that does not depend on the one in which they are written.
fn sorted(parts: impl Iterator<Item = String>) -> String {
    let mut parts: Vec<String> = parts.collect();
    parts.sort_unstable();
    parts.join(",")
}

fn condition_text(condition: &Condition, places: &Places) -> String {
    let each = |parts: &[Condition]| sorted(parts.iter().map(|it| condition_text(it, places)));
    match condition {
        Condition::Constant(constant) => constant.to_string(),
        Condition::Is { attribute, options } => {
            format!("is({},{options:?})", moved(*attribute, places).0)
        }
        Condition::Compare {
            left,
            comparison,
            right,
        } => format!(
            "({} {comparison:?} {})",
            formula_text(left, places),
            formula_text(right, places)
        ),
        Condition::All(parts) => format!("all({})", each(parts)),
        Condition::Any(parts) => format!("any({})", each(parts)),
        Condition::Not(inner) => format!("not({})", condition_text(inner, places)),
        Condition::There(part) => format!("there({})", moved(*part, places).0),
        Condition::Certain(inner) => format!("certain({})", condition_text(inner, places)),
    }
}

fn formula_text(formula: &Formula, places: &Places) -> String {
    let one = |it: &Formula| formula_text(it, places);
    let each = |terms: &[Formula]| sorted(terms.iter().map(one));
    match formula {
        Formula::Constant(number) => number.to_string(),
        Formula::Attribute(attribute) => format!("a{}", moved(*attribute, places).0),
        Formula::Property {
            attribute,
            property,
        } => format!("a{}.{property}", moved(*attribute, places).0),
        Formula::Add(left, right) => format!("({}+{})", one(left), one(right)),
        Formula::Subtract(left, right) => format!("({}-{})", one(left), one(right)),
        Formula::Multiply(left, right) => format!("({}*{})", one(left), one(right)),
        Formula::Divide(left, right) => format!("({}/{})", one(left), one(right)),
        Formula::Power(base, exponent) => format!("({}^{exponent})", one(base)),
        Formula::Count(parts) => {
            let parts = parts.iter().map(|it| moved(*it, places).0.to_string());
            format!("count({})", sorted(parts))
        }
        Formula::Sum(terms) => format!("sum({})", each(terms)),
        Formula::Min(terms) => format!("min({})", each(terms)),
        Formula::Max(terms) => format!("max({})", each(terms)),
        Formula::Where(condition, inner) => {
            format!(
                "where({},{})",
                condition_text(condition, places),
                one(inner)
            )
        }
    }
}
