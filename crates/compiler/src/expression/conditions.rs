use std::ops::Range;

use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Comparison, Condition, Formula,
};

use super::resolver::{Mention, Resolver, lone_name, option_codes, written};
use crate::cases::{Case, Cases, one, product};
use crate::coom::ast::{Expression, ExpressionKind, Name, Path, Step};
use crate::problem::Problem;
use crate::suggest::did_you_mean;

/// One side of a comparison.
enum Side<'a> {
    Number(Cases<Formula>),
    /// An option list or yes/no; all with the same options.
    Choice(Cases<AttributeIndex>, &'a Attribute),
    /// A word that is no attribute: an option of the other side, if all is well.
    Word(Name),
}

/// The part of the resolver that deals with conditions.
impl<'a> Resolver<'a> {
    pub(super) fn condition(&mut self, node: &Expression) -> Option<Cases<Condition>> {
        match &node.kind {
            ExpressionKind::Truth(value) => Some(one(Condition::Constant(*value))),
            ExpressionKind::Not(inner) => {
                let inner = self.condition(inner)?.into_iter();
                let not = |condition| Condition::Not(Box::new(condition));
                Some(inner.map(|case| case.map(not)).collect())
            }
            ExpressionKind::All(parts) => self.combined(parts, &node.span, Condition::All),
            ExpressionKind::Any(parts) => self.combined(parts, &node.span, Condition::Any),
            ExpressionKind::Compare {
                left,
                comparison,
                right,
            } => self.comparison(&node.span, left, *comparison, right),
            ExpressionKind::Contains { .. } => {
                self.fail(Problem::unsupported(node.span.clone(), "`contains`"))
            }
            ExpressionKind::Path(path) => match self.mention(path)? {
                Mention::Attribute(cases, attribute) => self.flag(cases, attribute, path),
                Mention::Property(..) => self.number_for_condition(&node.span),
                Mention::Part(_) => self.no_part(path),
            },
            ExpressionKind::Number(_)
            | ExpressionKind::Negate(_)
            | ExpressionKind::Arithmetic { .. }
            | ExpressionKind::Call { .. } => self.number_for_condition(&node.span),
        }
    }

    fn number_for_condition<T>(&mut self, span: &Range<usize>) -> Option<T> {
        let message = "this is a number where a condition is needed";
        let problem = Problem::new(span.clone(), "type", message);
        self.fail(problem.hint("compare it with something, as in `load > 100`"))
    }

    /// Every combination of all parts, or nothing; the problems of every part are noted.
    fn combined(
        &mut self,
        parts: &[Expression],
        span: &Range<usize>,
        make: fn(Vec<Condition>) -> Condition,
    ) -> Option<Cases<Condition>> {
        let lists: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
        let lists = lists.into_iter().collect::<Option<Vec<_>>>()?;
        let sizes = lists.iter().map(Vec::len);
        self.spend(sizes.fold(1, usize::saturating_mul), span)?;
        let cases = product(lists).into_iter();
        Some(cases.map(|case| case.map(make)).collect())
    }

    /// A path that stands as a condition by itself.
    fn flag(
        &mut self,
        cases: Cases<AttributeIndex>,
        attribute: &Attribute,
        path: &Path,
    ) -> Option<Cases<Condition>> {
        let text = written(attribute);
        let fail = |hint: String, what: &str| {
            let message = format!("`{text}` is {what}, not a condition");
            Problem::new(path.span.clone(), "type", message).hint(hint)
        };
        match &attribute.domain {
            AttributeDomain::Flag | AttributeDomain::Presence(_) => {
                let yes = |attribute| equals(attribute, vec![1], true);
                Some(cases.into_iter().map(|case| case.map(yes)).collect())
            }
            AttributeDomain::Options(list) => {
                let example = list.options.first().map_or("...", |option| &option.code);
                let hint = format!("compare it, as in `{text} = {example}`");
                self.fail(fail(hint, "a list of options"))
            }
            AttributeDomain::Number(range) => {
                let hint = format!("compare it, as in `{text} > {}`", range.min);
                self.fail(fail(hint, "a number"))
            }
        }
    }

