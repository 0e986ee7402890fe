//! Cliques laid out for the passes.

use super::constraints::Space;
use super::eliminate::Cluster;
use super::table::{Picker, Table, shared};
use super::tree::{Attribute, Child, Clique, Home, JoinTree};

/// A clique whose rows are sorted by key.
struct Sorted<'a> {
    scope: &'a [usize],
    rows: Vec<u128>,
    separator: Vec<usize>,
    /// One for each key, ascending.
    keys: Vec<u128>,
    starts: Vec<usize>,
}

/// The tree; `None` where a row or position needs more than 16 bits.
pub(super) fn tree(space: &Space, clusters: &[Cluster]) -> Option<JoinTree> {
    let sorted: Vec<Sorted> = (clusters.iter())
        .map(|cluster| {
            let parent = cluster.parent.map(|it| &clusters[it].table);
            Sorted::new(space, &cluster.table, parent)
        })
        .collect();
    let mut cliques = Vec::new();
    for (position, cluster) in clusters.iter().enumerate() {
        let children = (0..position).filter(|it| clusters[*it].parent == Some(position));
        let clique = &sorted[position];
        cliques.push(Clique {
            parent: cluster.parent,
            starts: clique.starts.clone(),
            children: children
                .map(|child| clique.child(space, child, &sorted[child]))
                .collect::<Option<_>>()?,
            homes: Vec::new(),
        });
    }
    for attribute in 0..space.sizes.len() {
        // Where there are fewest rows, its values are found fastest.
        let homes = sorted.iter().enumerate();
        let homes = homes.filter(|(_, it)| it.scope.binary_search(&attribute).is_ok());
        let (position, clique) = homes.min_by_key(|(_, it)| it.rows.len())?;
        cliques[position].homes.push(clique.home(space, attribute)?);
    }
    let attributes = space.model.attributes.iter().zip(&space.sizes);
    let attributes = attributes.map(|(attribute, size)| Attribute {
        size: *size,
        optional: attribute.part.is_some(),
    });
    Some(JoinTree {
        attributes: attributes.collect(),
        cliques,
    })
}

impl<'a> Sorted<'a> {
    fn new(space: &Space, table: &'a Table, parent: Option<&Table>) -> Self {
        let separator = parent.map_or(Vec::new(), |it| shared(&table.scope, &it.scope));
        let picker = Picker::new(&space.widths, &table.scope, &separator);
        let mut rows: Vec<(u128, u128)> = (table.rows.iter())
            .map(|row| (picker.pick(*row), *row))
            .collect();
        rows.sort_unstable();
        let mut keys = Vec::new();
        let mut starts = Vec::new();
        for (position, (key, _)) in rows.iter().enumerate() {
            if keys.last() != Some(key) {
                keys.push(*key);
                starts.push(position);
            }
        }
        starts.push(rows.len());
        Self {
            scope: &table.scope,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            separator,
            keys,
            starts,
        }
    }

    fn child(&self, space: &Space, position: usize, child: &Sorted) -> Option<Child> {
        let picker = Picker::new(&space.widths, self.scope, &child.separator);
        let key = |row: &u128| {
            let key = child.keys.binary_search(&picker.pick(*row)).ok()?;
            u16::try_from(key).ok()
        };
        Some(Child {
            clique: position,
            keys: self.rows.iter().map(key).collect::<Option<_>>()?,
        })
    }

    fn home(&self, space: &Space, attribute: usize) -> Option<Home> {
        let picker = Picker::new(&space.widths, self.scope, &[attribute]);
        let position = |row: &u128| u16::try_from(picker.pick(*row)).ok();
        Some(Home {
            attribute,
            positions: self.rows.iter().map(position).collect::<Option<_>>()?,
        })
    }
}
