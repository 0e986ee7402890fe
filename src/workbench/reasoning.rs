//! Working out what follows from the decisions, without ever holding the page up.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeIndex, Decisions};
use quotewright_engine::configure::{Conflict, Origin};
use wasm_bindgen_futures::spawn_local;

use super::Workbench;
use crate::clock;
use crate::state::Question;

/// Milliseconds that a click may take before the page is let go on.
const AT_ONCE: f64 = 50.0;
/// Milliseconds of each later slice: less than a frame.
const SLICE: f64 = 10.0;
/// Milliseconds after which what is known so far is shown.
const BUDGET: f64 = 200.0;
/// Milliseconds between two looks at whether all is worked out.
const POLL: u32 = 5;
/// Questions to the reasoner between two looks at the clock.
const QUERIES: u32 = 4;

impl Workbench {
    /// Works out what follows from the decisions. A later call makes an earlier one void.
    ///
    /// # Errors
    /// When no complete configuration has these decisions.
    pub(super) fn work_out(self) -> Result<(), Conflict> {
        let start = clock::now();
        let decisions = self
            .session
            .with_untracked(|session| session.decisions().clone());
        self.with_reasoner(|reasoner| reasoner.begin(&decisions))
            .unwrap_or(Ok(()))?;
        // Only now: where the decisions cannot be had, the work on those before goes on.
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let turn = self.turn.get_value();
        self.reasons.set(Default::default());
        let first = self.states.with_untracked(Vec::is_empty);
        let done = self.advance_until(start + if first { BUDGET } else { AT_ONCE });
        if done || first {
            self.publish(done);
        } else {
            // What is shown still belongs to the decisions before.
            self.settled.set(false);
        }
        spawn_local(self.finish(turn, start, done, decisions));
        Ok(())
    }

    /// Waits until what follows from the decisions is worked out. `false` where the element
    /// is gone.
    pub async fn settle(self) -> bool {
        wait_for(|| self.settled.try_get_untracked()).await
    }

    /// As [`settle`](Self::settle), and until a value that is being looked into is taken or not.
    pub async fn settle_all(self) -> bool {
        let answered = || {
            let asking = |it: &Option<Question>| it.as_ref().is_some_and(|it| it.answer.is_none());
            let asking = self.question.try_with_untracked(asking)?;
            Some(!asking && self.settled.try_get_untracked()?)
        };
        wait_for(answered).await
    }

    async fn finish(self, turn: u32, start: f64, mut done: bool, decisions: Decisions) {
        let mut shown = start;
        while !done {
            TimeoutFuture::new(0).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            done = self.advance_until(clock::now() + SLICE);
            if done || clock::now() - shown > BUDGET {
                shown = clock::now();
                self.publish(done);
            }
        }
        self.find_reasons(turn, &decisions).await;
    }

    /// Why what follows from the decisions does so: one at a time, between other work.
    async fn find_reasons(self, turn: u32, decisions: &Decisions) {
        let Some(states) = self.states.try_get_untracked() else {
            return;
        };
        for (index, state) in states.iter().enumerate() {
            let attribute = AttributeIndex(index);
            if state.origin != Origin::Follows || decisions.is_empty() {
                continue;
            }
            TimeoutFuture::new(0).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            let why = self
                .with_reasoner(|reasoner| reasoner.why(decisions, attribute))
                .flatten();
            if let Some(why) = why {
                self.reasons.update(|reasons| {
                    reasons.insert(attribute, why);
                });
            }
        }
    }

    fn advance_until(self, deadline: f64) -> bool {
        let finished = self.with_reasoner(|reasoner| {
            loop {
                if reasoner.advance(QUERIES) {
                    return true;
                }
                if clock::now() >= deadline {
                    return false;
                }
            }
        });
        finished.unwrap_or(true)
    }

    fn publish(self, done: bool) {
        if let Some(snapshot) = self.with_reasoner(|reasoner| reasoner.snapshot()) {
            self.states.set(snapshot.states);
        }
        self.settled.set(done);
    }
}

/// Waits until `reached`; `false` where there is nothing left to wait for.
async fn wait_for(reached: impl Fn() -> Option<bool>) -> bool {
    while reached() == Some(false) {
        TimeoutFuture::new(POLL).await;
    }
    reached().is_some()
}
