//! A model as boolean variables, clauses and sums.

use std::cell::Cell;
use std::collections::BTreeMap;

use batsat::{Callbacks, Lit, Solver, SolverInterface, SolverOpts, lbool};

use super::integer::{Grid, Integer};
use super::polynomial::Quantity;
use super::theory::{Arithmetic, IntegerIndex};
use super::{constraints, inequality::Scaled};
use crate::catalog::{AttributeDomain, AttributeIndex, Constraint, Model, NumberRange, fraction};
use crate::configure::Unsupported;
use crate::configure::reasoner::{Atom, Relation, Witness};

/// Numbers get so many named bounds at the start, so that what is found differs.
const NAMED_BOUNDS: usize = 16;

/// No integer and no sum is larger: then nothing leaves 64 bits.
pub const LARGEST: i128 = 1 << 62;

/// The solver with all that it was told.
pub struct Encoding {
    pub solver: Solver<Effort>,
    pub arithmetic: Arithmetic,
    /// Always true.
    pub truth: Lit,
    /// What switches each constraint on; empty where all are always on.
    pub guards: BTreeMap<Constraint, Lit>,
    attributes: Vec<Encoded>,
    /// The integer behind each quantity, and by how much it is scaled up.
    quantities: BTreeMap<Quantity, Scaled>,
    equalities: BTreeMap<(IntegerIndex, i64), Lit>,
}

/// The values of one attribute.
enum Encoded {
    /// One literal for each option; exactly one is true.
    Options(Vec<Lit>),
    Number(IntegerIndex),
}

/// Lets the solver stop after a number of steps.
#[derive(Default)]
pub struct Effort(Cell<Option<u32>>);

impl Effort {
    /// Allows so many steps more; any number without.
    pub fn allow(&self, steps: Option<u32>) {
        self.0.set(steps);
    }
}

impl Callbacks for Effort {
    fn stop(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.map(|it| it.saturating_sub(1)));
        left == Some(0)
    }
}

impl Encoding {
    /// Encodes the model; with `guarded`, so that constraints can be switched off.
    pub fn new(model: &Model, guarded: bool) -> Result<Self, Unsupported> {
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
        let mut encoding = Self {
            solver,
            arithmetic: Arithmetic::new(truth),
            truth,
            guards: BTreeMap::new(),
            attributes: Vec::new(),
            quantities: BTreeMap::new(),
            equalities: BTreeMap::new(),
        };
        for index in model.indices() {
            let encoded = encoding.attribute(model, index)?;
            encoding.attributes.push(encoded);
        }
        for constraint in crate::configure::check::constraints(model) {
            let guard = guarded.then(|| encoding.new_literal());
            encoding.guards.extend(guard.map(|it| (constraint, it)));
            constraints::encode(&mut encoding, model, constraint, guard)?;
        }
        Ok(encoding)
    }

    fn attribute(&mut self, model: &Model, index: AttributeIndex) -> Result<Encoded, Unsupported> {
        let attribute = &model.attributes[index.0];
        let code = || attribute.code.clone();
        match &attribute.domain {
            AttributeDomain::Options(list) if list.options.is_empty() => {
                Err(Unsupported::NoValues { attribute: code() })
            }
            AttributeDomain::Options(list) => Ok(Encoded::Options(self.one_of(list.options.len()))),
            AttributeDomain::Flag | AttributeDomain::Presence(_) => {
                Ok(Encoded::Options(self.one_of(2)))
            }
            AttributeDomain::Number(range) => {
                let integer = self.number(index, range);
                integer
                    .map(Encoded::Number)
                    .ok_or_else(|| Unsupported::Range { attribute: code() })
            }
        }
    }

    /// `count` literals of which exactly one is true.
    fn one_of(&mut self, count: usize) -> Vec<Lit> {
        match count {
            1 => vec![self.truth],
            2 => {
                let literal = self.new_literal();
                vec![!literal, literal]
            }
            _ => {
                let literals: Vec<Lit> = (0..count).map(|_| self.new_literal()).collect();
                for (position, one) in literals.iter().enumerate() {
                    for other in &literals[..position] {
                        self.add_clause(&[!*one, !*other]);
                    }
                }
                self.add_clause(&literals);
                literals
            }
        }
    }

    fn number(&mut self, index: AttributeIndex, range: &NumberRange) -> Option<IntegerIndex> {
        let (low, step) = (fraction(range.min), fraction(range.step));
        let size = range.size().filter(|_| range.step.is_sign_positive())?;
        let scale = num_integer::lcm(*low.denom(), *step.denom());
        let low = low.numer().checked_mul(scale / low.denom())?;
        let step = step.numer().checked_mul(scale / step.denom())?;
        let high = low.checked_add(step.checked_mul(i128::try_from(size - 1).ok()?)?)?;
        if low.abs().max(high.abs()).max(scale) > LARGEST || u32::try_from(size).is_err() {
            return None;
        }
        let grid = Grid::Steps {
            low: i64::try_from(low).ok()?,
            step: i64::try_from(step).ok()?,
        };
        let integer = self.add_integer(Integer::new(grid, i64::try_from(high).ok()?));
        let scaled = Scaled { integer, scale };
        self.quantities.insert(Quantity::Number(index), scaled);
        for part in 1..size.min(NAMED_BOUNDS) {
            let position = part * size / size.min(NAMED_BOUNDS);
            self.at_least(integer, self.arithmetic.integers[integer].grid.at(position));
        }
        Some(integer)
    }

