use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::AttributeIndex;

/// A number worked out from a configuration.
///
/// Where a part is not there, neither are the numbers of its attributes. A sum or difference
/// with one side that is not there is the other side (`0 - x` where the left one is missing);
/// a product, quotient or power with such a side is not there either.
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
    /// Left divided by right, exactly; not there where right is zero.
    Divide(Box<Formula>, Box<Formula>),
    /// A formula multiplied by itself so many times in all; 1 for 0.
    Power(Box<Formula>, u32),
    /// How many of these parts (their presences) are there; always there itself.
    Count(Vec<AttributeIndex>),
    /// The sum of what is there; 0, and so always there, where nothing is.
    Sum(Vec<Formula>),
    /// The smallest of what is there; not there where nothing is.
    Min(Vec<Formula>),
    /// The largest of what is there; not there where nothing is.
    Max(Vec<Formula>),
    /// The formula where the condition is defined and holds, 0 elsewhere.
    Where(Box<Condition>, Box<Formula>),
}

/// Something that holds or does not hold of a configuration.
///
/// A comparison with a side that is not there is undefined, and so is everything that is
/// made of it, but for [`Condition::Certain`]. A rule that is undefined demands nothing.
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
    /// The part with this presence is there; never undefined.
    There(AttributeIndex),
    /// The inner condition is defined and holds; never undefined.
    Certain(Box<Condition>),
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
