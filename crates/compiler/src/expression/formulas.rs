use std::ops::Range;

use quotewright_engine::catalog::{AttributeDomain, Formula};
use rust_decimal::Decimal;

use super::resolver::{Mention, Resolver};
use crate::coom::MAX_EXPONENT;
use crate::coom::ast::{Expression, ExpressionKind, Name, Operator};
use crate::problem::Problem;
use crate::suggest::did_you_mean;

/// The part of the resolver that deals with numbers.
impl Resolver<'_> {
    pub(super) fn formula(&mut self, node: &Expression) -> Option<Formula> {
        match &node.kind {
            ExpressionKind::Number(number) => Some(Formula::Constant(*number)),
            ExpressionKind::Path(path) => match self.mention(path)? {
                Mention::Attribute(name) => self.number_attribute(&name.text, node.span.clone()),
                Mention::Property(attribute, property) => self.property(attribute, property),
            },
            ExpressionKind::Negate(inner) => match self.formula(inner)? {
                Formula::Constant(number) => Some(Formula::Constant(-number)),
                inner => Some(Formula::Subtract(
                    Box::new(Formula::Constant(Decimal::ZERO)),
                    Box::new(inner),
                )),
            },
            ExpressionKind::Arithmetic {
                left,
                operator,
                right,
            } => {
                let sides = (self.formula(left), self.formula(right));
                self.arithmetic(sides.0?, *operator, sides.1?, right.span.clone())
            }
            ExpressionKind::Call {
                function,
                arguments,
            } => self.call(function, arguments),
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

    fn number_attribute(&mut self, text: &str, span: Range<usize>) -> Option<Formula> {
        let Some((index, attribute)) = self.scope.find(text) else {
            return self.unknown_attribute(text, span);
        };
        let (message, hint) = match &attribute.domain {
            AttributeDomain::Number(_) => return Some(Formula::Attribute(index)),
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
        self.fail(Problem::new(span, "type", message).maybe_hint(hint))
    }

    fn property(&mut self, attribute: &Name, property: &Name) -> Option<Formula> {
        let Some((index, found)) = self.scope.find(&attribute.text) else {
            return self.unknown_attribute(&attribute.text, attribute.span.clone());
        };
        let AttributeDomain::Options(list) = &found.domain else {
            let message = format!("`{}` has no properties: it has no options", found.code);
            return self.fail(Problem::new(property.span.clone(), "type", message));
        };
        let position = list
            .properties
            .iter()
            .position(|code| *code == property.text);
        if let Some(property) = position {
            return Some(Formula::Property {
                attribute: index,
                property,
            });
        }
        let message = format!(
            "the options of `{}` have no property `{}`",
            found.code, property.text
        );
        let hint = did_you_mean(&property.text, list.properties.iter().map(String::as_str));
        let hint = hint
            .unwrap_or_else(|| format!("add a column `property.{}` to their sheet", property.text));
        self.fail(Problem::new(property.span.clone(), "unknown-property", message).hint(hint))
    }

    fn arithmetic(
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
        if self.in_condition {
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
        terms.into_iter().collect::<Option<_>>().map(make)
    }

    /// How many of some yes/no attributes are yes.
    fn count(&mut self, arguments: &[Expression]) -> Option<Formula> {
        let terms: Vec<_> = arguments.iter().map(|it| self.counted(it)).collect();
        terms.into_iter().collect::<Option<_>>().map(Formula::Sum)
    }

    fn counted(&mut self, argument: &Expression) -> Option<Formula> {
        let holds = self.condition(argument)?;
        let one = Formula::Constant(Decimal::ONE);
        Some(Formula::Where(Box::new(holds), Box::new(one)))
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
