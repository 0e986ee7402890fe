//! Values beyond the decisions: what the model prefers, the weightiest first; wishes granted
//! in the order of the catalog; and what is then the only one left.
//!
//! What neither a constraint nor a preference connects is completed group by group, and once
//! for groups that are alike and have the same decisions.

mod asking;
mod effects;
mod layout;
mod options;
mod part;
mod source;
mod striving;

use std::collections::BTreeMap;
use std::rc::Rc;

use self::effects::Effects;
use self::layout::Layout;
use self::part::Part;
use super::Proof;
use super::domains::{Choices, Domains, Progress, given};
use super::inquiry::Inquiry;
use super::optimize::Target;
use super::reasoner::{Witness, value_at};
use crate::catalog::{Attribute, AttributeIndex, Model, PartialAssignment};

/// So many values are remembered.
const REMEMBERED: usize = 1 << 20;

/// The position of every attribute of a group, where it has one.
type Values = Rc<[Option<usize>]>;

/// Which kind of group, and the decisions in it.
type Key = (usize, Choices);

/// Completes decisions, and remembers what came of it.
pub(super) struct Completions {
    layout: Rc<Layout>,
    done: BTreeMap<Key, Values>,
    remembered: usize,
    effects: Effects,
    /// What came of each kind last.
    last: BTreeMap<usize, Values>,
}

/// The values of the whole model found so far, one question at a time.
pub(super) struct Completion {
    layout: Rc<Layout>,
    states: Vec<State>,
    /// Which of the states each group is in: those that are alike share one.
    of: Vec<usize>,
    /// The first state that may have something left to find out.
    open: usize,
}

/// Where the completion of a group stands.
enum State {
    Open(Key, Box<Part>),
    Done(Values),
}

impl Completions {
    /// Of the model that is asked about, for the targets, the weightiest first.
    pub fn new(inquiry: &mut Inquiry, targets: &[Target]) -> Self {
        Self {
            layout: Rc::new(Layout::new(inquiry, targets)),
            done: BTreeMap::new(),
            remembered: 0,
            effects: Effects::default(),
            last: BTreeMap::new(),
        }
    }

    /// Starts from decisions that go together, as `example` shows.
    pub fn start(&self, choices: &Choices, example: &[usize]) -> Completion {
        let layout = Rc::clone(&self.layout);
        let mut shared: BTreeMap<Key, usize> = BTreeMap::new();
        let (mut states, mut of) = (Vec::new(), Vec::new());
        for (number, choices) in layout.split(choices).into_iter().enumerate() {
            let key = (layout.groups[number].kind, choices);
            of.push(*shared.entry(key.clone()).or_insert_with(|| {
                states.push(match self.done.get(&key) {
                    Some(values) => State::Done(Rc::clone(values)),
                    None => {
                        let kind = Rc::clone(&layout.kinds[key.0]);
                        let example = layout.part_of(number, example);
                        let mut part = Part::new(kind, &key.1, example, false);
                        part.component = layout.groups[number].component;
                        let hints = self.last.get(&key.0).filter(|_| part.kind.near);
                        part.hints = hints.map(Rc::clone);
                        State::Open(key, Box::new(part))
                    }
                });
                states.len() - 1
            }));
        }
        Completion {
            layout,
            states,
            of,
            open: 0,
        }
    }

    /// Keeps what came of a group.
    fn remember(&mut self, key: Key, values: &Values) {
        if self.remembered + values.len() > REMEMBERED {
            self.done.clear();
            self.remembered = 0;
        }
        self.remembered += values.len();
        self.done.insert(key, Rc::clone(values));
    }

    /// What comes of a group; `None` where the decisions do not go together.
    fn values(&mut self, inquiry: &mut Inquiry, key: Key) -> Option<Values> {
        if let Some(known) = self.done.get(&key) {
            return Some(Rc::clone(known));
        }
        let kind = Rc::clone(&self.layout.kinds[key.0]);
        let mut source = kind.source(inquiry);
        let example = source.find(&given(&key.1, None))?.into();
        let mut part = Part::new(Rc::clone(&kind), &key.1, example, false);
        part.finish(&mut source);
        let values: Values = part.values.into();
        self.remember(key, &values);
        Some(values)
    }

