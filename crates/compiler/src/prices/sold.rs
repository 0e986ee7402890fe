//! What would be sold for nothing: configurations without a step, options whose price no step
//! adds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quotewright_engine::catalog::{AttributeIndex, Condition, Decisions, Model};
use quotewright_engine::configure::{Configurator, Domain, Goal, Possibility};
use quotewright_engine::price::{PricePack, PriceRule, PriceStep, ProductPrices, Quantities};

use super::Prices;
use super::rule::{Rule, Step};
use crate::diagnostic::{Diagnostic, Report};
use crate::gaps::described;
use crate::parts::without_indices;
use crate::reason::narrowed;

/// Warnings of one product that are told; more of them say nothing new.
const MOST: usize = 3;

/// Warns of configurations for which no step applies in some book, today, for a buyer without a
/// promotion.
pub(crate) fn tell<'p>(
    model: &Model,
    prices: &Prices<'_>,
    (packs, today): (impl Iterator<Item = &'p PricePack>, Option<Date>),
    report: &mut Report,
) {
    if prices.is_whole() {
        return;
    }
    let mut seen: BTreeSet<Vec<&str>> = BTreeSet::new();
    let mut told = 0;
    for pack in packs {
        let is_over = |it: Date| pack.valid_until.is_some_and(|until| until < it);
        if told == MOST || today.is_some_and(is_over) {
            continue;
        }
        let day = today.map(|today| pack.valid_from.map_or(today, |from| from.max(today)));
        let mut products = pack.products.iter();
        // That a book has no step at all has been told.
        let own = products.find(|it| it.product == prices.product && !it.steps.is_empty());
        let Some(own) = own else { continue };
        let charged: Vec<&PriceStep> = charged(own, day);
        if !seen.insert(charged.iter().map(|it| it.code.as_str()).collect()) {
            continue;
        }
        if let Some(values) = uncharged(model, &charged) {
            report.push(for_nothing(prices, &pack.book, &values));
            told += 1;
        }
    }
}

/// The steps by which one piece, or as many as there have to be, can cost something on a day.
fn charged(prices: &ProductPrices, day: Option<Date>) -> Vec<&PriceStep> {
    let Quantities { least, .. } = prices.quantities;
    let steps = prices.steps.iter().filter(|step| {
        let applies = &step.applies;
        let is_then = |day: Date| {
            applies.from.is_none_or(|from| from <= day)
                && applies.until.is_none_or(|until| day <= until)
        };
        applies.promotion.is_none()
            && day.is_none_or(is_then)
            && (applies.pieces)
                .is_none_or(|it| it.least <= least && it.most.is_none_or(|most| least <= most))
            && is_price(&step.rule)
    });
    steps.collect()
}

/// Whether a step states a price, and does not only change others.
fn is_price(rule: &PriceRule) -> bool {
    match rule {
        PriceRule::Fixed(_) => true,
        PriceRule::Spend(it) => it.bounds.least.is_some(),
        other => other.base().is_none(),
    }
}

/// The values of a configuration in which none of the steps applies, as far as they ask for any.
fn uncharged(model: &Model, steps: &[&PriceStep]) -> Option<String> {
    let whens = steps.iter().map(|it| it.applies.when.as_ref());
    let whens: Vec<&Condition> = whens.collect::<Option<_>>()?;
    let keys: BTreeSet<AttributeIndex> = whens.iter().flat_map(|it| it.attributes()).collect();
    let not = |it: &&Condition| {
        let certain = Condition::Certain(Box::new((*it).clone()));
        Condition::Not(Box::new(certain))
    };
    let open = Condition::All(whens.iter().map(not).collect());
    let mut narrowed = narrowed(model, &open)?;
    let found = narrowed.complete(&Decisions::new(), &Goal::Default).ok()?;
    Some(described(
        keys.into_iter(),
        &model.attributes,
        &found.assignment,
    ))
}

fn for_nothing(prices: &Prices<'_>, book: &str, values: &str) -> Diagnostic {
    let product = &prices.product;
    let place = match values {
        "" => String::new(),
        values => format!(" with {values}"),
    };
    let message =
        format!("in `{book}`, `{product}`{place} is sold for nothing: no step has a price for it");
    Diagnostic::warning("sold-for-nothing", prices.place(), message)
        .hint("add a step for what the others leave out, with the price 0 where it is free of charge; or exclude it by a rule")
}

/// Warns of options with a price that no step adds, because of what stands in its `when`.
pub(crate) fn tell_uncounted(model: &Model, prices: &Prices<'_>, report: &mut Report) {
    let mut by_attribute: BTreeMap<String, Vec<(&Step<'_>, AttributeIndex)>> = BTreeMap::new();
    for step in &prices.steps {
        if let Rule::Options { attribute, .. } = &step.rule
            && let Some(known) = model.attribute(*attribute)
        {
            let code = without_indices(&known.code);
            by_attribute
                .entry(code)
                .or_default()
                .push((step, *attribute));
        }
    }
    for steps in by_attribute.values() {
        let is_conditional = |(step, _): &(&Step<'_>, _)| !step.row.cell("when").is_empty();
        let Some((first, _)) = steps.first().filter(|_| steps.iter().all(is_conditional)) else {
            continue;
        };
        let mut plain = Configurator::new(model.clone()).ok();
        let possible = steps
            .iter()
            .filter_map(|(_, at)| options(plain.as_mut()?, *at));
        let possible: BTreeSet<usize> = possible.flatten().collect();
        let counted = steps.iter().filter_map(|(step, at)| {
            options(
                &mut narrowed(model, step.terms.applies.when.as_ref()?)?,
                *at,
            )
        });
        let counted: BTreeSet<usize> = counted.flatten().collect();
        let Rule::Options { rows, .. } = &first.rule else {
            continue;
        };
        for row in possible.difference(&counted).filter_map(|at| rows.get(*at)) {
            let mut cells = row.family("price");
            let priced = cells.find(|it| it.number(it.text()).is_ok_and(|it| !it.is_zero()));
            let Some(cell) = priced else { continue };
            let code = row.cell("option").text();
            let message = format!("no step adds this price: what is in `when` excludes `{code}`");
            let place = first.row.cell("when").location();
            report.push(
                Diagnostic::warning("unused-prices", cell.location(), message)
                    .hint("widen the condition, or add a step with another one")
                    .related(place, "the condition is here"),
            );
        }
    }
}

/// The options that an attribute can have; `None` where nothing is possible at all.
fn options(configurator: &mut Configurator, attribute: AttributeIndex) -> Option<Vec<usize>> {
    let configuration = configurator.configure(&Decisions::new()).ok();
    let states = configuration.map_or_else(Vec::new, |it| it.states);
    let Some(Domain::Options(options)) = states.get(attribute.0).map(|it| &it.domain) else {
        return None;
    };
    let options = options.iter().enumerate();
    let possible = options.filter(|(_, it)| **it != Possibility::Impossible);
    Some(possible.map(|(at, _)| at).collect())
}
