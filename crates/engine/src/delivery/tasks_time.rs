//! The tasks of one piece, without a calendar.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::rules::{Cause, Work, formula, looked_at, taken};
use super::schedule::driving;
use super::task::tasks;
use super::{Delivery, DeliveryError};
use crate::catalog::{AttributeIndex, Formula, Model, Value};
use crate::quote::LeadTime;

/// How many working days one piece takes.
pub(crate) fn tasks_time(
    model: &Model,
    values: &[Option<Value>],
) -> Result<LeadTime, DeliveryError> {
    let tasks = tasks(model);
    let none = Delivery::default();
    let work = Work {
        model,
        delivery: model.delivery.as_ref().unwrap_or(&none),
        values,
        pieces: 1,
        beside: &BTreeMap::new(),
    };
    let mut times: Vec<(u32, u32)> = Vec::new();
    let mut works = Vec::new();
    for (at, task) in tasks.iter().enumerate() {
        let taken = taken(at, task, &work)?;
        let ends = task.after.iter().filter_map(|it| times.get(*it));
        let from = ends.map(|(_, until)| *until).max().unwrap_or_default();
        times.push((from, from.saturating_add(taken.days)));
        works.push(taken);
    }
    let way = driving(&tasks, &times);
    // From the longest way's first step on, so that of equals the first one counts.
    let options = way.iter().rev().filter_map(|at| {
        let taken = works.get(*at)?;
        match taken.cause {
            Cause::Option { attribute, .. } => Some((taken.days, attribute)),
            _ => None,
        }
    });
    let driver = options.reduce(|best, it| if it.0 > best.0 { it } else { best });
    Ok(LeadTime {
        working_days: times.iter().map(|it| it.1).max().unwrap_or_default(),
        driver: driver.map(|(_, attribute)| attribute),
        open: works.iter().any(|it| it.open),
    })
}

/// The attributes that it depends on how long a product takes.
pub fn depends_on(model: &Model) -> BTreeSet<AttributeIndex> {
    let none = Delivery::default();
    let delivery = model.delivery.as_ref().unwrap_or(&none);
    let tasks = tasks(model);
    let found = tasks.iter().enumerate();
    let found = found.flat_map(|(at, task)| looked_at(at, task, delivery, model));
    found.collect()
}

/// The working days of one piece as a formula.
pub(crate) fn tasks_formula(model: &Model) -> Result<Formula, DeliveryError> {
    let tasks = tasks(model);
    let none = Delivery::default();
    let delivery = model.delivery.as_ref().unwrap_or(&none);
    let mut ends: Vec<Formula> = Vec::new();
    for (at, task) in tasks.iter().enumerate() {
        let own = formula(at, task, delivery, model)?;
        let before = task.after.iter().map(|it| ends.get(*it).cloned());
        let before = before.collect::<Option<Vec<_>>>();
        let before = before.ok_or(DeliveryError::Malformed)?;
        ends.push(match before.as_slice() {
            [] => own,
            [only] => Formula::Add(Box::new(only.clone()), Box::new(own)),
            _ => Formula::Add(Box::new(Formula::Max(before)), Box::new(own)),
        });
    }
    ends.push(Formula::Constant(Decimal::ZERO));
    Ok(Formula::Max(ends))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{FINISH, SIZE, large_box, model};
    use crate::quote::{lead_time, lead_time_formula};

    #[test]
    fn what_takes_no_days_in_any_option_does_not_matter() {
        let model = model();
        let found: Vec<_> = depends_on(&model).into_iter().collect();
        assert_eq!(found, [SIZE, FINISH]);
    }

    #[test]
    fn a_product_without_tasks_takes_what_it_always_took() {
        for finish in [None, Some(0), Some(1), Some(2)] {
            let mut values = large_box();
            values[1] = finish.map(Value::Option);
            let model = model();
            let found = tasks_time(&model, &values).expect("days");
            assert_eq!(found, lead_time(&model, &values), "{finish:?}");
            let formula = tasks_formula(&model).expect("a formula");
            assert_eq!(
                formula.evaluate(&model, &values),
                lead_time_formula(&model).evaluate(&model, &values)
            );
        }
    }
}
