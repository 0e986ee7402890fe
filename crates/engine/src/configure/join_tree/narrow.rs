//! Tables narrowed by each other, one attribute at a time, remembering what came of what.

use std::collections::BTreeSet;

use super::bits;
use super::constraints::Space;
use super::table::Table;

/// The positions that each attribute still has.
pub(super) type Domains = Vec<Vec<u64>>;

/// Tables from which rows are dropped that have a position no longer possible.
pub(super) struct Narrowing {
    pub tables: Vec<Table>,
    domains: Domains,
    /// For each table, first bit and number of bits of its columns.
    fields: Vec<Vec<(u32, u32)>>,
    /// For each attribute, the tables that have it.
    users: Vec<Vec<usize>>,
    events: Vec<Event>,
}

/// A table took positions from an attribute.
struct Event {
    attribute: usize,
    table: usize,
}

impl Narrowing {
    pub fn new(space: &Space, domains: Domains, tables: &[&Table]) -> Self {
        let mut users = vec![Vec::new(); domains.len()];
        let mut fields = Vec::new();
        for (position, table) in tables.iter().enumerate() {
            let mut shift = 0;
            let field = |attribute: &usize| {
                users[*attribute].push(position);
                let start = shift;
                shift += space.widths.of(*attribute);
                (start, space.widths.of(*attribute))
            };
            fields.push(table.scope.iter().map(field).collect());
        }
        Self {
            tables: tables.iter().map(|it| (*it).clone()).collect(),
            domains,
            fields,
            users,
            events: Vec::new(),
        }
    }

    /// Until nothing changes any more; the tables that leave nothing, if so.
    pub fn run(&mut self) -> Option<BTreeSet<usize>> {
        let mut waiting: BTreeSet<usize> = (0..self.tables.len()).collect();
        while let Some(table) = waiting.pop_first() {
            let known = self.events.len();
            self.narrow(table);
            if self.tables[table].rows.is_empty() {
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
        let Table { scope, rows } = &mut self.tables[table];
        let columns: Vec<(usize, (u32, u32))> = (scope.iter().copied())
            .zip(self.fields[table].iter().copied())
            .collect();
        let domains = &mut self.domains;
        rows.retain(|row| {
            (columns.iter())
                .all(|(attribute, field)| bits::has(&domains[*attribute], cell(*row, *field)))
        });
        for (attribute, field) in columns {
            let mut left = vec![0; domains[attribute].len()];
            for row in rows.iter() {
                bits::add(&mut left, cell(*row, field));
            }
            if left != domains[attribute] {
                domains[attribute] = left;
                self.events.push(Event { attribute, table });
            }
        }
    }

    /// The tables behind all that happened to a table, up to an event.
    fn reasons(&self, table: usize, before: usize) -> BTreeSet<usize> {
        let mut reasons = BTreeSet::from([table]);
        let mut concerned: BTreeSet<usize> = self.tables[table].scope.iter().copied().collect();
        for event in self.events[..before].iter().rev() {
            if concerned.contains(&event.attribute) {
                reasons.insert(event.table);
                concerned.extend(&self.tables[event.table].scope);
            }
        }
        reasons
    }
}

fn cell(row: u128, (start, length): (u32, u32)) -> usize {
    let mask = (1_u128 << length) - 1;
    ((row.checked_shr(start).unwrap_or(0)) & mask) as usize
}
