//! Comparisons read as sums over instances, to see how many instances they allow.

use quotewright_engine::catalog::Comparison;
use rust_decimal::Decimal;

use super::enumeration::Attribute;
use super::schema::{Content, PRODUCT, Schema};
use crate::coom::ast::{Definition, Expression, ExpressionKind, Operator, Path};

/// A feature: its structure and its position in it.
pub(super) type FeatureKey = (usize, usize);

/// `sum` or `count` over all instances of a path.
#[derive(Clone)]
pub(super) struct Aggregate {
    pub(super) factor: Decimal,
    pub(super) steps: Vec<FeatureKey>,
    pub(super) leaf: Leaf,
}

/// What each thing at the end of a path adds.
#[derive(Clone, Copy)]
pub(super) enum Leaf {
    /// 1.
    One,
    /// From the first to the second.
    Number(Decimal, Decimal),
    /// A number attribute of an enumeration.
    Property(usize, usize),
}

/// Sums over instances, and a number of which only the bounds are known.
#[derive(Clone, Default)]
pub(super) struct Linear {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) aggregates: Vec<Aggregate>,
}

/// Reads expressions of the behavior of one structure.
pub(super) struct Reader<'r, 'a> {
    pub(super) schema: &'r Schema<'a>,
    pub(super) context: usize,
    pub(super) definitions: Vec<&'a Definition>,
}

impl<'a> Reader<'_, 'a> {
    /// `left - right` where that is always there; `None` where it is not known to be linear.
    pub(super) fn difference(&self, left: &Expression, right: &Expression) -> Option<Linear> {
        self.linear(left, 0)?
            .plus(self.linear(right, 0)?.times(-Decimal::ONE)?)
    }

    fn linear(&self, expression: &Expression, depth: usize) -> Option<Linear> {
        // Definitions can use others: a cycle ends here.
        if depth > 32 {
            return None;
        }
        let next = |inner| self.linear(inner, depth + 1);
        match &expression.kind {
            ExpressionKind::Number(number) => Some(Linear::constant(*number, *number)),
            ExpressionKind::Negate(inner) => next(inner)?.times(-Decimal::ONE),
            ExpressionKind::Arithmetic {
                left,
                operator,
                right,
            } => {
                let (left, right) = (next(left)?, next(right)?);
                match operator {
                    Operator::Add => left.plus(right),
                    Operator::Subtract => left.plus(right.times(-Decimal::ONE)?),
                    Operator::Multiply => match (left.fixed(), right.fixed()) {
                        (Some(factor), _) => right.times(factor),
                        (_, Some(factor)) => left.times(factor),
                        _ => None,
                    },
                    Operator::Divide | Operator::Power => None,
                }
            }
            ExpressionKind::Call {
                function,
                arguments,
            } => {
                let counts = match function.text.as_str() {
                    "count" => true,
                    "sum" => false,
                    _ => return None,
                };
                let mut total = Linear::default();
                for argument in arguments {
                    total = total.plus(self.aggregate(argument, counts)?)?;
                }
                Some(total)
            }
            ExpressionKind::Path(path) => match self.definition(path) {
                Some(definition) => next(&definition.formula),
                None => self.always_there(path),
            },
            _ => None,
        }
    }

    fn definition(&self, path: &Path) -> Option<&'a Definition> {
        let [step] = path.steps.as_slice() else {
            return None;
        };
        let name = step.name.text.as_str();
        if self.schema.structures[self.context]
            .position(name)
            .is_some()
        {
            return None;
        }
        let mut definitions = self.definitions.iter().rev();
        definitions.find(|it| it.name.text == name).copied()
    }

    /// The bounds of a number that is there wherever the behavior is.
    fn always_there(&self, path: &Path) -> Option<Linear> {
        let (steps, leaf) = self.walk(path)?;
        for key in &steps {
            self.schema
                .feature(*key)
                .filter(|feature| feature.min > 0)?;
        }
        let (low, high) = self.range(leaf)?;
        Some(Linear::constant(low, high))
    }

    fn aggregate(&self, argument: &Expression, counts: bool) -> Option<Linear> {
        let ExpressionKind::Path(path) = &argument.kind else {
            return None;
        };
        let (steps, leaf) = self.walk(path)?;
        let leaf = if counts { Leaf::One } else { leaf };
        Some(Linear {
            aggregates: vec![Aggregate {
                factor: Decimal::ONE,
                steps,
                leaf,
            }],
            ..Linear::default()
        })
    }

    /// The features on a path without indices, and what is at its end.
    fn walk(&self, path: &Path) -> Option<(Vec<FeatureKey>, Leaf)> {
        let mut steps = path.steps.iter().peekable();
        let mut structure = Some(self.context);
        let (mut keys, mut leaf) = (Vec::new(), Leaf::One);
        let first = steps.peek()?.name.text.as_str();
        if first == "root"
            && self.schema.structures[self.context]
                .position(first)
                .is_none()
        {
            // Elsewhere, the rule is asked only where its own part is there.
            if self.context != PRODUCT {
                return None;
            }
            steps.next();
        }
        let mut enumeration: Option<usize> = None;
        for step in steps {
            if step.index.is_some() {
                return None;
            }
            let name = step.name.text.as_str();
            if let Some(own) = enumeration.take() {
                let types = &self.schema.enumerations;
                let Some(Attribute::Number(property)) = types.get(own)?.attribute(name) else {
                    return None;
                };
                leaf = Leaf::Property(own, property);
                structure = None;
                continue;
            }
            let own = structure.take()?;
            let position = self.schema.structures[own].position(name)?;
            keys.push((own, position));
            match &self.schema.feature((own, position))?.content {
                Content::Structure(inner) => structure = Some(*inner),
                Content::Enumeration(inner) => enumeration = Some(*inner),
                Content::Number(range) if range.unbounded_below || range.unbounded_above => {
                    return None;
                }
                Content::Number(range) => leaf = Leaf::Number(range.min, range.max),
                Content::Reference(_) => return None,
            }
        }
        Some((keys, leaf))
    }

    fn range(&self, leaf: Leaf) -> Option<(Decimal, Decimal)> {
        match leaf {
            Leaf::One => None,
            Leaf::Number(low, high) => Some((low, high)),
            Leaf::Property(enumeration, property) => {
                let options = &self.schema.enumerations.get(enumeration)?.list.options;
                let values = || options.iter().filter_map(|it| it.properties.get(property));
                Some((*values().min()?, *values().max()?))
            }
        }
    }
}

