//! Rows that another table rules out are dropped before tables are joined: without this,
//! large models do not fit.

use std::collections::BTreeSet;

use super::table::{Table, Widths, shared};

/// Rounds after which no more is tried; leaving rows is not wrong, only larger.
const MOST_ROUNDS: usize = 8;

/// Makes all tables agree on whatever columns two of them share.
pub(super) fn make_consistent(widths: &Widths, tables: &mut [Table]) {
    let groups = groups(tables);
    let mut stale = vec![true; tables.len()];
    for _ in 0..MOST_ROUNDS {
        let mut changed = vec![false; tables.len()];
        for (scope, members) in &groups {
            if members.iter().any(|it| stale[*it] || changed[*it]) {
                agree(widths, tables, scope, members, &mut changed);
            }
        }
        if !changed.contains(&true) {
            return;
        }
        stale = changed;
    }
}

/// Every set of columns that two tables have in common, and all tables that have them.
fn groups(tables: &[Table]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut scopes = BTreeSet::new();
    for (position, table) in tables.iter().enumerate() {
        for other in &tables[..position] {
            scopes.insert(shared(&table.scope, &other.scope));
        }
    }
    scopes.remove(&Vec::new());
    let members = |scope: &Vec<usize>| {
        let has = |table: &Table| super::table::covers(&table.scope, scope);
        (0..tables.len()).filter(|it| has(&tables[*it])).collect()
    };
    (scopes.into_iter())
        .map(|scope| (scope.clone(), members(&scope)))
        .collect()
}

fn agree(
    widths: &Widths,
    tables: &mut [Table],
    scope: &[usize],
    members: &[usize],
    changed: &mut [bool],
) {
    let mut sets = members.iter().map(|it| tables[*it].keys(widths, scope));
    let Some(mut common) = sets.next() else {
        return;
    };
    sets.for_each(|it| common.intersect(&it));
    for member in members {
        changed[*member] |= tables[*member].keep(widths, scope, &common);
    }
}
