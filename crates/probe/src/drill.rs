//! One question at a time, for whoever holds a clock.

use jiff::civil::{Date, date};
use quotewright_engine::catalog::{
    Access, AttributeDomain, AttributeIndex, Condition, Decisions, Formula, Model,
    PartialAssignment, Value,
};
use quotewright_engine::configure::{Configuration, Configurator, Goal, Proof};
use quotewright_engine::price::{PricePack, price_unit};
use quotewright_engine::quote::lead_time;
use serde::Serialize;

use crate::artifact::{Artifact, ArtifactError};
use crate::choice::Chance;

/// Any fixed day: prices may depend on it.
const TODAY: Date = date(2026, 7, 1);

/// More than anybody looks at.
const ALL: usize = 1_000;

/// A buyer on one model: `next` chooses what to ask, the other functions ask it.
pub struct Drill {
    configurator: Configurator,
    pack: Option<PricePack>,
    chance: Chance,
    decisions: Decisions,
    shown: Configuration,
    impossible: Option<(AttributeIndex, Value)>,
    goal: Option<Goal>,
    joined: bool,
}

/// What a click did, by the names of the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Click {
    /// The attribute.
    pub attribute: String,
    /// The value; `None` where a decision was taken back.
    pub value: Option<String>,
}

impl Click {
    /// `click`, or `back` where a decision was taken back.
    pub fn kind(&self) -> &'static str {
        if self.value.is_some() {
            "click"
        } else {
            "back"
        }
    }
}

impl Drill {
    /// A buyer who has decided nothing.
    ///
    /// # Errors
    /// When the engine cannot reason about the model.
    pub fn new(artifact: Artifact) -> Result<Self, ArtifactError> {
        let joined = artifact.tree.is_some();
        let configurator = Artifact::configurator(artifact.model, artifact.tree)?;
        Ok(Self {
            configurator,
            pack: artifact.pack,
            chance: Chance::new(0),
            decisions: Decisions::new(),
            shown: Configuration { states: Vec::new() },
            impossible: None,
            goal: None,
            joined,
        })
    }

    /// The model.
    pub fn model(&self) -> &Model {
        self.configurator.model()
    }

    /// Takes everything back, and makes the chance of the next session's clicks.
    pub fn start(&mut self, seed: u32) {
        self.chance = Chance::new(seed);
        self.decisions = Decisions::new();
    }

    /// Whether the decisions go together: all domains, and the price and lead time of what
    /// the configuration is then.
    pub fn click(&mut self) -> bool {
        let Ok(shown) = self.configurator.configure(&self.decisions) else {
            return false;
        };
        self.shown = shown;
        let values = self.shown.states.iter().map(|it| it.value).collect();
        self.price(&values);
        true
    }

    /// Decides at random, or takes a decision back; `None` where nothing can be decided.
    pub fn choose(&mut self) -> Option<Click> {
        let decided: Vec<AttributeIndex> = self.decisions.keys().copied().collect();
        if let Some(attribute) = self.chance.takes_back(&decided) {
            self.decisions.remove(&attribute);
            return Some(self.told(attribute, None));
        }
        let free: Vec<AttributeIndex> = self
            .model()
            .indices()
            .filter(|it| self.is_free(*it))
            .collect();
        let attribute = self.chance.pick(&free)?;
        let state = self.shown.states.get(attribute.0)?;
        let (configurator, decisions) = (&mut self.configurator, &self.decisions);
        let value = self
            .chance
            .value(configurator, decisions, attribute, &state.domain)?;
        self.decisions.insert(attribute, value);
        Some(self.told(attribute, Some(value)))
    }

    /// Decides one attribute, by the names of the model; whether the model has them.
    pub fn decide(&mut self, attribute: &str, value: &str) -> bool {
        let found = self.model().index_of(attribute).and_then(|index| {
            let value = self.model().value_from_text(index, value)?;
            Some((index, value))
        });
        found.is_some_and(|(index, value)| {
            self.decisions.insert(index, value);
            true
        })
    }

