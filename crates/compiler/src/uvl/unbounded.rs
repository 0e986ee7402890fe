//! How many instances are made of features with a cardinality such as `[1..*]`.

use std::collections::BTreeSet;

use super::ast::{
    Cardinality, Constraint, ConstraintKind, Expression, ExpressionKind, Function, Reference,
};
use super::tree::{Meaning, Tree};
use crate::coom::{Bounds, Unbounded};

impl Tree {
    /// Decides how many instances are made of the features without an upper bound, and which
    /// of them `sum` and `avg` go over.
    pub(super) fn lay_out(&mut self, bounds: &Bounds) {
        self.limit = bounds.limit;
        self.counted = self.counted();
        for node in &mut self.nodes {
            let Some(Cardinality { min, max: None, .. }) = &node.cardinality else {
                continue;
            };
            let highest = min.saturating_add(size(bounds.limit));
            let usual = bounds.instances.unwrap_or(Bounds::DEFAULT_INSTANCES);
            let usual = min.saturating_add(size(usual));
            let asked = bounds.asked.iter().filter(|(path, _)| {
                let outer = path.strip_suffix(node.code.as_str());
                outer.is_some_and(|it| it.is_empty() || it.ends_with("]."))
            });
            let asked = asked.map(|(_, count)| size(*count)).max();
            node.most = Some(usual.max(asked.unwrap_or_default()).min(highest));
        }
    }

    /// What more instances of a feature with this code would be good for, where the file
    /// allows any number of them.
    pub(super) fn unbounded(&self, node: usize, code: &str) -> Option<Unbounded> {
        let feature = self.nodes.get(node)?;
        let Some(Cardinality { min, max: None, .. }) = &feature.cardinality else {
            return None;
        };
        let min = u32::try_from(*min).ok()?;
        // Constraints are said of every instance, so a further one only adds demands.
        let is_counted = self.counted.iter().any(|it| self.is_below(*it, node));
        Some(Unbounded {
            path: code.to_owned(),
            min,
            most: None,
            useful: (!is_counted).then_some(min.max(1)),
            grounded: u32::try_from(feature.most?).ok()?,
            highest: min.saturating_add(self.limit),
        })
    }

    /// The features with an attribute that `sum` or `avg` goes over.
    fn counted(&self) -> BTreeSet<usize> {
        let mut counted = BTreeSet::new();
        for (space, constraint) in &self.constraints {
            aggregates(constraint, &mut |arguments| {
                let Some((attribute, root)) = arguments.split_last() else {
                    return;
                };
                let name = attribute.steps.join(".");
                let root = root.first().and_then(|it| match self.resolve(*space, it) {
                    Ok(Meaning::Feature(node)) => Some(node),
                    _ => None,
                });
                let nodes = self.nodes.iter().enumerate();
                let with_it = nodes.filter(|(_, it)| it.attributes.contains_key(&name));
                let with_it = with_it.map(|(node, _)| node);
                counted
                    .extend(with_it.filter(|it| root.is_none_or(|root| self.is_below(*it, root))));
            });
        }
        counted
    }
}

/// A number of instances, in the type of positions.
fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Tells the arguments of every `sum` and `avg`.
fn aggregates(constraint: &Constraint, tell: &mut impl FnMut(&[Reference])) {
    match &constraint.kind {
        ConstraintKind::Truth(_) | ConstraintKind::Feature(_) => {}
        ConstraintKind::Not(inner) => aggregates(inner, tell),
        ConstraintKind::All(parts) | ConstraintKind::Any(parts) => {
            parts.iter().for_each(|it| aggregates(it, tell));
        }
        ConstraintKind::Implies(left, right) | ConstraintKind::Equivalent(left, right) => {
            aggregates(left, tell);
            aggregates(right, tell);
        }
        ConstraintKind::Compare(left, _, right) => {
            calls(left, tell);
            calls(right, tell);
        }
    }
}

fn calls(expression: &Expression, tell: &mut impl FnMut(&[Reference])) {
    match &expression.kind {
        ExpressionKind::Number(_) | ExpressionKind::Text(_) | ExpressionKind::Reference(_) => {}
        ExpressionKind::Sum(terms) => terms.iter().for_each(|(_, it)| calls(it, tell)),
        ExpressionKind::Multiply(left, right) | ExpressionKind::Divide(left, right) => {
            calls(left, tell);
            calls(right, tell);
        }
        ExpressionKind::Call(Function::Sum | Function::Average, arguments) => tell(arguments),
        ExpressionKind::Call(..) => {}
    }
}
