//! Formulas and conditions worked out for the values at hand, exactly: fractions until the end.

use std::collections::BTreeSet;

use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedMul, CheckedSub, One, Zero};
use rust_decimal::Decimal;

use super::{
    ArithmeticError, AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model, Value,
};

/// An exact fraction.
pub(crate) type Fraction = Ratio<i128>;

/// `number` as a fraction.
pub(crate) fn fraction(number: Decimal) -> Fraction {
    let (mantissa, scale) = (number.mantissa(), number.scale());
    if scale == 0 {
        return Ratio::from_integer(mantissa);
    }
    match (i64::try_from(mantissa), 10_i64.checked_pow(scale)) {
        (Ok(mantissa), Some(tens)) => reduced(mantissa, tens),
        _ => {
            let number = number.normalize();
            // A decimal has at most 28 places, and 10^28 fits.
            Ratio::new(number.mantissa(), 10_i128.pow(number.scale()))
        }
    }
}

/// In lowest terms; the denominator is above zero. In 64 bits, which browsers reckon with far
/// quicker than with 128.
fn reduced(numerator: i64, denominator: i64) -> Fraction {
    let common = numerator.gcd(&denominator);
    Ratio::new_raw((numerator / common).into(), (denominator / common).into())
}

/// The product; `None` where it does not fit.
fn times(left: Fraction, right: Fraction) -> Option<Fraction> {
    let small = |number: &i128| i64::try_from(*number).ok();
    let parts = |it: &Fraction| Some((small(it.numer())?, small(it.denom())?));
    let Some(((a, b), (c, d))) = parts(&left).zip(parts(&right)) else {
        return left.checked_mul(&right);
    };
    // What is in lowest terms has nothing in common but crosswise.
    let (one, other) = (a.gcd(&d), c.gcd(&b));
    let (one, other) = (one.max(1), other.max(1));
    let product = |left: i64, right: i64| i128::from(left) * i128::from(right);
    let (numerator, denominator) = (product(a / one, c / other), product(b / other, d / one));
    Some(match numerator {
        0 => Ratio::from_integer(0),
        _ => Ratio::new_raw(numerator, denominator),
    })
}

/// The sum; `None` where it does not fit.
fn plus(left: Fraction, right: Fraction) -> Option<Fraction> {
    match left.is_integer() && right.is_integer() {
        true => (left.numer().checked_add(right.numer())).map(Ratio::from_integer),
        false => left.checked_add(&right),
    }
}

fn decimal(fraction: Fraction) -> Result<Decimal, ArithmeticError> {
    let part = |part: i128| Decimal::try_from_i128_with_scale(part, 0).map_err(|_| ArithmeticError);
    if fraction.is_integer() {
        return part(*fraction.numer());
    }
    match (part(*fraction.numer()), part(*fraction.denom())) {
        (Ok(numerator), Ok(denominator)) => numerator.checked_div(denominator),
        // The square of a weight with ten decimals: all of its digits are more than fit.
        _ => ten_decimals(fraction),
    }
    .map(|it| it.normalize())
    .ok_or(ArithmeticError)
}

/// With ten decimals, half up, away from zero; `None` where it does not fit.
fn ten_decimals(fraction: Fraction) -> Option<Decimal> {
    const ONE: i128 = 10_i128.pow(10);
    let denominator = *fraction.denom();
    let (whole, rest) = fraction.numer().checked_abs()?.div_rem(&denominator);
    let (digits, rest) = rest.checked_mul(ONE)?.div_rem(&denominator);
    let up = i128::from(rest >= denominator - rest);
    let mantissa = whole.checked_mul(ONE)?.checked_add(digits + up)?;
    let sign = fraction.numer().signum();
    Decimal::try_from_i128_with_scale(mantissa * sign, 10).ok()
}

/// What a formula comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worth {
    /// That depends on attributes that are open.
    Open,
    /// Nothing: a part that it needs is not there.
    Absent,
    /// This number.
    Number(Fraction),
}

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    /// That depends on attributes that are open.
    Open,
    /// A comparison in it has a side that is not there.
    Undefined,
    /// It holds.
    Yes,
    /// It does not hold.
    No,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

