//! Where the answers come from: a component, or the whole model.

use std::rc::Rc;

use crate::catalog::Condition;
use crate::configure::inquiry::Inquiry;
use crate::configure::memory::Memory;
use crate::configure::reasoner::{Answer, Atom, Witness};
use crate::configure::witnesses::Slots;

/// So many positions are laid out at once, configuration by configuration.
const MOST_POSITIONS: usize = 1 << 20;

/// What a completion asks.
pub enum Source<'a> {
    One(&'a mut Memory),
    All(&'a mut Inquiry),
}

impl Source<'_> {
    /// A configuration that fits, if one is remembered.
    pub fn recall(&self, atoms: &[Atom]) -> Option<Witness> {
        match self {
            Self::One(memory) => memory.remembered().first(atoms),
            Self::All(inquiry) => inquiry.recall(atoms),
        }
    }

    /// Whether a configuration is remembered that has all atoms and one more; `known` are those
    /// that have all atoms, and how many were kept when they were looked for.
    pub fn recalls(&self, atoms: &[Atom], more: Atom, known: &mut Option<(u64, Slots)>) -> bool {
        match self {
            Self::One(memory) => {
                let remembered = memory.remembered();
                let fitting = known
                    .filter(|it| it.0 == remembered.kept())
                    .map_or_else(|| remembered.fitting(atoms), |it| it.1);
                *known = Some((remembered.kept(), fitting));
                !remembered.of(fitting, &more).is_empty()
            }
            Self::All(inquiry) => inquiry.recalls(&[atoms, &[more]].concat()),
        }
    }

    /// Those remembered that fit; not all of them where the model is large.
    pub fn fitting(&self, atoms: &[Atom]) -> Vec<Rc<[usize]>> {
        match self {
            Self::One(memory) => {
                let remembered = memory.remembered();
                let fitting = remembered.fitting(atoms).iter();
                let some = fitting.take(MOST_POSITIONS / memory.model().attributes.len().max(1));
                some.map(|it| remembered.at(it).into()).collect()
            }
            Self::All(inquiry) => inquiry.fitting(atoms),
        }
    }

    /// A configuration that fits, if there is one.
    pub fn find(&mut self, atoms: &[Atom]) -> Option<Witness> {
        if let Some(known) = self.recall(atoms) {
            return Some(known);
        }
        match self.ask(atoms, &[], None) {
            Answer::Possible(witness) => Some(witness),
            Answer::Impossible(_) | Answer::Unknown => None,
        }
    }

    /// As [`Memory::reach`]; nothing where several components are asked.
    pub fn reach(&mut self, start: &[usize], atoms: &[Atom]) -> Option<Answer> {
        match self {
            Self::One(memory) => memory.reach(start, atoms),
            Self::All(_) => None,
        }
    }

    /// Asks about all constraints and some conditions, for so much effort.
    pub fn ask(&mut self, atoms: &[Atom], also: &[Condition], effort: Option<u32>) -> Answer {
        match self {
            Self::One(memory) => memory.ask(atoms, also, effort),
            Self::All(inquiry) => inquiry.ask_also(atoms, also, effort),
        }
    }

    /// As [`Reasoner::sweep`](crate::configure::reasoner::Reasoner::sweep).
    pub fn sweep(&mut self, atoms: &[Atom]) -> Option<Vec<Vec<bool>>> {
        match self {
            Self::One(memory) => memory.sweep(atoms),
            Self::All(inquiry) => inquiry.sweep(atoms),
        }
    }
}
