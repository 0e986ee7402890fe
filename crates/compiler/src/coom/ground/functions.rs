//! `count`, `sum`, `min` and `max`: one number for all instances that a path stands for.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeIndex, Condition, Formula};
use rust_decimal::Decimal;

use super::Grounder;
use super::cases::{Case, Cases, one};
use super::notes::Grounded;
use super::paths::{Resolved, Thing};
use super::scope::Scope;
use super::terms::all;
use crate::coom::ast::{Expression, ExpressionKind, Name, Path};

impl<'a> Grounder<'a, '_> {
    /// What a function comes to.
    pub(super) fn call(
        &mut self,
        scope: &Scope<'a>,
        function: &'a Name,
        arguments: &'a [Expression],
    ) -> Grounded<Cases<Formula>> {
        match function.text.as_str() {
            "count" => {
                let mut things = Vec::new();
                for argument in arguments {
                    things.extend(self.things(scope, argument)?);
                }
                Ok(one(self.count(things)))
            }
            "sum" => {
                let mut terms = Vec::new();
                for case in self.all_numbers(scope, arguments)? {
                    let guards = (!case.guards.is_empty()).then(|| all(case.guards));
                    terms.push(match guards {
                        Some(guard) => Formula::Where(Box::new(guard), Box::new(case.value)),
                        None => case.value,
                    });
                }
                Ok(one(match terms.is_empty() {
                    true => Formula::Constant(Decimal::ZERO),
                    false => Formula::Sum(terms),
                }))
            }
            name @ ("min" | "max") => {
                let cases = self.all_numbers(scope, arguments)?;
                if cases.iter().any(|case| !case.guards.is_empty()) {
                    let what = format!("`{name}` of what `last`, a reference or a sum leads to");
                    return Err(self.notes.unsupported(&function.span, what));
                }
                let terms: Vec<Formula> = cases.into_iter().map(|case| case.value).collect();
                Ok(match (terms.is_empty(), name) {
                    (true, _) => Vec::new(),
                    (false, "min") => one(Formula::Min(terms)),
                    (false, _) => one(Formula::Max(terms)),
                })
            }
            "pow" => self.pow(scope, &function.span, arguments),
            name => {
                let what = format!("the function `{name}`");
                Err(self.notes.unsupported(&function.span, what))
            }
        }
    }

    fn all_numbers(
        &mut self,
        scope: &Scope<'a>,
        arguments: &'a [Expression],
    ) -> Grounded<Cases<Formula>> {
        let mut cases = Vec::new();
        for argument in arguments {
            cases.extend(self.numbers(scope, argument)?);
        }
        Ok(cases)
    }

    /// What an argument of `count`, or the range of `exists`, stands for.
    pub(super) fn things(
        &mut self,
        scope: &Scope<'a>,
        expression: &'a Expression,
    ) -> Grounded<Cases<Thing>> {
        let ExpressionKind::Path(path) = &expression.kind else {
            let message = "a path is needed here";
            return Err((self.notes).error("type-mismatch", &expression.span, message, None));
        };
        self.things_on(scope, path)
    }

    /// What a path stands for, where it has to lead to something.
    pub(super) fn things_on(
        &mut self,
        scope: &Scope<'a>,
        path: &'a Path,
    ) -> Grounded<Cases<Thing>> {
        match self.resolve(scope, path)? {
            Resolved::Things(things) => Ok(things),
            Resolved::Formula(formula, inner) => self.things(&inner, formula),
            Resolved::Word(word) => {
                let message = || format!("there is no feature called `{word}` here");
                (self.notes).warn("unknown-path", &path.span, message, None);
                Ok(Vec::new())
            }
        }
    }

    /// How many of `things` are there. Several that are there together are counted at once.
    fn count(&self, things: Cases<Thing>) -> Formula {
        let mut always = 0_u64;
        let mut parts: BTreeMap<AttributeIndex, u64> = BTreeMap::new();
        let mut terms = Vec::new();
        for case in things {
            let there = self.presence_of(case.value);
            if !case.guards.is_empty() {
                terms.push(counted(case, there));
            } else if let Some(presence) = there {
                *parts.entry(presence).or_default() += 1;
            } else {
                always += 1;
            }
        }
        let mut by_times: BTreeMap<u64, Vec<AttributeIndex>> = BTreeMap::new();
        for (presence, times) in parts {
            by_times.entry(times).or_default().push(presence);
        }
        for (times, presences) in by_times {
            let count = Formula::Count(presences);
            terms.push(match times {
                1 => count,
                _ => Formula::Multiply(Box::new(constant(times)), Box::new(count)),
            });
        }
        if always > 0 || terms.is_empty() {
            terms.push(constant(always));
        }
        match terms.pop() {
            Some(only) if terms.is_empty() => only,
            last => {
                terms.extend(last);
                Formula::Sum(terms)
            }
        }
    }

    /// The presence without which `thing` is not there; `None`: it always is.
    pub(super) fn presence_of(&self, thing: Thing) -> Option<AttributeIndex> {
        match thing {
            Thing::Instance(id) => self.tree.node(id).there,
            Thing::Attribute { owner, .. } => self.tree.part(owner),
        }
    }
}

/// 1 where the thing is there and is the one that is meant.
fn counted(case: Case<Thing>, there: Option<AttributeIndex>) -> Formula {
    let mut conditions = case.guards;
    conditions.extend(there.map(Condition::There));
    Formula::Where(Box::new(all(conditions)), Box::new(constant(1)))
}

fn constant(number: u64) -> Formula {
    Formula::Constant(Decimal::from(number))
}
