//! Tables narrowed by each other, one attribute at a time, remembering what came of what.

use std::collections::BTreeSet;

use super::bits;
use super::constraints::Space;
use super::table::Table;

/// The positions that each attribute still has.
pub(super) type Domains = Vec<Vec<u64>>;

/// A table that says at once which rows have a position.
pub(super) struct Indexed {
    pub table: Table,
    columns: Vec<Column>,
}

struct Column {
    /// The rows of each position, one after the other.
    rows: Vec<u64>,
    /// The positions that some row has.
    positions: Vec<u64>,
}

impl Indexed {
    pub fn new(space: &Space, table: Table) -> Self {
        let words = bits::words(table.rows.len());
        let mut start = 0;
        let column = |attribute: &usize| {
            let (size, width) = (space.sizes[*attribute], space.widths.of(*attribute));
            let mut column = Column {
                rows: vec![0; words * size],
                positions: vec![0; bits::words(size)],
            };
            for (row, cells) in table.rows.iter().enumerate() {
                let position = cell(*cells, (start, width));
                bits::add(&mut column.rows[position * words..], row);
                bits::add(&mut column.positions, position);
            }
            start += width;
            column
        };
        Self {
            columns: table.scope.iter().map(column).collect(),
            table,
        }
    }
}

/// Tables, and which of their rows have only positions that are still possible.
pub(super) struct Narrowing<'a> {
    tables: &'a [&'a Indexed],
    rows: Vec<Vec<u64>>,
    pub domains: Domains,
    /// For each attribute, the tables that have it.
    users: Vec<Vec<usize>>,
    events: Vec<Event>,
}

/// A table took positions from an attribute.
struct Event {
    attribute: usize,
    table: usize,
}

impl<'a> Narrowing<'a> {
    pub fn new(domains: Domains, tables: &'a [&'a Indexed]) -> Self {
        let mut users = vec![Vec::new(); domains.len()];
        for (position, it) in tables.iter().enumerate() {
            for attribute in &it.table.scope {
                users[*attribute].push(position);
            }
        }
        let rows = tables.iter().map(|it| bits::full(it.table.rows.len()));
        Self {
            rows: rows.collect(),
            tables,
            domains,
            users,
            events: Vec::new(),
        }
    }

    /// Until nothing changes any more; the tables that leave nothing, if so.
    pub fn run(&mut self) -> Option<BTreeSet<usize>> {
        if self.domains.iter().any(|it| bits::is_empty(it)) {
            return Some(BTreeSet::new());
        }
        let mut waiting: BTreeSet<usize> = (0..self.tables.len()).collect();
        while let Some(table) = waiting.pop_first() {
            let known = self.events.len();
            self.narrow(table);
            if bits::is_empty(&self.rows[table]) {
                return Some(self.reasons(table, known));
            }
            for event in &self.events[known..] {
                waiting.extend(&self.users[event.attribute]);
            }
            waiting.remove(&table);
        }
        None
    }

    fn narrow(&mut self, table: usize) {
        let Indexed { table: it, columns } = self.tables[table];
        let rows = &mut self.rows[table];
        let words = rows.len();
        let mut allowed = vec![0; words];
        for (attribute, column) in it.scope.iter().zip(columns) {
            let domain = &self.domains[*attribute];
            if bits::covers(domain, &column.positions) {
                continue;
            }
            allowed.fill(0);
            bits::each(domain, |position| {
                let rows = &column.rows[position * words..][..words];
                bits::unite(&mut allowed, rows);
            });
            bits::intersect(rows, &allowed);
        }
        for (attribute, column) in it.scope.iter().zip(columns) {
            let domain = &mut self.domains[*attribute];
            let mut left = vec![0; domain.len()];
            bits::each(domain, |position| {
                if bits::meet(&column.rows[position * words..][..words], rows) {
                    bits::add(&mut left, position);
                }
            });
            if left != *domain {
                *domain = left;
                self.events.push(Event {
                    attribute: *attribute,
                    table,
                });
            }
        }
    }

    /// The tables behind all that happened to a table, up to an event.
    fn reasons(&self, table: usize, before: usize) -> BTreeSet<usize> {
        let mut reasons = BTreeSet::from([table]);
        let scope = |table: usize| &self.tables[table].table.scope;
        let mut concerned: BTreeSet<usize> = scope(table).iter().copied().collect();
        for event in self.events[..before].iter().rev() {
            if concerned.contains(&event.attribute) {
                reasons.insert(event.table);
                concerned.extend(scope(event.table));
            }
        }
        reasons
    }

    /// The tables without what was dropped.
    pub fn left(&self) -> Vec<Table> {
        let left = |(it, kept): (&&Indexed, &Vec<u64>)| {
            let mut rows = Vec::new();
            bits::each(kept, |row| rows.push(it.table.rows[row]));
            let scope = it.table.scope.clone();
            Table { scope, rows }
        };
        self.tables.iter().zip(&self.rows).map(left).collect()
    }
}

fn cell(row: u128, (start, length): (u32, u32)) -> usize {
    let mask = (1_u128 << length) - 1;
    ((row.checked_shr(start).unwrap_or(0)) & mask) as usize
}
