use quotewright_engine::catalog::{PartialAssignment, Value};
use quotewright_engine::configure::Effect;
use quotewright_engine::price::Purchase;
use quotewright_engine::quote::{Changes, Differences};
use quotewright_reasoner::Outcome;

use super::arrival::{DaysLater, Order};
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

/// What each outcome of each attribute costs and takes more than what is ordered; `None` for what
/// is impossible. As many attributes as `asked` goes on to name.
pub fn differences<'o>(
    order: &Order,
    asked: impl Iterator<Item = &'o [Option<Outcome>]>,
    terms: &Terms,
) -> Vec<Vec<Option<Difference>>> {
    let model = &order.catalog.model;
    let pack = order.catalog.pack.as_ref();
    let promotions = pack.map(|pack| entered(&terms.promotions, pack));
    let purchase = Purchase {
        promotions: promotions.as_deref().unwrap_or_default(),
        ..Purchase::alone(order.quantity, order.date)
    };
    let buyer = (&purchase, terms.buyer.buyer());
    let prices = pack.and_then(|pack| Differences::new(model, pack, order.values, buyer).ok());
    let days = DaysLater::new(order);
    let of_attribute = |outcomes: &[Option<Outcome>]| {
        let results = results(order, outcomes);
        let amounts = match &prices {
            Some(prices) => prices.of(&results),
            None => vec![None; results.len()],
        };
        let difference = |(outcome, amounts): (&Option<Outcome>, _)| {
            Some(Difference {
                amounts,
                days: days.of(outcome.as_ref()?).unwrap_or_default(),
            })
        };
        outcomes.iter().zip(amounts).map(difference).collect()
    };
    asked.map(of_attribute).collect()
}

/// The configurations that outcomes lead to.
fn results(order: &Order, outcomes: &[Option<Outcome>]) -> Vec<Effect> {
    let effect = |(option, outcome): (usize, &Option<Outcome>)| Effect {
        value: Value::Option(option),
        result: outcome.as_ref().map(|it| after(order.values, it)),
    };
    outcomes.iter().enumerate().map(effect).collect()
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
