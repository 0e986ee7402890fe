//! More instances of unbounded parts, where an answer may depend on them.

use std::collections::{BTreeMap, BTreeSet};

use quotewright_compiler::coom::Unbounded;
use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Constraint, Decisions, Model, NumberRange, Value,
};
use quotewright_engine::configure::{Conflict, Domain, Origin, Possibility};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::session::Session;
use super::{Answer, Refusal};

/// So many values are asked about to see whether more instances would make them possible.
const QUESTIONS: usize = 64;

/// So many features are looked at to see whether they have no bound at all.
const FEATURES: usize = 8;

/// How many instances to lay out, by what their paths begin with.
pub(super) type Asked = BTreeMap<String, u32>;

/// An end of a number's domain that is only due to how many instances are laid out.
pub(super) struct LimitedEnd {
    attribute: AttributeIndex,
    key: &'static str,
    /// More instances would take it as far as one likes.
    unbounded: bool,
    more: Asked,
}

impl Session {
    /// Asks again with more instances of unbounded parts, as long as the answer is a refusal
    /// that they may change. What is on `path` is laid out first. Goes on with the larger
    /// model where `keep` is set and the answer is no refusal.
    pub(super) fn growing(
        &mut self,
        path: &str,
        keep: bool,
        attempt: impl Fn(&mut Self) -> Result<Answer, Refusal>,
    ) -> Result<Answer, Refusal> {
        let mut larger = self.reaching(path)?;
        loop {
            let session = larger.as_mut().unwrap_or(self);
            let result = attempt(session);
            let more = std::mem::take(&mut session.more);
            if let Some(next) = session.grown(&more) {
                self.take_over(larger.replace(next));
                continue;
            }
            match larger {
                Some(larger) if keep && result.is_ok() => {
                    let before = std::mem::replace(self, larger);
                    self.take_over(Some(before));
                }
                larger => self.take_over(larger),
            }
            return result;
        }
    }

    /// Lays out so much that the model has a configuration at all, where the limit allows.
    pub(super) fn settle(&mut self) {
        while !self.settled {
            self.settled = true;
            let sufficient = (self.product.unbounded().iter()).all(Unbounded::is_sufficient);
            if sufficient {
                return;
            }
            let found = self.ask(|it, decisions| it.begin(decisions));
            let more = found.map_or_else(|it| self.more_for(&it), |()| Asked::new());
            if let Some(mut larger) = self.grown(&more) {
                larger.settled = false;
                larger.micros += self.micros;
                *self = larger;
            }
        }
    }

    /// Counts the time of a session that is given up.
    fn take_over(&mut self, other: Option<Self>) {
        self.micros += other.map_or(0, |it| it.micros);
    }

    /// A session in which all instances on `path` are laid out, where they are not yet.
    fn reaching(&self, path: &str) -> Result<Option<Self>, Refusal> {
        let mut larger: Option<Self> = None;
        loop {
            let session = larger.as_ref().unwrap_or(self);
            let missing = session.product.unbounded().iter().find_map(|it| {
                let index = index_after(&it.path, path)?;
                (index >= u64::from(it.grounded)).then_some((it, index))
            });
            let Some((feature, index)) = missing else {
                return Ok(larger);
            };
            let wanted = u32::try_from(index).ok().and_then(|it| it.checked_add(1));
            let wanted = wanted.filter(|it| *it <= feature.highest);
            let wanted = wanted.ok_or_else(|| too_many(feature))?;
            let count = wanted.max(feature.next().unwrap_or(wanted));
            let more = Asked::from([(feature.path.clone(), count)]);
            let next = session.grown(&more);
            larger = Some(next.ok_or_else(|| too_many(feature))?);
        }
    }

    /// The same session with more instances laid out; `None` where that changes nothing.
    fn grown(&self, more: &Asked) -> Option<Self> {
        if more.is_empty() {
            return None;
        }
        let mut larger = Self::new(self.product.larger(more)?).ok()?;
        larger.settled = true;
        let (old, new) = (&self.product.model, &larger.product.model);
        let codes: BTreeMap<&str, AttributeIndex> = (new.indices().zip(&new.attributes))
            .map(|(index, it)| (it.code.as_str(), index))
            .collect();
        for (index, value) in &self.decisions {
            let there = *codes.get(old.attribute(*index)?.code.as_str())?;
            let text = old.value_to_text(*index, *value);
            let value = new.value_from_text(there, &text)?;
            larger.decisions.insert(there, value);
        }
        Some(larger)
    }

    /// The features of which more instances may undo a conflict: one of its constraints says
    /// something of all that are laid out, and with its decisions the last one can be there.
    fn concerned(&mut self, conflict: &Conflict) -> Vec<Unbounded> {
        let mut found = self.mentioned(&conflict.constraints);
        let decisions: Decisions = conflict.decisions.iter().copied().collect();
        found.retain(|it| {
            let Some(last) = self.last(it) else {
                return true;
            };
            let [absent, there] = [0, 1].map(Value::Option);
            let can = |session: &mut Self, value| {
                session.ask(|it, _| it.possible(&decisions, last, value))
            };
            // Where neither is possible, the decisions contradict each other.
            can(self, there) || !can(self, absent)
        });
        found
    }