    fn comparison(
        &mut self,
        span: &Range<usize>,
        left: &Expression,
        comparison: Comparison,
        right: &Expression,
    ) -> Option<Cases<Condition>> {
        let sides = (self.side(left, right), self.side(right, left));
        let either_way = matches!(comparison, Comparison::Equal | Comparison::NotEqual)
            && is_same_path(left, right);
        match (sides.0?, sides.1?) {
            (Side::Number(left), Side::Number(right)) => {
                let compare = |left, right| Condition::Compare {
                    left,
                    comparison,
                    right,
                };
                self.pairs(span, &left, &right, either_way, compare)
            }
            (Side::Choice(cases, attribute), Side::Word(word))
            | (Side::Word(word), Side::Choice(cases, attribute)) => {
                let option = self.option(attribute, word);
                let (equal, option) = (self.equality(span, comparison), option?);
                let equal = equal?;
                let is = |index| equals(index, vec![option], equal);
                Some(cases.into_iter().map(|case| case.map(is)).collect())
            }
            (Side::Choice(first, left), Side::Choice(second, right)) => {
                let equal = self.equality(span, comparison)?;
                let same = |first, second| same_option((first, left), (second, right), equal);
                self.pairs(span, &first, &second, either_way, same)
            }
            (Side::Choice(_, attribute), Side::Number(_)) => {
                self.number_for_option(attribute, right.span.clone())
            }
            (Side::Number(_), Side::Choice(_, attribute)) => {
                self.number_for_option(attribute, left.span.clone())
            }
            (Side::Word(word), _) | (_, Side::Word(word)) => self.unknown(&word.text, word.span),
        }
    }

    /// Every case of one side with every case of the other; where both sides are the same
    /// path and can be swapped, each two instances once.
    fn pairs<T: Clone>(
        &mut self,
        span: &Range<usize>,
        lefts: &Cases<T>,
        rights: &Cases<T>,
        either_way: bool,
        make: impl Fn(T, T) -> Condition,
    ) -> Option<Cases<Condition>> {
        self.spend(lefts.len().saturating_mul(rights.len()), span)?;
        let mut cases = Vec::new();
        for (place, left) in lefts.iter().enumerate() {
            let skipped = match either_way && lefts.len() > 1 {
                true => place + 1,
                false => 0,
            };
            for right in rights.iter().skip(skipped) {
                cases.push(Case {
                    value: make(left.value.clone(), right.value.clone()),
                    guards: [left.guards.as_slice(), &right.guards].concat(),
                });
            }
        }
        Some(cases)
    }

