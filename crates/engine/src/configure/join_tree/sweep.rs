//! The passes over a join tree. What has not changed since the question before is not done again.

use super::bits;
use super::cheapest::Least;
use super::evidence::Evidence;
use super::tree::{Clique, Home, JoinTree};

/// A join tree, what is decided, and the messages between its cliques.
pub(super) struct Passes {
    pub tree: JoinTree,
    pub nodes: Vec<Node>,
    /// Clique and home of each attribute.
    places: Vec<(usize, usize)>,
    evidence: Evidence,
    /// For each attribute, which positions have a solution, given the evidence on all others.
    possible: Vec<Vec<bool>>,
    /// What was worked out before for each clique.
    pub counts: Kept<Option<Vec<u128>>>,
    pub costs: Kept<Least>,
}

/// Something about each clique that depends on its rows and on the same of its children.
pub(super) struct Kept<T> {
    pub items: Vec<T>,
    /// The version of the clique for which it holds.
    versions: Vec<u64>,
}

impl<T: PartialEq> Kept<T> {
    pub fn new() -> Self {
        let (items, versions) = (Vec::new(), Vec::new());
        Self { items, versions }
    }

    /// Works out again what has changed; `None`, and nothing is kept, where that fails.
    pub fn renew(
        &mut self,
        passes: &Passes,
        work_out: impl Fn(&[T], usize) -> Option<T>,
    ) -> Option<()> {
        let mut changed = vec![false; passes.nodes.len()];
        for (position, node) in passes.nodes.iter().enumerate() {
            let children = &passes.tree.cliques[position].children;
            let known = self.versions.get(position) == Some(&node.version);
            if known && !children.iter().any(|it| changed[it.clique]) {
                continue;
            }
            let Some(item) = work_out(&self.items, position) else {
                *self = Self::new();
                return None;
            };
            if position == self.items.len() {
                self.items.push(item);
                self.versions.push(node.version);
                changed[position] = true;
            } else {
                changed[position] = self.items[position] != item;
                self.items[position] = item;
                self.versions[position] = node.version;
            }
        }
        Some(())
    }
}

/// Sets of rows (and, for messages, of keys) of one clique.
pub(super) struct Node {
    /// For each home, the rows of each position, one after the other.
    values: Vec<Vec<u64>>,
    /// For each home, the rows that its evidence allows.
    allowed: Vec<Option<Vec<u64>>>,
    /// For each child, the rows that go with a solution below.
    below: Vec<Vec<u64>>,
    /// For each child, the rows that all but the child allow; as of the last pass down.
    pub beside: Vec<Vec<u64>>,
    /// Rows that go with a solution above.
    above: Vec<u64>,
    /// Rows that the evidence and all children allow.
    pub inner: Vec<u64>,
    /// Keys of such rows.
    up: Vec<u64>,
    /// Keys that have a solution above.
    down: Vec<u64>,
    /// How often `inner` has changed, from 1.
    pub version: u64,
    up_stale: bool,
    down_stale: bool,
}

impl Passes {
    pub fn new(tree: JoinTree) -> Self {
        let mut places = vec![(0, 0); tree.attributes.len()];
        for (position, clique) in tree.cliques.iter().enumerate() {
            for (home, it) in clique.homes.iter().enumerate() {
                places[it.attribute] = (position, home);
            }
        }
        let nodes = tree.cliques.iter().map(|clique| {
            let values =
                |home: &Home| values(home, clique.rows(), tree.attributes[home.attribute].size);
            Node::new(clique, clique.homes.iter().map(values).collect())
        });
        Self {
            nodes: nodes.collect(),
            places,
            evidence: Evidence::new(),
            possible: (tree.attributes.iter())
                .map(|it| vec![false; it.size])
                .collect(),
            counts: Kept::new(),
            costs: Kept::new(),
            tree,
        }
    }

    /// Replaces all evidence.
    pub fn observe(&mut self, evidence: Evidence) {
        let before = std::mem::take(&mut self.evidence);
        for (attribute, mask) in &evidence {
            if before.get(attribute) != Some(mask) {
                self.allow(*attribute, Some(mask));
            }
        }
        for attribute in before.keys() {
            if !evidence.contains_key(attribute) {
                self.allow(*attribute, None);
            }
        }
        self.evidence = evidence;
    }

    fn allow(&mut self, attribute: usize, mask: Option<&Vec<u64>>) {
        let (clique, home) = self.places[attribute];
        let node = &mut self.nodes[clique];
        let words = node.inner.len();
        node.allowed[home] = mask.map(|mask| {
            let mut rows = vec![0; words];
            bits::each(mask, |position| {
                let value = &node.values[home][position * words..][..words];
                for (word, value) in rows.iter_mut().zip(value) {
                    *word |= value;
                }
            });
            rows
        });
        node.up_stale = true;
        node.down_stale = true;
    }

