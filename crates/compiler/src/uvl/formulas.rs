//! Conditions and formulas of cross-tree constraints.

use quotewright_engine::catalog::{AttributeIndex, Comparison, Condition, Formula};
use rust_decimal::Decimal;

use super::ast::{
    Constraint, ConstraintKind, Expression, ExpressionKind, FeatureType, Function, Reference,
};
use super::ground::{Ground, Instances};
use super::repeat::{Env, Refused};
use super::tree::{Meaning, Tree, Worth};
use crate::diagnostic::Diagnostic;

/// Up to here both directions of `<=>` are written out; beyond, the two truths are compared.
const WRITTEN_OUT: usize = 200;

/// Reads a constraint for one choice of instances.
pub(super) struct Reader<'a> {
    pub(super) tree: &'a Tree,
    pub(super) ground: &'a Ground,
    pub(super) space: usize,
    pub(super) env: &'a Env,
}

impl Reader<'_> {
    pub(super) fn rule(
        &self,
        constraint: &Constraint,
        mut guards: Vec<Condition>,
    ) -> Result<(Option<Condition>, Condition), Refused> {
        let require = match &constraint.kind {
            ConstraintKind::Implies(left, right) => {
                guards.push(self.condition(left)?);
                self.condition(right)?
            }
            _ => self.condition(constraint)?,
        };
        let when = match guards.len() {
            0 | 1 => guards.pop(),
            _ => Some(Condition::All(guards)),
        };
        Ok((when, require))
    }

    pub(super) fn condition(&self, constraint: &Constraint) -> Result<Condition, Refused> {
        let several = |parts: &[Constraint]| -> Result<Vec<Condition>, Refused> {
            parts.iter().map(|it| self.condition(it)).collect()
        };
        Ok(match &constraint.kind {
            ConstraintKind::Truth(truth) => Condition::Constant(*truth),
            ConstraintKind::Feature(reference) => self.truth(reference)?,
            ConstraintKind::Not(inner) => not(self.condition(inner)?),
            ConstraintKind::All(parts) => Condition::All(several(parts)?),
            ConstraintKind::Any(parts) => Condition::Any(several(parts)?),
            ConstraintKind::Implies(left, right) => {
                Condition::Any(vec![not(self.condition(left)?), self.condition(right)?])
            }
            ConstraintKind::Equivalent(left, right) => {
                equivalent(self.condition(left)?, self.condition(right)?)
            }
            ConstraintKind::Compare(left, comparison, right) => {
                if let Some(same) = self.texts(left, *comparison, right)? {
                    return Ok(same);
                }
                let divides = divides(left) || divides(right);
                let compare = Condition::Compare {
                    left: self.formula(left)?,
                    comparison: *comparison,
                    right: self.formula(right)?,
                };
                match divides {
                    true => Condition::Certain(Box::new(compare)),
                    false => compare,
                }
            }
        })
    }

    pub(super) fn meaning(&self, reference: &Reference) -> Result<Meaning, Refused> {
        self.tree.resolve(self.space, reference)
    }

    fn feature(&self, reference: &Reference) -> Result<usize, Refused> {
        match self.meaning(reference)? {
            Meaning::Feature(node) => Ok(node),
            Meaning::Attribute(..) => {
                let message = "this attribute is neither true nor false";
                Err(self.refuse("type", reference, message))
            }
        }
    }

    /// A feature, or an attribute that is true or false.
    fn truth(&self, reference: &Reference) -> Result<Condition, Refused> {
        match self.meaning(reference)? {
            Meaning::Attribute(node, Worth::Truth(true)) => Ok(self.selected(node)),
            Meaning::Attribute(_, Worth::Truth(false)) => Ok(Condition::Constant(false)),
            _ => Ok(self.selected(self.feature(reference)?)),
        }
    }

    fn number(&self, reference: &Reference, worth: &Worth) -> Result<Decimal, Refused> {
        match worth {
            Worth::Number(number) => Ok(*number),
            _ => {
                let name = reference.steps.join(".");
                let message = format!("attribute `{name}` is not a number");
                Err(self.refuse("type", reference, &message))
            }
        }
    }

    pub(super) fn refuse(
        &self,
        code: &'static str,
        reference: &Reference,
        message: &str,
    ) -> Refused {
        let place = self.tree.place(self.space, &reference.span);
        Box::new(Diagnostic::error(code, place, message))
    }

    /// The attribute that says whether the feature is selected, with its position among
    /// [`Instances::values`]; `None` where no instance is meant.
    pub(super) fn instance(&self, node: usize) -> Option<(AttributeIndex, usize)> {
        let Instances {
            selected, parts, ..
        } = &self.ground.instances[node];
        let at = match self.tree.repeated(node).next() {
            Some(innermost) => self.env.get(&innermost).copied().flatten()?,
            None => 0,
        };
        let list = if self.tree.nodes[node].cardinality.is_some() {
            parts
        } else {
            selected
        };
        Some((*list.get(at)?, at))
    }

    pub(super) fn selected(&self, node: usize) -> Condition {
        match self.instance(node) {
            Some((attribute, _)) => self.ground.holds(attribute),
            None => Condition::Constant(false),
        }
    }

    fn formula(&self, expression: &Expression) -> Result<Formula, Refused> {
        let boxed = |it: &Expression| self.formula(it).map(Box::new);
        Ok(match &expression.kind {
            ExpressionKind::Number(number) => Formula::Constant(*number),
            ExpressionKind::Text(_) => {
                let place = self.tree.place(self.space, &expression.span);
                let message = "a text can only be compared with another text";
                return Err(Box::new(Diagnostic::error("type", place, message)));
            }
            ExpressionKind::Reference(reference) => self.reference(reference)?,
            ExpressionKind::Sum(terms) => self.sum(terms)?,
            ExpressionKind::Multiply(left, right) => Formula::Multiply(boxed(left)?, boxed(right)?),
            ExpressionKind::Divide(left, right) => Formula::Divide(boxed(left)?, boxed(right)?),
            ExpressionKind::Call(function, arguments) => {
                self.call(*function, arguments, expression)?
            }
        })
    }

    fn reference(&self, reference: &Reference) -> Result<Formula, Refused> {
        match self.meaning(reference)? {
            Meaning::Attribute(node, worth) => {
                Ok(self.worth(node, self.number(reference, &worth)?))
            }
            Meaning::Feature(node) => match self.tree.nodes[node].kind {
                FeatureType::Integer | FeatureType::Real => Ok(self.value(node)),
                FeatureType::Text => {
                    let message = "this feature is a text, which cannot be calculated with";
                    Err(self.refuse("type", reference, message))
                }
                FeatureType::Boolean => {
                    let message = "this feature has no value to calculate or compare with";
                    Err(self.refuse("type", reference, message))
                }
            },
        }
    }

    /// The value of a number feature; 0 where it is not selected.
    fn value(&self, node: usize) -> Formula {
        let instance = self.instance(node);
        let value = instance.and_then(|(there, at)| {
            let value = self.ground.instances[node].values.get(at)?;
            let value = Box::new(Formula::Attribute(*value));
            Some(Formula::Where(Box::new(self.ground.holds(there)), value))
        });
        value.unwrap_or(Formula::Constant(Decimal::ZERO))
    }

    /// The attribute of a feature; 0 where it is not selected.
    pub(super) fn worth(&self, node: usize, number: Decimal) -> Formula {
        match self.instance(node) {
            Some((there, _)) => self.worth_of(there, number),
            None => Formula::Constant(Decimal::ZERO),
        }
    }

    fn worth_of(&self, there: AttributeIndex, number: Decimal) -> Formula {
        let there = Box::new(self.ground.holds(there));
        Formula::Where(there, Box::new(Formula::Constant(number)))
    }

    fn sum(&self, terms: &[(bool, Expression)]) -> Result<Formula, Refused> {
        let (mut added, mut taken) = (Vec::new(), Vec::new());
        for (minus, term) in terms {
            let list = if *minus { &mut taken } else { &mut added };
            list.push(self.formula(term)?);
        }
        let added = Formula::Sum(added);
        Ok(match taken.is_empty() {
            true => added,
            false => Formula::Subtract(Box::new(added), Box::new(Formula::Sum(taken))),
        })
    }

    fn call(
        &self,
        function: Function,
        arguments: &[Reference],
        expression: &Expression,
    ) -> Result<Formula, Refused> {
        let place = self.tree.place(self.space, &expression.span);
        let fail =
            |code, message: &str| Err(Box::new(Diagnostic::error(code, place.clone(), message)));
        match (function, arguments) {
            (Function::Length, [text]) => self.length(text),
            (Function::Floor, [only]) => self.whole(only, |it| it.floor()),
            (Function::Ceil, [only]) => self.whole(only, |it| it.ceil()),
            (Function::Sum, [attribute]) => Ok(Formula::Sum(self.all(None, attribute)?.0)),
            (Function::Sum, [root, attribute]) => Ok(Formula::Sum(
                self.all(Some(self.feature(root)?), attribute)?.0,
            )),
            (Function::Average, [attribute]) => self.average(None, attribute),
            (Function::Average, [root, attribute]) => {
                self.average(Some(self.feature(root)?), attribute)
            }
            _ => fail("arguments", "this function has another number of arguments"),
        }
    }

    fn whole(
        &self,
        reference: &Reference,
        round: impl Fn(Decimal) -> Decimal,
    ) -> Result<Formula, Refused> {
        match self.meaning(reference)? {
            Meaning::Attribute(node, worth) => {
                Ok(self.worth(node, round(self.number(reference, &worth)?)))
            }
            Meaning::Feature(node) if self.tree.nodes[node].kind == FeatureType::Real => {
                let message = "rounding the value of a `Real` feature is not reasoned about";
                Err(self.refuse("unsupported", reference, message))
            }
            Meaning::Feature(_) => self.reference(reference),
        }
    }

    /// The average; 0 over nothing, since what is divided by is never below 1.
    fn average(&self, root: Option<usize>, attribute: &Reference) -> Result<Formula, Refused> {
        let (terms, features) = self.all(root, attribute)?;
        let count = Formula::Count(features);
        let count = Formula::Max(vec![count, Formula::Constant(Decimal::ONE)]);
        Ok(Formula::Divide(
            Box::new(Formula::Sum(terms)),
            Box::new(count),
        ))
    }

    /// An attribute of all features, or of those from `root` down, and whether those are there.
    fn all(
        &self,
        root: Option<usize>,
        attribute: &Reference,
    ) -> Result<(Vec<Formula>, Vec<AttributeIndex>), Refused> {
        let name = attribute.steps.join(".");
        let (mut terms, mut features, mut known) = (Vec::new(), Vec::new(), false);
        for (node, feature) in self.tree.nodes.iter().enumerate() {
            let Some(Worth::Number(number)) = feature.attributes.get(&name) else {
                continue;
            };
            if root.is_some_and(|root| !self.tree.is_below(node, root)) {
                continue;
            }
            known = true;
            let Instances {
                selected, parts, ..
            } = &self.ground.instances[node];
            let list = if feature.cardinality.is_some() {
                parts
            } else {
                selected
            };
            terms.extend(list.iter().map(|there| self.worth_of(*there, *number)));
            features.extend(list);
        }
        match known {
            false => {
                let message = format!("no feature has a number called `{name}`");
                Err(self.refuse("unknown-attribute", attribute, &message))
            }
            true => Ok((terms, features)),
        }
    }
}

