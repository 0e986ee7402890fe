//! The kinds of price rules, one small file each.
//!
//! A new kind is one file with a type that implements [`Apply`] (or [`by_quantity::Scale`]), the
//! file's name here, and a line in `kinds!` below.

mod amount;
mod between;
mod blocks;
mod brackets;
mod bundle;
mod by_quantity;
mod first_and_additional;
mod fixed;
mod free;
mod graduated;
mod index;
mod lookup;
mod margin;
mod options;
mod package;
mod percent;
mod round;
mod spend;
mod tiers;
mod tiers_by;
mod volume;

pub use amount::{Amount, Measure};
pub use between::Between;
pub use blocks::BlockPrices;
pub use brackets::Brackets;
pub use bundle::{Bundle, Offer};
pub use by_quantity::ByQuantity;
pub use fixed::Fixed;
pub use free::Free;
pub use index::{Index, IndexValue, Indexed};
pub use lookup::Lookup;
pub use margin::MarginOf;
pub use options::Options;
pub use percent::Percent;
pub use round::Round;
pub use spend::Spend;
pub use tiers::{Tier, Tiers};
pub use tiers_by::TiersBy;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::formula::Writer;
use super::scales::{FirstAndAdditional, Graduated, Package, Volume};
use super::{Base, Basis, Counted, Input, PriceError, PriceStep, ProductPrices, Purchase};
use crate::catalog::{AttributeIndex, Formula};

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident($rule:ty),)*) => {
        /// How a step's amount is worked out.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum PriceRule {
            $($(#[doc = $doc])* $kind($rule),)*
        }

        $(impl From<$rule> for PriceRule {
            fn from(rule: $rule) -> Self {
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

kinds! {
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
    /// A discount by quantity, each piece at the percentage of its own bracket.
    Brackets(Brackets),
    /// All units at the price of the tier that holds them.
    Volume(ByQuantity<Volume>),
    /// Each tier prices its own units.
    Graduated(ByQuantity<Graduated>),
    /// A price for each started package.
    Package(ByQuantity<Package>),
    /// Tiers in blocks, a price for each started block.
    Blocks(ByQuantity<BlockPrices>),
    /// A price for the first of each parcel, and another for every further one.
    FirstAndAdditional(ByQuantity<FirstAndAdditional>),
    /// Of every so many pieces, some free.
    Free(Free),
    /// A least and a most for earlier steps.
    Spend(Spend),
    /// Earlier steps come to an amount, whatever they are.
    Fixed(Fixed),
    /// What an index adds to prices that were made before.
    Index(Index),
    /// A margin that is a percentage of the price.
    Margin(MarginOf),
    /// What rounding earlier steps adds or takes.
    Round(Round),
    /// A percentage of earlier steps by a number of the configuration.
    TiersBy(TiersBy),
    /// Products of several lines at a price of their own together.
    Bundle(Bundle),
}

impl PriceRule {
    /// The earlier steps that it is worked out of.
    pub fn base(&self) -> Option<&Base> {
        self.kind().base()
    }
}

/// What every kind of price rule can do.
pub(super) trait Apply {
    /// Works the step out for one piece of the configuration in `context`.
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError>;

    /// Pieces on the line from which the rule gives another amount, in any order.
    fn thresholds(&self, _purchase: &Purchase) -> Vec<u32> {
        Vec::new()
    }

    /// What it comes to, as a formula; an error where no formula is exactly that.
    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError>;

    /// What an amount is multiplied by.
    fn measure(&self) -> Option<&Measure> {
        None
    }

    /// The number that decides a tier.
    fn decides(&self) -> Option<&Formula> {
        None
    }

    /// The earlier steps that it is worked out of.
    fn base(&self) -> Option<&Base> {
        None
    }

    /// What the earlier steps come to that it is worked out of.
    fn amount_of(
        &self,
        of: &Base,
        context: &Context,
    ) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        context.base(of)
    }

    /// The rows or values outside of the step that an amount comes from.
    fn source(&self, _context: &Context) -> Result<Option<Input>, PriceError> {
        Ok(None)
    }

    /// Which pieces decide a tier.
    fn counts(&self) -> Option<Counted> {
        None
    }

    /// The attributes that choose an amount.
    fn keys<'p>(&'p self, _prices: &'p ProductPrices) -> &'p [AttributeIndex] {
        &[]
    }
}

impl Outcome {
    /// The same amount, without what it was worked out from.
    pub fn of_no_basis(&self) -> Self {
        match self {
            Self::Adds(amount, _) => Self::Adds(*amount, Basis::Amount),
            other => other.clone(),
        }
    }

    /// What becomes of a step whose formula has no value: it waits for what is open. With nothing
    /// open, what it is about is not there.
    fn unknown(context: &Context, formula: &Formula) -> Self {
        match context.open_in(formula) {
            open if open.is_empty() => Self::Skipped,
            open => Self::Open(open),
        }
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
    use crate::price::kit::{DAY, dec, large_box, model, pack, step};
    use crate::price::scales::PriceTier;
    use crate::price::{Level, PriceTable};

    impl Outcome {
        /// What it adds.
        pub fn amount(&self) -> Option<Decimal> {
            match self {
                Self::Adds(amount, _) => Some(*amount),
                _ => None,
            }
        }
    }

    /// Upper bound, price of one, flat fee.
    pub fn tiers_of(written: &[(Option<&str>, &str, &str)]) -> Vec<PriceTier> {
        let tier = |(up_to, unit, flat): &(Option<&str>, &str, &str)| PriceTier {
            up_to: up_to.map(dec),
            unit: dec(unit),
            flat: dec(flat),
        };
        written.iter().map(tier).collect()
    }

    pub fn by_quantity<S>(scale: S, per: Option<Measure>, counts: Counted) -> ByQuantity<S> {
        ByQuantity {
            scale,
            per,
            counts,
            by: None,
        }
    }

    /// What `rule` adds for a line, after no other step.
    pub fn line(
        rule: &(impl Clone + Into<PriceRule>),
        quantity: u32,
    ) -> Result<Decimal, PriceError> {
        let outcome = after_on_line(Vec::new(), rule, quantity)?;
        outcome.amount().ok_or(PriceError::Malformed)
    }

    /// `rule` for a line after steps for one piece with the outcomes `earlier`.
    pub fn after_on_line(
        earlier: Vec<Outcome>,
        rule: &(impl Clone + Into<PriceRule>),
        quantity: u32,
    ) -> Result<Outcome, PriceError> {
        let mut steps = vec![step("step", rule.clone().into()); earlier.len() + 1];
        if let Some(own) = steps.last_mut() {
            own.level = Level::Line;
        }
        work_out(steps, Vec::new(), earlier, &large_box(), quantity)
    }

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
        work_out(steps, tables, earlier, values, quantity)
    }

    fn work_out(
        steps: Vec<PriceStep>,
        tables: Vec<PriceTable>,
        earlier: Vec<Outcome>,
        values: &[Option<Value>],
        quantity: u32,
    ) -> Result<Outcome, PriceError> {
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
