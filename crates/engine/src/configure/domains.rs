//! Which values are still possible, found out one question at a time.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::components::Place;
use super::inquiry::Inquiry;
use super::known::Known;
use super::links::Around;
use super::memory::Memory;
use super::pack::{Kind, Pack};
use super::reasoner::{ABSENT, Answer, Atom, Relation};
use super::twins::Twins;
use super::{Domain, Possibility};
use crate::catalog::{AttributeDomain, AttributeIndex, Model, Value};

/// The decisions by position.
pub(super) type Choices = BTreeMap<AttributeIndex, usize>;

/// What is known about every attribute under the same choices, component by component.
#[derive(Clone, Debug)]
pub(super) struct Domains {
    places: Rc<[Place]>,
    states: Vec<Rc<State>>,
    /// Which of the states each component is in: those that are alike share one.
    of: Vec<usize>,
    /// The first state that may have something left to find out.
    open: usize,
}

/// What is known about a component; attributes are those of its own model.
#[derive(Clone, Debug)]
pub(super) struct State {
    memory: usize,
    pub choices: Choices,
    known: Vec<Known>,
    /// How many attributes have nothing left to find out, in the order of asking.
    done: usize,
    /// Whether what is in the last parts is asked for first.
    last_first: bool,
    /// Parts and flags without a choice that may still have to be found to be possible.
    parts: Vec<AttributeIndex>,
    /// Values asked for together.
    pack: Pack,
    /// A configuration with all choices, and what was not found near it last.
    example: Option<Rc<[usize]>>,
    not_near: Option<Atom>,
    /// Interchangeable parts, where questions are asked.
    twins: Rc<Twins>,
}

/// So many remembered configurations are looked at for what their parts show of others.
const MOST_SWAPPED: usize = 8;

/// What came of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Something was learned.
    Further,
    /// The question needs more effort.
    Stuck,
    /// Nothing is left to find out.
    Done,
}

/// The atoms of all choices but the one on `except`.
pub(super) fn given(choices: &Choices, except: Option<AttributeIndex>) -> Vec<Atom> {
    (choices.iter())
        .filter(|(attribute, _)| Some(**attribute) != except)
        .map(|(attribute, position)| Atom::is(*attribute, *position))
        .collect()
}

/// The values that choices give, none for all else.
pub(super) fn values_of_choices(model: &Model, choices: &Choices) -> Vec<Option<Value>> {
    let mut values = vec![None; model.attributes.len()];
    for (attribute, position) in choices {
        values[attribute.0] = model.attributes[attribute.0].domain.value_at(*position);
    }
    values
}

impl Domains {
    /// Nothing known but what earlier answers still tell.
    pub fn new(
        model: &Model,
        choices: &Choices,
        earlier: Option<Domains>,
        inquiry: &mut Inquiry,
    ) -> Self {
        let places = inquiry.places();
        let memories: Vec<usize> = inquiry.memories().collect();
        let mut own: Vec<Choices> = vec![Choices::new(); memories.len()];
        for (attribute, position) in choices {
            let place = places[attribute.0];
            own[place.component].insert(place.attribute, *position);
        }
        let mut known: BTreeMap<(usize, Choices), usize> = BTreeMap::new();
        let mut domains = Self {
            places,
            states: Vec::new(),
            of: Vec::new(),
            open: 0,
        };
        for (component, (memory, choices)) in memories.into_iter().zip(own).enumerate() {
            let key = (memory, choices);
            let state = match known.get(&key) {
                Some(state) => *state,
                None => {
                    let before = (earlier.as_ref()).map(|it| &it.states[it.of[component]]);
                    let state = match before {
                        Some(before) if before.choices == key.1 => Rc::clone(before),
                        _ => {
                            let attributes = inquiry.attributes(component).iter();
                            let domains = attributes.map(|it| &model.attributes[it.0].domain);
                            let known = Known::all(domains);
                            let before = before.map(|it| &**it);
                            let memory = inquiry.memory(memory);
                            Rc::new(State::new(key.clone(), known, before, memory))
                        }
                    };
                    domains.states.push(state);
                    known.insert(key, domains.states.len() - 1);
                    domains.states.len() - 1
                }
            };
            domains.of.push(state);
        }
        domains
    }

