//! The cheapest solution: the pass up with plus and smaller in place of and and or.

use super::bits;
use super::sweep::Passes;

impl Passes {
    /// What the cheapest solution costs, and such a solution; of several, the one with the
    /// first rows. `costs` has one for each attribute and position. `None` where there is no
    /// solution or the costs cannot be added in 64 bits.
    pub fn cheapest(&mut self, costs: &[Vec<i64>]) -> Option<(i64, Vec<usize>)> {
        let most = |costs: &Vec<i64>| costs.iter().map(|it| it.unsigned_abs()).max();
        let total = (costs.iter().filter_map(most)).try_fold(0_u64, |sum, it| sum.checked_add(it));
        i64::try_from(total?).ok()?;
        if self.up().is_some() {
            return None;
        }
        let mut least: Vec<Vec<i64>> = Vec::with_capacity(self.nodes.len());
        let mut best: Vec<Vec<usize>> = Vec::with_capacity(self.nodes.len());
        let mut total = 0;
        for (position, clique) in self.tree.cliques.iter().enumerate() {
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
                let costs = &least[child.clique];
                if costs.iter().any(|it| *it != 0) {
                    for (sum, key) in sums.iter_mut().zip(&child.keys) {
                        *sum += costs[usize::from(*key)];
                    }
                }
            }
            let (cheapest, rows) = self.cheapest_of_keys(position, &sums);
            if clique.parent.is_none() {
                total += cheapest.first().copied().unwrap_or(0);
            }
            least.push(cheapest);
            best.push(rows);
        }
        let row = |position: usize, start: usize, _| {
            let starts = &self.tree.cliques[position].starts;
            best[position]
                .get(starts.binary_search(&start).ok()?)
                .copied()
        };
        Some((total, self.follow(row)))
    }

    /// For each key that has a solution, the least sum and the first row that has it; zero
    /// where there is no solution.
    fn cheapest_of_keys(&self, position: usize, sums: &[i64]) -> (Vec<i64>, Vec<usize>) {
        let inner = &self.nodes[position].inner;
        let mut least = Vec::new();
        let mut rows = Vec::new();
        for range in self.tree.cliques[position].starts.windows(2) {
            let mut found = (0, range[0]);
            let mut next = bits::first(inner, range[0], range[1]);
            let mut first = true;
            while let Some(row) = next {
                if first || sums[row] < found.0 {
                    found = (sums[row], row);
                    first = false;
                }
                next = bits::first(inner, row + 1, range[1]);
            }
            least.push(found.0);
            rows.push(found.1);
        }
        (least, rows)
    }
}
