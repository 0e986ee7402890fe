//! The kinds of price rules, one small file each.
//!
//! A new kind is one file with a type that implements [`Apply`], and one line
//! in each of the two lists below.

mod amount;
mod lookup;
mod options;
mod percent;
mod tiers;

pub use amount::{Amount, Measure};
pub use lookup::Lookup;
pub use options::Options;
pub use percent::Percent;
pub(super) use percent::percent_formula;
pub use tiers::{Tier, Tiers};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::{Basis, PriceError};
use crate::catalog::AttributeIndex;

/// How a step's amount is worked out. Amounts are for one piece, before tax.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PriceRule {
    /// A fixed amount, or an amount for each unit of a formula.
    Amount(Amount),
    /// An amount for each option of an attribute.
    Options(Options),
    /// An amount from a table.
    Lookup(Lookup),
    /// A percentage of earlier steps.
    Percent(Percent),
    /// A discount on earlier steps by quantity.
    Tiers(Tiers),
}

impl PriceRule {
    pub(super) fn kind(&self) -> &dyn Apply {
        match self {
            Self::Amount(rule) => rule,
            Self::Options(rule) => rule,
            Self::Lookup(rule) => rule,
            Self::Percent(rule) => rule,
            Self::Tiers(rule) => rule,
        }
    }
}

/// What every kind of price rule can do.
pub(super) trait Apply {
    /// Works the step out for one piece of the configuration in `context`.
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError>;

    /// Quantities from which the rule gives another amount, in any order.
    fn thresholds(&self) -> Vec<u32> {
        Vec::new()
    }
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// It adds this amount (takes it, where it is below zero).
    Adds(Decimal, Basis),
    /// It does not apply to this configuration and quantity.
    Skipped,
    /// It waits for these attributes, ascending and without repetition.
    Open(Vec<AttributeIndex>),
}

#[cfg(test)]
mod testing {
    use super::*;
    use crate::catalog::Value;
    use crate::price::PriceTable;
    use crate::price::kit::{large_box, model, pack};

    /// `rule` after no other step.
    pub fn alone(
        rule: &dyn Apply,
        values: &[Option<Value>],
        quantity: u32,
    ) -> Result<Outcome, PriceError> {
        run(rule, Vec::new(), Vec::new(), values, quantity)
    }

    /// `rule` where the product has one price table.
    pub fn with_table(
        rule: &dyn Apply,
        table: PriceTable,
        values: &[Option<Value>],
    ) -> Result<Outcome, PriceError> {
        run(rule, vec![table], Vec::new(), values, 1)
    }

    /// `rule` after steps with the outcomes `earlier`.
    pub fn after(
        earlier: Vec<Outcome>,
        rule: &dyn Apply,
        quantity: u32,
    ) -> Result<Outcome, PriceError> {
        run(rule, Vec::new(), earlier, &large_box(), quantity)
    }

    fn run(
        rule: &dyn Apply,
        tables: Vec<PriceTable>,
        earlier: Vec<Outcome>,
        values: &[Option<Value>],
        quantity: u32,
    ) -> Result<Outcome, PriceError> {
        let (model, pack) = (model(), pack(Vec::new(), tables));
        let mut context = Context::new(&model, &pack.products[0], values, quantity);
        for outcome in earlier {
            context.push(outcome);
        }
        rule.apply(&context)
    }
}
