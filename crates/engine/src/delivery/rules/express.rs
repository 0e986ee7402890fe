use num_traits::ToPrimitive;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Terms, Work};
use crate::catalog::{ArithmeticError, Condition, Formula, Fraction, Text, Truth, fraction};
use crate::delivery::{Delivery, DeliveryError};

/// Makes tasks faster by a percentage of their days, where a condition holds; what is left is
/// rounded up. Of several for the same task the one that takes off most counts.
///
/// Use it for what a buyer can pay for: an express option, night shifts, air freight. Its price
/// is a step of the price with the same condition. Not where another task takes the place of
/// the usual one: those are two tasks with opposite conditions.
///
/// 50 percent off assembly: 5 days become 3.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Express {
    /// Code in the sheets.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// Positions of the tasks.
    pub of: Vec<usize>,
    /// It counts where this holds; always where `None`.
    pub when: Option<Condition>,
    /// Hundredths of the days that are taken off, from 0 to 100.
    pub percent: Decimal,
}

/// What is taken off the days of the task at `at`, in hundredths. What may still come to hold
/// takes nothing off.
pub(super) fn percent(at: usize, work: &Work) -> Result<Decimal, DeliveryError> {
    let mut most = Decimal::ZERO;
    for express in work
        .delivery
        .express
        .iter()
        .filter(|it| it.of.contains(&at))
    {
        let holds = match &express.when {
            None => true,
            Some(when) => when.truth(work.model, work.values)? == Truth::Yes,
        };
        if holds {
            most = most.max(express.percent);
        }
    }
    Ok(most)
}

/// `days` less `percent`, rounded up.
pub(super) fn shortened(days: u32, percent: Decimal) -> u32 {
    let left = Fraction::from_integer(days.into()) * share(percent);
    let left = left.ceil().to_integer().to_u32();
    left.map_or(days, |left| left.min(days))
}

/// What is left of one day.
fn share(percent: Decimal) -> Fraction {
    let percent = percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
    fraction(Decimal::ONE_HUNDRED - percent) / Fraction::from_integer(100)
}

/// `terms` as a formula, with what express takes off.
pub(super) fn formula(
    at: usize,
    terms: &Terms,
    delivery: &Delivery,
) -> Result<Formula, DeliveryError> {
    let mut express: Vec<_> = delivery.express.iter().collect();
    express.retain(|it| it.of.contains(&at));
    express.sort_by_key(|it| std::cmp::Reverse(it.percent));
    let mut sum = Vec::new();
    let mut earlier: Vec<Condition> = Vec::new();
    for it in express {
        let holds = match &it.when {
            None => Condition::Constant(true),
            Some(when) => Condition::Certain(Box::new(when.clone())),
        };
        let only = only(&earlier, Some(holds.clone()));
        let days = Box::new(reduced(terms, it.percent)?);
        sum.push(Formula::Where(Box::new(only), days));
        earlier.push(holds);
    }
    let days = reduced(terms, Decimal::ZERO)?;
    if sum.is_empty() {
        return Ok(days);
    }
    let otherwise = Box::new(only(&earlier, None));
    sum.push(Formula::Where(otherwise, Box::new(days)));
    Ok(Formula::Sum(sum))
}

/// None of `earlier`, and `own`.
fn only(earlier: &[Condition], own: Option<Condition>) -> Condition {
    let none = Condition::Not(Box::new(Condition::Any(earlier.to_vec())));
    Condition::All([none].into_iter().chain(own).collect())
}

fn reduced(terms: &Terms, percent: Decimal) -> Result<Formula, DeliveryError> {
    let constant = |days: u32| Formula::Constant(days.into());
    Ok(match terms {
        Terms::Most(terms) => {
            let days = terms.iter().map(|(when, days)| {
                let days = constant(shortened(*days, percent));
                match when {
                    None => days,
                    Some(when) => Formula::Where(Box::new(when.clone()), Box::new(days)),
                }
            });
            Formula::Max([constant(0)].into_iter().chain(days).collect())
        }
        Terms::Formula(formula) => {
            let left = Decimal::ONE_HUNDRED.checked_sub(percent);
            let left = Formula::Constant(left.ok_or(ArithmeticError)? / Decimal::ONE_HUNDRED);
            let days = Formula::Multiply(Box::new(formula.clone()), Box::new(left));
            Formula::Max(vec![constant(0), days])
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Value;
    use crate::delivery::kit::{days, model, task};
    use crate::delivery::tasks_time::{tasks_formula, tasks_time};
    use crate::price::kit::{LID, dec, large_box};

    #[test]
    fn what_is_left_is_rounded_up() {
        for (days, percent, left) in [
            (5, "50", 3),
            (5, "0", 5),
            (5, "100", 0),
            (1, "99.9", 1),
            (10, "33.3", 7),
        ] {
            assert_eq!(shortened(days, dec(percent)), left, "{days} less {percent}");
        }
    }

    #[test]
    fn the_one_that_takes_off_most_counts_where_it_holds() {
        let with_lid = Condition::Is {
            attribute: LID,
            options: vec![1],
        };
        let express = |of: &[usize], when: Option<&Condition>, percent| Express {
            code: "express".to_owned(),
            label: Text::default(),
            of: of.to_vec(),
            when: when.cloned(),
            percent: dec(percent),
        };
        let mut model = model(vec![
            task("assembly", &[], days("5")),
            task("test", &[0], days("2")),
        ]);
        model.delivery.as_mut().expect("tasks").express = vec![
            express(&[0, 1], None, "10"),
            express(&[0], Some(&with_lid), "50"),
        ];
        // Without a lid 4.5 and 1.8 days, with one 2.5 and 1.8.
        for (lid, expected) in [(0, 7), (1, 5)] {
            let mut values = large_box();
            values[LID.0] = Some(Value::Option(lid));
            let found = tasks_time(&model, &values).expect("days");
            assert_eq!(found.working_days, expected, "{lid}");
            let formula = tasks_formula(&model).expect("a formula");
            let formula = formula.evaluate(&model, &values);
            assert_eq!(formula, Ok(Some(expected.into())), "{lid}");
        }
    }
}
