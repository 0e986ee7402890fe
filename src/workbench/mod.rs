//! One product being configured: decisions in, everything that follows from them out.

mod questions;
mod reasoning;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Access, Assignment, AttributeIndex, PartialAssignment, Value};
use quotewright_engine::configure::{
    AttributeState, Configurator, Conflict, Domain, Origin, Possibility,
};
use quotewright_engine::quote::{LeadTime, lead_time};

use crate::clock;
use crate::state::{Catalog, LoadFailure, Notice, Offer, Question, Session};

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
    /// Why the attributes that follow from others can have no other value, as far as worked out.
    pub reasons: RwSignal<BTreeMap<AttributeIndex, Conflict>>,
    /// The one "why not?" that is open.
    pub question: RwSignal<Option<Question>>,
    /// What the last repair changed, until the next decision.
    pub notice: RwSignal<Option<Notice>>,
    /// The price.
    pub offer: Memo<Offer>,
    /// When it can be delivered.
    pub lead_time: Memo<Option<LeadTime>>,
    reasoner: StoredValue<Option<Configurator>, LocalStorage>,
    turn: StoredValue<u32>,
}

impl Workbench {
    /// An empty one.
    pub fn new() -> Self {
        let catalog = RwSignal::new(None::<Arc<Catalog>>);
        let states = RwSignal::new(Vec::<AttributeState>::new());
        let quantity = RwSignal::new(1);
        let offer = Memo::new(move |_| {
            let values = states.with(|states| values_of(states));
            let quantity = quantity.get();
            catalog.with(|catalog| match catalog {
                Some(catalog) => Offer::of(catalog, &values, quantity, clock::today()),
                None => Offer::Unavailable,
            })
        });
        let lead_time = Memo::new(move |_| {
            let values = states.with(|states| values_of(states));
            catalog.with(|catalog| catalog.as_ref().map(|it| lead_time(&it.model, &values)))
        });
        Self {
            catalog,
            session: RwSignal::default(),
            quantity,
            states,
            settled: RwSignal::new(true),
            reasons: RwSignal::default(),
            question: RwSignal::new(None),
            notice: RwSignal::new(None),
            offer,
            lead_time,
            reasoner: StoredValue::new_local(None),
            turn: StoredValue::new(0),
        }
    }

    /// Starts with another product, or the same one under other prices.
    ///
    /// # Errors
    /// When the product has no valid configuration, or cannot be reasoned about.
    pub fn open(self, catalog: Arc<Catalog>) -> Result<(), LoadFailure> {
        let same = self.catalog.with_untracked(|before| {
            before
                .as_ref()
                .is_some_and(|before| before.model == catalog.model)
        });
        if !same {
            let reasoner = Configurator::new(catalog.model.clone());
            self.reasoner
                .set_value(Some(reasoner.map_err(|_| LoadFailure::Failed)?));
            self.states.set(Vec::new());
            self.session.set(Session::default());
            self.quantity.set(1);
        }
        self.catalog.set(Some(catalog));
        self.work_out().map_err(|_| LoadFailure::NoConfiguration)
    }

    /// Decides `attribute`. A value that is not possible is not taken: the buyer is told why.
    pub fn choose(self, attribute: AttributeIndex, value: Value) {
        if self.is_possible(attribute, value) {
            self.change(|session| session.decide(attribute, value));
        } else {
            self.ask(attribute, value);
        }
    }

    /// Changes the decisions as one step that can be undone, and works out what follows.
    pub fn change(self, change: impl FnOnce(&mut Session)) {
        let before = self.session.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return;
        }
        self.question.set(None);
        self.notice.set(None);
        self.session.set(after);
        if self.work_out().is_err() {
            // The caller made sure that it is possible; if it is not, nothing has happened.
            self.session.set(before);
        }
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

    /// Attributes that the buyer still has to decide.
    pub fn open_attributes(self) -> Vec<AttributeIndex> {
        let Some(catalog) = self.catalog.get() else {
            return Vec::new();
        };
        let is_open = |index: &AttributeIndex| {
            // What a formula works out waits for other choices, not for this one.
            let calculated = catalog.model.attribute(*index).is_none_or(|attribute| {
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

    /// Whether a complete configuration has `value` together with the other decisions.
    pub fn is_possible(self, attribute: AttributeIndex, value: Value) -> bool {
        let settled = self.settled.get_untracked();
        // Until all is worked out, what is shown may belong to earlier decisions.
        let known = settled.then(|| {
            self.states
                .with_untracked(|states| known_possibility(states, attribute, value))
        });
        known
            .flatten()
            .unwrap_or_else(|| self.ask_reasoner(attribute, value))
    }

    fn ask_reasoner(self, attribute: AttributeIndex, value: Value) -> bool {
        let decisions = self
            .session
            .with_untracked(|session| session.decisions().clone());
        let possible = self.with_reasoner(|reasoner| {
            let attribute_of = reasoner.model().attribute(attribute);
            attribute_of.is_some_and(|it| it.domain.position_of(value).is_some())
                && reasoner.possible(&decisions, attribute, value)
        });
        possible.unwrap_or(false)
    }

    fn with_reasoner<T>(self, ask: impl FnOnce(&mut Configurator) -> T) -> Option<T> {
        self.reasoner
            .try_update_value(|reasoner| reasoner.as_mut().map(ask))
            .flatten()
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
