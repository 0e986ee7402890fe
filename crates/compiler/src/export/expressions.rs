//! Conditions and formulas in COOM's words.

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model,
};
use rust_decimal::Decimal;

use super::names::{Names, container, property};
use super::{NotInCoom, refuse};

pub(super) struct Writer<'a> {
    pub(super) model: &'a Model,
    pub(super) names: &'a Names,
}

type Written = Result<String, NotInCoom>;

impl Writer<'_> {
    /// What must hold, as several conditions all of which must. `code` is that of the rule.
    pub(super) fn demands(
        &self,
        condition: &Condition,
        code: &str,
    ) -> Result<Vec<String>, NotInCoom> {
        match condition {
            Condition::All(parts) => {
                let parts = parts.iter().map(|it| self.demands(it, code));
                Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
            }
            Condition::Certain(inner) => match &**inner {
                // What must hold for certain must be there: nothing is divided by 0.
                Condition::Compare { left, right, .. } => {
                    let mut divisors = Vec::new();
                    collect_divisors(left, &mut divisors);
                    collect_divisors(right, &mut divisors);
                    let divisors = divisors.into_iter();
                    let guards = divisors.map(|it| Ok(format!("{} != 0", self.formula(it, code)?)));
                    guards.chain([self.condition(inner, code)]).collect()
                }
                _ => Ok(vec![self.condition(condition, code)?]),
            },
            _ => Ok(vec![self.condition(condition, code)?]),
        }
    }

    /// `code` is that of the rule.
    pub(super) fn condition(&self, condition: &Condition, code: &str) -> Written {
        Ok(match condition {
            Condition::Constant(true) => "0 = 0".to_owned(),
            Condition::Constant(false) => "1 = 0".to_owned(),
            Condition::Is { attribute, options } => {
                let path = self.names.path(*attribute);
                let option =
                    |it: &usize| format!("{path} = {}", self.names.option(*attribute, *it));
                joined(options.iter().map(|it| Ok(option(it))), " || ", "1 = 0")?
            }
            condition if !at_most_one(condition).is_empty() => {
                let all = at_most_one(condition);
                let pairs = (all.iter().enumerate())
                    .flat_map(|(at, one)| all.iter().skip(at + 1).map(move |other| (one, other)));
                let apart = pairs.map(|(one, other)| {
                    let (one, other) = (self.condition(one, code)?, self.condition(other, code)?);
                    Ok(format!("!({one} && {other})"))
                });
                joined(apart, " && ", "0 = 0")?
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
            Condition::There(part) => format!("count({}) = 1", self.names.path(*part)),
            Condition::Certain(inner) => match &**inner {
                // A sum is there also where what it goes over is not.
                Condition::Is { attribute, options } if self.has_options(*attribute) => {
                    let path = self.names.path(*attribute);
                    let is = |it: &usize| Ok(format!("sum({path}.position) = {}", it + 1));
                    joined(options.iter().map(is), " || ", "1 = 0")?
                }
                Condition::Compare { left, right, .. } if !divides(left) && !divides(right) => {
                    self.condition(inner, code)?
                }
                _ => return refuse("a division under another condition, in rule", code),
            },
        })
    }

    fn has_options(&self, attribute: AttributeIndex) -> bool {
        let found = self.model.attribute(attribute);
        found.is_some_and(|it| matches!(it.domain, AttributeDomain::Options(_)))
    }

    fn formula(&self, formula: &Formula, code: &str) -> Written {
        let two = |left: &Formula, sign: &str, right: &Formula| -> Written {
            let (left, right) = (self.formula(left, code)?, self.formula(right, code)?);
            Ok(format!("({left} {sign} {right})"))
        };
        let several = |name: &str, parts: &[Formula]| -> Written {
            let parts = parts.iter().map(|it| self.formula(it, code));
            let parts = parts.collect::<Result<Vec<_>, _>>()?;
            Ok(format!("{name}({})", parts.join(", ")))
        };
        Ok(match formula {
            Formula::Constant(number) if number.is_sign_negative() => {
                format!("(0 - {})", number.abs())
            }
            Formula::Constant(number) => number.normalize().to_string(),
            Formula::Attribute(attribute) => self.names.path(*attribute),
            Formula::Property {
                attribute,
                property: position,
            } => format!("{}.{}", self.names.path(*attribute), property(*position)),
            Formula::Add(left, right) => two(left, "+", right)?,
            Formula::Subtract(left, right) => two(left, "-", right)?,
            Formula::Multiply(left, right) => two(left, "*", right)?,
            Formula::Divide(left, right) => two(left, "/", right)?,
            Formula::Count(attributes) => joined(
                attributes.iter().map(|it| self.choice(*it, code)),
                " + ",
                "0",
            )?,
            Formula::Sum(terms) => {
                joined(terms.iter().map(|it| self.formula(it, code)), " + ", "0")?
            }
            Formula::Where(condition, inner) => match (&**condition, &**inner) {
                (Condition::Constant(true), inner) => self.formula(inner, code)?,
                (Condition::There(part), Formula::Attribute(value))
                    if container(self.model, *value) == Some(*part) =>
                {
                    format!("sum({})", self.names.path(*value))
                }
                (Condition::There(part), inner) => {
                    let inner = self.formula(inner, code)?;
                    format!("({} * {inner})", self.choice(*part, code)?)
                }
                (Condition::Is { attribute, options }, inner) if *options == [1] => {
                    let inner = self.formula(inner, code)?;
                    format!("({} * {inner})", self.choice(*attribute, code)?)
                }
                _ => return refuse("a number under a condition, in rule", code),
            },
            Formula::Power(base, exponent) => {
                format!("({} ^ {exponent})", self.formula(base, code)?)
            }
            Formula::Min(parts) => several("min", parts)?,
            Formula::Max(parts) => several("max", parts)?,
        })
    }

    /// A yes/no attribute, or whether a part is there, as 0 or 1.
    fn choice(&self, attribute: AttributeIndex, code: &str) -> Written {
        let path = self.names.path(attribute);
        match self.model.attribute(attribute) {
            Some(it) if it.domain == AttributeDomain::Flag => Ok(match it.part {
                Some(_) => format!("sum({path}.value)"),
                None => format!("{path}.value"),
            }),
            Some(it) if matches!(it.domain, AttributeDomain::Presence(_)) => {
                Ok(format!("count({path})"))
            }
            _ => refuse("a number under a condition, in rule", code),
        }
    }
}

