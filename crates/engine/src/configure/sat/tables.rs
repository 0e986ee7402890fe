//! Lists of what goes together, as clauses.

use std::collections::{BTreeMap, BTreeSet};

use batsat::Lit;

use super::attributes::Encoded;
use super::constraints::Scope;
use super::inequality::Refusal;
use super::polynomial::Polynomial;
use crate::catalog::{AttributeIndex, Cell, Relation, Table, Value, fraction};

impl Scope<'_> {
    /// One of the rows matches, where all columns are there.
    pub fn table(&mut self, table: &Table) -> Result<(), Refusal> {
        let defined: Vec<Lit> = (table.columns.iter())
            .map(|it| self.encoding.there(*it))
            .collect();
        let mut unless = self.unless.clone();
        self.except_where(&defined, &mut unless);
        let mut rows = Vec::new();
        for row in &table.rows {
            let literal = self.encoding.new_literal();
            for (column, cell) in table.columns.iter().zip(row) {
                self.cell(literal, *column, cell)?;
            }
            rows.push(literal);
        }
        self.encoding
            .add_clause(&[unless.as_slice(), &rows].concat());
        for (position, column) in table.columns.iter().enumerate() {
            if self.encoding.integer(*column).is_some() {
                continue;
            }
            let size = self.size(*column);
            for option in 0..size {
                let admits = |row: &&Vec<Cell>| {
                    (row.get(position)).is_none_or(|cell| cell.matches(Value::Option(option)))
                };
                let matching = (table.rows.iter().zip(&rows)).filter(|(row, _)| admits(row));
                let rows: Vec<Lit> = matching.map(|(_, literal)| *literal).collect();
                self.support(&unless, *column, option, &rows);
            }
        }
        Ok(())
    }

    fn size(&self, column: AttributeIndex) -> usize {
        let attribute = self.model.attribute(column);
        attribute.and_then(|it| it.domain.size()).unwrap_or(0)
    }

    /// Says what follows anyway, so that it follows at once: an option needs one of the rows.
    fn support(&mut self, unless: &[Lit], column: AttributeIndex, option: usize, rows: &[Lit]) {
        let option = self.encoding.option(column, option);
        self.encoding
            .add_clause(&[unless, &[!option], rows].concat());
    }

    /// Where `row` holds, the attribute has a value of the cell.
    fn cell(&mut self, row: Lit, column: AttributeIndex, cell: &Cell) -> Result<(), Refusal> {
        let number = self.encoding.integer(column);
        match (cell, number) {
            (Cell::Any, _) => {}
            (Cell::OneOf(values), _) => {
                let domain = &self.model.attributes[column.0].domain;
                let positions = values.iter().filter_map(|it| domain.position_of(*it));
                let positions: Vec<usize> = positions.collect();
                self.among(row, column, &positions);
            }
            (Cell::Between(low, high), Some(_)) => {
                let value = self.encoding.number_of(column).ok_or(Refusal::Type)?;
                let constant = |it| Polynomial::constant(fraction(it));
                self.demand_inequality(&[!row], &constant(*low).minus(&value)?, false)?;
                self.demand_inequality(&[!row], &value.minus(&constant(*high))?, false)?;
            }
            (Cell::Between(..), None) => return Err(Refusal::Type),
        }
        Ok(())
    }

    /// Where `row` holds, the attribute's value is at one of the positions.
    fn among(&mut self, row: Lit, column: AttributeIndex, positions: &[usize]) {
        let mut clause = vec![!row];
        for position in positions {
            clause.push(self.position(column, *position));
        }
        self.encoding.add_clause(&clause);
    }

    /// A literal that says that the attribute's value is at the position.
    fn position(&mut self, column: AttributeIndex, position: usize) -> Lit {
        match self.encoding.attributes.get(column.0) {
            Some(Encoded::Number { integer, range, .. }) => {
                let (integer, number) = (*integer, range.at(position));
                self.encoding.equal(integer, number)
            }
            _ => self.encoding.option(column, position),
        }
    }

    /// One of the rows matches.
    pub fn relation(&mut self, relation: &Relation) -> Result<(), Refusal> {
        for column in &relation.columns {
            if self.encoding.there(*column) != self.encoding.truth {
                return Err(Refusal::Construct("a long table over what may be absent"));
            }
        }
        let merged = Merged::new(relation);
        let rows: Vec<Lit> = (merged.rows.iter())
            .map(|_| self.encoding.new_literal())
            .collect();
        self.add_clause(&rows);
        for (place, column) in relation.columns.iter().enumerate() {
            let mut supports: BTreeMap<u16, Vec<Lit>> = BTreeMap::new();
            for (row, literal) in merged.rows.iter().zip(&rows) {
                let values = merged.values(row[place]);
                let positions: Vec<usize> = values.iter().map(|it| usize::from(*it)).collect();
                if positions.len() < self.size(*column) {
                    self.among(*literal, *column, &positions);
                }
                for value in values {
                    supports.entry(*value).or_default().push(*literal);
                }
            }
            if self.encoding.integer(*column).is_some() {
                continue;
            }
            let unless = self.unless.clone();
            for option in 0..self.size(*column) {
                let supporting = u16::try_from(option).ok().and_then(|it| supports.get(&it));
                let supporting = supporting.map_or(&[][..], Vec::as_slice);
                self.support(&unless, *column, option, supporting);
            }
        }
        Ok(())
    }
}

/// The rows of a relation, those that differ in one column made one.
struct Merged {
    /// For each column, which of the sets.
    rows: Vec<Vec<u32>>,
    sets: Vec<Vec<u16>>,
    known: BTreeMap<Vec<u16>, u32>,
}

impl Merged {
    fn new(relation: &Relation) -> Self {
        let mut merged = Self {
            rows: Vec::new(),
            sets: Vec::new(),
            known: BTreeMap::new(),
        };
        for row in relation.rows() {
            let row = row.iter().map(|it| merged.set(vec![*it])).collect();
            merged.rows.push(row);
        }
        merged.rows.sort_unstable();
        merged.rows.dedup();
        loop {
            let before = merged.rows.len();
            for column in 0..relation.columns.len() {
                merged.merge(column);
            }
            if merged.rows.len() == before {
                return merged;
            }
        }
    }

    fn values(&self, set: u32) -> &[u16] {
        &self.sets[set as usize]
    }

    fn set(&mut self, values: Vec<u16>) -> u32 {
        if let Some(known) = self.known.get(&values) {
            return *known;
        }
        let number = self.sets.len() as u32;
        self.sets.push(values.clone());
        self.known.insert(values, number);
        number
    }

    /// Merges rows that differ in this column only.
    fn merge(&mut self, column: usize) {
        let mut rows = std::mem::take(&mut self.rows);
        for row in &mut rows {
            let last = row.len() - 1;
            row.swap(column, last);
        }
        rows.sort_unstable();
        let mut start = 0;
        while start < rows.len() {
            let last = rows[start].len() - 1;
            let alike = |row: &Vec<u32>| row[..last] == rows[start][..last];
            let end = start + rows[start..].iter().take_while(|it| alike(it)).count();
            let values: BTreeSet<u16> = (rows[start..end].iter())
                .flat_map(|row| self.values(row[last]).iter().copied())
                .collect();
            let set = self.set(values.into_iter().collect());
            let mut row = rows[start].clone();
            row[last] = set;
            row.swap(column, last);
            self.rows.push(row);
            start = end;
        }
    }
}
