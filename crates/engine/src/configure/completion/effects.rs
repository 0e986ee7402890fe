//! What would become of everything if an attribute had another value.
//!
//! Most options change little else. So: complete everything but the attribute, and put each
//! option into the configurations that this finds. Where they stay valid, all that was granted
//! can be granted with the option too, and nothing has to be searched for; what could not be
//! granted without the option cannot be with it, for the reasons that are remembered.

use std::rc::Rc;

use super::Completions;
use super::layout::Kind;
use super::part::Part;
use crate::catalog::{AttributeIndex, Model, PartialAssignment};
use crate::configure::domains::{Choices, given};
use crate::configure::flips::Flips;
use crate::configure::inquiry::Inquiry;

impl Completions {
    /// For each option of an attribute, what [`Completions::outcome`] it would have.
    pub fn effects(
        &mut self,
        inquiry: &mut Inquiry,
        choices: &Choices,
        (attribute, options): (AttributeIndex, usize),
    ) -> Vec<Option<PartialAssignment>> {
        let (layout, model) = (Rc::clone(&self.layout), inquiry.model());
        let place = layout.place(attribute);
        let number = layout.groups[place.component].kind;
        let kind = Rc::clone(&layout.kinds[number]);
        let mut own = layout.split(choices);
        let mut before = std::mem::take(&mut own[place.component]);
        before.remove(&place.attribute);
        let Some(mut all) = self.all(inquiry, own, Some(place.component)) else {
            return vec![None; options];
        };
        let flips = self.flips(number, &kind.model);
        let mut known = None;
        (0..options)
            .map(|option| {
                let mut after = before.clone();
                after.insert(place.attribute, option);
                let near = |inquiry: &mut Inquiry| match &flips {
                    Some(flips) => {
                        let known = known.get_or_insert_with(|| {
                            without(&kind, inquiry, &before, place.attribute)
                        });
                        changed(&kind, flips, known, (place.attribute, option), &after)
                    }
                    None => Vec::new(),
                };
                all[place.component] = self.values(inquiry, (number, after.clone()), near)?;
                Some(layout.assignment(&model, &all))
            })
            .collect()
    }

    /// Long tables are looked through slowly, and joined quickly: `None` there.
    fn flips(&mut self, kind: usize, model: &Model) -> Option<Rc<Flips>> {
        let flips = self.flips.entry(kind).or_insert_with(|| {
            let short = model.relations.is_empty();
            short.then(|| Rc::new(Flips::new(model)))
        });
        flips.clone()
    }
}

/// Configurations in which all that is granted without an attribute holds, the best one first.
fn without(
    kind: &Rc<Kind>,
    inquiry: &mut Inquiry,
    choices: &Choices,
    attribute: AttributeIndex,
) -> Vec<Rc<[usize]>> {
    let mut source = kind.source(inquiry);
    let Some(example) = source.find(&given(choices, None)) else {
        return Vec::new();
    };
    let part = Part::new(Rc::clone(kind), choices, example.into(), false);
    let mut part = part.except(attribute);
    part.finish(&mut source);
    part.examples(&source)
}

/// Those of some configurations that stay valid with an option, which they have then.
fn changed(
    kind: &Kind,
    flips: &Flips,
    known: &[Rc<[usize]>],
    (attribute, option): (AttributeIndex, usize),
    choices: &Choices,
) -> Vec<Rc<[usize]>> {
    let flipped = known
        .iter()
        .filter_map(|it| match it[attribute.0] == option {
            true => Some(Rc::clone(it)),
            false => Some(flips.flip(&kind.model, it, attribute, option)?.into()),
        });
    // What was decided may have been worked out anew.
    let atoms = given(choices, None);
    let fits = |it: &Rc<[usize]>| atoms.iter().all(|atom| atom.holds(it));
    flipped.filter(fits).collect()
}
