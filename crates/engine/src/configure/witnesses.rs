//! Configurations remembered, laid out by value: which of them have a value is a row of bits,
//! so that a question looks at all of them at once.

use super::reasoner::{ABSENT, Atom, Relation};
use crate::catalog::{Attribute, AttributeDomain, AttributeIndex, Model};

/// Words of a row of bits.
const WORDS: usize = 7;

/// So many are remembered.
const REMEMBERED: usize = WORDS * 64;

/// Configurations of one model, the latest ones.
pub(super) struct Witnesses {
    columns: Vec<Column>,
    /// Of all columns, one after the other.
    rows: Vec<Slots>,
    /// Those in use.
    live: Slots,
    /// Where the next one goes.
    next: usize,
    /// How many were ever kept.
    kept: u64,
}

/// The values of one attribute.
enum Column {
    /// A row for each position, from `first` on; none for absence.
    Rows { first: usize, size: usize },
    /// The position in each configuration.
    Numbers(Vec<usize>),
}

/// A set of configurations, by the places where they are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slots([u64; WORDS]);

impl Witnesses {
    /// None yet.
    pub fn new(model: &Model) -> Self {
        let mut rows = 0;
        let column = |attribute: &Attribute| match &attribute.domain {
            AttributeDomain::Number(_) => Column::Numbers(Vec::new()),
            domain => {
                let (first, size) = (rows, domain.size().unwrap_or(0));
                rows += size;
                Column::Rows { first, size }
            }
        };
        Self {
            columns: model.attributes.iter().map(column).collect(),
            rows: vec![Slots::default(); rows],
            live: Slots::default(),
            next: 0,
            kept: 0,
        }
    }

    /// Keeps one, in the place of the oldest.
    pub fn keep(&mut self, witness: &[usize]) {
        let slot = self.next;
        self.next = (slot + 1) % REMEMBERED;
        self.kept += 1;
        if self.live.has(slot) {
            self.rows.iter_mut().for_each(|it| it.remove(slot));
        }
        self.live.insert(slot);
        for (column, position) in self.columns.iter_mut().zip(witness) {
            match column {
                Column::Rows { first, size } => {
                    if position < size {
                        self.rows[*first + position].insert(slot);
                    }
                }
                Column::Numbers(positions) if positions.len() == slot => positions.push(*position),
                Column::Numbers(positions) => positions[slot] = *position,
            }
        }
    }

    /// The one kept at `slot`.
    pub fn at(&self, slot: usize) -> Box<[usize]> {
        let position = |column: &Column| match column {
            Column::Rows { first, size } => {
                let rows = &self.rows[*first..first + size];
                rows.iter().position(|it| it.has(slot)).unwrap_or(ABSENT)
            }
            Column::Numbers(positions) => positions[slot],
        };
        self.columns.iter().map(position).collect()
    }

    /// How many were ever kept: what fits stays the same until there is one more.
    pub fn kept(&self) -> u64 {
        self.kept
    }

    /// The latest one.
    pub fn latest(&self) -> Option<Box<[usize]>> {
        let slot = (self.next + REMEMBERED - 1) % REMEMBERED;
        self.live.has(slot).then(|| self.at(slot))
    }

    /// One in which all atoms hold.
    pub fn first(&self, atoms: &[Atom]) -> Option<Box<[usize]>> {
        let first = self.fitting(atoms).iter().next()?;
        Some(self.at(first))
    }

    /// Those in which all atoms hold.
    pub fn fitting(&self, atoms: &[Atom]) -> Slots {
        let rows = |it: &&Atom| matches!(self.columns[it.attribute.0], Column::Rows { .. });
        let mut fitting = self.live;
        // Numbers last: they are looked up in each configuration that is left.
        let rest = atoms.iter().filter(|it| !rows(it));
        for atom in atoms.iter().filter(rows).chain(rest) {
            fitting = self.of(fitting, atom);
            if fitting.is_empty() {
                break;
            }
        }
        fitting
    }

    /// Those of some in which the atom holds.
    pub fn of(&self, slots: Slots, atom: &Atom) -> Slots {
        let (first, size) = match &self.columns[atom.attribute.0] {
            Column::Rows { first, size } => (*first, *size),
            Column::Numbers(positions) => return slots.filter(|it| atom.admits(positions[it])),
        };
        let row = |position: usize| match position {
            ABSENT => slots.minus(self.any_of(first, size)),
            position if position < size => slots.and(self.rows[first + position]),
            _ => Slots::default(),
        };
        match atom.relation {
            Relation::Is => row(atom.position),
            Relation::IsNot => slots.minus(row(atom.position)),
            Relation::AtMost | Relation::AtLeast => (0..size)
                .filter(|it| atom.admits(*it))
                .fold(Slots::default(), |all, it| all.or(row(it))),
        }
    }

    fn any_of(&self, first: usize, size: usize) -> Slots {
        let rows = &self.rows[first..first + size];
        rows.iter().fold(Slots::default(), |all, it| all.or(*it))
    }

