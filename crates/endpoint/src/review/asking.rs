//! From a request whose lines are valid to what the engine is asked.

use quotewright_engine::catalog::{Assignment, Model, Value};
use quotewright_engine::quote::{Asked, AskedLine, Counting, Manual};
use quotewright_protocol::QuoteRequest;
use rust_decimal::Decimal;

use super::lines::Line;
use crate::refusal::{Kind, Refusal};

/// A request, of which some of the lines are asked for together.
pub struct Asking<'a> {
    /// What was sent.
    pub request: &'a QuoteRequest,
    /// Its lines.
    pub lines: &'a [Line<'a>],
    /// Their values.
    pub values: Vec<Vec<Option<Value>>>,
    /// Which of them count.
    pub counting: Counting,
    whole: Option<(&'a Model, Vec<Option<Value>>)>,
}

impl<'a> Asking<'a> {
    /// Of a request whose form has been checked.
    ///
    /// # Errors
    /// A refusal, where no line counts or an alternative is to none that does.
    pub fn new(
        request: &'a QuoteRequest,
        lines: &'a [Line<'a>],
        whole: Option<(&'a Model, &Assignment)>,
    ) -> Result<Self, Refusal> {
        let counting = request.counting();
        Ok(Self {
            request,
            lines,
            values: lines.iter().map(|it| decided(&it.assignment)).collect(),
            counting: counting
                .map_err(|error| Refusal::new(Kind::InvalidRequest, format!("{error}.")))?,
            whole: whole.map(|(model, assignment)| (model, decided(assignment))),
        })
    }

    /// Asks for the lines at these positions, as if there were no others, with changes by hand.
    pub fn with<T>(
        &self,
        positions: &[usize],
        manual: &[Manual],
        ask: impl FnOnce(&Asked) -> T,
    ) -> T {
        let line = |at: &usize| {
            Some(AskedLine {
                model: self.lines.get(*at)?.model,
                values: self.values.get(*at)?,
                quantity: self.lines.get(*at)?.quantity,
                ramp: &self.request.lines.get(*at)?.ramp,
                earlier: 0,
                billed: Decimal::ZERO,
            })
        };
        let lines: Vec<AskedLine> = positions.iter().filter_map(line).collect();
        let whole = self.whole.as_ref();
        ask(&Asked {
            lines: &lines,
            whole: whole.map(|(model, values)| (*model, values.as_slice())),
            date: self.request.price_date,
            promotions: &self.request.promotions,
            buyer: self.request.buyer(positions),
            dates: self.request.contract_dates,
            manual,
        })
    }
}

fn decided(assignment: &Assignment) -> Vec<Option<Value>> {
    assignment.iter().copied().map(Some).collect()
}
