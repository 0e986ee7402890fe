//! Numbers of pieces at which more cost less in total.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use quotewright_engine::catalog::{Condition, Decisions, Model, Value};
use quotewright_engine::configure::{Configurator, Goal};
use quotewright_engine::price::{PricePack, PriceRule, ProductPrices, Purchase, Quantities};
use quotewright_engine::quote::price_line;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::rule::{Rule, Step};
use super::{Prices, falling};
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::reason::narrowed;
use crate::sheet::Cell;

/// Conditions beyond which no more lines are priced; so many kinds of buyers are looked at
/// however long it takes.
const MOST_CASES: usize = 20;

/// Lines that are priced for one product.
const MOST_LINES: usize = 20_000;

/// A day for prices that hold on any.
pub(super) const ANY_DAY: Date = date(2000, 1, 1);

/// From so many pieces on, a step gives another amount.
struct Break<'a> {
    from: u32,
    /// The cell that says so.
    cell: Cell<'a>,
}

/// Where fewer pieces cost more, and in which books.
#[derive(Default)]
struct Fall<'p> {
    places: BTreeSet<Location>,
    books: BTreeSet<&'p str>,
}

/// A purchase in which steps count that begin at some number of pieces.
struct Case {
    values: Vec<Option<Value>>,
    from: Option<Date>,
    promotions: Vec<String>,
}

/// Warns of each number of pieces from which a line costs less than with fewer pieces: in the
/// configuration that the catalog suggests, and where a step has a condition, in one with it.
pub(crate) fn tell<'p>(
    model: &Model,
    prices: &Prices<'_>,
    packs: impl Iterator<Item = &'p PricePack>,
    report: &mut Report,
) {
    let breaks = all_breaks(&prices.steps);
    if prices.is_whole() || breaks.is_empty() {
        return;
    }
    let mut falls: BTreeMap<(u32, u32), Fall<'_>> = BTreeMap::new();
    let wanted = wanted(&prices.steps);
    let most = MOST_LINES / (2 * breaks.len() * wanted.len().min(MOST_CASES));
    let (packs, left_out) = distinct(packs, &prices.product, most.max(MOST_CASES));
    tell_left_out(prices, left_out, wanted.len(), report);
    for case in cases(model, wanted) {
        for pack in &packs {
            for it in &breaks {
                let ends = ends(it.from, prices.quantities);
                let ends = ends.filter(|ends| is_less(model, pack, &case, *ends));
                if let Some(ends) = ends {
                    let fall = falls.entry(ends).or_default();
                    fall.places.insert(it.cell.location());
                    fall.books.insert(&pack.book);
                }
            }
        }
    }
    for ((from, to), fall) in falls {
        let mut places = fall.places.into_iter();
        let Some(place) = places.next() else { continue };
        let books: Vec<&str> = fall.books.into_iter().collect();
        let told = falling::warning(place, &books, (from.into(), to.into()));
        let related = |told: Diagnostic, it| told.related(it, "this changes there, too");
        report.push(places.fold(told, related));
    }
}

/// The packs that price a product differently, at most so many of them; and how many are left
/// out.
fn distinct<'p>(
    packs: impl Iterator<Item = &'p PricePack>,
    product: &str,
    most: usize,
) -> (Vec<&'p PricePack>, usize) {
    let of = |pack: &'p PricePack| pack.products.iter().find(|it| it.product == product);
    let is_alike = |one: &PricePack, other: &'p PricePack, prices: &ProductPrices| {
        one.valid_from == other.valid_from
            && one.currency == other.currency
            && one.rounding == other.rounding
            && one.products.iter().any(|it| it == prices)
    };
    let (mut kept, mut left_out): (Vec<&PricePack>, _) = (Vec::new(), 0);
    for pack in packs {
        let Some(prices) = of(pack) else { continue };
        if kept.iter().any(|it| is_alike(it, pack, prices)) {
            continue;
        }
        match kept.len() < most {
            true => kept.push(pack),
            false => left_out += 1,
        }
    }
    (kept, left_out)
}

/// Says aloud that some totals are not compared.
fn tell_left_out(prices: &Prices<'_>, buyers: usize, wanted: usize, report: &mut Report) {
    let cases = wanted.saturating_sub(MOST_CASES);
    let what = match (buyers, cases) {
        (0, 0) => return,
        (0, _) => format!("{cases} of the conditions of its steps"),
        _ => format!("{buyers} of the kinds of buyers"),
    };
    let message = format!("totals of `{}` are not compared for {what}", prices.product);
    report.push(
        Diagnostic::warning("not-checked", prices.place(), message)
            .hint("there are too many: look at the totals of these yourself"),
    );
}