    /// What one side of a comparison is; `other` decides whether a word is an option.
    fn side(&mut self, node: &Expression, other: &Expression) -> Option<Side<'a>> {
        let text = match &node.kind {
            ExpressionKind::Truth(true) => Some("yes"),
            ExpressionKind::Truth(false) => Some("no"),
            _ => lone_name(node),
        };
        if let Some(text) = text {
            let word = || {
                Some(Side::Word(Name {
                    text: text.to_owned(),
                    span: node.span.clone(),
                }))
            };
            let is_other = self.is_option_of(other, text) && !self.is_option_of(node, text);
            if is_other {
                return word();
            }
            if !self.is_known(node) {
                return match self.scope.excuses(text) {
                    true => None,
                    // Only a path by itself can be an attribute with options.
                    false if !self.may_be_choice(other) => self.unknown(text, node.span.clone()),
                    false => word(),
                };
            }
        }
        let ExpressionKind::Path(path) = &node.kind else {
            return self.formula(node).map(Side::Number);
        };
        match self.mention(path)? {
            Mention::Attribute(cases, attribute) => Some(match attribute.domain {
                AttributeDomain::Number(_) => Side::Number(numbers(cases)),
                _ => Side::Choice(cases, attribute),
            }),
            Mention::Property(cases, attribute, property) => {
                self.property(cases, attribute, property).map(Side::Number)
            }
            Mention::Part(_) => self.no_part(path),
        }
    }

    /// Whether `node` is a path whose first name stands for something.
    fn is_known(&self, node: &Expression) -> bool {
        match &node.kind {
            ExpressionKind::Path(path) => match self.look(path) {
                Ok(_) => true,
                Err(lost) => !lost.is_unknown,
            },
            _ => false,
        }
    }

    /// The attribute that `node` is, where it is one.
    fn attribute_at(&self, node: &Expression) -> Option<&'a Attribute> {
        let ExpressionKind::Path(path) = &node.kind else {
            return None;
        };
        match self.look(path).ok()?? {
            Mention::Attribute(_, attribute) => Some(attribute),
            _ => None,
        }
    }

    /// Whether `node` names an attribute that has an option called `text`.
    fn is_option_of(&self, node: &Expression, text: &str) -> bool {
        self.attribute_at(node)
            .and_then(|attribute| option_codes(&attribute.domain))
            .is_some_and(|codes| codes.contains(&text))
    }

    /// Whether `node` is an attribute with options, or was meant to be.
    fn may_be_choice(&self, node: &Expression) -> bool {
        let attribute = || self.attribute_at(node);
        lone_name(node).is_some()
            || attribute().is_some_and(|it| option_codes(&it.domain).is_some())
    }

    fn option(&mut self, attribute: &Attribute, word: Name) -> Option<usize> {
        let codes = option_codes(&attribute.domain)?;
        let found = codes.iter().position(|code| *code == word.text);
        if found.is_some() {
            return found;
        }
        let message = format!("`{}` has no option `{}`", written(attribute), word.text);
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

    fn number_for_option<T>(&mut self, attribute: &Attribute, span: Range<usize>) -> Option<T> {
        let code = written(attribute);
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

    fn unknown<T>(&mut self, text: &str, span: Range<usize>) -> Option<T> {
        if self.scope.excuses(text) {
            return None;
        }
        let problem = self.scope.unknown(text, span);
        self.fail(problem)
    }
}

/// The numbers at some attributes.
pub(super) fn numbers(cases: Cases<AttributeIndex>) -> Cases<Formula> {
    let cases = cases.into_iter();
    cases.map(|case| case.map(Formula::Attribute)).collect()
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
    (first, one): (AttributeIndex, &Attribute),
    (second, other): (AttributeIndex, &Attribute),
    equal: bool,
) -> Condition {
    let left = option_codes(&one.domain).unwrap_or_default();
    let right = option_codes(&other.domain).unwrap_or_default();
    let shared = left.iter().enumerate().filter_map(|(left, code)| {
        let right = right.iter().position(|other| other == code)?;
        Some(Condition::All(vec![
            equals(first, vec![left], true),
            equals(second, vec![right], true),
        ]))
    });
    let any = match shared.collect::<Vec<_>>() {
        // Never true, and still undefined where one of them is not there.
        none if none.is_empty() && (one.part.is_some() || other.part.is_some()) => {
            let none = |attribute| equals(attribute, Vec::new(), true);
            Condition::All(vec![none(first), none(second)])
        }
        shared => Condition::Any(shared),
    };
    if equal {
        any
    } else {
        Condition::Not(Box::new(any))
    }
}

/// Whether both are the same path, wherever they are written.
fn is_same_path(one: &Expression, other: &Expression) -> bool {
    let (ExpressionKind::Path(one), ExpressionKind::Path(other)) = (&one.kind, &other.kind) else {
        return false;
    };
    let alike =
        |(one, other): (&Step, &Step)| one.name.text == other.name.text && one.index == other.index;
    one.steps.len() == other.steps.len() && one.steps.iter().zip(&other.steps).all(alike)
}
