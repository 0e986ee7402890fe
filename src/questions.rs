//! What is asked about a quote as a whole, such as where to and how it is paid.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Decisions, PartialAssignment};

use crate::draft::{codes, decisions_of};
use crate::state::{Basket, Catalog, ReasonerState, Terms};
use crate::workbench::{Workbench, values_of};

/// The questions with their answers.
#[derive(Clone, Copy)]
pub struct Questions {
    /// Where they are answered.
    pub bench: Workbench,
    /// What the buyer has answered, by attribute code; also before the questions are opened.
    pub answers: RwSignal<BTreeMap<String, String>>,
}

impl Questions {
    /// No questions yet.
    pub fn new() -> Self {
        Self {
            bench: Workbench::new(
                Signal::stored(Terms::default()),
                Signal::stored(PartialAssignment::new()),
                false,
            ),
            answers: RwSignal::default(),
        }
    }

    /// Opens the questions once there is a quote to ask about, or a date that depends on the
    /// answers, and keeps the answers.
    pub fn follow(self, basket: RwSignal<Basket>, workbench: Workbench) {
        let asked = Memo::new(move |_| basket.with(asked_by).or_else(|| brings(workbench)));
        Effect::new(move |_| {
            if let Some(asked) = asked.get() {
                self.open(asked);
            }
        });
        Effect::new(move |_| {
            let codes = self.bench.session.with(|session| {
                let catalog = self.bench.catalog.get_untracked()?;
                Some(codes(&catalog.model, session.decisions()))
            });
            if let Some(codes) = codes.filter(|it| *it != self.answers.get_untracked()) {
                self.answers.set(codes);
            }
        });
    }

    fn open(self, asked: Arc<Catalog>) {
        let open = self.bench.catalog.get_untracked();
        if open.is_none_or(|it| it.model_text != asked.model_text) {
            let decisions = decisions_of(&asked.model, &self.answers.get_untracked());
            self.bench.open(asked);
            self.decide(decisions);
        }
    }

    /// Takes these answers over, as far as they are asked for.
    pub fn answer(self, answers: &BTreeMap<String, String>) {
        self.answers.set(answers.clone());
        if let Some(open) = self.bench.catalog.get_untracked() {
            self.decide(decisions_of(&open.model, answers));
        }
    }

    fn decide(self, decisions: Decisions) {
        self.bench.change(|session| session.replace(decisions));
    }

    /// What holds of the questions that are open, attribute by attribute; tracked.
    pub fn given(self) -> Signal<PartialAssignment> {
        Signal::derive(move || self.bench.states.with(|states| values_of(states)))
    }

    /// The value of each of the attributes of `asked`, as far as they are known; tracked.
    pub fn values(self, asked: &Catalog) -> PartialAssignment {
        let values = self.bench.states.with(|states| values_of(states));
        match values.len() == asked.model.attributes.len() {
            true => values,
            false => vec![None; asked.model.attributes.len()],
        }
    }
}

/// What the catalog of the lines asks about the quote as a whole.
pub fn asked_by(basket: &Basket) -> Option<Arc<Catalog>> {
    basket.lines().first()?.catalog.questions.clone()
}

/// The questions about what is configured, where it depends on them when it arrives; not before
/// the product itself can be configured.
fn brings(workbench: Workbench) -> Option<Arc<Catalog>> {
    let ready = workbench.reasoner.get() == ReasonerState::Ready;
    let asked = workbench.catalog.get()?.questions.clone()?;
    (ready && asked.model.delivery.is_some()).then_some(asked)
}
