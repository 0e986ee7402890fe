//! The cheapest solution: the pass up with plus and smaller in place of and and or.

use super::bits;
use super::sweep::{Kept, Passes};
use super::tree::JoinTree;

/// Of one clique, what the cheapest solutions at and below it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Least {
    /// For each key; zero where there is no solution.
    costs: Vec<i64>,
    /// The first row of such a solution.
    rows: Vec<usize>,
}

/// Whether any sum of costs, one of each attribute, stays within 64 bits.
pub(super) fn add_up(costs: &[Vec<i64>]) -> bool {
    let most = |costs: &Vec<i64>| costs.iter().map(|it| it.unsigned_abs()).max();
    let total = (costs.iter().filter_map(most)).try_fold(0_u64, |sum, it| sum.checked_add(it));
    total.is_some_and(|it| i64::try_from(it).is_ok())
}

impl Passes {
    /// What the cheapest solution costs, and such a solution; of several, the one with the
    /// first rows. `costs` has one for each attribute and position; `renewed` says that they
    /// are not those of the call before. `None` where there is no solution or the costs cannot
    /// be added in 64 bits.
    pub fn cheapest(&mut self, costs: &[Vec<i64>], renewed: bool) -> Option<(i64, Vec<usize>)> {
        if !add_up(costs) || self.up().is_some() {
            return None;
        }
        let mut kept = std::mem::replace(&mut self.costs, Kept::new());
        if renewed {
            kept = Kept::new();
        }
        kept.renew(self, |below, position| {
            Some(self.least(below, position, costs))
        })?;
        let cliques = self.tree.cliques.iter().zip(&kept.items);
        let roots = cliques.filter(|(it, _)| it.parent.is_none());
        let total = roots.filter_map(|(_, it)| it.costs.first()).sum();
        let row = |position: usize, key: usize| kept.items[position].rows.get(key).copied();
        let solution = self.follow(row);
        self.costs = kept;
        Some((total, solution))
    }

    /// The tree that has all the cheapest solutions and no others; arguments and `None` as in
    /// [`Passes::cheapest`].
    pub fn only_cheapest(&mut self, costs: &[Vec<i64>], renewed: bool) -> Option<JoinTree> {
        self.cheapest(costs, renewed)?;
        let cliques = &self.tree.cliques;
        let none = |keys: usize| vec![0; bits::words(keys)];
        let mut keys: Vec<Vec<u64>> = cliques.iter().map(|it| none(it.keys())).collect();
        let mut rows = vec![Vec::new(); cliques.len()];
        for (position, clique) in cliques.iter().enumerate().rev() {
            if clique.parent.is_none() {
                keys[position] = bits::full(clique.keys());
            }
            let sums = self.sums(&self.costs.items, position, costs);
            let (least, inner) = (&self.costs.items[position], &self.nodes[position].inner);
            bits::each(&keys[position], |key| {
                let all = clique.starts[key]..clique.starts[key + 1];
                let cheapest =
                    |row: &usize| bits::has(inner, *row) && sums[*row] == least.costs[key];
                rows[position].extend(all.filter(cheapest));
            });
            for child in &clique.children {
                for row in &rows[position] {
                    bits::add(&mut keys[child.clique], usize::from(child.keys[*row]));
                }
            }
        }
        Some(self.tree.only(&keys, &rows))
    }

    /// Of one clique, given its children's.
    fn least(&self, below: &[Least], position: usize, costs: &[Vec<i64>]) -> Least {
        self.least_of_keys(position, &self.sums(below, position, costs))
    }

    /// What each row of a clique costs with the cheapest below it.
    fn sums(&self, below: &[Least], position: usize, costs: &[Vec<i64>]) -> Vec<i64> {
        let clique = &self.tree.cliques[position];
        let mut sums = vec![0; clique.rows()];
        for home in &clique.homes {
            let costs = costs.get(home.attribute).map_or(&[][..], |it| it);
            if costs.iter().any(|it| *it != 0) {
                for (sum, position) in sums.iter_mut().zip(&home.positions) {
                    *sum += costs.get(usize::from(*position)).copied().unwrap_or(0);
                }
            }
        }
        for child in &clique.children {
            let costs = &below[child.clique].costs;
            if costs.iter().any(|it| *it != 0) {
                for (sum, key) in sums.iter_mut().zip(&child.keys) {
                    *sum += costs[usize::from(*key)];
                }
            }
        }
        sums
    }

    /// For each key, the least sum and the first row that has it.
    fn least_of_keys(&self, position: usize, sums: &[i64]) -> Least {
        let inner = &self.nodes[position].inner;
        let mut least = Least {
            costs: Vec::new(),
            rows: Vec::new(),
        };
        for range in self.tree.cliques[position].starts.windows(2) {
            let mut best: Option<(i64, usize)> = None;
            let mut next = bits::first(inner, range[0], range[1]);
            while let Some(row) = next {
                if best.is_none_or(|(sum, _)| sums[row] < sum) {
                    best = Some((sums[row], row));
                }
                next = bits::first(inner, row + 1, range[1]);
            }
            let (cost, row) = best.unwrap_or((0, range[0]));
            least.costs.push(cost);
            least.rows.push(row);
        }
        least
    }
}
