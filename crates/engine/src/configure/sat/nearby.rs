//! Configurations near a known one: one value changed, and what that breaks mended in turn.
//! Where it works it costs far less than a question, and what it finds needs no proof.

use batsat::{Lit, SolverInterface as _, lbool};

use super::attributes::Encoded;
use super::encoding::Encoding;
use crate::catalog::AttributeIndex;
use crate::configure::reasoner::Atom;

/// So many values change for one that is wanted, before it is left to a question.
const MOST_CHANGES: usize = 400;

/// So many in a row may fail, at least and at most, before the rest is left to questions; twice as
/// many where one of [`FEW`] was found, else half as many.
const PATIENCE: (usize, usize) = (8, 256);
const FEW: usize = 8;

/// The clauses of an encoding without arithmetic, kept for looking things up.
#[derive(Default)]
pub struct Clauses {
    literals: Vec<Lit>,
    /// Where each clause ends.
    ends: Vec<usize>,
}

impl Clauses {
    /// Keeps one more.
    pub fn push(&mut self, clause: &[Lit]) {
        self.literals.extend(clause);
        self.ends.push(self.literals.len());
    }

    /// Each of them.
    pub fn all(&self) -> impl Iterator<Item = &[Lit]> {
        (0..self.len()).map(|it| self.of(it))
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn of(&self, clause: usize) -> &[Lit] {
        let start = clause.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.literals[start..self.ends[clause]]
    }
}

/// What it takes to look near a known configuration.
pub enum Nearby {
    /// As long as that has not been needed.
    Clauses(Clauses),
    Ready(Box<Walk>),
}

/// A solution that is changed bit by bit.
pub struct Walk {
    clauses: Clauses,
    /// By literal, the clauses that have it.
    users: Lists<u32>,
    /// By literal, the values of attributes that it stands for.
    meanings: Lists<(AttributeIndex, usize)>,
    /// By literal.
    is_true: Vec<bool>,
    /// By literal: asked for.
    open: Vec<bool>,
    /// By variable: not to be changed.
    locked: Vec<bool>,
    /// How many literals of each clause are true.
    support: Vec<u32>,
    /// Literals made true since the last solution, in that order.
    changes: Vec<Lit>,
    /// Clauses that may have to be mended.
    broken: Vec<usize>,
    tries: Tries,
}

/// How well it goes.
struct Tries {
    /// So many in a row may fail.
    patience: usize,
    failed_in_a_row: usize,
    made: usize,
    succeeded: usize,
}

impl Tries {
    fn new() -> Self {
        Self {
            patience: PATIENCE.1,
            failed_in_a_row: 0,
            made: 0,
            succeeded: 0,
        }
    }

    /// Whether it is worth another.
    fn go_on(&self) -> bool {
        self.failed_in_a_row < self.patience
    }

    fn note(&mut self, success: bool) {
        self.made += 1;
        self.succeeded += usize::from(success);
        self.failed_in_a_row = match success {
            true => 0,
            false => self.failed_in_a_row + 1,
        };
    }

    /// Ends those near one solution.
    fn end(&mut self) {
        let (least, most) = PATIENCE;
        self.patience = match self.succeeded * FEW < self.made {
            true => (self.patience / 2).max(least),
            false => (self.patience * 2).min(most),
        };
        *self = Self {
            patience: self.patience,
            ..Self::new()
        };
    }
}

/// Lists by number, one after the other.
struct Lists<T> {
    ends: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy> Lists<T> {
    fn new(count: usize, mut pairs: Vec<(usize, T)>) -> Self {
        // Stable, so that items stay in order.
        pairs.sort_by_key(|it| it.0);
        let mut ends = vec![0; count];
        for (number, _) in &pairs {
            ends[*number] += 1;
        }
        let mut end = 0;
        for it in &mut ends {
            end += *it;
            *it = end;
        }
        let items = pairs.into_iter().map(|it| it.1).collect();
        Self { ends, items }
    }

    fn of(&self, number: usize) -> &[T] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[number]]
    }
}

fn index(literal: Lit) -> usize {
    literal.idx() as usize
}

fn variable(literal: Lit) -> usize {
    literal.var().idx() as usize
}

impl Walk {
    /// What has to hold, besides what is settled.
    pub fn clauses(&self) -> &Clauses {
        &self.clauses
    }

    /// Changes the solution so that the literal is true; whether that can be mended. If not,
    /// the solution stays as it was.
    fn reach(&mut self, wanted: Lit) -> bool {
        let success = self.change_for(wanted);
        self.tries.note(success);
        success
    }

