use std::collections::BTreeSet;

use jiff::civil::Date;
use quotewright_engine::catalog::{AttributeIndex, Value};
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

/// When what is ordered can be there, to tell from it when others can.
pub(super) struct DaysLater<'a> {
    order: &'a Order<'a>,
    matters: BTreeSet<AttributeIndex>,
    now: Option<LinePlan>,
}

impl<'a> DaysLater<'a> {
    pub fn new(order: &'a Order<'a>) -> Self {
        Self {
            order,
            matters: depends_on(&order.catalog.model),
            now: arrival(order),
        }
    }

    /// By how many days an outcome can be there later, earlier where below zero; `None` where
    /// that cannot be worked out.
    pub fn of(&self, outcome: &Outcome) -> Option<i64> {
        let mut changed = outcome.iter().filter(|it| self.matters.contains(&it.0));
        if changed.next().is_none() {
            return Some(0);
        }
        let order = self.order;
        let mut values = order.values.to_vec();
        for (index, value) in outcome {
            *values.get_mut(index.0)? = *value;
        }
        let values = values.as_slice();
        later(self.now.as_ref()?, &arrival(&Order { values, ..*order })?)
    }
}

/// By how many days `then` is later than `now`, earlier where below zero.
pub fn later(now: &LinePlan, then: &LinePlan) -> Option<i64> {
    let span = now.arrives.possible.until(then.arrives.possible).ok()?;
    Some(span.get_days().into())
}
