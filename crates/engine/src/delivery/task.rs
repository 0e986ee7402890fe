use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::rules::{ChosenOptions, Days, DaysRule, DaysTable, Express};
use super::{Calendar, DeliveryError, WorkingDays};
use crate::catalog::{Condition, Formula, Model, Text};

/// What has to be done until something is ready, or until it has arrived.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// The calendars that tasks name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<Calendar>,
    /// Position of the calendar of tasks that name none; Monday to Friday where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<usize>,
    /// Days by the values of attributes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<DaysTable>,
    /// The tasks; each comes after those that it waits for. Where there are none, what the
    /// options need is done side by side, then the product.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// What makes tasks faster.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub express: Vec<Express>,
}

/// Something that takes working days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Code in the sheets; tasks of several products with the same code are done at the same
    /// place.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// Positions of the earlier tasks that have to be done first; none: it begins with the order.
    pub after: Vec<usize>,
    /// Position of its calendar; that of the product where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<usize>,
    /// It is done where this holds; always where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// How long it takes.
    pub rule: DaysRule,
}

impl Delivery {
    /// The calendar of a task; `None` for Monday to Friday.
    pub(super) fn calendar(&self, task: &Task) -> Result<Option<&Calendar>, DeliveryError> {
        let Some(position) = task.calendar.or(self.calendar) else {
            return Ok(None);
        };
        let calendar = self.calendars.get(position);
        calendar.map(Some).ok_or(DeliveryError::Malformed)
    }

    /// All calendars, made ready for counting.
    pub(super) fn working_days(&self) -> Vec<WorkingDays> {
        self.calendars.iter().map(WorkingDays::new).collect()
    }
}

/// The tasks of a product: its own, or those that every product has.
pub(super) fn tasks(model: &Model) -> Cow<'_, [Task]> {
    match &model.delivery {
        Some(delivery) if !delivery.tasks.is_empty() => Cow::Borrowed(&delivery.tasks),
        _ => Cow::Owned(usual(model)),
    }
}

/// What the options need, side by side; then the product itself.
fn usual(model: &Model) -> Vec<Task> {
    let task = |code: &str, after, rule| Task {
        code: code.to_owned(),
        label: Text::default(),
        after,
        calendar: None,
        when: None,
        rule,
    };
    let options = ChosenOptions {
        attributes: model.indices().collect(),
    };
    let days = Days {
        days: Formula::Constant(Decimal::from(model.lead_days)),
    };
    vec![
        task("options", Vec::new(), DaysRule::Options(options)),
        task("product", vec![0], DaysRule::Days(days)),
    ]
}
