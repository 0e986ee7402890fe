use rust_decimal::Decimal;

use super::completion::{Completion, Completions};
use super::conflict::conflict;
use super::diagnosis::conflicts;
use super::domains::{Choices, Domains, Progress, given};
use super::inquiry::Inquiry;
use super::optimize::Target;
use super::reasoner::{Atom, Reasoner, Witness, value_at};
use super::search::End;
use super::{
    AttributeState, Completed, Configuration, Conflict, Count, Effect, Explanations, Goal, Nearest,
    Origin, Repair, Repairs, Share, Unsupported,
};
use crate::catalog::{AttributeDomain, AttributeIndex, Decisions, Model, Value};

/// So many steps may a question take before the caller gets another say.
const FIRST_EFFORT: u32 = 2_000;

/// Answers every question about one model: what is possible, why not, what it takes.
pub struct Configurator {
    model: Model,
    inquiry: Inquiry,
    /// What the model prefers.
    targets: Vec<Target>,
    completions: Completions,
    work: Option<Work>,
}

/// What is being worked out since [`Configurator::begin`].
struct Work {
    choices: Choices,
    domains: Domains,
    completion: Completion,
    /// Domains come before values.
    domains_done: bool,
    done: bool,
    effort: u32,
}

impl Configurator {
    /// Prepares a model for questions; refuses one with a construct that cannot be reasoned about exactly.
    /// Models that can be joined into tables are: to spare the time, hand a
    /// [`TreeReasoner`](super::join_tree::TreeReasoner)
    /// made ahead of time to [`Configurator::with_reasoner`].
    pub fn new(model: Model) -> Result<Self, Unsupported> {
        let mut inquiry = Inquiry::new(&model)?;
        for preference in &model.preferences {
            let asked = Target::of(&model, preference).question();
            if asked.is_some_and(|it| !inquiry.can_ask_also(&it)) {
                let preference = preference.code.clone();
                return Err(Unsupported::Preference { preference });
            }
        }
        Ok(Self::with_inquiry(model, inquiry))
    }

    /// As [`Configurator::new`], with another way of reasoning about the same model.
    pub fn with_reasoner(model: Model, reasoner: Box<dyn Reasoner>) -> Self {
        let inquiry = Inquiry::with(&model, reasoner);
        Self::with_inquiry(model, inquiry)
    }

