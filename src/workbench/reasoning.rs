//! Having worked out what follows from the decisions, while the page goes on.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Decisions, Model, PartialAssignment, Rule, Value,
};
use quotewright_engine::configure::{AttributeState, Domain, Goal, Origin, Possibility};
use quotewright_engine::delivery::Change;
use quotewright_reasoner::{Call, Proposal, Reply};
use wasm_bindgen_futures::spawn_local;

use super::link::Link;
use super::{Workbench, forget};
use crate::state::{LoadFailure, Question, ReasonerState};

/// Milliseconds after which the buyer is told that something is being worked out.
const PATIENCE: u32 = 200;
/// Milliseconds between two looks at whether all is worked out.
const POLL: u32 = 5;

impl Workbench {
    /// Has a reasoner come: the first, or another one for one that was lost.
    pub fn hire(self) {
        self.reasoner.set(ReasonerState::Waiting);
        let reply = move |reply| self.hear(reply);
        // Not while it is calling: letting go of it here would end the call itself.
        let lost = move || spawn_local(async move { self.lose() });
        self.link.set_value(Some(Link::new(reply, lost)));
        self.brief();
    }

    /// Tells the reasoner what it is about; nothing while there is no product.
    pub(super) fn brief(self) {
        let open = self.catalog.with_untracked(|catalog| {
            let catalog = catalog.as_ref()?;
            Some(Call::Open {
                model: catalog.model_text.clone(),
                outlook: self.tells_outlook,
            })
        });
        if let Some(open) = open {
            self.say(&open);
            self.follow();
        }
    }

    /// Has worked out what follows from the decisions. A later call makes an earlier one void.
    pub(super) fn follow(self) {
        let turn = self.next_turn();
        self.followed.set_value(turn);
        self.settled.set(false);
        if self.reasons.with_untracked(|it| !it.is_empty()) {
            self.reasons.set(Default::default());
        }
        self.show_unknown();
        let decisions = self.decisions();
        self.say(&Call::Follow { turn, decisions });
        spawn_local(async move {
            TimeoutFuture::new(PATIENCE).await;
            let waiting = self.followed.try_get_value() == Some(turn)
                && self.settled.try_get_untracked() == Some(false);
            if waiting {
                self.slow.try_set(true);
            }
            self.forget_outlook(turn);
        });
    }

    /// Waits until what follows from the decisions is worked out. `false` where that will
    /// not be.
    pub async fn settle(self) -> bool {
        self.wait_for(|| self.settled.try_get_untracked()).await
    }

    /// As [`settle`](Self::settle), and until a value that is being looked into is taken or not.
    pub async fn settle_all(self) -> bool {
        let answered = || {
            let asking = |it: &Option<Question>| it.as_ref().is_some_and(|it| it.answer.is_none());
            let asking = self.question.try_with_untracked(asking)?;
            Some(!asking && self.settled.try_get_untracked()?)
        };
        self.wait_for(answered).await
    }

    /// What might be decided otherwise, so that it is there earlier; `line` as in
    /// [`Call::Faster`]. Nothing where it cannot be worked out, or is asked anew meanwhile.
    pub async fn changes(
        self,
        line: Option<usize>,
        decisions: Decisions,
        now: PartialAssignment,
    ) -> Vec<Change> {
        let turn = self.next_turn();
        self.say(&Call::Faster {
            turn,
            line,
            decisions,
            now,
        });
        self.answer(turn, self.faster).await.unwrap_or_default()
    }

    /// A way to decide everything; `budget` as in [`Call::Complete`]. Nothing where there is
    /// none, it cannot be worked out, or is asked anew meanwhile.
    pub async fn proposal(self, goal: Goal, budget: Option<Rule>) -> Option<Proposal> {
        let turn = self.next_turn();
        self.say(&Call::Complete {
            turn,
            decisions: self.decisions(),
            goal,
            budget,
        });
        self.answer(turn, self.proposed).await.flatten()
    }

