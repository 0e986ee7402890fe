use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Period, PeriodError, leading_part, part_of_fixed_months, segment};
use crate::money::Fraction;

/// The days on which a contract begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractDates {
    /// The first day. Months of the term are counted from it.
    pub start: Date,
    /// The last day; that of the term in whole months where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// How a contract with dates is billed.
///
/// Use it for what is due again and again and may begin or end on any day, such as a
/// subscription from the 17th. Not where contracts begin with a month and last whole ones: terms
/// in months say that.
///
/// 100.00 a month from 17 October, billed on the 1st: 48.39 for 15 of the 31 days of October.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billing {
    /// The day of the month on which periods begin, the last day in months without it; the day
    /// on which the contract begins where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<i8>,
    /// What a part of a period costs.
    pub proration: Proration,
}

/// What a part of a period costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proration {
    /// By actual days: 15 of 31. The usual agreement.
    Days,
    /// By days of months that all count as many, such as 30: every month costs the same a day.
    /// Parts at both ends of a contract need not add up to a month.
    FixedMonths(u32),
    /// As much as the whole period: what has begun is paid.
    Full,
    /// Nothing: only what is whole is paid.
    Whole,
}

/// Periods of a contract that follow one another at one price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billed {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Month of the term in which the first of them is due, from 0.
    pub month: u32,
    /// How many whole periods they are, or which part of one; zero for what is not charged.
    pub periods: Fraction,
    /// What they come to.
    pub amount: Decimal,
}

/// From a day to the first day after.
pub(in crate::quote) type Stretch = (Date, Date);

impl ContractDates {
    /// The contract with a term of so many months where it does not say its last day, and how
    /// many months it has begun when it ends.
    pub(in crate::quote) fn term(&self, months: u32) -> Result<(Stretch, u32), PeriodError> {
        let Some(until) = self.until else {
            let end = Period::Months(1).advance(self.start, months.into())?;
            return Ok(((self.start, end), months));
        };
        let end = until.tomorrow()?;
        let whole = Period::Months(1).whole(self.start, end)?;
        let rest = Period::Months(1).advance(self.start, whole)? < end;
        let months = u32::try_from(whole + i64::from(rest));
        let months = months.map_err(|_| PeriodError::OutOfRange)?;
        Ok(((self.start, end), months))
    }
}

impl Billing {
    /// What is billed of a stretch of a contract, in periods of so many months; without amounts.
    pub(in crate::quote) fn parts(
        &self,
        (start, end): Stretch,
        stretch: Stretch,
        months: u32,
    ) -> Result<Vec<Billed>, PeriodError> {
        let mut parts: Vec<Billed> = Vec::new();
        for period in self.periods((start, end), months)?.windows(2) {
            let period = (period[0], period[1]);
            let (from, after) = (stretch.0.max(period.0), stretch.1.min(period.1));
            if from >= after {
                continue;
            }
            let periods = self.part((from, after), period, (start, end), months)?;
            let until = after.yesterday()?;
            match parts.last_mut() {
                Some(last) if last.is_whole() && periods == Fraction::ONE => {
                    last.periods = last.periods.plus(periods)?;
                    last.until = until;
                }
                _ => parts.push(Billed {
                    from,
                    until,
                    month: month_of(from, start)?,
                    periods,
                    amount: Decimal::ZERO,
                }),
            }
        }
        Ok(parts)
    }

    /// The days on which periods begin, from the one before or with the start to the one after
    /// or with the end.
    fn periods(&self, (start, end): Stretch, months: u32) -> Result<Vec<Date>, PeriodError> {
        let length = Period::Months(months);
        let first = match self.day {
            None => start,
            Some(day) => leading_part(start, day, length)?.first,
        };
        let mut begin = Vec::new();
        if first > start {
            begin.push(length.advance(first, -1)?);
        }
        for count in 0.. {
            let next = length.advance(first, count)?;
            // A short month shortens no later one.
            let next = match self.day {
                None => next,
                Some(day) => Date::new(next.year(), next.month(), day.min(next.days_in_month()))?,
            };
            begin.push(next);
            if next >= end {
                break;
            }
        }
        Ok(begin)
    }

    /// Which part of a period is billed for some of its days.
    fn part(
        &self,
        (from, after): Stretch,
        period: Stretch,
        contract: Stretch,
        months: u32,
    ) -> Result<Fraction, PeriodError> {
        if (from, after) == period {
            return Ok(Fraction::ONE);
        }
        // Where the price changes within a period, that of its first day counts.
        let begins = from == period.0.max(contract.0);
        let within = contract.0 <= period.0 && period.1 <= contract.1;
        match self.proration {
            Proration::Days => segment(from, after, period.0, period.1),
            Proration::FixedMonths(days) => {
                let part = part_of_fixed_months(from, after, days)?;
                Ok(part.over(i64::from(months))?.min(Fraction::ONE))
            }
            Proration::Full if begins => Ok(Fraction::ONE),
            Proration::Whole if begins && within => Ok(Fraction::ONE),
            Proration::Full | Proration::Whole => Ok(Fraction::ZERO),
        }
    }
}

impl Billed {
    /// Whether these are periods and not a part of one.
    pub fn is_whole(&self) -> bool {
        self.periods >= Fraction::ONE
    }
}