type Worked = Result<Worth, ArithmeticError>;

impl Formula {
    /// The number that the formula has; `Ok(None)` while an attribute that it needs is open or absent.
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
        Ok(match self.worth(model, values)? {
            Worth::Number(number) => Some(number),
            Worth::Open | Worth::Absent => None,
        })
    }

    /// What the formula comes to.
    pub(crate) fn worth(&self, model: &Model, values: &[Option<Value>]) -> Worked {
        let value = |attribute: &AttributeIndex| values.get(attribute.0).copied().flatten();
        match self {
            Self::Constant(number) => Ok(Worth::Number(fraction(*number))),
            Self::Attribute(attribute) => Ok(match value(attribute) {
                Some(Value::Number(number)) => Worth::Number(fraction(number)),
                Some(Value::Absent) => Worth::Absent,
                _ => Worth::Open,
            }),
            Self::Property {
                attribute,
                property,
            } => Ok(match value(attribute) {
                Some(Value::Absent) => Worth::Absent,
                value => property_value(model, value, *attribute, *property)
                    .map_or(Worth::Open, |it| Worth::Number(fraction(it))),
            }),
            Self::Add(left, right) => {
                let (left, right) = (left.worth(model, values)?, right.worth(model, values)?);
                either(left, right, plus)
            }
            Self::Subtract(left, right) => {
                let (left, right) = (left.worth(model, values)?, right.worth(model, values)?);
                match (left, right) {
                    (Worth::Absent, Worth::Number(right)) => Ok(Worth::Number(-right)),
                    _ => either(left, right, |left, right| left.checked_sub(&right)),
                }
            }
            Self::Multiply(left, right) => {
                let (left, right) = (left.worth(model, values)?, right.worth(model, values)?);
                both(left, right, times)
            }
            Self::Divide(dividend, divisor) => {
                let divisor = divisor.worth(model, values)?;
                if matches!(divisor, Worth::Number(number) if number.is_zero()) {
                    return Ok(Worth::Absent);
                }
                let dividend = dividend.worth(model, values)?;
                both(dividend, divisor, |dividend, divisor| {
                    times(dividend, divisor.recip())
                })
            }
            Self::Power(base, exponent) => {
                let base = base.worth(model, values)?;
                (0..*exponent)
                    .try_fold(Worth::Number(Fraction::one()), |power, _| {
                        both(power, base, times)
                    })
                    .map(|power| if base == Worth::Absent { base } else { power })
            }
            Self::Count(parts) => {
                let open = parts.iter().any(|part| value(part).is_none());
                let there = parts
                    .iter()
                    .filter(|part| value(part) == Some(Value::Option(1)));
                let count = i128::try_from(there.count()).map_err(|_| ArithmeticError)?;
                Ok(if open {
                    Worth::Open
                } else {
                    Worth::Number(Fraction::from(count))
                })
            }
            Self::Sum(terms) => terms
                .iter()
                .try_fold(Worth::Number(Fraction::zero()), |sum, term| {
                    either(sum, term.worth(model, values)?, plus)
                }),
            Self::Min(terms) => best(terms, model, values, |one, other| one.min(other)),
            Self::Max(terms) => best(terms, model, values, |one, other| one.max(other)),
            Self::Where(condition, inner) => match condition.truth(model, values)? {
                Truth::Open => Ok(Worth::Open),
                Truth::Yes => inner.worth(model, values),
                Truth::No | Truth::Undefined => Ok(Worth::Number(Fraction::zero())),
            },
        }
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
            Self::Add(left, right)
            | Self::Subtract(left, right)
            | Self::Multiply(left, right)
            | Self::Divide(left, right) => {
                left.collect(found);
                right.collect(found);
            }
            Self::Power(base, _) => base.collect(found),
            Self::Count(parts) => found.extend(parts),
            Self::Sum(terms) | Self::Min(terms) | Self::Max(terms) => {
                terms.iter().for_each(|term| term.collect(found));
            }
            Self::Where(condition, inner) => {
                condition.collect(found);
                inner.collect(found);
            }
        }
    }
}

