//! An order in which variables could be eliminated: always one that meets the fewest others.

use std::collections::BTreeSet;

use super::clauses::Clauses;

/// Where more meet, the others come as they are: the order would take too long.
const MOST_MET: usize = 400;

/// The place of each variable in the order.
pub(super) fn ranks(clauses: &Clauses) -> Vec<u32> {
    let mut near: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); clauses.variables()];
    for clause in clauses.open() {
        let open = clause.iter().map(|it| it >> 1);
        let open: Vec<u32> = open.filter(|it| clauses.is_open(*it)).collect();
        meet(&mut near, &open);
    }
    let degrees = (0..)
        .zip(&near)
        .map(|(variable, near)| (near.len(), variable));
    let mut queue: BTreeSet<(usize, u32)> = degrees.collect();
    let mut ranks = vec![0; near.len()];
    for rank in 0.. {
        let Some((degree, variable)) = queue.pop_first() else {
            break;
        };
        ranks[variable as usize] = rank;
        if degree > MOST_MET {
            continue;
        }
        let around: Vec<u32> = std::mem::take(&mut near[variable as usize])
            .into_iter()
            .collect();
        for other in &around {
            queue.remove(&(near[*other as usize].len(), *other));
            near[*other as usize].remove(&variable);
        }
        meet(&mut near, &around);
        queue.extend(around.iter().map(|it| (near[*it as usize].len(), *it)));
    }
    ranks
}

/// Each of these meets all others.
fn meet(near: &mut [BTreeSet<u32>], all: &[u32]) {
    for one in all {
        let others = all.iter().copied().filter(|it| it != one);
        near[*one as usize].extend(others);
    }
}
