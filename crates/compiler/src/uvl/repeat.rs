//! From cross-tree constraints to rules that hold for every choice of instances.
//!
//! What shares no instances is taken apart: `B | C` for all instances of `B` and of `C` is
//! `B` for all of its instances, or `C` for all of its own. So a constraint over many such
//! features does not grow with the product of their cardinalities.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::Condition;

use super::ast::{Constraint, ConstraintKind, Expression, ExpressionKind, Function, Reference};
use super::formulas::{Reader, not};
use super::ground::{Ground, any, rule};
use super::tree::{Meaning, Tree};
use crate::diagnostic::{Diagnostic, Report};

/// Far more rules than any constraint needs; keeps those over many instances within bounds.
const MAX_RULES: usize = 20_000;

/// So few choices of instances are written out, as rules that COOM can say, too.
const FEW: usize = 8;

/// So many features are named where they have too many instances.
const NAMES: usize = 6;

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
        let everywhere = Everywhere::new(self, tree, space, constraint);
        match everywhere.rules(constraint) {
            Ok(rules) => {
                let code = tree.line(space, &constraint.span);
                let words = tree.words(space, &constraint.span);
                let rules = rules.into_iter();
                self.rules.extend(
                    rules.map(|(when, require)| rule(code.clone(), when, require, words.clone())),
                );
            }
            Err(diagnostic) => report.push(*diagnostic),
        }
    }
}

/// A part of a constraint, and whether it is not to hold.
type Part<'a> = (&'a Constraint, bool);

/// What has to hold, and the choice of instances under which it does.
type Demand = (Vec<Condition>, Condition);

/// Demands a constraint of every choice of instances that it has to do with.
struct Everywhere<'a> {
    ground: &'a Ground,
    tree: &'a Tree,
    space: usize,
    constraint: &'a Constraint,
    /// The features of which it matters which instance is meant: others are only asked
    /// whether they are there, as their first instance is if any is.
    told_apart: BTreeSet<usize>,
    demands: Cell<usize>,
}

impl<'a> Everywhere<'a> {
    fn new(ground: &'a Ground, tree: &'a Tree, space: usize, constraint: &'a Constraint) -> Self {
        let mut told_apart = BTreeSet::new();
        collect(tree, space, constraint, &mut |node, by_value| {
            let repeated = tree.repeated(node);
            told_apart.extend(repeated.filter(|it| by_value || *it != node));
        });
        Self {
            ground,
            tree,
            space,
            constraint,
            told_apart,
            demands: Cell::new(0),
        }
    }

    fn rules(
        &self,
        constraint: &Constraint,
    ) -> Result<Vec<(Option<Condition>, Condition)>, Refused> {
        let env = Env::new();
        if self.open(&[(constraint, false)], &env).is_empty() {
            let env = self.with_first(env);
            return Ok(vec![self.reader(&env).rule(constraint, Vec::new())?]);
        }
        let demands = self.demanded((constraint, false), &env)?.into_iter();
        Ok(demands
            .map(|(mut guards, require)| match guards.len() {
                0 | 1 => (guards.pop(), require),
                _ => (Some(Condition::All(guards)), require),
            })
            .collect())
    }

    fn demanded(&self, part: Part<'_>, env: &Env) -> Result<Vec<Demand>, Refused> {
        let (constraint, negated) = part;
        if self.open(&[part], env).is_empty() {
            let env = self.with_first(env.clone());
            let condition = self.reader(&env).condition(constraint)?;
            let condition = if negated { not(condition) } else { condition };
            return self.count(vec![(Vec::new(), condition)]);
        }
        match &constraint.kind {
            ConstraintKind::Not(inner) => self.demanded((inner, !negated), env),
            ConstraintKind::All(parts) | ConstraintKind::Any(parts) => {
                let parts: Vec<Part<'_>> = parts.iter().map(|it| (it, negated)).collect();
                match matches!(constraint.kind, ConstraintKind::All(_)) == negated {
                    true => self.one_of(&parts, env),
                    false => self.each(&parts, env),
                }
            }
            ConstraintKind::Implies(left, right) => match negated {
                true => self.each(&[(left, false), (right, true)], env),
                false => self.one_of(&[(left, true), (right, false)], env),
            },
            ConstraintKind::Equivalent(left, right) => {
                let mut all = self.one_of(&[(left, true), (right, negated)], env)?;
                all.extend(self.one_of(&[(left, false), (right, !negated)], env)?);
                Ok(all)
            }
            _ => self.chosen(&[part], env),
        }
    }

