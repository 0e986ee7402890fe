//! Without which parts a condition says nothing.

use quotewright_engine::catalog::Condition;

use super::Grounder;
use crate::presence::{Presences, of_condition};

impl Grounder<'_, '_> {
    /// The presences without which `condition` is undefined.
    pub(super) fn parts_of_condition(&self, condition: &Condition, parts: &mut Presences) {
        of_condition(&self.tree.attributes, condition, parts);
    }
}
