//! What each option would change, and how many configurations are left.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeIndex, PartialAssignment};
use quotewright_engine::configure::Count;
use quotewright_reasoner::Outcome;

use super::{Workbench, values_of};
use crate::state::{Difference, differences};

/// By attribute, what each of its options would change.
pub type Outlook = BTreeMap<AttributeIndex, Arc<Options>>;

/// What the options of one attribute would change.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The call that asked what follows.
    turn: u32,
    /// The configuration that they are compared with.
    now: PartialAssignment,
    outcomes: Vec<Option<Outcome>>,
    /// By option, in money and days.
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
        self.outlook.update(|outlook| {
            for options in outlook.values_mut() {
                let priced = self.differences(&options.now, &options.outcomes);
                Arc::make_mut(options).differences = priced;
            }
        });
    }

    pub(super) fn hear_effects(
        self,
        turn: u32,
        attribute: AttributeIndex,
        outcomes: Vec<Option<Outcome>>,
    ) {
        let now = self.states.with_untracked(|states| values_of(states));
        let options = Options {
            turn,
            differences: self.differences(&now, &outcomes),
            now,
            outcomes,
        };
        self.outlook.update_untracked(|outlook| {
            outlook.insert(attribute, Arc::new(options));
        });
        self.show_outlook();
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

    fn differences(
        self,
        now: &PartialAssignment,
        outcomes: &[Option<Outcome>],
    ) -> Vec<Option<Difference>> {
        let terms = self.terms.get_untracked();
        let found = self.order(now, |order| differences(order, outcomes, &terms));
        found.unwrap_or_default()
    }
}
