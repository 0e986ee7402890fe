//! Smallest sets of items that share one with each of several sets.

use std::collections::BTreeSet;

/// So many steps may the search for all of them take.
const MOST_STEPS: u32 = 200_000;

/// Finds hitting sets by size; of those of one size, the one that does without the first
/// items comes first.
#[derive(Default)]
pub(super) struct HittingSets {
    /// Each has to be hit.
    sets: Vec<Vec<usize>>,
    /// Neither these nor what contains one of them.
    excluded: Vec<Vec<usize>>,
    /// None is smaller.
    size: usize,
    steps: u32,
}

/// What the search came to.
pub(super) enum Next {
    /// This set, ascending.
    Set(Vec<usize>),
    /// There is none.
    Nothing,
    /// There are too many to try.
    TooMany,
}

impl HittingSets {
    /// From now on, only sets that share an item with `set`.
    pub fn hit(&mut self, set: Vec<usize>) {
        self.sets.push(set);
    }

    /// From now on, no set that contains all of `set`.
    pub fn exclude(&mut self, set: Vec<usize>) {
        self.excluded.push(set);
    }

    /// The next set; the same again as long as nothing was said about it.
    pub fn next(&mut self) -> Next {
        let items: BTreeSet<usize> = self.sets.iter().flatten().copied().collect();
        while self.size <= items.len() {
            let mut chosen = Vec::new();
            if self.search(0, &mut chosen) {
                return Next::Set(chosen);
            }
            if self.steps >= MOST_STEPS {
                return Next::TooMany;
            }
            self.size += 1;
        }
        Next::Nothing
    }

    /// Adds items from `from` on to `chosen`, so that all sets are hit.
    fn search(&mut self, from: usize, chosen: &mut Vec<usize>) -> bool {
        self.steps += 1;
        let excluded = |it: &Vec<usize>| it.iter().all(|item| chosen.contains(item));
        if self.steps >= MOST_STEPS || self.excluded.iter().any(excluded) {
            return false;
        }
        let Some(open) = self.open(from, chosen) else {
            return false;
        };
        let Some(item) = open.iter().flatten().min().copied() else {
            return true;
        };
        if chosen.len() + apart(&open) > self.size {
            return false;
        }
        if self.search(item + 1, chosen) {
            return true;
        }
        chosen.push(item);
        let found = self.search(item + 1, chosen);
        if !found {
            chosen.pop();
        }
        found
    }

    /// What is left of each set that is not hit yet; `None` where one cannot be any more.
    fn open(&self, from: usize, chosen: &[usize]) -> Option<Vec<Vec<usize>>> {
        let missed = (self.sets.iter()).filter(|set| !set.iter().any(|it| chosen.contains(it)));
        missed
            .map(|set| {
                let left: Vec<usize> = set.iter().copied().filter(|it| *it >= from).collect();
                (!left.is_empty()).then_some(left)
            })
            .collect()
    }
}

/// So many of the sets, at least, need an item each.
fn apart(sets: &[Vec<usize>]) -> usize {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut count = 0;
    for set in sets {
        if set.iter().all(|it| !used.contains(it)) {
            used.extend(set);
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All minimal hitting sets, in order.
    fn all(sets: &[&[usize]]) -> Vec<Vec<usize>> {
        let mut search = HittingSets::default();
        sets.iter().for_each(|it| search.hit(it.to_vec()));
        let mut found = Vec::new();
        while let Next::Set(set) = search.next() {
            search.exclude(set.clone());
            found.push(set);
        }
        found
    }

    #[test]
    fn small_sets_first_and_early_items_are_spared() {
        for (sets, expected) in [
            (&[][..], vec![vec![]]),
            (&[&[][..]], vec![]),
            (&[&[0, 2]], vec![vec![2], vec![0]]),
            (&[&[0, 1], &[1, 2]], vec![vec![1], vec![0, 2]]),
            (
                &[&[0, 1], &[2, 3]],
                vec![vec![1, 3], vec![1, 2], vec![0, 3], vec![0, 2]],
            ),
            (&[&[0, 1, 2], &[2], &[4, 2]], vec![vec![2]]),
        ] {
            assert_eq!(all(sets), expected, "{sets:?}");
        }
    }
}
