//! Values beyond the decisions: what the model prefers, the weightiest first; wishes granted
//! in the order of the catalog; and what is then the only one left.

use std::rc::Rc;

use super::Proof;
use super::domains::{Choices, Progress, given};
use super::inquiry::Inquiry;
use super::optimize::{Descent, Target, values_of};
use super::reasoner::{Answer, Atom};
use super::search::{End, Search};
use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Model, Wish};

/// With so much effort for one question, the best so far has to do.
const MOST_EFFORT: u32 = 100_000;

/// Values found so far, one question at a time.
#[derive(Clone, Debug)]
pub(super) struct Completion {
    targets: Rc<[Target]>,
    /// What has to hold: the decisions and the wishes granted.
    atoms: Vec<Atom>,
    /// What has to hold besides: preferences granted.
    also: Vec<Condition>,
    /// A configuration in which it does.
    example: Rc<[usize]>,
    /// More of them, once they were looked for.
    known: Option<Vec<Rc<[usize]>>>,
    seeds: Vec<Rc<[usize]>>,
    /// Not to be given a value.
    except: Option<AttributeIndex>,
    values: Vec<Option<usize>>,
    stage: Stage,
    round: Round,
    /// Whether everything gets a value.
    full: bool,
    proof: Proof,
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
enum Stage {
    /// A target of the model.
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

/// Whether something can hold; `None` where the effort did not suffice.
type Found = Option<bool>;

impl Completion {
    /// Starts from decisions that go together, as `example` shows.
    pub fn new(
        model: &Model,
        choices: &Choices,
        targets: Rc<[Target]>,
        example: Rc<[usize]>,
    ) -> Self {
        let values = model
            .indices()
            .map(|it| choices.get(&it).copied())
            .collect();
        Self {
            targets,
            atoms: given(choices, None),
            also: Vec::new(),
            example,
            known: None,
            seeds: Vec::new(),
            except: None,
            values,
            stage: Stage::Target(0),
            round: Round::Wishes,
            full: false,
            proof: Proof::Optimal,
        }
    }

    /// As it is, but nothing is wished or worked out for one attribute.
    pub fn except(mut self, attribute: AttributeIndex) -> Self {
        self.values[attribute.0] = Some(self.example[attribute.0]);
        self.except = Some(attribute);
        self
    }

    /// As it is, with configurations that are known to fit, the best one first.
    pub fn seeded(mut self, seeds: Vec<Rc<[usize]>>) -> Self {
        self.seeds = seeds;
        self
    }

