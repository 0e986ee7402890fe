//! Calendars that end before the dates that quotes can reach.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Formula, Model};
use quotewright_engine::delivery::{DaysRule, Delivery, Task, WorkingDays};
use rust_decimal::prelude::ToPrimitive;

use super::Calendars;
use crate::diagnostic::{Diagnostic, Report};
use crate::model::WHOLE;
use crate::workbook::Workbook;

/// Tells them. The last day on which a quote can be asked for is the last one on which a price
/// book says that it holds, or today, which is known only where people check.
pub(crate) fn tell(
    workbook: &Workbook,
    calendars: &Calendars<'_>,
    models: &[&Model],
    today: Option<Date>,
    report: &mut Report,
) {
    let manifest = &workbook.manifest;
    let books = manifest.books.iter().filter_map(|it| it.valid_until);
    let Some(asked) = books.chain(today).max() else {
        return;
    };
    let received = asked.saturating_add(i64::from(manifest.late_days).days());
    let transit = models.iter().filter(|it| it.product == WHOLE);
    let transit = transit.map(|it| most_days(it)).max().unwrap_or_default();
    let mut reached: BTreeMap<&str, (Date, Date)> = BTreeMap::new();
    for model in models {
        let Some(delivery) = &model.delivery else {
            continue;
        };
        let days = match model.product == WHOLE {
            // What is brought has been made before, by whatever takes longest.
            true => models
                .iter()
                .map(|it| most_days(it))
                .max()
                .unwrap_or_default(),
            false => most_days(model),
        };
        for calendar in &delivery.calendars {
            let Some(until) = calendar.until else {
                continue;
            };
            let days = days.saturating_add(transit);
            let date = WorkingDays::new(calendar).after(received, days);
            let latest = reached.entry(&calendar.code).or_insert((date, until));
            latest.0 = latest.0.max(date);
        }
    }
    for (code, (date, until)) in reached {
        let Some(row) = calendars.ending(code).filter(|_| until < date) else {
            continue;
        };
        let message = format!(
            "the calendar `{code}` ends on {until}, and a quote of {asked} can reach {date}"
        );
        let location = row.cell("until").location();
        let diagnostic = Diagnostic::warning("calendar-ends", location, message);
        let hint = "add the holidays after that to holidays.csv, then set a later `until`";
        report.push(diagnostic.hint(hint));
    }
}

/// The most working days that one piece can take, all steps one after the other.
fn most_days(model: &Model) -> u32 {
    let Some(delivery) = model.delivery.as_ref().filter(|it| !it.tasks.is_empty()) else {
        let all = model.indices().map(|it| most_of(model, it));
        return model
            .lead_days
            .saturating_add(all.max().unwrap_or_default());
    };
    let days = delivery.tasks.iter().map(|it| most(model, delivery, it));
    days.fold(0, u32::saturating_add)
}

fn most(model: &Model, delivery: &Delivery, task: &Task) -> u32 {
    match &task.rule {
        DaysRule::Days(rule) => match &rule.days {
            Formula::Constant(days) => days.ceil().to_u32().unwrap_or_default(),
            // Other formulas count as nothing rather than as more than they come to.
            _ => 0,
        },
        DaysRule::Options(rule) => {
            let days = rule.attributes.iter().map(|it| most_of(model, *it));
            days.max().unwrap_or_default()
        }
        DaysRule::Capacity(rule) => rule.days,
        DaysRule::Table(rule) => {
            let table = delivery.tables.get(rule.table);
            let rows = table.into_iter().flat_map(|it| &it.rows);
            rows.map(|it| it.days).max().unwrap_or_default()
        }
    }
}

/// The days of the option that takes longest.
fn most_of(model: &Model, attribute: AttributeIndex) -> u32 {
    match model.attribute(attribute).map(|it| &it.domain) {
        Some(AttributeDomain::Options(list)) => {
            let days = list.options.iter().map(|it| it.lead_days);
            days.max().unwrap_or_default()
        }
        _ => 0,
    }
}
