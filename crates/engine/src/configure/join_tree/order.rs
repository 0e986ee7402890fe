//! In which order attributes are eliminated: first the one whose neighbours lack the fewest
//! edges among each other (min-fill), among equals the one with the fewest neighbours.

use std::collections::BTreeSet;

use super::table::{MOST_BITS, Table, Widths};

struct Graph {
    neighbours: Vec<BTreeSet<usize>>,
    /// Edges that each elimination would add, neighbours, attribute.
    queue: BTreeSet<(usize, usize, usize)>,
    costs: Vec<(usize, usize)>,
}

/// The order; `None` where attributes would meet whose positions do not fit in one row.
pub(super) fn order(widths: &Widths, attributes: usize, tables: &[Table]) -> Option<Vec<usize>> {
    let mut graph = Graph::new(attributes, tables);
    let mut order = Vec::with_capacity(attributes);
    while let Some((_, _, attribute)) = graph.queue.pop_first() {
        let met: Vec<usize> = graph.neighbours[attribute].iter().copied().collect();
        if widths.of(attribute) + widths.total(&met) > MOST_BITS {
            return None;
        }
        graph.eliminate(attribute, &met);
        order.push(attribute);
    }
    Some(order)
}

impl Graph {
    fn new(attributes: usize, tables: &[Table]) -> Self {
        let mut neighbours = vec![BTreeSet::new(); attributes];
        for table in tables {
            for attribute in &table.scope {
                let others = table.scope.iter().filter(|it| *it != attribute);
                neighbours[*attribute].extend(others);
            }
        }
        let mut graph = Self {
            neighbours,
            queue: BTreeSet::new(),
            costs: vec![(0, 0); attributes],
        };
        for attribute in 0..attributes {
            graph.enqueue(attribute);
        }
        graph
    }

    fn enqueue(&mut self, attribute: usize) {
        let around = &self.neighbours[attribute];
        // Each missing edge is seen from both ends.
        let missing: usize = (around.iter())
            .map(|it| around.len() - 1 - self.neighbours[*it].intersection(around).count())
            .sum();
        let cost = (missing, around.len());
        self.costs[attribute] = cost;
        self.queue.insert((cost.0, cost.1, attribute));
    }

    fn eliminate(&mut self, attribute: usize, met: &[usize]) {
        let mut changed: BTreeSet<usize> = met.iter().copied().collect();
        for one in met {
            self.neighbours[*one].remove(&attribute);
            for other in met.iter().filter(|it| *it != one) {
                if self.neighbours[*one].insert(*other) {
                    // Whoever knows both lacks one edge less.
                    let (one, other) = (&self.neighbours[*one], &self.neighbours[*other]);
                    changed.extend(one.intersection(other));
                }
            }
        }
        changed.remove(&attribute);
        for it in changed {
            let (missing, degree) = self.costs[it];
            self.queue.remove(&(missing, degree, it));
            self.enqueue(it);
        }
    }
}
