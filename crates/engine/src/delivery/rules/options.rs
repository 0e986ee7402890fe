use serde::{Deserialize, Serialize};

use super::{Apply, Cause, Taken, Terms, Work};
use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Model, Value};
use crate::delivery::{Delivery, DeliveryError, Task};

/// The working days of the chosen option that takes longest.
///
/// Use it for what is bought in, side by side: the motor takes 10 days, the belt 15, so all
/// is there after 15. Not where one waits for the other: those are two tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenOptions {
    /// The attributes; what has no list of options takes no days.
    pub attributes: Vec<AttributeIndex>,
}

impl Apply for ChosenOptions {
    fn apply(&self, _task: &Task, work: &Work) -> Result<Taken, DeliveryError> {
        let mut longest = Taken::nothing();
        for attribute in &self.attributes {
            let Some(Value::Option(option)) = work.value(*attribute) else {
                continue;
            };
            let days = days_of(work.model, *attribute).get(option).copied();
            let days = days.unwrap_or_default();
            if days > longest.days {
                let attribute = *attribute;
                longest = Taken::new(days, Cause::Option { attribute, option });
            }
        }
        longest.open = self.attributes.iter().any(|it| {
            let most = days_of(work.model, *it).into_iter().max();
            work.value(*it).is_none() && most.is_some_and(|most| most > longest.days)
        });
        Ok(longest)
    }

    fn terms(&self, _delivery: &Delivery, model: &Model) -> Result<Terms, DeliveryError> {
        let of_attribute = |attribute: &AttributeIndex| {
            let attribute = *attribute;
            let options = days_of(model, attribute).into_iter().enumerate();
            options
                .filter(|(_, days)| *days > 0)
                .map(move |(option, days)| {
                    let options = vec![option];
                    (Some(Condition::Is { attribute, options }), days)
                })
        };
        Ok(Terms::Most(
            self.attributes.iter().flat_map(of_attribute).collect(),
        ))
    }

    fn attributes(&self, _delivery: &Delivery, model: &Model) -> Vec<AttributeIndex> {
        let takes_days = |it: &AttributeIndex| days_of(model, *it).iter().any(|days| *days > 0);
        let found = self.attributes.iter().copied();
        found.filter(takes_days).collect()
    }
}

/// The days of each option.
fn days_of(model: &Model, attribute: AttributeIndex) -> Vec<u32> {
    match model.attribute(attribute).map(|it| &it.domain) {
        Some(AttributeDomain::Options(list)) => {
            list.options.iter().map(|it| it.lead_days).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::kit::{days, model, task};
    use crate::delivery::rules::DaysRule;
    use crate::delivery::tasks_time::tasks_time;
    use crate::price::kit::{FINISH, LID, SIZE, large_box};

    #[test]
    fn the_longest_of_the_attributes_that_are_named() {
        // A large one takes 4 days; paint 4, gold 9.
        for (attributes, finish, days, open) in [
            (vec![SIZE, FINISH, LID], Some(2), 9, false),
            (vec![SIZE, FINISH], Some(1), 4, false),
            (vec![SIZE], Some(2), 4, false),
            (vec![FINISH], Some(0), 0, false),
            (vec![SIZE, FINISH], None, 4, true),
            (vec![], Some(2), 0, false),
        ] {
            let rule = DaysRule::Options(ChosenOptions { attributes });
            let model = model(vec![task("parts", &[], rule)]);
            let mut values = large_box();
            values[FINISH.0] = finish.map(Value::Option);
            let found = tasks_time(&model, &values).expect("days");
            assert_eq!((found.working_days, found.open), (days, open), "{finish:?}");
        }
    }

    #[test]
    fn tasks_that_wait_for_each_other_add_up() {
        let of = |attribute| {
            DaysRule::Options(ChosenOptions {
                attributes: vec![attribute],
            })
        };
        let model = model(vec![
            task("size", &[], of(SIZE)),
            task("finish", &[], of(FINISH)),
            task("assembly", &[0, 1], days("2")),
        ]);
        let mut values = large_box();
        values[FINISH.0] = Some(Value::Option(2));
        let found = tasks_time(&model, &values).expect("days");
        assert_eq!((found.working_days, found.driver), (11, Some(FINISH)));
    }
}
