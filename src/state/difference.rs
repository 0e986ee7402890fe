use quotewright_engine::catalog::{PartialAssignment, Value};
use quotewright_engine::configure::Effect;
use quotewright_engine::price::Purchase;
use quotewright_engine::quote::{Changes, differences as priced_differences};
use quotewright_reasoner::Outcome;

use super::arrival::{Order, days_later};
use super::{Terms, entered};

/// What another configuration costs and takes more than the one at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What is due more, by how often, without what stays the same; `None` where that hangs on
    /// what is open, or prices are not known.
    pub amounts: Option<Changes>,
    /// Days of the calendar; 0 where they cannot be worked out.
    pub days: i64,
}

/// What each of the outcomes costs and takes more than what is ordered; `None` for what is
/// impossible.
pub fn differences(
    order: &Order,
    outcomes: &[Option<Outcome>],
    terms: &Terms,
) -> Vec<Option<Difference>> {
    let results: Vec<Option<PartialAssignment>> = outcomes
        .iter()
        .map(|it| Some(after(order.values, it.as_ref()?)))
        .collect();
    let days = days_later(order, outcomes);
    let known = known(order, &results, terms).into_iter().zip(days);
    let difference = |(result, (amounts, days)): (&Option<_>, (_, Option<i64>))| {
        result.as_ref().map(|_| Difference {
            amounts,
            days: days.unwrap_or_default(),
        })
    };
    results.iter().zip(known).map(difference).collect()
}

fn after(now: &[Option<Value>], outcome: &Outcome) -> PartialAssignment {
    let mut values = now.to_vec();
    for (index, value) in outcome {
        if let Some(place) = values.get_mut(index.0) {
            *place = *value;
        }
    }
    values
}

/// What is due more with each of the results, where that is known.
fn known(
    order: &Order,
    results: &[Option<PartialAssignment>],
    terms: &Terms,
) -> Vec<Option<Changes>> {
    let Some(pack) = &order.catalog.pack else {
        return vec![None; results.len()];
    };
    let promotions = entered(&terms.promotions, pack);
    let purchase = Purchase {
        promotions: &promotions,
        ..Purchase::alone(order.quantity, order.date)
    };
    let effect = |(option, result): (usize, &Option<PartialAssignment>)| Effect {
        value: Value::Option(option),
        result: result.clone(),
    };
    let effects: Vec<Effect> = results.iter().enumerate().map(effect).collect();
    let asked = (&purchase, terms.buyer.buyer());
    let found = priced_differences(&order.catalog.model, pack, order.values, &effects, asked);
    found.unwrap_or_else(|_| vec![None; results.len()])
}
