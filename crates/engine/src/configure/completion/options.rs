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
    /// The examples of the last time, under other decisions.
    pub last: Rc<[Examples]>,
}

/// Configurations in which all that was granted holds, the best one first; together they show
/// for everything that is open that it is.
pub(super) type Examples = Vec<Rc<[usize]>>;

/// What comes of all options.
pub(super) struct Outcomes {
    pub values: Vec<Option<Values>>,
    /// For each option, where it took more than putting it into another's; at the end, what was
    /// found without any.
    pub examples: Vec<Examples>,
}

/// What was completed without an attribute.
struct Without {
    part: Part,
    values: Values,
    examples: Examples,
}

/// What comes of each option; only what is around the attribute counts.
pub(super) fn outcomes(asked: &Asked, flips: Option<&Flips>, source: &mut Source) -> Outcomes {
    let mut without = None;
    let (values, mut examples): (Vec<_>, Vec<_>) = (asked.possible.iter().enumerate())
        .map(|(option, possible)| {
            if *possible == Some(false) {
                return (None, Examples::new());
            }
            let without = flips.and_then(|it| {
                let known = without.get_or_insert_with(|| asked.without(it, source));
                Some((it, known.as_ref()?))
            });
            let outcome = asked.outcome(option, without, source);
            outcome.map_or_else(Default::default, |(values, examples)| {
                (Some(values), examples)
            })
        })
        .unzip();
    let without = without.flatten().map(|it| it.examples);
    examples.push(without.unwrap_or_default());
    Outcomes { values, examples }
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

    fn without(&self, flips: &Flips, source: &mut Source) -> Option<Without> {
        let part = self.start(
            self.possible.len(),
            &self.choices,
            (flips, &self.now),
            source,
        )?;
        let mut part = part.except(self.attribute);
        part.finish(source);
        let values = part.values.as_slice().into();
        let examples = part.clone().examples(source);
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
        without: Option<(&Flips, &Without)>,
        source: &mut Source,
    ) -> Option<(Values, Examples)> {
        let choices = self.decided(option);
        let Some((flips, without)) = without else {
            let example = source.find(&given(&choices, None))?;
            let mut part = self.part(&choices, example.into());
            part.finish(source);
            return Some((part.values.into(), Examples::new()));
        };
        let near = self.changed(flips, &without.examples, option);
        let went_on = self.went_on(without, option, (&near, source));
        let part = went_on.or_else(|| {
            let first = Rc::clone(near.first()?);
            Some(self.part(&choices, first).seeded(near))
        });
        if let Some(part) = part {
            let mut part = part.hinted(&without.values);
            part.finish(source);
            return Some((part.values.into(), Examples::new()));
        }
        let mut part = self.start(option, &choices, (flips, &without.values), source)?;
        part.finish(source);
        let values = part.values.as_slice().into();
        Some((values, part.examples(source)))
    }

    /// To be completed from the examples of the last time, or else from what is searched for
    /// near what is hinted at.
    fn start(
        &self,
        number: usize,
        choices: &Choices,
        (flips, hints): (&Flips, &Values),
        source: &mut Source,
    ) -> Option<Part> {
        let last = self.last.get(number).into_iter().flatten();
        let again = last.map(|it| flips.with(&self.kind.model, it, choices));
        let again: Examples = again.flatten().collect();
        if let Some(first) = again.first() {
            let part = self.part(choices, Rc::clone(first));
            return Some(part.seeded(again).hinted(hints));
        }
        let example = source.find(&given(choices, None))?;
        let mut part = self.part(choices, example.into());
        if let Some(Some(best)) = part.aim(source, hints, None, None) {
            part.example = best;
        }
        Some(part.hinted(hints))
    }

    /// Those of some configurations that stay valid with an option, which they have then.
    fn changed(&self, flips: &Flips, known: &[Rc<[usize]>], option: usize) -> Examples {
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