/// Works with both sides, or passes on the one that is there.
fn either(
    left: Worth,
    right: Worth,
    work: impl Fn(Fraction, Fraction) -> Option<Fraction>,
) -> Worked {
    let number = match (left, right) {
        (Worth::Open, _) | (_, Worth::Open) => return Ok(Worth::Open),
        (Worth::Absent, Worth::Absent) => return Ok(Worth::Absent),
        (Worth::Number(there), Worth::Absent) | (Worth::Absent, Worth::Number(there)) => {
            Some(there)
        }
        (Worth::Number(left), Worth::Number(right)) => work(left, right),
    };
    number.map(Worth::Number).ok_or(ArithmeticError)
}

/// Works with both sides; there is nothing where one is not there.
fn both(
    left: Worth,
    right: Worth,
    work: impl Fn(Fraction, Fraction) -> Option<Fraction>,
) -> Worked {
    match (left, right) {
        (Worth::Absent, _) | (_, Worth::Absent) => Ok(Worth::Absent),
        (Worth::Open, _) | (_, Worth::Open) => Ok(Worth::Open),
        (Worth::Number(left), Worth::Number(right)) => {
            work(left, right).map(Worth::Number).ok_or(ArithmeticError)
        }
    }
}

fn best(
    terms: &[Formula],
    model: &Model,
    values: &[Option<Value>],
    better: impl Fn(Fraction, Fraction) -> Fraction,
) -> Worked {
    terms.iter().try_fold(Worth::Absent, |best, term| {
        either(best, term.worth(model, values)?, |one, other| {
            Some(better(one, other))
        })
    })
}

fn property_value(
    model: &Model,
    value: Option<Value>,
    attribute: AttributeIndex,
    property: usize,
) -> Option<Decimal> {
    let Some(Value::Option(option)) = value else {
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
    /// Whether the condition holds; `Ok(None)` while that depends on attributes that are
    /// open. What is undefined does not hold.
    pub fn evaluate(
        &self,
        model: &Model,
        values: &[Option<Value>],
    ) -> Result<Option<bool>, ArithmeticError> {
        Ok(match self.truth(model, values)? {
            Truth::Open => None,
            Truth::Undefined => Some(false),
            Truth::Yes => Some(true),
            Truth::No => Some(false),
        })
    }

    /// Whether the condition holds, and whether it says anything at all.
    pub(crate) fn truth(
        &self,
        model: &Model,
        values: &[Option<Value>],
    ) -> Result<Truth, ArithmeticError> {
        let value = |attribute: &AttributeIndex| values.get(attribute.0).copied().flatten();
        Ok(match self {
            Self::Constant(truth) => Truth::from(*truth),
            Self::Is { attribute, options } => match value(attribute) {
                Some(Value::Option(option)) => Truth::from(options.contains(&option)),
                Some(Value::Absent) => Truth::Undefined,
                // A number is no option: that is never settled, and refused where it is reasoned about.
                Some(Value::Number(_)) | None => Truth::Open,
            },
            Self::Compare {
                left,
                comparison,
                right,
            } => match (left.worth(model, values)?, right.worth(model, values)?) {
                (Worth::Absent, _) | (_, Worth::Absent) => Truth::Undefined,
                (Worth::Open, _) | (_, Worth::Open) => Truth::Open,
                (Worth::Number(left), Worth::Number(right)) => {
                    Truth::from(comparison.holds(&left, &right))
                }
            },
            Self::All(parts) => settled(parts, false, model, values)?,
            Self::Any(parts) => settled(parts, true, model, values)?,
            Self::Not(inner) => match inner.truth(model, values)? {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                other => other,
            },
            Self::There(part) => match value(part) {
                Some(value) => Truth::from(value == Value::Option(1)),
                None => Truth::Open,
            },
            Self::Certain(inner) => match inner.truth(model, values)? {
                Truth::Undefined => Truth::No,
                other => other,
            },
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
            Self::Is { attribute, .. } | Self::There(attribute) => {
                found.insert(*attribute);
            }
            Self::Compare { left, right, .. } => {
                left.collect(found);
                right.collect(found);
            }
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.collect(found));
            }
            Self::Not(inner) | Self::Certain(inner) => inner.collect(found),
        }
    }

    /// Whether the condition can be undefined in some configuration.
    pub(crate) fn may_be_undefined(&self, model: &Model) -> bool {
        match self {
            Self::Constant(_) | Self::There(_) | Self::Certain(_) => false,
            Self::Is { attribute, .. } => optional(model, *attribute),
            Self::Compare { left, right, .. } => {
                left.may_be_absent(model) || right.may_be_absent(model)
            }
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().any(|part| part.may_be_undefined(model))
            }
            Self::Not(inner) => inner.may_be_undefined(model),
        }
    }
}

