//! What completion strives for.
//!
//! The order of preferences: those with the larger number after `default/`, `minimize/` or
//! `maximize/` first (0 where none is written, and for `prefer`), among these those with the
//! larger number after `prefer/` (0 where none is written, and for the others), then in the
//! order of the file. A `default` or `prefer` of a part, and one whose paths stand for
//! several instances, is one preference for each, in the order of the product's parts. A
//! `minimize` or `maximize` is one preference in all: about the sum over all instances.

use quotewright_engine::catalog::{Aim, Condition, Formula, Preference};

use super::Grounder;
use super::cases::{Cases, pairs};
use super::notes::Grounded;
use super::rules::{Heading, kind};
use super::scope::Scope;
use super::terms::all;
use crate::coom::ast::{Expression, Span, Statement, StatementKind};

/// A preference with what its place in the order depends on.
pub(super) struct Weighed {
    pub(super) priority: u32,
    pub(super) penalty: u32,
    pub(super) preference: Preference,
}

impl<'a> Grounder<'a, '_> {
    /// Adds a `default`, `prefer`, `minimize` or `maximize`.
    pub(super) fn preference(
        &mut self,
        scopes: &[Scope<'a>],
        statement: &'a Statement,
        heading: &Heading<'a>,
    ) -> Grounded<()> {
        let (priority, penalty) = match &statement.kind {
            StatementKind::Prefer { penalty, .. } => (0, penalty.unwrap_or_default()),
            StatementKind::Default { priority, .. } | StatementKind::Optimize { priority, .. } => {
                (priority.unwrap_or_default(), 0)
            }
            _ => return Ok(()),
        };
        let mut terms = Vec::new();
        let mut direction = None;
        for scope in scopes {
            let aims = match &statement.kind {
                StatementKind::Prefer { condition, .. } => self.conditions(scope, condition)?,
                StatementKind::Default { path, value, .. } => {
                    self.equation(scope, path, value, &statement.span)?
                }
                StatementKind::Optimize {
                    minimize, formula, ..
                } => {
                    direction = Some(*minimize);
                    terms.extend(self.conditioned(scope, formula, heading, &statement.span)?);
                    continue;
                }
                _ => continue,
            };
            self.hold(scope, aims, statement, heading, (priority, penalty))?;
        }
        let Some(minimize) = direction else {
            return Ok(());
        };
        let formula = match terms.pop() {
            Some(only) if terms.is_empty() => only,
            None => return Ok(()),
            last => {
                terms.extend(last);
                Formula::Sum(terms)
            }
        };
        let aim = match minimize {
            true => Aim::Minimize(formula),
            false => Aim::Maximize(formula),
        };
        if let Some(scope) = scopes.first() {
            let code = self.statement_code(&statement.span, kind(&statement.kind));
            let explanation = self.explanation(scope, statement, heading);
            self.preferences.push(Weighed {
                priority,
                penalty,
                preference: Preference {
                    code,
                    when: None,
                    aim,
                    explanation,
                },
            });
        }
        Ok(())
    }

    /// A formula, once for each combination of instances; 0 where the conditions do not hold.
    fn conditioned(
        &mut self,
        scope: &Scope<'a>,
        formula: &'a Expression,
        heading: &Heading<'a>,
        span: &Span,
    ) -> Grounded<Vec<Formula>> {
        let numbers = self.numbers(scope, formula)?;
        let whens = self.combined(scope, heading.conditions.iter().copied(), span)?;
        self.spend(whens.len().saturating_mul(numbers.len()), span)?;
        let cases = pairs(whens, numbers).into_iter().map(|case| {
            let (mut when, number) = case.value;
            when.extend(case.guards);
            when.extend(self.tree.node(scope.context).there.map(Condition::There));
            match when.is_empty() {
                true => number,
                false => Formula::Where(Box::new(all(when)), Box::new(number)),
            }
        });
        Ok(cases.collect())
    }

    fn hold(
        &mut self,
        scope: &Scope<'a>,
        aims: Cases<Condition>,
        statement: &'a Statement,
        heading: &Heading<'a>,
        (priority, penalty): (u32, u32),
    ) -> Grounded<()> {
        let span = &statement.span;
        let whens = self.combined(scope, heading.conditions.iter().copied(), span)?;
        self.spend(whens.len().saturating_mul(aims.len()), span)?;
        let code = self.code(scope, span, kind(&statement.kind));
        let explanation = self.explanation(scope, statement, heading);
        let cases = pairs(whens, aims);
        let several = cases.len() > 1;
        for (position, case) in cases.into_iter().enumerate() {
            let (mut when, aim) = case.value;
            when.extend(case.guards);
            let when = self.guarded(scope.context, when, &aim);
            self.preferences.push(Weighed {
                priority,
                penalty,
                preference: Preference {
                    code: match several {
                        true => format!("{code}#{}", position + 1),
                        false => code.clone(),
                    },
                    when: (!when.is_empty()).then(|| all(when)),
                    aim: Aim::Hold(aim),
                    explanation: explanation.clone(),
                },
            });
        }
        Ok(())
    }
}
