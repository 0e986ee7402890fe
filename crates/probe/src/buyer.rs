//! A buyer on one model, one question at a time.

use quotewright_engine::catalog::{
    Access, AttributeIndex, Decisions, Model, PartialAssignment, Value,
};
use quotewright_engine::configure::{
    Completed, Configuration, Configurator, Conflict, Count, Domain, Effect, Explanations, Goal,
    Possibility, Repairs,
};
use quotewright_engine::price::PricePack;
use quotewright_engine::quote::Changes;
use serde::{Deserialize, Serialize};

use crate::artifact::{Artifact, ArtifactError};
use crate::choice::Chance;
use crate::prices::{self, Offer};

/// More than anybody looks at.
const ALL: usize = 1_000;

/// Chooses at random what to ask, and asks it.
pub struct Buyer {
    configurator: Configurator,
    pack: Option<PricePack>,
    chance: Chance,
    decisions: Decisions,
    shown: Configuration,
    impossible: Option<(AttributeIndex, Value)>,
    quantity: u32,
    cheapest: Goal,
    fastest: Goal,
}

/// A decision by the names of the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Click {
    /// The attribute.
    pub attribute: String,
    /// The value; `None` where a decision was taken back.
    pub value: Option<String>,
}

/// What an option would change: the whole configuration, and what one piece costs more.
pub type Offered = (Effect, Option<Changes>);

impl Buyer {
    /// A buyer who has decided nothing and knows nothing yet.
    ///
    /// # Errors
    /// When the engine cannot reason about the model.
    pub fn new(artifact: &Artifact, seed: u32) -> Result<Self, ArtifactError> {
        let Artifact { model, tree, pack } = artifact.clone();
        let (cheapest, fastest) = (
            prices::cheapest(&model, pack.as_ref()),
            prices::fastest(&model),
        );
        Ok(Self {
            configurator: Artifact::configurator(model, tree)?,
            pack,
            chance: Chance::new(seed),
            decisions: Decisions::new(),
            shown: Configuration { states: Vec::new() },
            impossible: None,
            quantity: 1,
            cheapest,
            fastest,
        })
    }

    /// The model.
    pub fn model(&self) -> &Model {
        self.configurator.model()
    }

    /// Decides at random, or takes a decision back; `None` where nothing was hit upon.
    pub fn choose(&mut self) -> Option<Click> {
        self.quantity = self.chance.quantity();
        let decided: Vec<AttributeIndex> = self.decisions.keys().copied().collect();
        if let Some(attribute) = self.chance.takes_back(&decided) {
            self.decisions.remove(&attribute);
            return Some(self.told(attribute, None));
        }
        let attribute = self.chance.pick(&self.free())?;
        let state = self.shown.states.get(attribute.0)?;
        let (configurator, decisions) = (&mut self.configurator, &self.decisions);
        let value = self
            .chance
            .value(configurator, decisions, attribute, &state.domain)?;
        self.decisions.insert(attribute, value);
        Some(self.told(attribute, Some(value)))
    }

    /// Decides as told; whether the model knows it and shows it as possible.
    pub fn follow(&mut self, click: &Click) -> bool {
        let Some((attribute, value)) = self.meant(click) else {
            return false;
        };
        let state = self.shown.states.get(attribute.0);
        let possible = state.is_some_and(|state| match (&state.domain, value) {
            (Domain::Options(options), Value::Option(option)) => {
                options.get(option) == Some(&Possibility::Possible)
            }
            _ => false,
        });
        if possible {
            self.decisions.insert(attribute, value);
        }
        possible
    }

    /// Whether the model has all these values.
    pub fn knows(&self, clicks: &[Click]) -> bool {
        clicks.iter().all(|it| self.meant(it).is_some())
    }

    /// Whether there is a configuration with all of `clicks`.
    pub fn could_have(&mut self, clicks: &[Click]) -> bool {
        let meant: Option<Decisions> = clicks.iter().map(|it| self.meant(it)).collect();
        let Some(decisions) = meant else {
            return false;
        };
        let Some((&attribute, &value)) = decisions.last_key_value() else {
            return true;
        };
        self.configurator.possible(&decisions, attribute, value)
    }

