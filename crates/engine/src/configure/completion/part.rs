//! The completion of one group of attributes, one question at a time.

use std::rc::Rc;

use super::Values;
use super::layout::Kind;
use super::source::Source;
use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Model, Wish};
use crate::configure::Proof;
use crate::configure::domains::{Choices, Progress, State, given};
use crate::configure::optimize::Descent;
use crate::configure::reasoner::{ABSENT, Atom};
use crate::configure::search::{End, Search};
use crate::configure::witnesses::Slots;

/// Values found so far; attributes are those of the kind's model.
#[derive(Clone)]
pub struct Part {
    pub(super) kind: Rc<Kind>,
    /// What has to hold: the decisions and the wishes granted.
    pub(super) atoms: Vec<Atom>,
    /// What has to hold besides: preferences granted.
    pub(super) also: Vec<Condition>,
    /// A configuration in which it does.
    pub(super) example: Rc<[usize]>,
    /// More of them, handed in; the best one first.
    pub(super) seeds: Vec<Rc<[usize]>>,
    /// Positions that most attributes will have in the end: examples with them save questions.
    pub(super) hints: Option<Values>,
    /// Those remembered in which preferences granted hold, once they were looked for.
    pub(super) known: Option<Vec<Rc<[usize]>>>,
    /// The component that it is about, where it is one of those whose domains are known.
    pub(super) component: Option<usize>,
    /// What is known there, under the same choices.
    pub(super) findings: Option<Rc<State>>,
    /// Those remembered that have all atoms, as of so many kept.
    pub(super) fitting: Option<(u64, Slots)>,
    /// Not to be given a value.
    pub(super) except: Option<AttributeIndex>,
    pub(super) values: Vec<Option<usize>>,
    pub(super) stage: Stage,
    round: Round,
    /// Whether everything gets a value.
    full: bool,
    /// The first target that was not proven to be reached as well as possible.
    pub(super) gap: Option<(usize, Proof)>,
}

/// Which attributes have their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    /// Those with a wish.
    Wishes,
    /// Parts that may be there or not: they are not, where they need not be.
    Parts,
    /// All that is still open: the first value that is possible.
    Rest,
}

/// Where the work stands.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// A target of the kind.
    Target(usize),
    /// Closing in on the smallest value; the flag as in [`Target::Least`].
    Descent(usize, Box<Descent>, bool),
    /// The next wish of an attribute, from here on.
    Next(usize),
    /// Finding out whether the attribute is there for certain: only then its wish counts.
    Certain(AttributeIndex, AttributeIndex, Wish),
    /// Trying positions for the wish of an attribute, the best first.
    Wish(AttributeIndex, Vec<usize>),
    /// Closing in on the end that a number wishes for.
    WishedEnd(AttributeIndex, Search),
    /// Looking for another value than the example's.
    Only(AttributeIndex),
    Done,
}

impl Part {
    /// Starts from decisions that go together, as `example` shows.
    pub fn new(kind: Rc<Kind>, choices: &Choices, example: Rc<[usize]>, full: bool) -> Self {
        let choice = |it| choices.get(&it).copied();
        let mut values: Vec<Option<usize>> = kind.model.indices().map(choice).collect();
        for other in &kind.others {
            values[other.0] = Some(example[other.0]);
        }
        Self {
            kind,
            atoms: given(choices, None),
            also: Vec::new(),
            example,
            seeds: Vec::new(),
            hints: None,
            known: None,
            component: None,
            findings: None,
            fitting: None,
            except: None,
            values,
            stage: Stage::Target(0),
            round: Round::Wishes,
            full,
            gap: None,
        }
    }

    /// As it is, but nothing is wished or worked out for one attribute.
    pub fn except(mut self, attribute: AttributeIndex) -> Self {
        self.values[attribute.0] = Some(self.example[attribute.0]);
        self.except = Some(attribute);
        self
    }

    /// As it is, but only what is `inside` is wished for and worked out.
    pub fn within(mut self, inside: &[bool]) -> Self {
        let values = self.values.iter_mut().zip(self.example.iter());
        for ((value, position), _) in values.zip(inside).filter(|(_, inside)| !**inside) {
            value.get_or_insert(*position);
        }
        self
    }

