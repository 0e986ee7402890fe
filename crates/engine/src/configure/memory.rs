//! A reasoner and what it has found so far.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::rc::Rc;

use super::Unsupported;
use super::check::constraints;
use super::components::attributes_of;
use super::count::{Found, count_of};
use super::domains::{Choices, values_of_choices};
use super::join_tree::TreeReasoner;
use super::links::{Around, Links};
use super::reach::Reach;
use super::reasoner::{Answer, Atom, Implied, Question, Reasoner, SatReasoner, Witness};
use super::refutations::Refutations;
use super::twins::Twins;
use super::witnesses::Witnesses;
use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Constraint, Model};

/// So many counts are remembered.
const MOST_COUNTS: usize = 1_000;

/// What is known about components of one kind.
pub(super) struct Memory {
    model: Rc<Model>,
    reasoner: Box<dyn Reasoner>,
    /// For conditions that the reasoner cannot take into account; made when first needed.
    searching: Option<SatReasoner>,
    found: Witnesses,
    refuted: Refutations,
    /// What was implied by the atoms asked about last.
    concluded: Option<(Box<[Atom]>, Vec<Atom>)>,
    /// Made when first needed.
    twins: Option<Rc<Twins>>,
    /// Made when first needed.
    links: Option<Links>,
    /// Looks near configurations, where that helps and the reasoner knows no more than the
    /// model; made when first needed.
    reach: Option<Option<Reach>>,
    /// What was counted, and how many steps might be taken for it.
    counts: BTreeMap<Vec<Atom>, (Found, u32)>,
}

impl Memory {
    /// Of a model; refuses one with a construct that cannot be reasoned about exactly.
    pub fn new(model: Model) -> Result<Self, Unsupported> {
        // A tree has no place for what is about no attribute.
        let constant = constraints(&model).any(|it| attributes_of(&model, it).is_empty());
        let tree = (!constant).then(|| TreeReasoner::suiting(&model)).flatten();
        let searching = tree.is_none();
        let reasoner: Box<dyn Reasoner> = match tree {
            Some(tree) => Box::new(tree),
            None => Box::new(SatReasoner::new(model.clone())?),
        };
        let mut memory = Self::with(Rc::new(model), reasoner);
        if searching {
            memory.reach = None;
        }
        Ok(memory)
    }

    /// Of a model, with a reasoner about it.
    pub fn with(model: Rc<Model>, reasoner: Box<dyn Reasoner>) -> Self {
        Self {
            found: Witnesses::new(&model),
            model,
            reasoner,
            searching: None,
            refuted: Refutations::default(),
            concluded: None,
            twins: None,
            links: None,
            reach: Some(None),
            counts: BTreeMap::new(),
        }
    }

    /// The model that it is about.
    pub fn model(&self) -> Rc<Model> {
        Rc::clone(&self.model)
    }

    /// Its interchangeable parts.
    pub fn twins(&mut self) -> Rc<Twins> {
        let model = &self.model;
        let twins = self.twins.get_or_insert_with(|| Rc::new(Twins::new(model)));
        Rc::clone(twins)
    }

    /// Whether what is wanted is looked for near known configurations.
    pub fn looks_near(&mut self) -> bool {
        let model = &self.model;
        self.reach
            .get_or_insert_with(|| Reach::new(model))
            .is_some()
    }

    /// What is around some attributes while others have the positions in `settled`. `None`
    /// without arithmetic: questions are short there, and connect much.
    pub fn around(&mut self, start: &[AttributeIndex], settled: &Choices) -> Option<Around> {
        let model = &self.model;
        let mut domains = model.attributes.iter().map(|it| &it.domain);
        if !domains.any(|it| matches!(it, AttributeDomain::Number(_))) {
            return None;
        }
        let links = self
            .links
            .get_or_insert_with(|| Links::new(model, iter::empty()));
        let values = values_of_choices(model, settled);
        let is_settled = |it| settled.contains_key(&it);
        Some(links.around(start, is_settled, |it| links.is_met(model, it, &values)))
    }

    /// What can be said without asking about all of `atoms`, which hold in `start` but for the
    /// last one: a configuration near `start`, or that it is known that there is none.
    pub fn reach(&mut self, start: &[usize], atoms: &[Atom]) -> Option<Answer> {
        let (model, reach) = (&self.model, &mut self.reach);
        let reach = reach.get_or_insert_with(|| Reach::new(model)).as_ref()?;
        if let Some(core) = self.refuted.recall(atoms) {
            return Some(Answer::Impossible(core));
        }
        let (wanted, atoms) = atoms.split_last()?;
        let found = reach.find(model, start, atoms, *wanted)?;
        self.remember(&found);
        Some(Answer::Possible(found))
    }

    /// The configurations remembered.
    pub fn remembered(&self) -> &Witnesses {
        &self.found
    }

    /// Keeps a configuration.
    pub fn remember(&mut self, witness: &[usize]) {
        self.found.keep(witness);
    }

    /// Some configuration; the answer where there is none.
    pub fn any(&mut self) -> Result<Witness, Answer> {
        match self.found.latest() {
            Some(known) => Ok(known),
            None => self.look(&[], &[], None),
        }
    }