/// Month of a term from `start` that a day is in.
fn month_of(day: Date, start: Date) -> Result<u32, PeriodError> {
    let month = Period::Months(1).whole(start, day)?;
    u32::try_from(month).map_err(|_| PeriodError::OutOfRange)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// `from to until: periods` of all that is billed of a contract.
    fn billed(billing: Billing, dates: ContractDates, term: u32, months: u32) -> Vec<String> {
        let (contract, _) = dates.term(term).expect("a contract");
        let parts = billing.parts(contract, contract, months).expect("parts");
        let shown = |it: &Billed| format!("{} to {}: {}", it.from, it.until, it.periods);
        parts.iter().map(shown).collect()
    }

    fn from(start: Date) -> ContractDates {
        ContractDates { start, until: None }
    }

    fn on(day: Option<i8>, proration: Proration) -> Billing {
        Billing { day, proration }
    }

    #[test]
    fn each_policy_bills_the_ends_of_a_contract_in_its_own_way() {
        let dates = from(date(2026, 10, 17));
        for (proration, parts) in [
            (
                Proration::Days,
                &[
                    "2026-10-17 to 2026-10-31: 15/31",
                    "2026-11-01 to 2026-12-31: 2",
                    "2027-01-01 to 2027-01-16: 16/31",
                ][..],
            ),
            (
                Proration::FixedMonths(30),
                &[
                    // 17 October to 1 November: 13 days of the one month, 1 of the next.
                    "2026-10-17 to 2026-10-31: 7/15",
                    "2026-11-01 to 2026-12-31: 2",
                    "2027-01-01 to 2027-01-16: 8/15",
                ],
            ),
            (Proration::Full, &["2026-10-17 to 2027-01-16: 4"]),
            (
                Proration::Whole,
                &[
                    "2026-10-17 to 2026-10-31: 0",
                    "2026-11-01 to 2026-12-31: 2",
                    "2027-01-01 to 2027-01-16: 0",
                ],
            ),
        ] {
            let found = billed(on(Some(1), proration), dates, 3, 1);
            assert_eq!(found, parts, "{proration:?}");
            // Billed on the day on which it begins, a term in months has no parts.
            let whole = billed(on(None, proration), dates, 3, 1);
            assert_eq!(whole, ["2026-10-17 to 2027-01-16: 3"], "{proration:?}");
        }
    }

    #[test]
    fn a_contract_until_a_day_ends_with_a_part() {
        let dates = ContractDates {
            start: date(2026, 10, 17),
            until: Some(date(2026, 12, 31)),
        };
        let days = |day| on(day, Proration::Days);
        // 17 to 31 December are 15 of the 31 days until 17 January.
        let own = [
            "2026-10-17 to 2026-12-16: 2",
            "2026-12-17 to 2026-12-31: 15/31",
        ];
        assert_eq!(billed(days(None), dates, 12, 1), own);
        let first = [
            "2026-10-17 to 2026-10-31: 15/31",
            "2026-11-01 to 2026-12-31: 2",
        ];
        assert_eq!(billed(days(Some(1)), dates, 12, 1), first);
        // 76 of the 92 days of a quarter, and of the 365 of a year.
        let quarter = ["2026-10-17 to 2026-12-31: 19/23"];
        assert_eq!(billed(days(None), dates, 12, 3), quarter);
        let year = ["2026-10-17 to 2026-12-31: 76/365"];
        assert_eq!(billed(days(None), dates, 12, 12), year);
        assert_eq!(dates.term(12).map(|(_, months)| months), Ok(3));
    }

    #[test]
    fn the_last_day_of_a_month_stays_the_last() {
        let dates = from(date(2026, 1, 31));
        let own = billed(on(None, Proration::Days), dates, 3, 1);
        assert_eq!(own, ["2026-01-31 to 2026-04-29: 3"]);
        let billing = on(Some(31), Proration::Days);
        let (contract, _) = dates.term(3).expect("a contract");
        let begin = billing.periods(contract, 1);
        let last = [(1, 31), (2, 28), (3, 31), (4, 30)];
        let expected = last.map(|(month, day)| date(2026, month, day));
        assert_eq!(begin, Ok(expected.to_vec()));
    }

    #[test]
    fn where_a_price_changes_within_a_period_its_parts_are_billed_apart() {
        let (contract, _) = from(date(2026, 10, 17)).term(2).expect("a contract");
        let middle = date(2026, 11, 17);
        let stretches = [(contract.0, middle), (middle, contract.1)];
        for (proration, expected) in [
            (
                Proration::Days,
                [&["15/31", "8/15"][..], &["7/15", "16/31"]],
            ),
            (Proration::Full, [&["2"], &["0", "1"]]),
            (Proration::Whole, [&["0", "1"], &["0", "0"]]),
        ] {
            for (stretch, expected) in stretches.into_iter().zip(expected) {
                let parts = on(Some(1), proration).parts(contract, stretch, 1);
                let parts = parts.expect("parts");
                let periods: Vec<_> = parts.iter().map(|it| it.periods.to_string()).collect();
                assert_eq!(periods, expected, "{proration:?}");
            }
        }
    }

    #[test]
    fn a_contract_does_not_end_before_it_begins() {
        let start = date(2026, 10, 17);
        let dates = |until| ContractDates { start, until };
        let yesterday = dates(Some(date(2026, 10, 16))).term(1);
        assert_eq!(yesterday, Ok(((start, start), 0)));
        assert!(dates(Some(date(2026, 10, 15))).term(1).is_err());
    }
}
