//! What the statements of a behavior demand, for each instance that has it.

use std::collections::BTreeSet;

use quotewright_engine::catalog::{Comparison, Condition, Rule};

use super::Grounder;
use super::cases::{Cases, one, pairs};
use super::notes::Grounded;
use super::schema::{PRODUCT, Type};
use super::scope::Scope;
use super::terms::{Term, all};
use super::tree::NodeId;
use crate::coom::ast::{Behavior, Block, Expression, Name, Path, Span, Statement, StatementKind};

/// Something that must hold where something else does.
pub(super) struct Demand {
    pub(super) when: Vec<Condition>,
    pub(super) require: Condition,
}

/// What stands above the statements of a block.
#[derive(Clone, Default)]
pub(super) struct Heading<'a> {
    pub(super) conditions: Vec<&'a Expression>,
    pub(super) explanation: Option<&'a Name>,
}

impl<'a> Heading<'a> {
    /// With what stands above one of the statements.
    pub(super) fn above(&self, statement: &'a Statement) -> Self {
        let mut heading = self.clone();
        heading.conditions.extend(&statement.conditions);
        heading.explanation = statement.explanation.as_ref().or(self.explanation);
        heading
    }
}

impl<'a> Grounder<'a, '_> {
    /// Grounds a behavior for every instance that it is about.
    pub(super) fn behavior(&mut self, behavior: &'a Behavior) {
        let contexts = match &behavior.context {
            None => self.tree.structures[PRODUCT].clone(),
            Some(name) => match self.schema.find(&name.text) {
                Some(Type::Structure(structure)) => self.tree.structures[structure].clone(),
                Some(Type::Enumeration(enumeration)) => self.tree.enumerations[enumeration].clone(),
                None => {
                    let message = format!("there is no structure called `{}`", name.text);
                    let hint = self.schema.suggestion(&name.text);
                    self.notes.error("unknown-type", &name.span, message, hint);
                    return;
                }
            },
        };
        self.block(&contexts, &behavior.block, &Heading::default(), &[]);
    }

    /// Grounds the statements of a block, one after the other, each for all contexts.
    fn block(
        &mut self,
        contexts: &[NodeId],
        block: &'a Block,
        heading: &Heading<'a>,
        outer: &[&'a Block],
    ) {
        let mut blocks = outer.to_vec();
        blocks.push(block);
        for statement in &block.statements {
            let heading = heading.above(statement);
            if let StatementKind::Block(inner) = &statement.kind {
                self.block(contexts, inner, &heading, &blocks);
                continue;
            }
            let scopes: Vec<Scope<'a>> = (contexts.iter())
                .map(|context| {
                    let scope = Scope::new(*context);
                    let blocks = blocks.iter();
                    blocks.fold(scope, |scope, block| scope.with(&block.definitions))
                })
                .collect();
            // Why it cannot be grounded has been told.
            let _ = self.statement(&scopes, statement, &heading);
        }
    }

    fn statement(
        &mut self,
        scopes: &[Scope<'a>],
        statement: &'a Statement,
        heading: &Heading<'a>,
    ) -> Grounded<()> {
        match &statement.kind {
            StatementKind::Combinations(combinations) => {
                for scope in scopes {
                    self.table(scope, combinations, statement, heading)?;
                }
                Ok(())
            }
            StatementKind::Require(_)
            | StatementKind::Imply { .. }
            | StatementKind::Exists { .. } => {
                for scope in scopes {
                    let demands = self.demands(scope, statement, &heading.conditions)?;
                    self.add_rules(scope, demands, statement, heading);
                }
                Ok(())
            }
            StatementKind::Block(_) => Ok(()),
            StatementKind::Prefer { .. }
            | StatementKind::Default { .. }
            | StatementKind::Optimize { .. } => self.preference(scopes, statement, heading),
            StatementKind::Interaction { directive, path } => {
                for scope in scopes {
                    self.interaction(scope, *directive, path, heading)?;
                }
                Ok(())
            }
            StatementKind::Message { level, text } => {
                self.message(scopes, level.as_ref(), text, heading, &statement.span)
            }
        }
    }

    /// What a statement demands under these conditions, in every combination of instances.
    pub(super) fn demands(
        &mut self,
        scope: &Scope<'a>,
        statement: &'a Statement,
        conditions: &[&'a Expression],
    ) -> Grounded<Vec<Demand>> {
        let span = &statement.span;
        let requires = match &statement.kind {
            StatementKind::Require(condition) => self.conditions(scope, condition)?,
            StatementKind::Imply { path, value } => {
                self.equation(scope, path, value, &statement.span)?
            }
            StatementKind::Exists { variables, block } => {
                let mut found = Vec::new();
                self.exists(scope, variables, block, &mut found)?;
                one(Condition::Any(found))
            }
            StatementKind::Combinations(combinations) => {
                self.combinations_as_condition(scope, combinations)?
            }
            StatementKind::Block(block) => {
                return self.block_demands(scope, block, conditions);
            }
            _ => {
                let what = "a preference, message or directive inside `exists`";
                return Err(self.notes.unsupported(span, what));
            }
        };
        let whens = self.combined(scope, conditions.iter().copied(), span)?;
        self.spend(whens.len().saturating_mul(requires.len()), span)?;
        Ok(pairs(whens, requires)
            .into_iter()
            .map(|case| {
                let (mut when, require) = case.value;
                when.extend(case.guards);
                Demand { when, require }
            })
            .collect())
    }

    /// What all statements of a block demand.
    pub(super) fn block_demands(
        &mut self,
        scope: &Scope<'a>,
        block: &'a Block,
        conditions: &[&'a Expression],
    ) -> Grounded<Vec<Demand>> {
        let scope = scope.with(&block.definitions);
        let mut demands = Vec::new();
        for statement in &block.statements {
            let mut conditions = conditions.to_vec();
            conditions.extend(&statement.conditions);
            demands.extend(self.demands(&scope, statement, &conditions)?);
        }
        Ok(demands)
    }

    /// `path = value`.
    pub(super) fn equation(
        &mut self,
        scope: &Scope<'a>,
        path: &'a Path,
        value: &'a Expression,
        span: &Span,
    ) -> Grounded<Cases<Condition>> {
        let things = self.things_on(scope, path)?.into_iter();
        let targets: Cases<Term<'a>> = things
            .map(|case| {
                let term = self.term(case.value);
                case.map(|_| term)
            })
            .collect();
        let values = self.terms(scope, value)?;
        self.spend(targets.len().saturating_mul(values.len()), span)?;
        let mut cases = Vec::new();
        for case in pairs(targets, values) {
            let (left, right) = &case.value;
            let condition = self.compare(left, Comparison::Equal, right, span)?;
            cases.push(case.map(|_| condition));
        }
        Ok(cases)
    }

    /// Adds what the behavior of one instance demands.
    pub(super) fn add_rules(
        &mut self,
        scope: &Scope<'a>,
        demands: Vec<Demand>,
        statement: &Statement,
        heading: &Heading<'a>,
    ) {
        let code = self.code(scope, &statement.span, kind(&statement.kind));
        let several = demands.len() > 1;
        for (position, demand) in demands.into_iter().enumerate() {
            if is_empty(&demand.require, self) {
                continue;
            }
            let when = self.guarded(scope.context, demand.when, &demand.require);
            let code = match several {
                true => format!("{code}#{}", position + 1),
                false => code.clone(),
            };
            let explanation = self.explanation(scope, statement, heading);
            self.rules.push(Rule {
                code,
                when: (!when.is_empty()).then(|| all(when)),
                require: demand.require,
                explanation,
            });
        }
    }

    /// Adds that the instance whose behavior it is must be there, unless the rest implies it.
    pub(super) fn guarded(
        &self,
        context: NodeId,
        mut when: Vec<Condition>,
        require: &Condition,
    ) -> Vec<Condition> {
        let Some(presence) = self.tree.node(context).there else {
            return when;
        };
        let mut parts = BTreeSet::new();
        for condition in when.iter().chain([require]) {
            self.parts_of_condition(condition, &mut parts);
        }
        if !parts.iter().any(|part| self.tree.within(*part, presence)) {
            when.insert(0, Condition::There(presence));
        }
        when
    }
}

/// Whether a condition is met whatever the values are.
fn is_empty(condition: &Condition, grounder: &Grounder<'_, '_>) -> bool {
    match condition {
        Condition::Constant(truth) => *truth,
        Condition::Is { attribute, options } => {
            let size = grounder
                .tree
                .domain(*attribute)
                .and_then(|domain| domain.size());
            size == Some(options.len())
        }
        Condition::Compare {
            left,
            comparison: Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual,
            right,
        } => left == right,
        _ => false,
    }
}

/// The word that a statement begins with.
pub(super) fn kind(kind: &StatementKind) -> &'static str {
    match kind {
        StatementKind::Block(_) => "block",
        StatementKind::Require(_) => "require",
        StatementKind::Prefer { .. } => "prefer",
        StatementKind::Combinations(_) => "combinations",
        StatementKind::Default { .. } => "default",
        StatementKind::Imply { .. } => "imply",
        StatementKind::Optimize { minimize: true, .. } => "minimize",
        StatementKind::Optimize { .. } => "maximize",
        StatementKind::Interaction { .. } => "interaction",
        StatementKind::Message { .. } => "message",
        StatementKind::Exists { .. } => "exists",
    }
}
