//! Questions about some of the constraints: what an explanation asks.
//!
//! Tables are first narrowed by each other, which mostly is all it takes; what narrowed what
//! is the core. Else constraints are taken in as solutions of the others break them.

use std::collections::BTreeMap;

use super::super::reasoner::{Answer, Core, Question};
use super::bits;
use super::constraints::Space;
use super::evidence::Evidence;
use super::narrow::{Domains, Narrowing};
use super::sweep::Passes;
use super::table::Table;
use crate::catalog::Constraint;

/// The constraints of a model, one by one.
pub(super) struct Subset {
    tables: BTreeMap<Constraint, Table>,
    /// What always holds.
    given: Vec<Table>,
}

impl Subset {
    /// `None` where the model cannot be written as tables.
    pub fn new(space: &Space) -> Option<Self> {
        Some(Self {
            tables: space.tables()?.into_iter().collect(),
            given: space.given(),
        })
    }

    /// Answers with a core of the constraints; all atoms count as given.
    pub fn ask(&self, space: &Space, question: &Question, evidence: &Evidence) -> Answer {
        let constraints = question.constraints.unwrap_or_default();
        let tables: Option<Vec<&Table>> =
            constraints.iter().map(|it| self.tables.get(it)).collect();
        let Some(tables) = tables else {
            return Answer::Unknown;
        };
        let impossible = |constraints: Vec<usize>| {
            Answer::Impossible(Core {
                atoms: (0..question.atoms.len()).collect(),
                constraints,
            })
        };
        let domains = domains(space, evidence);
        if let Err(core) = self.narrow(space, &domains, &tables) {
            return impossible(core);
        }
        let mut taken: Vec<usize> = Vec::new();
        loop {
            let some: Vec<&Table> = taken.iter().map(|it| tables[*it]).collect();
            let Some(solved) = self.solve(space, &domains, &some) else {
                return Answer::Unknown;
            };
            let Some(positions) = solved else {
                return impossible(taken);
            };
            let broken = |it: &usize| !allows(space, tables[*it], &positions);
            let broken: Vec<usize> = (0..tables.len()).filter(broken).collect();
            if broken.is_empty() {
                return Answer::Possible(space.witness(positions));
            }
            taken.extend(broken);
            taken.sort_unstable();
        }
    }

    /// The tables and what is given, without what they rule out of each other; which of the
    /// tables leave nothing, if so.
    fn narrow(
        &self,
        space: &Space,
        domains: &Domains,
        tables: &[&Table],
    ) -> Result<Vec<Table>, Vec<usize>> {
        let all: Vec<&Table> = tables.iter().copied().chain(&self.given).collect();
        let mut narrowing = Narrowing::new(space, domains.clone(), &all);
        match narrowing.run() {
            None => Ok(narrowing.tables),
            Some(core) => Err(core.into_iter().filter(|it| *it < tables.len()).collect()),
        }
    }

    /// A solution of some tables, if there is one; `None` where that is too large to be known.
    fn solve(
        &self,
        space: &Space,
        domains: &Domains,
        tables: &[&Table],
    ) -> Option<Option<Vec<usize>>> {
        let Ok(tables) = self.narrow(space, domains, tables) else {
            return Some(None);
        };
        let mut passes = Passes::new(super::join(space, tables)?);
        let solvable = passes.up().is_none();
        Some(solvable.then(|| passes.solution()))
    }
}

fn domains(space: &Space, evidence: &Evidence) -> Domains {
    let domain = |(attribute, size): (usize, &usize)| match evidence.get(&attribute) {
        Some(mask) => mask.clone(),
        None => bits::full(*size),
    };
    space.sizes.iter().enumerate().map(domain).collect()
}

/// Whether a table has the row that these positions make.
fn allows(space: &Space, table: &Table, positions: &[usize]) -> bool {
    let row = table.scope.iter().map(|it| positions[*it]);
    let row = space.widths.pack(&table.scope, row);
    table.rows.binary_search(&row).is_ok()
}
