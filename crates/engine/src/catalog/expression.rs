use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::AttributeIndex;

/// A number worked out from a configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Formula {
    /// A literal number.
    Constant(Decimal),
    /// The value of a number attribute.
    Attribute(AttributeIndex),
    /// A property of the option chosen for an attribute.
    Property {
        /// The attribute; its domain is an option list.
        attribute: AttributeIndex,
        /// Position in [`OptionList::properties`](super::OptionList::properties).
        property: usize,
    },
    /// Left plus right.
    Add(Box<Formula>, Box<Formula>),
    /// Left minus right.
    Subtract(Box<Formula>, Box<Formula>),
    /// Left times right.
    Multiply(Box<Formula>, Box<Formula>),
    /// Left divided by a number other than zero.
    Divide(Box<Formula>, Decimal),
}

/// Something that holds or does not hold of a configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// Always true, or never.
    Constant(bool),
    /// The attribute has one of these options (positions; 0 and 1 of a yes/no attribute).
    Is {
        /// The attribute; an option list or yes/no.
        attribute: AttributeIndex,
        /// Positions of the options, ascending.
        options: Vec<usize>,
    },
    /// Two numbers compared.
    Compare {
        /// Left-hand side.
        left: Formula,
        /// How they compare.
        comparison: Comparison,
        /// Right-hand side.
        right: Formula,
    },
    /// All of them; true when empty.
    All(Vec<Condition>),
    /// At least one of them; false when empty.
    Any(Vec<Condition>),
    /// Not so.
    Not(Box<Condition>),
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A number grew beyond what an exact decimal can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a number is too large to be worked out exactly")]
pub struct ArithmeticError;
