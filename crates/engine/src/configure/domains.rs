//! Which values are still possible, found out one question at a time.

use std::collections::BTreeMap;

use super::inquiry::{End, Inquiry, Search};
use super::reasoner::{ABSENT, Answer, Atom};
use super::{Domain, Possibility};
use crate::catalog::{AttributeDomain, AttributeIndex, Model};

/// The decisions by position.
pub(super) type Choices = BTreeMap<AttributeIndex, usize>;

/// What is known about every attribute under the same choices.
#[derive(Clone, Debug)]
pub(super) struct Domains {
    choices: Choices,
    known: Vec<Known>,
}

/// What is known about one attribute, given all choices but its own.
#[derive(Clone, Debug)]
enum Known {
    Options(Vec<Possibility>),
    /// `never`: no number is possible at all.
    Number {
        low: Search,
        high: Search,
        never: bool,
    },
}

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

impl Domains {
    /// Nothing known but what earlier answers still tell.
    pub fn new(
        model: &Model,
        choices: Choices,
        earlier: Option<&Domains>,
        inquiry: &Inquiry,
    ) -> Self {
        let known = (model.indices().zip(&model.attributes))
            .map(|(index, attribute)| Known::nothing(index, &attribute.domain))
            .collect();
        let mut domains = Self { choices, known };
        if let Some(earlier) = earlier {
            domains.inherit(earlier);
        }
        for witness in inquiry.remembered() {
            domains.learn(witness);
        }
        domains
    }

    /// With more choices, nothing impossible becomes possible again.
    fn inherit(&mut self, earlier: &Domains) {
        for (index, (known, old)) in self.known.iter_mut().zip(&earlier.known).enumerate() {
            let attribute = AttributeIndex(index);
            let kept = (earlier.choices.iter())
                .filter(|(other, _)| **other != attribute)
                .all(|(other, position)| self.choices.get(other) == Some(position));
            if kept {
                known.rule_out(old);
            }
        }
    }

    /// Marks what a configuration shows to be possible.
    pub fn learn(&mut self, witness: &[usize]) {
        let mut broken = (self.choices.iter())
            .filter(|(attribute, position)| witness[attribute.0] != **position)
            .map(|(attribute, _)| *attribute);
        match (broken.next(), broken.next()) {
            (None, _) => {
                for (known, position) in self.known.iter_mut().zip(witness) {
                    known.found(*position);
                }
            }
            (Some(only), None) => self.known[only.0].found(witness[only.0]),
            _ => {}
        }
    }

    /// Asks the next question.
    pub fn step(&mut self, inquiry: &mut Inquiry, effort: Option<u32>) -> Progress {
        let next = (self.known.iter().enumerate())
            .find_map(|(index, it)| Some((AttributeIndex(index), it.question(index)?)));
        let Some((attribute, probe)) = next else {
            return Progress::Done;
        };
        let mut atoms = given(&self.choices, Some(attribute));
        atoms.push(probe);
        match inquiry.ask(&atoms, effort) {
            Answer::Possible(witness) => self.learn(&witness),
            Answer::Impossible(_) => self.known[attribute.0].refuted(probe),
            Answer::Unknown => return Progress::Stuck,
        }
        Progress::Further
    }

    /// The only possible position of an attribute, once that is certain; [`ABSENT`] where
    /// its part cannot be there.
    pub fn only(&self, model: &Model, attribute: AttributeIndex) -> Option<usize> {
        if let Some(part) = model.attribute(attribute)?.part {
            let there = self.choices.get(&part).copied();
            if there.or_else(|| self.only(model, part))? == 0 {
                return Some(ABSENT);
            }
        }
        match self.known.get(attribute.0)? {
            Known::Options(options) => {
                let mut left =
                    (options.iter().enumerate()).filter(|(_, it)| **it != Possibility::Impossible);
                match (left.next(), left.next()) {
                    (Some((position, Possibility::Possible)), None) => Some(position),
                    _ => None,
                }
            }
            Known::Number { low, high, .. } => {
                let only = low.certain()?;
                (high.certain() == Some(only)).then_some(only)
            }
        }
    }

    /// What is known of an attribute, as the buyer sees it.
    pub fn domain(&self, attribute: AttributeIndex, domain: &AttributeDomain) -> Domain {
        match &self.known[attribute.0] {
            Known::Options(options) => Domain::Options(options.clone()),
            Known::Number { low, high, .. } => {
                let number = |position: Option<usize>| match domain {
                    AttributeDomain::Number(range) => range.at(position?),
                    _ => None,
                };
                Domain::Number {
                    min: number(low.certain()),
                    max: number(high.certain()),
                }
            }
        }
    }
}

impl Known {
    fn nothing(attribute: AttributeIndex, domain: &AttributeDomain) -> Self {
        let size = domain.size().unwrap_or(0);
        match domain {
            AttributeDomain::Number(_) => {
                let last = size.saturating_sub(1);
                Self::Number {
                    low: Search::new(attribute, 0, last, End::Low),
                    high: Search::new(attribute, 0, last, End::High),
                    never: false,
                }
            }
            _ => Self::Options(vec![Possibility::Unknown; size]),
        }
    }

    fn rule_out(&mut self, earlier: &Known) {
        match (self, earlier) {
            (Self::Options(options), Self::Options(earlier)) => {
                for (option, earlier) in options.iter_mut().zip(earlier) {
                    if *earlier == Possibility::Impossible {
                        *option = Possibility::Impossible;
                    }
                }
            }
            (
                Self::Number { low, high, never },
                Self::Number {
                    low: low_before,
                    high: high_before,
                    never: never_before,
                },
            ) => {
                low.limit = low_before.limit;
                high.limit = high_before.limit;
                *never = *never_before;
            }
            _ => {}
        }
    }

    fn found(&mut self, position: usize) {
        match self {
            _ if position == ABSENT => {}
            Self::Options(options) => options[position] = Possibility::Possible,
            Self::Number { low, high, .. } => {
                low.found(position);
                high.found(position);
            }
        }
    }

    fn refuted(&mut self, probe: Atom) {
        match self {
            Self::Options(options) => options[probe.position] = Possibility::Impossible,
            Self::Number { low, never, .. } if low.best.is_none() => *never = true,
            Self::Number { low, .. } if low.probe() == Some(probe) => low.refuted(probe),
            Self::Number { high, .. } => high.refuted(probe),
        }
    }

    fn question(&self, attribute: usize) -> Option<Atom> {
        match self {
            Self::Options(options) => (options.iter())
                .position(|it| *it == Possibility::Unknown)
                .map(|position| Atom::is(AttributeIndex(attribute), position)),
            Self::Number { never: true, .. } => None,
            // Where no number has been found yet, the attribute has been absent so far.
            Self::Number { low, .. } if low.best.is_none() => {
                Some(Atom::at_least(AttributeIndex(attribute), 0))
            }
            Self::Number { low, high, .. } => low.probe().or_else(|| high.probe()),
        }
    }
}