    /// Asks the reasoner about all constraints, for so much effort.
    pub fn ask(&mut self, atoms: &[Atom], also: &[Condition], effort: Option<u32>) -> Answer {
        if let Some(core) = self.refuted.recall(atoms) {
            return Answer::Impossible(core);
        }
        let question = Question {
            atoms,
            constraints: None,
            effort,
        };
        let answer = match also {
            [] => self.reasoner.ask(&question),
            also if self.reasoner.takes_conditions() => self.reasoner.ask_also(&question, also),
            also => match self.searching() {
                Some(searching) => searching.ask_also(&question, also),
                None => Answer::Unknown,
            },
        };
        match &answer {
            Answer::Possible(witness) => self.remember(witness),
            Answer::Impossible(core) if also.is_empty() => self.refuted.learn(atoms, core),
            Answer::Impossible(_) | Answer::Unknown => {}
        }
        answer
    }

    /// Whether questions can ask for the condition besides the constraints.
    pub fn can_ask_also(&mut self, condition: &Condition) -> bool {
        if self.reasoner.takes_conditions() {
            return self.reasoner.can_ask_also(condition);
        }
        let searching = self.searching();
        searching.is_some_and(|it| it.can_ask_also(condition))
    }

    fn searching(&mut self) -> Option<&mut SatReasoner> {
        if self.searching.is_none() {
            self.searching = SatReasoner::new(Model::clone(&self.model)).ok();
        }
        self.searching.as_mut()
    }

    /// A configuration that fits, remembered or new; the answer where there is none.
    pub fn look(
        &mut self,
        atoms: &[Atom],
        also: &[Condition],
        effort: Option<u32>,
    ) -> Result<Witness, Answer> {
        if also.is_empty()
            && let Some(known) = self.found.first(atoms)
        {
            return Ok(known);
        }
        let answer = match (also, effort) {
            ([], None) => self.conclude(atoms),
            _ => self.ask(atoms, also, effort),
        };
        match answer {
            Answer::Possible(found) => Ok(found),
            other => Err(other),
        }
    }

    /// Asks about some constraints only; not for remembering.
    pub fn ask_some(&mut self, atoms: &[Atom], constraints: &[Constraint]) -> Answer {
        self.reasoner.ask(&Question {
            atoms,
            constraints: Some(constraints),
            effort: None,
        })
    }

    /// What is known about the cheapest configurations only: see [`Reasoner::only_cheapest`].
    pub fn only_cheapest(&mut self, atoms: &[Atom], costs: &[Vec<i64>]) -> Option<Self> {
        let reasoner = self.reasoner.only_cheapest(atoms, costs)?;
        Some(Self::with(Rc::clone(&self.model), reasoner))
    }

    /// How many configurations have all atoms, for which so many more steps may be taken where
    /// the reasoner does not count.
    pub fn count(&mut self, atoms: &[Atom], left: &mut u32) -> Found {
        let allowed = *left;
        let known = self.counts.get(atoms);
        if let Some((found, _)) = known.filter(|it| it.0.exact || it.1 == allowed) {
            return found.clone();
        }
        let mut half = allowed / 2;
        let number = self.reasoner.counted(atoms, &mut half);
        *left -= allowed / 2 - half;
        if let Some(number) = number {
            return Found {
                number,
                exact: true,
            };
        }
        let Ok(example) = self.look(atoms, &[], None) else {
            return Found::none();
        };
        let mut found = count_of(&self.model, atoms, &example, left);
        if !found.exact {
            let remembered = self.found.fitting(atoms).iter();
            let different: BTreeSet<Witness> = remembered.map(|it| self.found.at(it)).collect();
            found.number = found.number.max(different.len().into());
        }
        if self.counts.len() == MOST_COUNTS {
            self.counts.clear();
        }
        self.counts.insert(atoms.to_vec(), (found.clone(), allowed));
        found
    }

    /// Asks as often follows for what is implied.
    fn conclude(&mut self, atoms: &[Atom]) -> Answer {
        if let Some(core) = self.refuted.recall(atoms) {
            return Answer::Impossible(core);
        }
        let Some(Implied { answer, impossible }) = self.reasoner.implied(atoms) else {
            return self.ask(atoms, &[], None);
        };
        match &answer {
            Answer::Possible(witness) => {
                self.remember(witness);
                self.concluded = Some((atoms.into(), impossible));
            }
            Answer::Impossible(core) => self.refuted.learn(atoms, core),
            Answer::Unknown => {}
        }
        answer
    }

    /// As [`Reasoner::implied`], of atoms that can hold together: a configuration with them,
    /// and what cannot hold then.
    pub fn implied(&mut self, atoms: &[Atom]) -> Option<(Witness, Vec<Atom>)> {
        let known = self.concluded.take().filter(|it| *it.0 == *atoms);
        let latest = known.and_then(|it| Some((self.found.latest()?, it.1)));
        if latest
            .as_ref()
            .is_some_and(|it| atoms.iter().all(|atom| atom.holds(&it.0)))
        {
            return latest;
        }
        let Implied { answer, impossible } = self.reasoner.implied(atoms)?;
        match answer {
            Answer::Possible(witness) => {
                self.remember(&witness);
                Some((witness, impossible))
            }
            Answer::Impossible(_) | Answer::Unknown => None,
        }
    }

    /// As [`Reasoner::nearby`].
    pub fn nearby(&mut self, atoms: &[Atom], open: &[Atom]) -> Vec<Atom> {
        self.reasoner.nearby(atoms, open)
    }

    /// As [`Reasoner::sweep`].
    pub fn sweep(&mut self, atoms: &[Atom]) -> Option<Vec<Vec<bool>>> {
        self.reasoner.sweep(atoms)
    }
}
