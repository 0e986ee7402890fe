//! How much of a model with unbounded features is laid out.

/// How many instances are grounded where a file sets no bound.
///
/// Larger bounds only add attributes: those of smaller bounds keep their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Instances of each unbounded feature beyond its minimum; never more than the rules
    /// of the model allow. `None`: as many as the rules can ever make use of, where that is
    /// known and at most [`Bounds::limit`], else [`Bounds::DEFAULT_INSTANCES`].
    pub instances: Option<u32>,
    /// Most instances of an unbounded feature that are grounded unasked.
    pub limit: u32,
    /// How often a structure may stand within itself, the outermost included.
    pub depth: u32,
    /// Most parts and attributes, and most conditions and formulas in rules.
    pub size: u64,
}

impl Bounds {
    /// Instances of a feature of which the rules do not say how many are of use.
    pub const DEFAULT_INSTANCES: u32 = 8;
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            instances: None,
            limit: 64,
            depth: 2,
            size: 1_000_000,
        }
    }
}
