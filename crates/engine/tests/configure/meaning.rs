//! What formulas and conditions mean, by the book. Shares no code with the engine.

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model, Value,
};
use rust_decimal::Decimal;

/// Numerator and denominator, the latter above zero.
pub type Ratio = (i128, i128);

/// A complete assignment of a model.
pub struct Meaning<'a> {
    pub model: &'a Model,
    pub values: &'a [Value],
}

impl Meaning<'_> {
    /// Whether the condition holds; `None` where it is undefined.
    pub fn truth(&self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::Constant(truth) => Some(*truth),
            Condition::Is { attribute, options } => match self.values[attribute.0] {
                Value::Absent => None,
                value => Some(options.iter().any(|it| value == Value::Option(*it))),
            },
            Condition::Compare {
                left,
                comparison,
                right,
            } => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                let (below, above) = (less(left, right), less(right, left));
                Some(match comparison {
                    Comparison::Equal => !below && !above,
                    Comparison::NotEqual => below || above,
                    Comparison::Less => below,
                    Comparison::LessOrEqual => !above,
                    Comparison::Greater => above,
                    Comparison::GreaterOrEqual => !below,
                })
            }
            Condition::All(parts) => Some(self.truths(parts)?.into_iter().all(|it| it)),
            Condition::Any(parts) => Some(self.truths(parts)?.into_iter().any(|it| it)),
            Condition::Not(inner) => Some(!self.truth(inner)?),
            Condition::There(part) => Some(self.is_there(*part)),
            Condition::Certain(inner) => Some(self.truth(inner) == Some(true)),
        }
    }

    fn truths(&self, parts: &[Condition]) -> Option<Vec<bool>> {
        parts.iter().map(|it| self.truth(it)).collect()
    }

    fn is_there(&self, part: AttributeIndex) -> bool {
        self.values[part.0] == Value::Option(1)
    }

    /// What the formula comes to; `None` where it is not there.
    pub fn number(&self, formula: &Formula) -> Option<Ratio> {
        match formula {
            Formula::Constant(number) => Some(ratio(*number)),
            Formula::Attribute(attribute) => match self.values[attribute.0] {
                Value::Number(number) => Some(ratio(number)),
                Value::Absent => None,
                Value::Option(_) => panic!("not a number"),
            },
            Formula::Property {
                attribute,
                property,
            } => match (
                &self.model.attributes[attribute.0].domain,
                self.values[attribute.0],
            ) {
                (_, Value::Absent) => None,
                (AttributeDomain::Options(list), Value::Option(option)) => {
                    Some(ratio(list.options[option].properties[*property]))
                }
                _ => panic!("not an option"),
            },
            Formula::Add(left, right) => match (self.number(left), self.number(right)) {
                (Some(left), Some(right)) => Some(sum(left, right)),
                (one, other) => one.or(other),
            },
            Formula::Subtract(left, right) => {
                let right = self.number(right).map(|(a, b)| (-a, b));
                match (self.number(left), right) {
                    (Some(left), Some(right)) => Some(sum(left, right)),
                    (one, other) => one.or(other),
                }
            }
            Formula::Multiply(left, right) => {
                Some(product(self.number(left)?, self.number(right)?))
            }
            Formula::Divide(left, right) => {
                let (left, (c, d)) = (self.number(left)?, self.number(right)?);
                (c != 0).then(|| product(left, (d * c.signum(), c.abs())))
            }
            Formula::Power(base, exponent) => {
                let base = self.number(base)?;
                Some((0..*exponent).fold((1, 1), |power, _| product(power, base)))
            }
            Formula::Count(parts) => {
                let there = parts.iter().filter(|it| self.is_there(**it));
                Some((there.count() as i128, 1))
            }
            Formula::Sum(terms) => {
                let there = terms.iter().filter_map(|it| self.number(it));
                Some(there.fold((0, 1), sum))
            }
            Formula::Min(terms) => self.first(terms, less),
            Formula::Max(terms) => self.first(terms, |one, other| less(other, one)),
            Formula::Where(condition, inner) => match self.truth(condition) {
                Some(true) => self.number(inner),
                _ => Some((0, 1)),
            },
        }
    }

    fn first(&self, terms: &[Formula], before: impl Fn(Ratio, Ratio) -> bool) -> Option<Ratio> {
        let there = terms.iter().filter_map(|it| self.number(it));
        there.reduce(|best, it| if before(it, best) { it } else { best })
    }
}

pub fn ratio(number: Decimal) -> Ratio {
    reduced(number.mantissa(), 10_i128.pow(number.scale()))
}

pub fn less(left: Ratio, right: Ratio) -> bool {
    left.0 * right.1 < right.0 * left.1
}

fn sum((a, b): Ratio, (c, d): Ratio) -> Ratio {
    reduced(a * d + c * b, b * d)
}

fn product((a, b): Ratio, (c, d): Ratio) -> Ratio {
    reduced(a * c, b * d)
}

fn reduced(numerator: i128, denominator: i128) -> Ratio {
    let (mut divisor, mut rest) = (numerator.abs(), denominator);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (numerator / divisor, denominator / divisor)
}
