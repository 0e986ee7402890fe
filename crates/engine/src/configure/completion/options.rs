//! What comes of each option of an attribute.
//!
//! Complete everything but the attribute, and put each option into the configurations that
//! this finds. Where they stay valid, all that was granted can be granted with the option too,
//! and nothing has to be searched for; what could not be granted without the option cannot be
//! with it, and what could have one value only has that value.

use std::rc::Rc;

use super::Values;
use super::asking::holds;
use super::layout::Kind;
use super::part::Part;
use super::source::Source;
use crate::catalog::AttributeIndex;
use crate::configure::domains::{Choices, State, given};
use crate::configure::flips::Flips;
use crate::configure::links::Around;

/// An attribute whose options are asked about.
pub(super) struct Asked {
    pub kind: Rc<Kind>,
    pub attribute: AttributeIndex,
    /// The decisions on others.
    pub choices: Choices,
    /// What the options can make a difference to.
    pub around: Around,
    /// What there is now: most of it stays.
    pub now: Values,
    /// What is known under these decisions.
    pub findings: Option<Rc<State>>,
    /// Whether each option is possible, where that is known.
    pub possible: Vec<Option<bool>>,
}

/// What was completed without an attribute.
struct Without {
    part: Part,
    values: Values,
    /// Configurations in which all that was granted holds, the best one first.
    examples: Vec<Rc<[usize]>>,
}

/// What comes of each option; only what is around the attribute counts.
pub(super) fn outcomes(
    asked: &Asked,
    flips: Option<&Flips>,
    source: &mut Source,
) -> Vec<Option<Values>> {
    let mut without = None;
    (asked.possible.iter().enumerate())
        .map(|(option, possible)| match possible {
            Some(false) => None,
            _ => {
                let without = flips.map(|it| {
                    let known = without.get_or_insert_with(|| asked.without(source));
                    (it, known.as_ref())
                });
                asked.outcome(option, without, source)
            }
        })
        .collect()
}

impl Asked {
    /// The decisions that have a say in what is around the attribute.
    pub fn near(&self) -> Choices {
        let near = self.choices.iter().filter(|it| self.around.concerns(*it.0));
        near.map(|(it, position)| (*it, *position)).collect()
    }

    /// The decisions with an option.
    pub fn decided(&self, option: usize) -> Choices {
        let mut choices = self.choices.clone();
        choices.insert(self.attribute, option);
        choices
    }

    /// Values of everything, from what there is now and what is around the attribute then.
    pub fn put_into(&self, outcome: &[Option<usize>]) -> Values {
        let inside = self.around.inside.iter();
        let values = inside.zip(self.now.iter().zip(outcome.iter()));
        values
            .map(|(inside, (now, then))| if *inside { *then } else { *now })
            .collect()
    }

    fn without(&self, source: &mut Source) -> Option<Without> {
        let example = source.find(&given(&self.choices, None))?;
        let mut part = self.part(&self.choices, example.into());
        part = part.except(self.attribute);
        if let Some(Some(best)) = part.aim(source, &self.now, None, None) {
            part.example = best;
        }
        let mut part = part.hinted(&self.now);
        part.finish(source);
        let examples = part.clone().examples(source);
        let values = part.values.as_slice().into();
        Some(Without {
            part,
            values,
            examples,
        })
    }

    fn part(&self, choices: &Choices, example: Rc<[usize]>) -> Part {
        let mut part = Part::new(Rc::clone(&self.kind), choices, example, false);
        part.findings = self.findings.clone();
        part.within(&self.around.inside)
    }

    fn outcome(
        &self,
        option: usize,
        without: Option<(&Flips, Option<&Without>)>,
        source: &mut Source,
    ) -> Option<Values> {
        let choices = self.decided(option);
        let mut near = Vec::new();
        let mut part = None;
        if let Some((flips, Some(without))) = without {
            near = self.changed(flips, &without.examples, option);
            part = self.went_on(without, option, (&near, source));
        }
        let mut part = match (part, near.first()) {
            (Some(part), _) => part,
            (None, Some(first)) => self.part(&choices, Rc::clone(first)).seeded(near),
            (None, None) => {
                let example = source.find(&given(&choices, None))?;
                let mut part = self.part(&choices, example.into());
                if let Some((_, Some(without))) = without
                    && let Some(Some(best)) = part.aim(source, &without.values, None, None)
                {
                    part.example = best;
                }
                part
            }
        };
        if let Some((_, Some(without))) = without {
            part = part.hinted(&without.values);
        }
        part.finish(source);
        Some(part.values.into())
    }

    /// Those of some configurations that stay valid with an option, which they have then.
    fn changed(&self, flips: &Flips, known: &[Rc<[usize]>], option: usize) -> Vec<Rc<[usize]>> {
        let (model, attribute) = (&self.kind.model, self.attribute);
        let flipped = known
            .iter()
            .filter_map(|it| match it[attribute.0] == option {
                true => Some(Rc::clone(it)),
                false => Some(flips.flip(model, it, attribute, option)?.into()),
            });
        // What was decided may have been worked out anew.
        let fits = |it: &Rc<[usize]>| {
            let mut choices = self.choices.iter();
            choices.all(|(attribute, position)| it[attribute.0] == *position)
        };
        flipped.filter(fits).collect()
    }

    /// What is left to find out with an option, where all that was granted without it holds in
    /// some of the configurations with it.
    fn went_on(
        &self,
        without: &Without,
        option: usize,
        (near, source): (&[Rc<[usize]>], &mut Source),
    ) -> Option<Part> {
        let (model, part) = (&self.kind.model, &without.part);
        let stays = |it: &&Rc<[usize]>| {
            let atoms = part.atoms.iter().all(|atom| atom.holds(it));
            atoms && part.also.iter().all(|also| holds(model, also, it))
        };
        let examples: Vec<_> = near.iter().filter(stays).cloned().collect();
        if part.gap.is_some() {
            return None;
        }
        (part.clone()).going_on(source, (self.attribute, option), examples)
    }
}
