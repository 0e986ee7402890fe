//! Reasoning by a boolean solver (batsat) with our own arithmetic beside it.

mod attributes;
mod cardinality;
mod causes;
mod combined;
mod constraints;
mod encoding;
mod extras;
mod formulas;
mod implied;
mod inequality;
mod integer;
mod interval;
mod models;
mod nearby;
mod partial;
mod polynomial;
mod quantities;
mod ranges;
mod residues;
mod split;
mod sum;
mod tables;
mod theory;

use std::collections::BTreeSet;

use batsat::{Lit, SolverInterface, lbool};
use num_bigint::BigUint;

use self::encoding::Encoding;
use self::inequality::Refusal;
use self::residues::Refinements;
use super::Unsupported;
use super::models::ModelCounter;
use super::reasoner::{Answer, Atom, Core, Implied, Question, Reasoner};
use crate::catalog::{Condition, Constraint, Model};

/// Questions about numbers leave variables behind; with so many, and as many as it had when
/// new, the solver is made anew.
const MOST_LEFT_BEHIND: u32 = 300;

/// Answers by a boolean solver.
pub struct SatReasoner {
    model: Model,
    /// What follows from all constraints together about the values of numbers.
    refinements: Refinements,
    /// With all constraints always on.
    whole: Tidy,
    /// With constraints that can be switched off; made when first needed.
    parts: Option<Tidy>,
    /// What counts, if anything can; made when first needed.
    counter: Option<Option<ModelCounter>>,
}

/// An encoding, and how large it was when new.
struct Tidy {
    encoding: Encoding,
    variables: u32,
}

impl SatReasoner {
    /// Encodes the model.
    pub fn new(model: Model) -> Result<Self, Unsupported> {
        let (mut encoding, refinements) = Encoding::refined(&model)?;
        if !refinements.is_empty() {
            encoding = Encoding::new(&model, false, &refinements)?;
        }
        Ok(Self {
            model,
            refinements,
            whole: Tidy::new(encoding),
            parts: None,
            counter: None,
        })
    }

    /// The encoding that can answer, made anew where it has grown too large.
    fn ready(&mut self, guarded: bool) -> Result<&mut Encoding, Unsupported> {
        let none = Refinements::new();
        let refinements = if guarded { &none } else { &self.refinements };
        let anew = || Encoding::new(&self.model, guarded, refinements).map(Tidy::new);
        let tidy = if guarded {
            match &mut self.parts {
                Some(parts) => parts,
                none => none.insert(anew()?),
            }
        } else {
            &mut self.whole
        };
        let most = tidy.variables + MOST_LEFT_BEHIND.max(tidy.variables);
        if tidy.encoding.solver.num_vars() > most {
            *tidy = anew()?;
        }
        Ok(&mut tidy.encoding)
    }
}

impl Tidy {
    fn new(encoding: Encoding) -> Self {
        let variables = encoding.solver.num_vars();
        Self {
            encoding,
            variables,
        }
    }

    /// Literals that imply the conditions. What they need does not count as left behind.
    fn extras(&mut self, model: &Model, conditions: &[Condition]) -> Result<Vec<Lit>, Refusal> {
        let encoding = &mut self.encoding;
        let before = encoding.solver.num_vars();
        let known = encoding.extras.len();
        let literals = (conditions.iter())
            .map(|it| encoding.extra(model, it))
            .collect();
        if encoding.extras.len() > known {
            self.variables += encoding.solver.num_vars() - before;
        }
        literals
    }
}

impl Reasoner for SatReasoner {
    fn ask(&mut self, question: &Question) -> Answer {
        match self.ready(question.constraints.is_some()) {
            Ok(encoding) => answer(encoding, question, &[]),
            // What could be encoded once can be encoded again.
            Err(_) => Answer::Unknown,
        }
    }

    fn implied(&mut self, atoms: &[Atom]) -> Option<Implied> {
        let encoding = self.ready(false).ok()?;
        let question = Question {
            atoms,
            constraints: None,
            effort: None,
        };
        encoding.watch(atoms);
        let answer = answer(encoding, &question, &[]);
        let impossible = encoding.implied();
        Some(Implied { answer, impossible })
    }

    fn nearby(&mut self, atoms: &[Atom], open: &[Atom]) -> Vec<Atom> {
        match self.ready(false) {
            Ok(encoding) => encoding.nearby(atoms, open),
            Err(_) => Vec::new(),
        }
    }

    fn counted(&mut self, atoms: &[Atom], left: &mut u32) -> Option<BigUint> {
        let encoding = &self.whole.encoding;
        let counter = self.counter.get_or_insert_with(|| encoding.model_counter());
        let literals: Vec<u32> = atoms.iter().map(|it| encoding.says(*it)).collect();
        counter.as_mut()?.count(&literals, left).ok()
    }

    fn takes_conditions(&self) -> bool {
        true
    }

    fn can_ask_also(&mut self, condition: &Condition) -> bool {
        let asked = std::slice::from_ref(condition);
        self.whole.extras(&self.model, asked).is_ok()
    }

    fn ask_also(&mut self, question: &Question, also: &[Condition]) -> Answer {
        if self.ready(false).is_err() {
            return Answer::Unknown;
        }
        match self.whole.extras(&self.model, also) {
            Ok(also) => answer(&mut self.whole.encoding, question, &also),
            Err(_) => Answer::Unknown,
        }
    }
}

fn answer(encoding: &mut Encoding, question: &Question, also: &[Lit]) -> Answer {
    let enabled = question.constraints.unwrap_or_default();
    let guards: Vec<Lit> = (enabled.iter())
        .map(|it| encoding.guards.get(it).copied().unwrap_or(encoding.truth))
        .collect();
    let asked: BTreeSet<&Constraint> = enabled.iter().collect();
    let disabled = (encoding.guards.iter())
        .filter(|(constraint, _)| !asked.contains(constraint))
        .map(|(_, guard)| !*guard);
    let mut assumptions: Vec<Lit> = guards.iter().copied().chain(disabled).collect();
    assumptions.extend(also);
    let mut starts = Vec::with_capacity(question.atoms.len());
    for atom in question.atoms {
        starts.push(assumptions.len());
        encoding.assume(*atom, &mut assumptions);
    }
    let status = encoding.solve(&assumptions, question.effort);
    if status == lbool::TRUE {
        return Answer::Possible(encoding.witness());
    }
    if status != lbool::FALSE {
        return Answer::Unknown;
    }
    let solver = &encoding.solver;
    let blamed = |literal: &Lit| solver.unsat_core_contains_lit(!*literal);
    let ends = starts.iter().skip(1).copied().chain([assumptions.len()]);
    let atoms = (starts.iter().zip(ends).enumerate())
        .filter(|(_, (start, end))| assumptions[**start..*end].iter().any(blamed));
    let constraints = guards.iter().enumerate().filter(|(_, guard)| blamed(guard));
    Answer::Impossible(Core {
        atoms: atoms.map(|(position, _)| position).collect(),
        constraints: constraints.map(|(position, _)| position).collect(),
    })
}
