//! Between which ends formulas stay, whatever is decided.
//!
//! Sums of products lose that `(a - b) * c` is above zero where `a` always is above `b`; the
//! search would have to find that out option by option.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, CheckedSub, Zero};

use super::attributes::Encoded;
use super::encoding::Encoding;
use super::residues::{Refinements, Steps};
use crate::catalog::{AttributeDomain, AttributeIndex, Formula, Fraction, Model, fraction};
use crate::configure::flips::smallest;

/// The smallest and the largest number that something can be.
type Ends = (Fraction, Fraction);

/// The values that are left to numbers which are worked out.
pub fn ranges(model: &Model, encoding: &Encoding) -> Refinements {
    let mut known = BTreeMap::new();
    let mut refined = Refinements::new();
    for (index, attribute) in model.indices().zip(&model.attributes) {
        let (AttributeDomain::Number(range), Some(formula), None) =
            (&attribute.domain, &attribute.formula, attribute.part)
        else {
            continue;
        };
        let Some(Encoded::Number { range: steps, .. }) = encoding.attributes.get(index.0) else {
            continue;
        };
        let Some((low, high)) = ends(formula, model, &known) else {
            continue;
        };
        let Some(first) = smallest(range, low) else {
            continue;
        };
        let last = smallest(range, high).unwrap_or(steps.size() - 1);
        if let (Some(low), Some(high)) = (range.at(first), range.at(last)) {
            known.insert(index, (fraction(low), fraction(high)));
        }
        if (first, last) != (0, steps.size() - 1) {
            let (low, high) = (steps.at(first), steps.at(last));
            refined.insert(
                index,
                Steps {
                    low,
                    high,
                    ..*steps
                },
            );
        }
    }
    refined
}

/// `None` where that is not known: where something need not be there, for one.
fn ends(formula: &Formula, model: &Model, known: &BTreeMap<AttributeIndex, Ends>) -> Option<Ends> {
    let of = |it: &Formula| ends(it, model, known);
    match formula {
        Formula::Constant(number) => Some((fraction(*number), fraction(*number))),
        Formula::Attribute(attribute) => {
            if let Some(known) = known.get(attribute) {
                return Some(*known);
            }
            let attribute = model.attribute(*attribute)?;
            match (&attribute.domain, attribute.part) {
                (AttributeDomain::Number(range), None) => {
                    let last = range.at(range.size()?.checked_sub(1)?)?;
                    Some((fraction(range.min), fraction(last)))
                }
                _ => None,
            }
        }
        Formula::Property {
            attribute,
            property,
        } => {
            let attribute = model.attribute(*attribute)?;
            let (AttributeDomain::Options(list), None) = (&attribute.domain, attribute.part) else {
                return None;
            };
            let numbers = list.options.iter().map(|it| it.properties.get(*property));
            let numbers: Option<Vec<Fraction>> = numbers.map(|it| Some(fraction(*it?))).collect();
            around(numbers?)
        }
        Formula::Add(left, right) => plus(of(left)?, of(right)?),
        Formula::Subtract(left, right) => {
            let ((low, high), (least, most)) = (of(left)?, of(right)?);
            Some((low.checked_sub(&most)?, high.checked_sub(&least)?))
        }
        Formula::Multiply(left, right) => times(of(left)?, of(right)?),
        Formula::Divide(dividend, divisor) => {
            let (low, high) = of(divisor)?;
            if low <= Fraction::zero() && high >= Fraction::zero() {
                return None;
            }
            times(of(dividend)?, (high.recip(), low.recip()))
        }
        Formula::Sum(terms) => {
            let nothing = (Fraction::zero(), Fraction::zero());
            terms.iter().try_fold(nothing, |sum, it| plus(sum, of(it)?))
        }
        Formula::Power(..)
        | Formula::Count(_)
        | Formula::Min(_)
        | Formula::Max(_)
        | Formula::Where(..) => None,
    }
}

fn plus(left: Ends, right: Ends) -> Option<Ends> {
    Some((left.0.checked_add(&right.0)?, left.1.checked_add(&right.1)?))
}

fn times(left: Ends, right: Ends) -> Option<Ends> {
    let corners = [
        left.0.checked_mul(&right.0)?,
        left.0.checked_mul(&right.1)?,
        left.1.checked_mul(&right.0)?,
        left.1.checked_mul(&right.1)?,
    ];
    around(corners)
}

/// The smallest and the largest of some numbers.
fn around(numbers: impl IntoIterator<Item = Fraction>) -> Option<Ends> {
    let ends = |ends: Option<Ends>, it: Fraction| {
        Some(ends.map_or((it, it), |(low, high)| (it.min(low), it.max(high))))
    };
    numbers.into_iter().fold(None, ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configure::kit::{attribute, digits};

    #[test]
    fn what_is_worked_out_stays_between_the_ends_of_its_formula() {
        let number = |it: i64| Box::new(Formula::Constant(it.into()));
        let digit = || Box::new(Formula::Attribute(AttributeIndex(0)));
        let above = Formula::Subtract(number(12), digit());
        let cases = [
            (Formula::Add(digit(), number(2)), Some((2, 9))),
            (Formula::Multiply(digit(), number(-1)), Some((0, 0))),
            (Formula::Divide(digit(), number(2)), Some((0, 5))),
            (
                Formula::Divide(number(8), Box::new(above.clone())),
                Some((1, 3)),
            ),
            (Formula::Multiply(Box::new(above), number(2)), Some((6, 9))),
            (Formula::Subtract(digit(), digit()), None),
            (Formula::Divide(number(8), digit()), None),
        ];
        for (formula, expected) in cases {
            let mut follower = attribute(digits(), None);
            follower.formula = Some(formula.clone());
            let model = Model {
                attributes: vec![attribute(digits(), None), follower],
                ..Model::default()
            };
            let encoding = Encoding::new(&model, false, &Refinements::new()).expect("a model");
            let refined = ranges(&model, &encoding);
            let ends = refined.get(&AttributeIndex(1)).map(|it| (it.low, it.high));
            assert_eq!(ends, expected, "{formula:?}");
        }
    }
}
