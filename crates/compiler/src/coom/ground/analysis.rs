//! How many instances of an unbounded feature the rules allow, or can make use of.
//!
//! A rule such as `200 >= sum(bags.size.volume)` allows no more bags than fit when each has
//! the smallest volume; several rules about the same path may do so together. A rule such as
//! `numA = sum(frame.module.isA)` makes use of no more frames than `numA` can demand, when
//! each adds as little as it can. Both are what a grounding needs to be exact.

use std::collections::BTreeMap;

use quotewright_engine::catalog::Comparison;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::bounds::Bounds;
use super::linear::{Aggregate, FeatureKey, Leaf, Linear, Reader, at_most_zero};
use super::schema::{PRODUCT, Schema, Type};
use crate::coom::ast::{self, Block, Definition, Expression, ExpressionKind, StatementKind};

/// What the rules say of the unbounded features.
pub(super) struct Limits {
    instances: Option<u32>,
    limit: u32,
    uses: BTreeMap<FeatureKey, Use>,
}

/// What the rules say of one unbounded feature.
#[derive(Clone, Copy, Default)]
pub(super) struct Use {
    /// There cannot be more instances with one owner.
    pub(super) most: Option<u32>,
    /// More instances than these are never needed.
    pub(super) useful: Option<u32>,
}

/// `0 >= linear`, wherever the rule's part is there.
struct Row {
    linear: Linear,
    /// `0 > linear` rather.
    strict: bool,
    /// It holds without any condition.
    always: bool,
}

impl Row {
    fn all(difference: &Linear, comparison: Comparison, always: bool) -> Vec<Self> {
        let strict = matches!(comparison, Comparison::Less | Comparison::Greater);
        let linear = at_most_zero(difference, comparison).into_iter();
        let row = |linear| Self {
            linear,
            strict,
            always,
        };
        linear.map(row).collect()
    }
}

impl Limits {
    pub(super) fn new(schema: &Schema<'_>, model: &ast::Model, bounds: &Bounds) -> Self {
        let unbounded = schema.unbounded();
        let mut uses = BTreeMap::new();
        if !unbounded.is_empty() {
            let rows = rows(schema, model);
            for key in unbounded {
                uses.insert(key, use_of(schema, &rows, key));
            }
        }
        Self {
            instances: bounds.instances,
            limit: bounds.limit,
            uses,
        }
    }

    /// What is known of an unbounded feature.
    pub(super) fn of(&self, feature: FeatureKey) -> Use {
        self.uses.get(&feature).copied().unwrap_or_default()
    }

    /// Most instances of an unbounded feature that are ever grounded.
    pub(super) fn highest(&self, feature: FeatureKey, min: u32) -> u32 {
        let most = self.of(feature).most.unwrap_or(u32::MAX);
        min.saturating_add(self.limit).min(most).max(min)
    }

    /// How many instances of an unbounded feature to ground unasked, for each of the `around`
    /// instances of those that it is within.
    pub(super) fn count(&self, feature: FeatureKey, min: u32, around: u64) -> u32 {
        let known = self.of(feature);
        let highest = self.highest(feature, min);
        let default = min.saturating_add(Bounds::DEFAULT_INSTANCES).min(highest);
        let enough = (known.most).unwrap_or_else(|| known.useful.unwrap_or_default().max(default));
        let all = around.saturating_mul(u64::from(enough));
        match self.instances {
            Some(more) => min.saturating_add(more).min(highest),
            None if enough <= highest && all <= Bounds::NESTED_INSTANCES => enough.max(min),
            None => default,
        }
    }
}

/// All comparisons of the model that are linear.
fn rows(schema: &Schema<'_>, model: &ast::Model) -> Vec<Row> {
    let mut rows = Vec::new();
    for behavior in &model.behaviors {
        let context = match &behavior.context {
            None => PRODUCT,
            Some(name) => match schema.find(&name.text) {
                Some(Type::Structure(structure)) => structure,
                _ => continue,
            },
        };
        collect(schema, context, &behavior.block, &[], true, &mut rows);
    }
    rows
}

fn collect<'a>(
    schema: &Schema<'a>,
    context: usize,
    block: &'a Block,
    outer: &[&'a Definition],
    always: bool,
    rows: &mut Vec<Row>,
) {
    let definitions: Vec<&Definition> = outer.iter().copied().chain(&block.definitions).collect();
    for statement in &block.statements {
        let always = always && statement.conditions.is_empty();
        let reader = Reader {
            schema,
            context,
            definitions: definitions.clone(),
        };
        match &statement.kind {
            StatementKind::Block(inner) => {
                collect(schema, context, inner, &definitions, always, rows);
            }
            StatementKind::Require(condition) => {
                rows.extend(demanded(&reader, condition, always).unwrap_or_default());
            }
            StatementKind::Imply { path, value } => {
                let span = path.span.clone();
                let kind = ExpressionKind::Path(path.clone());
                let left = Expression { span, kind };
                if let Some(difference) = reader.difference(&left, value) {
                    rows.extend(Row::all(&difference, Comparison::Equal, always));
                }
            }
            _ => {}
        }
    }
}