    /// Presence of the last instance that is laid out.
    fn last(&self, feature: &Unbounded) -> Option<AttributeIndex> {
        let last = feature.grounded.checked_sub(1)?;
        self.names.part(&format!("{}[{last}]", feature.path))
    }

    /// The features that one of the constraints says something of all instances of.
    fn mentioned(&self, constraints: &[Constraint]) -> Vec<Unbounded> {
        let open = self.product.unbounded().iter();
        let open: Vec<&Unbounded> = open.filter(|it| !it.is_sufficient()).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let model = self.configurator.model();
        let mentioned: BTreeSet<AttributeIndex> = (constraints.iter())
            .flat_map(|it| scope(model, *it))
            .collect();
        let codes = mentioned.iter().filter_map(|it| model.attribute(*it));
        let codes: BTreeSet<&str> = codes
            .flat_map(|it| {
                // The values of a reference are paths.
                let options = match &it.domain {
                    AttributeDomain::Options(list) => list.options.as_slice(),
                    _ => &[],
                };
                let own = it.code.trim_start_matches('+');
                options.iter().map(|it| it.code.as_str()).chain([own])
            })
            .collect();
        let mentions_last = |feature: &&Unbounded| {
            let Some(last) = feature.grounded.checked_sub(1) else {
                return true;
            };
            let path = format!("{}[{last}]", feature.path);
            let mut after = codes.range(path.as_str()..);
            after.next().is_some_and(|it| it.starts_with(&path))
        };
        open.into_iter().filter(mentions_last).cloned().collect()
    }

    /// What to lay out for a conflict to be another one.
    pub(super) fn more_for(&mut self, conflict: &Conflict) -> Asked {
        let concerned = self.concerned(conflict).into_iter();
        concerned
            .filter_map(|it| Some((it.path.clone(), it.next()?)))
            .collect()
    }

    /// That no more instances are tried, told as the rules of a conflict are.
    pub(super) fn limit_rules(&mut self, conflict: &Conflict) -> Vec<Json> {
        let concerned = self.concerned(conflict).into_iter();
        let at_limit = concerned.filter(|it| it.next().is_none());
        at_limit
            .map(|it| json!({ "code": format!("limit:{}", it.path), "explanation": tried(&it) }))
            .collect()
    }

    /// How many instances of unbounded parts an answer holds for, where that may matter.
    pub(super) fn limits(&self) -> Option<(String, Json)> {
        let limits = self.product.limits();
        (!limits.is_empty()).then(|| ("limits".to_owned(), json!(limits)))
    }

    /// Lays out more as long as that takes a domain further, up to the limit; the ends of
    /// numbers that more instances would still move.
    pub(super) fn grow_domains(&mut self) -> Result<Vec<LimitedEnd>, Refusal> {
        loop {
            self.work_out()?;
            let (ends, more) = self.limited_ends();
            let Some(mut larger) = self.grown(&more) else {
                return Ok(ends);
            };
            larger.micros += self.micros;
            *self = larger;
        }
    }

    fn limited_ends(&mut self) -> (Vec<LimitedEnd>, Asked) {
        let (mut ends, mut more) = (Vec::new(), Asked::new());
        if (self.product.unbounded().iter()).all(Unbounded::is_sufficient) {
            return (ends, more);
        }
        for (attribute, value, key) in self.impossible_values() {
            let found = self.ask(|it, decisions| it.explain(decisions, attribute, value));
            let Some(conflict) = found else { continue };
            let concerned = self.concerned(&conflict);
            if concerned.is_empty() {
                continue;
            }
            let range = self.range(attribute);
            let endless = match key {
                Some("min") => range.is_some_and(|it| it.unbounded_below),
                Some(_) => range.is_some_and(|it| it.unbounded_above),
                None => false,
            };
            let unbounded = endless && concerned.iter().any(|it| it.most.is_none());
            let asked = match unbounded {
                true => Asked::new(),
                false => (concerned.iter())
                    .filter_map(|it| Some((it.path.clone(), it.next()?)))
                    .collect(),
            };
            more.extend(asked.clone());
            if let Some(key) = key {
                ends.push(LimitedEnd {
                    attribute,
                    key,
                    unbounded,
                    more: asked,
                });
            }
        }
        (ends, more)
    }

    fn range(&self, attribute: AttributeIndex) -> Option<&NumberRange> {
        match &self.product.model.attribute(attribute)?.domain {
            AttributeDomain::Number(range) => Some(range),
            _ => None,
        }
    }

