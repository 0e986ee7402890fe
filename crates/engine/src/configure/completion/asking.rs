//! What a completion asks, and what it grants.

use std::rc::Rc;

use super::part::{Part, Stage};
use super::source::Source;
use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Formula, Fraction, Model};
use crate::configure::Proof;
use crate::configure::optimize::values_of;
use crate::configure::reasoner::{ABSENT, Answer, Atom};

/// With so much effort for one question, the best so far has to do.
const MOST_EFFORT: u32 = 100_000;

/// So many hints that stand in the way are dropped before all are.
const MOST_DROPPED: u32 = 8;

/// Whether something can hold; `None` where the effort did not suffice.
type Found = Option<bool>;

impl Part {
    /// Whether one more atom can hold; if so, the example shows it.
    pub(super) fn ask(&mut self, source: &mut Source, more: Atom, effort: Option<u32>) -> Found {
        if more.holds(&self.example) {
            return Some(true);
        }
        if self.told(more) == Some(false) {
            return Some(false);
        }
        if let Some(seed) = self.seeds.iter().find(|it| more.holds(it)) {
            self.example = Rc::clone(seed);
            return Some(true);
        }
        let found = match self.hints.clone().filter(|_| self.also.is_empty()) {
            Some(_) if self.is_out(source, more, effort) => Some(None),
            Some(hints) => self.aim(source, &hints, Some(more), effort),
            None => self.look(source, Some(more), None, self.patience(effort)),
        };
        match found {
            Some(found) => Some(found.map(|it| self.example = it).is_some()),
            None => self.resigned(effort).then(|| {
                self.give_up(usize::MAX);
                false
            }),
        }
    }

    /// Whether it turns out at once that an atom cannot hold, as is to be expected of one that no
    /// seed has.
    fn is_out(&self, source: &mut Source, more: Atom, effort: Option<u32>) -> bool {
        let asked = || [self.atoms.as_slice(), &[more]].concat();
        let seeded = !self.seeds.is_empty();
        seeded && matches!(source.ask(&asked(), &[], effort), Answer::Impossible(_))
    }

    /// As `ask`, but about a condition that a target demands.
    pub(super) fn ask_also(
        &mut self,
        source: &mut Source,
        (target, more): (usize, &Condition),
        effort: Option<u32>,
    ) -> Found {
        if holds(&self.kind.model, more, &self.example) {
            return Some(true);
        }
        match self.look(source, None, Some(more), limited(effort)) {
            Some(found) => Some(found.map(|it| self.example = it).is_some()),
            None => enough(effort).then(|| {
                self.give_up(target);
                false
            }),
        }
    }

    /// As `ask`, but keeps the example.
    pub(super) fn other(&mut self, source: &mut Source, more: Atom, effort: Option<u32>) -> Found {
        if let Some(told) = self.told(more) {
            return Some(told);
        }
        if self.seeds.iter().any(|it| more.holds(it)) {
            return Some(true);
        }
        let patience = self.patience(effort);
        let found = match self.also.is_empty() {
            // Which one does not matter: so none has to be laid out.
            true if source.recalls(&self.atoms, more, &mut self.fitting) => return Some(true),
            true => self.look_near(source, more, patience),
            false => self.look(source, Some(more), None, patience),
        };
        match found {
            Some(found) => Some(found.is_some()),
            None => self.resigned(effort).then_some(true),
        }
    }

    /// Whether the atom can hold, where the domains tell: what is impossible stays so,
    /// what is possible is so as long as nothing is granted.
    fn told(&self, atom: Atom) -> Option<bool> {
        // What is not there has no value.
        let attribute = &self.kind.model.attributes[atom.attribute.0];
        let findings = self.findings.as_ref();
        let findings = findings.filter(|_| attribute.part.is_none())?;
        // Domains are about what is decided on all other attributes.
        if findings.choices.contains_key(&atom.attribute) {
            return None;
        }
        let granted = !self.also.is_empty() || self.atoms.len() > findings.choices.len();
        let can_hold = findings.can_hold(atom)?;
        (!can_hold || !granted).then_some(can_hold)
    }