    /// As it is, where most attributes will be as told.
    pub fn hinted(mut self, hints: &Values) -> Self {
        self.hints = Some(Rc::clone(hints));
        self
    }

    /// Once everything is worked out but for one attribute: what is left to find out when that
    /// has an option, with which all that was granted holds in some configurations. `None`
    /// where wishes count that did not before.
    pub fn going_on(
        mut self,
        source: &mut Source,
        (attribute, option): (AttributeIndex, usize),
        examples: Vec<Rc<[usize]>>,
    ) -> Option<Self> {
        self.example = Rc::clone(examples.first()?);
        self.seeds = examples;
        self.grant(attribute, option);
        self.except = None;
        self.stage = Stage::Only(AttributeIndex(0));
        let kind = Rc::clone(&self.kind);
        for (index, about) in kind.model.attributes.iter().enumerate() {
            let wished = self.values[index].is_none() && kind.wishes[index].is_some();
            // The wish of what need not be there did not count: it must still not.
            if let Some(part) = about.part.filter(|_| wished)
                && self.values[part.0].is_none_or(|it| it == 1)
                && self.other(source, Atom::is(part, 0), None) != Some(true)
            {
                return None;
            }
        }
        Some(self)
    }

    /// As it is, with configurations that are known to fit, the best one first.
    pub fn seeded(mut self, seeds: Vec<Rc<[usize]>>) -> Self {
        self.seeds = seeds;
        self
    }

    /// Works out everything.
    pub fn finish(&mut self, source: &mut Source) {
        while self.step(source, None) == Progress::Further {}
    }

    /// Once everything is worked out: configurations in which all that was granted holds, and
    /// which show for everything that is open that it is.
    pub fn examples(self, source: &Source) -> Vec<Rc<[usize]>> {
        let first = self.example;
        let mut open: Vec<usize> = (0..self.values.len())
            .filter(|it| self.values[*it].is_none())
            .collect();
        let mut known = match self.known {
            Some(known) => known,
            None if open.is_empty() => Vec::new(),
            None => source.fitting(&self.atoms),
        };
        known.extend(self.seeds);
        let mut examples = vec![Rc::clone(&first)];
        loop {
            let shown = |it: &Rc<[usize]>| open.iter().filter(|at| it[**at] != first[**at]).count();
            let Some(best) = (0..known.len()).max_by_key(|it| shown(&known[*it])) else {
                return examples;
            };
            let best = known.swap_remove(best);
            if shown(&best) == 0 {
                return examples;
            }
            open.retain(|it| best[*it] == first[*it]);
            examples.push(best);
        }
    }

    /// Asks the next question.
    pub fn step(&mut self, source: &mut Source, effort: Option<u32>) -> Progress {
        let further = match self.stage.clone() {
            Stage::Target(target) => self.target(source, target, effort),
            Stage::Descent(target, descent, opposite) => {
                self.descend(source, (target, *descent, opposite), effort)
            }
            Stage::Next(from) => {
                self.next(from);
                Some(())
            }
            Stage::Certain(attribute, part, wish) => {
                let absent = match self.values[part.0] {
                    Some(position) if self.except != Some(part) => Some(position != 1),
                    _ => self.other(source, Atom::is(part, 0), effort),
                };
                absent.map(|absent| {
                    self.stage = match absent {
                        true => Stage::Next(attribute.0 + 1),
                        false => stage_of(&self.kind.model, attribute, &wish),
                    };
                })
            }
            Stage::Wish(attribute, candidates) => {
                self.wish(source, (attribute, &candidates), effort)
            }
            Stage::WishedEnd(attribute, search) => {
                self.wished_end(source, (attribute, search), effort)
            }
            Stage::Only(attribute) => self.only(source, attribute, effort),
            Stage::Done => return Progress::Done,
        };
        further.map_or(Progress::Stuck, |()| Progress::Further)
    }

