//! In which order lines are looked at where the order of the request must not decide.

use std::cell::OnceCell;

use super::whole::Asked;

/// By product, then by what is chosen, in the order of the catalog, then by quantity, its changes,
/// and what the contract has had; lines that were changed by hand come last. So lines that come
/// after one another by their position alone are alike.
///
/// Worked out where something is left to give to some of the lines, which is seldom.
pub(super) struct Order<'a> {
    asked: &'a Asked<'a>,
    positions: OnceCell<Vec<usize>>,
    ranks: OnceCell<Vec<usize>>,
}

impl<'a> Order<'a> {
    pub fn new(asked: &'a Asked<'a>) -> Self {
        Self {
            asked,
            positions: OnceCell::new(),
            ranks: OnceCell::new(),
        }
    }

    /// The positions of the lines in this order.
    pub fn positions(&self) -> &[usize] {
        self.positions.get_or_init(|| sorted(self.asked))
    }

    /// The place of a line in this order.
    pub fn rank(&self, line: usize) -> usize {
        let ranks = self.ranks.get_or_init(|| {
            let mut ranks = vec![0; self.positions().len()];
            for (rank, at) in self.positions().iter().enumerate() {
                ranks[*at] = rank;
            }
            ranks
        });
        ranks[line]
    }
}

fn sorted(asked: &Asked) -> Vec<usize> {
    let mut order: Vec<usize> = (0..asked.lines.len()).collect();
    order.sort_by_cached_key(|at| {
        let manual = asked.manual.iter();
        let changed = manual.map(|it| it.line).position(|it| it == Some(*at));
        asked.lines.get(*at).map(|it| {
            let chosen = (it.model.product.as_str(), it.values);
            let pieces = (it.quantity, it.ramp, it.earlier, it.billed);
            (chosen, pieces, changed)
        })
    });
    order
}
