use std::collections::BTreeSet;
use std::ops::Range;

use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Comparison, Condition, Formula,
};

use crate::coom::ast::{Expression, ExpressionKind, Name, Path};
use crate::coom::expression;
use crate::problem::Problem;
use crate::suggest::{closest, did_you_mean};

/// The names that an expression may use.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) attributes: &'a [Attribute],
    /// Attributes that are wrong themselves: what mentions them is not wrong for that.
    pub(crate) broken: &'a BTreeSet<String>,
}

impl<'a> Scope<'a> {
    pub(crate) fn find(&self, code: &str) -> Option<(AttributeIndex, &'a Attribute)> {
        let position = self.attributes.iter().position(|item| item.code == code)?;
        Some((AttributeIndex(position), self.attributes.get(position)?))
    }

    /// Whether what mentions `code` should be left alone: the attribute is wrong
    /// itself, or all are missing.
    pub(crate) fn excuses(&self, code: &str) -> bool {
        self.attributes.is_empty() || self.broken.contains(code)
    }

    pub(crate) fn codes(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.attributes.iter().map(|item| item.code.as_str())
    }
}

/// The options of a domain by code, in order; `None` for numbers.
pub(crate) fn option_codes(domain: &AttributeDomain) -> Option<Vec<&str>> {
    match domain {
        AttributeDomain::Options(list) => {
            let codes = list.options.iter().map(|option| option.code.as_str());
            Some(codes.collect())
        }
        AttributeDomain::Flag | AttributeDomain::Presence(_) => Some(vec!["no", "yes"]),
        AttributeDomain::Number(_) => None,
    }
}

pub(super) fn resolve<'a, T>(
    text: &str,
    scope: &Scope<'a>,
    in_condition: bool,
    meaning: fn(&mut Resolver<'a>, &Expression) -> Option<T>,
) -> (Option<T>, Vec<Problem>) {
    let node = match expression(text) {
        Ok(node) => node,
        Err(problem) => return (None, vec![problem]),
    };
    let mut resolver = Resolver {
        scope: *scope,
        problems: Vec::new(),
        in_condition,
    };
    let found = meaning(&mut resolver, &node);
    (found, resolver.problems)
}

pub(super) struct Resolver<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) problems: Vec<Problem>,
    /// Whether a number is compared with another, rather than worked out for its own sake.
    pub(super) in_condition: bool,
}

/// What a path stands for in a cell.
pub(super) enum Mention<'p> {
    Attribute(&'p Name),
    /// The attribute, and the property of its option.
    Property(&'p Name, &'p Name),
}

/// The name that an expression is by itself.
fn lone_name(node: &Expression) -> Option<&str> {
    match &node.kind {
        ExpressionKind::Path(path) => match path.steps.as_slice() {
            [only] if only.index.is_none() => Some(&only.name.text),
            _ => None,
        },
        _ => None,
    }
}

/// One side of a comparison.
enum Side<'a> {
    Number(Formula),
    /// An option list or yes/no.
    Choice(AttributeIndex, &'a Attribute),
    /// A word that is no attribute: an option of the other side, if all is well.
    Word(Name),
}