/// The numbers of pieces that can be asked for just below `from`, and at it or above.
fn ends(from: u32, allowed: Quantities) -> Option<(u32, u32)> {
    let above = from.checked_next_multiple_of(allowed.step)?;
    let below = above.checked_sub(allowed.step)?;
    (allowed.allow(below) && allowed.allow(above)).then_some((below, above))
}

/// Whether the second number of pieces costs less than the first.
fn is_less(model: &Model, pack: &PricePack, case: &Case, (few, more): (u32, u32)) -> bool {
    let steps = pack.products.iter().flat_map(|it| &it.steps);
    let begins = steps.filter_map(|step| match &step.rule {
        PriceRule::Index(index) => index.values.first().map(|it| it.from),
        _ => None,
    });
    let day = pack.valid_from.max(case.from).max(begins.max());
    let total = |quantity| {
        let purchase = Purchase {
            promotions: &case.promotions,
            ..Purchase::alone(quantity, day.unwrap_or(ANY_DAY))
        };
        let line = price_line(model, pack, &case.values, &purchase).ok()?;
        Some(line.contract_total)
    };
    let totals = total(few).zip(total(more));
    totals.is_some_and(|(before, after)| after < before)
}

/// A condition, a first day, a promotion.
type Wanted<'s> = (Option<&'s Condition>, Option<Date>, Option<String>);

/// What has to be so for steps to count that begin at some number of pieces.
fn wanted<'s>(steps: &'s [Step<'_>]) -> Vec<Wanted<'s>> {
    let counting = steps.iter().filter(|it| !breaks(it).is_empty());
    let terms = counting.map(|it| &it.terms.applies);
    let terms = terms.map(|it| (it.when.as_ref(), it.from, it.promotion.clone()));
    let mut wanted = vec![(None, None, None)];
    for it in terms {
        if !wanted.contains(&it) {
            wanted.push(it);
        }
    }
    wanted
}

fn cases(model: &Model, wanted: Vec<Wanted<'_>>) -> Vec<Case> {
    let case = |(when, from, promotion): Wanted<'_>| {
        let mut configurator = match when {
            Some(when) => narrowed(model, when)?,
            None => Configurator::new(model.clone()).ok()?,
        };
        let completed = configurator.complete(&Decisions::new(), &Goal::Default);
        Some(Case {
            values: completed.ok()?.assignment.into_iter().map(Some).collect(),
            from,
            promotions: promotion.into_iter().collect(),
        })
    };
    wanted
        .into_iter()
        .take(MOST_CASES)
        .filter_map(case)
        .collect()
}

/// Where steps begin to give another amount. What is free by the lot is so at every lot: the
/// first one after each change stands for all.
fn all_breaks<'a>(steps: &[Step<'a>]) -> Vec<Break<'a>> {
    let mut all: Vec<Break<'a>> = steps.iter().flat_map(breaks).collect();
    let lots = steps.iter().filter_map(|step| match &step.rule {
        Rule::Free { per, .. } => Some((per.to_u32()?, step.row.cell("price_unit"))),
        _ => None,
    });
    let starts: Vec<u32> = all.iter().map(|it| it.from).chain([1]).collect();
    for (lot, cell) in lots {
        let first = starts
            .iter()
            .filter_map(|it| it.checked_next_multiple_of(lot));
        all.extend(first.map(|from| Break { from, cell }));
    }
    all
}

/// Where a step begins to give another amount.
fn breaks<'a>(step: &Step<'a>) -> Vec<Break<'a>> {
    let row = step.row;
    let mut found = Vec::new();
    if let Some(pieces) = step.terms.applies.pieces {
        let cell = row.cell("at_least");
        found.push(Break {
            from: pieces.least,
            cell,
        });
        let after = pieces.most.and_then(|it| it.checked_add(1));
        let cell = row.cell("at_most");
        found.extend(after.map(|from| Break { from, cell }));
    }
    match &step.rule {
        Rule::Tiers { tiers, .. } => found.extend(tiers.iter().map(|(row, from)| Break {
            from: *from,
            cell: row.cell("from"),
        })),
        Rule::Scale(scale) if scale.per.is_none() && scale.by.is_none() => {
            let pairs = scale.tiers.iter().zip(scale.tiers.iter().skip(1));
            found.extend(pairs.filter_map(|(low, high)| {
                let from = whole(low.up_to?)?.checked_add(1)?;
                let cell = high.row.cell("step");
                Some(Break { from, cell })
            }));
        }
        Rule::Free { per, .. } => found.extend(per.to_u32().map(|from| Break {
            from,
            cell: row.cell("price_unit"),
        })),
        _ => {}
    }
    found
}

fn whole(end: Decimal) -> Option<u32> {
    let whole = end.round_dp_with_strategy(0, RoundingStrategy::ToNegativeInfinity);
    whole.to_u32()
}
