//! How much of a model with unbounded features is laid out.

/// How many instances are grounded where a file sets no bound.
///
/// Larger bounds only add attributes: those of smaller bounds keep their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Instances of each unbounded feature beyond its minimum; never more than the rules
    /// of the model allow. `None`: as many as the rules can ever make use of, where that is
    /// known, but at least [`Bounds::DEFAULT_INSTANCES`] and at most [`Bounds::limit`].
    /// [`CoomModel::larger`](crate::coom::CoomModel::larger) goes on from there.
    pub instances: Option<u32>,
    /// Most instances of an unbounded feature that are grounded unasked.
    pub limit: u32,
    /// How often a structure may stand within itself, the outermost included.
    pub depth: u32,
    /// Most parts, attributes and options, and most conditions and formulas in rules.
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

/// A feature of which the file allows any number of instances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbounded {
    /// Name of the structure that has it; `product` for the product.
    pub structure: String,
    /// Name of the feature.
    pub feature: String,
    /// Least number of instances.
    pub min: u32,
    /// The rules allow no more instances with one owner; `None` where that is not known.
    pub most: Option<u32>,
    /// More instances with one owner are of no use to any rule; `None` where that is not
    /// known. They can be there all the same.
    pub useful: Option<u32>,
    /// So many instances with one owner are grounded with the bounds that were asked about.
    pub grounded: u32,
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
}
