//! What would become of everything if an attribute had another value.

use std::rc::Rc;

use super::completion::Completion;
use super::domains::{Choices, given};
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
    let example = inquiry.find(&given(choices, None))?;
    let completion = Completion::new(model, choices, Rc::clone(targets), example.into());
    let positions = completion.finish(model, inquiry);
    let values = (model.attributes.iter().zip(positions))
        .map(|(attribute, position)| value_at(&attribute.domain, position?));
    Some(values.collect())
}

/// For each option of an attribute, what [`outcome`] it would have; nothing for numbers.
pub(super) fn effects(
    model: &Model,
    inquiry: &mut Inquiry,
    targets: &Rc<[Target]>,
    choices: &Choices,
    attribute: AttributeIndex,
    options: usize,
) -> Vec<Option<PartialAssignment>> {
    let mut after = choices.clone();
    (0..options)
        .map(|option| {
            after.insert(attribute, option);
            outcome(model, inquiry, targets, &after)
        })
        .collect()
}
