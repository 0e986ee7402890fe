//! How much of a model with unbounded features is laid out.

use std::collections::BTreeMap;

/// How many instances are grounded where a file sets no bound.
///
/// Larger bounds only add attributes: those of smaller bounds keep their codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Instances of each unbounded feature beyond its minimum; never more than the rules
    /// of the model allow. `None`: as many as the rules can ever make use of, where that is
    /// known and not more than [`Bounds::limit`], else [`Bounds::DEFAULT_INSTANCES`].
    pub instances: Option<u32>,
    /// At least so many of the feature of one part, by their path without its last index,
    /// such as `carrier[0].bag`; no more than [`Unbounded::highest`].
    pub asked: BTreeMap<String, u32>,
    /// Most instances of an unbounded feature beyond its minimum that are grounded.
    pub limit: u32,
    /// How often a structure may stand within itself, the outermost included.
    pub depth: u32,
    /// Most parts, attributes and options, and most conditions and formulas in rules.
    pub size: u64,
}

impl Bounds {
    /// Instances, beyond the minimum, of a feature of which the rules do not say how many are
    /// of use.
    pub const DEFAULT_INSTANCES: u32 = 8;
    /// So many instances of features within each other are laid out unasked.
    pub const NESTED_INSTANCES: u64 = 512;
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            instances: None,
            asked: BTreeMap::new(),
            limit: 64,
            depth: 2,
            size: 1_000_000,
        }
    }
}

/// A feature of one part, of which the file allows any number of instances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbounded {
    /// What the paths of its instances have before their last index, such as `carrier[0].bag`.
    pub path: String,
    /// Least number of instances.
    pub min: u32,
    /// The rules allow no more instances; `None` where that is not known.
    pub most: Option<u32>,
    /// More instances are of no use to any rule; `None` where that is not known. They can be
    /// there all the same.
    pub useful: Option<u32>,
    /// So many instances are grounded with the bounds that were asked about.
    pub grounded: u32,
    /// Most that are grounded with larger bounds.
    pub highest: u32,
}

impl Unbounded {
    /// Whether all instances are grounded that there can be.
    pub fn is_closed(&self) -> bool {
        self.most.is_some_and(|most| self.grounded >= most)
    }

    /// Whether all instances are grounded that the rules can make use of.
    pub fn is_sufficient(&self) -> bool {
        self.is_closed() || self.useful.is_some_and(|useful| self.grounded >= useful)
    }

    /// The next larger number of instances: twice as many beyond the minimum. `None` where no
    /// more are grounded.
    pub fn next(&self) -> Option<u32> {
        let beyond = self.grounded.saturating_sub(self.min);
        let next = beyond.saturating_mul(2).max(1).saturating_add(self.min);
        (self.grounded < self.highest).then(|| next.min(self.highest))
    }
}