    /// Asks the next question.
    pub fn step(&mut self, inquiry: &mut Inquiry, effort: Option<u32>) -> Progress {
        while let Some(state) = self.states.get_mut(self.open) {
            if state.question().is_none() {
                self.open += 1;
                continue;
            }
            let state = Rc::make_mut(state);
            return state.step(inquiry.memory(state.memory), effort);
        }
        Progress::Done
    }

    fn state(&self, attribute: AttributeIndex) -> Option<(&State, AttributeIndex)> {
        let place = self.places.get(attribute.0)?;
        let state = self.states.get(*self.of.get(place.component)?)?;
        Some((state, place.attribute))
    }

    /// The only possible position of an attribute, once that is certain; [`ABSENT`] where
    /// its part cannot be there.
    pub fn only(&self, model: &Model, attribute: AttributeIndex) -> Option<usize> {
        let (state, own) = self.state(attribute)?;
        if let Some(part) = model.attribute(attribute)?.part {
            let (_, own) = self.state(part)?;
            let there = state.choices.get(&own).copied();
            if there.or_else(|| self.only(model, part))? == 0 {
                return Some(ABSENT);
            }
        }
        state.known.get(own.0)?.only()
    }

    /// Whether an option of an attribute is possible, where that is known.
    pub fn possible(&self, attribute: AttributeIndex, option: usize) -> Option<bool> {
        let (state, own) = self.state(attribute)?;
        match state.known.get(own.0)? {
            Known::Options(options) => match options.get(option)? {
                Possibility::Possible => Some(true),
                Possibility::Impossible => Some(false),
                Possibility::Unknown => None,
            },
            Known::Number { .. } => None,
        }
    }

    /// What is known of a component.
    pub fn findings(&self, component: usize) -> Option<Rc<State>> {
        let state = self.of.get(component)?;
        self.states.get(*state).map(Rc::clone)
    }

    /// What is known of an attribute, as the buyer sees it.
    pub fn domain(&self, attribute: AttributeIndex, domain: &AttributeDomain) -> Domain {
        let known = (self.state(attribute)).and_then(|(state, own)| state.known.get(own.0));
        match known {
            Some(Known::Options(options)) => Domain::Options(options.clone()),
            Some(Known::Number { low, high, .. }) => {
                let number = |position: Option<usize>| match domain {
                    AttributeDomain::Number(range) => range.at(position?),
                    _ => None,
                };
                Domain::Number {
                    min: number(low.certain()),
                    max: number(high.certain()),
                }
            }
            None => Domain::Options(vec![Possibility::Unknown; domain.size().unwrap_or(0)]),
        }
    }
}

impl State {
    /// Whether an atom can hold under the choices but the one on its own attribute, where
    /// that is known; the attribute is always there.
    pub fn can_hold(&self, atom: Atom) -> Option<bool> {
        self.known[atom.attribute.0].can_hold(atom)
    }

    /// With what the reasoner can tell at once, or else what earlier answers tell.
    fn new(
        (number, choices): (usize, Choices),
        known: Vec<Known>,
        earlier: Option<&State>,
        memory: &mut Memory,
    ) -> Self {
        let mut state = Self {
            memory: number,
            choices,
            known,
            done: 0,
            last_first: false,
            parts: Vec::new(),
            pack: Pack::default(),
            example: None,
            not_near: None,
            twins: Rc::default(),
        };
        if let Some(possible) = memory.sweep(&given(&state.choices, None)) {
            for (known, possible) in state.known.iter_mut().zip(possible) {
                known.tell(&possible);
            }
            return state;
        }
        if let Some(earlier) = earlier {
            let kept = kept(&earlier.choices, &state.choices);
            let all = earlier.choices.keys().chain(state.choices.keys());
            let changed: Vec<_> = all.copied().filter(|it| !kept.contains_key(it)).collect();
            state.inherit(earlier, memory.around(&changed, &kept).as_ref());
        }
        let known = &mut state.known;
        let choices = state.choices.iter().map(|(it, position)| (*it, *position));
        (memory.remembered()).shown(choices, |it, position| known[it.0].found(position));
        if state.question().is_some() {
            state.twins = memory.twins();
            // What the last of several interchangeable parts can be, those before it can be.
            state.last_first = !state.twins.is_empty() && !memory.looks_near();
            let remembered = memory.remembered();
            let fitting = remembered.fitting(&given(&state.choices, None));
            state.example = (fitting.iter().next()).map(|it| remembered.at(it).into());
            for slot in fitting.iter().take(MOST_SWAPPED) {
                state.swap(&remembered.at(slot));
            }
            state.conclude(memory);
            state.parts = parts(&memory.model());
            let open = |it: &AttributeIndex| !state.choices.contains_key(it);
            state.parts.retain(open);
        }
        state
    }

