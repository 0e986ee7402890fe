//! What has the same value in every configuration, as far as single rules tell. Without it,
//! large models fall apart: features that are always there connect all that depends on them.

mod substitute;

use std::collections::VecDeque;

use crate::catalog::{
    AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model, Rule, Truth, Value,
};

/// The values that options and yes/no attributes always have.
pub(super) struct Fixed {
    values: Vec<Option<Value>>,
}

impl Fixed {
    /// What the rules demand one by one, followed until nothing more follows. Nothing where
    /// they contradict each other: then there is no configuration, which others find out.
    pub fn by_rules(model: &Model) -> Self {
        let mut following = Following::new(model);
        if following.exhaust().is_err() {
            following.values.fill(None);
        }
        Self {
            values: following.values,
        }
    }

    /// How many attributes are fixed.
    pub fn count(&self) -> usize {
        self.values.iter().flatten().count()
    }

    /// The fixed attributes and the positions of their values.
    fn positions(&self) -> impl Iterator<Item = (AttributeIndex, usize)> {
        let position = |(index, value): (usize, &Option<Value>)| match value {
            Some(Value::Option(position)) => Some((AttributeIndex(index), *position)),
            _ => None,
        };
        self.values.iter().enumerate().filter_map(position)
    }
}

/// Rules contradict each other.
struct Contradiction;

/// Rules being followed.
struct Following<'a> {
    model: &'a Model,
    values: Vec<Option<Value>>,
    /// The rules that mention each attribute.
    concerned: Vec<Vec<usize>>,
    queue: VecDeque<usize>,
    queued: Vec<bool>,
}

impl<'a> Following<'a> {
    fn new(model: &'a Model) -> Self {
        let mut following = Self {
            model,
            values: vec![None; model.attributes.len()],
            concerned: vec![Vec::new(); model.attributes.len()],
            queue: VecDeque::new(),
            queued: vec![false; model.rules.len()],
        };
        for (index, rule) in model.rules.iter().enumerate() {
            let conditions = rule.when.iter().chain([&rule.require]);
            // One that may be undefined may also demand nothing.
            if conditions.clone().any(|it| it.may_be_undefined(model)) {
                continue;
            }
            for attribute in conditions.flat_map(Condition::attributes) {
                following.concerned[attribute.0].push(index);
            }
            following.enqueue(index);
        }
        following
    }

    fn enqueue(&mut self, rule: usize) {
        if !std::mem::replace(&mut self.queued[rule], true) {
            self.queue.push_back(rule);
        }
    }

    fn exhaust(&mut self) -> Result<(), Contradiction> {
        while let Some(rule) = self.queue.pop_front() {
            self.queued[rule] = false;
            self.follow(&self.model.rules[rule])?;
        }
        Ok(())
    }

    fn follow(&mut self, rule: &Rule) -> Result<(), Contradiction> {
        match rule.when.as_ref().map(|it| (it, self.truth(it))) {
            Some((_, Truth::No | Truth::Undefined)) => Ok(()),
            Some((when, Truth::Open)) => match self.truth(&rule.require) {
                Truth::No => self.want(when, false),
                _ => Ok(()),
            },
            Some((_, Truth::Yes)) | None => self.want(&rule.require, true),
        }
    }

    /// What cannot be worked out is left open.
    fn truth(&self, condition: &Condition) -> Truth {
        let truth = condition.truth(self.model, &self.values);
        truth.unwrap_or(Truth::Open)
    }

    /// The condition has to hold, or must not.
    fn want(&mut self, condition: &Condition, holds: bool) -> Result<(), Contradiction> {
        match self.truth(condition) {
            Truth::Open => {}
            found if found == Truth::from(holds) => return Ok(()),
            _ => return Err(Contradiction),
        }
        match condition {
            Condition::Is { attribute, options } => self.restrict(*attribute, options, holds),
            Condition::Not(inner) => self.want(inner, !holds),
            Condition::Certain(inner) if holds || !inner.may_be_undefined(self.model) => {
                self.want(inner, holds)
            }
            Condition::All(parts) => self.want_all(parts, true, holds),
            Condition::Any(parts) => self.want_all(parts, false, holds),
            Condition::Compare {
                left: Formula::Count(counted),
                comparison,
                right: Formula::Constant(number),
            } if holds => self.restrict_count(counted, *comparison, *number),
            _ => Ok(()),
        }
    }

    /// Of parts that all (`together`) or one at least have to hold, or not.
    fn want_all(
        &mut self,
        parts: &[Condition],
        together: bool,
        holds: bool,
    ) -> Result<(), Contradiction> {
        if together == holds {
            return parts.iter().try_for_each(|it| self.want(it, holds));
        }
        let mut open = parts.iter().filter(|it| self.truth(it) == Truth::Open);
        match (open.next(), open.next()) {
            (Some(last), None) => self.want(last, holds),
            _ => Ok(()),
        }
    }

    /// The attribute has one of the options, or none of them.
    fn restrict(
        &mut self,
        attribute: AttributeIndex,
        options: &[usize],
        holds: bool,
    ) -> Result<(), Contradiction> {
        let size = match &self.model.attributes[attribute.0].domain {
            AttributeDomain::Options(list) => list.options.len(),
            AttributeDomain::Flag => 2,
            AttributeDomain::Number(_) | AttributeDomain::Presence(_) => return Ok(()),
        };
        let mut left = (0..size).filter(|it| options.contains(it) == holds);
        match (left.next(), left.next()) {
            (None, _) => Err(Contradiction),
            (Some(only), None) => {
                self.fix(attribute, only);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn fix(&mut self, attribute: AttributeIndex, position: usize) {
        if self.model.attributes[attribute.0].part.is_some() {
            return;
        }
        self.values[attribute.0] = Some(Value::Option(position));
        for rule in self.concerned[attribute.0].clone() {
            self.enqueue(rule);
        }
    }

    /// As many of `counted` are there, or yes, as compares so with a number.
    fn restrict_count(
        &mut self,
        counted: &[AttributeIndex],
        comparison: Comparison,
        number: rust_decimal::Decimal,
    ) -> Result<(), Contradiction> {
        let value = |it: &&AttributeIndex| self.values[it.0];
        let open: Vec<AttributeIndex> = (counted.iter())
            .filter(|it| value(it).is_none())
            .copied()
            .collect();
        let yes = (counted.iter())
            .filter(|it| value(it) == Some(Value::Option(1)))
            .count();
        let meets = |count: usize| comparison.holds(&count.into(), &number);
        let mut meeting = (yes..=yes + open.len()).filter(|it| meets(*it));
        let position = match (meeting.next(), meeting.next()) {
            (None, _) => return Err(Contradiction),
            (Some(only), None) if only == yes => 0,
            (Some(only), None) if only == yes + open.len() => 1,
            _ => return Ok(()),
        };
        let mut open = open.into_iter();
        open.try_for_each(|it| self.restrict(it, &[position], true))
    }
}

#[cfg(test)]
mod tests;
