//! Which attributes have a say in a step of a price, and which steps in what a change does.

use std::collections::BTreeSet;

use super::unit::are_rivals;
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

/// What each step of a price looks at itself.
pub(crate) struct Looks<'p> {
    prices: &'p ProductPrices,
    attributes: Vec<BTreeSet<AttributeIndex>>,
}

impl<'p> Looks<'p> {
    /// Of these prices.
    pub fn new(prices: &'p ProductPrices) -> Self {
        let own = |step| {
            let mut own = BTreeSet::new();
            looked_at(step, prices, &mut own);
            own
        };
        Self {
            prices,
            attributes: prices.steps.iter().map(own).collect(),
        }
    }

    /// Whether each step can come to something else, where the attributes do that are `changed`.
    pub fn touched(&self, changed: impl Fn(AttributeIndex) -> bool) -> Vec<bool> {
        let mut touched: Vec<bool> = Vec::with_capacity(self.attributes.len());
        for rivals in self.prices.steps.chunk_by(are_rivals) {
            let own = self.attributes[touched.len()..].iter();
            let any = rivals.iter().zip(own).any(|(step, own)| {
                own.iter().any(|it| changed(*it)) || looks_at_touched(step, &touched)
            });
            touched.extend(rivals.iter().map(|_| any));
        }
        touched
    }

    /// Whether some of the attributes that each step looks at, also by way of earlier steps, are
    /// `changed`.
    pub fn concerned(&self, changed: impl Fn(AttributeIndex) -> bool) -> Vec<bool> {
        let mut concerned: Vec<bool> = Vec::with_capacity(self.attributes.len());
        for (step, own) in self.prices.steps.iter().zip(&self.attributes) {
            let own = own.iter().any(|it| changed(*it));
            concerned.push(own || looks_at_touched(step, &concerned));
        }
        concerned
    }
}

/// Whether a step looks at an earlier one that is touched.
fn looks_at_touched(step: &PriceStep, touched: &[bool]) -> bool {
    let is_touched = |it: &usize| touched.get(*it) == Some(&true);
    let of = match step.rule.base() {
        None | Some(Base::Groups(_)) => false,
        Some(Base::Before) => touched.contains(&true),
        Some(Base::Steps(steps)) => steps.iter().any(is_touched),
    };
    of || step.applies.unless.iter().any(is_touched)
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
