//! What the catalog suggests: each product as it is completed, in as many pieces as are sold.

use std::cell::LazyCell;

use quotewright_engine::catalog::{Decisions, Model, Value};
use quotewright_engine::configure::{Configurator, Goal};
use quotewright_engine::price::{Base, Bundle, PricePack, PriceRule, ProductPrices};
use quotewright_engine::quote::AskedLine;
use rust_decimal::Decimal;

/// Kinds of buyers beyond which no more quotes are priced.
pub(super) const MOST_PACKS: usize = 200;

/// How many of so many kinds of buyers no quote is priced for; `None` where for all.
pub(super) fn left_out(packs: usize) -> Option<usize> {
    packs.checked_sub(MOST_PACKS).filter(|it| *it > 0)
}

/// Values of all attributes of each model; none of one that cannot be built.
type Completed = Vec<Option<Vec<Option<Value>>>>;

/// The configurations that the catalog suggests, worked out when the first of them is asked for.
pub(crate) struct Suggested<'m> {
    models: &'m [Model],
    completed: LazyCell<Completed, Box<dyn FnOnce() -> Completed + 'm>>,
}

impl<'m> Suggested<'m> {
    pub fn new(models: &'m [Model]) -> Self {
        Self {
            models,
            completed: LazyCell::new(Box::new(|| models.iter().map(complete).collect())),
        }
    }

    /// The questions about the quote, answered as the catalog suggests.
    pub(super) fn whole(&self) -> Option<(&'m Model, &[Option<Value>])> {
        self.of(crate::WHOLE)
    }

    /// A line of each product of a pack, with as many pieces as there have to be, and as are in
    /// a bundle.
    pub(super) fn lines(&self, pack: &PricePack) -> Vec<AskedLine<'_>> {
        let line = |prices: &ProductPrices| {
            let (model, values) = self.of(&prices.product)?;
            let allowed = prices.quantities;
            let bundled = bundles_of(prices, pack).map(|(_, pieces)| pieces);
            let quantity = allowed.least.max(bundled.max().unwrap_or(1));
            Some(AskedLine {
                model,
                values,
                quantity: quantity.checked_next_multiple_of(allowed.step)?,
                ramp: &[],
                earlier: 0,
                billed: Decimal::ZERO,
            })
        };
        pack.products.iter().filter_map(line).collect()
    }

    fn of(&self, product: &str) -> Option<(&'m Model, &[Option<Value>])> {
        let mut all = self.models.iter().zip(self.completed.iter());
        let (model, values) = all.find(|(model, _)| model.product == product)?;
        Some((model, values.as_deref()?))
    }
}

fn complete(model: &Model) -> Option<Vec<Option<Value>>> {
    let mut configurator = Configurator::new(model.clone()).ok()?;
    let completed = configurator.complete(&Decisions::new(), &Goal::Default);
    Some(completed.ok()?.assignment.into_iter().map(Some).collect())
}

/// The bundles with a product, or its group, and how many pieces of it are in each.
pub(super) fn bundles_of<'p>(
    prices: &'p ProductPrices,
    pack: &'p PricePack,
) -> impl Iterator<Item = (&'p Bundle, u32)> {
    let group = prices.group.as_ref().unwrap_or(&prices.product);
    let steps = pack.whole.iter().flat_map(|it| &it.steps);
    let bundles = steps.filter_map(|step| match &step.rule {
        PriceRule::Bundle(bundle) => Some(bundle),
        _ => None,
    });
    bundles.flat_map(move |bundle| {
        let items = groups(bundle).iter().zip(&bundle.pieces);
        let own = items.filter(move |(it, _)| *it == group);
        own.map(move |(_, pieces)| (bundle, *pieces))
    })
}

/// The groups that a bundle is made of.
pub(super) fn groups(bundle: &Bundle) -> &[String] {
    match &bundle.of {
        Base::Groups(groups) => groups,
        Base::Before | Base::Steps(_) => &[],
    }
}
