use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Formula, Model, Value};
use crate::delivery::{tasks_formula, tasks_time};

/// Working days from order to dispatch, and what drives them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadTime {
    /// Working days, Monday to Friday; the least that is possible while `open`.
    pub working_days: u32,
    /// The attribute whose option takes longest; `None` where no option adds days.
    pub driver: Option<AttributeIndex>,
    /// Whether an undecided attribute may still add days.
    pub open: bool,
}

/// How long one configuration takes; `values` holds one entry for each attribute.
///
/// What the options need is bought in side by side, then the product is built:
/// the days of the option that takes longest and the product's own days. Of
/// options that take equally long, the first in the catalog is the driver. A product with
/// [tasks](crate::delivery::Delivery::tasks) takes what they take for one piece; where that
/// cannot be worked out, it is open.
pub fn lead_time(model: &Model, values: &[Option<Value>]) -> LeadTime {
    if has_tasks(model) {
        let open = LeadTime {
            working_days: 0,
            driver: None,
            open: true,
        };
        return tasks_time(model, values).unwrap_or(open);
    }
    let mut longest = 0;
    let mut driver = None;
    for index in model.indices() {
        let value = values.get(index.0).copied().flatten();
        let days = value.map_or(0, |value| option_days(model, index, value));
        if days > longest {
            longest = days;
            driver = Some(index);
        }
    }
    let open = model.indices().any(|index| {
        let undecided = values.get(index.0).copied().flatten().is_none();
        undecided && most_days(model, index) > longest
    });
    LeadTime {
        working_days: model.lead_days.saturating_add(longest),
        driver,
        open,
    }
}

/// The working days of [`lead_time`] as a formula, so that they can be made as few as possible.
/// Days that a formula of the catalog says are not rounded up to whole ones.
pub fn lead_time_formula(model: &Model) -> Formula {
    if has_tasks(model) {
        return tasks_formula(model).unwrap_or(Formula::Constant(Decimal::ZERO));
    }
    let mut longest = vec![Formula::Constant(Decimal::ZERO)];
    for (attribute, it) in model.indices().zip(&model.attributes) {
        let AttributeDomain::Options(list) = &it.domain else {
            continue;
        };
        let mut options: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (option, item) in list.options.iter().enumerate() {
            options.entry(item.lead_days).or_default().push(option);
        }
        let terms = options.into_iter().filter(|(days, _)| *days > 0);
        longest.extend(terms.map(|(days, options)| {
            let chosen = Box::new(Condition::Is { attribute, options });
            Formula::Where(chosen, Box::new(Formula::Constant(days.into())))
        }));
    }
    let own = Formula::Constant(model.lead_days.into());
    Formula::Add(Box::new(own), Box::new(Formula::Max(longest)))
}

/// The day `days` working days (Monday to Friday) after `date`; no days after it is `date` itself.
///
/// The end of the calendar, the year 9999, is not passed.
pub fn add_working_days(date: Date, days: u32) -> Date {
    let Ok(weeks) = Span::new().try_weeks(days / 5) else {
        return Date::MAX;
    };
    let start = settle(date.saturating_add(weeks), days);
    (0..days % 5).fold(start, |day, _| next_working_day(day))
}

/// From a weekend back to Friday, so that whole weeks count from there.
fn settle(date: Date, days: u32) -> Date {
    match (date.weekday(), days) {
        (_, 0) => date,
        (Weekday::Saturday, _) => date.saturating_sub(1.day()),
        (Weekday::Sunday, _) => date.saturating_sub(2.days()),
        _ => date,
    }
}

fn next_working_day(date: Date) -> Date {
    let ahead = match date.weekday() {
        Weekday::Friday => 3.days(),
        Weekday::Saturday => 2.days(),
        _ => 1.day(),
    };
    date.saturating_add(ahead)
}

fn has_tasks(model: &Model) -> bool {
    (model.delivery.as_ref()).is_some_and(|it| !it.tasks.is_empty())
}

fn option_days(model: &Model, index: AttributeIndex, value: Value) -> u32 {
    match (model.attribute(index).map(|a| &a.domain), value) {
        (Some(AttributeDomain::Options(list)), Value::Option(option)) => {
            list.options.get(option).map_or(0, |item| item.lead_days)
        }
        _ => 0,
    }
}

fn most_days(model: &Model, index: AttributeIndex) -> u32 {
    match model.attribute(index).map(|a| &a.domain) {
        Some(AttributeDomain::Options(list)) => {
            let days = list.options.iter().map(|item| item.lead_days);
            days.max().unwrap_or(0)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::price::kit::{FINISH, LID, SIZE, large_box, model};

    #[test]
    fn the_longest_option_and_the_product_itself() {
        // The box itself takes 5 days, a large one 4 more; paint 4, gold 9.
        for (finish, days, driver, open) in [
            (Some(0), 9, SIZE, false),
            (Some(1), 9, SIZE, false),
            (Some(2), 14, FINISH, false),
            (None, 9, SIZE, true),
        ] {
            let mut values = large_box();
            values[FINISH.0] = finish.map(Value::Option);
            values[LID.0] = None;
            let expected = LeadTime {
                working_days: days,
                driver: Some(driver),
                open,
            };
            let model = model();
            assert_eq!(lead_time(&model, &values), expected, "{finish:?}");
            if !open {
                let formula = lead_time_formula(&model).evaluate(&model, &values);
                assert_eq!(formula, Ok(Some(days.into())), "{finish:?}");
            }
        }
    }

    #[test]
    fn nothing_decided_is_the_product_alone() {
        let expected = LeadTime {
            working_days: 5,
            driver: None,
            open: true,
        };
        assert_eq!(lead_time(&model(), &[None; 4]), expected);
    }

    #[test]
    fn working_days_skip_weekends() {
        let friday = date(2026, 11, 20);
        for (from, days, to) in [
            (friday, 0, friday),
            (friday, 1, date(2026, 11, 23)),
            (friday, 5, date(2026, 11, 27)),
            (friday, 6, date(2026, 11, 30)),
            (date(2026, 11, 21), 0, date(2026, 11, 21)),
            (date(2026, 11, 21), 1, date(2026, 11, 23)),
            (date(2026, 11, 22), 1, date(2026, 11, 23)),
            (date(2026, 11, 22), 10, date(2026, 12, 4)),
            (date(2026, 11, 23), 4, friday.saturating_add(7.days())),
            (friday, u32::MAX, Date::MAX),
        ] {
            assert_eq!(add_working_days(from, days), to, "{from} and {days} days");
        }
    }

    #[test]
    fn working_days_are_counted_one_by_one() {
        let mut day = date(2026, 11, 18);
        for days in 0..40 {
            assert_eq!(add_working_days(date(2026, 11, 18), days), day);
            day = add_working_days(day, 1);
        }
    }
}
