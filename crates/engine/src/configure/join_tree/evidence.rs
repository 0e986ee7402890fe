//! What a question says about each attribute.

use std::collections::BTreeMap;

use super::super::reasoner::{Atom, Relation};
use super::bits;
use super::tree::Attribute;

/// The positions that each attribute mentioned may have, one bit each.
pub(super) type Evidence = BTreeMap<usize, Vec<u64>>;

/// All atoms together. `None` where one is about an attribute that there is not.
pub(super) fn evidence(attributes: &[Attribute], atoms: &[Atom]) -> Option<Evidence> {
    let mut evidence = Evidence::new();
    for atom in atoms {
        let attribute = attributes.get(atom.attribute.0)?;
        let allowed = positions(attribute, atom);
        match evidence.get_mut(&atom.attribute.0) {
            Some(mask) => bits::intersect(mask, &allowed),
            None => {
                evidence.insert(atom.attribute.0, allowed);
            }
        }
    }
    Some(evidence)
}

fn positions(attribute: &Attribute, atom: &Atom) -> Vec<u64> {
    let mut allowed = vec![0; bits::words(attribute.size)];
    // What is not there is neither at, below nor above a position.
    let there = attribute.size - usize::from(attribute.optional);
    let position = atom.position;
    match atom.relation {
        Relation::Is => bits::add_range(
            &mut allowed,
            position.min(there),
            position.saturating_add(1).min(there),
        ),
        Relation::AtMost => {
            bits::add_range(&mut allowed, 0, position.saturating_add(1).min(there));
        }
        Relation::AtLeast => bits::add_range(&mut allowed, position.min(there), there),
        Relation::IsNot => {
            let excluded = position.min(there);
            let next = position.saturating_add(1).min(there);
            bits::add_range(&mut allowed, 0, excluded);
            bits::add_range(&mut allowed, next, attribute.size);
        }
    }
    allowed
}
