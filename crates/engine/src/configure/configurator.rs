use rust_decimal::Decimal;

use super::{Configuration, Conflict, Nearest, Repair, Unsupported};
use crate::catalog::{AttributeIndex, Decisions, Model, Value};

/// Answers every question about one model: what is possible, why not, what it takes.
pub struct Configurator {
    model: Model,
}

impl Configurator {
    /// Prepares a model for questions; refuses one with a construct that cannot be reasoned about exactly.
    pub fn new(model: Model) -> Result<Self, Unsupported> {
        Ok(Self { model })
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Everything worked out; a conflict when the decisions have no complete configuration.
    pub fn configure(&mut self, decisions: &Decisions) -> Result<Configuration, Conflict> {
        self.begin(decisions)?;
        while !self.advance(u32::MAX) {}
        Ok(self.snapshot())
    }

    /// Starts over with other decisions; a conflict when they have no complete configuration.
    pub fn begin(&mut self, _decisions: &Decisions) -> Result<(), Conflict> {
        Ok(())
    }

    /// Works on for at most `queries` questions to the reasoner; whether everything is known now.
    pub fn advance(&mut self, _queries: u32) -> bool {
        true
    }

    /// What is known so far.
    pub fn snapshot(&self) -> Configuration {
        Configuration { states: Vec::new() }
    }

    /// Why `value` is impossible; `None` when it is possible. A decision on the attribute itself is replaced.
    pub fn explain(
        &mut self,
        _decisions: &Decisions,
        _attribute: AttributeIndex,
        _value: Value,
    ) -> Option<Conflict> {
        None
    }

    /// Why the attribute can only have the value that it has; `None` when it could have another.
    pub fn why(&mut self, _decisions: &Decisions, _attribute: AttributeIndex) -> Option<Conflict> {
        None
    }

    /// What it takes to make `value` possible; `None` when no decisions allow it.
    pub fn repair(
        &mut self,
        _decisions: &Decisions,
        _attribute: AttributeIndex,
        _value: Value,
    ) -> Option<Repair> {
        None
    }

    /// The possible numbers next to `number`.
    pub fn nearest(
        &mut self,
        _decisions: &Decisions,
        _attribute: AttributeIndex,
        _number: Decimal,
    ) -> Nearest {
        Nearest {
            below: None,
            above: None,
        }
    }

    /// Whether some complete configuration has `value` together with the other decisions.
    pub fn possible(
        &mut self,
        _decisions: &Decisions,
        _attribute: AttributeIndex,
        _value: Value,
    ) -> bool {
        true
    }
}