    /// The whole configuration that the choices come to; `None` where they do not go together.
    pub fn outcome(
        &mut self,
        inquiry: &mut Inquiry,
        choices: &Choices,
    ) -> Option<PartialAssignment> {
        let values = self.all(inquiry, self.layout.split(choices), None)?;
        Some(self.layout.assignment(&inquiry.model(), &values))
    }

    /// What comes of each group but one; once for those that are alike.
    fn all(
        &mut self,
        inquiry: &mut Inquiry,
        own: Vec<Choices>,
        except: Option<usize>,
    ) -> Option<Vec<Values>> {
        let layout = Rc::clone(&self.layout);
        let nothing: Values = Rc::default();
        (own.into_iter().enumerate())
            .map(|(group, choices)| match except == Some(group) {
                true => Some(Rc::clone(&nothing)),
                false => self.values(inquiry, (layout.groups[group].kind, choices)),
            })
            .collect()
    }

    /// A whole configuration from decisions that go together, as `example` shows, with a value
    /// for everything; and how good it is.
    pub fn full(
        &self,
        inquiry: &mut Inquiry,
        choices: &Choices,
        example: &[usize],
    ) -> (Witness, Proof) {
        let layout = &self.layout;
        let mut witness: Witness = example.into();
        let mut known: BTreeMap<Key, Part> = BTreeMap::new();
        let mut first: Option<(usize, Proof)> = None;
        for (number, choices) in layout.split(choices).into_iter().enumerate() {
            let group = &layout.groups[number];
            let done = known
                .entry((group.kind, choices))
                .or_insert_with_key(|key| {
                    let kind = Rc::clone(&layout.kinds[key.0]);
                    let example = layout.part_of(number, example);
                    let mut part = Part::new(Rc::clone(&kind), &key.1, example, true);
                    part.finish(&mut kind.source(inquiry));
                    part
                });
            for attribute in &group.attributes {
                witness[attribute.0] = done.example[layout.place(*attribute).attribute.0];
            }
            if let Some((target, proof)) = &done.gap {
                let target = group.targets.get(*target).copied().unwrap_or(usize::MAX);
                if first.is_none_or(|it| target < it.0) {
                    first = Some((target, *proof));
                }
            }
        }
        (witness, first.map_or(Proof::Optimal, |it| it.1))
    }
}

impl Completion {
    /// The position found for an attribute.
    pub fn value(&self, attribute: AttributeIndex) -> Option<usize> {
        let place = self.layout.place(attribute);
        let values = match &self.states[self.of[place.component]] {
            State::Open(_, part) => &part.values[..],
            State::Done(values) => values,
        };
        values[place.attribute.0]
    }

    /// Asks the next question, but for what the domains under the same choices tell.
    pub fn step(
        &mut self,
        completions: &mut Completions,
        (inquiry, domains): (&mut Inquiry, &Domains),
        effort: Option<u32>,
    ) -> Progress {
        while let Some(state) = self.states.get_mut(self.open) {
            if let State::Open(key, part) = state {
                let kind = Rc::clone(&part.kind);
                if part.findings.is_none()
                    && let Some(component) = part.component
                {
                    part.findings = domains.findings(component);
                }
                match part.step(&mut kind.source(inquiry), effort) {
                    Progress::Done => {
                        let values: Values = std::mem::take(&mut part.values).into();
                        completions.last.insert(key.0, Rc::clone(&values));
                        completions.remember(std::mem::take(key), &values);
                        *state = State::Done(values);
                    }
                    other => return other,
                }
            }
            self.open += 1;
        }
        Progress::Done
    }
}

impl Layout {
    /// The values of the whole model, from those of each group.
    fn assignment(&self, model: &Model, groups: &[Values]) -> PartialAssignment {
        let value = |(attribute, it): (AttributeIndex, &Attribute)| {
            let place = self.place(attribute);
            value_at(&it.domain, groups[place.component][place.attribute.0]?)
        };
        model.indices().zip(&model.attributes).map(value).collect()
    }
}
