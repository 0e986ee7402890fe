//! Reasoning with tables joined ahead of time.
//!
//! A model whose constraints can all be written as tables is compiled into a tree of larger
//! tables (cliques) in which every row is part of a solution. Decisions then rule rows out:
//! one pass towards the roots says whether any solution is left, one back which values are in
//! one. The same passes count solutions and find the cheapest. No search, no surprise.

mod answer;
mod bits;
mod bound;
mod cheapest;
mod cliques;
mod consistency;
mod constraints;
mod count;
mod eliminate;
mod evidence;
mod layout;
mod narrow;
mod number;
mod order;
mod reasoner;
mod subset;
mod sweep;
mod table;
mod tree;

pub(super) use bound::Costs;
pub use count::Shares;
pub use reasoner::TreeReasoner;
pub use tree::{Invalid, JoinTree};

use self::constraints::Space;
use self::table::Table;
use crate::catalog::Model;

impl JoinTree {
    /// Compiles a model; `None` where its constraints or their tree would be too large, which
    /// can take a second or two to find out.
    pub fn compile(model: &Model) -> Option<Self> {
        let space = Space::new(model)?;
        let tables = space.tables()?.into_iter().map(|(_, table)| table);
        let tables = tables.chain(space.given()).collect();
        join(&space, tables)
    }
}

/// Joins tables, among which there has to be one for each attribute.
fn join(space: &Space, mut tables: Vec<Table>) -> Option<JoinTree> {
    let order = order::order(&space.widths, space.sizes.len(), &tables)?;
    consistency::make_consistent(&space.widths, &mut tables);
    let clusters = eliminate::eliminate(&space.widths, &tables, &order)?;
    let cliques = cliques::trim(&space.widths, clusters);
    layout::tree(space, &cliques)
}
