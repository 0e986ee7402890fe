//! Conditions, one for each combination of the instances on their paths.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{Comparison, Condition, Formula};

use super::Grounder;
use super::cases::{Case, Cases, one, product};
use super::enumeration;
use super::notes::Grounded;
use super::scope::Scope;
use super::terms::{Choice, Term, all};
use crate::coom::ast::{Expression, ExpressionKind, Span, Step};
use crate::suggest::did_you_mean;

impl<'a> Grounder<'a, '_> {
    /// All that `expression` demands.
    pub(super) fn conditions(
        &mut self,
        scope: &Scope<'a>,
        expression: &'a Expression,
    ) -> Grounded<Cases<Condition>> {
        match &expression.kind {
            ExpressionKind::Truth(truth) => Ok(one(Condition::Constant(*truth))),
            ExpressionKind::Not(inner) => Ok(self
                .conditions(scope, inner)?
                .into_iter()
                .map(|case| case.map(negation))
                .collect()),
            ExpressionKind::All(parts) => {
                let cases = self.combined(scope, parts, &expression.span)?;
                Ok(cases.into_iter().map(|case| case.map(all)).collect())
            }
            ExpressionKind::Any(parts) => {
                let cases = self.combined(scope, parts, &expression.span)?;
                Ok(cases
                    .into_iter()
                    .map(|case| case.map(Condition::Any))
                    .collect())
            }
            ExpressionKind::Compare {
                left,
                comparison,
                right,
            } => self.comparison(scope, left, *comparison, right),
            ExpressionKind::Path(_) => self.truths(scope, expression),
            ExpressionKind::Contains { .. } => {
                Err((self.notes).unsupported(&expression.span, "`contains`"))
            }
            ExpressionKind::Number(_)
            | ExpressionKind::Negate(_)
            | ExpressionKind::Arithmetic { .. }
            | ExpressionKind::Call { .. } => Err(self.no_condition(&expression.span)),
        }
    }

    /// Every combination of what each of `parts` demands.
    pub(super) fn combined(
        &mut self,
        scope: &Scope<'a>,
        parts: impl IntoIterator<Item = &'a Expression>,
        span: &Span,
    ) -> Grounded<Cases<Vec<Condition>>> {
        let mut lists = Vec::new();
        for part in parts {
            lists.push(self.conditions(scope, part)?);
        }
        let count = (lists.iter()).fold(1_usize, |count, list| count.saturating_mul(list.len()));
        self.spend(count, span)?;
        Ok(product(lists))
    }

    /// A yes/no feature by itself: that it is yes.
    fn truths(
        &mut self,
        scope: &Scope<'a>,
        expression: &'a Expression,
    ) -> Grounded<Cases<Condition>> {
        let terms = self.terms(scope, expression)?;
        let mut cases = Vec::with_capacity(terms.len());
        for case in terms {
            let Term::Choice(choice) = case.value else {
                return Err(self.no_condition(&expression.span));
            };
            let options = self.options_called(choice, enumeration::TRUE);
            let no = self.options_called(choice, enumeration::FALSE);
            if options.is_empty() || no.is_empty() {
                return Err(self.no_condition(&expression.span));
            }
            let attribute = choice.attribute;
            cases.push(case.map(|_| Condition::Is { attribute, options }));
        }
        Ok(cases)
    }

    fn no_condition(&mut self, span: &Span) -> super::notes::Refused {
        let message = "a condition is needed here";
        let hint = Some("compare it with something".to_owned());
        self.notes.error("type-mismatch", span, message, hint)
    }

    fn comparison(
        &mut self,
        scope: &Scope<'a>,
        left: &'a Expression,
        comparison: Comparison,
        right: &'a Expression,
    ) -> Grounded<Cases<Condition>> {
        let lefts = self.terms(scope, left)?;
        let rights = self.terms(scope, right)?;
        let span = left.span.start..right.span.end;
        self.spend(lefts.len().saturating_mul(rights.len()), &span)?;
        // `a = a` says of any two instances the same both ways round.
        let either_way = matches!(comparison, Comparison::Equal | Comparison::NotEqual)
            && is_same_path(left, right);
        let mut cases = Vec::with_capacity(lefts.len());
        for (place, left) in lefts.iter().enumerate() {
            let skipped = if either_way { place } else { 0 };
            for right in rights.iter().skip(skipped) {
                let condition = self.compare(&left.value, comparison, &right.value, &span)?;
                let guards = [left.guards.as_slice(), &right.guards].concat();
                cases.push(Case {
                    value: condition,
                    guards,
                });
            }
        }
        Ok(cases)
    }

    /// Two terms compared.
    pub(super) fn compare(
        &mut self,
        left: &Term<'a>,
        comparison: Comparison,
        right: &Term<'a>,
        span: &Span,
    ) -> Grounded<Condition> {
        if let (Term::Number(left), Term::Number(right)) = (left, right) {
            return Ok(Condition::Compare {
                left: left.clone(),
                comparison,
                right: right.clone(),
            });
        }
        let equal = match comparison {
            Comparison::Equal => true,
            Comparison::NotEqual => false,
            _ => {
                let message = "only numbers are less or greater than others";
                let hint = "compare with `=` or `!=`, or a number attribute of each option";
                return Err((self.notes).error(
                    "type-mismatch",
                    span,
                    message,
                    Some(hint.to_owned()),
                ));
            }
        };
        match (left, right) {
            (Term::Choice(choice), Term::Word(word)) | (Term::Word(word), Term::Choice(choice)) => {
                Ok(self.called(*choice, word, equal, span))
            }
            (Term::Choice(left), Term::Choice(right)) => {
                let same = self.same_word(*left, *right);
                Ok(if equal { same } else { negation(same) })
            }
            (Term::Word(left), Term::Word(right)) => {
                Ok(Condition::Constant((left == right) == equal))
            }
            (Term::Word(word), Term::Number(_)) | (Term::Number(_), Term::Word(word)) => {
                let message = format!("there is no number feature called `{word}`");
                Err(self.notes.error("unknown-name", span, message, None))
            }
            _ => {
                let message = "these two cannot be compared: a part, an option and a number differ";
                let hint = "name a feature of the part, or a number attribute of the option";
                Err((self.notes).error("type-mismatch", span, message, Some(hint.to_owned())))
            }
        }
    }

    /// That `choice` is called `word`, or is not.
    fn called(&mut self, choice: Choice, word: &str, equal: bool, span: &Span) -> Condition {
        let found = self.options_called(choice, word);
        if found.is_empty() {
            let hint = did_you_mean(word, self.words(choice));
            let message = || format!("nothing here is called `{word}`");
            self.notes.warn("unknown-option", span, message, hint);
        }
        let attribute = choice.attribute;
        let options = if equal {
            found
        } else {
            let all = 0..self.words(choice).len();
            all.filter(|option| !found.contains(option)).collect()
        };
        Condition::Is { attribute, options }
    }

    /// That two choices are called the same.
    fn same_word(&self, left: Choice, right: Choice) -> Condition {
        let is = |choice: Choice, options| Condition::Is {
            attribute: choice.attribute,
            options,
        };
        if left.attribute == right.attribute {
            let words = self
                .words(left)
                .into_iter()
                .zip(self.words(right))
                .enumerate();
            let same = words.filter(|(_, (left, right))| left == right);
            return is(left, same.map(|(position, _)| position).collect());
        }
        let mut others: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, word) in self.words(right).into_iter().enumerate() {
            others.entry(word).or_default().push(position);
        }
        let mut owns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut order = Vec::new();
        for (position, word) in self.words(left).into_iter().enumerate() {
            let positions = owns.entry(word).or_default();
            if positions.is_empty() && others.contains_key(word) {
                order.push(word);
            }
            positions.push(position);
        }
        let shared: Vec<Condition> = order
            .iter()
            .filter_map(|word| {
                let (own, other) = (owns.get(word)?, others.get(word)?);
                Some(Condition::All(vec![
                    is(left, own.clone()),
                    is(right, other.clone()),
                ]))
            })
            .collect();
        match shared.is_empty() {
            // Never true, and still undefined where one of them is not there.
            true => Condition::All(vec![is(left, Vec::new()), is(right, Vec::new())]),
            false => Condition::Any(shared),
        }
    }
}

/// Not `condition`.
pub(super) fn negation(condition: Condition) -> Condition {
    match condition {
        Condition::Constant(truth) => Condition::Constant(!truth),
        Condition::Not(inner) => *inner,
        condition => Condition::Not(Box::new(condition)),
    }
}

/// That `formula` is there: true or undefined.
pub(super) fn defined(formula: &Formula) -> Condition {
    Condition::Compare {
        left: formula.clone(),
        comparison: Comparison::Equal,
        right: formula.clone(),
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