    /// What a target demands may be possible after all.
    fn give_up(&mut self, target: usize) {
        let gap = Proof::Gap {
            best: 0.into(),
            bound: None,
        };
        self.gap.get_or_insert((target, gap));
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
    pub(super) fn look(
        &mut self,
        source: &mut Source,
        more: Option<Atom>,
        also: Option<&Condition>,
        effort: Option<u32>,
    ) -> Option<Option<Rc<[usize]>>> {
        let model = Rc::clone(&self.kind.model);
        let fits = |it: &&Rc<[usize]>| {
            more.is_none_or(|atom| atom.holds(it))
                && also.is_none_or(|condition| holds(&model, condition, it))
        };
        if let Some(found) = self.seeds.iter().find(fits) {
            return Some(Some(Rc::clone(found)));
        }
        let simple = also.is_none() && self.also.is_empty();
        if !simple && let Some(found) = self.known(source).iter().find(fits) {
            return Some(Some(Rc::clone(found)));
        }
        let recalled = simple.then(|| match more {
            Some(atom) => source.recall(&[self.atoms.as_slice(), &[atom]].concat()),
            None => source.recall(&self.atoms),
        });
        if let Some(witness) = recalled.flatten() {
            return Some(Some(witness.into()));
        }
        match more.filter(|_| simple) {
            Some(more) => self.look_near(source, more, effort),
            None => self.search(source, more, also, effort),
        }
    }

    /// As `look`, for one with as many of the values hinted at as can be.
    pub(super) fn aim(
        &mut self,
        source: &mut Source,
        hints: &[Option<usize>],
        more: Option<Atom>,
        effort: Option<u32>,
    ) -> Option<Option<Rc<[usize]>>> {
        let mut atoms = self.atoms.clone();
        atoms.extend(more);
        let asked = atoms.len();
        for (index, position) in hints.iter().enumerate() {
            let attribute = AttributeIndex(index);
            let open =
                self.values[index].is_none() && more.is_none_or(|it| it.attribute != attribute);
            if let Some(position) = position.filter(|it| open && *it != ABSENT) {
                atoms.push(Atom::is(attribute, position));
            }
        }
        if let Some(known) = source.recall(&atoms) {
            return Some(Some(known.into()));
        }
        match more.and_then(|_| source.reach(&self.example, &atoms[..asked])) {
            Some(Answer::Possible(witness)) => return Some(Some(witness.into())),
            Some(Answer::Impossible(_)) => return Some(None),
            Some(Answer::Unknown) | None => {}
        }
        let mut dropped = 0;
        loop {
            match source.ask(&atoms, &[], effort) {
                Answer::Possible(witness) => return Some(Some(witness.into())),
                Answer::Impossible(core) => match core.atoms.last() {
                    // The last hint that stands in the way of those before.
                    Some(last) if *last >= asked && dropped < MOST_DROPPED => {
                        atoms.remove(*last);
                        dropped += 1;
                    }
                    Some(last) if *last >= asked => atoms.truncate(asked),
                    _ => return Some(None),
                },
                Answer::Unknown => return None,
            }
        }
    }

    /// As `look`, where nothing known will do: near the example first.
    fn look_near(
        &mut self,
        source: &mut Source,
        more: Atom,
        effort: Option<u32>,
    ) -> Option<Option<Rc<[usize]>>> {
        let atoms = [self.atoms.as_slice(), &[more]].concat();
        match source.reach(&self.example, &atoms) {
            Some(Answer::Possible(witness)) => Some(Some(witness.into())),
            Some(Answer::Impossible(_)) => Some(None),
            Some(Answer::Unknown) | None => self.search(source, Some(more), None, effort),
        }
    }

    /// As `look`, where nothing known will do.
    pub(super) fn search(
        &mut self,
        source: &mut Source,
        more: Option<Atom>,
        also: Option<&Condition>,
        effort: Option<u32>,
    ) -> Option<Option<Rc<[usize]>>> {
        self.atoms.extend(more);
        self.also.extend(also.cloned());
        let answer = source.ask(&self.atoms, &self.also, effort);
        let (atoms, conditions) = (usize::from(more.is_some()), usize::from(also.is_some()));
        self.atoms.truncate(self.atoms.len() - atoms);
        self.also.truncate(self.also.len() - conditions);
        match answer {
            Answer::Possible(witness) => {
                let witness: Rc<[usize]> = witness.into();
                if let Some(known) = &mut self.known {
                    known.push(Rc::clone(&witness));
                }
                Some(Some(witness))
            }
            Answer::Impossible(_) => Some(None),
            Answer::Unknown => None,
        }
    }

    /// The configurations remembered in which everything granted holds.
    fn known(&mut self, source: &Source) -> &[Rc<[usize]>] {
        self.known.get_or_insert_with(|| {
            let mut fitting = source.fitting(&self.atoms);
            let model = &self.kind.model;
            fitting.retain(|it| self.also.iter().all(|also| holds(model, also, it)));
            fitting
        })
    }

    /// The smallest value that a formula has in what is known; the example is such a one then.
    pub(super) fn best(&mut self, source: &Source, formula: &Formula) -> Option<Fraction> {
        let model = Rc::clone(&self.kind.model);
        let value = |it: &[usize]| formula.exact(&model, &values_of(&model, it)).ok().flatten();
        let mut best = value(&self.example)?;
        let mut example = Rc::clone(&self.example);
        self.known(source);
        let known = self.known.iter().flatten().chain(&self.seeds);
        for it in known {
            if let Some(value) = value(it).filter(|it| *it < best) {
                (best, example) = (value, Rc::clone(it));
            }
        }
        self.example = example;
        Some(best)
    }

    pub(super) fn grant(&mut self, attribute: AttributeIndex, position: usize) {
        let atom = Atom::is(attribute, position);
        self.values[attribute.0] = Some(position);
        self.stage = Stage::Next(attribute.0 + 1);
        if position == 0 && self.follows_owner(attribute) {
            return;
        }
        self.atoms.push(atom);
        self.fitting = None;
        self.seeds.retain(|it| atom.holds(it));
        if let Some(known) = &mut self.known {
            known.retain(|it| atom.holds(it));
        }
    }

    /// Whether a part is not there because its owner or the instance before it is not: so many
    /// atoms more would say nothing.
    fn follows_owner(&self, presence: AttributeIndex) -> bool {
        let AttributeDomain::Presence(part) = &self.kind.model.attributes[presence.0].domain else {
            return false;
        };
        let is_away = |it: AttributeIndex| self.values[it.0] == Some(0) && self.except != Some(it);
        [part.owner, part.previous]
            .into_iter()
            .flatten()
            .any(is_away)
    }

    pub(super) fn grant_also(&mut self, condition: Condition) {
        let model = &self.kind.model;
        self.seeds.retain(|it| holds(model, &condition, it));
        if let Some(known) = &mut self.known {
            known.retain(|it| holds(model, &condition, it));
        }
        self.also.push(condition);
    }
}

/// Whether the condition holds of a whole configuration.
pub(super) fn holds(model: &Model, condition: &Condition, witness: &[usize]) -> bool {
    condition.evaluate(model, &values_of(model, witness)) == Ok(Some(true))
}

pub(super) fn limited(effort: Option<u32>) -> Option<u32> {
    Some(effort.map_or(MOST_EFFORT, |it| it.min(MOST_EFFORT)))
}

pub(super) fn enough(effort: Option<u32>) -> bool {
    effort.is_none_or(|it| it >= MOST_EFFORT)
}
