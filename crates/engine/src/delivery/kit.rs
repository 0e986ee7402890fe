//! What the tests of delivery share.

use jiff::civil::Date;

use super::{Calendar, Closure, Delivery, Task};
use crate::catalog::{Formula, Model, Text};
use crate::delivery::{Days, DaysRule};
use crate::price::kit::dec;

pub fn closed(from: Date, until: Date) -> Closure {
    Closure {
        from,
        until,
        works: false,
        label: Text::default(),
    }
}

pub fn worked(from: Date, until: Date) -> Closure {
    Closure {
        works: true,
        ..closed(from, until)
    }
}

pub fn calendar(closures: Vec<Closure>) -> Calendar {
    Calendar {
        code: "plant".to_owned(),
        closures,
        ..Calendar::default()
    }
}

pub fn days(days: &str) -> DaysRule {
    DaysRule::Days(Days {
        days: Formula::Constant(dec(days)),
    })
}

pub fn task(code: &str, after: &[usize], rule: impl Into<DaysRule>) -> Task {
    Task {
        code: code.to_owned(),
        label: Text::default(),
        after: after.to_vec(),
        calendar: None,
        when: None,
        rule: rule.into(),
    }
}

/// The box with these tasks.
pub fn model(tasks: Vec<Task>) -> Model {
    Model {
        delivery: Some(Delivery {
            tasks,
            ..Delivery::default()
        }),
        ..crate::price::kit::model()
    }
}