impl<'a> Resolver<'a> {
    /// Notes a problem.
    pub(super) fn fail<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }

    pub(super) fn condition(&mut self, node: &Expression) -> Option<Condition> {
        match &node.kind {
            ExpressionKind::Truth(value) => Some(Condition::Constant(*value)),
            ExpressionKind::Not(inner) => Some(Condition::Not(Box::new(self.condition(inner)?))),
            ExpressionKind::All(parts) => Some(Condition::All(self.conditions(parts)?)),
            ExpressionKind::Any(parts) => Some(Condition::Any(self.conditions(parts)?)),
            ExpressionKind::Compare {
                left,
                comparison,
                right,
            } => self.comparison(&node.span, left, *comparison, right),
            ExpressionKind::Contains { .. } => {
                self.fail(Problem::unsupported(node.span.clone(), "`contains`"))
            }
            ExpressionKind::Path(path) => match self.mention(path)? {
                Mention::Attribute(name) => self.flag(&name.text, node.span.clone()),
                Mention::Property(..) => self.number_for_condition(&node.span),
            },
            ExpressionKind::Number(_)
            | ExpressionKind::Negate(_)
            | ExpressionKind::Arithmetic { .. }
            | ExpressionKind::Call { .. } => self.number_for_condition(&node.span),
        }
    }

    /// What a path stands for in a cell.
    pub(super) fn mention<'p>(&mut self, path: &'p Path) -> Option<Mention<'p>> {
        let what = match path.steps.as_slice() {
            steps if steps.iter().any(|step| step.index.is_some()) => {
                "positions in square brackets"
            }
            [only] => return Some(Mention::Attribute(&only.name)),
            [attribute, property] => {
                return Some(Mention::Property(&attribute.name, &property.name));
            }
            _ => "paths with more than one point",
        };
        self.fail(Problem::unsupported(path.span.clone(), what))
    }

    fn number_for_condition<T>(&mut self, span: &Range<usize>) -> Option<T> {
        let message = "this is a number where a condition is needed";
        let problem = Problem::new(span.clone(), "type", message);
        self.fail(problem.hint("compare it with something, as in `load > 100`"))
    }

    /// All parts, or nothing; the problems of every part are noted.
    fn conditions(&mut self, parts: &[Expression]) -> Option<Vec<Condition>> {
        let conditions: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
        conditions.into_iter().collect()
    }

    /// A name that stands as a condition by itself.
    fn flag(&mut self, text: &str, span: Range<usize>) -> Option<Condition> {
        let Some((index, attribute)) = self.scope.find(text) else {
            return self.unknown_attribute(text, span);
        };
        match &attribute.domain {
            AttributeDomain::Flag | AttributeDomain::Presence(_) => Some(Condition::Is {
                attribute: index,
                options: vec![1],
            }),
            AttributeDomain::Options(list) => {
                let example = list.options.first().map_or("...", |option| &option.code);
                let message = format!("`{text}` is a list of options, not a condition");
                let hint = format!("compare it, as in `{text} = {example}`");
                self.fail(Problem::new(span, "type", message).hint(hint))
            }
            AttributeDomain::Number(range) => {
                let message = format!("`{text}` is a number, not a condition");
                let hint = format!("compare it, as in `{text} > {}`", range.min);
                self.fail(Problem::new(span, "type", message).hint(hint))
            }
        }
    }

    fn comparison(
        &mut self,
        span: &Range<usize>,
        left: &Expression,
        comparison: Comparison,
        right: &Expression,
    ) -> Option<Condition> {
        let sides = (self.side(left, right), self.side(right, left));
        match (sides.0?, sides.1?) {
            (Side::Number(left), Side::Number(right)) => Some(Condition::Compare {
                left,
                comparison,
                right,
            }),
            (Side::Choice(index, attribute), Side::Word(word))
            | (Side::Word(word), Side::Choice(index, attribute)) => {
                let option = self.option(attribute, word);
                let equal = self.equality(span, comparison);
                Some(equals(index, vec![option?], equal?))
            }
            (Side::Choice(first, left), Side::Choice(second, right)) => {
                let equal = self.equality(span, comparison)?;
                Some(same_option((first, left), (second, right), equal))
            }
            (Side::Choice(_, attribute), Side::Number(_)) => {
                self.number_for_option(attribute, right.span.clone())
            }
            (Side::Number(_), Side::Choice(_, attribute)) => {
                self.number_for_option(attribute, left.span.clone())
            }
            (Side::Word(word), _) | (_, Side::Word(word)) => {
                self.unknown_attribute(&word.text, word.span)
            }
        }
    }

    /// What one side of a comparison is; `other` decides whether a word is an option.
    fn side(&mut self, node: &Expression, other: &Expression) -> Option<Side<'a>> {
        let text = match &node.kind {
            ExpressionKind::Truth(true) => "yes",
            ExpressionKind::Truth(false) => "no",
            _ => match lone_name(node) {
                Some(text) => text,
                None => return self.formula(node).map(Side::Number),
            },
        };
        let word = || {
            Some(Side::Word(Name {
                text: text.to_owned(),
                span: node.span.clone(),
            }))
        };
        if self.is_option_of(other, text) && !self.is_option_of(node, text) {
            return word();
        }
        match self.scope.find(text) {
            None if self.scope.excuses(text) => None,
            // Only a name by itself can be an attribute with options.
            None if lone_name(other).is_none() => self.unknown_attribute(text, node.span.clone()),
            None => word(),
            Some((index, attribute)) => match attribute.domain {
                AttributeDomain::Number(_) => Some(Side::Number(Formula::Attribute(index))),
                _ => Some(Side::Choice(index, attribute)),
            },
        }
    }

    /// Whether `node` names an attribute that has an option called `text`.
    fn is_option_of(&self, node: &Expression, text: &str) -> bool {
        lone_name(node)
            .and_then(|name| self.scope.find(name))
            .and_then(|(_, attribute)| option_codes(&attribute.domain))
            .is_some_and(|codes| codes.contains(&text))
    }

    fn option(&mut self, attribute: &Attribute, word: Name) -> Option<usize> {
        let codes = option_codes(&attribute.domain)?;
        let found = codes.iter().position(|code| *code == word.text);
        if found.is_some() {
            return found;
        }
        let message = format!("`{}` has no option `{}`", attribute.code, word.text);
        let hint = did_you_mean(&word.text, codes);
        self.fail(Problem::new(word.span, "unknown-option", message).maybe_hint(hint))
    }

    /// Whether options are compared with `=` (true) or `!=` (false).
    fn equality(&mut self, span: &Range<usize>, comparison: Comparison) -> Option<bool> {
        match comparison {
            Comparison::Equal => Some(true),
            Comparison::NotEqual => Some(false),
            _ => self.fail(
                Problem::new(
                    span.clone(),
                    "type",
                    "options have no order: only `=` and `!=` compare them",
                )
                .hint("give the options a property, and compare that"),
            ),
        }
    }

    fn number_for_option(
        &mut self,
        attribute: &Attribute,
        span: Range<usize>,
    ) -> Option<Condition> {
        let code = &attribute.code;
        let message = format!("`{code}` is chosen from options: a number cannot be compared to it");
        let hint = match &attribute.domain {
            AttributeDomain::Options(list) => list
                .properties
                .first()
                .map(|property| format!("compare a property, such as `{code}.{property}`")),
            _ => Some(format!("write `{code} = yes` or `{code} = no`")),
        };
        self.fail(Problem::new(span, "type", message).maybe_hint(hint))
    }

    pub(super) fn unknown_attribute<T>(&mut self, text: &str, span: Range<usize>) -> Option<T> {
        if self.scope.excuses(text) {
            return None;
        }
        let owner = self.scope.attributes.iter().find(|attribute| {
            matches!(&attribute.domain, AttributeDomain::Options(list)
                if list.options.iter().any(|option| option.code == text))
        });
        let hint = match (closest(text, self.scope.codes()), owner) {
            (Some(best), _) => Some(format!("did you mean `{best}`?")),
            (None, Some(owner)) => Some(format!(
                "`{text}` is an option: write `{} = {text}`",
                owner.code
            )),
            (None, None) => did_you_mean(text, self.scope.codes()),
        };
        let message = format!("there is no attribute `{text}`");
        self.fail(Problem::new(span, "unknown-attribute", message).maybe_hint(hint))
    }
}

/// The attribute has one of the options (`equal`), or none of them.
fn equals(attribute: AttributeIndex, options: Vec<usize>, equal: bool) -> Condition {
    let is = Condition::Is { attribute, options };
    if equal {
        is
    } else {
        Condition::Not(Box::new(is))
    }
}

/// Two attributes have options with the same code (`equal`), or not.
fn same_option(
    (first, left): (AttributeIndex, &Attribute),
    (second, right): (AttributeIndex, &Attribute),
    equal: bool,
) -> Condition {
    let left = option_codes(&left.domain).unwrap_or_default();
    let right = option_codes(&right.domain).unwrap_or_default();
    let shared = left.iter().enumerate().filter_map(|(one, code)| {
        let other = right.iter().position(|other| other == code)?;
        Some(Condition::All(vec![
            equals(first, vec![one], true),
            equals(second, vec![other], true),
        ]))
    });
    let any = Condition::Any(shared.collect());
    if equal {
        any
    } else {
        Condition::Not(Box::new(any))
    }
}
