//! One product being configured, or the questions about a quote being answered: decisions in,
//! everything that follows from them out.

mod link;
mod outlook;
mod questions;
mod reasoning;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Access, Assignment, AttributeIndex, PartialAssignment, Value};
use quotewright_engine::configure::{AttributeState, Conflict, Count, Domain, Origin, Possibility};
use quotewright_engine::delivery::{Change, LinePlan};
use quotewright_engine::quote::{Asked, AskedLine};
use quotewright_reasoner::Proposal;
use rust_decimal::Decimal;

use crate::app::use_app;
use crate::clock;
use crate::state::{
    Catalog, LineTiers, Notice, Offer, Order, Others, Question, ReasonerState, Session, Terms,
    arrival, entered,
};
use link::Link;
use outlook::Outlook;
use questions::Step;

/// State of the configurator. Outlives its views.
#[derive(Clone, Copy)]
pub struct Workbench {
    /// What is configured.
    pub catalog: RwSignal<Option<Arc<Catalog>>>,
    /// The buyer's decisions.
    pub session: RwSignal<Session>,
    /// Pieces.
    pub quantity: RwSignal<u32>,
    /// Where each attribute stands, in the order of the catalog.
    pub states: RwSignal<Vec<AttributeState>>,
    /// Whether everything in `states` is known.
    pub settled: RwSignal<bool>,
    /// Whether that takes so long that the buyer is told.
    pub slow: RwSignal<bool>,
    /// What works it out.
    pub reasoner: RwSignal<ReasonerState>,
    /// Why the attributes that follow from others can have no other value, as far as worked out.
    pub reasons: RwSignal<BTreeMap<AttributeIndex, Conflict>>,
    /// The one "why not?" that is open.
    pub question: RwSignal<Option<Question>>,
    /// What else there is to answer to it, once that is known.
    pub others: RwSignal<Others>,
    /// What the last repair changed, until the next decision.
    pub notice: RwSignal<Option<Notice>>,
    /// The price.
    pub offer: Memo<Offer>,
    /// When it can be delivered, as a quote of it alone says.
    pub arrival: Memo<Option<LinePlan>>,
    /// What each option would change, as far as worked out.
    pub outlook: RwSignal<Outlook>,
    /// Whether what was heard of it is about to be shown.
    outlook_waits: StoredValue<bool>,
    /// What was heard of it and has no prices yet.
    unpriced: StoredValue<Outlook>,
    /// Whether these prices are being worked out.
    prices_outlook: StoredValue<bool>,
    /// How many configurations are left, and the call that asked what follows.
    left: RwSignal<Option<(u32, Count)>>,
    /// Whether the two are worked out at all.
    tells_outlook: bool,
    /// What might be decided otherwise, and the call that asked for it.
    faster: StoredValue<Option<(u32, Vec<Change>)>>,
    /// A way to decide everything, and the call that asked for it.
    proposed: StoredValue<Option<(u32, Option<Proposal>)>>,
    /// What prices depend on besides the configuration.
    pub terms: Signal<Terms>,
    /// What is answered about the quote as a whole, as far as it is known.
    pub answers: Signal<PartialAssignment>,
    link: StoredValue<Option<Link>, LocalStorage>,
    /// Number of the last call to the reasoner.
    turn: StoredValue<u32>,
    /// The call that asks what follows from the decisions.
    followed: StoredValue<u32>,
    /// The call that asks the open question.
    asked: StoredValue<u32>,
    /// The number that was last stepped to.
    step: StoredValue<Option<Step>>,
}

