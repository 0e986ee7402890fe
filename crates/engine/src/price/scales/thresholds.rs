use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ScaleError, not_negative};
use crate::money::exact;

/// A number that depends on how much is bought: 10, from 100.00 on 15, from 200.00 on 20.
///
/// Use it for discounts, fees or percentages by the total of a quote. Not for
/// prices by quantity, which need upper bounds without gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// What holds below the first threshold.
    pub base: Decimal,
    /// By ascending threshold.
    pub steps: Vec<Threshold>,
}

/// From `from` on, `value` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// Smallest amount.
    pub from: Decimal,
    /// What holds from there.
    pub value: Decimal,
}

impl Thresholds {
    /// Refuses thresholds that do not ascend, and numbers below zero.
    ///
    /// # Errors
    /// [`ScaleError`] names the first.
    pub fn check(&self) -> Result<(), ScaleError> {
        not_negative(self.base)?;
        for (at, step) in self.steps.iter().enumerate() {
            not_negative(step.from)?;
            not_negative(step.value)?;
            let before = at.checked_sub(1).and_then(|before| self.steps.get(before));
            if before.is_some_and(|before| step.from <= before.from) {
                return Err(ScaleError::NotAscending(at));
            }
        }
        Ok(())
    }

    /// As [`Thresholds::check`], for percentages off: none above 100.
    ///
    /// # Errors
    /// [`ScaleError`] names the first.
    pub fn check_percentages(&self) -> Result<(), ScaleError> {
        self.check()?;
        let values = self.steps.iter().map(|step| step.value);
        let mut values = std::iter::once(self.base).chain(values);
        match values.find(|value| *value > Decimal::ONE_HUNDRED) {
            Some(value) => Err(ScaleError::NotAPercentage(value)),
            None => Ok(()),
        }
    }

    /// What holds at `amount`.
    pub fn at(&self, amount: Decimal) -> Decimal {
        let reached = self.steps.iter().rev().find(|step| step.from <= amount);
        reached.map_or(self.base, |step| step.value)
    }

    /// What holds at `counted`, as a percentage of `amount`.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn percent_of(&self, amount: Decimal, counted: Decimal) -> Result<Decimal, ScaleError> {
        Ok(exact::percent_of(amount, self.at(counted))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    fn thresholds(base: &str, steps: &[(&str, &str)]) -> Thresholds {
        let step = |(from, value): &(&str, &str)| Threshold {
            from: dec(from),
            value: dec(value),
        };
        let steps = steps.iter().map(step).collect();
        let base = dec(base);
        Thresholds { base, steps }
    }

    #[test]
    fn a_threshold_holds_from_itself_on() {
        let off = thresholds("10", &[("20", "15"), ("30", "20")]);
        assert_eq!(off.check_percentages(), Ok(()));
        for (counted, percent, of_ten) in [
            ("10", "10", "1"),
            ("19.99", "10", "1"),
            ("20", "15", "1.5"),
            ("30", "20", "2"),
        ] {
            assert_eq!(off.at(dec(counted)), dec(percent));
            assert_eq!(off.percent_of(dec("10"), dec(counted)), Ok(dec(of_ten)));
        }
    }

    #[test]
    fn thresholds_ascend_and_percentages_end_at_100() {
        for (steps, error) in [
            (&[("2", "1"), ("2", "2")][..], ScaleError::NotAscending(1)),
            (&[("-1", "1")], ScaleError::Negative(dec("-1"))),
            (&[("10", "110")], ScaleError::NotAPercentage(dec("110"))),
            (&[("10", "-5")], ScaleError::Negative(dec("-5"))),
        ] {
            assert_eq!(thresholds("0", steps).check_percentages(), Err(error));
        }
    }
}
