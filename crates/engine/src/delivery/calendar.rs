use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::catalog::Text;

/// On which days a country, a plant or a carrier works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Code in the sheets.
    pub code: String,
    /// Name for the buyer; may be empty.
    pub label: Text,
    /// The days of an ordinary week.
    pub week: Week,
    /// Holidays, closures, and days that are worked all the same, by their first day.
    pub closures: Vec<Closure>,
    /// Last day for which closures are known; no end where `None`.
    pub until: Option<Date>,
}

/// Days that are not as their weekday says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Whether these days are worked, such as a Saturday before a long weekend. Where several
    /// closures meet, a day that one of them has as worked is worked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub works: bool,
    /// Name for the buyer, such as the holiday's.
    pub label: Text,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// The working days of an ordinary week, Monday to Friday unless said otherwise: a bit for each
/// day, Monday the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week(u8);

impl Default for Week {
    fn default() -> Self {
        Self(0b001_1111)
    }
}

impl Week {
    /// A week in which these days are free.
    pub fn without(free: impl IntoIterator<Item = Weekday>) -> Self {
        let bits = free.into_iter().map(bit);
        Self(bits.fold(0b111_1111, |week, bit| week & !bit))
    }

    /// Whether this day is worked.
    pub fn works_on(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// How many days of a week are worked.
    pub fn days(self) -> u32 {
        (self.0 & 0b111_1111).count_ones()
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_has_the_days_that_are_not_free() {
        use Weekday::{Friday, Monday, Saturday, Sunday};
        let sunday = Week::without([Sunday]);
        let gulf = Week::without([Friday, Saturday]);
        for (week, day, works, days) in [
            (Week::default(), Monday, true, 5),
            (Week::default(), Saturday, false, 5),
            (sunday, Saturday, true, 6),
            (gulf, Sunday, true, 5),
            (gulf, Friday, false, 5),
            (Week::without([]), Sunday, true, 7),
        ] {
            assert_eq!(week.works_on(day), works, "{week:?} {day:?}");
            assert_eq!(week.days(), days, "{week:?}");
        }
    }
}