    fn change_for(&mut self, wanted: Lit) -> bool {
        self.changes.clear();
        self.broken.clear();
        self.make_true(wanted);
        while let Some(clause) = self.broken.pop() {
            if self.support[clause] > 0 {
                continue;
            }
            let next = match self.changes.len() < MOST_CHANGES {
                true => self.mending(clause),
                false => None,
            };
            let Some(next) = next else {
                self.take_back();
                return false;
            };
            self.make_true(next);
        }
        for change in &self.changes {
            self.locked[variable(*change)] = false;
        }
        true
    }

    fn make_true(&mut self, literal: Lit) {
        self.locked[variable(literal)] = true;
        self.changes.push(literal);
        self.set(literal);
        for clause in self.users.of(index(!literal)) {
            if self.support[*clause as usize] == 0 {
                self.broken.push(*clause as usize);
            }
        }
    }

    fn set(&mut self, literal: Lit) {
        self.is_true[index(literal)] = true;
        self.is_true[index(!literal)] = false;
        for clause in self.users.of(index(literal)) {
            self.support[*clause as usize] += 1;
        }
        for clause in self.users.of(index(!literal)) {
            self.support[*clause as usize] -= 1;
        }
    }

    fn take_back(&mut self) {
        while let Some(change) = self.changes.pop() {
            self.locked[variable(change)] = false;
            self.set(!change);
        }
    }

    /// The literal of a broken clause that breaks the fewest others; of several, one that is
    /// asked for.
    fn mending(&self, clause: usize) -> Option<Lit> {
        let free = self.clauses.of(clause).iter().copied();
        let free = free.filter(|it| !self.locked[variable(*it)]);
        free.min_by_key(|it| (self.breaks(*it), !self.open[index(*it)]))
    }

    /// How many clauses only have the opposite of this literal.
    fn breaks(&self, literal: Lit) -> usize {
        let users = self.users.of(index(!literal)).iter();
        users.filter(|it| self.support[**it as usize] == 1).count()
    }
}

impl Encoding {
    /// As [`Reasoner::nearby`](crate::configure::reasoner::Reasoner::nearby), from the
    /// solver's last model on; nothing where there is arithmetic.
    pub fn nearby(&mut self, atoms: &[Atom], open: &[Atom]) -> Vec<Atom> {
        let mut walk = match self.nearby.take() {
            None => return Vec::new(),
            Some(Nearby::Clauses(clauses)) => Box::new(self.walk(&clauses)),
            Some(Nearby::Ready(walk)) => walk,
        };
        let found = match self.start(&mut walk, atoms) {
            true => self.walk_to(&mut walk, atoms, open),
            false => Vec::new(),
        };
        self.nearby = Some(Nearby::Ready(walk));
        found
    }

    fn walk(&self, all: &Clauses) -> Walk {
        let mut clauses = Clauses::default();
        let settled = |it: &Lit| self.solver.value_lvl_0(*it) == lbool::TRUE;
        for clause in all.all() {
            if !clause.iter().any(settled) {
                clauses.push(clause);
            }
        }
        let literals = 2 * self.solver.num_vars() as usize;
        let uses = (0..clauses.len()).flat_map(|clause| {
            let each = clauses.of(clause).iter();
            each.map(move |it| (index(*it), clause as u32))
        });
        let mut meanings = Vec::new();
        for (attribute, it) in self.attributes.iter().enumerate() {
            if let Encoded::Options { literals, .. } = it {
                let meaning = |(position, literal): (usize, &Lit)| {
                    (index(*literal), (AttributeIndex(attribute), position))
                };
                meanings.extend(literals.iter().enumerate().map(meaning));
            }
        }
        Walk {
            users: Lists::new(literals, uses.collect()),
            meanings: Lists::new(literals, meanings),
            is_true: vec![false; literals],
            open: vec![false; literals],
            locked: vec![false; literals / 2],
            support: vec![0; clauses.len()],
            clauses,
            changes: Vec::new(),
            broken: Vec::new(),
            tries: Tries::new(),
        }
    }

