//! Values asked for together: one configuration may show many at once to be possible.
//!
//! Whether a value is possible does not depend on what it is asked with, only how many
//! questions that takes.

use super::reasoner::{Atom, Relation};

/// So many values are asked for together at first; more as long as that goes well.
const FIRST_WIDTH: usize = 16;

/// So many values that stand in the way of others are left out before a new start with fewer.
const MOST_DROPPED: u32 = 3;

/// Atoms of different attributes to be asked for together.
#[derive(Clone, Debug)]
pub(super) struct Pack {
    /// The first one is what has to be found out next.
    probes: Vec<Atom>,
    kind: Kind,
    widths: [Width; 4],
    dropped: u32,
}

/// What is asked for together: what goes well with one kind need not with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// That a part is there, or a flag is set.
    Yes,
    /// An option.
    Option,
    /// That a number is small.
    Low,
    /// That a number is large.
    High,
}

impl Kind {
    /// The kind of an atom that is not about a part or a flag.
    pub fn of(atom: Atom) -> Self {
        match atom.relation {
            Relation::Is | Relation::IsNot => Self::Option,
            Relation::AtMost => Self::Low,
            Relation::AtLeast => Self::High,
        }
    }
}

/// How many atoms to ask for together, from what became of it so far.
#[derive(Clone, Copy, Debug)]
struct Width {
    now: usize,
    /// So many successes before trying more again.
    patience: u32,
    /// The patience after the next failure.
    next_patience: u32,
}

impl Width {
    fn grow(&mut self) {
        if self.patience > 0 {
            self.patience -= 1;
            return;
        }
        self.now = self.now.saturating_mul(2);
    }

    fn shrink(&mut self, to: usize) {
        self.now = to.max(1);
        self.patience = self.next_patience;
        self.next_patience = self.next_patience.saturating_mul(2);
    }
}

impl Default for Pack {
    fn default() -> Self {
        Self {
            probes: Vec::new(),
            widths: [Width {
                now: FIRST_WIDTH,
                patience: 0,
                next_patience: 1,
            }; 4],
            dropped: 0,
            kind: Kind::Option,
        }
    }
}

impl Pack {
    /// The atoms.
    pub fn probes(&self) -> &[Atom] {
        &self.probes
    }

    /// Forgets them: more is known now.
    pub fn clear(&mut self) {
        self.probes.clear();
    }

    fn width(&mut self) -> &mut Width {
        &mut self.widths[self.kind as usize]
    }

    /// Whether an earlier collection with this first atom is not done with.
    pub fn has(&self, kind: Kind, first: Atom) -> bool {
        self.kind == kind && self.probes.first() == Some(&first)
    }

    /// Collects `first` and others from those that are open.
    pub fn fill(&mut self, kind: Kind, first: Atom, open: &[Atom]) {
        self.kind = kind;
        self.probes = vec![first];
        self.dropped = 0;
        let more = self.width().now - 1;
        // Neighbours get in each other's way most: take them from everywhere.
        let step = open.len().checked_div(more).unwrap_or(1).max(1);
        self.probes.extend(open.iter().step_by(step).take(more));
    }

    /// The effort for the question: several are asked for only where that is easy.
    pub fn effort(&self, effort: Option<u32>) -> Option<u32> {
        match self.probes.len() {
            ..=1 => effort,
            _ => Some(0),
        }
    }

    /// All of them are possible together.
    pub fn succeeded(&mut self) {
        self.width().grow();
        self.probes.clear();
    }

    /// Those at these positions, ascending, are not possible together; the one that is
    /// therefore impossible, if there is one.
    pub fn failed(&mut self, blamed: Vec<usize>) -> Option<Atom> {
        let last = (blamed.last().copied()).filter(|it| *it < self.probes.len());
        let Some(last) = last else {
            // What was decided conflicts by itself, whatever is asked with it.
            return (!self.probes.is_empty()).then(|| self.probes.remove(0));
        };
        if blamed.len() == 1 {
            return Some(self.probes.remove(last));
        }
        self.dropped += 1;
        if self.dropped <= MOST_DROPPED {
            self.probes.remove(last);
        } else {
            // Nothing stood in the way of those before.
            self.width().shrink(last);
            self.probes.truncate(last);
        }
        None
    }

    /// The effort did not suffice; whether nothing can be left out.
    pub fn give_up(&mut self) -> bool {
        let single = self.probes.len() <= 1;
        let quarter = self.probes.len().div_ceil(4);
        self.width().shrink(quarter);
        self.probes.truncate(quarter);
        single
    }
}
