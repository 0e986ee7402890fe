//! A UVL file as it was written, before anything is known about its names.
//!
//! Follows the grammar of the language's own parser,
//! <https://github.com/Universal-Variability-Language/uvl-parser>.

use std::ops::Range;

use quotewright_engine::catalog::Comparison;
use rust_decimal::Decimal;

#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub(super) namespace: Option<Reference>,
    pub(super) imports: Vec<Import>,
    /// `None` where the file has no features.
    pub(super) root: Option<Feature>,
    pub(super) constraints: Vec<Constraint>,
}

/// `folder.file as alias`.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) path: Reference,
    pub(super) alias: Option<Reference>,
}

/// Names with dots between them, without their quotation marks.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// At least one.
    pub(super) steps: Vec<String>,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct Feature {
    pub(super) kind: FeatureType,
    pub(super) name: Reference,
    pub(super) cardinality: Option<Cardinality>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) groups: Vec<Group>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FeatureType {
    Boolean,
    Integer,
    Real,
    Text,
}

/// `[1..4]`, `[2]`, `[1..*]`.
#[derive(Clone, Debug)]
pub(super) struct Cardinality {
    pub(super) min: usize,
    /// `None` for `*`.
    pub(super) max: Option<usize>,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) kind: GroupKind,
    pub(super) span: Range<usize>,
    pub(super) features: Vec<Feature>,
}

#[derive(Clone, Debug)]
pub(super) enum GroupKind {
    Or,
    Alternative,
    Optional,
    Mandatory,
    Cardinality(Cardinality),
}

#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) value: AttributeValue,
}

#[derive(Clone, Debug)]
pub(super) enum AttributeValue {
    Number(Decimal),
    Text(String),
    Truth(bool),
    /// A list: nothing that could be calculated or compared with.
    Other,
    Nested(Vec<Attribute>),
    /// `constraint` and `constraints`.
    Constraints(Vec<Constraint>),
}

#[derive(Clone, Debug)]
pub(super) struct Constraint {
    pub(super) span: Range<usize>,
    pub(super) kind: ConstraintKind,
}

#[derive(Clone, Debug)]
pub(super) enum ConstraintKind {
    Truth(bool),
    Feature(Reference),
    Not(Box<Constraint>),
    All(Vec<Constraint>),
    Any(Vec<Constraint>),
    Implies(Box<Constraint>, Box<Constraint>),
    Equivalent(Box<Constraint>, Box<Constraint>),
    Compare(Expression, Comparison, Expression),
}

#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) span: Range<usize>,
    pub(super) kind: ExpressionKind,
}

#[derive(Clone, Debug)]
pub(super) enum ExpressionKind {
    Number(Decimal),
    Text(String),
    Reference(Reference),
    /// Terms; `true` for those that are taken away.
    Sum(Vec<(bool, Expression)>),
    Multiply(Box<Expression>, Box<Expression>),
    Divide(Box<Expression>, Box<Expression>),
    Call(Function, Vec<Reference>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Sum,
    Average,
    Floor,
    Ceil,
    Length,
}
