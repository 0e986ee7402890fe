//! Which attributes have a say in a step of a price.

use std::collections::BTreeSet;

use super::{Base, PriceStep, ProductPrices};
use crate::catalog::AttributeIndex;

/// The attributes that the step at `position` looks at, also by way of earlier steps.
pub(crate) fn concerned(prices: &ProductPrices, position: usize) -> BTreeSet<AttributeIndex> {
    let mut wanted = BTreeSet::from([position]);
    let mut all = BTreeSet::new();
    // Steps look at earlier ones only.
    while let Some(position) = wanted.pop_last() {
        let Some(step) = prices.steps.get(position) else {
            continue;
        };
        let excluding = step.applies.unless.iter().copied();
        wanted.extend(excluding.filter(|it| *it < position));
        match looked_at(step, prices, &mut all) {
            None | Some(Base::Groups(_)) => {}
            Some(Base::Before) => wanted.extend(0..position),
            Some(Base::Steps(steps)) => {
                wanted.extend(steps.iter().copied().filter(|it| *it < position));
            }
        }
    }
    all
}

/// Adds the attributes that a step looks at itself; what it is worked out of.
fn looked_at<'p>(
    step: &'p PriceStep,
    prices: &ProductPrices,
    all: &mut BTreeSet<AttributeIndex>,
) -> Option<&'p Base> {
    if let Some(when) = &step.applies.when {
        all.extend(when.attributes());
    }
    let kind = step.rule.kind();
    all.extend(kind.keys(prices));
    if let Some(measure) = kind.measure() {
        all.extend(measure.formula.attributes());
    }
    if let Some(by) = kind.decides() {
        all.extend(by.attributes());
    }
    kind.base()
}