    /// Tells which positions are in configurations with all choices but, for an attribute with
    /// a choice, the one on itself; of numbers only the smallest and the largest.
    pub fn shown(
        &self,
        choices: impl Iterator<Item = (AttributeIndex, usize)> + Clone,
        mut tell: impl FnMut(AttributeIndex, usize),
    ) {
        let (mut all, mut all_but_one) = (self.live, Slots::default());
        for (attribute, position) in choices.clone() {
            let chosen = Atom::is(attribute, position);
            all_but_one = self
                .of(all_but_one, &chosen)
                .or(all.minus(self.of(all, &chosen)));
            all = self.of(all, &chosen);
        }
        let mut choices = choices.peekable();
        for (index, column) in self.columns.iter().enumerate() {
            let attribute = AttributeIndex(index);
            let mut slots = all;
            if let Some((_, position)) = choices.next_if(|it| it.0 == attribute) {
                let chosen = self.of(all_but_one, &Atom::is(attribute, position));
                slots = slots.or(all_but_one.minus(chosen));
            }
            if slots.is_empty() {
                continue;
            }
            match column {
                Column::Rows { first, size } => {
                    let rows = self.rows[*first..first + size].iter().enumerate();
                    rows.filter(|(_, row)| !slots.and(**row).is_empty())
                        .for_each(|(position, _)| tell(attribute, position));
                }
                Column::Numbers(positions) => {
                    let there = || {
                        slots
                            .iter()
                            .map(|it| positions[it])
                            .filter(|it| *it != ABSENT)
                    };
                    there().min().into_iter().for_each(|it| tell(attribute, it));
                    there().max().into_iter().for_each(|it| tell(attribute, it));
                }
            }
        }
    }
}

impl Slots {
    fn has(&self, slot: usize) -> bool {
        self.0[slot / 64] >> (slot % 64) & 1 == 1
    }

    fn insert(&mut self, slot: usize) {
        self.0[slot / 64] |= 1 << (slot % 64);
    }

    fn remove(&mut self, slot: usize) {
        self.0[slot / 64] &= !(1 << (slot % 64));
    }

    fn zip(self, other: Self, with: impl Fn(u64, u64) -> u64) -> Self {
        Self(std::array::from_fn(|it| with(self.0[it], other.0[it])))
    }

    /// Those in both.
    pub fn and(self, other: Self) -> Self {
        self.zip(other, |one, other| one & other)
    }

    /// Those in one or both.
    pub fn or(self, other: Self) -> Self {
        self.zip(other, |one, other| one | other)
    }

    /// Those that are not in the other.
    pub fn minus(self, other: Self) -> Self {
        self.zip(other, |one, other| one & !other)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|it| *it == 0)
    }

    /// The places, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.0
            .into_iter()
            .enumerate()
            .flat_map(|(number, mut word)| {
                std::iter::from_fn(move || {
                    let bit = (word != 0).then(|| word.trailing_zeros() as usize)?;
                    word &= word - 1;
                    Some(number * 64 + bit)
                })
            })
    }

    fn filter(self, keep: impl Fn(usize) -> bool) -> Self {
        let mut kept = self;
        self.iter()
            .filter(|it| !keep(*it))
            .for_each(|it| kept.remove(it));
        kept
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::configure::kit::{attribute, digits};

    /// A flag, a number, and a flag that may be absent.
    fn model() -> Model {
        Model {
            attributes: vec![
                attribute(AttributeDomain::Flag, None),
                attribute(digits(), None),
                attribute(AttributeDomain::Flag, Some(AttributeIndex(0))),
            ],
            ..Model::default()
        }
    }

    /// What one at a time shows, of numbers only the ends.
    fn scanned(
        all: &[[usize; 3]],
        choices: &[(AttributeIndex, usize)],
    ) -> BTreeSet<(usize, usize)> {
        let mut shown = BTreeSet::new();
        for attribute in 0..3 {
            let others = choices.iter().filter(|it| it.0.0 != attribute);
            let others: Vec<_> = others.collect();
            let fits = |it: &&[usize; 3]| others.iter().all(|(at, position)| it[at.0] == *position);
            let positions: BTreeSet<usize> = (all.iter().filter(fits))
                .map(|it| it[attribute])
                .filter(|it| *it != ABSENT)
                .collect();
            let ends = positions.iter().filter(|it| {
                attribute != 1 || [positions.first(), positions.last()].contains(&Some(*it))
            });
            shown.extend(ends.map(|it| (attribute, *it)));
        }
        shown
    }

    #[test]
    fn bits_say_what_looking_at_one_after_the_other_does() {
        let mut witnesses = Witnesses::new(&model());
        let mut all: Vec<[usize; 3]> = Vec::new();
        for number in 0..REMEMBERED * 2 {
            let there = number % 3 % 2;
            let inner = if there == 1 { number / 5 % 2 } else { ABSENT };
            let witness = [there, number * 7 % 10, inner];
            witnesses.keep(&witness);
            all.push(witness);
            if all.len() > REMEMBERED {
                all.remove(0);
            }
            if number % 50 != 3 {
                continue;
            }
            assert_eq!(witnesses.latest().as_deref(), Some(&witness[..]));
            for choices in [
                vec![],
                vec![(AttributeIndex(0), 1)],
                vec![(AttributeIndex(1), 4), (AttributeIndex(2), 1)],
                vec![
                    (AttributeIndex(0), 0),
                    (AttributeIndex(1), 2),
                    (AttributeIndex(2), 0),
                ],
            ] {
                let mut shown = BTreeSet::new();
                witnesses.shown(choices.iter().copied(), |it, position| {
                    shown.insert((it.0, position));
                });
                assert_eq!(shown, scanned(&all, &choices), "{number}: {choices:?}");
            }
            for atom in [
                Atom::is(AttributeIndex(2), 1),
                Atom::is_not(AttributeIndex(2), 1),
                Atom::is_not(AttributeIndex(0), 0),
                Atom::at_most(AttributeIndex(1), 3),
                Atom::at_least(AttributeIndex(1), 3),
            ] {
                let fitting = witnesses.fitting(&[atom]);
                let expected = all.iter().filter(|it| atom.holds(&it[..])).count();
                assert_eq!(fitting.iter().count(), expected, "{number}: {atom:?}");
                assert!(fitting.iter().all(|it| atom.holds(&witnesses.at(it))));
            }
        }
    }
}