impl Workbench {
    /// An empty one, whose prices depend on `terms` and whose delivery on `answers` about the
    /// quote as a whole; `tells_outlook` as [`Call::Open`](quotewright_reasoner::Call::Open)
    /// has it.
    pub fn new(
        terms: Signal<Terms>,
        answers: Signal<PartialAssignment>,
        tells_outlook: bool,
    ) -> Self {
        let catalog = RwSignal::new(None::<Arc<Catalog>>);
        let states = RwSignal::new(Vec::<AttributeState>::new());
        let quantity = RwSignal::new(1);
        let offer = Memo::new(move |_| {
            let values = states.with(|states| values_of(states));
            let quantity = quantity.get();
            catalog.with(|catalog| match catalog {
                Some(catalog) => {
                    let terms = terms.get();
                    Offer::of(catalog, &values, quantity, clock::today(), &terms)
                }
                None => Offer::Unavailable,
            })
        });
        let arrival = Memo::new(move |_| {
            let values = states.with(|states| values_of(states));
            let catalog = catalog.get()?;
            let answers = answers.get();
            arrival(&Order {
                catalog: &catalog,
                values: &values,
                quantity: quantity.get(),
                answers: &answers,
                date: clock::today(),
            })
        });
        Self {
            catalog,
            session: RwSignal::default(),
            quantity,
            states,
            settled: RwSignal::new(true),
            slow: RwSignal::new(false),
            reasoner: RwSignal::default(),
            reasons: RwSignal::default(),
            question: RwSignal::new(None),
            others: RwSignal::default(),
            notice: RwSignal::new(None),
            offer,
            arrival,
            outlook: RwSignal::default(),
            outlook_waits: StoredValue::new(false),
            unpriced: StoredValue::default(),
            prices_outlook: StoredValue::new(false),
            left: RwSignal::new(None),
            tells_outlook,
            faster: StoredValue::new(None),
            proposed: StoredValue::new(None),
            terms,
            answers,
            link: StoredValue::new_local(None),
            turn: StoredValue::new(0),
            followed: StoredValue::new(0),
            asked: StoredValue::new(0),
            step: StoredValue::new(None),
        }
    }

    /// Asks for so many pieces, or the next number that is sold.
    pub fn ask_for(self, pieces: u32) {
        let catalog = self.catalog.get_untracked();
        let sold = catalog.map_or(pieces.max(1), |it| it.pieces_from(pieces));
        self.quantity.set(sold);
    }

    /// Starts with another product, or the same one under other prices.
    pub fn open(self, catalog: Arc<Catalog>) {
        let same = self.catalog.with_untracked(|before| {
            before
                .as_ref()
                .is_some_and(|before| before.model_text == catalog.model_text)
        });
        let idle = self.link.with_value(Option::is_none);
        self.catalog.set(Some(catalog));
        if !same {
            self.session.set(Session::default());
            self.ask_for(1);
            forget(self.question);
            forget(self.notice);
        }
        if idle {
            self.hire();
        } else if same && self.reasoner.get_untracked() == ReasonerState::Ready {
            self.follow();
        } else {
            self.reasoner.set(ReasonerState::Waiting);
            self.brief();
        }
    }

    /// Decides `attribute`. A value that is not possible is not taken: the buyer is told why.
    pub fn choose(self, attribute: AttributeIndex, value: Value) {
        if self.may_be_possible(attribute, value) {
            self.change(|session| session.decide(attribute, value));
        } else {
            self.ask(attribute, value);
        }
    }

