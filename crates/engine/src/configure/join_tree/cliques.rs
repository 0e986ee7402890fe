//! Clusters trimmed to what is in some solution, without those that others contain.

use super::eliminate::Cluster;
use super::table::{Table, Widths, covers, shared};

/// Drops rows that no solution has, then clusters that say nothing of their own.
/// Children come before their parents, before and after.
pub(super) fn trim(widths: &Widths, mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    calibrate(widths, &mut clusters);
    merge(clusters)
}

fn calibrate(widths: &Widths, clusters: &mut [Cluster]) {
    let pairs = |clusters: &[Cluster]| -> Vec<(usize, usize)> {
        let pair = |(child, it): (usize, &Cluster)| Some((child, it.parent?));
        clusters.iter().enumerate().filter_map(pair).collect()
    };
    let edges = pairs(clusters);
    for (child, parent) in &edges {
        agree(widths, clusters, *parent, *child);
    }
    for (child, parent) in edges.iter().rev() {
        agree(widths, clusters, *child, *parent);
    }
    // Where one tree has no solution, the others have none either.
    if clusters.iter().any(|it| it.table.rows.is_empty()) {
        for cluster in clusters {
            cluster.table.rows.clear();
        }
    }
}

/// Keeps the rows of `target` that `source` agrees with.
fn agree(widths: &Widths, clusters: &mut [Cluster], target: usize, source: usize) {
    let scope = shared(&clusters[target].table.scope, &clusters[source].table.scope);
    let keys = clusters[source].table.keys(widths, &scope);
    clusters[target].table.keep(widths, &scope, &keys);
}

/// A parent whose attributes a child has all gives way to that child.
fn merge(clusters: Vec<Cluster>) -> Vec<Cluster> {
    let mut parents: Vec<Option<usize>> = clusters.iter().map(|it| it.parent).collect();
    let mut gone = vec![false; clusters.len()];
    let scope = |it: usize| &clusters[it].table.scope;
    for child in 0..clusters.len() {
        while let Some(parent) = parents[child].filter(|it| covers(scope(child), scope(*it))) {
            gone[parent] = true;
            let next = parents[parent];
            for other in &mut parents {
                if *other == Some(parent) {
                    *other = Some(child);
                }
            }
            parents[child] = next;
        }
    }
    let tables: Vec<Table> = clusters.into_iter().map(|it| it.table).collect();
    arrange(tables, &parents, &gone)
}

/// Children before parents, relatives close to each other.
fn arrange(tables: Vec<Table>, parents: &[Option<usize>], gone: &[bool]) -> Vec<Cluster> {
    let left = || (0..tables.len()).filter(|it| !gone[*it]);
    let mut children = vec![Vec::new(); tables.len()];
    for child in left() {
        if let Some(parent) = parents[child] {
            children[parent].push(child);
        }
    }
    // Parents before children, then the other way round.
    let mut stack: Vec<usize> = left().filter(|it| parents[*it].is_none()).collect();
    let mut order = Vec::new();
    while let Some(next) = stack.pop() {
        order.push(next);
        stack.extend(&children[next]);
    }
    order.reverse();
    let mut place = vec![0; tables.len()];
    for (position, old) in order.iter().enumerate() {
        place[*old] = position;
    }
    let mut tables: Vec<Option<Table>> = tables.into_iter().map(Some).collect();
    (order.iter())
        .map(|old| Cluster {
            table: tables[*old].take().unwrap_or_default(),
            parent: parents[*old].map(|it| place[it]),
        })
        .collect()
}