    fn with_inquiry(model: Model, mut inquiry: Inquiry) -> Self {
        let targets = (model.preferences.iter()).map(|it| Target::of(&model, it));
        let targets: Vec<Target> = targets.collect();
        Self {
            completions: Completions::new(&mut inquiry, &targets),
            targets,
            model,
            inquiry,
            work: None,
        }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Everything worked out; a conflict when the decisions have no complete configuration.
    pub fn configure(&mut self, decisions: &Decisions) -> Result<Configuration, Conflict> {
        self.begin(decisions)?;
        self.work_on(None);
        Ok(self.snapshot())
    }

    /// Starts over with other decisions; a conflict when they have no complete configuration.
    /// What was known about the decisions before is used again where it still holds.
    pub fn begin(&mut self, decisions: &Decisions) -> Result<(), Conflict> {
        let choices = self.choices(decisions)?;
        let atoms = given(&choices, None);
        let Some(example) = self.inquiry.find(&atoms) else {
            let found = conflict(&self.model, &mut self.inquiry, &[], &atoms);
            return Err(found.unwrap_or_default());
        };
        let earlier = self.work.take().map(|it| it.domains);
        let domains = Domains::new(&self.model, &choices, earlier, &mut self.inquiry);
        self.work = Some(Work {
            completion: self.completions.start(&choices, &example),
            choices,
            domains,
            domains_done: false,
            done: false,
            effort: FIRST_EFFORT,
        });
        Ok(())
    }

    /// Works on for about `queries` short questions; whether everything is known now.
    /// The caller owns the clock: ask for a few at a time and look at it in between.
    pub fn advance(&mut self, queries: u32) -> bool {
        self.work_on(Some(queries))
    }

    /// Whether all domains are known since [`Configurator::begin`]; values may not be yet.
    pub fn domains_known(&self) -> bool {
        self.work.as_ref().is_none_or(|it| it.domains_done)
    }

    fn work_on(&mut self, queries: Option<u32>) -> bool {
        let Some(work) = &mut self.work else {
            return true;
        };
        let mut left = queries;
        while !work.done && left != Some(0) {
            let effort = queries.map(|_| work.effort);
            match work.step(&mut self.completions, &mut self.inquiry, effort) {
                Progress::Further => work.effort = FIRST_EFFORT,
                Progress::Stuck => work.effort = work.effort.saturating_mul(2),
                Progress::Done => work.done = true,
            }
            left = left.map(|it| it - 1);
        }
        work.done
    }

    /// What is known so far; nothing before [`Configurator::begin`].
    pub fn snapshot(&self) -> Configuration {
        let states = (self.work.iter())
            .flat_map(|work| self.model.indices().map(|it| work.state(&self.model, it)))
            .collect();
        Configuration { states }
    }

    /// Why `value` is impossible; `None` when it is possible. A decision on the attribute itself is replaced.
    pub fn explain(
        &mut self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        value: Value,
    ) -> Option<Conflict> {
        let (choices, wanted) = match self.wanted(decisions, attribute, value) {
            Ok(wanted) => wanted,
            Err(conflict) => return Some(conflict),
        };
        let decisions = given(&choices, Some(attribute));
        conflict(&self.model, &mut self.inquiry, &[wanted], &decisions)
    }

    /// Why the attribute can only have the value that it has; `None` when it could have another.
    /// A decision on the attribute itself does not count.
    pub fn why(&mut self, decisions: &Decisions, attribute: AttributeIndex) -> Option<Conflict> {
        let choices = self.choices(decisions).ok()?;
        self.model.attribute(attribute)?;
        let decisions = given(&choices, Some(attribute));
        let example = self.inquiry.find(&decisions)?;
        let other = Atom::differs(&self.model, attribute, example[attribute.0]);
        conflict(&self.model, &mut self.inquiry, &[other], &decisions)
    }

    /// All minimal reasons why `value` is impossible, up to `limit`, the one that
    /// [`Configurator::explain`] gives first; none where it is possible. A decision on the
    /// attribute itself is replaced.
    pub fn explanations(
        &mut self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        value: Value,
        limit: usize,
    ) -> Explanations {
        let (choices, wanted) = match self.wanted(decisions, attribute, value) {
            Ok(wanted) => wanted,
            Err(conflict) => {
                return Explanations {
                    conflicts: vec![conflict],
                    complete: true,
                };
            }
        };
        let decisions = given(&choices, Some(attribute));
        let (conflicts, complete) =
            conflicts(&self.model, &mut self.inquiry, wanted, decisions, limit);
        Explanations {
            conflicts,
            complete,
        }
    }

    /// What it takes to make `value` possible: the first of [`Configurator::repairs`].
    pub fn repair(
        &mut self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        value: Value,
    ) -> Option<Repair> {
        let repairs = self.repairs(decisions, attribute, value, 1).repairs;
        repairs.into_iter().next()
    }

    /// All minimal sets of decisions to change so that `value` becomes possible, up to `limit`.
    ///
    /// The fewest changes come first; of as many, what spares the first decisions of the
    /// catalog. One without changes where it is possible already; none where no decisions
    /// allow it. A decision on the attribute itself is replaced and is not among the changes.
    pub fn repairs(
        &mut self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        value: Value,
        limit: usize,
    ) -> Repairs {
        let Ok((choices, wanted)) = self.wanted(decisions, attribute, value) else {
            return Repairs {
                repairs: Vec::new(),
                complete: true,
            };
        };
        super::repair::repairs(
            &self.model,
            &mut self.inquiry,
            &mut self.completions,
            (&choices, wanted),
            limit,
        )
    }

    /// For every option of an attribute, the whole configuration that deciding it would give,
    /// the same as [`Configurator::configure`] would; no entries for numbers.
    pub fn effects(&mut self, decisions: &Decisions, attribute: AttributeIndex) -> Vec<Effect> {
        let domain = match self.model.attribute(attribute).map(|it| &it.domain) {
            None | Some(AttributeDomain::Number(_)) => return Vec::new(),
            Some(domain) => domain,
        };
        let Ok(choices) = self.choices(decisions) else {
            return Vec::new();
        };
        let size = domain.size().unwrap_or(0);
        let known = self.work.as_ref().filter(|it| it.choices == choices);
        let results = (self.completions).effects(
            &mut self.inquiry,
            &choices,
            (attribute, size),
            known.map(|it| &it.domains),
        );
        let effect = |(option, result)| Effect {
            value: Value::Option(option),
            result,
        };
        results.into_iter().enumerate().map(effect).collect()
    }

    /// A whole configuration: the decisions, then the goal, then what the model prefers, then
    /// wishes, then the first value that is possible. A conflict where the decisions have none.
    pub fn complete(&mut self, decisions: &Decisions, goal: &Goal) -> Result<Completed, Conflict> {
        let choices = self.choices(decisions)?;
        let atoms = given(&choices, None);
        let Some(example) = self.inquiry.find(&atoms) else {
            let found = conflict(&self.model, &mut self.inquiry, &[], &atoms);
            return Err(found.unwrap_or_default());
        };
        let first = match goal {
            Goal::Default => None,
            Goal::Minimize(formula) => Some(Target::least(formula, None)),
            Goal::Maximize(formula) => Some(Target::most(formula, None)),
        };
        let best = first.as_ref().and_then(|it| self.only_best(it, &atoms));
        let (witness, proof) = match (best, first) {
            (Some((mut best, example)), _) => {
                let completions = Completions::new(&mut best, &self.targets);
                completions.full(&mut best, &choices, &example)
            }
            (None, Some(first)) => {
                let mut targets = vec![first];
                targets.extend_from_slice(&self.targets);
                let completions = Completions::new(&mut self.inquiry, &targets);
                completions.full(&mut self.inquiry, &choices, &example)
            }
            (None, None) => (self.completions).full(&mut self.inquiry, &choices, &example),
        };
        let values = (self.model.attributes.iter().zip(witness.iter()))
            .filter_map(|(attribute, position)| value_at(&attribute.domain, *position));
        Ok(Completed {
            assignment: values.collect(),
            proof,
        })
    }

    /// For questions about what reaches the target best, and an example, where reasoners can
    /// tell that at once and what the model prefers asks for nothing that they cannot.
    fn only_best(&mut self, target: &Target, atoms: &[Atom]) -> Option<(Inquiry, Witness)> {
        let Target::Least(formula, _) = target else {
            return None;
        };
        if self.targets.iter().any(|it| it.question().is_some()) {
            return None;
        }
        let mut best = self.inquiry.only_cheapest(atoms, formula)?;
        let example = best.find(atoms)?;
        Some((best, example))
    }

    /// How many complete configurations have the decisions; `limit` is how many steps may
    /// be taken, each a constraint or a few attributes looked at, before a lower bound has to do.
    pub fn count(&mut self, decisions: &Decisions, limit: u32) -> Count {
        match self.choices(decisions) {
            Ok(choices) => self.count_of(&given(&choices, None), limit),
            Err(_) => Count::Exact("0".to_owned()),
        }
    }

    fn count_of(&mut self, atoms: &[Atom], limit: u32) -> Count {
        super::count::count(&self.model, &mut self.inquiry, atoms, limit)
    }

    /// How many of the configurations with the other decisions have each option of an
    /// attribute; no entries for numbers.
    pub fn shares(
        &mut self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        limit: u32,
    ) -> Vec<Share> {
        let Some(domain) = self.model.attribute(attribute).map(|it| it.domain.clone()) else {
            return Vec::new();
        };
        let (
            AttributeDomain::Options(_) | AttributeDomain::Flag | AttributeDomain::Presence(_),
            Ok(choices),
        ) = (&domain, self.choices(decisions))
        else {
            return Vec::new();
        };
        let others = given(&choices, Some(attribute));
        let whole = self.count_of(&others, limit);
        let share = |option| {
            let atoms = [others.as_slice(), &[Atom::is(attribute, option)]].concat();
            let count = self.count_of(&atoms, limit);
            Share {
                value: Value::Option(option),
                share: super::count::share(&count, &whole),
                count,
            }
        };
        (0..domain.size().unwrap_or(0)).map(share).collect()
    }

    /// The possible numbers next to `number`, given the other decisions.
    pub fn nearest(
        &mut self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        number: Decimal,
    ) -> Nearest {
        let range = match self.model.attribute(attribute).map(|it| &it.domain) {
            Some(AttributeDomain::Number(range)) => range.clone(),
            _ => return Nearest::default(),
        };
        let (Ok(choices), Some(size)) = (self.choices(decisions), range.size()) else {
            return Nearest::default();
        };
        let atoms = given(&choices, Some(attribute));
        let inquiry = &mut self.inquiry;
        let below = range.last_below(number).and_then(|last| {
            let end = inquiry.extreme(&atoms, attribute, (0, last), End::High)?;
            range.at(end)
        });
        let above = range.first_above(number).and_then(|first| {
            let end = inquiry.extreme(&atoms, attribute, (first, size - 1), End::Low)?;
            range.at(end)
        });
        Nearest { below, above }
    }

    /// Whether some complete configuration has `value` together with the other decisions.
    pub fn possible(
        &mut self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        value: Value,
    ) -> bool {
        let Ok((choices, wanted)) = self.wanted(decisions, attribute, value) else {
            return false;
        };
        let atoms = given(&choices, Some(attribute));
        self.inquiry.possible_with(&atoms, wanted)
    }

    /// The other decisions and what is wanted by position; a conflict where there is no such value.
    fn wanted(
        &self,
        decisions: &Decisions,
        attribute: AttributeIndex,
        value: Value,
    ) -> Result<(Choices, Atom), Conflict> {
        let position = self
            .position(attribute, value)
            .ok_or_else(Conflict::default)?;
        let mut others = decisions.clone();
        others.remove(&attribute);
        Ok((self.choices(&others)?, Atom::is(attribute, position)))
    }

    fn position(&self, attribute: AttributeIndex, value: Value) -> Option<usize> {
        self.model.attribute(attribute)?.domain.position_of(value)
    }

    /// The decisions by position; a conflict of one decision where there is no such value.
    fn choices(&self, decisions: &Decisions) -> Result<Choices, Conflict> {
        let choice = |(attribute, value): (&AttributeIndex, &Value)| {
            let position = self.position(*attribute, *value);
            let position = position.ok_or_else(|| Conflict {
                decisions: vec![(*attribute, *value)],
                constraints: Vec::new(),
            })?;
            Ok((*attribute, position))
        };
        decisions.iter().map(choice).collect()
    }
}

impl Work {
    fn step(
        &mut self,
        completions: &mut Completions,
        inquiry: &mut Inquiry,
        effort: Option<u32>,
    ) -> Progress {
        if self.domains_done {
            let sources = (inquiry, &self.domains);
            return self.completion.step(completions, sources, effort);
        }
        match self.domains.step(inquiry, effort) {
            Progress::Done => {
                self.domains_done = true;
                Progress::Further
            }
            other => other,
        }
    }

    fn state(&self, model: &Model, attribute: AttributeIndex) -> AttributeState {
        let domain = &model.attributes[attribute.0].domain;
        let decided = self.choices.get(&attribute).copied();
        let follows = self.domains.only(model, attribute);
        let suggested = self.completion.value(attribute);
        let (position, origin) = match (decided, follows, suggested) {
            (Some(position), _, _) => (Some(position), Origin::Decided),
            (None, Some(position), _) => (Some(position), Origin::Follows),
            (None, None, Some(position)) => (Some(position), Origin::Suggested),
            (None, None, None) => (None, Origin::Open),
        };
        AttributeState {
            domain: self.domains.domain(attribute, domain),
            value: position.and_then(|it| value_at(domain, it)),
            origin,
        }
    }
}
