//! Values beyond the decisions: wishes granted in the order of the catalog, and
//! what is then the only one left.

use super::domains::{Choices, Progress, given};
use super::inquiry::{End, Inquiry, Search};
use super::reasoner::{Answer, Atom};
use crate::catalog::{AttributeDomain, AttributeIndex, Model, Wish};

/// Values found so far, one question at a time.
#[derive(Clone, Debug)]
pub(super) struct Completion {
    /// What has to hold: the decisions and the wishes granted.
    atoms: Vec<Atom>,
    /// A configuration in which it does.
    example: Box<[usize]>,
    values: Vec<Option<usize>>,
    stage: Stage,
}

/// Where the work stands.
#[derive(Clone, Debug)]
enum Stage {
    /// Trying positions for the wish of an attribute, the best first.
    Wish(AttributeIndex, Vec<usize>),
    /// Finding out whether the attribute is there for certain: only then its wish counts.
    Certain(AttributeIndex, AttributeIndex, Box<Stage>),
    /// Closing in on the end that a number wishes for.
    WishedEnd(AttributeIndex, Search),
    /// Looking for another value than the example's.
    Only(AttributeIndex),
    Done,
}

impl Completion {
    /// Starts from decisions that go together, as `example` shows.
    pub fn new(model: &Model, choices: &Choices, example: Box<[usize]>) -> Self {
        let values = model
            .indices()
            .map(|it| choices.get(&it).copied())
            .collect();
        let mut completion = Self {
            atoms: given(choices, None),
            example,
            values,
            stage: Stage::Done,
        };
        completion.next_wish(model, 0);
        completion
    }

    /// The positions found so far.
    pub fn values(&self) -> &[Option<usize>] {
        &self.values
    }

    /// Works out everything.
    pub fn finish(mut self, model: &Model, inquiry: &mut Inquiry) -> Vec<Option<usize>> {
        while self.step(model, inquiry, None) == Progress::Further {}
        self.values
    }

    /// Asks the next question.
    pub fn step(&mut self, model: &Model, inquiry: &mut Inquiry, effort: Option<u32>) -> Progress {
        match self.stage.clone() {
            Stage::Wish(attribute, candidates) => {
                let Some((first, rest)) = candidates.split_first() else {
                    self.next_wish(model, attribute.0 + 1);
                    return Progress::Further;
                };
                match self.ask(inquiry, Atom::is(attribute, *first), effort) {
                    Some(true) => self.grant(model, attribute, *first),
                    Some(false) => self.stage = Stage::Wish(attribute, rest.to_vec()),
                    None => return Progress::Stuck,
                }
            }
            Stage::Certain(attribute, part, next) => {
                match self.other(inquiry, Atom::is(part, 0), effort) {
                    Some(true) => self.next_wish(model, attribute.0 + 1),
                    Some(false) => self.stage = *next,
                    None => return Progress::Stuck,
                }
            }
            Stage::WishedEnd(attribute, mut search) => {
                search.found(self.example[attribute.0]);
                let Some(probe) = search.probe() else {
                    self.grant(model, attribute, self.example[attribute.0]);
                    return Progress::Further;
                };
                match self.ask(inquiry, probe, effort) {
                    Some(true) => {}
                    Some(false) => search.refuted(probe),
                    None => return Progress::Stuck,
                }
                self.stage = Stage::WishedEnd(attribute, search);
            }
            Stage::Only(attribute) => {
                let position = self.example[attribute.0];
                if self.values[attribute.0].is_none() {
                    let other = Atom::differs(model, attribute, position);
                    match self.other(inquiry, other, effort) {
                        Some(true) => {}
                        Some(false) => self.values[attribute.0] = Some(position),
                        None => return Progress::Stuck,
                    }
                }
                let next = AttributeIndex(attribute.0 + 1);
                self.stage = match model.attribute(next) {
                    Some(_) => Stage::Only(next),
                    None => Stage::Done,
                };
            }
            Stage::Done => return Progress::Done,
        }
        Progress::Further
    }

    /// Whether one more atom can hold; if so, the example shows it.
    fn ask(&mut self, inquiry: &mut Inquiry, more: Atom, effort: Option<u32>) -> Option<bool> {
        if more.holds(&self.example) {
            return Some(true);
        }
        self.atoms.push(more);
        let found = look(inquiry, &self.atoms, effort);
        self.atoms.pop();
        if let Some(Some(witness)) = found {
            self.example = witness;
            return Some(true);
        }
        found.map(|_| false)
    }

    /// As `ask`, but keeps the example.
    fn other(&mut self, inquiry: &mut Inquiry, more: Atom, effort: Option<u32>) -> Option<bool> {
        self.atoms.push(more);
        let found = look(inquiry, &self.atoms, effort);
        self.atoms.pop();
        found.map(|it| it.is_some())
    }

    fn grant(&mut self, model: &Model, attribute: AttributeIndex, position: usize) {
        self.values[attribute.0] = Some(position);
        self.atoms.push(Atom::is(attribute, position));
        self.next_wish(model, attribute.0 + 1);
    }

    /// Goes on with the next wish of an undecided attribute, from `start` on.
    fn next_wish(&mut self, model: &Model, start: usize) {
        for (index, attribute) in model.indices().zip(&model.attributes).skip(start) {
            if self.values[index.0].is_some() {
                continue;
            }
            if let Some(wish) = &attribute.wish {
                let stage = stage_of(index, wish, &attribute.domain);
                self.stage = match attribute.part {
                    Some(part) => Stage::Certain(index, part, Box::new(stage)),
                    None => stage,
                };
                return;
            }
        }
        self.stage = if model.attributes.is_empty() {
            Stage::Done
        } else {
            Stage::Only(AttributeIndex(0))
        };
    }
}

fn stage_of(attribute: AttributeIndex, wish: &Wish, domain: &AttributeDomain) -> Stage {
    let size = domain.size().unwrap_or(0);
    let last = size.saturating_sub(1);
    match (wish, domain) {
        (Wish::Value(value), _) => {
            Stage::Wish(attribute, domain.position_of(*value).into_iter().collect())
        }
        (Wish::First, AttributeDomain::Number(_)) => {
            Stage::WishedEnd(attribute, Search::new(attribute, 0, last, End::Low))
        }
        (Wish::Last, AttributeDomain::Number(_)) => {
            Stage::WishedEnd(attribute, Search::new(attribute, 0, last, End::High))
        }
        (Wish::First, _) => Stage::Wish(attribute, (0..size).collect()),
        (Wish::Last, _) => Stage::Wish(attribute, (0..size).rev().collect()),
    }
}

/// A configuration with all atoms (`Some(None)`: there is none), unless that takes too much effort.
fn look(
    inquiry: &mut Inquiry,
    atoms: &[Atom],
    effort: Option<u32>,
) -> Option<Option<Box<[usize]>>> {
    if let Some(known) = inquiry.recall(atoms) {
        return Some(Some(known.into()));
    }
    match inquiry.ask(atoms, effort) {
        Answer::Possible(witness) => Some(Some(witness)),
        Answer::Impossible(_) => Some(None),
        Answer::Unknown => None,
    }
}