/// Whether something in it is divided by what is not a number that is written out.
fn divides(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Sum(terms) => terms.iter().any(|(_, it)| divides(it)),
        ExpressionKind::Multiply(left, right) => divides(left) || divides(right),
        ExpressionKind::Divide(left, right) => {
            let constant =
                matches!(right.kind, ExpressionKind::Number(number) if !number.is_zero());
            !constant || divides(left)
        }
        _ => false,
    }
}

pub(super) fn not(condition: Condition) -> Condition {
    match condition {
        Condition::Constant(truth) => Condition::Constant(!truth),
        Condition::Not(inner) => *inner,
        other => Condition::Not(Box::new(other)),
    }
}

/// Both hold or neither does.
fn equivalent(left: Condition, right: Condition) -> Condition {
    if size(&left) + size(&right) > WRITTEN_OUT {
        let one = || Box::new(Formula::Constant(Decimal::ONE));
        return Condition::Compare {
            left: Formula::Where(Box::new(left), one()),
            comparison: Comparison::Equal,
            right: Formula::Where(Box::new(right), one()),
        };
    }
    Condition::All(vec![
        Condition::Any(vec![not(left.clone()), right.clone()]),
        Condition::Any(vec![not(right), left]),
    ])
}

/// How many conditions it is made of.
fn size(condition: &Condition) -> usize {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => 1 + parts.iter().map(size).sum::<usize>(),
        Condition::Not(inner) | Condition::Certain(inner) => 1 + size(inner),
        _ => 1,
    }
}
