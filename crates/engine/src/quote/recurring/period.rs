use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::PeriodError;

/// How long something is charged for at a time.
///
/// Months end where the calendar has them end: a month from 31 January is 28
/// February, and the next one 31 March. Days are always as many: use them where
/// every period must cost the same for the same days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Period {
    /// So many days.
    Days(u32),
    /// So many months.
    Months(u32),
}

impl Period {
    /// The usual ones with their names.
    pub const NAMED: [(&'static str, Self); 15] = [
        ("daily", Self::Days(1)),
        ("weekly", Self::Days(7)),
        ("biweekly", Self::Days(14)),
        ("thirty-days", Self::Days(30)),
        ("sixty-days", Self::Days(60)),
        ("ninety-days", Self::Days(90)),
        ("monthly", Self::Months(1)),
        ("bimonthly", Self::Months(2)),
        ("quarterly", Self::Months(3)),
        ("four-monthly", Self::Months(4)),
        ("half-yearly", Self::Months(6)),
        ("annual", Self::Months(12)),
        ("eighteen-months", Self::Months(18)),
        ("biennial", Self::Months(24)),
        ("triennial", Self::Months(36)),
    ];

    /// The date so many periods after `start` (before it, where below zero), counted from
    /// `start`: the end of a short month shortens no later one.
    ///
    /// # Errors
    /// Where there is no such date.
    pub fn advance(self, start: Date, periods: i64) -> Result<Date, PeriodError> {
        let times = |length: u32| {
            let length = i64::from(length).checked_mul(periods);
            length.ok_or(PeriodError::OutOfRange)
        };
        let span = match self {
            Self::Days(days) => Span::new().try_days(times(days)?)?,
            Self::Months(months) => Span::new().try_months(times(months)?)?,
        };
        Ok(start.checked_add(span)?)
    }

    /// How many whole periods are between two dates.
    ///
    /// # Errors
    /// Where `end` is before `start`, or the period has no days.
    pub fn whole(self, start: Date, end: Date) -> Result<i64, PeriodError> {
        let days = days(start, end)?;
        let most = match self {
            Self::Days(0) | Self::Months(0) => return Err(PeriodError::Empty),
            Self::Days(length) => return Ok(days / i64::from(length)),
            Self::Months(length) => {
                let years = i64::from(end.year()) - i64::from(start.year());
                let months = i64::from(end.month()) - i64::from(start.month());
                (12 * years + months) / i64::from(length)
            }
        };
        let reached = self.advance(start, most)? <= end;
        Ok(if reached { most } else { most - 1 })
    }
}

/// Days from `start` to `end`, the latter not counted.
pub(super) fn days(start: Date, end: Date) -> Result<i64, PeriodError> {
    if end < start {
        return Err(PeriodError::Backwards { start, end });
    }
    Ok(start.until(end)?.get_days().into())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_are_counted_from_the_start() {
        for (period, start, periods, end) in [
            (Period::Days(30), date(2016, 4, 8), 7, date(2016, 11, 4)),
            (Period::Days(7), date(2016, 4, 8), -1, date(2016, 4, 1)),
            (Period::Months(1), date(2026, 1, 31), 1, date(2026, 2, 28)),
            (Period::Months(1), date(2026, 1, 31), 2, date(2026, 3, 31)),
            (Period::Months(12), date(2024, 2, 29), 1, date(2025, 2, 28)),
            (Period::Months(3), date(2026, 5, 31), -1, date(2026, 2, 28)),
        ] {
            assert_eq!(
                period.advance(start, periods),
                Ok(end),
                "{period:?} {start}"
            );
        }
        let far = Period::Months(12).advance(date(9999, 1, 1), 1);
        assert_eq!(far, Err(PeriodError::OutOfRange));
        let far = Period::Days(7).advance(date(2026, 1, 1), i64::MAX);
        assert_eq!(far, Err(PeriodError::OutOfRange));
    }

    #[test]
    fn whole_periods_are_those_that_have_ended() {
        for (period, start, end, whole) in [
            (Period::Months(1), date(2012, 7, 16), date(2012, 9, 16), 2),
            (Period::Months(1), date(2012, 7, 16), date(2012, 9, 15), 1),
            (Period::Months(1), date(2026, 1, 31), date(2026, 2, 28), 1),
            (Period::Months(3), date(2011, 12, 1), date(2012, 9, 1), 3),
            (Period::Months(12), date(2012, 7, 16), date(2013, 7, 15), 0),
            (Period::Days(30), date(2012, 7, 16), date(2012, 9, 14), 2),
            (Period::Days(7), date(2012, 7, 16), date(2012, 7, 16), 0),
        ] {
            assert_eq!(period.whole(start, end), Ok(whole), "{period:?} {end}");
        }
        let (start, end) = (date(2012, 7, 16), date(2012, 7, 15));
        let backwards = Err(PeriodError::Backwards { start, end });
        assert_eq!(Period::Days(1).whole(start, end), backwards);
        assert_eq!(
            Period::Months(0).whole(start, start),
            Err(PeriodError::Empty)
        );
    }
}
