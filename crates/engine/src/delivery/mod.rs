//! When what is asked for can be there, step by step, and what would make it faster.
//!
//! A product says in tasks what has to be done, how long each takes and what it waits for;
//! a calendar says on which days. The longest way through the tasks drives the date: its steps
//! follow one another and add up to it.

mod calendar;
mod call_offs;
mod changes;
mod error;
mod faster;
#[cfg(test)]
mod kit;
mod places;
mod plan;
mod rules;
mod schedule;
mod task;
mod tasks_time;
mod working_days;

pub use calendar::{Calendar, Closure, Week};
pub use call_offs::{CallOff, CalledOff};
pub use changes::changes;
pub use error::DeliveryError;
pub use faster::{Change, Faster, faster};
pub use plan::{LinePlan, Plan, Promise, Shipment, Wanted, WantedLine, plan};
pub use rules::{
    Capacity, Cause, ChosenOptions, Days, DaysLookup, DaysRow, DaysRule, DaysTable, Express,
};
pub use schedule::DeliveryStep;
pub use task::{Delivery, Task};
pub use tasks_time::depends_on;
pub(crate) use tasks_time::{tasks_formula, tasks_time};
pub use working_days::WorkingDays;
