use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{AttributeDomain, AttributeIndex, Model, NumberRange, Value};

impl NumberRange {
    /// How many values there are, where that can be counted.
    pub fn size(&self) -> Option<usize> {
        self.steps_to(self.max)?.checked_add(1)
    }

    /// Position of `number` in the range: 0 for the smallest. `None` when it is outside or between two steps.
    pub fn position_of(&self, number: Decimal) -> Option<usize> {
        if number > self.max {
            return None;
        }
        let position = self.steps_to(number)?;
        (self.at(position)? == number).then_some(position)
    }

    /// The number at `position`; `None` beyond the range.
    pub fn at(&self, position: usize) -> Option<Decimal> {
        let offset = self.step.checked_mul(Decimal::from(position))?;
        let number = self.min.checked_add(offset)?;
        (number <= self.max).then(|| number.normalize())
    }

    /// Position of the largest value below `number`.
    pub(crate) fn last_below(&self, number: Decimal) -> Option<usize> {
        let steps = self.steps_to(number.min(self.max))?;
        if self.at(steps)? < number {
            Some(steps)
        } else {
            steps.checked_sub(1)
        }
    }

    /// Position of the smallest value above `number`.
    pub(crate) fn first_above(&self, number: Decimal) -> Option<usize> {
        if number < self.min {
            return Some(0);
        }
        let next = self.steps_to(number)?.checked_add(1)?;
        self.at(next).map(|_| next)
    }

    /// Whole steps from `min` up to and not beyond `number`; `None` below `min`.
    fn steps_to(&self, number: Decimal) -> Option<usize> {
        let distance = number.checked_sub(self.min)?;
        if distance.is_sign_negative() && !distance.is_zero() {
            return None;
        }
        distance.checked_div(self.step)?.floor().to_usize()
    }
}

impl AttributeDomain {
    /// How many values there are; `None` for a range too wide to count or without a step.
    pub fn size(&self) -> Option<usize> {
        match self {
            Self::Options(list) => Some(list.options.len()),
            Self::Flag | Self::Presence(_) => Some(2),
            Self::Number(range) => range.size(),
        }
    }

    /// Position of `value` among the values; `None` when it is not one of them.
    pub fn position_of(&self, value: Value) -> Option<usize> {
        match (self, value) {
            (Self::Number(range), Value::Number(number)) => range.position_of(number),
            (Self::Options(_) | Self::Flag | Self::Presence(_), Value::Option(option)) => {
                (option < self.size()?).then_some(option)
            }
            _ => None,
        }
    }

    /// The value at `position`; `None` beyond the last.
    pub fn value_at(&self, position: usize) -> Option<Value> {
        match self {
            Self::Number(range) => range.at(position).map(Value::Number),
            Self::Options(_) | Self::Flag | Self::Presence(_) => {
                (position < self.size()?).then_some(Value::Option(position))
            }
        }
    }

    /// Whether `value` is one of the values.
    pub fn contains(&self, value: Value) -> bool {
        self.position_of(value).is_some()
    }
}

impl Model {
    /// Reads a value as sheets and requests write it: the code of an option, `yes` or `no`,
    /// a decimal number. `None` when the attribute has no such value.
    pub fn value_from_text(&self, attribute: AttributeIndex, text: &str) -> Option<Value> {
        let domain = &self.attribute(attribute)?.domain;
        let value = match domain {
            AttributeDomain::Options(list) => {
                Value::Option(list.options.iter().position(|option| option.code == text)?)
            }
            AttributeDomain::Flag | AttributeDomain::Presence(_) => Value::Option(match text {
                "no" => 0,
                "yes" => 1,
                _ => return None,
            }),
            AttributeDomain::Number(_) => Value::Number(text.parse().ok()?),
        };
        domain.contains(value).then_some(value)
    }

    /// Writes a value as [`Model::value_from_text`] reads it; empty where the attribute has no such option.
    pub fn value_to_text(&self, attribute: AttributeIndex, value: Value) -> String {
        match (self.attribute(attribute).map(|it| &it.domain), value) {
            (_, Value::Number(number)) => number.normalize().to_string(),
            (Some(AttributeDomain::Options(list)), Value::Option(option)) => list
                .options
                .get(option)
                .map(|it| it.code.clone())
                .unwrap_or_default(),
            (Some(AttributeDomain::Flag | AttributeDomain::Presence(_)), Value::Option(option)) => {
                match option {
                    0 => "no".to_owned(),
                    _ => "yes".to_owned(),
                }
            }
            _ => String::new(),
        }
    }
}
