//! What an expression comes to: a number, one of several words, or a part.

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Formula};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Grounder;
use super::cases::{Case, Cases, one, pairs};
use super::enumeration::{self, Attribute};
use super::notes::Grounded;
use super::paths::{Resolved, Thing};
use super::scope::Scope;
use super::tree::NodeContent;
use crate::coom::MAX_EXPONENT;
use crate::coom::ast::{Expression, ExpressionKind, Operator, Path, Span};
pub(super) use crate::presence::all;
use crate::presence::only_existing;

/// What an expression comes to in one case.
#[derive(Clone, Debug)]
pub(super) enum Term<'a> {
    Number(Formula),
    /// Whatever the option at an attribute is called.
    Choice(Choice),
    /// A word of which only the spelling counts.
    Word(&'a str),
    /// An instance of a structure.
    Part,
}

/// A word that depends on the option at an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) attribute: AttributeIndex,
    pub(super) words: Words,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// The codes of the options: of this enumeration, or of a reference.
    Codes(Option<usize>),
    /// A text attribute: of this enumeration, the one at this position.
    Texts(usize, usize),
}

impl<'a> Grounder<'a, '_> {
    /// All that `expression` stands for.
    pub(super) fn terms(
        &mut self,
        scope: &Scope<'a>,
        expression: &'a Expression,
    ) -> Grounded<Cases<Term<'a>>> {
        match &expression.kind {
            ExpressionKind::Path(path) => self.path_terms(scope, path),
            ExpressionKind::Truth(truth) => Ok(one(Term::Word(if *truth {
                enumeration::TRUE
            } else {
                enumeration::FALSE
            }))),
            _ => Ok(self
                .numbers(scope, expression)?
                .into_iter()
                .map(|case| case.map(Term::Number))
                .collect()),
        }
    }

    fn path_terms(&mut self, scope: &Scope<'a>, path: &'a Path) -> Grounded<Cases<Term<'a>>> {
        match self.resolve(scope, path)? {
            Resolved::Word(word) => Ok(one(Term::Word(word))),
            Resolved::Formula(formula, inner) => self.terms(&inner, formula),
            Resolved::Things(things) => Ok(things
                .into_iter()
                .map(|case| {
                    let term = self.term(case.value);
                    case.map(|_| term)
                })
                .collect()),
        }
    }

    pub(super) fn term(&self, thing: Thing) -> Term<'a> {
        let codes = |attribute, enumeration| {
            Term::Choice(Choice {
                attribute,
                words: Words::Codes(enumeration),
            })
        };
        match thing {
            Thing::Instance(id) => match self.tree.node(id).content {
                NodeContent::Structure { .. } => Term::Part,
                NodeContent::Option {
                    attribute,
                    enumeration,
                } => codes(attribute, Some(enumeration)),
                NodeContent::Reference { attribute, .. } => codes(attribute, None),
                NodeContent::Number(attribute) => Term::Number(Formula::Attribute(attribute)),
            },
            Thing::Attribute {
                owner: attribute,
                enumeration,
                attribute: property,
            } => match property {
                Attribute::Number(property) => Term::Number(Formula::Property {
                    attribute,
                    property,
                }),
                Attribute::Text(position) => Term::Choice(Choice {
                    attribute,
                    words: Words::Texts(enumeration, position),
                }),
            },
        }
    }

    /// All the numbers that `expression` stands for.
    pub(super) fn numbers(
        &mut self,
        scope: &Scope<'a>,
        expression: &'a Expression,
    ) -> Grounded<Cases<Formula>> {
        match &expression.kind {
            ExpressionKind::Number(number) => Ok(one(Formula::Constant(*number))),
            ExpressionKind::Path(path) => {
                let terms = self.path_terms(scope, path)?;
                terms
                    .into_iter()
                    .map(|case| {
                        let number = self.number(&case.value, &expression.span)?;
                        Ok(case.map(|_| number))
                    })
                    .collect()
            }
            ExpressionKind::Negate(inner) => Ok(negated(self.numbers(scope, inner)?)),
            ExpressionKind::Arithmetic {
                left,
                operator: Operator::Power,
                right,
            } => self.power(scope, left, right),
            ExpressionKind::Arithmetic {
                left,
                operator,
                right,
            } => self.arithmetic(scope, *operator, left, right),
            ExpressionKind::Call {
                function,
                arguments,
            } => self.call(scope, function, arguments),
            _ => {
                let message = "a number is needed here, and this is a condition";
                Err((self.notes).error("type-mismatch", &expression.span, message, None))
            }
        }
    }

    fn number(&mut self, term: &Term<'a>, span: &Span) -> Grounded<Formula> {
        let (what, hint) = match term {
            Term::Number(formula) => return Ok(formula.clone()),
            Term::Word(word) => {
                let message = format!("there is no feature called `{word}`");
                return Err(self.notes.error("unknown-name", span, message, None));
            }
            Term::Choice(_) => ("an option", "name one of its number attributes after a dot"),
            Term::Part => ("a part", "count it, or name one of its number features"),
        };
        let message = format!("a number is needed here, and this is {what}");
        Err((self.notes).error("type-mismatch", span, message, Some(hint.to_owned())))
    }

    fn arithmetic(
        &mut self,
        scope: &Scope<'a>,
        operator: Operator,
        left: &'a Expression,
        right: &'a Expression,
    ) -> Grounded<Cases<Formula>> {
        let mut sides = [self.numbers(scope, left)?, self.numbers(scope, right)?];
        let additive = matches!(operator, Operator::Add | Operator::Subtract);
        if additive {
            // A side that stands for nothing at all is left out.
            match &mut sides {
                [left, right] if right.is_empty() => return Ok(std::mem::take(left)),
                [left, right] if left.is_empty() => {
                    let right = std::mem::take(right);
                    return Ok(match operator {
                        Operator::Subtract => negated(right),
                        _ => right,
                    });
                }
                _ => {}
            }
            // Neither is an instance that is not there, where there are others.
            for side in &mut sides {
                only_existing(&self.tree.attributes, side);
            }
        }
        let [left_cases, right_cases] = sides;
        let count = left_cases.len().saturating_mul(right_cases.len());
        self.spend(count, &(left.span.start..right.span.end))?;
        Ok(pairs(left_cases, right_cases)
            .into_iter()
            .map(|case| case.map(|(left, right)| operate(operator, left, right)))
            .collect())
    }

    fn power(
        &mut self,
        scope: &Scope<'a>,
        base: &'a Expression,
        exponent: &'a Expression,
    ) -> Grounded<Cases<Formula>> {
        let bases = self.numbers(scope, base)?;
        let exponents = self.numbers(scope, exponent)?;
        let whole = match exponents.as_slice() {
            [
                Case {
                    value: Formula::Constant(number),
                    ..
                },
            ] if number.is_integer() => number.to_u32(),
            _ => None,
        };
        let Some(whole) = whole.filter(|it| *it <= MAX_EXPONENT) else {
            let what = format!("a power other than a whole number from 0 to {MAX_EXPONENT}");
            return Err(self.notes.unsupported(&exponent.span, what));
        };
        Ok(bases
            .into_iter()
            .map(|case| case.map(|base| Formula::Power(Box::new(base), whole)))
            .collect())
    }

    /// `pow(a, 2)`.
    pub(super) fn pow(
        &mut self,
        scope: &Scope<'a>,
        span: &Span,
        arguments: &'a [Expression],
    ) -> Grounded<Cases<Formula>> {
        match arguments {
            [base, exponent] => self.power(scope, base, exponent),
            _ => {
                let message = "`pow` takes a number and a power";
                Err(self.notes.error("arguments", span, message, None))
            }
        }
    }

    /// The options of `choice` whose word is `word`.
    pub(super) fn options_called(&self, choice: Choice, word: &str) -> Vec<usize> {
        if let Words::Codes(Some(enumeration)) = choice.words {
            let position = self.schema.enumerations[enumeration].position(word);
            return position.into_iter().collect();
        }
        let words = self.words(choice).into_iter().enumerate();
        let found = words.filter(|(_, own)| *own == word);
        found.map(|(position, _)| position).collect()
    }

    /// The word of every option at `choice`.
    pub(super) fn words(&self, choice: Choice) -> Vec<&str> {
        match choice.words {
            Words::Texts(enumeration, position) => {
                let texts = self.schema.enumerations[enumeration].texts.get(position);
                texts.into_iter().flatten().map(String::as_str).collect()
            }
            Words::Codes(_) => match self.tree.domain(choice.attribute) {
                Some(AttributeDomain::Options(list)) => {
                    list.options.iter().map(|it| it.code.as_str()).collect()
                }
                _ => Vec::new(),
            },
        }
    }
}

fn operate(operator: Operator, left: Formula, right: Formula) -> Formula {
    if let (Formula::Constant(left), Formula::Constant(right)) = (&left, &right)
        && let Some(result) = folded(operator, *left, *right)
    {
        return Formula::Constant(result);
    }
    let (left, right) = (Box::new(left), Box::new(right));
    match operator {
        Operator::Add => Formula::Add(left, right),
        Operator::Subtract => Formula::Subtract(left, right),
        Operator::Multiply => Formula::Multiply(left, right),
        Operator::Divide | Operator::Power => Formula::Divide(left, right),
    }
}

/// Two numbers worked out, where that is exact.
fn folded(operator: Operator, left: Decimal, right: Decimal) -> Option<Decimal> {
    match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide | Operator::Power => None,
    }
}

fn negated(cases: Cases<Formula>) -> Cases<Formula> {
    let minus_one = Formula::Constant(-Decimal::ONE);
    cases
        .into_iter()
        .map(|case| case.map(|number| operate(Operator::Multiply, minus_one.clone(), number)))
        .collect()
}