/// The comparisons in a condition that must hold; `None` where one may be undefined.
fn demanded(reader: &Reader<'_, '_>, condition: &Expression, always: bool) -> Option<Vec<Row>> {
    match &condition.kind {
        ExpressionKind::All(parts) => {
            let rows: Option<Vec<Vec<Row>>> = (parts.iter())
                .map(|part| demanded(reader, part, always))
                .collect();
            Some(rows?.into_iter().flatten().collect())
        }
        ExpressionKind::Compare {
            left,
            comparison,
            right,
        } => {
            let difference = reader.difference(left, right)?;
            Some(Row::all(&difference, *comparison, always))
        }
        _ => None,
    }
}

fn use_of(schema: &Schema<'_>, rows: &[Row], key: FeatureKey) -> Use {
    let adds = |row: &&Row| {
        let aggregates = &row.linear.aggregates;
        row.always
            && aggregates.iter().any(|it| it.steps.contains(&key))
            && aggregates.iter().all(|it| it.factor > Decimal::ZERO)
    };
    let bounding: Vec<&Row> = rows.iter().filter(adds).collect();
    let single = bounding.iter().map(|row| most(schema, &[row], key));
    let most = single.chain([most(schema, &bounding, key)]).flatten().min();
    Use {
        most,
        useful: useful(schema, rows, key),
    }
}

/// The most instances that these rules allow together.
fn most(schema: &Schema<'_>, rows: &[&Row], key: FeatureKey) -> Option<u32> {
    let mut room = Decimal::ZERO;
    // What the things at the end of the same path add, for each option where it is one.
    let mut added: BTreeMap<&[FeatureKey], Vec<Decimal>> = BTreeMap::new();
    for row in rows {
        room = room.checked_sub(row.linear.low)?;
        for aggregate in &row.linear.aggregates {
            let values = values(schema, aggregate)?;
            let sums = added.entry(&aggregate.steps).or_default();
            *sums = together(std::mem::take(sums), values)?;
        }
    }
    let mut least = Decimal::ZERO;
    for (steps, values) in added {
        let smallest = values.into_iter().min()?;
        if smallest < Decimal::ZERO {
            return None;
        }
        let Some(place) = steps.iter().position(|step| *step == key) else {
            continue;
        };
        let inner = steps.get(place + 1..).unwrap_or_default();
        let count = inner.iter().try_fold(Decimal::ONE, |count, step| {
            count.checked_mul(Decimal::from(schema.feature(*step)?.min))
        })?;
        least = least.checked_add(count.checked_mul(smallest)?)?;
    }
    match least > Decimal::ZERO {
        true => room.max(Decimal::ZERO).checked_div(least)?.floor().to_u32(),
        false => None,
    }
}

/// What one thing adds: one number, or one for each option.
fn values(schema: &Schema<'_>, aggregate: &Aggregate) -> Option<Vec<Decimal>> {
    let factor = aggregate.factor;
    match aggregate.leaf {
        Leaf::One => Some(vec![factor]),
        Leaf::Number(low, high) => {
            let (low, high) = (low.checked_mul(factor)?, high.checked_mul(factor)?);
            Some(vec![low.min(high)])
        }
        Leaf::Property(enumeration, property) => {
            let options = &schema.enumerations.get(enumeration)?.list.options;
            let value = |number: &Decimal| number.checked_mul(factor);
            let values = options
                .iter()
                .map(|it| it.properties.get(property).and_then(value));
            values.collect()
        }
    }
}

/// Two lists added option by option; a list of one is the same for all options.
fn together(one: Vec<Decimal>, other: Vec<Decimal>) -> Option<Vec<Decimal>> {
    let (short, long) = match one.len() <= other.len() {
        true => (one, other),
        false => (other, one),
    };
    match short.as_slice() {
        [] => Some(long),
        [same] => long.iter().map(|it| it.checked_add(*same)).collect(),
        short if short.len() == long.len() => (short.iter().zip(&long))
            .map(|(one, other)| one.checked_add(*other))
            .collect(),
        _ => None,
    }
}

/// So many instances meet the largest demand when each adds the least that it can: of all
/// rules together, and of each that holds under a condition.
fn useful(schema: &Schema<'_>, rows: &[Row], key: FeatureKey) -> Option<u32> {
    let (mut together, mut largest) = (Decimal::ZERO, None);
    for row in rows {
        let meets = |it: &&Aggregate| it.factor < Decimal::ZERO && it.steps.contains(&key);
        let mut smallest: Option<Decimal> = None;
        for aggregate in row.linear.aggregates.iter().filter(meets) {
            let values = values(schema, aggregate)?.into_iter().map(|it| -it);
            let positive = values.filter(|it| *it > Decimal::ZERO).min();
            smallest = smallest.into_iter().chain(positive).min();
        }
        let Some(smallest) = smallest else { continue };
        // Other sums can only be taken for what they are when they are nothing.
        let demand = row.linear.high.max(Decimal::ZERO);
        let whole = demand.checked_div(smallest)?;
        let count = match row.strict {
            true => whole.floor().checked_add(Decimal::ONE)?,
            false => whole.ceil(),
        };
        match row.always {
            true => together = together.checked_add(count)?,
            false => largest = largest.max(Some(count)),
        }
    }
    let needed = largest.unwrap_or_default().max(together);
    (needed > Decimal::ZERO).then(|| needed.to_u32()).flatten()
}
