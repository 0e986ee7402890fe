use std::ops::Range;

use quotewright_engine::catalog::Comparison;
use rust_decimal::Decimal;

/// An expression as it was written, before anything is known about its names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Bytes of the expression.
    pub(crate) span: Range<usize>,
    /// Levels of nodes below, for the limit on recursion.
    pub(crate) depth: usize,
    pub(crate) kind: NodeKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NodeKind {
    Number(Decimal),
    Truth(bool),
    /// An attribute or an option.
    Name(String),
    /// `attribute.property`.
    Property {
        attribute: Name,
        property: Name,
    },
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Compare {
        left: Box<Node>,
        comparison: Comparison,
        right: Box<Node>,
    },
    Negate(Box<Node>),
    Arithmetic {
        left: Box<Node>,
        operator: Operator,
        right: Box<Node>,
    },
}

/// A word with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}
