//! Which attributes have a say in a step of a price.

use std::collections::BTreeSet;

use super::{PriceRule, ProductPrices};
use crate::catalog::AttributeIndex;

/// The attributes that the step at `position` looks at, also by way of earlier steps.
pub(crate) fn concerned(prices: &ProductPrices, position: usize) -> BTreeSet<AttributeIndex> {
    let mut all = BTreeSet::new();
    let Some(step) = prices.steps.get(position) else {
        return all;
    };
    if let Some(when) = &step.when {
        all.extend(when.attributes());
    }
    let (measure, bases): (_, &[usize]) = match &step.rule {
        PriceRule::Amount(rule) => (rule.per.as_ref(), &[]),
        PriceRule::Options(rule) => {
            all.insert(rule.attribute);
            (None, &[])
        }
        PriceRule::Lookup(rule) => {
            let table = prices.tables.get(rule.table);
            all.extend(table.into_iter().flat_map(|it| &it.keys));
            (rule.per.as_ref(), &[])
        }
        PriceRule::Percent(rule) => (None, &rule.of),
        PriceRule::Tiers(rule) => (None, &rule.of),
    };
    if let Some(measure) = measure {
        all.extend(measure.formula.attributes());
    }
    let earlier = bases.iter().filter(|it| **it < position);
    all.extend(earlier.flat_map(|it| concerned(prices, *it)));
    all
}
