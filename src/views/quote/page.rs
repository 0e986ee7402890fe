//! The state of the quote page.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use leptos::prelude::*;
use quotewright_engine::catalog::AttributeIndex;
use quotewright_engine::delivery::Plan;
use quotewright_engine::quote::Proposed;
use quotewright_engine::quote::recurring::ContractDates;

use super::form::{Fault, Input, contract_dates, ends_with_month, faults};
use super::prices::{KnownPrices, Prices, Wishes, later, planned};
use super::{dates, part_faults};
use crate::app::App;
use crate::clock;
use crate::questions::asked_by;
use crate::state::{Basket, Terms, proposed};
use crate::storage::drafts::Form;

/// State of the quote page.
#[derive(Clone, Copy)]
pub(super) struct QuotePage {
    /// What holds for all lines.
    pub wishes: Memo<Wishes>,
    /// The amounts.
    pub prices: Memo<Prices>,
    /// Whether prices contain tax.
    pub contained: Memo<bool>,
    /// What each line is proposed as; `None` for those that count.
    pub proposed: Memo<Vec<Option<Proposed>>>,
    /// When the lines that count can be there.
    pub plan: Memo<Option<Plan>>,
    /// Questions about the quote as a whole that have no answer.
    pub open: Memo<Vec<AttributeIndex>>,
    /// What is wrong with what was typed.
    pub faults: Memo<Vec<(Input, Fault)>>,
    /// What is wrong with the requested days of lines.
    pub dates: Memo<Vec<(u32, Fault)>>,
    /// What is wrong with parts of lines, by id of the control.
    pub parts: Memo<Vec<(String, Fault)>>,
    /// Lines whose number of pieces is wrong.
    pub wrong: RwSignal<BTreeSet<u32>>,
    /// Whether the buyer has tried to send: before that, nothing is called a mistake.
    pub attempted: RwSignal<bool>,
    /// For screen readers.
    pub announcement: RwSignal<String>,
}

impl QuotePage {
    pub fn new(app: App) -> Self {
        let today = clock::today();
        let terms = Memo::new(move |_| app.form.with(Terms::of));
        let contract = Memo::new(move |_| app.form.with(contract_dates));
        // What cannot be priced is a fault of its field, and leaves the prices as they are.
        let not_prorated = Memo::new(move |_| {
            let billed = app.basket.with(is_prorated);
            let in_part = contract.with(|it| it.is_some_and(|it| !ends_with_month(&it)));
            in_part && !billed
        });
        let wishes = Memo::new(move |_| {
            let asked = app.basket.with(asked_by);
            let dates = contract.get().map(|it| ContractDates {
                until: it.until.filter(|_| !not_prorated.get()),
                ..it
            });
            Wishes {
                answers: asked.map(|asked| (Arc::clone(&asked), app.questions.values(&asked))),
                terms: terms.get(),
                date: today,
                dates,
                requested: app.form.with(requested),
            }
        });
        let prices = Memo::new(move |_| {
            let prices = |wishes: &_| app.basket.with(|it| Prices::of(it.lines(), wishes));
            wishes.with(prices)
        });
        let contained = Memo::new(move |_| {
            let contained = |known: &KnownPrices| known.quote.totals.contained;
            prices.with(|it: &Prices| it.known().is_some_and(contained))
        });
        let requested = Memo::new(move |_| app.form.with(requested));
        let plan = Memo::new(move |_| {
            let planned = |wishes: &_| {
                let date = requested.get();
                app.basket.with(|it| planned(it.lines(), wishes, date))
            };
            wishes.with(planned)
        });
        let open = Memo::new(move |_| match wishes.with(|it| it.answers.is_some()) {
            true => app.questions.bench.open_attributes(),
            false => Vec::new(),
        });
        Self {
            wishes,
            prices,
            contained,
            proposed: Memo::new(move |_| app.basket.with(|it| proposed(it.lines()))),
            plan,
            open,
            faults: Memo::new(move |_| {
                let mut faults = app.form.with(|form| faults(form, today));
                faults.extend(
                    not_prorated
                        .get()
                        .then_some((Input::Until, Fault::NotProrated)),
                );
                faults
            }),
            dates: Memo::new(move |_| app.basket.with(|it| dates::faults(it, today))),
            parts: Memo::new(move |_| {
                let terms = prices.with(Prices::terms);
                app.basket.with(|it| part_faults::faults(it, &terms, today))
            }),
            wrong: RwSignal::default(),
            attempted: RwSignal::new(false),
            announcement: RwSignal::default(),
        }
    }

    /// The place among the lines that count of the line at `place`; `None` where it does not.
    pub fn counted(self, place: usize) -> Option<usize> {
        self.proposed.with(|it| {
            let before = it.get(..place)?.iter().filter(|it| it.is_none());
            it.get(place)?.is_none().then(|| before.count())
        })
    }

    /// Days that all lines arrive later once the one at `place` is taken.
    pub fn later(self, app: App, place: usize) -> Option<i32> {
        let now = self.plan.get()?;
        let requested = app.form.with(requested);
        self.wishes.with(|wishes| {
            app.basket
                .with(|it| later(it.lines(), wishes, requested, (place, &now)))
        })
    }

    /// What is shown to be wrong with `input`.
    pub fn fault(self, input: Input) -> Option<Fault> {
        let found = self.faults.with(|faults| {
            let mut found = faults.iter().filter(|(at, _)| *at == input);
            found.next().map(|(_, fault)| *fault)
        });
        found.filter(|_| self.attempted.get())
    }
}

/// Whether the catalog says what a part of a month costs.
fn is_prorated(basket: &Basket) -> bool {
    let first = basket.lines().first();
    let pack = first.and_then(|line| line.catalog.pack.as_ref());
    pack.is_some_and(|pack| pack.settlement.billing.is_some())
}

/// The day that the buyer wants.
pub fn requested(form: &Form) -> Option<Date> {
    form.delivery_date.trim().parse().ok()
}