    /// As it is, but with a value for everything.
    pub fn full(mut self) -> Self {
        self.full = true;
        self
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

    /// Works out everything; configurations in which all that was granted holds, and which
    /// show for everything that is open that it is.
    pub fn finish_examples(mut self, model: &Model, inquiry: &mut Inquiry) -> Vec<Rc<[usize]>> {
        while self.step(model, inquiry, None) == Progress::Further {}
        let first = self.example;
        let mut open: Vec<usize> = (0..self.values.len())
            .filter(|it| self.values[*it].is_none())
            .collect();
        let mut known = self.known.unwrap_or_default();
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

    /// Works out everything; a whole configuration, and how good it is.
    pub fn finish_full(mut self, model: &Model, inquiry: &mut Inquiry) -> (Rc<[usize]>, Proof) {
        while self.step(model, inquiry, None) == Progress::Further {}
        (self.example, self.proof)
    }

    /// Asks the next question.
    pub fn step(&mut self, model: &Model, inquiry: &mut Inquiry, effort: Option<u32>) -> Progress {
        let further = match self.stage.clone() {
            Stage::Target(target) => self.target(model, inquiry, target, effort),
            Stage::Descent(target, descent, opposite) => {
                self.descend(model, inquiry, (target, *descent, opposite), effort)
            }
            Stage::Next(from) => {
                self.next(model, from);
                Some(())
            }
            Stage::Certain(attribute, part, wish) => {
                let absent = match self.values[part.0] {
                    Some(position) if self.except != Some(part) => Some(position != 1),
                    _ => self.other(model, inquiry, Atom::is(part, 0), effort),
                };
                absent.map(|absent| {
                    self.stage = match absent {
                        true => Stage::Next(attribute.0 + 1),
                        false => stage_of(model, attribute, &wish),
                    };
                })
            }
            Stage::Wish(attribute, candidates) => {
                self.wish(model, inquiry, (attribute, &candidates), effort)
            }
            Stage::WishedEnd(attribute, search) => {
                self.wished_end(model, inquiry, (attribute, search), effort)
            }
            Stage::Only(attribute) => self.only(model, inquiry, attribute, effort),
            Stage::Done => return Progress::Done,
        };
        further.map_or(Progress::Stuck, |()| Progress::Further)
    }

    fn target(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
        target: usize,
        effort: Option<u32>,
    ) -> Option<()> {
        let targets = Rc::clone(&self.targets);
        match targets.get(target) {
            None => self.stage = Stage::Next(0),
            Some(Target::Value(atom)) => {
                let except = self.except == Some(atom.attribute);
                if !except && self.ask(model, inquiry, *atom, effort)? {
                    self.grant(atom.attribute, atom.position);
                }
                self.stage = Stage::Target(target + 1);
            }
            Some(Target::Hold(condition)) => {
                if self.ask_also(model, inquiry, condition, effort)? {
                    self.grant_also(model, condition.clone());
                }
                self.stage = Stage::Target(target + 1);
            }
            Some(Target::Least(formula, opposite)) => {
                let values = values_of(model, &self.example);
                self.stage = match formula.exact(model, &values) {
                    Ok(Some(value)) => {
                        let descent = Descent::new(formula.clone(), value);
                        Stage::Descent(target, Box::new(descent), *opposite)
                    }
                    _ => Stage::Target(target + 1),
                };
            }
        }
        Some(())
    }

    fn descend(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
        (target, mut descent, opposite): (usize, Descent, bool),
        effort: Option<u32>,
    ) -> Option<()> {
        let found = match descent.probe() {
            Some(probe) => self.look(model, inquiry, &[], Some(&probe), limited(effort)),
            None => None,
        };
        match found {
            Some(Some(witness)) => {
                let values = values_of(model, &witness);
                self.example = witness;
                if let Ok(Some(value)) = descent.value(model, &values) {
                    descent.found(value);
                }
            }
            Some(None) => descent.refuted(),
            None if descent.probe().is_some() && !enough(effort) => return None,
            None => {
                if self.proof == Proof::Optimal {
                    self.proof = descent.proof(opposite);
                }
                self.grant_also(model, descent.reached());
                self.stage = Stage::Target(target + 1);
                return Some(());
            }
        }
        self.stage = Stage::Descent(target, Box::new(descent), opposite);
        Some(())
    }

    fn wish(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
        (attribute, candidates): (AttributeIndex, &[usize]),
        effort: Option<u32>,
    ) -> Option<()> {
        let Some((first, rest)) = candidates.split_first() else {
            self.stage = Stage::Next(attribute.0 + 1);
            return Some(());
        };
        let atom = Atom::is(attribute, *first);
        if self.ask(model, inquiry, atom, effort)? {
            self.grant(attribute, *first);
        } else {
            self.stage = Stage::Wish(attribute, rest.to_vec());
        }
        Some(())
    }

    fn wished_end(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
        (attribute, mut search): (AttributeIndex, Search),
        effort: Option<u32>,
    ) -> Option<()> {
        let position = self.example[attribute.0];
        search.found(position);
        let Some(probe) = search.probe() else {
            self.grant(attribute, position);
            return Some(());
        };
        if !self.ask(model, inquiry, probe, effort)? {
            search.refuted(probe);
        }
        self.stage = Stage::WishedEnd(attribute, search);
        Some(())
    }

    fn only(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
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
        if attribute.0 == 0 && self.sweep(inquiry) {
            self.stage = Stage::Only(AttributeIndex(self.values.len()));
            return Some(());
        }
        if self.values[attribute.0].is_none() {
            let other = Atom::differs(model, attribute, position);
            if !self.other(model, inquiry, other, effort)? {
                self.values[attribute.0] = Some(position);
            }
        }
        self.stage = Stage::Only(AttributeIndex(attribute.0 + 1));
        Some(())
    }

    /// All that is left with one value, where the reasoner can say that in one go.
    fn sweep(&mut self, inquiry: &mut Inquiry) -> bool {
        if !self.also.is_empty() {
            return false;
        }
        let Some(swept) = inquiry.sweep(&self.atoms) else {
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

    /// Whether one more atom can hold; if so, the example shows it.
    fn ask(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
        more: Atom,
        effort: Option<u32>,
    ) -> Found {
        if more.holds(&self.example) {
            return Some(true);
        }
        match self.look(model, inquiry, &[more], None, self.patience(effort)) {
            Some(found) => Some(found.map(|it| self.example = it).is_some()),
            None => self.resigned(effort).then_some(false),
        }
    }

    /// As `ask`, but about a condition.
    fn ask_also(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
        more: &Condition,
        effort: Option<u32>,
    ) -> Found {
        if holds(model, more, &self.example) {
            return Some(true);
        }
        match self.look(model, inquiry, &[], Some(more), limited(effort)) {
            Some(found) => Some(found.map(|it| self.example = it).is_some()),
            None => enough(effort).then_some(false),
        }
    }

    /// As `ask`, but keeps the example.
    fn other(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
        more: Atom,
        effort: Option<u32>,
    ) -> Found {
        match self.look(model, inquiry, &[more], None, self.patience(effort)) {
            Some(found) => Some(found.is_some()),
            None => self.resigned(effort).then_some(true),
        }
    }

    /// The effort for a question: not any, once preferences have made questions hard.
    fn patience(&self, effort: Option<u32>) -> Option<u32> {
        match self.also.is_empty() {
            true => effort,
            false => limited(effort),
        }
    }

    fn resigned(&self, effort: Option<u32>) -> bool {
        !self.also.is_empty() && enough(effort)
    }

    /// A configuration with one more thing (`Some(None)`: there is none), unless that takes too
    /// much effort.
    fn look(
        &mut self,
        model: &Model,
        inquiry: &mut Inquiry,
        more: &[Atom],
        also: Option<&Condition>,
        effort: Option<u32>,
    ) -> Option<Option<Rc<[usize]>>> {
        let known = self.known.get_or_insert_with(|| {
            let mut fitting = std::mem::take(&mut self.seeds);
            fitting.retain(|it| self.atoms.iter().all(|atom| atom.holds(it)));
            fitting.extend(inquiry.fitting(&self.atoms));
            fitting.retain(|it| self.also.iter().all(|also| holds(model, also, it)));
            fitting
        });
        let fits = |it: &&Rc<[usize]>| {
            more.iter().all(|atom| atom.holds(it))
                && also.is_none_or(|condition| holds(model, condition, it))
        };
        if let Some(found) = known.iter().find(fits) {
            return Some(Some(Rc::clone(found)));
        }
        self.atoms.extend(more);
        self.also.extend(also.cloned());
        let answer = inquiry.ask_also(&self.atoms, &self.also, effort);
        self.atoms.truncate(self.atoms.len() - more.len());
        self.also
            .truncate(self.also.len() - usize::from(also.is_some()));
        match answer {
            Answer::Possible(witness) => {
                let witness: Rc<[usize]> = witness.into();
                known.push(Rc::clone(&witness));
                Some(Some(witness))
            }
            Answer::Impossible(_) => Some(None),
            Answer::Unknown => None,
        }
    }

    fn grant(&mut self, attribute: AttributeIndex, position: usize) {
        let atom = Atom::is(attribute, position);
        self.values[attribute.0] = Some(position);
        self.atoms.push(atom);
        if let Some(known) = &mut self.known {
            known.retain(|it| atom.holds(it));
        }
        self.stage = Stage::Next(attribute.0 + 1);
    }

    fn grant_also(&mut self, model: &Model, condition: Condition) {
        if let Some(known) = &mut self.known {
            known.retain(|it| holds(model, &condition, it));
        }
        self.also.push(condition);
    }

    /// Goes on with the next attribute that has its turn, from `start` on.
    fn next(&mut self, model: &Model, start: usize) {
        for (index, attribute) in model.indices().zip(&model.attributes).skip(start) {
            let part = matches!(attribute.domain, AttributeDomain::Presence(_));
            let wish = match self.round {
                _ if self.values[index.0].is_some() => None,
                Round::Wishes => attribute.wish.clone(),
                Round::Parts if part => Some(Wish::First),
                Round::Parts => None,
                Round::Rest => Some(Wish::First),
            };
            if let Some(wish) = wish {
                self.stage = match attribute.part {
                    Some(part) => Stage::Certain(index, part, wish),
                    None => stage_of(model, index, &wish),
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

/// Whether the condition holds of a whole configuration.
fn holds(model: &Model, condition: &Condition, witness: &[usize]) -> bool {
    condition.evaluate(model, &values_of(model, witness)) == Ok(Some(true))
}

fn limited(effort: Option<u32>) -> Option<u32> {
    Some(effort.map_or(MOST_EFFORT, |it| it.min(MOST_EFFORT)))
}

fn enough(effort: Option<u32>) -> bool {
    effort.is_none_or(|it| it >= MOST_EFFORT)
}
