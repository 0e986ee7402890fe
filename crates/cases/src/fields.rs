//! What a case gives and what it asserts, read by name.

use std::cell::RefCell;
use std::collections::BTreeSet;

use quotewright_engine::money::{Fraction, Leftover, Rounding, RoundingMode};
use rust_decimal::Decimal;
use serde_json::Value;

/// Why a case did not come out as asserted.
#[derive(Debug)]
pub enum Not {
    /// Something else came out.
    Asserted(String),
    /// The engine refused it.
    Refused(String),
    /// It cannot be read.
    Read(String),
    /// The engine does not offer its policy.
    Offered(String),
}

/// What comes of running a case.
pub type Run = Result<(), Not>;

/// The engine's errors, each of which refuses a case.
macro_rules! refused {
    ($($error:ty),*) => {
        $(impl From<$error> for Not {
            fn from(error: $error) -> Self {
                Self::Refused(error.to_string())
            }
        })*
    };
}

refused!(
    quotewright_engine::catalog::ArithmeticError,
    quotewright_engine::money::MoneyError,
    quotewright_engine::price::PriceError,
    quotewright_engine::price::books::BookError,
    quotewright_engine::price::scales::ScaleError,
    quotewright_engine::quote::recurring::PeriodError
);

/// A number: a string or JSON number, a decimal or a fraction. What is no number is refused as the
/// engine refuses it.
pub fn number(value: &Value) -> Result<Fraction, Not> {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Ok(text.parse()?)
}

/// As [`number`], where it has an end.
pub fn decimal(value: &Value) -> Result<Decimal, Not> {
    Ok(number(value)?.to_decimal()?)
}

/// The inputs of a case, or of a part of it.
#[derive(Clone, Copy)]
pub struct Inputs<'c>(pub &'c Value);

impl<'c> Inputs<'c> {
    /// What is given, and not as null.
    pub fn get(self, name: &str) -> Option<&'c Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// What has to be given.
    pub fn needed(self, name: &str) -> Result<&'c Value, Not> {
        self.get(name)
            .ok_or_else(|| Not::Read(format!("no `{name}`")))
    }

    /// A number that has to be given.
    pub fn fraction(self, name: &str) -> Result<Fraction, Not> {
        number(self.needed(name)?)
    }

    /// A decimal that has to be given.
    pub fn decimal(self, name: &str) -> Result<Decimal, Not> {
        decimal(self.needed(name)?)
    }

    /// A decimal that may be given.
    pub fn optional(self, name: &str) -> Result<Option<Decimal>, Not> {
        self.get(name).map(decimal).transpose()
    }

    /// A decimal, or what holds where none is given.
    pub fn decimal_or(self, name: &str, otherwise: Decimal) -> Result<Decimal, Not> {
        Ok(self.optional(name)?.unwrap_or(otherwise))
    }

    /// A decimal; zero where none is given.
    pub fn or_zero(self, name: &str) -> Result<Decimal, Not> {
        self.decimal_or(name, Decimal::ZERO)
    }

    /// A whole number, which may be too large or below zero for its type: then it is refused.
    pub fn whole<T: TryFrom<i128>>(self, name: &str) -> Result<T, Not> {
        let (numerator, denominator) = self.fraction(name)?.parts();
        let whole = T::try_from(numerator).ok().filter(|_| denominator == 1);
        whole.ok_or_else(|| Not::Refused(format!("`{name}` is not such a number")))
    }

    /// A whole number, or what holds where none is given.
    pub fn whole_or<T: TryFrom<i128>>(self, name: &str, otherwise: T) -> Result<T, Not> {
        match self.get(name) {
            None => Ok(otherwise),
            Some(_) => self.whole(name),
        }
    }

    /// A text that has to be given.
    pub fn text(self, name: &str) -> Result<&'c str, Not> {
        let text = self.needed(name)?.as_str();
        text.ok_or_else(|| Not::Read(format!("`{name}` is no text")))
    }

    /// A truth value, or what holds where none is given.
    pub fn flag_or(self, name: &str, otherwise: bool) -> bool {
        let given = self.get(name).and_then(Value::as_bool);
        given.unwrap_or(otherwise)
    }

    /// A truth value; false where none is given.
    pub fn flag(self, name: &str) -> bool {
        self.flag_or(name, false)
    }

    /// None where nothing is given.
    pub fn list(self, name: &str) -> &'c [Value] {
        let list = self.get(name).and_then(Value::as_array);
        list.map_or(&[], Vec::as_slice)
    }

    /// The parts of a list.
    pub fn rows(self, name: &str) -> impl Iterator<Item = Inputs<'c>> + use<'c> {
        self.list(name).iter().map(Inputs)
    }

    /// The engine's policy for what is left of a shared amount.
    pub fn leftover(self) -> Result<Leftover, Not> {
        let Some(policy) = self.get("policy") else {
            return Ok(Leftover::First);
        };
        let policy = policy.as_str().unwrap_or_default();
        Ok(match policy {
            "floor_to_first" => Leftover::First,
            "floor_to_last" => Leftover::Last,
            "floor_to_largest_ratio" => Leftover::LargestWeight,
            "floor_to_largest_remainder" => Leftover::LargestRemainder,
            "largest_remainder_floor_neg_inf" => Leftover::LargestRemainderFromBelow,
            "round_half_down_rest_to_first" => Leftover::RoundedFirst,
            "floor_separate" => Leftover::Separate,
            "block_separate" => Leftover::SeparateBlocks,
            _ => return Err(Not::Offered(format!("policy {policy}"))),
        })
    }

    /// A list of decimals.
    pub fn decimals(self, name: &str) -> Result<Vec<Decimal>, Not> {
        self.list(name).iter().map(decimal).collect()
    }

    /// A list of numbers.
    pub fn fractions(self, name: &str) -> Result<Vec<Fraction>, Not> {
        self.list(name).iter().map(number).collect()
    }

    /// The entries of a map, in the order of their names.
    pub fn entries(self, name: &str) -> Vec<(&'c str, &'c Value)> {
        let map = self.get(name).and_then(Value::as_object);
        let entries = map.into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), value)).collect()
    }

    /// A mode of rounding, or what holds where none is given.
    pub fn mode(self, otherwise: RoundingMode) -> Result<RoundingMode, Not> {
        self.get("mode").map_or(Ok(otherwise), mode)
    }

    /// `step` or `dp` with `mode`.
    pub fn rounding(self, step: &str, mode: RoundingMode) -> Result<Rounding, Not> {
        let mode = self.mode(mode)?;
        if let Some(dp) = self.get("dp").map(|_| self.whole("dp")).transpose()? {
            return Ok(Rounding::to_decimals(dp, mode));
        }
        let otherwise = step.parse().map_err(|_| Not::Read(step.to_owned()))?;
        let step = self.decimal_or("step", otherwise)?;
        Ok(Rounding { step, mode })
    }
}