    fn each(&self, parts: &[Part<'_>], env: &Env) -> Result<Vec<Demand>, Refused> {
        let demands = parts.iter().map(|it| self.demanded(*it, env));
        Ok(demands.collect::<Result<Vec<_>, _>>()?.concat())
    }

    /// That one of these parts holds, whatever instances are meant.
    fn one_of(&self, parts: &[Part<'_>], env: &Env) -> Result<Vec<Demand>, Refused> {
        if let [part] = parts {
            return self.demanded(*part, env);
        }
        let groups = self.apart(parts, env);
        if groups.len() == 1 || (2..=FEW).contains(&self.count_choices(parts, env)) {
            return self.chosen(parts, env);
        }
        let mut alternatives = Vec::with_capacity(groups.len());
        for group in groups {
            let demands = self.one_of(&group, env)?.into_iter();
            let mut all: Vec<Condition> = demands.map(unless_guarded).collect();
            alternatives.push(match all.len() {
                1 => all.swap_remove(0),
                _ => Condition::All(all),
            });
        }
        self.count(vec![(Vec::new(), any(alternatives))])
    }

    /// The parts in groups that have no choice of instances in common.
    fn apart<'p>(&self, parts: &[Part<'p>], env: &Env) -> Vec<Vec<Part<'p>>> {
        let mut groups: Vec<(BTreeSet<usize>, Vec<Part<'p>>)> = Vec::new();
        for part in parts {
            let mut found = (self.open(&[*part], env), vec![*part]);
            let shares = |it: &(BTreeSet<usize>, _)| !it.0.is_disjoint(&found.0);
            let (mut joined, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(shares);
            groups = others;
            if let Some(first) = joined.first_mut() {
                std::mem::swap(first, &mut found);
            }
            for (open, parts) in joined {
                found.0.extend(open);
                found.1.extend(parts);
            }
            groups.push(found);
        }
        groups.into_iter().map(|(_, parts)| parts).collect()
    }

    /// That one of these parts holds for every instance of the outermost feature that they
    /// have to do with, and where it has none.
    fn chosen(&self, parts: &[Part<'_>], env: &Env) -> Result<Vec<Demand>, Refused> {
        let Some(node) = self.open(parts, env).first().copied() else {
            return self.one_of(parts, env);
        };
        let mut all = Vec::new();
        for (instance, guard) in self.choices(node, env) {
            let mut env = env.clone();
            env.insert(node, instance);
            for (mut guards, condition) in self.one_of(parts, &env)? {
                guards.splice(0..0, guard.clone());
                all.push((guards, condition));
            }
        }
        Ok(all)
    }

    /// At most so many choices of instances; 1 where there is nothing to choose.
    fn count_choices(&self, parts: &[Part<'_>], env: &Env) -> usize {
        let open = self.open(parts, env).into_iter();
        let counts = open.map(|node| self.ground.instances[node].parts.len() + 1);
        counts.fold(1, usize::saturating_mul)
    }

    /// The instances that can be meant, each with the condition under which it is there.
    fn choices(&self, node: usize, env: &Env) -> Vec<(Option<usize>, Option<Condition>)> {
        let Some(all) = self.instances(node, env) else {
            return vec![(None, None)];
        };
        let there = |at: usize| Condition::There(self.ground.instances[node].parts[at]);
        let none = all.clone().take(1).map(|at| (None, Some(not(there(at)))));
        let some = all.clone().map(|at| (Some(at), Some(there(at))));
        some.chain(none).collect()
    }

    /// Its instances in the one of the feature around it that is meant, if one is.
    fn instances(&self, node: usize, env: &Env) -> Option<std::ops::Range<usize>> {
        let Self { tree, ground, .. } = self;
        let parent = tree.nodes[node].parent;
        let outer = parent.and_then(|it| tree.repeated(it).next());
        let outer = outer.map_or(Some(0), |it| env.get(&it).copied().flatten())?;
        let most = tree.nodes[node].most.unwrap_or_default();
        let end = ground.instances[node].parts.len().min((outer + 1) * most);
        Some(outer * most..end)
    }

    /// The features of which an instance has to be chosen still.
    fn open(&self, parts: &[Part<'_>], env: &Env) -> BTreeSet<usize> {
        let mut open = BTreeSet::new();
        for (constraint, _) in parts {
            collect(self.tree, self.space, constraint, &mut |node, _| {
                let repeated = self.tree.repeated(node);
                let matters = |it: &usize| self.told_apart.contains(it) && !env.contains_key(it);
                open.extend(repeated.filter(matters));
            });
        }
        open
    }

    /// The first instance of each feature whose instances are not told apart stands for all.
    fn with_first(&self, mut env: Env) -> Env {
        collect(self.tree, self.space, self.constraint, &mut |node, _| {
            let alike = self.tree.nodes[node].cardinality.is_some();
            if alike && !self.told_apart.contains(&node) {
                let first = self.instances(node, &env).and_then(|mut it| it.next());
                env.insert(node, first);
            }
        });
        env
    }

    fn reader<'r>(&'r self, env: &'r Env) -> Reader<'r> {
        Reader {
            tree: self.tree,
            ground: self.ground,
            space: self.space,
            env,
        }
    }

    fn count(&self, demands: Vec<Demand>) -> Result<Vec<Demand>, Refused> {
        self.demands.set(self.demands.get() + demands.len());
        if self.demands.get() <= MAX_RULES {
            return Ok(demands);
        }
        let place = self.tree.place(self.space, &self.constraint.span);
        let message = "this constraint is over too many instances";
        let diagnostic = Diagnostic::error("unsupported", place, message);
        let names = self.told_apart.iter().map(|it| &self.tree.nodes[*it].code);
        let names: Vec<String> = names.take(NAMES).map(|it| format!("`{it}`")).collect();
        let hint = format!(
            "give smaller upper bounds to the cardinalities of {}",
            names.join(", ")
        );
        Err(Box::new(diagnostic.hint(hint)))
    }
}

/// A demand as one condition, which is never undefined: what is in a part is asked about only
/// where it is there.
fn unless_guarded((guards, condition): Demand) -> Condition {
    if guards.is_empty() {
        return condition;
    }
    let mut conditions: Vec<Condition> = guards.into_iter().map(not).collect();
    conditions.push(Condition::Certain(Box::new(condition)));
    Condition::Any(conditions)
}

/// Tells the features that a constraint mentions, but for those of `sum` and `avg`, and whether
/// it asks for more than whether they are there.
fn collect(tree: &Tree, space: usize, constraint: &Constraint, tell: &mut impl FnMut(usize, bool)) {
    match &constraint.kind {
        ConstraintKind::Truth(_) => {}
        ConstraintKind::Feature(reference) => {
            if let Some((node, _)) = mentioned(tree, space, reference) {
                tell(node, false);
            }
        }
        ConstraintKind::Not(inner) => collect(tree, space, inner, tell),
        ConstraintKind::All(parts) | ConstraintKind::Any(parts) => {
            parts.iter().for_each(|it| collect(tree, space, it, tell));
        }
        ConstraintKind::Implies(left, right) | ConstraintKind::Equivalent(left, right) => {
            collect(tree, space, left, tell);
            collect(tree, space, right, tell);
        }
        ConstraintKind::Compare(left, _, right) => {
            let mut add = |reference: &Reference| {
                if let Some((node, is_feature)) = mentioned(tree, space, reference) {
                    tell(node, is_feature);
                }
            };
            mentions(left, &mut add);
            mentions(right, &mut add);
        }
    }
}

/// The feature that a name is about, and whether it is the feature itself.
fn mentioned(tree: &Tree, space: usize, reference: &Reference) -> Option<(usize, bool)> {
    match tree.resolve(space, reference).ok()? {
        Meaning::Feature(node) => Some((node, true)),
        Meaning::Attribute(node, _) => Some((node, false)),
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