    /// Whether there is a configuration with all decisions; nothing about why not.
    pub fn holds(&mut self) -> bool {
        let Some((&attribute, &value)) = self.decisions.last_key_value() else {
            return true;
        };
        (self.configurator).possible(&self.decisions, attribute, value)
    }

    /// Chooses a value that is impossible, for the questions after it; whether there is one.
    pub fn choose_impossible(&mut self) -> bool {
        self.impossible = self.chance.impossible(&self.shown);
        self.impossible.is_some()
    }

    /// Why the chosen value is impossible.
    pub fn explain(&mut self) -> bool {
        let Some((attribute, value)) = self.impossible else {
            return false;
        };
        (self.configurator)
            .explain(&self.decisions, attribute, value)
            .is_some()
    }

    /// The first repair of the chosen value, or all of them; how many there are.
    pub fn repairs(&mut self, all: bool) -> usize {
        let Some((attribute, value)) = self.impossible else {
            return 0;
        };
        let limit = if all { ALL } else { 1 };
        let found = self
            .configurator
            .repairs(&self.decisions, attribute, value, limit);
        found.repairs.len()
    }

    /// What every option of every attribute would cost.
    pub fn effects(&mut self) {
        let free: Vec<AttributeIndex> = self
            .model()
            .indices()
            .filter(|it| self.is_free(*it))
            .collect();
        for attribute in free {
            for effect in self.configurator.effects(&self.decisions, attribute) {
                if let Some(result) = effect.result {
                    self.price(&result);
                }
            }
        }
    }

    /// Whether the model's tables were joined.
    pub fn is_joined(&self) -> bool {
        self.joined
    }

    /// Whether configurations have prices.
    pub fn has_prices(&self) -> bool {
        self.pack.is_some()
    }

    /// A whole configuration as the model prefers; whether there is one.
    pub fn complete(&mut self) -> bool {
        self.configurator
            .complete(&self.decisions, &Goal::Default)
            .is_ok()
    }

    /// The cheapest whole configuration at made-up prices of all options; whether it is proven.
    pub fn cheapest(&mut self) -> bool {
        let goal = self
            .goal
            .get_or_insert_with(|| Goal::Minimize(made_up_price(self.configurator.model())));
        let found = self.configurator.complete(&self.decisions, goal);
        found.is_ok_and(|it| it.proof == Proof::Optimal)
    }

    fn price(&self, values: &PartialAssignment) {
        if let Some(pack) = &self.pack {
            let model = self.configurator.model();
            let price = price_unit(model, pack, values, 1, TODAY);
            std::hint::black_box((price.ok(), lead_time(model, values)));
        }
    }

    fn is_free(&self, index: AttributeIndex) -> bool {
        self.model()
            .attribute(index)
            .is_some_and(|it| it.formula.is_none() && it.access == Access::Open)
    }

    fn told(&self, index: AttributeIndex, value: Option<Value>) -> Click {
        let model = self.model();
        let value = value.map(|value| model.value_to_text(index, value));
        let code = model.attribute(index).map_or("", |it| it.code.as_str());
        Click {
            attribute: code.to_owned(),
            value,
        }
    }
}

/// A price for every option, below 1,000 and without a pattern.
fn made_up_price(model: &Model) -> Formula {
    let prices = model.indices().flat_map(|attribute| {
        let domain = model.attribute(attribute).map(|it| &it.domain);
        let size = match domain {
            Some(AttributeDomain::Options(list)) => list.options.len(),
            Some(AttributeDomain::Flag) => 2,
            _ => 0,
        };
        (0..size).map(move |option| {
            let chosen = Condition::Is {
                attribute,
                options: vec![option],
            };
            let price = (attribute.0 * 7_919 + option * 104_729) % 1_000;
            Formula::Where(Box::new(chosen), Box::new(Formula::Constant(price.into())))
        })
    });
    Formula::Sum(prices.collect())
}