    /// Starts from the solver's last model; whether there is one and all atoms hold in it.
    fn start(&self, walk: &mut Walk, atoms: &[Atom]) -> bool {
        walk.support.fill(0);
        walk.open.fill(false);
        walk.locked.fill(false);
        let model = self.solver.get_model();
        for number in 0..walk.locked.len() {
            let Some(value) = model.get(number).filter(|it| **it != lbool::UNDEF) else {
                return false;
            };
            // As the solver numbers literals.
            let is_true = 2 * number + usize::from(*value == lbool::FALSE);
            walk.is_true[is_true] = true;
            walk.is_true[is_true ^ 1] = false;
            for clause in walk.users.of(is_true) {
                walk.support[*clause as usize] += 1;
            }
        }
        for literal in self.solver.proved_at_lvl_0() {
            if let Some(locked) = walk.locked.get_mut(variable(*literal)) {
                *locked = true;
            }
        }
        for atom in atoms {
            let literal = self.option(atom.attribute, atom.position);
            if !walk.is_true[index(literal)] {
                return false;
            }
            walk.locked[variable(literal)] = true;
        }
        true
    }

    fn walk_to(&self, walk: &mut Walk, atoms: &[Atom], open: &[Atom]) -> Vec<Atom> {
        let literal = |it: &Atom| self.option(it.attribute, it.position);
        for atom in open {
            walk.open[index(literal(atom))] = true;
        }
        let mut found = Vec::new();
        for atom in open {
            if !walk.tries.go_on() {
                break;
            }
            let wanted = literal(atom);
            if !walk.open[index(wanted)] {
                continue;
            }
            if walk.is_true[index(wanted)] {
                found.push(*atom);
                continue;
            }
            let chosen = atoms.iter().find(|it| it.attribute == atom.attribute);
            if let Some(chosen) = chosen {
                // Another value than the chosen one says nothing about other attributes.
                let chosen = literal(chosen);
                let settled = |it| self.solver.value_lvl_0(it) != lbool::UNDEF;
                if settled(chosen) || settled(wanted) {
                    continue;
                }
                walk.locked[variable(chosen)] = false;
                if walk.reach(wanted) {
                    found.push(*atom);
                    walk.take_back();
                }
                walk.locked[variable(chosen)] = true;
                continue;
            }
            if walk.locked[variable(wanted)] || !walk.reach(wanted) {
                continue;
            }
            for change in &walk.changes {
                if std::mem::take(&mut walk.open[index(*change)]) {
                    let values = walk.meanings.of(index(*change)).iter();
                    found.extend(values.map(|it| Atom::is(it.0, it.1)));
                }
            }
        }
        walk.tries.end();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{AttributeDomain, Condition, Model};
    use crate::configure::kit::{attribute, rule};
    use crate::configure::reasoner::{Answer, Question, Reasoner, SatReasoner};

    /// Twelve flags, and as many clauses of three of them as `seed` makes.
    fn clauses(seed: usize) -> Model {
        let mut number = seed;
        let mut next = |limit: usize| {
            number = number.wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
            (number >> 8) % limit
        };
        let mut model = Model::default();
        for _ in 0..12 {
            model
                .attributes
                .push(attribute(AttributeDomain::Flag, None));
        }
        for _ in 0..20 + next(25) {
            let literal = |next: &mut dyn FnMut(usize) -> usize| Condition::Is {
                attribute: AttributeIndex(next(12)),
                options: vec![next(2)],
            };
            let any = (0..3).map(|_| literal(&mut next)).collect();
            model.rules.push(rule(None, Condition::Any(any)));
        }
        model
    }

    #[test]
    fn what_is_found_near_a_solution_is_possible() {
        let mut found = 0;
        for seed in 0..300 {
            let mut reasoner = SatReasoner::new(clauses(seed)).unwrap();
            let mut possible = |atoms: &[Atom]| {
                let question = Question {
                    atoms,
                    constraints: None,
                    effort: None,
                };
                let answer = reasoner.ask(&question);
                matches!(answer, Answer::Possible(_))
            };
            let decided = [Atom::is(AttributeIndex(seed % 12), seed / 12 % 2)];
            let all: Vec<Atom> = (0..24)
                .map(|it| Atom::is(AttributeIndex(it / 2), it % 2))
                .collect();
            let with = |atom: Atom| {
                let others = decided.iter().filter(|it| it.attribute != atom.attribute);
                others.copied().chain([atom]).collect::<Vec<Atom>>()
            };
            let expected: Vec<bool> = all.iter().map(|it| possible(&with(*it))).collect();
            if !possible(&decided) {
                continue;
            }
            for atom in reasoner.nearby(&decided, &all) {
                let position = all.iter().position(|it| *it == atom).unwrap();
                assert!(expected[position], "{seed}: {atom:?}");
                found += 1;
            }
        }
        assert!(found > 1_000, "only {found}");
    }
}
