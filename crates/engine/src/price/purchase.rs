use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::quote::recurring::ContractDates;

/// What is bought, beside the configuration itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase<'a> {
    /// Pieces on the line.
    pub quantity: u32,
    /// Pieces that tiers may count instead of the line's own.
    pub together: Together,
    /// The day whose prices hold.
    pub date: Date,
    /// Codes of promotions that the buyer has entered.
    pub promotions: &'a [String],
    /// Month of the term, from 0; steps may hold for some months only.
    pub month: u32,
    /// How the quantity changes over the term, by ascending month; for what is due repeatedly.
    pub ramp: &'a [Ramp],
    /// How the pieces beside it do, in the same way.
    pub beside: &'a [(u32, Together)],
    /// When the contract begins and ends, for what is due repeatedly.
    pub dates: Option<ContractDates>,
    /// What the lines cost, where the purchase is a quote as a whole.
    pub goods: Option<&'a Goods>,
    /// What was billed earlier in the contract's period.
    pub billed: Decimal,
}

/// What the lines of a quote cost that is due once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goods {
    /// All lines.
    pub net: Decimal,
    /// The lines with products of a group.
    pub groups: BTreeMap<String, Decimal>,
    /// How many pieces these are.
    pub pieces: BTreeMap<String, u64>,
    /// Codes of the lines' steps that come to something, of parts without the part; empty where
    /// no step of the quote asks.
    pub steps: BTreeSet<String>,
}

/// From a month of the term on, another quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ramp {
    /// Month of the term, from 0.
    pub from: u32,
    /// Pieces from then on.
    pub quantity: u32,
}

impl Ramp {
    /// The quantity that `ramp` has reached in a month; `None` where it has not begun.
    pub(crate) fn reached(ramp: &[Self], month: u32) -> Option<u32> {
        let reached = ramp.iter().rev().find(|it| it.from <= month);
        reached.map(|it| it.quantity)
    }
}

/// Pieces beyond those of one line, by what they are summed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// On the other lines with products of the same group.
    pub group: u32,
    /// On all other lines of the quote.
    pub quote: u32,
    /// Bought earlier in the contract's period.
    pub contract: u32,
}

impl<'a> Purchase<'a> {
    /// `quantity` pieces on `date` in the first month of a term, with nothing beside them.
    pub const fn alone(quantity: u32, date: Date) -> Self {
        Self {
            quantity,
            together: Together {
                group: 0,
                quote: 0,
                contract: 0,
            },
            date,
            promotions: &[],
            month: 0,
            ramp: &[],
            beside: &[],
            dates: None,
            goods: None,
            billed: Decimal::ZERO,
        }
    }

    /// The same for another number of pieces.
    pub fn of(self, quantity: u32) -> Self {
        Self { quantity, ..self }
    }

    /// The same in another month of the term, with the quantities that there are then.
    pub fn in_month(self, month: u32) -> Self {
        let beside = self.beside.iter().rev().find(|(from, _)| *from <= month);
        Self {
            month,
            quantity: Ramp::reached(self.ramp, month).unwrap_or(self.quantity),
            together: beside.map_or(self.together, |(_, it)| *it),
            ..self
        }
    }
}

/// Which pieces a step counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counted {
    /// Those of the line.
    #[default]
    Line,
    /// Those of all lines with products of the same group.
    Group,
    /// Those of all lines.
    Quote,
    /// Those of the line, after what was bought earlier in the contract's period.
    Contract,
}

impl Counted {
    /// Whether those of other lines do.
    pub(super) fn is_beside(self) -> bool {
        matches!(self, Self::Group | Self::Quote)
    }

    /// How many pieces count.
    pub fn pieces(self, purchase: &Purchase) -> u64 {
        u64::from(purchase.quantity) + u64::from(self.beside(purchase))
    }

    /// The pieces on the line with which `pieces` count; `None` where fewer than one.
    pub(super) fn line_pieces(self, pieces: u32, purchase: &Purchase) -> Option<u32> {
        (pieces.checked_sub(self.beside(purchase))).filter(|it| *it > 0)
    }

    fn beside(self, purchase: &Purchase) -> u32 {
        match self {
            Self::Line => 0,
            Self::Group => purchase.together.group,
            Self::Quote => purchase.together.quote,
            Self::Contract => purchase.together.contract,
        }
    }
}