    fn wish(
        &mut self,
        source: &mut Source,
        (attribute, candidates): (AttributeIndex, &[usize]),
        effort: Option<u32>,
    ) -> Option<()> {
        let Some((first, rest)) = candidates.split_first() else {
            self.stage = Stage::Next(attribute.0 + 1);
            return Some(());
        };
        let atom = Atom::is(attribute, *first);
        if self.ask(source, atom, effort)? {
            self.grant(attribute, *first);
        } else {
            self.stage = Stage::Wish(attribute, rest.to_vec());
        }
        Some(())
    }

    fn wished_end(
        &mut self,
        source: &mut Source,
        (attribute, mut search): (AttributeIndex, Search),
        effort: Option<u32>,
    ) -> Option<()> {
        let position = self.example[attribute.0];
        search.found(position);
        let Some(probe) = search.probe() else {
            self.grant(attribute, position);
            return Some(());
        };
        if !self.ask(source, probe, effort)? {
            search.refuted(probe);
        }
        self.stage = Stage::WishedEnd(attribute, search);
        Some(())
    }

    fn only(
        &mut self,
        source: &mut Source,
        attribute: AttributeIndex,
        effort: Option<u32>,
    ) -> Option<()> {
        let Some(position) = self.example.get(attribute.0).copied() else {
            self.stage = match self.full {
                true => Stage::Next(0),
                false => Stage::Done,
            };
            self.round = Round::Parts;
            return Some(());
        };
        if attribute.0 == 0 && self.sweep(source) {
            self.stage = Stage::Only(AttributeIndex(self.values.len()));
            return Some(());
        }
        if self.values[attribute.0].is_none() && self.is_away(attribute) {
            self.values[attribute.0] = Some(ABSENT);
        }
        if self.values[attribute.0].is_none() {
            let other = Atom::differs(&self.kind.model, attribute, position);
            if !self.other(source, other, effort)? {
                self.values[attribute.0] = Some(position);
            }
        }
        self.stage = Stage::Only(AttributeIndex(attribute.0 + 1));
        Some(())
    }

    /// Whether the part that an attribute belongs to is known not to be there.
    fn is_away(&self, attribute: AttributeIndex) -> bool {
        let part = self.kind.model.attributes[attribute.0].part;
        part.is_some_and(|it| self.values[it.0] == Some(0) && self.except != Some(it))
    }

    /// All that is left with one value, where the reasoner can say that in one go.
    fn sweep(&mut self, source: &mut Source) -> bool {
        if !self.also.is_empty() {
            return false;
        }
        let Some(swept) = source.sweep(&self.atoms) else {
            return false;
        };
        let values = self.values.iter_mut().zip(self.example.iter());
        for ((value, position), possible) in values.zip(swept) {
            let mut left = possible.iter().filter(|it| **it);
            if value.is_none() && left.next().is_some() && left.next().is_none() {
                *value = Some(*position);
            }
        }
        true
    }

    /// Goes on with the next attribute that has its turn, from `start` on.
    fn next(&mut self, start: usize) {
        let model = Rc::clone(&self.kind.model);
        for (index, attribute) in model.indices().zip(&model.attributes).skip(start) {
            let part = matches!(attribute.domain, AttributeDomain::Presence(_));
            let wish = match self.round {
                _ if self.values[index.0].is_some() => None,
                Round::Wishes => self.kind.wishes[index.0].clone(),
                Round::Parts if part => Some(Wish::First),
                Round::Parts => None,
                Round::Rest => Some(Wish::First),
            };
            if let Some(wish) = wish {
                self.stage = match attribute.part {
                    Some(part) => Stage::Certain(index, part, wish),
                    None => stage_of(&model, index, &wish),
                };
                return;
            }
        }
        (self.stage, self.round) = match self.round {
            Round::Wishes => (Stage::Only(AttributeIndex(0)), Round::Wishes),
            Round::Parts => (Stage::Next(0), Round::Rest),
            Round::Rest => (Stage::Done, Round::Rest),
        };
    }
}

fn stage_of(model: &Model, attribute: AttributeIndex, wish: &Wish) -> Stage {
    let domain = &model.attributes[attribute.0].domain;
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
