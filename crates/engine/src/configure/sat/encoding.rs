//! A model as boolean variables, clauses and sums.

use std::cell::Cell;
use std::collections::BTreeMap;

use batsat::{Callbacks, Lit, Solver, SolverInterface, SolverOpts, lbool};

use super::attributes::Encoded;
use super::constraints;
use super::extras::Extras;
use super::inequality::Refusal;
use super::integer::{Grid, Integer};
use super::nearby::{Clauses, Nearby};
use super::polynomial::Polynomial;
use super::quantities::Quantities;
use super::ranges::ranges;
use super::residues::{Equality, Refinements, refinements};
use super::theory::{Arithmetic, IntegerIndex};
use crate::catalog::{AttributeIndex, Constraint, Model};
use crate::configure::Unsupported;
use crate::configure::reasoner::{ABSENT, Atom, Relation, Witness};

/// No integer and no sum is larger: then nothing leaves 64 bits.
pub const LARGEST: i128 = 1 << 62;

/// Up to so many literals, that two are not true together is said pair by pair.
const MOST_PAIRED: usize = 6;

/// The solver with all that it was told.
pub struct Encoding {
    pub solver: Solver<Effort>,
    pub arithmetic: Arithmetic,
    /// Always true.
    pub truth: Lit,
    /// What switches each constraint on; empty where all are always on.
    pub guards: BTreeMap<Constraint, Lit>,
    pub attributes: Vec<Encoded>,
    pub quantities: Quantities,
    equalities: BTreeMap<(IntegerIndex, i64), Lit>,
    /// Literals that are true exactly where all of others are.
    conjunctions: BTreeMap<Vec<Lit>, Lit>,
    /// Literals that are true exactly where a polynomial is zero.
    pub zeros: BTreeMap<Polynomial, Lit>,
    pub extras: Extras,
    /// Equalities demanded of the model, while they are wanted.
    pub demanded: Option<Vec<Equality>>,
    /// All clauses so far, while there is no arithmetic.
    clauses: Option<Clauses>,
    /// Where clauses say all of the model; what conditions besides add is left out.
    pub nearby: Option<Nearby>,
    /// How many steps the last model took.
    usual: Option<u32>,
}

/// Lets the solver stop after a number of steps.
#[derive(Default)]
pub struct Effort {
    allowed: Cell<Option<u32>>,
    taken: Cell<u32>,
}

impl Effort {
    /// Allows so many steps from now on; any number without.
    fn allow(&self, steps: Option<u32>) {
        self.allowed.set(steps);
        self.taken.set(0);
    }
}

impl Callbacks for Effort {
    fn stop(&self) -> bool {
        let taken = self.taken.get();
        self.taken.set(taken.saturating_add(1));
        self.allowed.get().is_some_and(|allowed| taken >= allowed)
    }
}

impl Encoding {
    /// Encodes the model; with `guarded`, so that constraints can be switched off. Numbers
    /// have no other values than their `refinements`, which follow from all constraints.
    pub fn new(
        model: &Model,
        guarded: bool,
        refinements: &Refinements,
    ) -> Result<Self, Unsupported> {
        let mut encoding = Self::empty();
        encoding.demanded = (!guarded).then(Vec::new);
        encoding.add_attributes(model, refinements)?;
        encoding.add_constraints(model, guarded)?;
        let demanded = encoding.demanded.take().unwrap_or_default();
        encoding.combine(model, &demanded);
        Ok(encoding)
    }

    /// Encodes the model with all constraints, and tells what follows for its numbers.
    pub fn refined(model: &Model) -> Result<(Self, Refinements), Unsupported> {
        let mut encoding = Self::empty();
        encoding.demanded = Some(Vec::new());
        encoding.add_attributes(model, &Refinements::new())?;
        encoding.add_constraints(model, false)?;
        let demanded = encoding.demanded.take().unwrap_or_default();
        let refinements = refinements(&encoding, &demanded, ranges(model, &encoding));
        encoding.combine(model, &demanded);
        Ok((encoding, refinements))
    }

