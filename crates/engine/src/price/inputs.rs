//! What decided the amount of a step, so that it can be worked out by hand.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::{Base, Between, Counted, LookupKey, PriceError, PriceStep};
use crate::catalog::AttributeIndex;
use crate::money::Rounding;

/// What decided an amount, besides what its basis says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Input {
    /// Rows of a price table: one, or the neighbours that the amount lies between.
    Table {
        /// Code of the table.
        table: String,
        /// The rule between its rows.
        between: Between,
        /// The rows.
        rows: Vec<UsedRow>,
    },
    /// Where an index stood.
    Index {
        /// Code of the index.
        index: String,
        /// What it came to on the day of the prices.
        value: Decimal,
        /// The day of that value.
        since: Date,
        /// Where it stood when the prices were made.
        base: Decimal,
        /// Hundredths that follow it.
        share: Decimal,
    },
    /// How many pieces were counted, where these are not the line's own alone.
    Counted {
        /// Which pieces.
        counts: Counted,
        /// How many.
        pieces: u64,
    },
    /// How many bundles there are.
    Bundles {
        /// How many.
        count: u64,
    },
    /// The number that decided a tier.
    Decides {
        /// The number.
        number: Decimal,
    },
    /// What the step is of.
    Of {
        /// Which earlier amounts.
        named: Named,
        /// What they come to; for one piece, where the step is of the price of a piece.
        amount: Decimal,
    },
    /// How the amount was rounded, or what the step rounds to.
    Rounded {
        /// To which multiples, and how.
        rounding: Rounding,
    },
}

/// A row of a price table that counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UsedRow {
    /// What the row is for, by attribute.
    pub keys: Vec<(AttributeIndex, LookupKey)>,
    /// Its amount.
    pub amount: Decimal,
}

/// Earlier amounts, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Named {
    /// All so far.
    Before,
    /// Steps, by code; without those that add nothing.
    Steps(Vec<String>),
    /// What the lines with products of these groups cost.
    Groups(Vec<String>),
}

/// What decided the amount of `step`, which `context` has turned to.
pub(super) fn inputs(step: &PriceStep, context: &Context) -> Result<Vec<Input>, PriceError> {
    let kind = step.rule.kind();
    let mut inputs: Vec<Input> = kind.source(context)?.into_iter().collect();
    let pieces = step.applies.pieces.map(|it| it.counts);
    let mut counts: Vec<Counted> = kind.counts().into_iter().chain(pieces).collect();
    counts.dedup();
    counts.retain(|it| *it != Counted::Line);
    inputs.extend(counts.into_iter().map(|counts| Input::Counted {
        counts,
        pieces: counts.pieces(context.purchase()),
    }));
    if let Some(formula) = kind.decides()
        && let Some(number) = context.evaluate(formula)?
    {
        inputs.push(Input::Decides { number });
    }
    if let Some(of) = kind.base()
        && let Ok(amount) = kind.amount_of(of, context)?
    {
        let named = named(of, context)?;
        inputs.push(Input::Of { named, amount });
    }
    inputs.extend(step.rounding.map(|rounding| Input::Rounded { rounding }));
    Ok(inputs)
}

fn named(of: &Base, context: &Context) -> Result<Named, PriceError> {
    Ok(match of {
        Base::Before => Named::Before,
        Base::Groups(groups) => Named::Groups(groups.clone()),
        Base::Steps(positions) => Named::Steps(context.codes_of(positions)?),
    })
}
