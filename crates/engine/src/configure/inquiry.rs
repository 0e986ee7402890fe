//! Questions with a memory: a configuration once found answers many more questions.
//!
//! Parts of a model that nothing connects are asked one by one; parts that are alike share
//! one reasoner and one memory.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Unsupported;
use super::components::{Component, Place, Renaming, split};
use super::count::Found;
use super::fixed::Fixed;
use super::join_tree::Costs;
use super::memory::Memory;
use super::reasoner::{Answer, Atom, Core, Question, Reasoner, SatReasoner, Witness};
use super::search::{End, Search};
use super::witnesses::Witnesses;
use crate::catalog::{AttributeIndex, Condition, Constraint, Formula, Model};

/// The reasoners of all components and what they have found.
pub(super) struct Inquiry {
    model: Rc<Model>,
    places: Rc<[Place]>,
    components: Vec<Own>,
    /// Of which component each constraint is.
    owners: BTreeMap<Constraint, usize>,
    memories: Vec<Memory>,
    /// For what concerns several components; made when first needed.
    whole: Option<SatReasoner>,
    /// What is written into the components' constraints, if that made them more.
    fixed: Option<Fixed>,
    /// For questions about some constraints only where something is; made when first needed.
    unfixed: Option<Box<Inquiry>>,
}

/// One component, as seen from the model.
struct Own {
    attributes: Vec<AttributeIndex>,
    /// What its constraints are called there.
    constraints: BTreeMap<Constraint, Constraint>,
    /// Which memory is about it.
    memory: usize,
}

/// Atoms of one component, and where they were in the question.
#[derive(Default)]
struct Share {
    positions: Vec<usize>,
    atoms: Vec<Atom>,
}

impl Inquiry {
    /// About a model; refuses one with a construct that cannot be reasoned about exactly.
    pub fn new(model: &Model) -> Result<Self, Unsupported> {
        // The whole model calls by its name what a component cannot do.
        let named = |refusal| SatReasoner::new(model.clone()).err().unwrap_or(refusal);
        Self::split(model).map_err(named)
    }

    fn split(model: &Model) -> Result<Self, Unsupported> {
        let parts = split(model);
        let fixed = Fixed::by_rules(model);
        if fixed.count() > 0 {
            let finer = split(&fixed.written_into(model));
            if finer.0.len() > parts.0.len() + fixed.count() {
                let mut inquiry = Self::of_components(model, finer)?;
                inquiry.fixed = Some(fixed);
                return Ok(inquiry);
            }
        }
        Self::of_components(model, parts)
    }

    fn of_components(
        model: &Model,
        (components, places): (Vec<Component>, Vec<Place>),
    ) -> Result<Self, Unsupported> {
        let mut memories: Vec<Memory> = Vec::new();
        let mut alike: BTreeMap<(usize, usize), Vec<(usize, Model)>> = BTreeMap::new();
        let mut own = Vec::new();
        for Component {
            attributes,
            constraints,
            model,
        } in components
        {
            let similar = alike
                .entry((attributes.len(), constraints.len()))
                .or_default();
            let known = similar.iter().find(|(_, other)| *other == model);
            let memory = match known {
                Some((memory, _)) => *memory,
                None => {
                    memories.push(Memory::new(model.clone())?);
                    similar.push((memories.len() - 1, model));
                    memories.len() - 1
                }
            };
            own.push(Own {
                attributes,
                constraints,
                memory,
            });
        }
        Ok(Self::of(model, own, places, memories))
    }

    /// With one reasoner for the whole model.
    pub fn with(model: &Model, reasoner: Box<dyn Reasoner>) -> Self {
        let place = |attribute| Place {
            component: 0,
            attribute,
        };
        let own = Own {
            attributes: model.indices().collect(),
            constraints: super::check::constraints(model)
                .map(|it| (it, it))
                .collect(),
            memory: 0,
        };
        let places = model.indices().map(place).collect();
        let memory = Memory::with(Rc::new(model.clone()), reasoner);
        Self::of(model, vec![own], places, vec![memory])
    }

    fn of(model: &Model, own: Vec<Own>, places: Vec<Place>, memories: Vec<Memory>) -> Self {
        let owners = own.iter().enumerate().flat_map(|(number, own)| {
            let constraints = own.constraints.keys();
            constraints.map(move |it| (*it, number))
        });
        Self {
            model: Rc::new(model.clone()),
            places: places.into(),
            owners: owners.collect(),
            components: own,
            memories,
            whole: None,
            fixed: None,
            unfixed: None,
        }
    }

