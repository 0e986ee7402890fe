//! In which order lines are looked at where the order of the request must not decide.

use super::whole::Asked;

/// Positions of the lines: by product, then by what is chosen, in the order of the catalog, then
/// by quantity, its changes, and what the contract has had; lines that were changed by hand come
/// last. So lines that come after one another by their position alone are alike.
pub(super) fn order(asked: &Asked) -> Vec<usize> {
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

/// The place of each position in `order`.
pub(super) fn ranks(order: &[usize]) -> Vec<usize> {
    let mut ranks = vec![0; order.len()];
    for (rank, at) in order.iter().enumerate() {
        ranks[*at] = rank;
    }
    ranks
}
