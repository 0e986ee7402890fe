use quotewright_engine::quote::recurring::{Billing, Proration};

use super::prices::{bad, chosen};
use super::toml_table::{Table, Word};
use crate::diagnostic::{Diagnostic, Report};

/// Days that a month counts where the catalog does not say.
const DAYS_IN_MONTH: u32 = 30;

/// Reads `proration`, `days_in_month` and `bill_day` of `[prices]`.
pub(super) fn read(table: &mut Table<'_>, report: &mut Report) -> Option<Billing> {
    let days = table.word("days_in_month", report);
    let day = table.word("bill_day", report);
    let policies = [
        ("days", Proration::Days),
        ("fixed-months", Proration::FixedMonths(DAYS_IN_MONTH)),
        ("full", Proration::Full),
        ("whole", Proration::Whole),
    ];
    let Some(word) = table.word("proration", report) else {
        if let Some(word) = days.or(day) {
            let message = "nothing says what a part of a month costs";
            let hint = "write `proration`, such as `proration = \"days\"`";
            let mistake = Diagnostic::error("no-proration", word.location, message);
            report.push(mistake.hint(hint));
        }
        return None;
    };
    let mut proration = chosen(word, "proration", policies, report)?;
    if let Some(word) = days {
        match (&mut proration, number(&word, 31)) {
            (Proration::FixedMonths(days), Some(number)) => *days = number.unsigned_abs().into(),
            (_, None) => bad(word, "bad-number", "is not a number of days", report),
            (_, Some(_)) => {
                let what = "has no meaning here: months count their own days";
                bad(word, "no-proration", what, report);
            }
        }
    }
    let day = day.and_then(|word| {
        let day = number(&word, 31);
        if day.is_none() {
            bad(word, "bad-number", "is not a day of the month", report);
        }
        day
    });
    Some(Billing { day, proration })
}

/// From 1 to `most`.
fn number(word: &Word, most: i8) -> Option<i8> {
    let number = word.text.parse().ok();
    number.filter(|it| (1..=most).contains(it))
}