    /// Passes towards the roots, until it is clear that there is no solution: then the clique
    /// below which there is none, else `None`.
    pub fn up(&mut self) -> Option<usize> {
        for position in 0..self.nodes.len() {
            if self.nodes[position].up_stale {
                self.up_from(position);
            }
            if bits::is_empty(&self.nodes[position].inner) {
                return Some(position);
            }
        }
        None
    }

    fn up_from(&mut self, position: usize) {
        let clique = &self.tree.cliques[position];
        let node = &mut self.nodes[position];
        node.up_stale = false;
        let before = std::mem::take(&mut node.inner);
        node.work_out_inner(clique.rows());
        if node.inner == before {
            return;
        }
        node.version += 1;
        let mut up = vec![0; node.up.len()];
        project_up(clique, &node.inner, &mut up);
        if up == node.up {
            return;
        }
        node.up = up;
        let Some(parent) = clique.parent else {
            return;
        };
        let children = &self.tree.cliques[parent].children;
        let Ok(child) = children.binary_search_by_key(&position, |it| it.clique) else {
            return;
        };
        let (keys, up) = (&children[child].keys, &self.nodes[position].up);
        let rows = match bits::is_full(up, clique.keys()) {
            true => bits::full(keys.len()),
            false => gather(keys, up),
        };
        let parent = &mut self.nodes[parent];
        parent.below[child] = rows;
        parent.up_stale = true;
        parent.down_stale = true;
    }

    /// For each attribute, which positions have a solution, given the evidence on all others.
    pub fn possible(&mut self) -> &[Vec<bool>] {
        self.down();
        &self.possible
    }

    /// Passes all the way up and back from the roots.
    pub fn down(&mut self) {
        for position in 0..self.nodes.len() {
            if self.nodes[position].up_stale {
                self.up_from(position);
            }
        }
        for position in (0..self.nodes.len()).rev() {
            if self.nodes[position].down_stale {
                self.down_from(position);
            }
        }
        // Trees without a common attribute have nothing to say to each other but that.
        self.rule_out_across_trees();
    }

    fn down_from(&mut self, position: usize) {
        let clique = &self.tree.cliques[position];
        self.nodes[position].down_stale = false;
        self.nodes[position].work_out_beside();
        for (child, it) in clique.children.iter().enumerate() {
            let mut down = vec![0; self.nodes[it.clique].down.len()];
            let (keys, beside) = (&it.keys, &self.nodes[position].beside[child]);
            // Every key has a row.
            if bits::is_full(beside, clique.rows()) {
                down = bits::full(self.tree.cliques[it.clique].keys());
            } else {
                bits::each(beside, |row| bits::add(&mut down, usize::from(keys[row])));
            }
            let below = &mut self.nodes[it.clique];
            if down != below.down {
                spread(&self.tree.cliques[it.clique], &down, &mut below.above);
                below.down = down;
                below.down_stale = true;
            }
        }
        let node = &self.nodes[position];
        for (home, it) in clique.homes.iter().enumerate() {
            let rows = node.rows_beside_own(home);
            let values = node.values[home].chunks_exact(rows.len().max(1));
            for (possible, value) in self.possible[it.attribute].iter_mut().zip(values) {
                *possible = bits::meet(value, &rows);
            }
        }
    }

    /// A tree without a solution leaves no value possible in the others, but for what is
    /// decided in it and is the only reason.
    fn rule_out_across_trees(&mut self) {
        let is_root = |it: &usize| self.tree.cliques[*it].parent.is_none();
        let roots: Vec<usize> = (0..self.nodes.len()).filter(is_root).collect();
        let dead = |it: &usize| bits::is_empty(&self.nodes[*it].inner);
        let dead: Vec<usize> = roots.iter().copied().filter(dead).collect();
        if dead.is_empty() {
            return;
        }
        let mut root = vec![0; self.nodes.len()];
        for position in (0..self.nodes.len()).rev() {
            root[position] = self.tree.cliques[position]
                .parent
                .map_or(position, |it| root[it]);
        }
        for (attribute, (clique, _)) in self.places.iter().enumerate() {
            if dead.iter().any(|it| *it != root[*clique]) {
                self.possible[attribute].fill(false);
                // To be worked out again once the other tree has solutions.
                self.nodes[*clique].down_stale = true;
            }
        }
    }

    /// A solution: the first row that fits in each clique, from the roots on. Only after
    /// [`Passes::up`] has found that there is one.
    pub fn solution(&self) -> Vec<usize> {
        self.follow(|position, key| {
            let starts = &self.tree.cliques[position].starts;
            bits::first(&self.nodes[position].inner, starts[key], starts[key + 1])
        })
    }