    /// Takes in what the choices imply. About an attribute with a choice that says nothing.
    fn conclude(&mut self, memory: &mut Memory) {
        let Some((witness, impossible)) = memory.implied(&given(&self.choices, None)) else {
            return;
        };
        for atom in impossible {
            if !self.choices.contains_key(&atom.attribute) {
                self.known[atom.attribute.0].exclude(atom);
            }
        }
        self.learn(&witness);
        self.look_around(memory);
    }

    /// Takes in what configurations near the one that was found last show.
    fn look_around(&mut self, memory: &mut Memory) {
        let mut open = Vec::new();
        for (index, known) in self.known.iter().enumerate() {
            let attribute = AttributeIndex(index);
            open.extend(known.unknown().map(|it| Atom::is(attribute, it)));
        }
        for atom in memory.nearby(&given(&self.choices, None), &open) {
            self.known[atom.attribute.0].found(atom.position);
        }
    }

    /// What has nothing to do with what was changed is as it was. With more choices, nothing
    /// impossible becomes possible again.
    fn inherit(&mut self, earlier: &State, changed: Option<&Around>) {
        let mut dropped = (earlier.choices.iter())
            .filter(|(other, position)| self.choices.get(other) != Some(position))
            .map(|(other, _)| *other);
        let dropped = [dropped.next(), dropped.next()];
        for (index, (known, old)) in self.known.iter_mut().zip(&earlier.known).enumerate() {
            if changed.is_some_and(|it| !it.concerns(AttributeIndex(index))) {
                known.clone_from(old);
                continue;
            }
            let kept = match dropped {
                [None, _] => true,
                [Some(only), None] => only.0 == index,
                _ => false,
            };
            if kept {
                known.rule_out(old);
            }
        }
    }

    /// Marks what a configuration shows to be possible.
    fn learn(&mut self, witness: &[usize]) {
        let mut broken = (self.choices.iter())
            .filter(|(attribute, position)| witness[attribute.0] != **position)
            .map(|(attribute, _)| *attribute);
        match (broken.next(), broken.next()) {
            (None, _) => {
                for (known, position) in self.known.iter_mut().zip(witness) {
                    known.found(*position);
                }
                self.swap(witness);
            }
            (Some(only), None) => self.known[only.0].found(witness[only.0]),
            _ => {}
        }
    }

    /// Marks what a configuration with all choices shows of interchangeable parts.
    fn swap(&mut self, witness: &[usize]) {
        let (choices, known) = (&self.choices, &mut self.known);
        let chosen = |it| choices.contains_key(&it);
        (self.twins).shown(witness, chosen, |it, position| known[it.0].found(position));
    }

    /// Marks what was asked for as impossible, in interchangeable parts too.
    fn refute(&mut self, probe: Atom) {
        self.known[probe.attribute.0].refuted(probe);
        if self.choices.contains_key(&probe.attribute) {
            return;
        }
        let after = (self.twins).after(probe, |it| self.choices.contains_key(&it));
        for attribute in after {
            self.known[attribute.0].exclude(Atom { attribute, ..probe });
        }
    }

    fn question(&self) -> Option<(AttributeIndex, Atom)> {
        (self.left(self.done)).find_map(|it| Some((it, self.known[it.0].question(it)?)))
    }

    /// All attributes but the first so many, in the order of asking.
    fn left(&self, done: usize) -> impl Iterator<Item = AttributeIndex> {
        let (count, last_first) = (self.known.len(), self.last_first);
        (done..count).map(move |place| match last_first {
            true => AttributeIndex(count - 1 - place),
            false => AttributeIndex(place),
        })
    }

    /// Whether it is unknown if the part can be there, or the flag be set.
    fn may_be(&self, part: AttributeIndex) -> bool {
        self.known[part.0].is_unknown(1)
    }

