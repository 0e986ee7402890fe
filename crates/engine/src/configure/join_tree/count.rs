//! Solutions counted: the passes with plus and times in place of or and and.

use num_bigint::BigUint;

use super::bits;
use super::number::Number;
use super::sweep::{Kept, Passes};
use super::tree::Clique;

/// How many solutions there are, and with each value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Solutions in all.
    pub total: BigUint,
    /// For each attribute and position, the solutions that have it, given what was asked of
    /// all other attributes.
    pub with: Vec<Vec<BigUint>>,
}

/// For each key of a clique, how many solutions there are at and below the clique; `None`
/// where that is one for every key that has any.
type Below<N> = Option<Vec<N>>;

impl Passes {
    /// How many solutions there are.
    pub fn count(&mut self) -> BigUint {
        if self.up().is_some() {
            return BigUint::ZERO;
        }
        let mut counts = std::mem::replace(&mut self.counts, Kept::new());
        let quick = self.total(&mut counts);
        self.counts = counts;
        let total = quick.or_else(|| self.total::<BigUint>(&mut Kept::new()));
        total.unwrap_or_default()
    }

    /// How many solutions there are, and with each value.
    pub fn shares(&mut self) -> Shares {
        self.down();
        let mut counts = std::mem::replace(&mut self.counts, Kept::new());
        let quick = self.shares_in(&mut counts);
        self.counts = counts;
        let shares = quick.or_else(|| self.shares_in::<BigUint>(&mut Kept::new()));
        shares.unwrap_or_default()
    }

    fn total<N: Number>(&self, below: &mut Kept<Below<N>>) -> Option<BigUint> {
        below.renew(self, |below, position| self.below(below, position))?;
        Some(
            self.totals(&below.items)
                .into_iter()
                .map(|(_, it)| it)
                .product(),
        )
    }

    /// The root of each tree and how many solutions it has.
    fn totals<N: Number>(&self, below: &[Below<N>]) -> Vec<(usize, BigUint)> {
        let cliques = self.tree.cliques.iter().enumerate();
        cliques
            .filter(|(_, it)| it.parent.is_none())
            .map(|(root, _)| {
                let total = match &below[root] {
                    Some(counts) => counts.first().cloned().map_or(BigUint::ZERO, N::into_big),
                    None if bits::is_empty(&self.nodes[root].inner) => BigUint::ZERO,
                    None => BigUint::from(1_u8),
                };
                (root, total)
            })
            .collect()
    }

    /// Of one clique, given its children's.
    fn below<N: Number>(&self, below: &[Below<N>], position: usize) -> Option<Below<N>> {
        let (clique, node) = (&self.tree.cliques[position], &self.nodes[position]);
        let counting = factors(clique, below);
        if counting.is_empty() && clique.keys() == clique.rows() {
            return Some(None);
        }
        let mut counts = vec![N::zero(); clique.keys()];
        let mut single = true;
        for (count, range) in counts.iter_mut().zip(clique.starts.windows(2)) {
            let mut next = bits::first(&node.inner, range[0], range[1]);
            while let Some(row) = next {
                *count = count.plus(&product(&counting, row)?)?;
                next = bits::first(&node.inner, row + 1, range[1]);
            }
            single &= *count == N::zero() || *count == N::one();
        }
        Some((!single).then_some(counts))
    }

    fn shares_in<N: Number>(&self, below: &mut Kept<Below<N>>) -> Option<Shares> {
        below.renew(self, |below, position| self.below(below, position))?;
        let below = below.items.as_slice();
        let above = self.above(below)?;
        let totals = self.totals(below);
        let total = totals.iter().map(|(_, it)| it).product();
        let mut root = vec![0; self.nodes.len()];
        let mut with = vec![Vec::new(); self.tree.attributes.len()];
        for (position, clique) in self.tree.cliques.iter().enumerate().rev() {
            root[position] = clique.parent.map_or(position, |it| root[it]);
            let others: BigUint = (totals.iter())
                .filter(|(it, _)| *it != root[position])
                .map(|(_, it)| it)
                .product();
            let counting = factors(clique, below);
            let keys = keys_of_rows(clique);
            for (home, it) in clique.homes.iter().enumerate() {
                let mut counts = vec![N::zero(); self.tree.attributes[it.attribute].size];
                let mut fits = Some(());
                bits::each(&self.nodes[position].rows_beside_own(home), |row| {
                    let count = &mut counts[usize::from(it.positions[row])];
                    let more = product(&counting, row)
                        .and_then(|it| above[position][keys[row]].times(&it))
                        .and_then(|it| count.plus(&it));
                    match more {
                        Some(more) => *count = more,
                        None => fits = None,
                    }
                });
                fits?;
                let scaled = counts.into_iter().map(|it| it.into_big() * &others);
                with[it.attribute] = scaled.collect();
            }
        }
        Some(Shares { total, with })
    }

    /// For each clique and key, how many solutions there are in the rest of the tree.
    fn above<N: Number>(&self, below: &[Below<N>]) -> Option<Vec<Vec<N>>> {
        let cliques = &self.tree.cliques;
        let mut above: Vec<Vec<N>> = (cliques.iter())
            .map(|it| match it.parent {
                Some(_) => vec![N::zero(); it.keys()],
                None => vec![N::one(); it.keys()],
            })
            .collect();
        for (position, clique) in cliques.iter().enumerate().rev() {
            let keys = keys_of_rows(clique);
            let own = std::mem::take(&mut above[position]);
            for (place, child) in clique.children.iter().enumerate() {
                let mut counting = factors(clique, below);
                counting.retain(|(other, _)| !std::ptr::eq(*other, child.keys.as_slice()));
                let counts = &mut above[child.clique];
                let mut fits = Some(());
                bits::each(&self.nodes[position].beside[place], |row| {
                    let count = &mut counts[usize::from(child.keys[row])];
                    let more = product(&counting, row)
                        .and_then(|it| own[keys[row]].times(&it))
                        .and_then(|it| count.plus(&it));
                    match more {
                        Some(more) => *count = more,
                        None => fits = None,
                    }
                });
                fits?;
            }
            above[position] = own;
        }
        Some(above)
    }
}

/// The children that have more than one solution for a key: the keys of the rows, and the counts.
fn factors<'a, N: Number>(clique: &'a Clique, below: &'a [Below<N>]) -> Vec<(&'a [u16], &'a [N])> {
    let children = clique.children.iter();
    let factor = |child: &'a super::tree::Child| {
        Some((child.keys.as_slice(), below[child.clique].as_deref()?))
    };
    children.filter_map(factor).collect()
}

/// The solutions below all these children that go with a row.
fn product<N: Number>(factors: &[(&[u16], &[N])], row: usize) -> Option<N> {
    let mut factors = factors.iter();
    let Some((keys, counts)) = factors.next() else {
        return Some(N::one());
    };
    let first = counts[usize::from(keys[row])].clone();
    factors.try_fold(first, |product, (keys, counts)| {
        product.times(&counts[usize::from(keys[row])])
    })
}

fn keys_of_rows(clique: &Clique) -> Vec<usize> {
    let ranges = clique.starts.windows(2).enumerate();
    ranges
        .flat_map(|(key, range)| std::iter::repeat_n(key, range[1] - range[0]))
        .collect()
}