    /// What `slot` has for the call `turn`, once it is there.
    async fn answer<T: Clone + Send + Sync + 'static>(
        self,
        turn: u32,
        slot: StoredValue<Option<(u32, T)>>,
    ) -> Option<T> {
        let answered = || {
            let found = slot.try_with_value(|it| it.as_ref().map(|(asked, _)| *asked))?;
            Some(found == Some(turn))
        };
        match self.wait_for(answered).await {
            true => slot.try_get_value().flatten().map(|(_, answer)| answer),
            false => None,
        }
    }

    /// Waits until `reached`; `false` where there is nothing left to wait for.
    async fn wait_for(self, reached: impl Fn() -> Option<bool>) -> bool {
        let works = || {
            let idle =
                |it: &ReasonerState| matches!(it, ReasonerState::Lost | ReasonerState::Refused(_));
            self.reasoner.try_with_untracked(|it| !idle(it)) == Some(true)
        };
        while works() {
            match reached() {
                Some(false) => TimeoutFuture::new(POLL).await,
                Some(true) => return true,
                None => return false,
            }
        }
        false
    }

    pub(super) fn say(self, call: &Call) {
        self.link.with_value(|link| {
            if let Some(link) = link {
                link.say(call);
            }
        });
    }

    pub(super) fn next_turn(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    /// What the buyer has decided; not tracked.
    pub fn decisions(self) -> Decisions {
        self.session
            .with_untracked(|session| session.decisions().clone())
    }

    /// What was asked before the last change is of no interest any more.
    fn hear(self, reply: Reply) {
        let current = |turn| self.followed.try_get_value() == Some(turn);
        match reply {
            Reply::Unsupported => self.refuse(LoadFailure::Failed),
            Reply::Follows {
                turn,
                states,
                settled,
            } if current(turn) => self.publish(states, settled),
            Reply::Impossible { turn } if current(turn) => self.withdraw(),
            Reply::Because {
                turn,
                attribute,
                conflict,
            } if current(turn) => self.reasons.update(|reasons| {
                reasons.insert(attribute, conflict);
            }),
            Reply::Effects {
                turn,
                attribute,
                outcomes,
            } if current(turn) => self.hear_effects(turn, attribute, outcomes),
            Reply::Left { turn, count } if current(turn) => self.left.set(Some((turn, count))),
            Reply::Follows { .. }
            | Reply::Impossible { .. }
            | Reply::Because { .. }
            | Reply::Effects { .. }
            | Reply::Left { .. } => {}
            Reply::WhyNot { turn, answer } => self.hear_why_not(turn, answer),
            Reply::Others {
                turn,
                explanations,
                repairs,
            } => self.hear_others(turn, explanations, repairs),
            Reply::Faster { turn, changes } => {
                drop(self.faster.try_set_value(Some((turn, changes))))
            }
            Reply::Completed { turn, proposal } => {
                drop(self.proposed.try_set_value(Some((turn, proposal))))
            }
            Reply::Nearest { turn, nearest } => self.hear_nearest(turn, nearest),
        }
    }

    fn publish(self, states: Vec<AttributeState>, settled: bool) {
        self.reasoner.set(ReasonerState::Ready);
        self.states.set(states);
        self.settled.set(settled);
        if settled {
            self.slow.set(false);
        }
    }

    /// The last decision is not possible: it is taken back, and the buyer is told why.
    fn withdraw(self) {
        let mut refused = None;
        self.session.update(|session| refused = session.withdraw());
        let Some(refused) = refused else {
            return self.refuse(LoadFailure::NoConfiguration);
        };
        self.follow();
        if let Some((attribute, value)) = refused {
            self.refused(attribute, value);
        }
    }

    fn refuse(self, failure: LoadFailure) {
        self.reasoner.set(ReasonerState::Refused(failure));
        self.slow.set(false);
    }

    fn lose(self) {
        if self.link.try_set_value(None).is_none() {
            self.reasoner.set(ReasonerState::Lost);
            forget(self.question);
            self.slow.set(false);
        }
    }

    /// While there is no reasoner that knows the product, the page shows what the buyer
    /// decided and that nothing else is known.
    fn show_unknown(self) {
        if self.reasoner.get_untracked() == ReasonerState::Ready {
            return;
        }
        let decisions = self.decisions();
        let states = self.catalog.with_untracked(|catalog| {
            let model = catalog.as_ref().map(|catalog| &catalog.model)?;
            Some(unknown_states(model, &decisions))
        });
        self.states.set(states.unwrap_or_default());
    }
}

/// Where each attribute stands while only the decisions are known.
fn unknown_states(model: &Model, decisions: &Decisions) -> Vec<AttributeState> {
    let state = |index: AttributeIndex| {
        let domain = &model.attributes[index.0].domain;
        let value = decisions.get(&index).copied();
        AttributeState {
            domain: unknown_domain(domain),
            value,
            origin: value.map_or(Origin::Open, |_: Value| Origin::Decided),
        }
    };
    model.indices().map(state).collect()
}

fn unknown_domain(domain: &AttributeDomain) -> Domain {
    match domain {
        AttributeDomain::Number(_) => Domain::Number {
            min: None,
            max: None,
        },
        other => Domain::Options(vec![Possibility::Unknown; other.size().unwrap_or(0)]),
    }
}
