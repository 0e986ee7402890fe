//! What would become of everything if an attribute had another value.
//!
//! Most options change little else. So: complete everything but the attribute, and put each
//! option into the configurations that this finds. Where they stay valid, all that was granted
//! can be granted with the option too, and nothing has to be searched for; what could not be
//! granted without the option cannot be with it, for the reasons that are remembered.

use std::rc::Rc;

use super::completion::Completion;
use super::domains::{Choices, given};
use super::flips::Flips;
use super::inquiry::Inquiry;
use super::optimize::Target;
use super::reasoner::value_at;
use crate::catalog::{AttributeIndex, Model, PartialAssignment};

/// The whole configuration that the choices come to; `None` where they do not go together.
pub(super) fn outcome(
    model: &Model,
    inquiry: &mut Inquiry,
    targets: &Rc<[Target]>,
    choices: &Choices,
) -> Option<PartialAssignment> {
    outcome_near(model, inquiry, targets, choices, Vec::new())
}

/// As [`outcome`], with some configurations that have the choices.
fn outcome_near(
    model: &Model,
    inquiry: &mut Inquiry,
    targets: &Rc<[Target]>,
    choices: &Choices,
    near: Vec<Rc<[usize]>>,
) -> Option<PartialAssignment> {
    let example = match near.first() {
        Some(first) => Rc::clone(first),
        None => inquiry.find(&given(choices, None))?.into(),
    };
    let completion = Completion::new(model, choices, Rc::clone(targets), example);
    let positions = completion.seeded(near).finish(model, inquiry);
    let values = (model.attributes.iter().zip(positions))
        .map(|(attribute, position)| value_at(&attribute.domain, position?));
    Some(values.collect())
}

/// For each option of an attribute, what [`outcome`] it would have.
pub(super) fn effects(
    model: &Model,
    inquiry: &mut Inquiry,
    targets: &Rc<[Target]>,
    (choices, flips): (&Choices, Option<&Flips>),
    (attribute, options): (AttributeIndex, usize),
) -> Vec<Option<PartialAssignment>> {
    let mut after = choices.clone();
    after.remove(&attribute);
    let Some(example) = inquiry.find(&given(&after, None)) else {
        return vec![None; options];
    };
    let near = match flips {
        Some(_) => Completion::new(model, &after, Rc::clone(targets), example.into())
            .except(attribute)
            .finish_examples(model, inquiry),
        None => Vec::new(),
    };
    (0..options)
        .map(|option| {
            after.insert(attribute, option);
            let flipped = near
                .iter()
                .filter_map(|it| match it[attribute.0] == option {
                    true => Some(Rc::clone(it)),
                    false => {
                        let flipped = flips?.flip(model, it, attribute, option)?;
                        Some(flipped.into())
                    }
                });
            // What was decided may have been worked out anew.
            let atoms = given(&after, None);
            let fits = |it: &Rc<[usize]>| atoms.iter().all(|atom| atom.holds(it));
            let near = flipped.filter(fits).collect();
            outcome_near(model, inquiry, targets, &after, near)
        })
        .collect()
}
