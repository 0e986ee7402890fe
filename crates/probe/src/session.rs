use fastrand::Rng;
use jiff::civil::{Date, date};
use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Decisions, Model, NumberRange, PartialAssignment, Value,
};
use quotewright_engine::configure::{
    Configuration, Configurator, Conflict, Domain, Possibility, Unsupported,
};
use quotewright_engine::price::PricePack;
use quotewright_engine::quote::{lead_time, price_line};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::choice::{TAKEN_BACK, impossible, pick, positions};

/// Any fixed day: prices may depend on it.
const TODAY: Date = date(2026, 7, 1);

/// Why a session cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// The model or the price pack is not one.
    #[error("reading a model or price pack: {0}")]
    Read(#[from] serde_json::Error),
    /// The engine cannot reason about the model.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// A value that the engine had called possible was refused.
    #[error("a value called possible was refused: {0:?}")]
    Refused(Conflict),
}

/// A buyer who clicks at random, and a hash of all answers.
pub struct Session {
    configurator: Configurator,
    pack: PricePack,
    random: Rng,
    decisions: Decisions,
    shown: Configuration,
    answers: Sha256,
}

impl Session {
    /// A session on a compiled model and price pack, both JSON.
    ///
    /// # Errors
    /// When one of them cannot be read, or the engine cannot reason about the model.
    pub fn new(model: &str, pack: &str, seed: u32) -> Result<Self, ProbeError> {
        let model: Model = serde_json::from_str(model)?;
        let mut configurator = Configurator::new(model)?;
        let decisions = Decisions::new();
        let shown = configurator
            .configure(&decisions)
            .map_err(ProbeError::Refused)?;
        Ok(Self {
            configurator,
            pack: serde_json::from_str(pack)?,
            random: Rng::with_seed(seed.into()),
            decisions,
            shown,
            answers: Sha256::new(),
        })
    }

    /// One decision and all that a screen shows after it: every domain, the
    /// price with its steps, the lead time.
    ///
    /// # Errors
    /// When the engine refuses a value that it had called possible.
    pub fn click(&mut self) -> Result<(), ProbeError> {
        self.decide()?;
        self.shown = self
            .configurator
            .configure(&self.decisions)
            .map_err(ProbeError::Refused)?;
        let shown = self.shown.clone();
        self.note(&shown)?;
        let values: PartialAssignment = shown.states.iter().map(|state| state.value).collect();
        self.note_price(&values)
    }

    /// Why one impossible value is impossible, what would make it possible, and
    /// why one value follows.
    ///
    /// # Errors
    /// When an answer cannot be written as JSON.
    pub fn ask(&mut self) -> Result<(), ProbeError> {
        let attributes: Vec<AttributeIndex> = self.configurator.model().indices().collect();
        if let Some(&attribute) = pick(&mut self.random, &attributes) {
            let why = self.configurator.why(&self.decisions, attribute);
            self.note(&why)?;
        }
        let impossible = impossible(&self.shown);
        if let Some(&(attribute, value)) = pick(&mut self.random, &impossible) {
            let conflict = self.configurator.explain(&self.decisions, attribute, value);
            let repair = self.configurator.repair(&self.decisions, attribute, value);
            self.note(&(conflict, repair))?;
        }
        Ok(())
    }

    /// SHA-256 in hexadecimal of all answers so far.
    pub fn digest(&self) -> String {
        format!("{:x}", self.answers.clone().finalize())
    }

    /// Takes a decision back, or makes one that is possible.
    fn decide(&mut self) -> Result<(), ProbeError> {
        let decided: Vec<AttributeIndex> = self.decisions.keys().copied().collect();
        if self.random.u32(..TAKEN_BACK) == 0
            && let Some(attribute) = pick(&mut self.random, &decided)
        {
            self.decisions.remove(attribute);
            return Ok(());
        }
        let free = self.free();
        if let Some(&attribute) = pick(&mut self.random, &free)
            && let Some(value) = self.value_for(attribute)?
        {
            self.decisions.insert(attribute, value);
        }
        Ok(())
    }

    /// The attributes that can be decided.
    fn free(&self) -> Vec<AttributeIndex> {
        let model = self.configurator.model();
        let is_free = |&index: &AttributeIndex| {
            model
                .attribute(index)
                .is_some_and(|attribute| attribute.formula.is_none())
        };
        model.indices().filter(is_free).collect()
    }

    /// A random value of `attribute` that is possible.
    fn value_for(&mut self, attribute: AttributeIndex) -> Result<Option<Value>, ProbeError> {
        let Some(state) = self.shown.states.get(attribute.0) else {
            return Ok(None);
        };
        match &state.domain {
            Domain::Options(options) => {
                let possible = positions(options, Possibility::Possible);
                Ok(pick(&mut self.random, &possible)
                    .copied()
                    .map(Value::Option))
            }
            &Domain::Number {
                min: Some(min),
                max: Some(max),
            } => self.number_for(attribute, min, max),
            Domain::Number { .. } => Ok(None),
        }
    }

    /// A random number from `min` to `max`, or, where it is impossible, one next to it.
    fn number_for(
        &mut self,
        attribute: AttributeIndex,
        min: Decimal,
        max: Decimal,
    ) -> Result<Option<Value>, ProbeError> {
        let Some(step) = self.step_of(attribute) else {
            return Ok(None);
        };
        let steps = ((max - min) / step).to_u32().unwrap_or_default();
        let number = min + step * Decimal::from(self.random.u32(..=steps));
        let value = Value::Number(number);
        if self
            .configurator
            .possible(&self.decisions, attribute, value)
        {
            return Ok(Some(value));
        }
        let nearest = self
            .configurator
            .nearest(&self.decisions, attribute, number);
        self.note(&nearest)?;
        Ok(nearest.below.or(nearest.above).map(Value::Number))
    }

    fn step_of(&self, attribute: AttributeIndex) -> Option<Decimal> {
        match &self.configurator.model().attribute(attribute)?.domain {
            AttributeDomain::Number(NumberRange { step, .. }) => Some(*step),
            _ => None,
        }
    }

    fn note_price(&mut self, values: &PartialAssignment) -> Result<(), ProbeError> {
        let quantity = self.random.u32(1..=30);
        let model = self.configurator.model();
        let price = price_line(model, &self.pack, values, quantity, TODAY)
            .map_err(|error| error.to_string());
        let lead = lead_time(model, values);
        self.note(&(price, lead))
    }

    fn note<T: Serialize>(&mut self, answer: &T) -> Result<(), ProbeError> {
        self.answers.update(serde_json::to_vec(answer)?);
        Ok(())
    }
}
