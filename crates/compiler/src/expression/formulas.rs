use std::ops::Range;

use quotewright_engine::catalog::{Attribute, AttributeDomain, AttributeIndex, Condition, Formula};
use rust_decimal::Decimal;

use super::conditions::numbers;
use super::resolver::{Mention, Resolver, Stand, written};
use crate::cases::{Case, Cases, one, pairs};
use crate::coom::MAX_EXPONENT;
use crate::coom::ast::{Expression, ExpressionKind, Name, Operator, Path};
use crate::presence::{all, of_formula, only_existing};
use crate::problem::Problem;
use crate::suggest::did_you_mean;

/// The part of the resolver that deals with numbers.
impl Resolver<'_> {
    pub(super) fn formula(&mut self, node: &Expression) -> Option<Cases<Formula>> {
        match &node.kind {
            ExpressionKind::Number(number) => Some(one(Formula::Constant(*number))),
            ExpressionKind::Path(path) => match self.mention(path)? {
                Mention::Attribute(cases, attribute) => self.number(cases, attribute, path),
                Mention::Property(cases, attribute, property) => {
                    self.property(cases, attribute, property)
                }
                Mention::Part(_) => self.no_part(path),
            },
            ExpressionKind::Negate(inner) => {
                let inner = self.formula(inner)?.into_iter();
                let cases = inner.map(|case| case.map(|number| self.negated(number)));
                Some(cases.collect())
            }
            ExpressionKind::Arithmetic {
                left,
                operator,
                right,
            } => {
                let sides = (self.formula(left), self.formula(right));
                self.arithmetic((sides.0?, *operator, sides.1?), right.span.clone())
            }
            ExpressionKind::Call {
                function,
                arguments,
            } => {
                self.functions += 1;
                let found = self.call(function, arguments);
                self.functions -= 1;
                found.map(one)
            }
            ExpressionKind::Truth(_)
            | ExpressionKind::Not(_)
            | ExpressionKind::All(_)
            | ExpressionKind::Any(_)
            | ExpressionKind::Compare { .. }
            | ExpressionKind::Contains { .. } => self.fail(Problem::new(
                node.span.clone(),
                "type",
                "this is a condition where a number is needed",
            )),
        }
    }

    fn number(
        &mut self,
        cases: Cases<AttributeIndex>,
        attribute: &Attribute,
        path: &Path,
    ) -> Option<Cases<Formula>> {
        let text = written(attribute);
        let (message, hint) = match &attribute.domain {
            AttributeDomain::Number(_) => return Some(numbers(cases)),
            AttributeDomain::Flag | AttributeDomain::Presence(_) => {
                (format!("`{text}` is yes or no, not a number"), None)
            }
            AttributeDomain::Options(list) => (
                format!("`{text}` is a list of options, not a number"),
                list.properties
                    .first()
                    .map(|property| format!("use a property, such as `{text}.{property}`")),
            ),
        };
        self.fail(Problem::new(path.span.clone(), "type", message).maybe_hint(hint))
    }

    pub(super) fn property(
        &mut self,
        cases: Cases<AttributeIndex>,
        attribute: &Attribute,
        property: &Name,
    ) -> Option<Cases<Formula>> {
        let text = written(attribute);
        let AttributeDomain::Options(list) = &attribute.domain else {
            let message = format!("`{text}` has no properties: it has no options");
            return self.fail(Problem::new(property.span.clone(), "type", message));
        };
        let position = list
            .properties
            .iter()
            .position(|code| *code == property.text);
        if let Some(property) = position {
            let make = |attribute| Formula::Property {
                attribute,
                property,
            };
            return Some(cases.into_iter().map(|case| case.map(make)).collect());
        }
        let message = format!(
            "the options of `{text}` have no property `{}`",
            property.text
        );
        let hint = did_you_mean(&property.text, list.properties.iter().map(String::as_str));
        let hint = hint
            .unwrap_or_else(|| format!("add a column `property.{}` to their sheet", property.text));
        self.fail(Problem::new(property.span.clone(), "unknown-property", message).hint(hint))
    }

    fn negated(&self, number: Formula) -> Formula {
        match number {
            Formula::Constant(number) => Formula::Constant(-number),
            // What is not there has no opposite, while `0 - x` would be 0.
            number if !of_formula(self.scope.attributes, &number).is_empty() => {
                let minus_one = Formula::Constant(Decimal::NEGATIVE_ONE);
                Formula::Multiply(Box::new(minus_one), Box::new(number))
            }
            number => {
                let zero = Formula::Constant(Decimal::ZERO);
                Formula::Subtract(Box::new(zero), Box::new(number))
            }
        }
    }

    /// Every case of one side with every case of the other.
    fn arithmetic(
        &mut self,
        (mut left, operator, mut right): (Cases<Formula>, Operator, Cases<Formula>),
        right_span: Range<usize>,
    ) -> Option<Cases<Formula>> {
        if matches!(operator, Operator::Add | Operator::Subtract) {
            // An instance that is not there is left out, where there are others.
            only_existing(self.scope.attributes, &mut left);
            only_existing(self.scope.attributes, &mut right);
        }
        self.spend(left.len().saturating_mul(right.len()), &right_span)?;
        let mut cases = Vec::new();
        for case in pairs(left, right) {
            let (left, right) = case.value;
            let value = self.operate(left, operator, right, right_span.clone())?;
            cases.push(Case {
                value,
                guards: case.guards,
            });
        }
        Some(cases)
    }

    fn operate(
        &mut self,
        left: Formula,
        operator: Operator,
        right: Formula,
        right_span: Range<usize>,
    ) -> Option<Formula> {
        let make = match operator {
            Operator::Add => Formula::Add,
            Operator::Subtract => Formula::Subtract,
            Operator::Multiply => Formula::Multiply,
            Operator::Divide => return self.division(left, right, right_span),
            Operator::Power => return self.power(left, &right, right_span),
        };
        Some(make(Box::new(left), Box::new(right)))
    }

    fn division(&mut self, left: Formula, right: Formula, span: Range<usize>) -> Option<Formula> {
        if is_constant(&right) {
            let right = Box::new(Formula::Constant(self.divisor(&right, span)?));
            return Some(Formula::Divide(Box::new(left), right));
        }
        if self.stand != Stand::Formula {
            return Some(Formula::Divide(Box::new(left), Box::new(right)));
        }
        let message = "only a fixed number can divide here";
        self.fail(
            Problem::new(span, "unsupported", message)
                .hint("compare with a quotient in a rule, or give options a property with it"),
        )
    }

    fn divisor(&mut self, right: &Formula, span: Range<usize>) -> Option<Decimal> {
        match constant(right) {
            Some(number) if number.is_zero() => self.fail(Problem::new(
                span,
                "division-by-zero",
                "this divides by zero",
            )),
            Some(number) => Some(number),
            None => {
                let message = "this number is too large to be worked out exactly";
                self.fail(Problem::new(span, "bad-number", message))
            }
        }
    }

    fn power(&mut self, left: Formula, right: &Formula, span: Range<usize>) -> Option<Formula> {
        let exponent = constant(right).filter(Decimal::is_integer);
        match exponent.and_then(|exponent| u32::try_from(exponent).ok()) {
            Some(exponent) if exponent <= MAX_EXPONENT => {
                Some(Formula::Power(Box::new(left), exponent))
            }
            _ => {
                let what = format!("powers other than whole numbers from 0 to {MAX_EXPONENT}");
                self.fail(Problem::unsupported(span, &what))
            }
        }
    }

    /// One number for all instances that the arguments stand for.
    fn call(&mut self, function: &Name, arguments: &[Expression]) -> Option<Formula> {
        let make = match function.text.as_str() {
            "count" => return self.count(arguments),
            "sum" => Formula::Sum,
            "min" => Formula::Min,
            "max" => Formula::Max,
            other => {
                let what = format!("the function `{other}`");
                return self.fail(Problem::unsupported(function.span.clone(), &what));
            }
        };
        let terms: Vec<_> = arguments.iter().map(|it| self.formula(it)).collect();
        let terms = terms.into_iter().collect::<Option<Vec<_>>>()?.concat();
        let guarded = terms.iter().any(|case| !case.guards.is_empty());
        if guarded && function.text != "sum" {
            let what = format!("`{}` of a sum or of what `last` picks", function.text);
            return self.fail(Problem::unsupported(function.span.clone(), &what));
        }
        let guard = |case: Case<Formula>| match case.guards.is_empty() {
            true => case.value,
            false => Formula::Where(Box::new(all(case.guards)), Box::new(case.value)),
        };
        Some(make(terms.into_iter().map(guard).collect()))
    }

    /// How many parts are there, and how many conditions, such as yes/no attributes, hold.
    fn count(&mut self, arguments: &[Expression]) -> Option<Formula> {
        let terms: Vec<_> = arguments.iter().map(|it| self.counted(it)).collect();
        let terms = terms.into_iter().collect::<Option<Vec<_>>>()?.concat();
        Some(match terms.as_slice() {
            [Formula::Count(parts)] => Formula::Count(parts.clone()),
            _ => Formula::Sum(terms),
        })
    }

    fn counted(&mut self, argument: &Expression) -> Option<Vec<Formula>> {
        if let ExpressionKind::Path(path) = &argument.kind
            && let Ok(Some(Mention::Part(instances))) = self.look(path)
        {
            return Some(self.parts(instances));
        }
        let one = || Box::new(Formula::Constant(Decimal::ONE));
        let holds = self.condition(argument)?.into_iter();
        let terms = holds.map(|case| {
            let mut conditions = case.guards;
            conditions.push(case.value);
            Formula::Where(Box::new(all(conditions)), one())
        });
        Some(terms.collect())
    }

    /// How many of some instances are there.
    fn parts(&self, instances: Cases<usize>) -> Vec<Formula> {
        let (mut always, mut presences, mut terms) = (0_u64, Vec::new(), Vec::new());
        for case in instances {
            let instance = self.scope.tree.instances.get(case.value);
            let there = instance.and_then(|it| it.there);
            match there {
                _ if !case.guards.is_empty() => {
                    let mut conditions = case.guards;
                    conditions.extend(there.map(Condition::There));
                    let one = Formula::Constant(Decimal::ONE);
                    terms.push(Formula::Where(Box::new(all(conditions)), Box::new(one)));
                }
                // Several that are there together are not counted as one.
                Some(presence) if presences.contains(&presence) => {
                    terms.push(Formula::Count(vec![presence]));
                }
                Some(presence) => presences.push(presence),
                None => always += 1,
            }
        }
        if !presences.is_empty() {
            terms.push(Formula::Count(presences));
        }
        if always > 0 {
            terms.push(Formula::Constant(Decimal::from(always)));
        }
        terms
    }
}

fn is_constant(formula: &Formula) -> bool {
    match formula {
        Formula::Constant(_) => true,
        Formula::Add(left, right)
        | Formula::Subtract(left, right)
        | Formula::Multiply(left, right)
        | Formula::Divide(left, right) => is_constant(left) && is_constant(right),
        Formula::Power(base, _) => is_constant(base),
        Formula::Sum(terms) | Formula::Min(terms) | Formula::Max(terms) => {
            terms.iter().all(is_constant)
        }
        _ => false,
    }
}

/// The value of a formula without attributes; `None` beyond exact decimals.
fn constant(formula: &Formula) -> Option<Decimal> {
    match formula {
        Formula::Constant(number) => Some(*number),
        Formula::Add(left, right) => constant(left)?.checked_add(constant(right)?),
        Formula::Subtract(left, right) => constant(left)?.checked_sub(constant(right)?),
        Formula::Multiply(left, right) => constant(left)?.checked_mul(constant(right)?),
        Formula::Divide(left, right) => constant(left)?.checked_div(constant(right)?),
        Formula::Power(base, exponent) => {
            let base = constant(base)?;
            (0..*exponent).try_fold(Decimal::ONE, |power, _| power.checked_mul(base))
        }
        _ => None,
    }
}
