//! Floors that a configuration as the catalog suggests it passes, whatever takes it there:
//! amounts off, agreed prices, bundles.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::catalog::{Decisions, Model, Value};
use quotewright_engine::configure::{Configurator, Goal};
use quotewright_engine::price::{Base, PricePack, PriceRule, ProductPrices};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{Asked, AskedLine, Confidential, Margins, margins, price_quote};
use rust_decimal::Decimal;

use super::Prices;
use super::floors::{own_place, tell_not_compared};
use super::ladders::ANY_DAY;
use crate::diagnostic::{Diagnostic, Report};

/// Kinds of buyers beyond which no more quotes are priced.
pub(super) const MOST_PACKS: usize = 200;

/// A pack, and what only the supplier may know about it.
type Book<'p> = (&'p PricePack, &'p Confidential);

/// Warns of products that are below their floor as the catalog suggests them, the least number
/// of each: alone, and in one quote with so many of all products that bundles are complete.
pub(crate) fn tell(
    models: &[Model],
    prices: &[Prices<'_>],
    (packs, today): (&[Book<'_>], Option<Date>),
    report: &mut Report,
) {
    let with_floors: Vec<&Prices<'_>> = (prices.iter())
        .filter(|it| own_place(it).is_some() && !it.is_told(report))
        .collect();
    if with_floors.is_empty() {
        return;
    }
    let suggested = suggested(models);
    let mut told: BTreeMap<&str, Diagnostic> = BTreeMap::new();
    for (pack, confidential) in packs.iter().take(MOST_PACKS) {
        let lines = lines(models, &suggested, pack);
        let alone = lines.iter().map(std::slice::from_ref);
        for lines in alone.chain([lines.as_slice()]) {
            let asked = Asked {
                lines,
                whole: whole(models, &suggested),
                date: today.or(pack.valid_from).unwrap_or(ANY_DAY),
                promotions: &[],
                buyer: Buyer::default(),
                dates: None,
                manual: &[],
            };
            let Some(found) = found(pack, confidential, &asked) else {
                continue;
            };
            for (line, margin) in lines.iter().zip(&found.lines) {
                let product = line.model.product.as_str();
                let mut own = with_floors.iter().filter(|it| it.product() == product);
                if let (Some(prices), false) = (own.next(), margin.below_floor.is_zero())
                    && let Some(place) = own_place(prices)
                {
                    let beside = if lines.len() > 1 {
                        ", with the other products"
                    } else {
                        ""
                    };
                    let message = format!(
                        "in `{}`, {} of `{product}` as suggested{beside} come to {}, {} below the floor",
                        pack.book, line.quantity, margin.net, margin.below_floor
                    );
                    told.entry(product).or_insert_with(|| {
                        Diagnostic::warning("floor-passed", place, message).hint(
                            "lower what is taken off, or the floor; without promotions and tax",
                        )
                    });
                }
            }
        }
    }
    told.into_values().for_each(|it| report.push(it));
    if let Some(left_out) = packs.len().checked_sub(MOST_PACKS).filter(|it| *it > 0) {
        for prices in with_floors {
            tell_not_compared(prices, left_out, report);
        }
    }
}

/// The configuration of each model that the catalog suggests; none of one that cannot be built.
pub(super) fn suggested(models: &[Model]) -> Vec<Option<Vec<Option<Value>>>> {
    let complete = |model: &Model| {
        let mut configurator = Configurator::new(model.clone()).ok()?;
        let completed = configurator.complete(&Decisions::new(), &Goal::Default);
        Some(completed.ok()?.assignment.into_iter().map(Some).collect())
    };
    models.iter().map(complete).collect()
}

/// The questions about the quote, answered as the catalog suggests.
pub(super) fn whole<'m>(
    models: &'m [Model],
    suggested: &'m [Option<Vec<Option<Value>>>],
) -> Option<(&'m Model, &'m [Option<Value>])> {
    let mut all = models.iter().zip(suggested);
    let (model, values) = all.find(|(model, _)| model.product == crate::WHOLE)?;
    Some((model, values.as_deref()?))
}

/// A line of each product of a pack, with as many pieces as there have to be, and as are in a
/// bundle.
pub(super) fn lines<'m>(
    models: &'m [Model],
    suggested: &'m [Option<Vec<Option<Value>>>],
    pack: &PricePack,
) -> Vec<AskedLine<'m>> {
    let line = |prices: &ProductPrices| {
        let mut all = models.iter().zip(suggested);
        let (model, values) = all.find(|(model, _)| model.product == prices.product)?;
        let allowed = prices.quantities;
        let quantity = allowed.least.max(in_bundle(prices, pack));
        Some(AskedLine {
            model,
            values: values.as_deref()?,
            quantity: quantity.checked_next_multiple_of(allowed.step)?,
            ramp: &[],
            earlier: 0,
            billed: Decimal::ZERO,
        })
    };
    pack.products.iter().filter_map(line).collect()
}

/// The most pieces of a product, or its group, that a bundle has.
fn in_bundle(prices: &ProductPrices, pack: &PricePack) -> u32 {
    let group = prices.group.as_ref().unwrap_or(&prices.product);
    let steps = pack.whole.iter().flat_map(|it| &it.steps);
    let bundles = steps.filter_map(|step| match &step.rule {
        PriceRule::Bundle(bundle) => Some(bundle),
        _ => None,
    });
    let items = bundles.flat_map(|it| match &it.of {
        Base::Groups(groups) => groups.iter().zip(&it.pieces).collect(),
        _ => Vec::new(),
    });
    let pieces = items
        .filter(|(it, _)| *it == group)
        .map(|(_, pieces)| *pieces);
    pieces.max().unwrap_or(1)
}

fn found(pack: &PricePack, confidential: &Confidential, asked: &Asked<'_>) -> Option<Margins> {
    let price = price_quote(pack, asked).ok()?;
    margins(confidential, pack, asked, &price, None).ok()
}