    /// Changes the decisions as one step that can be undone, and has worked out what follows.
    /// The step is taken back where it turns out to be impossible.
    pub fn change(self, change: impl FnOnce(&mut Session)) {
        let before = self.session.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return;
        }
        forget(self.question);
        forget(self.notice);
        self.step.set_value(None);
        self.session.set(after);
        self.follow();
    }

    /// The complete configuration that the decisions lead to, once nothing is open and all
    /// is worked out.
    pub fn assignment(self) -> Option<Assignment> {
        if !self.settled.get_untracked() {
            return None;
        }
        let model_size = self
            .catalog
            .with(|it| it.as_ref().map(|it| it.model.attributes.len()))?;
        let values: Option<Assignment> = self
            .states
            .with(|states| states.iter().map(|state| state.value).collect());
        values.filter(|values| values.len() == model_size)
    }

    /// What the line costs at other quantities; tracked.
    pub fn tiers(self) -> Option<LineTiers> {
        let values = self.states.with(|states| values_of(states));
        let catalog = self.catalog.get()?;
        let pack = catalog.pack.as_ref()?;
        let line = AskedLine {
            model: &catalog.model,
            values: &values,
            quantity: self.quantity.get(),
            ramp: &[],
            earlier: 0,
            billed: Decimal::ZERO,
        };
        let terms = self.terms.get();
        let promotions = entered(&terms.promotions, pack);
        let asked = Asked {
            lines: &[line],
            whole: None,
            date: clock::today(),
            promotions: &promotions,
            buyer: terms.buyer.buyer(),
            dates: None,
            manual: &[],
        };
        self.offer.with(|offer| match offer {
            Offer::Priced(priced) => LineTiers::of(pack, &asked, 0, &priced.line),
            Offer::Hidden | Offer::Unavailable => None,
        })
    }

    /// When as many of another configuration can be there.
    pub fn planned(self, values: &[Option<Value>]) -> Option<LinePlan> {
        self.order(values, arrival).flatten()
    }

    /// What `work` comes to for as many of a configuration, ordered today.
    fn order<T>(self, values: &[Option<Value>], work: impl FnOnce(&Order) -> T) -> Option<T> {
        let catalog = self.catalog.get_untracked()?;
        let answers = self.answers.get_untracked();
        Some(work(&Order {
            catalog: &catalog,
            values,
            quantity: self.quantity.get_untracked(),
            answers: &answers,
            date: clock::today(),
        }))
    }

    /// Attributes that the buyer still has to decide.
    pub fn open_attributes(self) -> Vec<AttributeIndex> {
        let Some(catalog) = self.catalog.get() else {
            return Vec::new();
        };
        let is_open = |index: &AttributeIndex| {
            // What a formula works out waits for other choices, not for this one; what lines
            // say for nobody's.
            let fact = catalog.model.facts.iter().any(|(fact, _)| fact == index);
            let calculated = fact
                || catalog.model.attribute(*index).is_none_or(|attribute| {
                    attribute.formula.is_some() || attribute.access != Access::Open
                });
            let state = |states: &Vec<AttributeState>| {
                states
                    .get(index.0)
                    .is_none_or(|state| state.origin == Origin::Open)
            };
            !calculated && self.states.with(state)
        };
        catalog.model.indices().filter(is_open).collect()
    }

    /// Whether the catalog has `value`, and nothing that is known rules it out.
    fn may_be_possible(self, attribute: AttributeIndex, value: Value) -> bool {
        let exists = self.catalog.with_untracked(|catalog| {
            let model = catalog.as_ref().map(|catalog| &catalog.model);
            let attribute = model.and_then(|model| model.attribute(attribute));
            attribute.is_some_and(|attribute| attribute.domain.contains(value))
        });
        // Until all is worked out, what is shown may belong to earlier decisions.
        let ruled_out = self.settled.get_untracked()
            && self.states.with_untracked(|states| {
                known_possibility(states, attribute, value) == Some(false)
            });
        exists && !ruled_out
    }
}

/// The workbench of the view that is being built: the one that is provided around it, else the
/// configurator's.
pub fn use_bench() -> Workbench {
    use_context().unwrap_or_else(|| use_app().workbench)
}

/// Empties a signal. Those who look at it, as every option does at the question, hear of it only
/// where there was something.
fn forget<T: Send + Sync + 'static>(signal: RwSignal<Option<T>>) {
    if signal.with_untracked(Option::is_some) {
        signal.set(None);
    }
}

/// Whether `value` is possible, where `states` say so.
fn known_possibility(
    states: &[AttributeState],
    attribute: AttributeIndex,
    value: Value,
) -> Option<bool> {
    let (Domain::Options(options), Value::Option(option)) =
        (&states.get(attribute.0)?.domain, value)
    else {
        return None;
    };
    match options.get(option)? {
        Possibility::Possible => Some(true),
        Possibility::Impossible => Some(false),
        Possibility::Unknown => None,
    }
}

/// The values of the current configuration.
pub fn values_of(states: &[AttributeState]) -> PartialAssignment {
    states.iter().map(|state| state.value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_options_that_are_known_need_no_question() {
        let state = |domain| AttributeState {
            domain,
            value: None,
            origin: Origin::Open,
        };
        let options = vec![
            Possibility::Possible,
            Possibility::Impossible,
            Possibility::Unknown,
        ];
        let number = Domain::Number {
            min: None,
            max: None,
        };
        let states = [state(Domain::Options(options)), state(number)];
        for (attribute, value, expected) in [
            (0, Value::Option(0), Some(true)),
            (0, Value::Option(1), Some(false)),
            (0, Value::Option(2), None),
            (0, Value::Option(3), None),
            (1, Value::Number(5.into()), None),
            (1, Value::Option(0), None),
            (2, Value::Option(0), None),
        ] {
            let known = known_possibility(&states, AttributeIndex(attribute), value);
            assert_eq!(known, expected, "{attribute} {value:?}");
        }
    }
}
