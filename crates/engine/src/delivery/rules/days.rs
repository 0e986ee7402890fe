use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::{Apply, Cause, Taken, Terms, Work, whole_days};
use crate::catalog::{AttributeIndex, Formula, Model, Worth};
use crate::delivery::{Delivery, DeliveryError, Task};

/// Working days that do not depend on the quantity: a number, or a formula over the
/// configuration, rounded up.
///
/// Use it for set-up, curing, testing, a drawing that is made once. Not for work on every
/// piece (that is [`Capacity`](super::Capacity)), nor for what is bought in for an option
/// (that is [`ChosenOptions`](super::ChosenOptions)).
///
/// A day for each started metre: 2,500 mm take 3 days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Days {
    /// The days.
    pub days: Formula,
}

impl Apply for Days {
    fn apply(&self, task: &Task, work: &Work) -> Result<Taken, DeliveryError> {
        let attributes = self.days.attributes().into_iter().collect();
        let days = match self.days.worth(work.model, work.values)? {
            Worth::Number(days) => whole_days(days, task)?,
            Worth::Absent => 0,
            Worth::Open => {
                let open = Taken::new(0, Cause::Task { attributes });
                return Ok(Taken { open: true, ..open });
            }
        };
        Ok(Taken::new(days, Cause::Task { attributes }))
    }

    fn terms(&self, _delivery: &Delivery, _model: &Model) -> Result<Terms, DeliveryError> {
        let whole = match &self.days {
            Formula::Constant(days) => days.max(&Decimal::ZERO).ceil().to_u32(),
            _ => None,
        };
        Ok(match whole {
            Some(days) => Terms::Most(vec![(None, days)]),
            None => Terms::Formula(self.days.clone()),
        })
    }

    fn attributes(&self, _delivery: &Delivery, _model: &Model) -> Vec<AttributeIndex> {
        self.days.attributes().into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::delivery::kit::{days, model, task};
    use crate::delivery::rules::{Days, DaysRule};
    use crate::delivery::tasks_time::tasks_time;
    use crate::price::kit::{large_box, metres};

    #[test]
    fn days_are_rounded_up_to_whole_ones() {
        let metres = DaysRule::Days(Days { days: metres() });
        for (rule, values, expected, open) in [
            (days("3"), large_box(), 3, false),
            (days("2.1"), large_box(), 3, false),
            (days("-4"), large_box(), 0, false),
            (metres.clone(), large_box(), 3, false),
            (metres, vec![None; 4], 0, true),
        ] {
            let model = model(vec![task("curing", &[], rule.clone())]);
            let found = tasks_time(&model, &values).expect("days");
            assert_eq!(
                (found.working_days, found.open),
                (expected, open),
                "{rule:?}"
            );
        }
    }
}
