//! Questions in terms of atoms, answered by the passes.

use super::super::reasoner::{ABSENT, Answer, Atom, Core, Question, Reasoner, Witness};
use super::evidence::evidence;
use super::sweep::Passes;
use super::tree::Attribute;
use crate::catalog::Condition;

impl Passes {
    /// Takes the atoms as evidence; whether they are about attributes that there are.
    pub fn take(&mut self, atoms: &[Atom]) -> bool {
        let evidence = evidence(&self.tree.attributes, atoms);
        let known = evidence.is_some();
        self.observe(evidence.unwrap_or_default());
        known
    }

    /// Positions as a reasoner has them.
    pub fn witness(&self, positions: Vec<usize>) -> Witness {
        let position = |(position, attribute): (usize, &Attribute)| {
            let absent = attribute.optional && position + 1 == attribute.size;
            if absent { ABSENT } else { position }
        };
        (positions.into_iter().zip(&self.tree.attributes))
            .map(position)
            .collect()
    }

    /// As [`Reasoner::ask`] about everything.
    pub fn ask(&mut self, atoms: &[Atom]) -> Answer {
        if !self.take(atoms) {
            return Answer::Impossible(Core::default());
        }
        let Some(clique) = self.up() else {
            return Answer::Possible(self.witness(self.solution()));
        };
        // What is decided elsewhere has nothing to do with it.
        let below = self.attributes_below(clique);
        let blamed = |atom: &Atom| below.binary_search(&atom.attribute.0).is_ok();
        let atoms = atoms.iter().enumerate();
        Answer::Impossible(Core {
            atoms: atoms
                .filter(|(_, atom)| blamed(atom))
                .map(|(position, _)| position)
                .collect(),
            constraints: Vec::new(),
        })
    }
}

/// Answers about some of the solutions of a model, not by its constraints.
pub(super) struct Selection(pub Passes);

impl Reasoner for Selection {
    fn ask(&mut self, question: &Question) -> Answer {
        match question.constraints {
            None => self.0.ask(question.atoms),
            Some(_) => Answer::Unknown,
        }
    }

    fn sweep(&mut self, atoms: &[Atom]) -> Option<Vec<Vec<bool>>> {
        self.0.take(atoms).then(|| self.0.possible().to_vec())
    }

    /// So that nobody else is asked, who would look at all solutions.
    fn takes_conditions(&self) -> bool {
        true
    }

    fn can_ask_also(&mut self, _condition: &Condition) -> bool {
        false
    }
}
