use jiff::civil::Date;
use quotewright_engine::catalog::{PartialAssignment, Value};
use quotewright_engine::configure::Effect;
use quotewright_engine::price::Purchase;
use quotewright_engine::quote::{Changes, differences as priced_differences, lead_time};
use quotewright_reasoner::Outcome;

use super::{Catalog, Terms, entered};

/// What another configuration costs and takes more than the one at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What is due more, by how often, without what stays the same; `None` where that hangs on
    /// what is open, or prices are not known.
    pub amounts: Option<Changes>,
    /// Working days.
    pub days: i64,
}

/// What each of the outcomes costs and takes more than the configuration `now`; `None` for what
/// is impossible.
pub fn differences(
    catalog: &Catalog,
    now: &PartialAssignment,
    outcomes: &[Option<Outcome>],
    quantity: u32,
    date: Date,
    terms: &Terms,
) -> Vec<Option<Difference>> {
    let results: Vec<Option<PartialAssignment>> = outcomes
        .iter()
        .map(|it| Some(after(now, it.as_ref()?)))
        .collect();
    let before_days = i64::from(lead_time(&catalog.model, now).working_days);
    let known = known(catalog, now, &results, (quantity, date, terms));
    let difference = |(result, amounts): (&Option<PartialAssignment>, Option<_>)| {
        let days = i64::from(lead_time(&catalog.model, result.as_ref()?).working_days);
        Some(Difference {
            amounts,
            days: days - before_days,
        })
    };
    results.iter().zip(known).map(difference).collect()
}

fn after(now: &PartialAssignment, outcome: &Outcome) -> PartialAssignment {
    let mut values = now.clone();
    for (index, value) in outcome {
        if let Some(place) = values.get_mut(index.0) {
            *place = *value;
        }
    }
    values
}

/// What is due more with each of the results, where that is known.
fn known(
    catalog: &Catalog,
    now: &[Option<Value>],
    results: &[Option<PartialAssignment>],
    (quantity, date, terms): (u32, Date, &Terms),
) -> Vec<Option<Changes>> {
    let Some(pack) = &catalog.pack else {
        return vec![None; results.len()];
    };
    let promotions = entered(&terms.promotions, pack);
    let purchase = Purchase {
        promotions: &promotions,
        ..Purchase::alone(quantity, date)
    };
    let effect = |(option, result): (usize, &Option<PartialAssignment>)| Effect {
        value: Value::Option(option),
        result: result.clone(),
    };
    let effects: Vec<Effect> = results.iter().enumerate().map(effect).collect();
    let asked = (&purchase, terms.buyer.buyer());
    let found = priced_differences(&catalog.model, pack, now, &effects, asked);
    found.unwrap_or_else(|_| vec![None; results.len()])
}