    fn empty() -> Self {
        let options = SolverOpts {
            // Witnesses should differ: each new one shows more values to be possible.
            rnd_pol: true,
            phase_saving: 0,
            min_learnts_lim: 2000,
            ..SolverOpts::default()
        };
        let mut solver = Solver::new(options, Effort::default());
        let truth = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![truth]);
        Self {
            solver,
            arithmetic: Arithmetic::new(truth),
            truth,
            guards: BTreeMap::new(),
            attributes: Vec::new(),
            quantities: Quantities::default(),
            equalities: BTreeMap::new(),
            conjunctions: BTreeMap::new(),
            zeros: BTreeMap::new(),
            extras: Extras::default(),
            demanded: None,
            clauses: Some(Clauses::default()),
            nearby: None,
            usual: None,
        }
    }

    fn add_constraints(&mut self, model: &Model, guarded: bool) -> Result<(), Unsupported> {
        for constraint in crate::configure::check::constraints(model) {
            let guard = guarded.then(|| self.new_literal());
            self.guards.extend(guard.map(|it| (constraint, it)));
            let result = constraints::encode(self, model, constraint, guard);
            result.map_err(|refusal| refused(constraint, refusal))?;
        }
        self.nearby = self
            .clauses
            .take()
            .filter(|_| !guarded)
            .map(Nearby::Clauses);
        Ok(())
    }

    /// A new boolean.
    pub fn new_literal(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// At least one of `literals` is true.
    pub fn add_clause(&mut self, literals: &[Lit]) {
        if let Some(clauses) = &mut self.clauses {
            clauses.push(literals);
        }
        self.solver.add_clause_reuse(&mut literals.to_vec());
    }

    /// Of `literals`, exactly one is true where `there`, and none elsewhere.
    pub fn exactly_one(&mut self, literals: &[Lit], there: Lit) {
        self.add_clause(&[&[!there], literals].concat());
        if there != self.truth {
            for literal in literals {
                self.add_clause(&[!*literal, there]);
            }
        }
        if literals.len() > MOST_PAIRED {
            return self.one_by_one(literals);
        }
        for (position, one) in literals.iter().enumerate() {
            for other in &literals[..position] {
                self.add_clause(&[!*one, !*other]);
            }
        }
    }

    /// At most one is true: each says so to those after it, by a chain of literals.
    fn one_by_one(&mut self, literals: &[Lit]) {
        let mut before: Option<Lit> = None;
        for literal in literals {
            let so_far = self.new_literal();
            self.add_clause(&[!*literal, so_far]);
            if let Some(before) = before {
                self.add_clause(&[!before, so_far]);
                self.add_clause(&[!before, !*literal]);
            }
            before = Some(so_far);
        }
    }

    /// A literal that is true exactly where all of `literals` are.
    pub fn all_of(&mut self, literals: &[Lit]) -> Lit {
        let mut sorted: Vec<Lit> = literals.to_vec();
        sorted.retain(|it| *it != self.truth);
        sorted.sort_unstable();
        sorted.dedup();
        match sorted.as_slice() {
            [] => return self.truth,
            [only] => return *only,
            _ if sorted.contains(&!self.truth) => return !self.truth,
            _ => {}
        }
        if let Some(known) = self.conjunctions.get(&sorted) {
            return *known;
        }
        let literal = self.new_literal();
        let mut clause = vec![literal];
        for one in &sorted {
            self.add_clause(&[!literal, *one]);
            clause.push(!*one);
        }
        self.add_clause(&clause);
        self.conjunctions.insert(sorted, literal);
        literal
    }

    /// Literals that are all true, and the one that is true exactly then.
    pub fn conjunctions(&self) -> &BTreeMap<Vec<Lit>, Lit> {
        &self.conjunctions
    }

    /// A literal that is true exactly where one of `literals` is.
    pub fn any_of(&mut self, literals: &[Lit]) -> Lit {
        let opposite: Vec<Lit> = literals.iter().map(|it| !*it).collect();
        !self.all_of(&opposite)
    }

    /// Adds an integer variable.
    pub fn add_integer(&mut self, integer: Integer) -> IntegerIndex {
        // Clauses no longer say all.
        self.clauses = None;
        self.arithmetic.integers.push(integer);
        self.arithmetic.integers.len() - 1
    }

    /// Adds an integer that can have any value from `low` to `high`.
    pub fn add_range(&mut self, low: i64, high: i64) -> IntegerIndex {
        self.add_integer(Integer::new(Grid::Steps { low, step: 1 }, high))
    }

    /// A literal that says "at most `number`".
    pub fn at_most(&mut self, integer: IntegerIndex, number: i64) -> Lit {
        let it = &self.arithmetic.integers[integer];
        let value = match it.floor(number) {
            None => return !self.truth,
            Some(value) if value < it.low.value => return !self.truth,
            Some(value) if value >= it.high.value => return self.truth,
            Some(value) => value,
        };
        if let Some(known) = it.at_most(value) {
            return known;
        }
        let literal = self.new_literal();
        self.arithmetic.name_bound(integer, value, literal);
        literal
    }

    /// A literal that says "at least `number`".
    pub fn at_least(&mut self, integer: IntegerIndex, number: i64) -> Lit {
        !self.at_most(integer, number - 1)
    }

    /// A literal that says "exactly `number`".
    pub fn equal(&mut self, integer: IntegerIndex, number: i64) -> Lit {
        if let Some(known) = self.equalities.get(&(integer, number)) {
            return *known;
        }
        let ends = [
            self.at_most(integer, number),
            self.at_least(integer, number),
        ];
        let literal = self.all_of(&ends);
        self.equalities.insert((integer, number), literal);
        literal
    }

    /// Adds the literals that together say what `atom` says.
    pub fn assume(&mut self, atom: Atom, literals: &mut Vec<Lit>) {
        let (integer, there, range) = match self.attributes.get(atom.attribute.0) {
            Some(Encoded::Number {
                integer,
                there,
                range,
            }) => (*integer, *there, *range),
            _ => {
                let literal = self.option(atom.attribute, atom.position);
                literals.push(match atom.relation {
                    Relation::IsNot => !literal,
                    _ => literal,
                });
                return;
            }
        };
        let number = range.at(atom.position);
        match atom.relation {
            Relation::Is => {
                literals.push(self.at_least(integer, number));
                literals.push(self.at_most(integer, number));
            }
            Relation::IsNot => {
                let equal = self.equal(integer, number);
                literals.push(!self.all_of(&[equal, there]));
                return;
            }
            Relation::AtMost => literals.push(self.at_most(integer, number)),
            Relation::AtLeast => literals.push(self.at_least(integer, number)),
        }
        if there != self.truth {
            literals.push(there);
        }
    }

    /// Looks for a model in which all assumptions are true. Takes up to `effort` steps more
    /// than twice what the last model took.
    pub fn solve(&mut self, assumptions: &[Lit], effort: Option<u32>) -> lbool {
        let usual = self.usual.unwrap_or(self.solver.num_vars());
        let steps = effort.map(|it| it.saturating_add(usual).saturating_add(usual));
        self.solver.cb().allow(steps);
        let status = (self.solver).solve_limited_th(&mut self.arithmetic, assumptions);
        if status == lbool::TRUE {
            self.usual = Some(self.solver.cb().taken.get());
        }
        status
    }

    /// Reads the solver's last model.
    pub fn witness(&self) -> Witness {
        let is_true = |literal: &Lit| self.solver.value_lit(*literal) == lbool::TRUE;
        let position = |encoded: &Encoded| match encoded {
            Encoded::Options { literals, .. } => {
                literals.iter().position(is_true).unwrap_or(ABSENT)
            }
            Encoded::Number { there, .. } if !is_true(there) => ABSENT,
            Encoded::Number { integer, range, .. } => {
                range.position(self.arithmetic.model[*integer])
            }
        };
        self.attributes.iter().map(position).collect()
    }

    /// The literal of a part's presence; true where there is no such part to be without.
    pub fn presence(&self, part: Option<AttributeIndex>) -> Lit {
        part.map_or(self.truth, |part| self.option(part, 1))
    }
}

fn refused(constraint: Constraint, refusal: Refusal) -> Unsupported {
    match refusal {
        Refusal::Overflow => Unsupported::TooLarge { constraint },
        Refusal::Type => Unsupported::Type { constraint },
        Refusal::Construct(construct) => Unsupported::Construct {
            constraint,
            construct,
        },
        Refusal::Split(_) => Unsupported::Construct {
            constraint,
            construct: "so many divisions",
        },
    }
}
