//! Which texts a `String` feature can have, as far as constraints can tell them apart.
//!
//! Any text may be chosen, and constraints only ask whether two are the same and how long
//! they are. So it is enough to have the texts that the constraints name, and so many others
//! that all features that are compared with each other can have different ones. A text that
//! has no name here has any length but 0, which is an attribute of its own.

use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{AttributeDomain, NumberRange, OptionList};
use rust_decimal::Decimal;

use super::ast::{Constraint, ConstraintKind, Expression, ExpressionKind, FeatureType, Function};
use super::tree::{Meaning, Tree, Worth};
use crate::imported::options;

/// So many features that are compared with each other can all have different texts that no
/// constraint names.
const MOST_OTHERS: usize = 16;

/// Length of the longest text.
const LONGEST: i64 = 1_000_000;

/// The texts of one `String` feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    /// Those that constraints name, in order.
    pub(super) named: Vec<String>,
    /// How many others there are.
    pub(super) others: usize,
    /// Whether constraints ask how long it is.
    pub(super) measured: bool,
}

/// A side of a comparison of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    Literal(String),
    /// The text of a feature.
    Feature(usize),
    /// The attribute of a feature.
    Attribute(usize, String),
}

impl Texts {
    /// The texts as options, the named ones first.
    pub(super) fn options(&self) -> AttributeDomain {
        let mut codes = self.named.clone();
        let mut number = 1;
        while codes.len() < self.named.len() + self.others {
            let code = match number {
                1 => "another text".to_owned(),
                number => format!("another text {number}"),
            };
            number += 1;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let mut domain = options(codes);
        if let AttributeDomain::Options(OptionList {
            properties,
            options,
        }) = &mut domain
        {
            properties.push("length".to_owned());
            let lengths = self.named.iter().map(|it| length(it));
            let lengths = lengths.chain(std::iter::repeat(Decimal::ZERO));
            for (option, length) in options.iter_mut().zip(lengths) {
                option.properties.push(length);
            }
        }
        domain
    }

    /// How long they can be.
    pub(super) fn lengths() -> AttributeDomain {
        AttributeDomain::Number(NumberRange {
            min: Decimal::ZERO,
            max: Decimal::from(LONGEST),
            step: Decimal::ONE,
            unit: String::new(),
            unbounded_below: false,
            unbounded_above: true,
        })
    }
}

/// In characters.
pub(super) fn length(text: &str) -> Decimal {
    Decimal::from(text.chars().count())
}

/// What a side of a comparison says of texts; `None` where it is no text.
pub(super) fn operand(tree: &Tree, space: usize, expression: &Expression) -> Option<Operand> {
    match &expression.kind {
        ExpressionKind::Text(text) => Some(Operand::Literal(text.clone())),
        ExpressionKind::Reference(reference) => match tree.resolve(space, reference) {
            Ok(Meaning::Feature(node)) => {
                let is_text = tree.nodes[node].kind == FeatureType::Text;
                is_text.then_some(Operand::Feature(node))
            }
            Ok(Meaning::Attribute(node, Worth::Text(text))) => Some(Operand::Attribute(node, text)),
            Ok(Meaning::Attribute(..)) => None,
            // Some write texts between the marks of names.
            Err(_) => {
                let word = tree.words(space, &reference.span);
                let inner = word.strip_prefix('"')?.strip_suffix('"')?;
                (reference.steps.len() == 1).then(|| Operand::Literal(inner.to_owned()))
            }
        },
        _ => None,
    }
}

/// The texts of every `String` feature that constraints ask about.
pub(super) fn texts(tree: &Tree) -> BTreeMap<usize, Texts> {
    let mut groups = Groups::default();
    for (space, constraint) in &tree.constraints {
        groups.collect(tree, *space, constraint);
    }
    groups.finish(tree)
}

/// Features that are compared with each other, by the first of them.
#[derive(Default)]
struct Groups {
    leaders: BTreeMap<usize, usize>,
    named: BTreeMap<usize, BTreeSet<String>>,
    measured: BTreeSet<usize>,
}

impl Groups {
    fn leader(&self, mut node: usize) -> usize {
        while let Some(next) = self.leaders.get(&node).filter(|it| **it != node) {
            node = *next;
        }
        node
    }

    fn add(&mut self, node: usize) {
        self.leaders.entry(node).or_insert(node);
    }

    fn collect(&mut self, tree: &Tree, space: usize, constraint: &Constraint) {
        match &constraint.kind {
            ConstraintKind::Truth(_) | ConstraintKind::Feature(_) => {}
            ConstraintKind::Not(inner) => self.collect(tree, space, inner),
            ConstraintKind::All(parts) | ConstraintKind::Any(parts) => {
                parts.iter().for_each(|it| self.collect(tree, space, it));
            }
            ConstraintKind::Implies(left, right) | ConstraintKind::Equivalent(left, right) => {
                self.collect(tree, space, left);
                self.collect(tree, space, right);
            }
            ConstraintKind::Compare(left, _, right) => {
                self.measure(tree, space, left);
                self.measure(tree, space, right);
                let sides = [left, right].map(|it| operand(tree, space, it));
                if let [Some(left), Some(right)] = sides {
                    self.compare(&left, &right);
                }
            }
        }
    }

    fn compare(&mut self, left: &Operand, right: &Operand) {
        match (left, right) {
            (Operand::Feature(left), Operand::Feature(right)) => {
                self.add(*left);
                self.add(*right);
                let (left, right) = (self.leader(*left), self.leader(*right));
                self.leaders.insert(left.max(right), left.min(right));
            }
            (Operand::Feature(node), Operand::Literal(text) | Operand::Attribute(_, text))
            | (Operand::Literal(text) | Operand::Attribute(_, text), Operand::Feature(node)) => {
                self.add(*node);
                self.named.entry(*node).or_default().insert(text.clone());
            }
            _ => {}
        }
    }

    /// The features whose length is asked for.
    fn measure(&mut self, tree: &Tree, space: usize, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Sum(terms) => {
                terms
                    .iter()
                    .for_each(|(_, it)| self.measure(tree, space, it));
            }
            ExpressionKind::Multiply(left, right) | ExpressionKind::Divide(left, right) => {
                self.measure(tree, space, left);
                self.measure(tree, space, right);
            }
            ExpressionKind::Call(Function::Length, arguments) => {
                for reference in arguments {
                    if let Ok(Meaning::Feature(node)) = tree.resolve(space, reference) {
                        self.add(node);
                        self.measured.insert(node);
                    }
                }
            }
            _ => {}
        }
    }

    fn finish(self, tree: &Tree) -> BTreeMap<usize, Texts> {
        let mut groups: BTreeMap<usize, (BTreeSet<String>, usize, bool)> = BTreeMap::new();
        for node in self.leaders.keys() {
            let (named, others, measured) = groups.entry(self.leader(*node)).or_default();
            // The empty text is what a feature that is not selected counts as.
            named.insert(String::new());
            named.extend(self.named.get(node).into_iter().flatten().cloned());
            *others = (*others + tree.most_instances(*node)).min(MOST_OTHERS);
            *measured |= self.measured.contains(node);
        }
        let texts = self.leaders.keys().filter_map(|node| {
            let (named, others, measured) = groups.get(&self.leader(*node))?;
            let texts = Texts {
                named: named.iter().cloned().collect(),
                others: *others,
                measured: *measured,
            };
            Some((*node, texts))
        });
        texts.collect()
    }
}
