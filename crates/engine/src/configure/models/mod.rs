//! How many models clauses have, exactly.
//!
//! One variable after the other is decided, and what falls apart then is counted piece by
//! piece, each piece once (R. Bayardo and J. Pehoushek, *Counting models using connected
//! components*, 2000; T. Sang and others, *Combining component caching and clause learning*,
//! 2004). Those variables are decided first that hold the others together (T. Korhonen and
//! M. Järvisalo, *Integrating tree decompositions into decision heuristics of propositional
//! model counters*, 2021).

mod clauses;
mod order;

use std::collections::BTreeMap;

use num_bigint::BigUint;

use self::clauses::{Clauses, Marks};

/// A variable times two, plus one where it is negated.
pub type Literal = u32;

/// So many bytes of pieces are remembered.
const MOST_REMEMBERED: usize = 1 << 25;

/// Looking at so many variables and clauses is a step.
const LOOKED_AT_IN_A_STEP: usize = 1024;

/// Clauses to be counted, with what was counted before.
pub struct ModelCounter {
    clauses: Clauses,
    /// By variable, whether its values are told apart. Of the others it only matters whether
    /// they can have any.
    told_apart: Vec<bool>,
    /// By variable, its place in the order of elimination: the last hold others together.
    ranks: Vec<u32>,
    known: BTreeMap<Box<[u8]>, BigUint>,
    /// The size of what is known.
    bytes: usize,
    variables_seen: Marks,
    clauses_seen: Marks,
}

/// Variables and clauses that are connected, and nothing else with them.
struct Piece {
    variables: Vec<u32>,
    /// Those of three literals and more.
    clauses: Vec<u32>,
    /// The variable to decide.
    branch: u32,
}

/// The effort allowed did not suffice.
#[derive(Debug, PartialEq, Eq)]
pub struct TooMany;

impl ModelCounter {
    /// Of variables whose values are told apart, or not, and clauses about them.
    pub fn new<'c>(
        told_apart: Vec<bool>,
        clauses: impl IntoIterator<Item = &'c [Literal]>,
    ) -> Self {
        let clauses = Clauses::new(told_apart.len(), clauses);
        Self {
            ranks: order::ranks(&clauses),
            known: BTreeMap::new(),
            bytes: 0,
            variables_seen: Marks::new(told_apart.len()),
            clauses_seen: Marks::new(clauses.count()),
            told_apart,
            clauses,
        }
    }

    /// How many models have all of these literals; takes what it takes off the steps `left`.
    pub fn count(&mut self, literals: &[Literal], left: &mut u32) -> Result<BigUint, TooMany> {
        let before = self.clauses.decided();
        let all: Vec<u32> = (0..).take(self.told_apart.len()).collect();
        let found = match self.clauses.assume(literals) {
            true => self.pieces(&all, left),
            false => Ok(BigUint::ZERO),
        };
        self.clauses.take_back(before);
        found
    }

    /// The models of what is open of some variables.
    fn pieces(&mut self, among: &[u32], left: &mut u32) -> Result<BigUint, TooMany> {
        let mut alone = 0_u32;
        let mut pieces = Vec::new();
        self.variables_seen.clear();
        self.clauses_seen.clear();
        for first in among {
            if !self.clauses.is_open(*first) || !self.variables_seen.mark(*first) {
                continue;
            }
            match self.piece(*first) {
                Some(piece) => pieces.push(piece),
                None if self.told_apart[*first as usize] => alone += 1,
                None => {}
            }
        }
        // Of small ones it shows soonest that they have no model.
        pieces.sort_by_key(|it| it.variables.len());
        let mut product = BigUint::from(1_u8) << alone;
        for piece in pieces {
            let found = self.of_piece(piece, left)?;
            if found == BigUint::ZERO {
                return Ok(found);
            }
            product *= found;
        }
        Ok(product)
    }

    /// What is connected with an open variable; nothing where it is alone.
    fn piece(&mut self, first: u32) -> Option<Piece> {
        let (mut variables, mut clauses) = (vec![first], Vec::new());
        let (marks, clause_marks) = (&mut self.variables_seen, &mut self.clauses_seen);
        let weight = |it: u32| (self.told_apart[it as usize], self.ranks[it as usize]);
        let mut branch = first;
        let mut at = 0;
        while let Some(next) = variables.get(at).copied() {
            at += 1;
            if weight(next) > weight(branch) {
                branch = next;
            }
            let reached = |other: u32| {
                if marks.mark(other) {
                    variables.push(other);
                }
            };
            self.clauses
                .around(next, clause_marks, &mut clauses, reached);
        }
        (variables.len() > 1).then(|| {
            variables.sort_unstable();
            clauses.sort_unstable();
            Piece {
                variables,
                clauses,
                branch,
            }
        })
    }

    fn of_piece(&mut self, piece: Piece, left: &mut u32) -> Result<BigUint, TooMany> {
        let key = piece.packed();
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let looked_at = piece.variables.len() + piece.clauses.len();
        let steps = u32::try_from(1 + looked_at / LOOKED_AT_IN_A_STEP).unwrap_or(u32::MAX);
        *left = left.checked_sub(steps).ok_or(TooMany)?;
        let mut sum = BigUint::ZERO;
        for literal in [2 * piece.branch, 2 * piece.branch + 1] {
            let before = self.clauses.decided();
            let found = match self.clauses.assume(&[literal]) {
                true => self.pieces(&piece.variables, left),
                false => Ok(BigUint::ZERO),
            };
            self.clauses.take_back(before);
            sum += found?;
            // Nothing in the piece is told apart then: that there is one is enough.
            if !self.told_apart[piece.branch as usize] && sum != BigUint::ZERO {
                break;
            }
        }
        self.remember(key, &sum);
        Ok(sum)
    }

    fn remember(&mut self, key: Box<[u8]>, found: &BigUint) {
        if self.bytes + key.len() > MOST_REMEMBERED {
            self.known.clear();
            self.bytes = 0;
        }
        self.bytes += key.len();
        self.known.insert(key, found.clone());
    }
}

impl Piece {
    /// Variables and clauses by their distances, in as many bytes as each takes.
    fn packed(&self) -> Box<[u8]> {
        let mut bytes = Vec::with_capacity(self.variables.len() + self.clauses.len() + 8);
        // The number of variables tells where the clauses begin.
        let count = u32::try_from(self.variables.len()).unwrap_or(u32::MAX);
        push(&mut bytes, count);
        for list in [&self.variables, &self.clauses] {
            let mut last = 0;
            for number in list {
                push(&mut bytes, number - last);
                last = *number;
            }
        }
        bytes.into()
    }
}

/// Seven bits in each byte; the last one has no flag.
fn push(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests;
