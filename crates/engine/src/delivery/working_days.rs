use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Calendar, Week};

/// A calendar made ready for counting: any number of days takes the same time.
#[derive(Clone, Debug, Default)]
pub struct WorkingDays {
    week: Week,
    /// Days that are not worked although their weekday is, ascending.
    closed: Vec<Date>,
    /// Days that are worked although their weekday is not, ascending.
    opened: Vec<Date>,
}

impl WorkingDays {
    /// The working days of `calendar`.
    pub fn new(calendar: &Calendar) -> Self {
        let week = calendar.week;
        let days = |works: bool| -> BTreeSet<Date> {
            let closures = calendar.closures.iter().filter(|it| it.works == works);
            closures.flat_map(|it| days(it.from, it.until)).collect()
        };
        let works = |day: &Date| week.works_on(day.weekday());
        let (closed, worked) = (days(false), days(true));
        Self {
            week,
            closed: closed.difference(&worked).copied().filter(works).collect(),
            opened: worked.into_iter().filter(|day| !works(day)).collect(),
        }
    }

    /// Whether `day` is worked.
    pub fn works_on(&self, day: Date) -> bool {
        match self.week.works_on(day.weekday()) {
            true => self.closed.binary_search(&day).is_err(),
            false => self.opened.binary_search(&day).is_ok(),
        }
    }

    /// Working days after `from` up to and including `until`; none where it is not later.
    pub fn between(&self, from: Date, until: Date) -> u32 {
        let days = distance(from, until);
        if days <= 0 {
            return 0;
        }
        let whole_weeks = days.unsigned_abs() / 7 * self.week.days();
        let rest = (1..=days % 7).map(|it| from.saturating_add(it.days()));
        let rest = rest.filter(|day| self.week.works_on(day.weekday())).count();
        let within = |days: &[Date]| {
            let place = |day| days.partition_point(|it| *it <= day);
            place(until) - place(from)
        };
        let (closed, opened) = (within(&self.closed), within(&self.opened));
        // A day is closed only where its weekday is worked, so this is not below zero.
        let count = |days: usize| u32::try_from(days).unwrap_or(u32::MAX);
        whole_weeks + count(rest) + count(opened) - count(closed)
    }

    /// The day `days` working days after `date`; no days after it is `date` itself.
    ///
    /// The end of the calendar, the year 9999, is not passed.
    pub fn after(&self, date: Date, days: u32) -> Date {
        let (mut less, mut enough) = (0, distance(date, Date::MAX));
        if days == 0 {
            return date;
        }
        if self.between(date, Date::MAX) < days {
            return Date::MAX;
        }
        while enough - less > 1 {
            let middle = less + (enough - less) / 2;
            match self.between(date, date.saturating_add(middle.days())) < days {
                true => less = middle,
                false => enough = middle,
            }
        }
        date.saturating_add(enough.days())
    }
}

/// Days from one date to another; below zero where that is earlier.
pub(super) fn distance(from: Date, until: Date) -> i32 {
    // Two dates always have a distance, and it fits.
    from.until(until).map_or(0, |span| span.get_days())
}

fn days(from: Date, until: Date) -> impl Iterator<Item = Date> {
    (0..=distance(from, until)).map(move |it| from.saturating_add(it.days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::delivery::kit::{calendar, closed, worked};

    #[test]
    fn holidays_closures_and_worked_days_count_as_they_are() {
        let christmas = WorkingDays::new(&calendar(vec![
            closed(date(2026, 12, 25), date(2026, 12, 26)),
            // The plant is closed from the 23rd; the two overlap.
            closed(date(2026, 12, 23), date(2027, 1, 3)),
            worked(date(2026, 12, 19), date(2026, 12, 19)),
        ]));
        let friday = date(2026, 12, 18);
        for (from, days, to) in [
            (friday, 0, friday),
            // The 19th is a Saturday that is worked.
            (friday, 1, date(2026, 12, 19)),
            (friday, 2, date(2026, 12, 21)),
            (friday, 3, date(2026, 12, 22)),
            // The first working day after the closure is Monday the 4th.
            (friday, 4, date(2027, 1, 4)),
            (friday, 9, date(2027, 1, 11)),
            (date(2026, 12, 28), 1, date(2027, 1, 4)),
            (friday, u32::MAX, Date::MAX),
        ] {
            assert_eq!(christmas.after(from, days), to, "{from} and {days}");
        }
        for (from, until, days) in [
            (friday, date(2027, 1, 11), 9),
            (friday, friday, 0),
            (friday, date(2026, 12, 1), 0),
            (date(2026, 12, 22), date(2027, 1, 3), 0),
        ] {
            assert_eq!(christmas.between(from, until), days, "{from} to {until}");
        }
        assert!(christmas.works_on(date(2026, 12, 19)));
        assert!(!christmas.works_on(date(2026, 12, 20)));
        assert!(!christmas.works_on(date(2026, 12, 25)));
    }
}