impl Formula {
    /// Whether the formula can be absent in some configuration.
    fn may_be_absent(&self, model: &Model) -> bool {
        match self {
            Self::Constant(_) | Self::Count(_) | Self::Sum(_) => false,
            Self::Attribute(attribute) | Self::Property { attribute, .. } => {
                optional(model, *attribute)
            }
            Self::Add(left, right) | Self::Subtract(left, right) => {
                left.may_be_absent(model) && right.may_be_absent(model)
            }
            Self::Multiply(left, right) => left.may_be_absent(model) || right.may_be_absent(model),
            Self::Divide(dividend, divisor) => {
                let constant = matches!(**divisor, Self::Constant(number) if !number.is_zero());
                !constant || dividend.may_be_absent(model)
            }
            Self::Power(inner, _) | Self::Where(_, inner) => inner.may_be_absent(model),
            Self::Min(terms) | Self::Max(terms) => {
                terms.iter().all(|term| term.may_be_absent(model))
            }
        }
    }
}

fn optional(model: &Model, attribute: AttributeIndex) -> bool {
    model
        .attribute(attribute)
        .is_some_and(|it| it.part.is_some())
}

/// `Any` when one `decisive` (true) part settles it, `All` when one false part does. An open
/// part that may turn out undefined keeps the whole open.
fn settled(
    parts: &[Condition],
    decisive: bool,
    model: &Model,
    values: &[Option<Value>],
) -> Result<Truth, ArithmeticError> {
    let mut result = Truth::from(!decisive);
    let (mut settled, mut doubtful) = (false, false);
    for part in parts {
        match part.truth(model, values)? {
            Truth::Undefined => return Ok(Truth::Undefined),
            Truth::Open => {
                doubtful |= part.may_be_undefined(model);
                result = Truth::Open;
            }
            truth => settled |= truth == Truth::from(decisive),
        }
    }
    Ok(match (settled, doubtful) {
        (true, false) => Truth::from(decisive),
        (true, true) => Truth::Open,
        (false, _) => result,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_too_many_digits_has_ten_decimals() {
        let weight = 780_123_456_789_012_345_i128;
        let parts = 10_i128.pow(10);
        for (numerator, denominator, expected) in [
            (1, 3, "0.3333333333333333333333333333"),
            (-1, 4, "-0.25"),
            (weight, parts, "78012345.6789012345"),
            // Its square has twenty decimals.
            (
                weight * weight,
                parts * parts,
                "6085926078324380.1143866912",
            ),
            (
                -weight * weight,
                parts * parts,
                "-6085926078324380.1143866912",
            ),
        ] {
            let found = decimal(Fraction::new(numerator, denominator));
            let found = found.map(|it| it.to_string());
            assert_eq!(found.as_deref(), Ok(expected.trim_end_matches('0')));
        }
        let huge = Fraction::new(i128::MAX, 3);
        assert_eq!(decimal(huge), Err(ArithmeticError));
    }
}