    /// All that a screen shows after a click: every domain, what follows and what is suggested,
    /// and the price and lead time of that.
    ///
    /// # Errors
    /// When the decisions do not go together: never for those that were shown as possible.
    pub fn look(&mut self) -> Result<(&Configuration, Option<Offer>), Conflict> {
        self.shown = self.configurator.configure(&self.decisions)?;
        let values: PartialAssignment = self.shown.states.iter().map(|it| it.value).collect();
        let pack = self.pack.as_ref();
        let offer = pack.map(|it| prices::offer(self.model(), it, &values, self.quantity));
        Ok((&self.shown, offer))
    }

    /// What every option of every attribute that can be decided would change.
    pub fn effects(&mut self) -> Vec<Offered> {
        let free = self.free();
        self.effects_of(&free)
    }

    /// The same for one attribute that chance picks.
    pub fn some_effects(&mut self) -> Vec<Offered> {
        let attribute = self.chance.pick(&self.free());
        self.effects_of(attribute.as_slice())
    }

    /// Chooses a value that is impossible, for the questions after it; whether there is one.
    pub fn choose_impossible(&mut self) -> bool {
        self.impossible = self.chance.impossible(&self.shown);
        self.impossible.is_some()
    }

    /// Why the chosen value is impossible.
    pub fn explain(&mut self) -> Option<Conflict> {
        let (attribute, value) = self.impossible?;
        self.configurator.explain(&self.decisions, attribute, value)
    }

    /// All reasons why it is.
    pub fn explanations(&mut self) -> Option<Explanations> {
        let (attribute, value) = self.impossible?;
        let decisions = &self.decisions;
        Some((self.configurator).explanations(decisions, attribute, value, ALL))
    }

    /// The first repair of the chosen value, or all of them.
    pub fn repairs(&mut self, all: bool) -> Option<Repairs> {
        let (attribute, value) = self.impossible?;
        let limit = if all { ALL } else { 1 };
        let decisions = &self.decisions;
        Some((self.configurator).repairs(decisions, attribute, value, limit))
    }

    /// Why an attribute that chance picks has the only value that it can have.
    pub fn why(&mut self) -> Option<Conflict> {
        let attributes: Vec<AttributeIndex> = self.model().indices().collect();
        let attribute = self.chance.pick(&attributes)?;
        self.configurator.why(&self.decisions, attribute)
    }

    /// How many configurations are left; `tries` as in [`Configurator::count`].
    pub fn count(&mut self, tries: u32) -> Count {
        self.configurator.count(&self.decisions, tries)
    }

    /// A whole configuration as the model prefers.
    ///
    /// # Errors
    /// As [`Buyer::look`].
    pub fn complete(&mut self) -> Result<Completed, Conflict> {
        self.configurator.complete(&self.decisions, &Goal::Default)
    }

    /// The cheapest whole configuration, at made-up prices where there are no others.
    ///
    /// # Errors
    /// As [`Buyer::look`].
    pub fn cheapest(&mut self) -> Result<Completed, Conflict> {
        self.configurator.complete(&self.decisions, &self.cheapest)
    }

    /// The configuration that is there first.
    ///
    /// # Errors
    /// As [`Buyer::look`].
    pub fn fastest(&mut self) -> Result<Completed, Conflict> {
        self.configurator.complete(&self.decisions, &self.fastest)
    }

    /// Whether configurations have prices.
    pub fn has_prices(&self) -> bool {
        self.pack.is_some()
    }

    fn effects_of(&mut self, attributes: &[AttributeIndex]) -> Vec<Offered> {
        let (configurator, decisions) = (&mut self.configurator, &self.decisions);
        let effects: Vec<Effect> = (attributes.iter())
            .flat_map(|it| configurator.effects(decisions, *it))
            .collect();
        let now: PartialAssignment = self.shown.states.iter().map(|it| it.value).collect();
        let pack = self.pack.as_ref();
        let changes = pack.and_then(|it| prices::changes(self.model(), it, &now, &effects));
        let changes = changes.unwrap_or_else(|| vec![None; effects.len()]);
        effects.into_iter().zip(changes).collect()
    }

    /// The attributes that can be decided.
    fn free(&self) -> Vec<AttributeIndex> {
        let is_free = |&index: &AttributeIndex| {
            let attribute = self.model().attribute(index);
            attribute.is_some_and(|it| it.formula.is_none() && it.access == Access::Open)
        };
        self.model().indices().filter(is_free).collect()
    }

    fn meant(&self, click: &Click) -> Option<(AttributeIndex, Value)> {
        let model = self.model();
        let attribute = model.index_of(&click.attribute)?;
        let value = model.value_from_text(attribute, click.value.as_deref()?)?;
        Some((attribute, value))
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
