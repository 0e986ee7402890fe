//! Counting the configurations of a model that clauses say all of.

use batsat::{Lit, SolverInterface as _};

use super::attributes::Encoded;
use super::encoding::Encoding;
use super::nearby::Nearby;
use crate::configure::models::{Literal, ModelCounter};
use crate::configure::reasoner::{Atom, Relation};

impl Encoding {
    /// What counts the configurations; nothing where there is arithmetic.
    pub fn model_counter(&self) -> Option<ModelCounter> {
        let clauses = match self.nearby.as_ref()? {
            Nearby::Clauses(clauses) => clauses,
            Nearby::Ready(walk) => walk.clauses(),
        };
        let settled = self.solver.proved_at_lvl_0().iter();
        let settled = settled.map(|it| vec![numbered(*it)]);
        let all: Vec<Vec<Literal>> = (clauses.all())
            .map(|it| it.iter().map(|it| numbered(*it)).collect())
            .chain(settled)
            .collect();
        let told_apart = self.told_apart();
        Some(ModelCounter::new(told_apart, all.iter().map(Vec::as_slice)))
    }

    /// By variable, whether it is part of a configuration, or is what others say.
    fn told_apart(&self) -> Vec<bool> {
        let mut told_apart = vec![false; self.solver.num_vars() as usize];
        for attribute in &self.attributes {
            if let Encoded::Options { literals, .. } = attribute {
                for literal in literals {
                    told_apart[variable(*literal)] = true;
                }
            }
        }
        loop {
            let before = told_apart.iter().filter(|it| **it).count();
            for (parts, literal) in self.conjunctions() {
                if parts.iter().all(|it| told_apart[variable(*it)]) {
                    told_apart[variable(*literal)] = true;
                }
            }
            if told_apart.iter().filter(|it| **it).count() == before {
                return told_apart;
            }
        }
    }

    /// What an atom about options says.
    pub fn says(&self, atom: Atom) -> Literal {
        let literal = self.option(atom.attribute, atom.position);
        numbered(match atom.relation {
            Relation::IsNot => !literal,
            _ => literal,
        })
    }
}

fn variable(literal: Lit) -> usize {
    literal.var().idx() as usize
}

/// The solver numbers literals in the same way.
fn numbered(literal: Lit) -> Literal {
    literal.idx()
}