    fn step(&mut self, memory: &mut Memory, effort: Option<u32>) -> Progress {
        // The last ones first: they need those before them and the parts that they belong to.
        while let Some(last) = self.parts.last().copied() {
            if self.may_be(last) {
                return self.ask_all(Kind::Yes, Atom::is(last, 1), memory, effort);
            }
            self.parts.pop();
        }
        let Some((attribute, probe)) = self.question() else {
            self.done = self.known.len();
            return Progress::Further;
        };
        self.done = match self.last_first {
            true => self.known.len() - 1 - attribute.0,
            false => attribute.0,
        };
        if self.reach(probe, memory) {
            return Progress::Further;
        }
        match self.choices.contains_key(&attribute) {
            true => self.ask(probe, memory, effort),
            false => self.ask_all(Kind::of(probe), probe, memory, effort),
        }
    }

    /// Whether what is known about a value, or a configuration near a known one, tells.
    fn reach(&mut self, probe: Atom, memory: &mut Memory) -> bool {
        // What is farther away is not near either.
        let same = |it: &Atom| match probe.relation {
            Relation::Is | Relation::IsNot => *it == probe,
            relation => (it.attribute, it.relation) == (probe.attribute, relation),
        };
        let near = !self.not_near.as_ref().is_some_and(same);
        let Some(example) = self.example.as_ref().filter(|_| near) else {
            return false;
        };
        let mut atoms = given(&self.choices, Some(probe.attribute));
        atoms.push(probe);
        match memory.reach(example, &atoms) {
            Some(Answer::Possible(witness)) => self.learn(&witness),
            Some(Answer::Impossible(_)) => self.refute(probe),
            Some(Answer::Unknown) | None => {
                self.not_near = Some(probe);
                return false;
            }
        }
        true
    }

    /// What is open of a kind, without what has a choice.
    fn open(&self, kind: Kind) -> Vec<Atom> {
        if kind == Kind::Yes {
            let parts = self.parts.iter().rev().skip(1);
            return (parts.filter(|it| self.may_be(**it)))
                .map(|it| Atom::is(*it, 1))
                .collect();
        }
        (self.left(self.done + 1))
            .filter(|it| !self.choices.contains_key(it))
            .filter_map(|it| self.known[it.0].question(it))
            .filter(|it| Kind::of(*it) == kind)
            .collect()
    }

    /// Asks about one value, given all other choices.
    fn ask(&mut self, probe: Atom, memory: &mut Memory, effort: Option<u32>) -> Progress {
        self.pack.clear();
        let mut atoms = given(&self.choices, Some(probe.attribute));
        atoms.push(probe);
        match memory.ask(&atoms, &[], effort) {
            Answer::Possible(witness) => self.learn(&witness),
            Answer::Impossible(_) => self.refute(probe),
            Answer::Unknown => return Progress::Stuck,
        }
        Progress::Further
    }

    /// Asks about a value together with others, of attributes without a choice.
    fn ask_all(
        &mut self,
        kind: Kind,
        probe: Atom,
        memory: &mut Memory,
        effort: Option<u32>,
    ) -> Progress {
        if !self.pack.has(kind, probe) {
            let open = self.open(kind);
            self.pack.fill(kind, probe, &open);
        }
        let mut atoms = given(&self.choices, None);
        let choices = atoms.len();
        atoms.extend(self.pack.probes());
        match memory.ask(&atoms, &[], self.pack.effort(effort)) {
            Answer::Possible(witness) => {
                self.pack.succeeded();
                self.learn(&witness);
                self.look_around(memory);
            }
            Answer::Impossible(core) => {
                let blamed = core.atoms.iter().filter_map(|it| it.checked_sub(choices));
                if let Some(probe) = self.pack.failed(blamed.collect()) {
                    self.refute(probe);
                }
            }
            Answer::Unknown if self.pack.give_up() => return Progress::Stuck,
            Answer::Unknown => {}
        }
        Progress::Further
    }
}

/// The choices that were the same before.
fn kept(earlier: &Choices, choices: &Choices) -> Choices {
    let same = |it: &(&AttributeIndex, &usize)| earlier.get(it.0) == Some(it.1);
    let same = choices.iter().filter(same);
    same.map(|(it, position)| (*it, *position)).collect()
}

/// The attributes that say whether a part is there, or are yes or no.
fn parts(model: &Model) -> Vec<AttributeIndex> {
    (model.indices().zip(&model.attributes))
        .filter(|(_, it)| {
            matches!(
                it.domain,
                AttributeDomain::Presence(_) | AttributeDomain::Flag
            )
        })
        .map(|(index, _)| index)
        .collect()
}
