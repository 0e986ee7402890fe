//! "Why not?" and what could be done about it.

use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeIndex, Value};
use quotewright_engine::configure::{Explanations, Nearest, Repair, Repairs};
use quotewright_reasoner::{Call, WhyNot};
use rust_decimal::Decimal;
use wasm_bindgen_futures::spawn_local;

use super::{Workbench, forget, values_of};
use crate::clock;
use crate::state::{Answer, Notice, Offer, Others, Question, Remedy, later};

/// A number that a buyer goes towards step by step.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Step {
    attribute: AttributeIndex,
    number: Decimal,
    up: bool,
    /// The call that asks for the next possible number, once made.
    turn: Option<u32>,
}

impl Workbench {
    /// Asks why `value` is not possible. Should it turn out to be possible, it is chosen.
    pub fn ask(self, attribute: AttributeIndex, value: Value) {
        forget(self.notice);
        self.others.set(Others::default());
        self.question.set(Some(Question {
            attribute,
            value,
            answer: None,
        }));
        let turn = self.next_turn();
        self.asked.set_value(turn);
        spawn_local(async move {
            // What a remedy costs is told against what is shown.
            let settled = self.settle().await;
            let wanted = self.asked.try_get_value() == Some(turn) && self.is_open();
            if settled && wanted {
                let decisions = self.decisions();
                self.say(&Call::WhyNot {
                    turn,
                    decisions,
                    attribute,
                    value,
                });
            }
        });
    }

    /// Closes the question.
    pub fn dismiss(self) {
        forget(self.question);
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

    /// Decides `number`, or where it is not possible, the next possible one further on in
    /// the same direction.
    pub fn step(self, attribute: AttributeIndex, number: Decimal, up: bool) {
        self.change(|session| session.decide(attribute, Value::Number(number)));
        self.step.set_value(Some(Step {
            attribute,
            number,
            up,
            turn: None,
        }));
    }

    /// What to do about a decision that was taken back.
    pub(super) fn refused(self, attribute: AttributeIndex, value: Value) {
        let step = self
            .step
            .get_value()
            .filter(|step| step.attribute == attribute && Value::Number(step.number) == value);
        match step {
            Some(step) => self.step_on(step),
            None => self.ask(attribute, value),
        }
    }

    fn step_on(self, step: Step) {
        let turn = self.next_turn();
        self.step.set_value(Some(Step {
            turn: Some(turn),
            ..step
        }));
        let decisions = self.decisions();
        self.say(&Call::Nearest {
            turn,
            decisions,
            attribute: step.attribute,
            number: step.number,
        });
    }

    pub(super) fn hear_nearest(self, turn: u32, nearest: Nearest) {
        let step = self.step.try_get_value().flatten();
        let Some(step) = step.filter(|step| step.turn == Some(turn)) else {
            return;
        };
        self.step.set_value(None);
        let next = if step.up {
            nearest.above
        } else {
            nearest.below
        };
        // Where there is none, the buyer is told why.
        let number = next.unwrap_or(step.number);
        self.choose(step.attribute, Value::Number(number));
    }

    pub(super) fn hear_why_not(self, turn: u32, answer: Option<WhyNot>) {
        if self.asked.try_get_value() != Some(turn) || !self.is_open() {
            return;
        }
        let Some(question) = self.question.get_untracked() else {
            return;
        };
        match answer {
            Some(why_not) => {
                let answer = Some(Answer {
                    conflict: why_not.conflict,
                    nearest: why_not.nearest,
                    remedy: why_not.repair.and_then(|repair| self.remedy(repair)),
                });
                let (attribute, value) = (question.attribute, question.value);
                self.question.set(Some(Question { answer, ..question }));
                self.say(&Call::Others {
                    turn,
                    decisions: self.decisions(),
                    attribute,
                    value,
                });
            }
            None => {
                self.dismiss();
                self.change(|session| session.decide(question.attribute, question.value));
            }
        }
    }

    /// Those that were not told with the answer.
    pub(super) fn hear_others(self, turn: u32, explanations: Explanations, repairs: Repairs) {
        let answer = |it: &Option<Question>| it.as_ref()?.answer.clone();
        let answer = self.question.try_with_untracked(answer).flatten();
        let asked = self.asked.try_get_value() == Some(turn);
        let Some(answer) = answer.filter(|_| asked) else {
            return;
        };
        let told = answer.remedy.map(|it| it.repair);
        let repairs_left = repairs
            .repairs
            .into_iter()
            .filter(|it| Some(it) != told.as_ref());
        let mut remedies: Vec<Remedy> = repairs_left.filter_map(|it| self.remedy(it)).collect();
        remedies.sort_by_key(|it| {
            let distance = it.price.map(|price| price.abs());
            (it.repair.changes.len(), distance.is_none(), distance)
        });
        let mut conflicts = explanations.conflicts;
        conflicts.retain(|it| Some(it) != answer.conflict.as_ref());
        self.others.set(Others {
            conflicts,
            remedies,
            complete: explanations.complete && repairs.complete,
        });
    }

    /// Whether the question is still open and has no answer.
    fn is_open(self) -> bool {
        let open = |it: &Option<Question>| it.as_ref().is_some_and(|it| it.answer.is_none());
        self.question.try_with_untracked(open) == Some(true)
    }

    /// A repair with what it costs.
    fn remedy(self, repair: Repair) -> Option<Remedy> {
        let catalog = self.catalog.get_untracked()?;
        let values = self.states.with_untracked(|states| values_of(states));
        let quantity = self.quantity.get_untracked();
        let terms = self.terms.get_untracked();
        let net =
            |values: &[_]| Offer::of(&catalog, values, quantity, clock::today(), &terms).net();
        let now = self.arrival.get_untracked();
        let then = self.planned(&repair.result);
        let days = now.zip(then).and_then(|(now, then)| later(&now, &then));
        Some(Remedy {
            price: net(&repair.result)
                .zip(net(&values))
                .and_then(|(after, before)| after.checked_sub(before)),
            days,
            repair,
        })
    }
}
