//! From cross-tree constraints to rules, one for every choice of instances.

use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::Condition;

use super::ast::{Constraint, ConstraintKind, Expression, ExpressionKind, Function, Reference};
use super::formulas::Reader;
use super::ground::{Ground, rule};
use super::tree::{Meaning, Tree};
use crate::diagnostic::{Diagnostic, Location, Report};

/// Far more rules than any constraint needs; keeps those over many instances within bounds.
const MAX_RULES: usize = 20_000;

/// For every feature with a cardinality that a constraint has to do with: which of its
/// instances is meant, counted through all that it stands below; `None` for no instance.
pub(super) type Env = BTreeMap<usize, Option<usize>>;

/// A constraint that cannot be read or not be reasoned about.
pub(super) type Refused = Box<Diagnostic>;

impl Ground {
    /// Says what is wrong with a constraint, before there are any instances.
    pub(super) fn check(
        &self,
        tree: &Tree,
        space: usize,
        constraint: &Constraint,
        report: &mut Report,
    ) {
        let reader = Reader {
            tree,
            ground: self,
            space,
            env: &Env::new(),
        };
        if let Err(diagnostic) = reader.condition(constraint) {
            report.push(*diagnostic);
        }
    }

    /// Adds the rules that a constraint stands for.
    pub(super) fn constraint(
        &mut self,
        tree: &Tree,
        space: usize,
        constraint: &Constraint,
        report: &mut Report,
    ) {
        let mut mentioned = BTreeSet::new();
        collect(tree, space, constraint, &mut mentioned);
        let repeated = mentioned
            .iter()
            .flat_map(|node| tree.repeated(*node))
            .collect();
        let code = tree.line(space, &constraint.span);
        let words = tree.words(space, &constraint.span);
        let result = self.instances_of(tree, &repeated, tree.place(space, &constraint.span));
        let added = result.and_then(|all| {
            for (env, guards) in all {
                let reader = Reader {
                    tree,
                    ground: self,
                    space,
                    env: &env,
                };
                let (when, require) = reader.rule(constraint, guards)?;
                let rule = rule(code.clone(), when, require, words.clone());
                self.rules.push(rule);
            }
            Ok(())
        });
        if let Err(diagnostic) = added {
            report.push(*diagnostic);
        }
    }

    /// Every choice of instances of the `repeated` features, outer ones before inner ones, each
    /// with the condition under which it is one.
    fn instances_of(
        &self,
        tree: &Tree,
        repeated: &BTreeSet<usize>,
        place: Location,
    ) -> Result<Vec<(Env, Vec<Condition>)>, Refused> {
        let mut all = vec![(Env::new(), Vec::new())];
        for node in repeated {
            let outer = tree.nodes[*node]
                .parent
                .and_then(|it| tree.repeated(it).next());
            let mut next = Vec::new();
            for (env, guards) in all {
                let outer = outer.map_or(Some(0), |it| env.get(&it).copied().flatten());
                let Some(outer) = outer else {
                    let mut env: Env = env;
                    env.insert(*node, None);
                    next.push((env, guards));
                    continue;
                };
                let most = tree.nodes[*node].most().unwrap_or(0);
                let parts = self.instances[*node].parts.iter().enumerate();
                let parts = parts.skip(outer * most).take(most);
                let chosen = parts
                    .clone()
                    .map(|(at, part)| (Some(at), Condition::There(*part)));
                let none = parts
                    .take(1)
                    .map(|(_, part)| (None, Condition::Not(Box::new(Condition::There(*part)))));
                for (instance, guard) in chosen.chain(none) {
                    let (mut env, mut guards): (Env, Vec<_>) = (env.clone(), guards.clone());
                    env.insert(*node, instance);
                    guards.push(guard);
                    next.push((env, guards));
                }
                if next.len() > MAX_RULES {
                    let message = "this constraint is over too many instances";
                    let diagnostic = Diagnostic::error("unsupported", place, message);
                    let hint = "give the cardinalities smaller upper bounds";
                    return Err(Box::new(diagnostic.hint(hint)));
                }
            }
            all = next;
        }
        Ok(all)
    }
}

/// The features that a constraint mentions, but for those of `sum` and `avg`.
fn collect(tree: &Tree, space: usize, constraint: &Constraint, found: &mut BTreeSet<usize>) {
    let mut add = |reference: &Reference| {
        if let Ok(Meaning::Feature(node) | Meaning::Attribute(node, _)) =
            tree.resolve(space, reference)
        {
            found.insert(node);
        }
    };
    match &constraint.kind {
        ConstraintKind::Truth(_) => {}
        ConstraintKind::Feature(reference) => add(reference),
        ConstraintKind::Not(inner) => collect(tree, space, inner, found),
        ConstraintKind::All(parts) | ConstraintKind::Any(parts) => {
            parts.iter().for_each(|it| collect(tree, space, it, found));
        }
        ConstraintKind::Implies(left, right) | ConstraintKind::Equivalent(left, right) => {
            collect(tree, space, left, found);
            collect(tree, space, right, found);
        }
        ConstraintKind::Compare(left, _, right) => {
            mentions(left, &mut add);
            mentions(right, &mut add);
        }
    }
}

fn mentions(expression: &Expression, add: &mut impl FnMut(&Reference)) {
    match &expression.kind {
        ExpressionKind::Number(_) | ExpressionKind::Text(_) => {}
        ExpressionKind::Reference(reference) => add(reference),
        ExpressionKind::Sum(terms) => terms.iter().for_each(|(_, it)| mentions(it, add)),
        ExpressionKind::Multiply(left, right) | ExpressionKind::Divide(left, right) => {
            mentions(left, add);
            mentions(right, add);
        }
        ExpressionKind::Call(Function::Sum | Function::Average, _) => {}
        ExpressionKind::Call(_, arguments) => arguments.iter().for_each(add),
    }
}
