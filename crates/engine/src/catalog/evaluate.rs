//! Formulas and conditions worked out for the values at hand, exactly: fractions until the end.

use std::collections::BTreeSet;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedMul, CheckedSub};
use rust_decimal::Decimal;

use super::{
    ArithmeticError, AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model, Value,
};

/// An exact fraction.
pub(crate) type Fraction = Ratio<i128>;

/// `number` as a fraction.
pub(crate) fn fraction(number: Decimal) -> Fraction {
    let number = number.normalize();
    // A decimal has at most 28 places, and 10^28 fits.
    Ratio::new(number.mantissa(), 10_i128.pow(number.scale()))
}

fn decimal(fraction: Fraction) -> Result<Decimal, ArithmeticError> {
    let part = |part: i128| Decimal::try_from_i128_with_scale(part, 0).map_err(|_| ArithmeticError);
    part(*fraction.numer())?
        .checked_div(part(*fraction.denom())?)
        .map(|it| it.normalize())
        .ok_or(ArithmeticError)
}

impl Formula {
    /// The number that the formula has; `Ok(None)` while an attribute that it needs is open.
    /// Only the result of a division that does not come out even is rounded, to 28 digits.
    pub fn evaluate(
        &self,
        model: &Model,
        values: &[Option<Value>],
    ) -> Result<Option<Decimal>, ArithmeticError> {
        self.exact(model, values)?.map(decimal).transpose()
    }

    /// As [`Formula::evaluate`], without any rounding.
    pub(crate) fn exact(
        &self,
        model: &Model,
        values: &[Option<Value>],
    ) -> Result<Option<Fraction>, ArithmeticError> {
        let both = |left: &Formula, right: &Formula| -> Result<_, ArithmeticError> {
            Ok(left.exact(model, values)?.zip(right.exact(model, values)?))
        };
        let number = match self {
            Self::Constant(number) => Some(fraction(*number)),
            Self::Attribute(attribute) => match values.get(attribute.0).copied().flatten() {
                Some(Value::Number(number)) => Some(fraction(number)),
                _ => None,
            },
            Self::Property {
                attribute,
                property,
            } => property_value(model, values, *attribute, *property).map(fraction),
            Self::Add(left, right) => match both(left, right)? {
                Some((left, right)) => Some(left.checked_add(&right).ok_or(ArithmeticError)?),
                None => None,
            },
            Self::Subtract(left, right) => match both(left, right)? {
                Some((left, right)) => Some(left.checked_sub(&right).ok_or(ArithmeticError)?),
                None => None,
            },
            Self::Multiply(left, right) => match both(left, right)? {
                Some((left, right)) => Some(left.checked_mul(&right).ok_or(ArithmeticError)?),
                None => None,
            },
            Self::Divide(_, divisor) if divisor.is_zero() => return Err(ArithmeticError),
            Self::Divide(dividend, divisor) => match dividend.exact(model, values)? {
                Some(dividend) => {
                    let inverse = fraction(*divisor).recip();
                    Some(dividend.checked_mul(&inverse).ok_or(ArithmeticError)?)
                }
                None => None,
            },
        };
        Ok(number)
    }

    /// The attributes that the formula mentions.
    pub fn attributes(&self) -> BTreeSet<AttributeIndex> {
        let mut found = BTreeSet::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut BTreeSet<AttributeIndex>) {
        match self {
            Self::Constant(_) => {}
            Self::Attribute(attribute) | Self::Property { attribute, .. } => {
                found.insert(*attribute);
            }
            Self::Add(left, right) | Self::Subtract(left, right) | Self::Multiply(left, right) => {
                left.collect(found);
                right.collect(found);
            }
            Self::Divide(dividend, _) => dividend.collect(found),
        }
    }
}

fn property_value(
    model: &Model,
    values: &[Option<Value>],
    attribute: AttributeIndex,
    property: usize,
) -> Option<Decimal> {
    let Some(Value::Option(option)) = values.get(attribute.0).copied().flatten() else {
        return None;
    };
    match &model.attribute(attribute)?.domain {
        AttributeDomain::Options(list) => {
            list.options.get(option)?.properties.get(property).copied()
        }
        _ => None,
    }
}

impl Condition {
    /// Whether the condition holds; `Ok(None)` while that depends on attributes that are open.
    pub fn evaluate(
        &self,
        model: &Model,
        values: &[Option<Value>],
    ) -> Result<Option<bool>, ArithmeticError> {
        Ok(match self {
            Self::Constant(truth) => Some(*truth),
            Self::Is { attribute, options } => match values.get(attribute.0).copied().flatten() {
                Some(Value::Option(option)) => Some(options.contains(&option)),
                Some(Value::Number(_)) => Some(false),
                None => None,
            },
            Self::Compare {
                left,
                comparison,
                right,
            } => left
                .exact(model, values)?
                .zip(right.exact(model, values)?)
                .map(|(left, right)| comparison.holds(&left, &right)),
            Self::All(parts) => settled(parts, false, model, values)?,
            Self::Any(parts) => settled(parts, true, model, values)?,
            Self::Not(inner) => inner.evaluate(model, values)?.map(|truth| !truth),
        })
    }

    /// The attributes that the condition mentions.
    pub fn attributes(&self) -> BTreeSet<AttributeIndex> {
        let mut found = BTreeSet::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut BTreeSet<AttributeIndex>) {
        match self {
            Self::Constant(_) => {}
            Self::Is { attribute, .. } => {
                found.insert(*attribute);
            }
            Self::Compare { left, right, .. } => {
                left.collect(found);
                right.collect(found);
            }
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.collect(found));
            }
            Self::Not(inner) => inner.collect(found),
        }
    }
}

/// `Any` when one `decisive` (true) part settles it, `All` when one false part does.
fn settled(
    parts: &[Condition],
    decisive: bool,
    model: &Model,
    values: &[Option<Value>],
) -> Result<Option<bool>, ArithmeticError> {
    let mut result = Some(!decisive);
    for part in parts {
        match part.evaluate(model, values)? {
            Some(truth) if truth == decisive => return Ok(Some(decisive)),
            Some(_) => {}
            None => result = None,
        }
    }
    Ok(result)
}

impl Comparison {
    /// Whether `left` and `right` compare so.
    pub fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
    }
}