impl Linear {
    fn constant(low: Decimal, high: Decimal) -> Self {
        Self {
            low,
            high,
            aggregates: Vec::new(),
        }
    }

    /// The number, where there is only one.
    fn fixed(&self) -> Option<Decimal> {
        (self.aggregates.is_empty() && self.low == self.high).then_some(self.low)
    }

    fn plus(mut self, other: Self) -> Option<Self> {
        self.low = self.low.checked_add(other.low)?;
        self.high = self.high.checked_add(other.high)?;
        self.aggregates.extend(other.aggregates);
        Some(self)
    }

    pub(super) fn times(mut self, factor: Decimal) -> Option<Self> {
        let (low, high) = (
            self.low.checked_mul(factor)?,
            self.high.checked_mul(factor)?,
        );
        (self.low, self.high) = (low.min(high), low.max(high));
        for aggregate in &mut self.aggregates {
            aggregate.factor = aggregate.factor.checked_mul(factor)?;
        }
        Some(self)
    }
}

/// `0 >= linear` for each direction in which `left - right` compares with 0.
pub(super) fn at_most_zero(difference: &Linear, comparison: Comparison) -> Vec<Linear> {
    let below = || Some(difference.clone());
    let above = || difference.clone().times(-Decimal::ONE);
    match comparison {
        Comparison::Equal => below().into_iter().chain(above()).collect(),
        Comparison::NotEqual => Vec::new(),
        Comparison::Less | Comparison::LessOrEqual => below().into_iter().collect(),
        Comparison::Greater | Comparison::GreaterOrEqual => above().into_iter().collect(),
    }
}