    /// Values that are not possible next to those that are, outside of unbounded parts.
    fn impossible_values(&self) -> Vec<(AttributeIndex, Value, Option<&'static str>)> {
        let model = &self.product.model;
        let within = |code: &str| {
            let features = self.product.unbounded().iter();
            (features.clone()).any(|it| index_after(&it.path, code).is_some())
        };
        let mut found = Vec::new();
        let states = self.state.iter().flat_map(|it| &it.states);
        for ((index, attribute), state) in model.indices().zip(&model.attributes).zip(states) {
            if state.origin == Origin::Decided || within(attribute.code.trim_start_matches('+')) {
                continue;
            }
            match (&attribute.domain, &state.domain) {
                (AttributeDomain::Number(range), Domain::Number { min, max }) => {
                    let below = min.and_then(|it| it.checked_sub(range.step));
                    let above = max.and_then(|it| it.checked_add(range.step));
                    let inside = |it: &Decimal| *it >= range.min && *it <= range.max;
                    let ends = [(below, "min"), (above, "max")].into_iter();
                    let ends = ends.filter_map(|(it, key)| Some((it.filter(inside)?, key)));
                    found.extend(ends.map(|(it, key)| (index, Value::Number(it), Some(key))));
                }
                (_, Domain::Options(options)) => {
                    let options = options.iter().enumerate();
                    let impossible = options.filter(|(_, it)| **it == Possibility::Impossible);
                    found.extend(impossible.map(|(it, _)| (index, Value::Option(it), None)));
                }
                _ => {}
            }
        }
        found.truncate(QUESTIONS);
        found
    }

    /// Says of the ends of numbers that they are not the model's.
    pub(super) fn mark(&self, ends: &[LimitedEnd], domains: &mut Map<String, Json>) {
        for end in ends {
            let Some(attribute) = self.product.model.attribute(end.attribute) else {
                continue;
            };
            let Some(Json::Object(domain)) = domains.get_mut(&attribute.code) else {
                continue;
            };
            if end.unbounded {
                domain.insert(end.key.to_owned(), json!("unbounded"));
            } else if end.more.is_empty() {
                let limited = domain.entry("limited").or_insert_with(|| json!([]));
                if let Json::Array(limited) = limited {
                    limited.push(json!(end.key));
                }
            }
        }
    }

    /// Whether there can be as many instances of a part as one likes; else whether there can
    /// be more of one than are laid out.
    pub(super) fn is_endless(&mut self) -> Result<(bool, bool), Refusal> {
        self.work_out()?;
        let can_grow = |it: &&Unbounded| !it.is_closed() && self.last_is_possible(it);
        let open = self.product.unbounded().iter().filter(can_grow);
        let open: Vec<Unbounded> = open.cloned().collect();
        for feature in open.iter().filter(|it| it.most.is_none()).take(FEATURES) {
            let all = Asked::from([(feature.path.clone(), feature.highest)]);
            let Some(mut larger) = self.grown(&all) else {
                return Ok((true, true));
            };
            larger.work_out()?;
            let known = larger.product.unbounded().iter();
            let mut grown = known.filter(|it| it.path == feature.path);
            let endless = grown.any(|it| larger.last_is_possible(it));
            self.take_over(Some(larger));
            if endless {
                return Ok((true, true));
            }
        }
        Ok((false, !open.is_empty()))
    }

    fn last_is_possible(&self, feature: &Unbounded) -> bool {
        let (Some(last), Some(state)) = (self.last(feature), &self.state) else {
            return true;
        };
        state
            .states
            .get(last.0)
            .is_some_and(|it| match (&it.domain, it.value) {
                (_, Some(Value::Absent)) if it.origin != Origin::Suggested => false,
                (Domain::Options(options), _) => options.get(1) == Some(&Possibility::Possible),
                _ => false,
            })
    }
}

/// The index that `path` has after `feature`.
fn index_after(feature: &str, path: &str) -> Option<u64> {
    let rest = path.strip_prefix(feature)?.strip_prefix('[')?;
    rest.split(']').next()?.parse().ok()
}

fn tried(feature: &Unbounded) -> String {
    let Unbounded { path, grounded, .. } = feature;
    format!("no more than {grounded} of `{path}` are tried: start again with a larger --limit")
}

fn too_many(feature: &Unbounded) -> String {
    match feature.most {
        Some(most) if most <= feature.highest => {
            format!("`{}` can be there {most} times at most", feature.path)
        }
        _ => format!(
            "no more than {} of `{}` are tried: start again with a larger --limit",
            feature.highest, feature.path
        ),
    }
}

/// The attributes that a constraint is about. That parts come one after the other does not
/// depend on how many there are.
fn scope(model: &Model, constraint: Constraint) -> BTreeSet<AttributeIndex> {
    let mut found = BTreeSet::new();
    match constraint {
        Constraint::Rule(rule) => {
            if let Some(rule) = model.rules.get(rule) {
                found.extend(rule.require.attributes());
                found.extend(rule.when.iter().flat_map(|it| it.attributes()));
            }
        }
        Constraint::Table(table) => {
            found.extend(model.tables.get(table).iter().flat_map(|it| &it.columns));
        }
        Constraint::Relation(relation) => {
            let relation = model.relations.get(relation);
            found.extend(relation.iter().flat_map(|it| &it.columns));
        }
        Constraint::Formula(index) => {
            let formula = model.attribute(index).and_then(|it| it.formula.as_ref());
            found.extend(formula.iter().flat_map(|it| it.attributes()));
        }
        Constraint::Structure(_) => {}
    }
    found
}
