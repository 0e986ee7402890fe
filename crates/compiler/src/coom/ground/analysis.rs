//! How many instances of an unbounded feature the rules allow, or can make use of.

use super::bounds::Bounds;
use super::schema::Schema;
use crate::coom::ast;

/// What the rules say of the unbounded features.
pub(super) struct Limits {
    bounds: Bounds,
}

impl Limits {
    pub(super) fn new(_schema: &Schema<'_>, _model: &ast::Model, bounds: &Bounds) -> Self {
        Self { bounds: *bounds }
    }

    /// How many instances of a feature (its structure and position) to ground.
    pub(super) fn count(&self, _feature: (usize, usize), min: u32) -> u32 {
        let more = self.bounds.instances.unwrap_or(Bounds::DEFAULT_INSTANCES);
        min.saturating_add(more)
    }
}
