//! The smallest or largest possible position of a number, by a few questions.

use super::reasoner::{Atom, Relation};
use crate::catalog::AttributeIndex;

/// Which end of the possible positions is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The smallest.
    Low,
    /// The largest.
    High,
}

/// Closes in on one end of the possible positions of a number.
#[derive(Clone, Debug)]
pub(super) struct Search {
    attribute: AttributeIndex,
    end: End,
    /// Nothing beyond it is possible.
    pub limit: usize,
    /// The outermost position known to be possible.
    pub best: Option<usize>,
    /// Whether something was found to be impossible.
    refuted: bool,
    /// Whether something better was found since.
    moved: bool,
}

impl Search {
    /// Positions from `low` to `high`.
    pub fn new(attribute: AttributeIndex, low: usize, high: usize, end: End) -> Self {
        Self {
            attribute,
            end,
            limit: match end {
                End::Low => low,
                End::High => high,
            },
            best: None,
            refuted: false,
            moved: false,
        }
    }

    /// The end, once it is certain.
    pub fn certain(&self) -> Option<usize> {
        self.best.filter(|best| *best == self.limit)
    }

    /// A possible position.
    pub fn found(&mut self, position: usize) {
        let better = self.best.is_none_or(|best| self.beyond(position, best));
        if better {
            self.best = Some(position);
            self.moved = self.refuted;
        }
    }

    fn beyond(&self, position: usize, other: usize) -> bool {
        match self.end {
            End::Low => position < other,
            End::High => position > other,
        }
    }

    /// What to ask next: the very end first, then once just beyond the best, then halfway.
    pub fn probe(&self) -> Option<Atom> {
        let best = self.best.filter(|best| *best != self.limit)?;
        let distance = best.abs_diff(self.limit);
        let ahead = match (self.refuted, self.moved) {
            (false, _) => distance,
            (true, false) => 1,
            (true, true) => distance.div_ceil(2),
        };
        Some(match self.end {
            End::Low => Atom::at_most(self.attribute, best - ahead),
            End::High => Atom::at_least(self.attribute, best + ahead),
        })
    }

    /// The probe found nothing.
    pub fn refuted(&mut self, probe: Atom) {
        self.refuted = true;
        self.limit = match probe.relation {
            Relation::AtMost => probe.position + 1,
            _ => probe.position.saturating_sub(1),
        };
    }
}
