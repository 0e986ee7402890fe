//! Attributes eliminated one by one: all tables that have the next one are joined into a
//! cluster, and what the cluster says about the other attributes goes on as a table.

use std::collections::BTreeMap;

use super::table::{KeySet, Picker, Table, Widths, covers, shared, union};

/// Rows that one cluster can have.
pub(super) const MOST_ROWS: usize = 1 << 16;
/// Rows on the way to a cluster, before all tables are joined.
const MOST_JOINED: usize = 1 << 20;
/// Rows of all clusters.
const MOST_ROWS_IN_ALL: usize = 1 << 20;
/// Pairs of rows that are looked at in all.
const MOST_WORK: usize = 1 << 25;

/// A joined table, and the position of the cluster to which the rest of it went on.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    pub table: Table,
    pub parent: Option<usize>,
}

struct Elimination<'a> {
    widths: &'a Widths,
    tables: &'a [Table],
    /// Keys of `tables` over part of their columns.
    keys: BTreeMap<(usize, Vec<usize>), KeySet>,
    work: usize,
}

/// One cluster for each attribute, in the order given; `None` where they grow too large.
/// Every attribute in the order must be in a table, and the other way round.
pub(super) fn eliminate(
    widths: &Widths,
    tables: &[Table],
    order: &[usize],
) -> Option<Vec<Cluster>> {
    let mut elimination = Elimination {
        widths,
        tables,
        keys: BTreeMap::new(),
        work: 0,
    };
    let last = order.iter().max().map_or(0, |it| it + 1);
    let mut turn = vec![0; last];
    for (position, attribute) in order.iter().enumerate() {
        turn[*attribute] = position;
    }
    let first = |scope: &[usize]| scope.iter().map(|it| turn[*it]).min();
    let mut buckets: Vec<Vec<Table>> = vec![Vec::new(); order.len()];
    for table in tables {
        if let Some(turn) = first(&table.scope) {
            buckets[turn].push(table.clone());
        }
    }
    let mut clusters = Vec::with_capacity(order.len());
    let mut rows = 0;
    for (position, attribute) in order.iter().enumerate() {
        let table = elimination.join_all(std::mem::take(&mut buckets[position]))?;
        rows += table.rows.len();
        if table.rows.len() > MOST_ROWS || rows > MOST_ROWS_IN_ALL {
            return None;
        }
        let rest: Vec<usize> = (table.scope.iter().copied())
            .filter(|it| it != attribute)
            .collect();
        let parent = first(&rest);
        if let Some(parent) = parent {
            buckets[parent].push(table.project(widths, rest));
        }
        clusters.push(Cluster { table, parent });
    }
    Some(clusters)
}

impl Elimination<'_> {
    /// The smallest first, then always the one that has most in common.
    fn join_all(&mut self, mut tables: Vec<Table>) -> Option<Table> {
        tables.sort_by_key(|it| it.rows.len());
        let mut rest = tables.into_iter();
        let mut joined = rest.next()?;
        let mut rest: Vec<Table> = rest.collect();
        while !rest.is_empty() {
            let common = |table: &Table| shared(&table.scope, &joined.scope).len();
            let next = (rest.iter().enumerate())
                .min_by_key(|(_, it)| (usize::MAX - common(it), it.rows.len()))
                .map(|(position, _)| position)?;
            let next = rest.remove(next);
            joined = self.join(&joined, &next)?;
        }
        Some(joined)
    }

    /// The rows of both that agree, without those that any table rules out.
    fn join(&mut self, one: &Table, other: &Table) -> Option<Table> {
        let widths = self.widths;
        let scope = union(&one.scope, &other.scope);
        self.prepare(&scope, one, other);
        let filters = self.filters(&scope, one, other);
        let common = shared(&one.scope, &other.scope);
        let key = Picker::new(widths, &other.scope, &common);
        let spread = Picker::new(widths, &other.scope, &scope);
        let mut others: Vec<(u128, u128)> = (other.rows.iter())
            .map(|row| (key.pick(*row), spread.pick(*row)))
            .collect();
        others.sort_unstable();
        let key = Picker::new(widths, &one.scope, &common);
        let spread = Picker::new(widths, &one.scope, &scope);
        let mut rows = Vec::new();
        let mut work = 0;
        for row in &one.rows {
            let (key, spread) = (key.pick(*row), spread.pick(*row));
            let start = others.partition_point(|it| it.0 < key);
            for (_, more) in others[start..].iter().take_while(|it| it.0 == key) {
                work += 1;
                let row = spread | more;
                if filters
                    .iter()
                    .all(|(picker, keys)| keys.contains(picker.pick(row)))
                {
                    rows.push(row);
                }
            }
            if rows.len() > MOST_JOINED || self.work + work > MOST_WORK {
                return None;
            }
        }
        self.work += work;
        Some(Table::new(scope, rows))
    }

    /// Column sets that neither side alone was filtered by, with the tables that have them.
    fn new_columns<'b>(
        &'b self,
        scope: &'b [usize],
        one: &'b Table,
        other: &'b Table,
    ) -> impl Iterator<Item = (usize, Vec<usize>)> + 'b {
        (self.tables.iter().enumerate())
            .map(|(position, table)| (position, shared(&table.scope, scope)))
            .filter(|(_, it)| it.len() > 1)
            .filter(|(_, it)| !covers(&one.scope, it) && !covers(&other.scope, it))
    }

    fn prepare(&mut self, scope: &[usize], one: &Table, other: &Table) {
        let wanted: Vec<_> = self.new_columns(scope, one, other).collect();
        for (table, columns) in wanted {
            let keys = || self.tables[table].keys(self.widths, &columns);
            self.keys
                .entry((table, columns.clone()))
                .or_insert_with(keys);
        }
    }

    fn filters(&self, scope: &[usize], one: &Table, other: &Table) -> Vec<(Picker, &KeySet)> {
        let mut columns: Vec<_> = self.new_columns(scope, one, other).collect();
        // The more columns, the more a table rules out.
        columns.sort_by_key(|(_, it)| usize::MAX - it.len());
        (columns.into_iter())
            .filter_map(|it| {
                let picker = Picker::new(self.widths, scope, &it.1);
                Some((picker, self.keys.get(&it)?))
            })
            .collect()
    }
}
