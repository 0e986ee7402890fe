//! What would become of everything if an attribute had another value.
//!
//! Most options change little else. So: only what they can make a difference to is completed
//! again, and not even that where it was done before, under the same decisions around it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::layout::{Kind, Layout};
use super::options::{Asked, Examples, Outcomes, outcomes};
use super::{Completions, Key, Values};
use crate::catalog::{AttributeIndex, Model, PartialAssignment, Value};
use crate::configure::domains::{Choices, Domains, values_of_choices};
use crate::configure::flips::Flips;
use crate::configure::inquiry::Inquiry;
use crate::configure::links::{Around, Links};

/// What effects need to know of each kind, and those worked out before.
#[derive(Default)]
pub(super) struct Effects {
    lore: BTreeMap<usize, Lore>,
    /// By kind, attribute and the decisions around it: what comes of what is around it with each
    /// option, where that is possible.
    done: BTreeMap<(Key, AttributeIndex), Rc<[Option<Values>]>>,
    /// By kind and attribute: the examples of what was worked out last.
    last: BTreeMap<(usize, AttributeIndex), Rc<[Examples]>>,
    /// How many values all these are.
    remembered: usize,
}

/// What is known about a kind.
struct Lore {
    links: Links,
    /// `None` where long tables are: they are looked through slowly, and joined quickly.
    flips: Option<Flips>,
    /// Under the decisions at hand.
    settled: Settled,
}

/// What decisions settle.
struct Settled {
    choices: Choices,
    values: Vec<Option<Value>>,
    /// Of each link, whether it says nothing any more, where that was looked at.
    met: Vec<Option<bool>>,
}

impl Completions {
    /// For each option of an attribute, what [`Completions::outcome`] it would have; `domains`
    /// are under the same choices.
    pub fn effects(
        &mut self,
        inquiry: &mut Inquiry,
        choices: &Choices,
        (attribute, options): (AttributeIndex, usize),
        domains: Option<&Domains>,
    ) -> Vec<Option<PartialAssignment>> {
        let (layout, model) = (Rc::clone(&self.layout), inquiry.model());
        let place = layout.place(attribute);
        let group = &layout.groups[place.component];
        let mut own = layout.split(choices);
        let decided = std::mem::take(&mut own[place.component]);
        let Some(mut all) = self.all(inquiry, own, Some(place.component)) else {
            return vec![None; options];
        };
        let mut others = decided.clone();
        others.remove(&place.attribute);
        // Decisions that do not go together may do so without the one on the attribute.
        let now = (self.values(inquiry, (group.kind, decided.clone())))
            .or_else(|| self.values(inquiry, (group.kind, others.clone())));
        let Some(now) = now else {
            return vec![None; options];
        };
        let around = self.around(&(group.kind, decided), place.attribute);
        let findings = group
            .component
            .zip(domains)
            .filter(|_| !choices.contains_key(&attribute));
        let asked = Asked {
            kind: Rc::clone(&layout.kinds[group.kind]),
            attribute: place.attribute,
            around,
            findings: findings.and_then(|(component, it)| it.findings(component)),
            possible: (0..options)
                .map(|it| domains.and_then(|known| known.possible(attribute, it)))
                .collect(),
            choices: others,
            now,
            last: self.effects.last((group.kind, place.attribute)),
        };
        let outcomes = self.outcomes(inquiry, group.kind, &asked);
        let whole = |outcome: &Option<Values>| {
            all[place.component] = asked.put_into(outcome.as_ref()?);
            Some(layout.assignment(&model, &all))
        };
        outcomes.iter().map(whole).collect()
    }

    /// What comes of what is around an attribute with each option, worked out or remembered.
    fn outcomes(
        &mut self,
        inquiry: &mut Inquiry,
        kind: usize,
        asked: &Asked,
    ) -> Rc<[Option<Values>]> {
        let key = ((kind, asked.near()), asked.attribute);
        if let Some(known) = self.effects.done.get(&key) {
            return Rc::clone(known);
        }
        let flips = self.effects.lore(&self.layout, kind).flips.as_ref();
        let found = outcomes(asked, flips, &mut asked.kind.source(inquiry));
        let outcomes = self.effects.remember(key, found, &asked.last);
        for (option, outcome) in outcomes.iter().enumerate() {
            if let Some(outcome) = outcome {
                self.remember((kind, asked.decided(option)), &asked.put_into(outcome));
            }
        }
        outcomes
    }

    /// What an attribute can make a difference to under decisions.
    fn around(&mut self, (kind, choices): &Key, attribute: AttributeIndex) -> Around {
        let model = &self.layout.kinds[*kind].model;
        let Lore { links, settled, .. } = self.effects.lore(&self.layout, *kind);
        if settled.choices != *choices {
            *settled = Settled::new(model, links, choices.clone());
        }
        // What looks at the attribute itself must not count on its value.
        let Settled { values, met, .. } = settled;
        let value = values[attribute.0].take();
        let is_settled = |it: AttributeIndex| it != attribute && choices.contains_key(&it);
        let around = links.around(&[attribute], is_settled, |link| {
            let is_met = || links.is_met(model, link, values);
            match links.is_about(link, attribute) {
                true => is_met(),
                false => *met[link].get_or_insert_with(is_met),
            }
        });
        values[attribute.0] = value;
        around
    }
}

impl Effects {
    fn lore(&mut self, layout: &Layout, kind: usize) -> &mut Lore {
        let about = &layout.kinds[kind];
        self.lore.entry(kind).or_insert_with(|| Lore::new(about))
    }

    /// The examples for an attribute of a kind.
    fn last(&self, of: (usize, AttributeIndex)) -> Rc<[Examples]> {
        self.last.get(&of).map(Rc::clone).unwrap_or_default()
    }

    /// Keeps what was worked out; the examples of `last` stay where there are no new ones.
    fn remember(
        &mut self,
        key: (Key, AttributeIndex),
        Outcomes { values, examples }: Outcomes,
        last: &[Examples],
    ) -> Rc<[Option<Values>]> {
        let lengths = values.iter().flatten().map(|it| it.len());
        let examples_lengths = examples.iter().flatten().map(|it| it.len());
        let size: usize = lengths.chain(examples_lengths).sum();
        if self.remembered + size > super::REMEMBERED {
            self.done.clear();
            self.last.clear();
            self.remembered = 0;
        }
        self.remembered += size;
        let earlier = last.iter().map(Some).chain(std::iter::repeat(None));
        let examples = examples.into_iter().zip(earlier);
        let examples = examples.map(|(new, old)| match (new.is_empty(), old) {
            (true, Some(old)) => old.clone(),
            _ => new,
        });
        self.last.insert((key.0.0, key.1), examples.collect());
        let values: Rc<[_]> = values.into();
        self.done.insert(key, Rc::clone(&values));
        values
    }
}

impl Lore {
    fn new(kind: &Kind) -> Self {
        let links = Links::new(&kind.model, kind.targets.iter().map(|it| it.attributes()));
        let short = kind.model.relations.is_empty();
        Self {
            flips: short.then(|| Flips::new(&kind.model)),
            settled: Settled::new(&kind.model, &links, Choices::new()),
            links,
        }
    }
}

impl Settled {
    fn new(model: &Model, links: &Links, choices: Choices) -> Self {
        Self {
            values: values_of_choices(model, &choices),
            met: vec![None; links.len()],
            choices,
        }
    }
}
