//! Lines of the quote that do not count: optional ones, and alternatives to others.

use quotewright_engine::quote::{Counting, Proposed};

use super::{Basket, BasketLine};
use crate::storage::drafts::ProposedLine;

/// What the buyer makes of a line. Other lines are named by their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// It counts.
    Counts,
    /// It may be added.
    Optional,
    /// It may stand instead of that line.
    AlternativeTo(u32),
}

/// What each of `lines` is proposed as; `None` for those that count. An alternative to a line
/// that is not there, or does not count, is optional. Where none would count, as those that did
/// cannot be opened, the first does.
pub fn proposed(lines: &[BasketLine]) -> Vec<Option<Proposed>> {
    let counts = |of: &&BasketLine| of.wishes.proposed.is_none();
    let of = |line: &BasketLine| match line.wishes.proposed.as_ref()? {
        ProposedLine::Optional => Some(Proposed::Optional),
        ProposedLine::AlternativeTo(key) => {
            let mut lines = lines.iter().enumerate();
            let found = lines.find(|(_, of)| of.wishes.key == *key && counts(of));
            Some(found.map_or(Proposed::Optional, |(at, _)| Proposed::AlternativeTo(at)))
        }
    };
    let mut proposed: Vec<Option<Proposed>> = lines.iter().map(of).collect();
    if !proposed.contains(&None)
        && let Some(first) = proposed.first_mut()
    {
        *first = None;
    }
    proposed
}

/// Which of `lines` count; `None` where there are none.
pub fn counting(lines: &[BasketLine]) -> Option<Counting> {
    Counting::new(proposed(lines)).ok()
}

impl Basket {
    /// Makes this of a line. The alternatives to one that no longer counts go with it: to the
    /// line that it is an alternative to, or they are optional as it is. The last line that
    /// counts goes on counting.
    ///
    /// `new_key` names a line that has no name yet.
    pub fn propose(&mut self, id: u32, proposal: Proposal, new_key: impl FnOnce() -> String) {
        let others = self.lines().iter().filter(|line| line.id != id);
        let mut others = others.filter(|line| line.wishes.proposed.is_none());
        let then = match proposal {
            Proposal::Counts => None,
            _ if others.next().is_none() => return,
            Proposal::Optional => Some(ProposedLine::Optional),
            Proposal::AlternativeTo(of) => {
                Some(ProposedLine::AlternativeTo(self.key_of(of, new_key)))
            }
        };
        self.wish(id, |wishes, _| wishes.proposed.clone_from(&then));
        if then.is_some() {
            self.move_alternatives(id, then.as_ref());
        }
    }

    /// Lets a line count: beside the others, or instead of the one that it is an alternative to,
    /// which becomes an alternative to it with all others.
    pub fn take(&mut self, id: u32, new_key: impl FnOnce() -> String) {
        let place = self.lines().iter().position(|line| line.id == id);
        let proposed = place.and_then(|place| *proposed(self.lines()).get(place)?);
        self.wish(id, |wishes, _| wishes.proposed = None);
        if let Some(Proposed::AlternativeTo(of)) = proposed
            && let Some(of) = self.lines().get(of).map(|line| line.id)
        {
            self.propose(of, Proposal::AlternativeTo(id), new_key);
        }
    }

    /// Takes a line out. Where it counted, the first alternative to it takes its place; where no
    /// line would count then, the first of the others does. Answers the line that counts since.
    pub fn remove(&mut self, id: u32, new_key: impl FnOnce() -> String) -> Option<u32> {
        let place = self.lines().iter().position(|line| line.id == id)?;
        let proposed = proposed(self.lines());
        let first = proposed
            .iter()
            .position(|it| *it == Some(Proposed::AlternativeTo(place)));
        let promoted = first.and_then(|at| Some(self.lines().get(at)?.id));
        if let Some(promoted) = promoted {
            self.take(promoted, new_key);
        }
        self.drop_line(id);
        let counts = |line: &BasketLine| line.wishes.proposed.is_none();
        if self.lines().iter().any(counts) {
            return promoted;
        }
        let first = self.lines().first()?.id;
        self.wish(first, |wishes, _| wishes.proposed = None);
        Some(first)
    }

    /// Has the alternatives to a line be this.
    fn move_alternatives(&mut self, id: u32, then: Option<&ProposedLine>) {
        let line = self.lines().iter().find(|line| line.id == id);
        let Some(key) = line.map(|line| line.wishes.key.clone()) else {
            return;
        };
        let of_it = ProposedLine::AlternativeTo(key);
        let lines = self.lines().iter();
        let others = lines.filter(|line| line.wishes.proposed.as_ref() == Some(&of_it));
        let others: Vec<u32> = others.map(|line| line.id).collect();
        for other in others {
            self.wish(other, |wishes, _| wishes.proposed = then.cloned());
        }
    }

    fn key_of(&mut self, id: u32, new_key: impl FnOnce() -> String) -> String {
        let mut key = String::new();
        self.wish(id, |wishes, _| {
            if wishes.key.is_empty() {
                wishes.key = new_key();
            }
            key.clone_from(&wishes.key);
        });
        key
    }
}
