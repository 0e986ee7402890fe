//! From tasks to days of the year.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::rules::{Cause, Taken, Work, taken};
use super::task::tasks;
use super::{Calendar, DeliveryError, Task, WorkingDays};
use crate::catalog::Text;

/// One step on the way to a date.
///
/// The steps that drive the date follow one another: each begins where the one before is done,
/// the first with the order, and the last one is done on the date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryStep {
    /// Code of the task; `options` and `product` where the catalog has no tasks.
    pub code: String,
    /// Name for the buyer; may be empty.
    pub label: Text,
    /// The day after which it can begin.
    pub from: Date,
    /// The day at whose end it is done.
    pub until: Date,
    /// Working days that it takes.
    pub working_days: u32,
    /// Working days that express takes off.
    pub saved: u32,
    /// What the working days come from.
    pub cause: Cause,
    /// Code of its calendar; empty for Monday to Friday.
    pub calendar: String,
    /// Holidays and closures on the way, each once.
    pub closures: Vec<Text>,
    /// Whether the date would be earlier if it were done earlier, or at least not later than
    /// another way takes.
    pub drives: bool,
}

/// The steps of one way, and what they come to.
pub(super) struct Scheduled {
    /// Those that take time, in the order of the catalog.
    pub steps: Vec<DeliveryStep>,
    pub until: Date,
    pub open: bool,
    /// Whether a step ends after what its calendar knows of.
    pub estimated: bool,
}

impl Scheduled {
    /// Nothing is done.
    pub fn nothing(start: Date) -> Self {
        Self {
            steps: Vec::new(),
            until: start,
            open: false,
            estimated: false,
        }
    }
}

/// What is done of `work` from `start` on.
pub(super) fn schedule(
    work: &Work,
    calendars: &[WorkingDays],
    start: Date,
) -> Result<Scheduled, DeliveryError> {
    let tasks = tasks(work.model);
    let mut found = Scheduled::nothing(start);
    let usual = WorkingDays::default();
    let mut times: Vec<(Date, Date)> = Vec::with_capacity(tasks.len());
    let mut works: Vec<Taken> = Vec::with_capacity(tasks.len());
    for (at, task) in tasks.iter().enumerate() {
        let taken = taken(at, task, work)?;
        let from = begin(task, &times, start)?;
        let position = task.calendar.or(work.delivery.calendar);
        let days = match position {
            None => &usual,
            Some(position) => calendars.get(position).ok_or(DeliveryError::Malformed)?,
        };
        let until = days.after(from, taken.days);
        found.open |= taken.open;
        times.push((from, until));
        works.push(taken);
    }
    let driving = driving(&tasks, &times);
    for (at, (task, taken)) in tasks.iter().zip(works).enumerate() {
        let Some((from, until)) = times.get(at).copied().filter(|_| taken.days > 0) else {
            continue;
        };
        let calendar = work.delivery.calendar(task)?;
        let known = calendar.and_then(|it| it.until);
        found.estimated |= known.is_some_and(|known| known < until);
        found.until = found.until.max(until);
        found.steps.push(DeliveryStep {
            code: task.code.clone(),
            label: task.label.clone(),
            from,
            until,
            working_days: taken.days,
            saved: taken.saved,
            cause: taken.cause,
            calendar: calendar.map_or_else(String::new, |it| it.code.clone()),
            closures: calendar.map_or_else(Vec::new, |it| passed(it, from, until)),
            drives: driving.contains(&at),
        });
    }
    Ok(found)
}

/// When a task can begin: after all that it waits for.
fn begin(task: &Task, times: &[(Date, Date)], start: Date) -> Result<Date, DeliveryError> {
    task.after.iter().try_fold(start, |latest, before| {
        let (_, until) = times.get(*before).ok_or(DeliveryError::Malformed)?;
        Ok(latest.max(*until))
    })
}

/// Positions of the tasks on the longest way, from its end: of those that are done last, and
/// of what each waits for longest, the first of the catalog.
pub(super) fn driving<T: Ord + Copy>(tasks: &[Task], times: &[(T, T)]) -> Vec<usize> {
    let latest = |positions: &mut dyn Iterator<Item = usize>| {
        let ends = positions.filter_map(|at| Some((at, times.get(at)?.1)));
        ends.reduce(|best, it| if it.1 > best.1 { it } else { best })
            .map(|(at, _)| at)
    };
    let mut way = Vec::new();
    let mut next = latest(&mut (0..times.len()));
    while let Some(at) = next {
        way.push(at);
        let before = tasks.get(at).map(|it| it.after.as_slice());
        next = latest(&mut before.unwrap_or_default().iter().copied());
    }
    way
}

/// The names of the closures between two dates.
fn passed(calendar: &Calendar, from: Date, until: Date) -> Vec<Text> {
    let mut names: Vec<Text> = Vec::new();
    let closures = calendar.closures.iter().filter(|it| !it.works);
    for closure in closures.filter(|it| it.from <= until && it.until > from) {
        if !closure.label.is_empty() && !names.contains(&closure.label) {
            names.push(closure.label.clone());
        }
    }
    names
}
