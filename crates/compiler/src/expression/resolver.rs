use std::ops::Range;

use quotewright_engine::catalog::{Attribute, AttributeDomain, AttributeIndex};

use super::Meaning;
use super::scope::{Lost, Scope, Thing};
use crate::cases::Cases;
use crate::coom::ast::{Expression, ExpressionKind, Name, Path};
use crate::coom::expression;
use crate::parts::without_indices;
use crate::problem::Problem;

/// Most conditions and formulas that one expression may stand for.
const MAX_CASES: usize = 100_000;

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// One condition.
    Condition,
    /// A condition for each combination of instances.
    Conditions,
    /// One number, for its own sake.
    Formula,
}

pub(super) fn resolve<'a, T>(
    text: &str,
    scope: &Scope<'a>,
    stand: Stand,
    meaning: fn(&mut Resolver<'a>, &Expression) -> Option<T>,
) -> Meaning<T> {
    let node = match expression(text) {
        Ok(node) => node,
        Err(problem) => return (None, vec![problem]),
    };
    let mut resolver = Resolver {
        scope: *scope,
        problems: Vec::new(),
        stand,
        functions: 0,
        spent: 0,
    };
    let found = meaning(&mut resolver, &node);
    let found = found.filter(|_| resolver.problems.is_empty());
    (found, resolver.problems)
}

/// Looks every name up.
pub(super) struct Resolver<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) problems: Vec<Problem>,
    pub(super) stand: Stand,
    /// In how many functions, which take all instances together, the expression is read now.
    pub(super) functions: u32,
    spent: usize,
}

/// What a path stands for in a cell.
pub(super) enum Mention<'a, 'p> {
    /// Attributes with the same values; the second is one of them.
    Attribute(Cases<AttributeIndex>, &'a Attribute),
    /// The attributes, and the property of their options.
    Property(Cases<AttributeIndex>, &'a Attribute, &'p Name),
    /// Instances.
    Part(Cases<usize>),
}

impl<'a> Resolver<'a> {
    /// Notes a problem.
    pub(super) fn fail<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }

    /// Counts what an expression comes to, so that it stops before the memory does.
    pub(super) fn spend(&mut self, count: usize, span: &Range<usize>) -> Option<()> {
        self.spent = self.spent.saturating_add(count);
        if self.spent <= MAX_CASES {
            return Some(());
        }
        let message = format!("this stands for more than {MAX_CASES} conditions");
        let problem = Problem::new(span.clone(), "too-complex", message);
        self.fail(problem.hint("allow fewer instances, or name each part once"))
    }

    /// What a path stands for, where it stands for anything.
    pub(super) fn mention<'p>(&mut self, path: &'p Path) -> Option<Mention<'a, 'p>> {
        let mention = match self.look(path) {
            Ok(Some(mention)) => mention,
            Ok(None) => {
                let what = "paths with more than one point after an attribute";
                return self.fail(Problem::unsupported(path.span.clone(), what));
            }
            Err(lost) => {
                self.problems.extend(lost.problem);
                return None;
            }
        };
        let several = match &mention {
            Mention::Attribute(cases, _) | Mention::Property(cases, ..) => cases.len() > 1,
            Mention::Part(_) => false,
        };
        if several && self.functions == 0 && self.stand != Stand::Conditions {
            return self.several(path);
        }
        Some(mention)
    }

    /// As [`mention`](Self::mention), without telling. `None` for too many steps.
    pub(super) fn look<'p>(&self, path: &'p Path) -> Result<Option<Mention<'a, 'p>>, Lost> {
        let located = self.scope.locate(path)?;
        let (mut attributes, mut parts) = (Vec::new(), Vec::new());
        for case in located.things {
            match case.value {
                Thing::Attribute(index) => attributes.push(case.map(|_| index)),
                Thing::Part(instance) => parts.push(case.map(|_| instance)),
            }
        }
        let first = attributes.first().map(|case| case.value);
        let found = first.and_then(|index| self.scope.attributes.get(index.0));
        Ok(match (found, located.rest) {
            (Some(found), []) => Some(Mention::Attribute(attributes, found)),
            (Some(found), [only]) => Some(Mention::Property(attributes, found, &only.name)),
            (Some(_), _) => None,
            (None, _) => Some(Mention::Part(parts)),
        })
    }

    /// Tells a path to several things where one is needed.
    fn several<T>(&mut self, path: &Path) -> Option<T> {
        let names: Vec<&str> = path.steps.iter().map(|it| it.name.text.as_str()).collect();
        let written = names.join(".");
        let (message, hint) = match self.stand {
            Stand::Formula => (
                format!("`{written}` is a number of each instance, and one number is needed"),
                format!(
                    "write `sum({written})`, `min(...)` or `max(...)`, or which one in square brackets"
                ),
            ),
            _ => (
                format!("`{written}` is there for each instance, and one condition is needed"),
                "count those that are meant, or say in the column `part` which part it is about"
                    .to_owned(),
            ),
        };
        self.fail(Problem::new(path.span.clone(), "several", message).hint(hint))
    }

    /// A path to attributes, and nothing else.
    pub(super) fn attribute(&mut self, node: &Expression) -> Option<Cases<AttributeIndex>> {
        let message = "the path of an attribute is needed here";
        let ExpressionKind::Path(path) = &node.kind else {
            return self.fail(Problem::new(node.span.clone(), "type", message));
        };
        match self.mention(path)? {
            Mention::Attribute(cases, _) => Some(cases),
            _ => self.fail(Problem::new(node.span.clone(), "type", message)),
        }
    }

    /// A part that stands where a number or a condition is needed.
    pub(super) fn no_part<T>(&mut self, path: &Path) -> Option<T> {
        let names: Vec<&str> = path.steps.iter().map(|it| it.name.text.as_str()).collect();
        let written = names.join(".");
        let message = format!("`{written}` is a part, which has no value of its own");
        let hint = format!("count it, as in `count({written}) > 1`, or name one of its attributes");
        self.fail(Problem::new(path.span.clone(), "type", message).hint(hint))
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

/// The name that an expression is by itself.
pub(super) fn lone_name(node: &Expression) -> Option<&str> {
    match &node.kind {
        ExpressionKind::Path(path) => match path.steps.as_slice() {
            [only] if only.index.is_none() => Some(&only.name.text),
            _ => None,
        },
        _ => None,
    }
}

/// The code of an attribute as it is written for all instances.
pub(super) fn written(attribute: &Attribute) -> String {
    without_indices(&attribute.code)
}
