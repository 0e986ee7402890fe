//! The steps of a price as the sheets have them, before a book is chosen.

use quotewright_engine::catalog::{AttributeIndex, Formula, Text};
use quotewright_engine::price::{Base, Between, Measure, PriceRule};
use rust_decimal::Decimal;

use super::indices::IndexRows;
use super::kinds::Kind;
use super::lookup::Lookups;
use super::quantities::Scale;
use super::terms::Terms;
use crate::sheet::Row;

/// A step of the price, read, before a book is chosen: of the product or of one instance.
pub(super) struct Step<'a> {
    pub(super) code: String,
    /// Whether it is the first, or only, instance that the row is about.
    pub(super) is_first: bool,
    pub(super) label: Text,
    pub(super) terms: Terms,
    pub(super) row: Row<'a>,
    pub(super) kind: &'static Kind,
    pub(super) rule: Rule<'a>,
}

/// What a step is worked out of.
pub(super) enum Of {
    /// All that is due as often so far.
    Before,
    /// Positions of earlier steps.
    Steps(Vec<usize>),
    /// Lines with products of these groups.
    Groups(Vec<String>),
}

/// How a step's amount is worked out.
pub(super) enum Rule<'a> {
    Amount {
        per: Option<Measure>,
    },
    Options {
        attribute: AttributeIndex,
        /// The rows of the options.
        rows: Vec<Row<'a>>,
    },
    Lookup {
        table: Lookups<'a>,
        per: Option<Measure>,
        between: Between,
    },
    /// Made of the row's price and earlier steps.
    Change {
        of: Of,
        rule: Box<dyn Fn(Decimal, Base) -> PriceRule>,
    },
    Tiers {
        of: Of,
        tiers: Vec<(Row<'a>, u32)>,
    },
    Brackets {
        of: Of,
        tiers: Vec<(Row<'a>, u32)>,
    },
    Scale(Scale<'a>),
    Free {
        of: Of,
        /// Of every so many pieces.
        per: Decimal,
    },
    Spend {
        of: Of,
        /// Whether the amount is the most; else it is the least.
        most: bool,
    },
    Index {
        index: IndexRows,
        /// Where it stood when the prices were made.
        base: Decimal,
        of: IndexOf,
    },
    Bundle {
        /// Groups of products, each with how many pieces.
        items: Vec<(String, u32)>,
        /// Whether the price is a percentage; else it is what a bundle costs.
        percent: bool,
    },
    TiersBy {
        of: Of,
        tiers: Vec<(Row<'a>, Decimal)>,
        /// The number that decides the tier.
        by: Formula,
    },
}

/// What follows an index.
pub(super) enum IndexOf {
    Steps(Of),
    Units(Measure),
}

impl Rule<'_> {
    /// What it is worked out of.
    pub(super) fn of(&self) -> Option<&Of> {
        match self {
            Self::Change { of, .. }
            | Self::Tiers { of, .. }
            | Self::Brackets { of, .. }
            | Self::Free { of, .. }
            | Self::Spend { of, .. }
            | Self::TiersBy { of, .. }
            | Self::Index {
                of: IndexOf::Steps(of),
                ..
            } => Some(of),
            Self::Amount { .. }
            | Self::Bundle { .. }
            | Self::Options { .. }
            | Self::Lookup { .. }
            | Self::Index { .. }
            | Self::Scale(_) => None,
        }
    }

    /// Whether it is worked out of the price of one piece, for a line.
    pub(super) fn is_of_piece(&self) -> bool {
        matches!(self, Self::Brackets { .. } | Self::Free { .. })
    }
}