    /// The model.
    pub fn model(&self) -> Rc<Model> {
        Rc::clone(&self.model)
    }

    /// Where each attribute is.
    pub fn places(&self) -> Rc<[Place]> {
        Rc::clone(&self.places)
    }

    /// Which memory is about each component.
    pub fn memories(&self) -> impl Iterator<Item = usize> + '_ {
        self.components.iter().map(|it| it.memory)
    }

    /// What is known about components of a kind; questions to it are about attributes there.
    pub fn memory(&mut self, memory: usize) -> &mut Memory {
        &mut self.memories[memory]
    }

    /// The attributes of a component.
    pub fn attributes(&self, component: usize) -> &[AttributeIndex] {
        &self.components[component].attributes
    }

    fn shares(&self, atoms: &[Atom]) -> BTreeMap<usize, Share> {
        let mut shares: BTreeMap<usize, Share> = BTreeMap::new();
        for (position, atom) in atoms.iter().enumerate() {
            let place = self.places[atom.attribute.0];
            let share = shares.entry(place.component).or_default();
            share.positions.push(position);
            share.atoms.push(Atom {
                attribute: place.attribute,
                ..*atom
            });
        }
        shares
    }

    /// One configuration from those of all components; `known` first, any for the others.
    fn assemble(&mut self, mut known: BTreeMap<usize, Witness>) -> Result<Witness, Answer> {
        let mut witness = vec![0; self.places.len()];
        for (number, own) in self.components.iter().enumerate() {
            let found = match known.remove(&number) {
                Some(found) => found,
                None => self.memories[own.memory].any()?,
            };
            for (attribute, position) in own.attributes.iter().zip(found.iter()) {
                witness[attribute.0] = *position;
            }
        }
        Ok(witness.into())
    }

    /// Configurations that fit, from those remembered.
    pub fn fitting(&self, atoms: &[Atom]) -> Vec<Rc<[usize]>> {
        let shares = self.shares(atoms);
        let none = Share::default();
        let mut all: Vec<(&Witnesses, Vec<usize>)> = Vec::new();
        for (number, own) in self.components.iter().enumerate() {
            let share = shares.get(&number).unwrap_or(&none);
            let remembered = self.memories[own.memory].remembered();
            let fitting: Vec<usize> = remembered.fitting(&share.atoms).iter().collect();
            if fitting.is_empty() {
                return Vec::new();
            }
            all.push((remembered, fitting));
        }
        // Any of one component goes with any of another.
        let count = all.iter().map(|it| it.1.len()).max().unwrap_or(0);
        let combined = (0..count).map(|number| {
            let mut witness = vec![0; self.places.len()];
            for (own, (remembered, fitting)) in self.components.iter().zip(&all) {
                let found = remembered.at(fitting[number % fitting.len()]);
                for (attribute, position) in own.attributes.iter().zip(found.iter()) {
                    witness[attribute.0] = *position;
                }
            }
            witness.into()
        });
        combined.collect()
    }

    /// A configuration that fits, if one is remembered.
    pub fn recall(&self, atoms: &[Atom]) -> Option<Witness> {
        let shares = self.shares(atoms);
        let mut witness = vec![0; self.places.len()];
        for (number, own) in self.components.iter().enumerate() {
            let atoms = shares.get(&number).map_or(&[][..], |it| &it.atoms);
            let found = self.memories[own.memory].remembered().first(atoms)?;
            for (attribute, position) in own.attributes.iter().zip(found.iter()) {
                witness[attribute.0] = *position;
            }
        }
        Some(witness.into())
    }

    /// Whether a configuration that fits is remembered.
    pub fn recalls(&self, atoms: &[Atom]) -> bool {
        let shares = self.shares(atoms);
        (self.components.iter().enumerate()).all(|(number, own)| {
            let atoms = shares.get(&number).map_or(&[][..], |it| &it.atoms);
            !self.memories[own.memory]
                .remembered()
                .fitting(atoms)
                .is_empty()
        })
    }

    /// Asks about all constraints, for so much effort.
    pub fn ask(&mut self, atoms: &[Atom], effort: Option<u32>) -> Answer {
        self.ask_also(atoms, &[], effort)
    }

    /// As [`Inquiry::ask`], where all of `also` have to hold besides.
    pub fn ask_also(&mut self, atoms: &[Atom], also: &[Condition], effort: Option<u32>) -> Answer {
        let Some(mut conditions) = self.conditions(also) else {
            return self.ask_whole(atoms, also, effort);
        };
        let mut shares = self.shares(atoms);
        for number in conditions.keys() {
            shares.entry(*number).or_default();
        }
        let mut known = BTreeMap::new();
        for (number, share) in shares {
            let memory = &mut self.memories[self.components[number].memory];
            let also = conditions.remove(&number).unwrap_or_default();
            match memory.look(&share.atoms, &also, effort) {
                Ok(found) => _ = known.insert(number, found),
                Err(Answer::Impossible(mut core)) => {
                    for position in &mut core.atoms {
                        *position = share.positions[*position];
                    }
                    return Answer::Impossible(core);
                }
                Err(other) => return other,
            }
        }
        match self.assemble(known) {
            Ok(witness) => Answer::Possible(witness),
            Err(answer) => answer,
        }
    }

    /// Whether questions can ask for the condition besides the constraints.
    pub fn can_ask_also(&mut self, condition: &Condition) -> bool {
        let Some(conditions) = self.conditions(std::slice::from_ref(condition)) else {
            let whole = self.whole();
            return whole.is_some_and(|it| it.can_ask_also(condition));
        };
        let mut conditions = conditions.into_iter();
        conditions.all(|(number, conditions)| {
            let memory = &mut self.memories[self.components[number].memory];
            conditions.iter().all(|it| memory.can_ask_also(it))
        })
    }

    fn whole(&mut self) -> Option<&mut SatReasoner> {
        if self.whole.is_none() {
            self.whole = SatReasoner::new(Model::clone(&self.model)).ok();
        }
        self.whole.as_mut()
    }

    /// The conditions of each component; `None` where one concerns several.
    fn conditions(&self, also: &[Condition]) -> Option<BTreeMap<usize, Vec<Condition>>> {
        let mut conditions: BTreeMap<usize, Vec<Condition>> = BTreeMap::new();
        for condition in also {
            let condition = &match &self.fixed {
                Some(fixed) => fixed.written_into_condition(&self.model, condition),
                None => condition.clone(),
            };
            let attributes = condition.attributes();
            let concerned: BTreeSet<usize> = (attributes.iter())
                .map(|it| self.places[it.0].component)
                .collect();
            let only = match concerned.len() {
                0 => 0,
                1 => *concerned.first()?,
                _ => return None,
            };
            let renamed = Renaming::new(&self.places).condition(condition);
            conditions.entry(only).or_default().push(renamed);
        }
        Some(conditions)
    }

    fn ask_whole(&mut self, atoms: &[Atom], also: &[Condition], effort: Option<u32>) -> Answer {
        let Some(whole) = self.whole() else {
            return Answer::Unknown;
        };
        let question = Question {
            atoms,
            constraints: None,
            effort,
        };
        let answer = whole.ask_also(&question, also);
        if let Answer::Possible(witness) = &answer {
            for own in &self.components {
                let part: Witness = own.attributes.iter().map(|it| witness[it.0]).collect();
                self.memories[own.memory].remember(&part);
            }
        }
        answer
    }

    fn unfixed(&mut self) -> Option<&mut Self> {
        if self.unfixed.is_none() {
            let unfixed = Self::of_components(&self.model, split(&self.model));
            self.unfixed = unfixed.ok().map(Box::new);
        }
        self.unfixed.as_deref_mut()
    }

    /// Asks about some constraints only; not for remembering.
    pub fn ask_some(&mut self, atoms: &[Atom], constraints: &[Constraint]) -> Answer {
        if self.fixed.is_some() {
            return match self.unfixed() {
                Some(unfixed) => unfixed.ask_some(atoms, constraints),
                None => Answer::Unknown,
            };
        }
        let shares = self.shares(atoms);
        let mut asked: BTreeMap<usize, (Vec<usize>, Vec<Constraint>)> = BTreeMap::new();
        for (position, constraint) in constraints.iter().enumerate() {
            if let Some(number) = self.owners.get(constraint) {
                let (positions, renamed) = asked.entry(*number).or_default();
                positions.push(position);
                renamed.extend(self.components[*number].constraints.get(constraint));
            }
        }
        let none = Share::default();
        let mut known = BTreeMap::new();
        for (number, own) in self.components.iter().enumerate() {
            let memory = &mut self.memories[own.memory];
            let share = shares.get(&number).unwrap_or(&none);
            // With nothing asked of it, a part is possible where it is at all.
            if share.atoms.is_empty() && memory.any().is_ok() {
                continue;
            }
            let (positions, renamed) = asked.remove(&number).unwrap_or_default();
            match memory.ask_some(&share.atoms, &renamed) {
                Answer::Possible(found) => _ = known.insert(number, found),
                Answer::Impossible(core) => {
                    return Answer::Impossible(Core {
                        atoms: core.atoms.iter().map(|it| share.positions[*it]).collect(),
                        constraints: core.constraints.iter().map(|it| positions[*it]).collect(),
                    });
                }
                Answer::Unknown => return Answer::Unknown,
            }
        }
        match self.assemble(known) {
            Ok(witness) => Answer::Possible(witness),
            Err(answer) => answer,
        }
    }

    /// For questions about the configurations with all atoms and the least value of a formula,
    /// and not by constraints. `None` where the formula is no sum to which every attribute
    /// contributes on its own, or a reasoner cannot tell these configurations.
    pub fn only_cheapest(&mut self, atoms: &[Atom], formula: &Formula) -> Option<Self> {
        let costs = Costs::new(&self.model, formula)?.costs;
        let shares = self.shares(atoms);
        let (mut components, mut memories) = (Vec::new(), Vec::new());
        for (number, own) in self.components.iter().enumerate() {
            let atoms = shares.get(&number).map_or(&[][..], |it| &it.atoms);
            let costs: Option<Vec<_>> = (own.attributes.iter())
                .map(|it| costs.get(it.0).cloned())
                .collect();
            memories.push(self.memories[own.memory].only_cheapest(atoms, &costs?)?);
            components.push(Own {
                attributes: own.attributes.clone(),
                constraints: BTreeMap::new(),
                memory: number,
            });
        }
        Some(Self {
            model: Rc::clone(&self.model),
            places: Rc::clone(&self.places),
            components,
            owners: BTreeMap::new(),
            memories,
            whole: None,
            fixed: None,
            unfixed: None,
        })
    }

    /// How many configurations of each component have all atoms, in `limit` steps at most.
    pub fn counts(&mut self, atoms: &[Atom], limit: u32) -> Vec<Found> {
        let mut left = limit;
        let counts = self.each(atoms, |memory, atoms| Some(memory.count(atoms, &mut left)));
        counts.unwrap_or_default()
    }

    /// As [`Reasoner::sweep`].
    pub fn sweep(&mut self, atoms: &[Atom]) -> Option<Vec<Vec<bool>>> {
        let swept = self.each(atoms, Memory::sweep)?;
        let place = |place: &Place| swept[place.component].get(place.attribute.0).cloned();
        self.places.iter().map(place).collect()
    }

    /// What `ask` comes to for each component, once for those that are alike.
    fn each<T: Clone>(
        &mut self,
        atoms: &[Atom],
        mut ask: impl FnMut(&mut Memory, &[Atom]) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut shares = self.shares(atoms);
        let mut known: BTreeMap<(usize, Vec<Atom>), T> = BTreeMap::new();
        let mut all = Vec::new();
        for (number, own) in self.components.iter().enumerate() {
            let atoms = shares.remove(&number).unwrap_or_default().atoms;
            let key = (own.memory, atoms);
            let result = match known.get(&key) {
                Some(result) => result.clone(),
                None => {
                    let result = ask(&mut self.memories[own.memory], &key.1)?;
                    known.insert(key, result.clone());
                    result
                }
            };
            all.push(result);
        }
        Some(all)
    }

    /// A configuration in which all atoms hold, if there is one.
    pub fn find(&mut self, atoms: &[Atom]) -> Option<Witness> {
        match self.ask(atoms, None) {
            Answer::Possible(witness) => Some(witness),
            Answer::Impossible(_) | Answer::Unknown => None,
        }
    }

    /// Whether all atoms can hold together.
    pub fn possible(&mut self, atoms: &[Atom]) -> bool {
        self.recalls(atoms) || self.find(atoms).is_some()
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
