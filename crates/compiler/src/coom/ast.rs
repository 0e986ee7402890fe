//! A COOM file as it was written, before anything is known about its names.
//!
//! Follows the grammar published as `Model.g4` and `UserInput.g4` in
//! <https://github.com/potassco/coom-suite>.

use std::ops::Range;

use quotewright_engine::catalog::Comparison;
use rust_decimal::Decimal;

/// Bytes of the file.
pub(crate) type Span = Range<usize>;

/// A word with its place; without its quotation marks where it had some.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// What stands in a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum File {
    /// A product that can be configured.
    Model(Model),
    /// What somebody wants of a model that is elsewhere.
    UserInput(Vec<Operation>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model {
    /// Features of all `product { }` blocks.
    pub(crate) product: Vec<Feature>,
    pub(crate) structures: Vec<Structure>,
    pub(crate) enumerations: Vec<Enumeration>,
    pub(crate) behaviors: Vec<Behavior>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Structure {
    pub(crate) name: Name,
    pub(crate) features: Vec<Feature>,
}

/// `0..2 Bag bag`, `num .#/kg 0-10 weight`, `reference Person owner`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Feature {
    pub(crate) span: Span,
    pub(crate) name: Name,
    pub(crate) kind: FeatureKind,
    pub(crate) cardinality: Option<Cardinality>,
    pub(crate) reference: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FeatureKind {
    /// An instance of a structure or an option of an enumeration; without a name of a type,
    /// the type is called as the feature.
    Typed(Option<Name>),
    Number(NumberType),
    Text,
}

/// `num .##/kg 0-10`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NumberType {
    /// Decimals.
    pub(crate) digits: u32,
    pub(crate) unit: Option<String>,
    /// Smallest and largest; an infinity is `None`.
    pub(crate) min: Option<Decimal>,
    pub(crate) max: Option<Decimal>,
}

/// `2`, `2x`, `0..4` and `0..*`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cardinality {
    pub(crate) span: Span,
    pub(crate) min: u32,
    /// `None` for `*`.
    pub(crate) max: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Enumeration {
    pub(crate) name: Name,
    pub(crate) attributes: Vec<EnumerationAttribute>,
    pub(crate) options: Vec<EnumerationOption>,
}

/// `attribute num/l volume`, `attribute string colour`, `attribute efficiency`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumerationAttribute {
    pub(crate) name: Name,
    pub(crate) kind: FeatureKind,
}

/// `B20 = (20, 250)`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumerationOption {
    pub(crate) name: Name,
    pub(crate) values: Vec<Constant>,
    /// Of the brackets, or of the name where there are none.
    pub(crate) values_span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constant {
    Number(Decimal),
    /// A word or a quoted text.
    Text(String),
}

/// `behavior Bag { ... }`; without a name, of the product.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Behavior {
    pub(crate) context: Option<Name>,
    pub(crate) block: Block,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Block {
    pub(crate) definitions: Vec<Definition>,
    pub(crate) statements: Vec<Statement>,
}

/// `define name = formula`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Definition {
    pub(crate) name: Name,
    pub(crate) formula: Expression,
}

/// One statement with what stands above it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    /// Of the statement itself, without what stands above it.
    pub(crate) span: Span,
    pub(crate) explanation: Option<Name>,
    pub(crate) conditions: Vec<Expression>,
    pub(crate) kind: StatementKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StatementKind {
    Block(Block),
    Require(Expression),
    /// `prefer/5 condition`.
    Prefer {
        penalty: Option<u32>,
        condition: Expression,
    },
    Combinations(Combinations),
    /// `default/2 path = formula`.
    Default {
        priority: Option<u32>,
        path: Path,
        value: Expression,
    },
    Imply {
        path: Path,
        value: Expression,
    },
    /// `minimize/2 formula`.
    Optimize {
        minimize: bool,
        priority: Option<u32>,
        formula: Expression,
    },
    /// `hide path`, `readonly path`, `readwrite path`.
    Interaction {
        directive: Directive,
        path: Path,
    },
    Message {
        level: Option<Name>,
        text: Name,
    },
    /// `exists b in bag { ... }`.
    Exists {
        variables: Vec<(Name, Path)>,
        block: Block,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Directive {
    ReadWrite,
    ReadOnly,
    Hide,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Combinations {
    pub(crate) columns: Vec<Expression>,
    pub(crate) rows: Vec<CombinationRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CombinationRow {
    pub(crate) span: Span,
    /// `allow` rather than `forbid`.
    pub(crate) allow: bool,
    pub(crate) cells: Vec<CombinationCell>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CombinationCell {
    /// `-*-`.
    Any,
    /// `B20` or `(B20, >= 50)`: one of these holds.
    OneOf(Vec<CombinationAtom>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CombinationAtom {
    /// `=` where none is written.
    pub(crate) comparison: Comparison,
    pub(crate) value: Expression,
}

/// A condition or a formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub(crate) span: Span,
    pub(crate) kind: ExpressionKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExpressionKind {
    Number(Decimal),
    Truth(bool),
    Path(Path),
    Not(Box<Expression>),
    /// Two or more, `&&` between them.
    All(Vec<Expression>),
    /// Two or more, `||` between them.
    Any(Vec<Expression>),
    /// `a < b`; a chain `a < b < c` is its parts with `&&` between them.
    Compare {
        left: Box<Expression>,
        comparison: Comparison,
        right: Box<Expression>,
    },
    /// `set contains element`.
    Contains {
        set: Box<Expression>,
        element: Box<Expression>,
    },
    Negate(Box<Expression>),
    Arithmetic {
        left: Box<Expression>,
        operator: Operator,
        right: Box<Expression>,
    },
    /// `sum(bag.volume)`; the name is one of the language's functions.
    Call {
        function: Name,
        arguments: Vec<Expression>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// `carrier[0].bag.material`, `root.color`, `W26`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Path {
    pub(crate) span: Span,
    /// At least one.
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) name: Name,
    /// Without one: every instance.
    pub(crate) index: Option<Index>,
}

/// `[2]`, `[last]`, `[last-1]`, `[0..2]`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Index {
    pub(crate) from: Place,
    /// The same as `from` where there is only one.
    pub(crate) to: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Counted from 0.
    First(u32),
    /// Counted back from the last one that is there.
    Last(u32),
}

/// One line of a user input.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) span: Span,
    pub(crate) path: Path,
    /// `set path = value`; without a value, `add path`.
    pub(crate) value: Option<Expression>,
}
