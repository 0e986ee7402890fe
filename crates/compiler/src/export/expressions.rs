//! Conditions and formulas in COOM's words.

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model,
};

use super::names::{Names, property};
use super::{NotInCoom, refuse};

pub(super) struct Writer<'a> {
    pub(super) model: &'a Model,
    pub(super) names: &'a Names,
}

type Written = Result<String, NotInCoom>;

impl Writer<'_> {
    /// `code` is that of the rule.
    pub(super) fn condition(&self, condition: &Condition, code: &str) -> Written {
        Ok(match condition {
            Condition::Constant(true) => "0 = 0".to_owned(),
            Condition::Constant(false) => "1 = 0".to_owned(),
            Condition::Is { attribute, options } => {
                let name = self.names.attribute(*attribute);
                let option =
                    |it: &usize| format!("{name} = {}", self.names.option(*attribute, *it));
                joined(options.iter().map(|it| Ok(option(it))), " || ", "1 = 0")?
            }
            Condition::Compare {
                left,
                comparison,
                right,
            } => {
                let sign = match comparison {
                    Comparison::Equal => "=",
                    Comparison::NotEqual => "!=",
                    Comparison::Less => "<",
                    Comparison::LessOrEqual => "<=",
                    Comparison::Greater => ">",
                    Comparison::GreaterOrEqual => ">=",
                };
                let (left, right) = (self.formula(left, code)?, self.formula(right, code)?);
                format!("{left} {sign} {right}")
            }
            Condition::All(parts) => joined(
                parts.iter().map(|it| self.condition(it, code)),
                " && ",
                "0 = 0",
            )?,
            Condition::Any(parts) => joined(
                parts.iter().map(|it| self.condition(it, code)),
                " || ",
                "1 = 0",
            )?,
            Condition::Not(inner) => format!("!({})", self.condition(inner, code)?),
            Condition::There(_) => return refuse("a part, in rule", code),
            Condition::Certain(_) => return refuse("a division, in rule", code),
        })
    }

    fn formula(&self, formula: &Formula, code: &str) -> Written {
        let two = |left: &Formula, sign: &str, right: &Formula| -> Written {
            let (left, right) = (self.formula(left, code)?, self.formula(right, code)?);
            Ok(format!("({left} {sign} {right})"))
        };
        Ok(match formula {
            Formula::Constant(number) if number.is_sign_negative() => {
                format!("(0 - {})", number.abs())
            }
            Formula::Constant(number) => number.normalize().to_string(),
            Formula::Attribute(attribute) => self.names.attribute(*attribute),
            Formula::Property {
                attribute,
                property: position,
            } => format!(
                "{}.{}",
                self.names.attribute(*attribute),
                property(*position)
            ),
            Formula::Add(left, right) => two(left, "+", right)?,
            Formula::Subtract(left, right) => two(left, "-", right)?,
            Formula::Multiply(left, right) => two(left, "*", right)?,
            Formula::Divide(left, right) => match **right {
                Formula::Constant(number) if !number.is_zero() => two(left, "/", right)?,
                _ => return refuse("a division, in rule", code),
            },
            Formula::Count(attributes) => joined(
                attributes.iter().map(|it| self.choice(*it, code)),
                " + ",
                "0",
            )?,
            Formula::Sum(terms) => {
                joined(terms.iter().map(|it| self.formula(it, code)), " + ", "0")?
            }
            Formula::Where(condition, inner) => match **condition {
                Condition::Is {
                    attribute,
                    ref options,
                } if *options == [1] => {
                    let (choice, inner) =
                        (self.choice(attribute, code)?, self.formula(inner, code)?);
                    format!("({choice} * {inner})")
                }
                _ => return refuse("a number under a condition, in rule", code),
            },
            Formula::Power(..) => return refuse("a power, in rule", code),
            Formula::Min(_) | Formula::Max(_) => {
                return refuse("the smallest or largest of numbers, in rule", code);
            }
        })
    }

    /// A yes/no attribute as 0 or 1.
    fn choice(&self, attribute: AttributeIndex, code: &str) -> Written {
        match self.model.attribute(attribute).map(|it| &it.domain) {
            Some(AttributeDomain::Flag) => Ok(format!("{}.value", self.names.attribute(attribute))),
            _ => refuse("a part, in rule", code),
        }
    }
}

/// The parts in brackets with `sign` between them; `none` where there are none.
fn joined(parts: impl Iterator<Item = Written>, sign: &str, none: &str) -> Written {
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    Ok(match parts.as_slice() {
        [] => none.to_owned(),
        [only] => only.clone(),
        many => format!("({})", many.join(sign)),
    })
}
