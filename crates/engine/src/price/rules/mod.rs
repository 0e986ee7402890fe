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
use super::{Basis, PriceError, Purchase};
use crate::catalog::AttributeIndex;

/// How a step's amount is worked out.
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

macro_rules! kinds {
    ($($kind:ident),*) => {
        $(impl From<$kind> for PriceRule {
            fn from(rule: $kind) -> Self {
                Self::$kind(rule)
            }
        })*

        impl PriceRule {
            pub(super) fn kind(&self) -> &dyn Apply {
                match self {
                    $(Self::$kind(rule) => rule,)*
                }
            }
        }
    };
}

kinds!(Amount, Options, Lookup, Percent, Tiers);

/// What every kind of price rule can do.
pub(super) trait Apply {
    /// Works the step out for one piece of the configuration in `context`.
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError>;

    /// Pieces on the line from which the rule gives another amount, in any order.
    fn thresholds(&self, _purchase: &Purchase) -> Vec<u32> {
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
    use crate::price::kit::{DAY, large_box, model, pack, step};

    /// `rule` after no other step.
    pub fn alone(
        rule: &(impl Clone + Into<PriceRule>),
        values: &[Option<Value>],
        quantity: u32,
    ) -> Result<Outcome, PriceError> {
        run(
            rule.clone().into(),
            Vec::new(),
            Vec::new(),
            values,
            quantity,
        )
    }

    /// `rule` where the product has one price table.
    pub fn with_table(
        rule: &(impl Clone + Into<PriceRule>),
        table: PriceTable,
        values: &[Option<Value>],
    ) -> Result<Outcome, PriceError> {
        run(rule.clone().into(), vec![table], Vec::new(), values, 1)
    }

    /// `rule` after steps with the outcomes `earlier`.
    pub fn after(
        earlier: Vec<Outcome>,
        rule: &(impl Clone + Into<PriceRule>),
        quantity: u32,
    ) -> Result<Outcome, PriceError> {
        run(
            rule.clone().into(),
            Vec::new(),
            earlier,
            &large_box(),
            quantity,
        )
    }

    /// The earlier steps are there in name only: what became of them is given.
    fn run(
        rule: PriceRule,
        tables: Vec<PriceTable>,
        earlier: Vec<Outcome>,
        values: &[Option<Value>],
        quantity: u32,
    ) -> Result<Outcome, PriceError> {
        let steps = vec![step("step", rule); earlier.len() + 1];
        let (model, pack) = (model(), pack(steps, tables));
        let prices = &pack.products[0];
        let purchase = Purchase::alone(quantity, DAY);
        let mut context = Context::new(&model, (&pack, prices), values, &purchase);
        for outcome in earlier {
            context.push(outcome);
        }
        let own = &prices.steps[prices.steps.len() - 1];
        context.turn_to(own);
        own.rule.kind().apply(&context)
    }
}
