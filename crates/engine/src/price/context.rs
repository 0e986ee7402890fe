use rust_decimal::Decimal;

use super::rules::Outcome;
use super::{PriceError, PriceTable, ProductPrices, exact};
use crate::catalog::{ArithmeticError, AttributeIndex, Condition, Formula, Model, Value};

/// What a price rule may look at.
pub(super) struct Context<'a> {
    model: &'a Model,
    prices: &'a ProductPrices,
    values: &'a [Option<Value>],
    quantity: u32,
    /// What became of the earlier steps, in the order of the price book.
    earlier: Vec<Outcome>,
}

impl<'a> Context<'a> {
    pub fn new(
        model: &'a Model,
        prices: &'a ProductPrices,
        values: &'a [Option<Value>],
        quantity: u32,
    ) -> Self {
        Self {
            model,
            prices,
            values,
            quantity,
            earlier: Vec::with_capacity(prices.steps.len()),
        }
    }

    /// Pieces on the line.
    pub fn quantity(&self) -> u32 {
        self.quantity
    }

    /// Remembers what became of the next step.
    pub fn push(&mut self, outcome: Outcome) {
        self.earlier.push(outcome);
    }

    /// The value of `attribute`, `None` while open.
    pub fn value(&self, attribute: AttributeIndex) -> Option<Value> {
        self.values.get(attribute.0).copied().flatten()
    }

    /// The price table at `index`.
    pub fn table(&self, index: usize) -> Result<&'a PriceTable, PriceError> {
        self.prices.tables.get(index).ok_or(PriceError::Malformed)
    }

    /// The value of `formula`, `None` while open.
    pub fn evaluate(&self, formula: &Formula) -> Result<Option<Decimal>, ArithmeticError> {
        formula.evaluate(self.model, self.values)
    }

    /// Whether `condition` holds, `None` while open.
    pub fn holds(&self, condition: &Condition) -> Result<Option<bool>, ArithmeticError> {
        condition.evaluate(self.model, self.values)
    }

    /// Which of `attributes` are open, ascending and without repetition.
    pub fn open_of(
        &self,
        attributes: impl IntoIterator<Item = AttributeIndex>,
    ) -> Vec<AttributeIndex> {
        let open = attributes
            .into_iter()
            .filter(|attribute| self.value(*attribute).is_none());
        ascending(open)
    }

    /// The open attributes that `formula` mentions.
    pub fn open_in(&self, formula: &Formula) -> Vec<AttributeIndex> {
        self.open_of(formula.attributes())
    }

    /// The sum of the earlier steps at `positions`, or the attributes that they wait for.
    pub fn base(
        &self,
        positions: &[usize],
    ) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        let mut amounts = Vec::with_capacity(positions.len());
        let mut open = Vec::new();
        for position in positions {
            match self.earlier.get(*position).ok_or(PriceError::Malformed)? {
                Outcome::Adds(amount, _) => amounts.push(*amount),
                Outcome::Skipped => {}
                Outcome::Open(attributes) => open.extend(attributes),
            }
        }
        if open.is_empty() {
            Ok(Ok(exact::sum(amounts)?))
        } else {
            Ok(Err(ascending(open)))
        }
    }
}

/// `attributes` ascending and without repetition.
pub(super) fn ascending(
    attributes: impl IntoIterator<Item = AttributeIndex>,
) -> Vec<AttributeIndex> {
    let mut attributes: Vec<_> = attributes.into_iter().collect();
    attributes.sort();
    attributes.dedup();
    attributes
}
