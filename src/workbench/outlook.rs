//! What each option would change, and how many configurations are left.

use std::collections::BTreeMap;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeIndex, PartialAssignment};
use quotewright_engine::configure::Count;
use quotewright_reasoner::Outcome;
use wasm_bindgen_futures::spawn_local;

use super::{Workbench, values_of};
use crate::clock;
use crate::state::{Difference, differences};

/// By attribute, what each of its options would change.
pub type Outlook = BTreeMap<AttributeIndex, Arc<Options>>;

/// Milliseconds that are worked at a time, so that the page answers meanwhile.
const SLICE: f64 = 8.0;
/// Milliseconds between two such times, in which more is heard: what is the same for all
/// attributes is worked out once each time.
const PAUSE: u32 = 16;

/// What the options of one attribute would change.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The call that asked what follows.
    turn: u32,
    /// The configuration that they are compared with.
    now: PartialAssignment,
    outcomes: Vec<Option<Outcome>>,
    /// By option, in money and days; empty until they are worked out.
    differences: Vec<Option<Difference>>,
}

impl Workbench {
    /// What choosing `option` would change; tracked.
    pub fn difference(self, attribute: AttributeIndex, option: usize) -> Option<Difference> {
        self.outlook.with(|outlook| {
            let options = outlook.get(&attribute)?;
            options.differences.get(option)?.clone()
        })
    }

    /// How many configurations are left, once that is known; tracked.
    pub fn count_left(self) -> Option<Count> {
        self.left.get().map(|(_, count)| count)
    }

    /// Works the differences out anew, for another quantity or other terms.
    pub fn price_outlook(self) {
        let shown = self.outlook.with_untracked(Outlook::clone);
        self.unpriced.update_value(|unpriced| {
            for (attribute, options) in shown {
                unpriced.entry(attribute).or_insert(options);
            }
        });
        self.price_unpriced();
    }

    pub(super) fn hear_effects(
        self,
        turn: u32,
        attribute: AttributeIndex,
        outcomes: Vec<Option<Outcome>>,
    ) {
        let options = Options {
            turn,
            now: self.states.with_untracked(|states| values_of(states)),
            outcomes,
            differences: Vec::new(),
        };
        self.unpriced.update_value(|unpriced| {
            unpriced.insert(attribute, Arc::new(options));
        });
        self.price_unpriced();
    }

    /// Has the differences worked out that wait for it, a few at a time.
    fn price_unpriced(self) {
        let works = |works: &mut bool| std::mem::replace(works, true);
        if self.prices_outlook.try_update_value(works) != Some(false) {
            return;
        }
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            while self.price_some() == Some(true) {
                TimeoutFuture::new(PAUSE).await;
            }
            self.prices_outlook.try_set_value(false);
        });
    }

    /// Whether there is more to work out; `None` where the element is gone.
    fn price_some(self) -> Option<bool> {
        let followed = self.followed.try_get_value()?;
        let mut waiting = self.unpriced.try_update_value(std::mem::take)?;
        waiting.retain(|_, it| it.turn == followed);
        let Some(now) = waiting.values().next().map(|it| it.now.clone()) else {
            return Some(false);
        };
        let (alike, mut waiting): (Outlook, Outlook) =
            waiting.into_iter().partition(|(_, it)| it.now == now);
        let found = self.differences(&now, &alike);
        let mut alike = alike.into_iter();
        self.outlook.try_update_untracked(|outlook| {
            for (differences, (attribute, mut options)) in found.into_iter().zip(&mut alike) {
                Arc::make_mut(&mut options).differences = differences;
                outlook.insert(attribute, options);
            }
        })?;
        self.show_outlook();
        waiting.extend(alike);
        let more = !waiting.is_empty();
        self.unpriced.try_set_value(waiting);
        Some(more)
    }

    /// Shows what was heard with the next picture of the screen, and not one by one.
    fn show_outlook(self) {
        let waits = &self.outlook_waits;
        if waits.try_update_value(|it| std::mem::replace(it, true)) != Some(false) {
            return;
        }
        request_animation_frame(move || {
            // The element may be gone by then.
            if self.outlook_waits.try_set_value(false).is_none() {
                self.outlook.notify();
            }
        });
    }

    /// What is told about earlier decisions than those of `turn` holds no more. For a moment it
    /// stays on the screen, so that nothing flickers while the next is worked out.
    pub(super) fn forget_outlook(self, turn: u32) {
        if self.followed.try_get_value() != Some(turn) {
            return;
        }
        let old = |outlook: &Outlook| outlook.values().any(|it| it.turn != turn);
        if self.outlook.try_with_untracked(old) == Some(true) {
            self.outlook
                .update(|outlook| outlook.retain(|_, it| it.turn == turn));
        }
        let counted = |it: &Option<(u32, Count)>| it.as_ref().is_some_and(|it| it.0 != turn);
        if self.left.try_with_untracked(counted) == Some(true) {
            self.left.set(None);
        }
    }

    /// Of the first attributes, as many as a slice of time has room for.
    fn differences(self, now: &PartialAssignment, asked: &Outlook) -> Vec<Vec<Option<Difference>>> {
        let terms = self.terms.get_untracked();
        let end = clock::milliseconds() + SLICE;
        let outcomes = asked.values().map(|it| it.outcomes.as_slice());
        let in_time = |(at, _): &(usize, _)| *at == 0 || clock::milliseconds() < end;
        let outcomes = outcomes.enumerate().take_while(in_time).map(|(_, it)| it);
        let found = self.order(now, |order| differences(order, outcomes, &terms));
        found.unwrap_or_default()
    }
}
