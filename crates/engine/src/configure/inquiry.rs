//! Questions with a memory: a configuration once found answers many more questions.

use std::collections::VecDeque;
use std::rc::Rc;

use super::reasoner::{Answer, Atom, Question, Reasoner, Relation, Witness};
use super::refutations::Refutations;
use crate::catalog::{AttributeIndex, Condition};

/// So many configurations are remembered.
const REMEMBERED: usize = 400;

/// A reasoner and the configurations that it has found.
pub(super) struct Inquiry {
    reasoner: Box<dyn Reasoner>,
    found: VecDeque<Rc<[usize]>>,
    refuted: Refutations,
}

/// Which end of the possible positions is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The smallest.
    Low,
    /// The largest.
    High,
}

impl Inquiry {
    /// Without any memory yet.
    pub fn new(reasoner: Box<dyn Reasoner>) -> Self {
        Self {
            reasoner,
            found: VecDeque::new(),
            refuted: Refutations::default(),
        }
    }

    /// The configurations remembered.
    pub fn remembered(&self) -> impl Iterator<Item = &[usize]> {
        self.found.iter().map(|it| &**it)
    }

    /// Those of them that fit.
    pub fn fitting(&self, atoms: &[Atom]) -> Vec<Rc<[usize]>> {
        let fits = |it: &&Rc<[usize]>| atoms.iter().all(|atom| atom.holds(it));
        self.found.iter().filter(fits).cloned().collect()
    }

    /// One of them that fits.
    pub fn recall(&self, atoms: &[Atom]) -> Option<&[usize]> {
        self.remembered()
            .find(|witness| atoms.iter().all(|atom| atom.holds(witness)))
    }

    /// Asks about all constraints, for so much effort.
    pub fn ask(&mut self, atoms: &[Atom], effort: Option<u32>) -> Answer {
        if let Some(core) = self.refuted.recall(atoms) {
            return Answer::Impossible(core);
        }
        let constraints = None;
        let answer = self.reasoner.ask(&Question {
            atoms,
            constraints,
            effort,
        });
        match &answer {
            Answer::Possible(witness) => self.remember(witness),
            Answer::Impossible(core) => self.refuted.learn(atoms, core),
            Answer::Unknown => {}
        }
        answer
    }

    /// As [`Inquiry::ask`], where all of `also` have to hold besides.
    pub fn ask_also(&mut self, atoms: &[Atom], also: &[Condition], effort: Option<u32>) -> Answer {
        if also.is_empty() {
            return self.ask(atoms, effort);
        }
        let constraints = None;
        let question = Question {
            atoms,
            constraints,
            effort,
        };
        let answer = self.reasoner.ask_also(&question, also);
        if let Answer::Possible(witness) = &answer {
            self.remember(witness);
        }
        answer
    }

    fn remember(&mut self, witness: &Witness) {
        if self.found.len() == REMEMBERED {
            self.found.pop_front();
        }
        self.found.push_back(witness.as_ref().into());
    }

    /// Asks about some constraints only; not for remembering.
    pub fn ask_reasoner(&mut self, question: &Question) -> Answer {
        self.reasoner.ask(question)
    }

    /// A configuration in which all atoms hold, if there is one.
    pub fn find(&mut self, atoms: &[Atom]) -> Option<Witness> {
        if let Some(known) = self.recall(atoms) {
            return Some(known.into());
        }
        match self.ask(atoms, None) {
            Answer::Possible(witness) => Some(witness),
            Answer::Impossible(_) | Answer::Unknown => None,
        }
    }

    /// Whether all atoms can hold together.
    pub fn possible(&mut self, atoms: &[Atom]) -> bool {
        self.recall(atoms).is_some() || self.find(atoms).is_some()
    }

    /// Whether all of `atoms` and one more can hold together.
    pub fn possible_with(&mut self, atoms: &[Atom], more: Atom) -> bool {
        self.possible(&[atoms, &[more]].concat())
    }

    /// The smallest or largest possible position of a number between two positions, inclusive.
    pub fn extreme(
        &mut self,
        atoms: &[Atom],
        attribute: AttributeIndex,
        (low, high): (usize, usize),
        end: End,
    ) -> Option<usize> {
        let mut search = Search::new(attribute, low, high, end);
        let range = [
            Atom::at_least(attribute, low),
            Atom::at_most(attribute, high),
        ];
        let atoms = [atoms, &range].concat();
        let first = self.find(&atoms)?;
        search.found(first[attribute.0]);
        while let Some(probe) = search.probe() {
            match self.find(&[atoms.as_slice(), &[probe]].concat()) {
                Some(witness) => search.found(witness[attribute.0]),
                None => search.refuted(probe),
            }
        }
        search.best
    }
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
    refutations: u32,
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
            refutations: 0,
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
        }
    }

    fn beyond(&self, position: usize, other: usize) -> bool {
        match self.end {
            End::Low => position < other,
            End::High => position > other,
        }
    }

    /// What to ask next: the very end first, then just beyond the best, then halfway.
    pub fn probe(&self) -> Option<Atom> {
        let best = self.best.filter(|best| *best != self.limit)?;
        let distance = best.abs_diff(self.limit);
        let ahead = match self.refutations {
            0 => distance,
            1 => 1,
            _ => distance.div_ceil(2),
        };
        Some(match self.end {
            End::Low => Atom::at_most(self.attribute, best - ahead),
            End::High => Atom::at_least(self.attribute, best + ahead),
        })
    }

    /// The probe found nothing.
    pub fn refuted(&mut self, probe: Atom) {
        self.refutations += 1;
        self.limit = match probe.relation {
            Relation::AtMost => probe.position + 1,
            _ => probe.position.saturating_sub(1),
        };
    }
}
