//! The values of a number feature.

use quotewright_engine::catalog::NumberRange;
use rust_decimal::Decimal;

use super::notes::{Grounded, Notes};
use crate::coom::ast::{NumberType, Span};

/// So many steps to each side of zero, or from its only bound, are searched where a number
/// has no bounds. The positions of both sides fit 31 bits.
const REACH: i64 = 1_000_000_000;
/// A number has at most so many values.
const LARGEST_SIZE: u64 = u32::MAX as u64;

/// The range of a number: whole multiples of its last decimal.
pub(super) fn range(
    number: &NumberType,
    span: &Span,
    notes: &mut Notes<'_>,
) -> Grounded<NumberRange> {
    let unit = number.unit.clone().unwrap_or_default();
    let Some(range) = searched(number, unit) else {
        return Err(too_wide(span, notes));
    };
    if range.min > range.max {
        let message = "there is no number with so many decimals in this range";
        return Err(notes.error("empty-range", span, message, None));
    }
    let size = range.size().and_then(|size| u64::try_from(size).ok());
    if size.is_none_or(|size| size > LARGEST_SIZE) {
        return Err(too_wide(span, notes));
    }
    Ok(range)
}

fn searched(number: &NumberType, unit: String) -> Option<NumberRange> {
    let step = Decimal::try_from_i128_with_scale(1, number.digits).ok()?;
    let reach = step.checked_mul(Decimal::from(REACH))?;
    let min = number.min.map(|min| to_step(min, step, true));
    let max = number.max.map(|max| to_step(max, step, false));
    let (unbounded_below, unbounded_above) = (min.is_none(), max.is_none());
    let (min, max) = match (min, max) {
        (Some(min), Some(max)) => (min?, max?),
        (Some(min), None) => (min?, min?.checked_add(reach)?),
        (None, Some(max)) => (max?.checked_sub(reach)?, max?),
        (None, None) => (-reach, reach),
    };
    Some(NumberRange {
        min: min.normalize(),
        max: max.normalize(),
        step,
        unit,
        unbounded_below,
        unbounded_above,
    })
}

/// The multiple of `step` next to `bound`, inside the range.
fn to_step(bound: Decimal, step: Decimal, up: bool) -> Option<Decimal> {
    let steps = bound.checked_div(step)?;
    let whole = if up { steps.ceil() } else { steps.floor() };
    whole.checked_mul(step)
}

fn too_wide(span: &Span, notes: &mut Notes<'_>) -> super::notes::Refused {
    let message = format!("this number has more than {LARGEST_SIZE} values");
    let hint = "give it fewer decimals or a narrower range".to_owned();
    notes.error("too-large", span, message, Some(hint))
}