/// The conditions of which at most one may hold, where that is what it says.
fn at_most_one(condition: &Condition) -> Vec<&Condition> {
    let one = Formula::Constant(Decimal::ONE);
    let Condition::Compare {
        left: Formula::Sum(terms),
        comparison: Comparison::LessOrEqual,
        right,
    } = condition
    else {
        return Vec::new();
    };
    let counted = terms.iter().map(|term| match term {
        Formula::Where(condition, number) if **number == one => Some(&**condition),
        _ => None,
    });
    let counted: Option<Vec<&Condition>> = counted.collect();
    counted.filter(|_| *right == one).unwrap_or_default()
}

/// What is divided by, where that could be 0.
fn collect_divisors<'f>(formula: &'f Formula, found: &mut Vec<&'f Formula>) {
    match formula {
        Formula::Divide(left, right) => {
            collect_divisors(left, found);
            collect_divisors(right, found);
            if !matches!(&**right, Formula::Constant(number) if !number.is_zero()) {
                found.push(right);
            }
        }
        Formula::Add(left, right)
        | Formula::Subtract(left, right)
        | Formula::Multiply(left, right) => {
            collect_divisors(left, found);
            collect_divisors(right, found);
        }
        Formula::Sum(parts) | Formula::Min(parts) | Formula::Max(parts) => {
            parts.iter().for_each(|it| collect_divisors(it, found));
        }
        Formula::Where(_, inner) | Formula::Power(inner, _) => collect_divisors(inner, found),
        Formula::Constant(_)
        | Formula::Attribute(_)
        | Formula::Property { .. }
        | Formula::Count(_) => {}
    }
}

fn divides(formula: &Formula) -> bool {
    let mut found = Vec::new();
    collect_divisors(formula, &mut found);
    !found.is_empty()
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
