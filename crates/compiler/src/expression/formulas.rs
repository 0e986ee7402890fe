use std::ops::Range;

use quotewright_engine::catalog::{AttributeDomain, Formula};
use rust_decimal::Decimal;

use super::Problem;
use super::ast::{Name, Node, NodeKind, Operator};
use super::resolver::Resolver;
use crate::suggest::did_you_mean;

/// The part of the resolver that deals with numbers.
impl Resolver<'_> {
    pub(super) fn formula(&mut self, node: &Node) -> Option<Formula> {
        match &node.kind {
            NodeKind::Number(number) => Some(Formula::Constant(*number)),
            NodeKind::Name(text) => self.number_attribute(text, node.span.clone()),
            NodeKind::Property {
                attribute,
                property,
            } => self.property(attribute, property),
            NodeKind::Negate(inner) => match self.formula(inner)? {
                Formula::Constant(number) => Some(Formula::Constant(-number)),
                inner => Some(Formula::Subtract(
                    Box::new(Formula::Constant(Decimal::ZERO)),
                    Box::new(inner),
                )),
            },
            NodeKind::Arithmetic {
                left,
                operator,
                right,
            } => {
                let sides = (self.formula(left), self.formula(right));
                let (left, divisor) = (sides.0?, right.span.clone());
                self.arithmetic(left, *operator, sides.1?, divisor)
            }
            NodeKind::Truth(_)
            | NodeKind::Not(_)
            | NodeKind::All(_)
            | NodeKind::Any(_)
            | NodeKind::Compare { .. } => self.fail(Problem::new(
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
            Operator::Divide => return self.division(left, &right, right_span),
        };
        Some(make(Box::new(left), Box::new(right)))
    }

    fn division(&mut self, left: Formula, right: &Formula, span: Range<usize>) -> Option<Formula> {
        if !is_constant(right) {
            return self.fail(
                Problem::new(span, "unsupported", "only a fixed number can divide")
                    .hint("multiply the other side instead: `a / b > 2` is `a > 2 * b`"),
            );
        }
        match constant(right) {
            Some(number) if number.is_zero() => self.fail(Problem::new(
                span,
                "division-by-zero",
                "this divides by zero",
            )),
            Some(number) => Some(Formula::Divide(
                Box::new(left),
                Box::new(Formula::Constant(number)),
            )),
            None => self.fail(Problem::new(
                span,
                "bad-number",
                "this number is too large to be worked out exactly",
            )),
        }
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
        _ => None,
    }
}
