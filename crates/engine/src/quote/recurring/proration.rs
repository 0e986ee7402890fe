use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::period::days;
use super::{Period, PeriodError};
use crate::money::{Fraction, MoneyError, Rounding};

/// The part of a period that a segment of it is, by actual days.
///
/// Use it where something starts, ends or changes within a period. Not where
/// every month counts as many days (that is [`days_of_fixed_months`]).
///
/// 15 February to 1 March 2012, of a period from 1 February to 1 March: 15/29.
///
/// # Errors
/// Where a date is before the one it follows, or the period has no days.
pub fn segment(start: Date, end: Date, from: Date, to: Date) -> Result<Fraction, PeriodError> {
    ratio(days(start, end)?, days(from, to)?)
}

/// The time before the first billing day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadingPart {
    /// The first billing day on or after the start.
    pub first: Date,
    /// The part of the period that ends there; zero where it starts on a billing day.
    pub part: Fraction,
}

/// The part of a period before the first billing day, by actual days of the period that ends
/// there. In months without that day, the last one is the billing day.
///
/// Use it where all contracts are billed on the same day of the month. Not where
/// each is billed on the day it started.
///
/// From 1 February, billed on the 13th of each month: 12 of the 31 days since 13 January.
///
/// # Errors
/// Where there is no such day, or the period has no days.
pub fn leading_part(start: Date, bill_day: i8, period: Period) -> Result<LeadingPart, PeriodError> {
    let here = billing_day(start, bill_day)?;
    let first = match here < start {
        true => billing_day(
            Period::Months(1).advance(start.first_of_month(), 1)?,
            bill_day,
        )?,
        false => here,
    };
    let before = period.advance(first, -1)?;
    let part = ratio(days(start, first)?, days(before, first)?)?;
    Ok(LeadingPart { first, part })
}

/// The billing day in the month of `date`.
fn billing_day(date: Date, bill_day: i8) -> Result<Date, PeriodError> {
    let day = bill_day.min(date.days_in_month());
    Ok(Date::new(date.year(), date.month(), day)?)
}

/// Days from `start` to `end` where every month counts `days_in_month`; within one month, the
/// actual days. Days after the last that counts are that last one.
///
/// Use it where contracts count 30 days to a month, so that months cost the
/// same. Not together with periods of actual days: the two differ.
///
/// 23 May to 15 June, months of 30 days: 7 + 15 = 22.
///
/// # Errors
/// Where `end` is before `start`, or months count no days.
pub fn days_of_fixed_months(
    start: Date,
    end: Date,
    days_in_month: u32,
) -> Result<i64, PeriodError> {
    let actual = days(start, end)?;
    if days_in_month == 0 {
        return Err(PeriodError::Empty);
    }
    if (start.year(), start.month()) == (end.year(), end.month()) {
        return Ok(actual);
    }
    let length = i64::from(days_in_month);
    let day = |date: Date| i64::from(date.day()).min(length);
    let years = i64::from(end.year()) - i64::from(start.year());
    let months = 12 * years + i64::from(end.month()) - i64::from(start.month());
    Ok(months * length + day(end) - day(start))
}

/// As [`days_of_fixed_months`], as months.
///
/// # Errors
/// As [`days_of_fixed_months`].
pub fn part_of_fixed_months(
    start: Date,
    end: Date,
    days_in_month: u32,
) -> Result<Fraction, PeriodError> {
    let found = days_of_fixed_months(start, end, days_in_month)?;
    ratio(found, i64::from(days_in_month))
}

/// What a part of a period costs, rounded once.
///
/// # Errors
/// Where the amount does not fit, or the step is not above zero.
pub fn prorated(
    amount: Decimal,
    part: Fraction,
    rounding: &Rounding,
) -> Result<Decimal, MoneyError> {
    part.times(amount)?.round(rounding)
}

fn ratio(part: i64, whole: i64) -> Result<Fraction, PeriodError> {
    match whole {
        0 => Err(PeriodError::Empty),
        _ => Ok(Fraction::from(part).over(whole)?),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::{dec, fraction};

    #[test]
    fn a_segment_is_its_days_of_the_periods() {
        let (from, to) = (date(2012, 2, 1), date(2012, 3, 1));
        for (start, end, part) in [
            (date(2012, 2, 1), date(2012, 2, 15), "14/29"),
            (date(2012, 2, 15), date(2012, 3, 1), "15/29"),
            (date(2012, 2, 1), date(2012, 2, 1), "0"),
        ] {
            assert_eq!(segment(start, end, from, to), Ok(fraction(part)));
        }
        assert_eq!(segment(from, to, from, from), Err(PeriodError::Empty));
        assert!(segment(to, from, from, to).is_err());
    }

    #[test]
    fn the_time_before_the_first_billing_day() {
        for (start, bill_day, period, first, part) in [
            (
                date(2011, 2, 1),
                13,
                Period::Months(1),
                date(2011, 2, 13),
                "12/31",
            ),
            (
                date(2011, 1, 31),
                7,
                Period::Months(1),
                date(2011, 2, 7),
                "7/31",
            ),
            (
                date(2011, 2, 14),
                31,
                Period::Months(1),
                date(2011, 2, 28),
                "14/31",
            ),
            (
                date(2011, 2, 13),
                13,
                Period::Months(1),
                date(2011, 2, 13),
                "0",
            ),
            (
                date(2011, 2, 1),
                13,
                Period::Months(12),
                date(2011, 2, 13),
                "12/365",
            ),
            (
                date(2011, 12, 20),
                1,
                Period::Days(30),
                date(2012, 1, 1),
                "12/30",
            ),
        ] {
            let expected = LeadingPart {
                first,
                part: fraction(part),
            };
            assert_eq!(
                leading_part(start, bill_day, period),
                Ok(expected),
                "{start}"
            );
        }
        let none = leading_part(date(2011, 2, 14), 0, Period::Months(1));
        assert_eq!(none, Err(PeriodError::OutOfRange));
    }

    #[test]
    fn months_of_as_many_days() {
        for (start, end, length, counted) in [
            (date(2023, 5, 23), date(2023, 6, 15), 30, 22),
            (date(2024, 2, 23), date(2024, 3, 15), 28, 20),
            (date(2023, 2, 15), date(2023, 2, 23), 30, 8),
            (date(2023, 1, 31), date(2023, 3, 31), 30, 60),
            (date(2022, 12, 1), date(2023, 2, 1), 30, 60),
        ] {
            assert_eq!(
                days_of_fixed_months(start, end, length),
                Ok(counted),
                "{start}"
            );
        }
        let part = part_of_fixed_months(date(2023, 5, 23), date(2023, 6, 15), 30);
        assert_eq!(part, Ok(fraction("22/30")));
        assert!(days_of_fixed_months(date(2023, 5, 23), date(2023, 6, 15), 0).is_err());
    }

    #[test]
    fn a_part_of_an_amount_is_rounded_once() {
        let cents = Rounding::to_decimals(2, RoundingMode::HalfUp);
        assert_eq!(
            prorated(dec("100"), fraction("12/31"), &cents),
            Ok(dec("38.71"))
        );
    }
}
