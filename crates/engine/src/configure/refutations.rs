//! What was found impossible, so that it need not be found out again.

use std::collections::BTreeMap;

use super::reasoner::{Atom, Core, Relation};

/// So many are remembered.
const REMEMBERED: usize = 2_000;

/// So many atoms may one have: the longer, the less often it applies.
const LONGEST: usize = 12;

/// Sets of atoms that cannot hold together, whatever else is asked.
#[derive(Default)]
pub(super) struct Refutations {
    /// By one of their atoms.
    by_atom: BTreeMap<Atom, Vec<Box<[Atom]>>>,
    count: usize,
    /// Position of the atom "is" of each attribute in the question at hand.
    asked: Vec<Option<usize>>,
}

impl Refutations {
    /// Remembers the part of a question that was impossible.
    pub fn learn(&mut self, atoms: &[Atom], core: &Core) {
        let set: Box<[Atom]> = core.atoms.iter().map(|it| atoms[*it]).collect();
        // Questions put what is new last.
        let Some(key) = set.last().copied().filter(|_| set.len() <= LONGEST) else {
            return;
        };
        if self.count == REMEMBERED {
            self.by_atom.clear();
            self.count = 0;
        }
        self.count += 1;
        self.by_atom.entry(key).or_default().push(set);
    }

    /// A part of a question that is known to be impossible.
    pub fn recall(&mut self, atoms: &[Atom]) -> Option<Core> {
        for (position, atom) in atoms.iter().enumerate() {
            if atom.relation == Relation::Is {
                let attribute = atom.attribute.0;
                if self.asked.len() <= attribute {
                    self.asked.resize(attribute + 1, None);
                }
                self.asked[attribute] = Some(position);
            }
        }
        let core = (atoms.iter().rev())
            .flat_map(|it| self.by_atom.get(it).into_iter().flatten())
            .find_map(|set| self.part_of(set, atoms));
        for atom in atoms {
            if let Some(asked) = self.asked.get_mut(atom.attribute.0) {
                *asked = None;
            }
        }
        core
    }

    /// The positions of atoms that imply all of `set`.
    fn part_of(&self, set: &[Atom], atoms: &[Atom]) -> Option<Core> {
        let implied = |wanted: &Atom| {
            let asked = self.asked.get(wanted.attribute.0).copied().flatten();
            asked
                .filter(|it| wanted.admits(atoms[*it].position))
                .or_else(|| atoms.iter().position(|it| it == wanted))
        };
        // Most differ in the first place, so that nothing is collected for nothing.
        if !set.iter().all(|it| implied(it).is_some()) {
            return None;
        }
        let mut positions: Vec<usize> = set.iter().filter_map(implied).collect();
        positions.sort_unstable();
        positions.dedup();
        Some(Core {
            atoms: positions,
            constraints: Vec::new(),
        })
    }
}