    /// Adds an integer variable.
    pub fn add_integer(&mut self, integer: Integer) -> IntegerIndex {
        self.arithmetic.integers.push(integer);
        self.arithmetic.integers.len() - 1
    }

    /// The integer behind a quantity; `None` where the attribute has no such thing.
    pub fn quantity(&mut self, model: &Model, quantity: Quantity) -> Option<Scaled> {
        if let Some(known) = self.quantities.get(&quantity) {
            return Some(*known);
        }
        let Quantity::Property(attribute, property) = quantity else {
            return None;
        };
        let scaled = self.property(model, attribute, property)?;
        self.quantities.insert(quantity, scaled);
        Some(scaled)
    }

    /// An integer that has the property of the chosen option.
    fn property(
        &mut self,
        model: &Model,
        attribute: AttributeIndex,
        property: usize,
    ) -> Option<Scaled> {
        let AttributeDomain::Options(list) = &model.attribute(attribute)?.domain else {
            return None;
        };
        let of_option = |option: &crate::catalog::OptionItem| {
            option.properties.get(property).map(|it| fraction(*it))
        };
        let numbers: Vec<_> = list.options.iter().map(of_option).collect::<Option<_>>()?;
        let scale = (numbers.iter()).fold(1, |scale, it| num_integer::lcm(scale, *it.denom()));
        let scaled_up = |it: &crate::catalog::Fraction| {
            let number = it.numer().checked_mul(scale / it.denom())?;
            i64::try_from(number)
                .ok()
                .filter(|it| i128::from(it.unsigned_abs()) <= LARGEST)
        };
        let numbers: Vec<i64> = numbers.iter().map(scaled_up).collect::<Option<_>>()?;
        let integer = self.selected(attribute, &numbers);
        Some(Scaled { integer, scale })
    }

    /// An integer that has `numbers[option]` for the chosen option.
    fn selected(&mut self, attribute: AttributeIndex, numbers: &[i64]) -> IntegerIndex {
        let mut values = numbers.to_vec();
        values.sort_unstable();
        values.dedup();
        let high = values[values.len() - 1];
        let integer = self.add_integer(Integer::new(Grid::List(values.clone()), high));
        for value in values {
            let (at_most, at_least) = (self.at_most(integer, value), self.at_least(integer, value));
            let mut supports = vec![!at_most, !at_least];
            for (option, number) in numbers.iter().enumerate() {
                if *number == value {
                    let chosen = self.option(attribute, option);
                    self.add_clause(&[!chosen, at_most]);
                    self.add_clause(&[!chosen, at_least]);
                    supports.push(chosen);
                }
            }
            self.add_clause(&supports);
        }
        integer
    }

    /// The literal of an option; false where there is no such option.
    pub fn option(&self, attribute: AttributeIndex, option: usize) -> Lit {
        match self.attributes.get(attribute.0) {
            Some(Encoded::Options(literals)) => literals.get(option).copied(),
            _ => None,
        }
        .unwrap_or(!self.truth)
    }

    /// The integer of a number attribute.
    pub fn integer(&self, attribute: AttributeIndex) -> Option<IntegerIndex> {
        match self.attributes.get(attribute.0)? {
            Encoded::Number(integer) => Some(*integer),
            Encoded::Options(_) => None,
        }
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
        if let Some(known) = it.literals.get(&value) {
            return *known;
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
        let (at_most, at_least) = (
            self.at_most(integer, number),
            self.at_least(integer, number),
        );
        let literal = self.new_literal();
        self.add_clause(&[!literal, at_most]);
        self.add_clause(&[!literal, at_least]);
        self.add_clause(&[literal, !at_most, !at_least]);
        self.equalities.insert((integer, number), literal);
        literal
    }

    /// A new boolean.
    pub fn new_literal(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// At least one of `literals` is true.
    pub fn add_clause(&mut self, literals: &[Lit]) {
        self.solver.add_clause_reuse(&mut literals.to_vec());
    }

    /// Adds the literals that together say what `atom` says.
    pub fn assume(&mut self, atom: Atom, literals: &mut Vec<Lit>) {
        let Some(integer) = self.integer(atom.attribute) else {
            let literal = self.option(atom.attribute, atom.position);
            literals.push(match atom.relation {
                Relation::IsNot => !literal,
                _ => literal,
            });
            return;
        };
        let number = self.arithmetic.integers[integer].grid.at(atom.position);
        match atom.relation {
            Relation::Is => {
                literals.push(self.at_least(integer, number));
                literals.push(self.at_most(integer, number));
            }
            Relation::IsNot => literals.push(!self.equal(integer, number)),
            Relation::AtMost => literals.push(self.at_most(integer, number)),
            Relation::AtLeast => literals.push(self.at_least(integer, number)),
        }
    }

    /// Reads the solver's last model.
    pub fn witness(&self) -> Witness {
        let is_true = |literal: &Lit| self.solver.value_lit(*literal) == lbool::TRUE;
        self.attributes
            .iter()
            .map(|encoded| match encoded {
                Encoded::Options(literals) => literals.iter().position(is_true).unwrap_or(0),
                Encoded::Number(integer) => {
                    let value = self.arithmetic.model[*integer];
                    self.arithmetic.integers[*integer].grid.position(value)
                }
            })
            .collect()
    }
}
