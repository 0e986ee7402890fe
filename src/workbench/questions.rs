//! "Why not?" and what could be done about it.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeIndex, Decisions, Value};
use quotewright_engine::configure::{Configurator, Nearest};
use quotewright_engine::quote::lead_time;
use rust_decimal::Decimal;
use wasm_bindgen_futures::spawn_local;

use super::{Workbench, values_of};
use crate::clock;
use crate::state::{Answer, Notice, Offer, Question, Remedy};

impl Workbench {
    /// Asks why `value` is not possible. Should it turn out to be possible, it is chosen.
    pub fn ask(self, attribute: AttributeIndex, value: Value) {
        self.notice.set(None);
        self.question.set(Some(Question {
            attribute,
            value,
            answer: None,
        }));
        spawn_local(async move {
            // Let the page show that the question was heard.
            TimeoutFuture::new(0).await;
            // What a remedy costs is told against what is shown.
            self.settle().await;
            let asked =
                |question: &Question| question.attribute == attribute && question.value == value;
            if self
                .question
                .try_with_untracked(|it| it.as_ref().is_some_and(asked))
                != Some(true)
            {
                return;
            }
            match self.answer(attribute, value) {
                Some(answer) => self.question.set(Some(Question {
                    attribute,
                    value,
                    answer: Some(answer),
                })),
                None => {
                    self.dismiss();
                    self.change(|session| session.decide(attribute, value));
                }
            }
        });
    }

    /// Closes the question.
    pub fn dismiss(self) {
        self.question.set(None);
    }

    /// Applies the remedy of the open question.
    pub fn apply(self, remedy: &Remedy) {
        let Some(question) = self.question.get_untracked() else {
            return;
        };
        let (attribute, value) = (question.attribute, question.value);
        self.change(|session| session.repair(&remedy.repair, attribute, value));
        let changes = remedy.repair.changes.clone();
        self.notice.set(Some(Notice {
            attribute,
            value,
            changes,
        }));
    }

    /// The possible numbers next to `number`.
    pub fn nearest(self, attribute: AttributeIndex, number: Decimal) -> Nearest {
        let decisions = self
            .session
            .with_untracked(|session| session.decisions().clone());
        let none = Nearest {
            below: None,
            above: None,
        };
        self.with_reasoner(|reasoner| reasoner.nearest(&decisions, attribute, number))
            .unwrap_or(none)
    }

    /// `number` where it is possible, else the next possible one further on in the same direction.
    pub fn nearest_toward(self, attribute: AttributeIndex, number: Decimal, up: bool) -> Decimal {
        if self.is_possible(attribute, Value::Number(number)) {
            return number;
        }
        let nearest = self.nearest(attribute, number);
        if up { nearest.above } else { nearest.below }.unwrap_or(number)
    }

    /// `None` when the value is possible after all.
    fn answer(self, attribute: AttributeIndex, value: Value) -> Option<Answer> {
        let decisions = self
            .session
            .with_untracked(|session| session.decisions().clone());
        let nearest = match value {
            Value::Number(number) => Some(self.nearest(attribute, number)),
            Value::Option(_) | Value::Absent => None,
        };
        let exists = self
            .with_reasoner(|reasoner| exists(reasoner, attribute, value))
            .unwrap_or_default();
        if !exists {
            return Some(Answer {
                conflict: None,
                nearest,
                remedy: None,
            });
        }
        let conflict = self
            .with_reasoner(|reasoner| reasoner.explain(&decisions, attribute, value))
            .flatten()?;
        let remedy = self.remedy(&decisions, attribute, value);
        Some(Answer {
            conflict: Some(conflict),
            nearest,
            remedy,
        })
    }

    fn remedy(
        self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        value: Value,
    ) -> Option<Remedy> {
        let repair = self
            .with_reasoner(|reasoner| reasoner.repair(decisions, attribute, value))
            .flatten()?;
        let catalog = self.catalog.get_untracked()?;
        let values = self.states.with_untracked(|states| values_of(states));
        let quantity = self.quantity.get_untracked();
        let net = |values: &[_]| Offer::of(&catalog, values, quantity, clock::today()).net();
        let days = |values: &[_]| i64::from(lead_time(&catalog.model, values).working_days);
        Some(Remedy {
            price: net(&repair.result)
                .zip(net(&values))
                .and_then(|(after, before)| after.checked_sub(before)),
            days: days(&repair.result) - days(&values),
            repair,
        })
    }
}

/// Whether the catalog has the value at all.
fn exists(reasoner: &Configurator, attribute: AttributeIndex, value: Value) -> bool {
    let attribute = reasoner.model().attribute(attribute);
    attribute.is_some_and(|attribute| attribute.domain.position_of(value).is_some())
}