/// The engine's mode for a case's: `half_ceil` is `half-ceiling`.
fn mode(value: &Value) -> Result<RoundingMode, Not> {
    let name = value.as_str().unwrap_or_default();
    let name = name.replace('_', "-");
    let name = match name.ends_with("ceil") {
        true => name + "ing",
        false => name,
    };
    let named = RoundingMode::NAMED.into_iter().find(|(it, _)| *it == name);
    let mode = named.map(|(_, mode)| mode);
    mode.ok_or_else(|| Not::Offered(format!("rounding mode {value}")))
}

/// What a case asserts, and which of it has been compared.
pub struct Expected<'c> {
    value: &'c Value,
    decimals: Option<u32>,
    seen: RefCell<BTreeSet<String>>,
}

impl<'c> Expected<'c> {
    /// Of a case.
    pub fn new(case: &'c Value) -> Self {
        let decimals = ["inputs", "expected"].map(|it| case[it].get("_asserted_dp"));
        let decimals = decimals
            .into_iter()
            .flatten()
            .chain(case.get("_asserted_dp"));
        let decimals = decimals.filter_map(|it| number(it).ok());
        Self {
            value: &case["expected"],
            decimals: decimals
                .filter_map(|it| u32::try_from(it.parts().0).ok())
                .next(),
            seen: RefCell::default(),
        }
    }

    /// What is asserted of `name`, null included.
    pub fn get(&self, name: &str) -> Option<&'c Value> {
        self.seen.borrow_mut().insert(name.to_owned());
        self.value.get(name)
    }

    /// Whether it asserts a refusal.
    pub fn error(&self) -> bool {
        ["error", "conflict"]
            .iter()
            .any(|name| self.value[name] == true)
    }

    /// `found` is what is asserted of `name`, if anything is.
    pub fn same(&self, name: &str, found: impl Into<Fraction>) -> Run {
        self.get(name)
            .map_or(Ok(()), |value| self.value_is(name, value, found.into()))
    }

    /// `found` is what is asserted, to as many decimals as the case asserts.
    pub fn value_is(&self, name: &str, expected: &Value, found: Fraction) -> Run {
        let exact = number(expected)?;
        let same = match self.decimals {
            None => found == exact,
            Some(decimals) => {
                let to = Rounding::to_decimals(decimals, RoundingMode::HalfUp);
                found.round(&to)? == exact.round(&to)?
            }
        };
        asserted(same, name, found)
    }

    /// What is found is the list that is asserted, if any is.
    pub fn list_is(&self, name: &str, found: impl IntoIterator<Item = impl Into<Fraction>>) -> Run {
        let Some(expected) = self.get(name) else {
            return Ok(());
        };
        let found: Vec<Fraction> = found.into_iter().map(Into::into).collect();
        let expected = expected.as_array().map_or(&[][..], Vec::as_slice);
        asserted(found.len() == expected.len(), name, format!("{found:?}"))?;
        let pairs = expected.iter().zip(found);
        pairs
            .into_iter()
            .try_for_each(|(expected, found)| self.value_is(name, expected, found))
    }

    /// A truth value is what is asserted, if any is.
    pub fn flag_is(&self, name: &str, found: bool) -> Run {
        self.get(name)
            .map_or(Ok(()), |value| asserted(*value == found, name, found))
    }

    /// A text is what is asserted, if any is.
    pub fn text_is(&self, name: &str, found: &str) -> Run {
        self.get(name)
            .map_or(Ok(()), |value| asserted(*value == *found, name, found))
    }

    /// Everything that is asserted has been compared.
    pub fn all_compared(&self) -> Run {
        let seen = self.seen.borrow();
        let names = self.value.as_object().into_iter().flatten();
        let mut names = names
            .map(|(name, _)| name)
            .filter(|it| !it.starts_with('_'));
        match names.find(|name| !seen.contains(*name)) {
            Some(name) => Err(Not::Offered(format!("asserts `{name}`"))),
            None if seen.is_empty() => Err(Not::Read("nothing is asserted".to_owned())),
            None => Ok(()),
        }
    }
}

/// Says what was found where that is not right.
pub fn asserted(right: bool, name: &str, found: impl std::fmt::Display) -> Run {
    match right {
        true => Ok(()),
        false => Err(Not::Asserted(format!("{name} is {found}"))),
    }
}
