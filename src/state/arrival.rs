use jiff::civil::Date;
use quotewright_engine::catalog::Value;
use quotewright_engine::delivery::{LinePlan, Wanted, depends_on, plan};
use quotewright_engine::quote::{Asked, AskedLine};
use quotewright_reasoner::Outcome;
use rust_decimal::Decimal;

use super::Catalog;

/// So many pieces of one configuration, ordered on a day; what their delivery is worked out from.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The product, and what is asked about the quote as a whole.
    pub catalog: &'a Catalog,
    /// The configuration.
    pub values: &'a [Option<Value>],
    /// Pieces.
    pub quantity: u32,
    /// The answers about the quote as a whole, as far as they are known.
    pub answers: &'a [Option<Value>],
    /// The day of the order.
    pub date: Date,
}

/// When the pieces can be there, as a quote of them alone says; `None` where that cannot be
/// worked out.
pub fn arrival(order: &Order) -> Option<LinePlan> {
    let line = AskedLine {
        model: &order.catalog.model,
        values: order.values,
        quantity: order.quantity,
        ramp: &[],
        earlier: 0,
        billed: Decimal::ZERO,
    };
    let asked = order.catalog.questions.as_ref().map(|it| &it.model);
    let answers = asked.map(
        |model| match order.answers.len() == model.attributes.len() {
            true => order.answers.to_vec(),
            false => vec![None; model.attributes.len()],
        },
    );
    let asked = Asked {
        lines: &[line],
        whole: asked.zip(answers.as_deref()),
        date: order.date,
        promotions: &[],
        buyer: Default::default(),
        dates: None,
        manual: &[],
    };
    let plan = plan(&asked, order.date, &Wanted::default()).ok()?;
    plan.lines.into_iter().next()
}

/// By how many days each of the outcomes can be there later, earlier where below zero; `None`
/// for what is impossible.
pub(super) fn days_later(order: &Order, outcomes: &[Option<Outcome>]) -> Vec<Option<i64>> {
    let matters = depends_on(&order.catalog.model);
    let now = arrival(order);
    let days = |outcome: &Option<Outcome>| {
        let outcome = outcome.as_ref()?;
        let mut changed = outcome.iter().filter(|(index, _)| matters.contains(index));
        if changed.next().is_none() {
            return Some(0);
        }
        let mut values = order.values.to_vec();
        for (index, value) in outcome {
            *values.get_mut(index.0)? = *value;
        }
        let values = values.as_slice();
        later(now.as_ref()?, &arrival(&Order { values, ..*order })?)
    };
    outcomes.iter().map(days).collect()
}

/// By how many days `then` is later than `now`, earlier where below zero.
pub fn later(now: &LinePlan, then: &LinePlan) -> Option<i64> {
    let span = now.arrives.possible.until(then.arrives.possible).ok()?;
    Some(span.get_days().into())
}
