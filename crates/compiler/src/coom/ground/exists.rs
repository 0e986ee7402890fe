//! `exists`: that some instance meets all that a block demands.

use quotewright_engine::catalog::Condition;

use super::Grounder;
use super::cases::Case;
use super::conditions::negation;
use super::notes::Grounded;
use super::paths::Thing;
use super::rules::Demand;
use super::scope::Scope;
use super::terms::all;
use crate::coom::ast::{Block, Name, Path};

impl<'a> Grounder<'a, '_> {
    /// Adds what holds where the variables stand for certain instances, for each such choice.
    pub(super) fn exists(
        &mut self,
        scope: &Scope<'a>,
        variables: &'a [(Name, Path)],
        block: &'a Block,
        found: &mut Vec<Condition>,
    ) -> Grounded<()> {
        let Some(((name, path), rest)) = variables.split_first() else {
            let mut conditions: Vec<Condition> = Vec::new();
            for demand in self.block_demands(scope, block, &[])? {
                conditions.push(held(demand));
            }
            found.push(all(conditions));
            return Ok(());
        };
        let things = self.things_on(scope, path)?;
        for case in things {
            let Thing::Instance(id) = case.value else {
                let what = "`exists` over an attribute of an option";
                return Err(self.notes.unsupported(&path.span, what));
            };
            let mut there: Vec<Condition> = case.guards.clone();
            there.extend(self.tree.node(id).there.map(Condition::There));
            // What must hold of the instance is part of the alternative, not of the rule.
            let inner = scope.with_variable(&name.text, Case::plain(id));
            let mut alternatives = Vec::new();
            self.exists(&inner, rest, block, &mut alternatives)?;
            for alternative in alternatives {
                let mut conditions = there.clone();
                conditions.push(alternative);
                found.push(Condition::Certain(Box::new(all(conditions))));
            }
        }
        Ok(())
    }
}

/// That a demand is met: what is undefined is.
fn held(demand: Demand) -> Condition {
    if demand.when.is_empty() {
        return demand.require;
    }
    let mut broken = demand.when;
    broken.push(negation(demand.require));
    negation(Condition::Certain(Box::new(all(broken))))
}
