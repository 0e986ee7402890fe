//! Questions about some of the constraints: what an explanation asks.
//!
//! Tables are first narrowed by each other, which mostly is all it takes; what narrowed what
//! is the core. Else constraints are taken in as solutions of the others break them.

use std::collections::BTreeMap;

use super::super::reasoner::{Answer, Core, Question};
use super::constraints::Space;
use super::evidence::Evidence;
use super::narrow::{Domains, Indexed, Narrowing};
use super::table::{Picker, Table, Widths};
use super::{bits, consistency, eliminate, order};
use crate::catalog::Constraint;

/// The constraints of a model, one by one.
pub(super) struct Subset {
    tables: BTreeMap<Constraint, Indexed>,
    /// What always holds.
    given: Vec<Indexed>,
}

/// Positions of all attributes that some tables allow, or the tables that allow none.
type Solved = Result<Vec<usize>, Vec<usize>>;

impl Subset {
    /// `None` where the model cannot be written as tables.
    pub fn new(space: &Space) -> Option<Self> {
        let indexed = |table| Indexed::new(space, table);
        let tables = space.tables()?.into_iter();
        // That an attribute has one of its positions goes without saying.
        let given = space.given().into_iter().filter(|it| it.scope.len() > 1);
        Some(Self {
            tables: tables.map(|(it, table)| (it, indexed(table))).collect(),
            given: given.map(indexed).collect(),
        })
    }

    /// Answers with a core of the constraints; all atoms count as given.
    pub fn ask(&self, space: &Space, question: &Question, evidence: &Evidence) -> Answer {
        let constraints = question.constraints.unwrap_or_default();
        let tables: Option<Vec<&Indexed>> =
            constraints.iter().map(|it| self.tables.get(it)).collect();
        let Some(mut tables) = tables else {
            return Answer::Unknown;
        };
        tables.extend(&self.given);
        let domains = domains(space, evidence);
        match solution(space, &domains, &tables) {
            None => Answer::Unknown,
            Some(Ok(positions)) => Answer::Possible(space.witness(positions)),
            Some(Err(core)) => Answer::Impossible(Core {
                atoms: (0..question.atoms.len()).collect(),
                constraints: (core.into_iter())
                    .filter(|it| *it < constraints.len())
                    .collect(),
            }),
        }
    }
}

/// A solution of all tables; `None` where that is too large to be known.
fn solution(space: &Space, domains: &Domains, tables: &[&Indexed]) -> Option<Solved> {
    if let Some(core) = Narrowing::new(domains.clone(), tables).run() {
        return Some(Err(core.into_iter().collect()));
    }
    let mut taken: Vec<usize> = Vec::new();
    loop {
        let some: Vec<&Indexed> = taken.iter().map(|it| tables[*it]).collect();
        let positions = match solve(space, domains, &some)? {
            Ok(positions) => positions,
            Err(core) => return Some(Err(core.into_iter().map(|it| taken[it]).collect())),
        };
        let broken = |it: &usize| !allows(space, &tables[*it].table, &positions);
        let broken: Vec<usize> = (0..tables.len()).filter(broken).collect();
        if broken.is_empty() {
            return Some(Ok(positions));
        }
        taken.extend(broken);
        taken.sort_unstable();
    }
}

/// As [`solution`], by joining all tables at once.
fn solve(space: &Space, domains: &Domains, tables: &[&Indexed]) -> Option<Solved> {
    let mut narrowing = Narrowing::new(domains.clone(), tables);
    if let Some(core) = narrowing.run() {
        return Some(Err(core.into_iter().collect()));
    }
    let mut left = narrowing.left();
    let first = |it: &Vec<u64>| bits::first(it, 0, it.len() * 64).unwrap_or(0);
    let mut positions: Vec<usize> = narrowing.domains.iter().map(first).collect();
    let mut joined = vec![false; positions.len()];
    for attribute in left.iter().flat_map(|it| &it.scope) {
        joined[*attribute] = true;
    }
    let mut order = order::order(&space.widths, positions.len(), &left)?;
    order.retain(|it| joined[*it]);
    consistency::make_consistent(&space.widths, &mut left);
    let clusters = eliminate::eliminate(&space.widths, &left, &order)?;
    // From the last, which every other follows.
    let mut fixed = vec![false; positions.len()];
    for cluster in clusters.iter().rev() {
        if !follow(&space.widths, &cluster.table, &mut fixed, &mut positions) {
            return Some(Err((0..tables.len()).collect()));
        }
    }
    Some(Ok(positions))
}

/// Takes over the first row that has the positions already fixed, if there is one.
fn follow(widths: &Widths, table: &Table, fixed: &mut [bool], positions: &mut [usize]) -> bool {
    let known: Vec<usize> = (table.scope.iter().copied())
        .filter(|it| fixed[*it])
        .collect();
    let wanted = widths.pack(&known, known.iter().map(|it| positions[*it]));
    let picker = Picker::new(widths, &table.scope, &known);
    let Some(row) = (table.rows.iter()).find(|it| picker.pick(**it) == wanted) else {
        return false;
    };
    for attribute in &table.scope {
        let only = Picker::new(widths, &table.scope, &[*attribute]);
        positions[*attribute] = only.pick(*row) as usize;
        fixed[*attribute] = true;
    }
    true
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