    /// A solution by a choice of row for a clique and one of its keys, from the roots on.
    pub fn follow(&self, choose: impl Fn(usize, usize) -> Option<usize>) -> Vec<usize> {
        let mut positions = vec![0; self.places.len()];
        let mut keys: Vec<usize> = vec![0; self.nodes.len()];
        for (position, clique) in self.tree.cliques.iter().enumerate().rev() {
            let Some(row) = choose(position, keys[position]) else {
                continue;
            };
            for child in &clique.children {
                keys[child.clique] = usize::from(child.keys[row]);
            }
            for home in &clique.homes {
                positions[home.attribute] = usize::from(home.positions[row]);
            }
        }
        positions
    }

    /// The attributes that are read off at or below a clique.
    pub fn attributes_below(&self, clique: usize) -> Vec<usize> {
        let mut below = vec![false; self.nodes.len()];
        below[clique] = true;
        for position in (0..clique).rev() {
            below[position] = self.tree.cliques[position]
                .parent
                .is_some_and(|it| below[it]);
        }
        let places = self.places.iter().enumerate();
        places
            .filter(|(_, (clique, _))| below[*clique])
            .map(|(attribute, _)| attribute)
            .collect()
    }
}

impl Node {
    fn new(clique: &Clique, values: Vec<Vec<u64>>) -> Self {
        let (rows, keys) = (bits::full(clique.rows()), bits::full(clique.keys()));
        Self {
            allowed: vec![None; values.len()],
            values,
            below: vec![rows.clone(); clique.children.len()],
            beside: vec![rows.clone(); clique.children.len()],
            above: rows.clone(),
            inner: rows,
            up: keys.clone(),
            down: keys,
            version: 1,
            up_stale: false,
            down_stale: true,
        }
    }

    fn work_out_inner(&mut self, rows: usize) {
        self.inner = bits::full(rows);
        for other in self.allowed.iter().flatten().chain(&self.below) {
            bits::intersect(&mut self.inner, other);
        }
    }

    /// For each child, what the evidence, the parent and all other children allow.
    fn work_out_beside(&mut self) {
        let mut before = self.above.clone();
        for allowed in self.allowed.iter().flatten() {
            bits::intersect(&mut before, allowed);
        }
        for (beside, below) in self.beside.iter_mut().zip(&self.below) {
            beside.clone_from(&before);
            bits::intersect(&mut before, below);
        }
        let mut after: Option<Vec<u64>> = None;
        for (beside, below) in self.beside.iter_mut().zip(&self.below).rev() {
            match &mut after {
                Some(after) => {
                    bits::intersect(beside, after);
                    bits::intersect(after, below);
                }
                none => *none = Some(below.clone()),
            }
        }
    }

    /// What all but the evidence on one home allows.
    pub fn rows_beside_own(&self, home: usize) -> Vec<u64> {
        let mut rows = self.above.clone();
        if self.allowed[home].is_none() {
            bits::intersect(&mut rows, &self.inner);
            return rows;
        }
        let others = self.allowed.iter().enumerate();
        let others = others.filter(|(other, _)| *other != home);
        let others = others.filter_map(|(_, it)| it.as_ref());
        for other in others.chain(&self.below) {
            bits::intersect(&mut rows, other);
        }
        rows
    }
}

/// The rows of each position, one after the other.
fn values(home: &Home, rows: usize, size: usize) -> Vec<u64> {
    let words = bits::words(rows);
    let mut values = vec![0; words * size];
    for (row, position) in home.positions.iter().enumerate() {
        bits::add(&mut values[usize::from(*position) * words..], row);
    }
    values
}

/// The keys of these rows.
fn project_up(clique: &Clique, rows: &[u64], keys: &mut [u64]) {
    if clique.keys() == clique.rows() {
        return keys.copy_from_slice(rows);
    }
    for (key, range) in clique.starts.windows(2).enumerate() {
        if bits::first(rows, range[0], range[1]).is_some() {
            bits::add(keys, key);
        }
    }
}

/// The rows of these keys.
fn spread(clique: &Clique, keys: &[u64], rows: &mut [u64]) {
    if clique.keys() == clique.rows() {
        return rows.copy_from_slice(keys);
    }
    rows.fill(0);
    bits::each(keys, |key| {
        bits::add_range(rows, clique.starts[key], clique.starts[key + 1]);
    });
}

/// The rows whose key is among these.
fn gather(keys_of_rows: &[u16], keys: &[u64]) -> Vec<u64> {
    let word = |rows: &[u16]| {
        (rows.iter().rev()).fold(0, |word, key| {
            let key = usize::from(*key);
            word << 1 | (keys[key / 64] >> (key % 64) & 1)
        })
    };
    keys_of_rows.chunks(64).map(word).collect()
}
