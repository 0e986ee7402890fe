use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::catalog::{PartialAssignment, Value};
use quotewright_engine::configure::Effect;
use quotewright_engine::price::{Due, Purchase};
use quotewright_engine::quote::{lead_time, surcharges};
use quotewright_reasoner::Outcome;
use rust_decimal::Decimal;

use super::{Catalog, Offer, Priced, Terms, entered};

/// What another configuration costs and takes more than the one at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What is due more, by how often, without what stays the same; `None` where that hangs on
    /// what is open, or prices are not known.
    pub amounts: Option<Vec<(Due, Decimal)>>,
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
    let offer = |values: &[_]| Offer::of(catalog, values, quantity, date, terms);
    let before = offer(now);
    let before_days = i64::from(lead_time(&catalog.model, now).working_days);
    let known = match before.priced() {
        Some(before) if before.line.open => so_far(catalog, now, &results, (quantity, date, terms)),
        Some(before) => results
            .iter()
            .map(|it| more(before, &offer(it.as_ref()?)))
            .collect(),
        None => vec![None; results.len()],
    };
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

/// What is due more where `after` holds than where `before` does.
fn more(before: &Priced, after: &Offer) -> Option<Vec<(Due, Decimal)>> {
    let (before, after) = (due(before), due(after.priced().filter(|it| !it.line.open)?));
    let rhythms = before
        .keys()
        .chain(after.keys().filter(|it| !before.contains_key(it)));
    let amount = |dues: &BTreeMap<Due, Decimal>, due| dues.get(due).copied().unwrap_or_default();
    let changes =
        rhythms.map(|it| Some((*it, amount(&after, it).checked_sub(amount(&before, it))?)));
    let changes: Option<Vec<(Due, Decimal)>> = changes.collect();
    changes.map(|it| {
        it.into_iter()
            .filter(|(_, change)| !change.is_zero())
            .collect()
    })
}

/// What is due from the first month on, by how often.
fn due(priced: &Priced) -> BTreeMap<Due, Decimal> {
    let again = priced.line.recurring.iter().filter(|it| it.from == 0);
    let again = again.map(|it| (it.due, it.charge.net));
    again.chain([(Due::Once, priced.once())]).collect()
}

/// The same while something is open: what is known of what is due once, as far as it does not
/// hang on that.
fn so_far(
    catalog: &Catalog,
    now: &[Option<Value>],
    results: &[Option<PartialAssignment>],
    (quantity, date, terms): (u32, Date, &Terms),
) -> Vec<Option<Vec<(Due, Decimal)>>> {
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
    let found = surcharges(&catalog.model, pack, now, &effects, &purchase);
    let amount = |each: Decimal| {
        let all = each.checked_mul(quantity.into())?;
        Some(
            Some((Due::Once, all))
                .filter(|_| !all.is_zero())
                .into_iter()
                .collect(),
        )
    };
    match found {
        Ok(found) => found.into_iter().map(|it| amount(it?.unit_net)).collect(),
        Err(_) => vec![None; results.len()],
    }
}
