//! Prices that discounts can take below their floors, or below the least margin.
//!
//! Each price is looked at by itself, at the worst of the percentages that can be on together:
//! that is a bound, since other prices of the same line can make up for it. Amounts off and
//! agreed prices have no percentage, so nothing is said about them.

use quotewright_engine::price::{Due, Level, Sharing};
use rust_decimal::Decimal;

use super::kinds::Price;
use super::rule::{Of, Rule, Step};
use super::{Prices, amounts};
use crate::books::{Column, Listing, Place, without_tax};
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::sheet::Row;

/// Percentages beyond which `unless` and `best_of` are not taken into account.
const MOST: usize = 12;

/// Ways to combine percentages that are worked out for one product, over all kinds of buyers;
/// some kinds are looked at however long it takes.
const MOST_WAYS: usize = 400_000;
const LEAST_LISTINGS: usize = 20;

/// A step that adds or takes a percentage of others.
struct Change<'p, 'a> {
    step: &'p Step<'a>,
    /// Where it stands among all steps, those of the quote after those of the product.
    position: usize,
    /// What it is taken of, by position; all of the same due so far where `None`.
    of: Option<Vec<usize>>,
    unless: Vec<usize>,
    percent: Decimal,
    /// The same in the column for the supplier.
    own: Decimal,
    is_optional: bool,
}

/// What a price comes to at its worst, as a part of it; and what the supplier needs.
struct Worst {
    price: Decimal,
    own: Decimal,
    /// Which of the changes are on.
    on: Vec<usize>,
}

/// Warns of the prices of a product that can be sold below what the supplier needs.
pub(crate) fn tell(
    prices: &Prices<'_>,
    whole: Option<&Prices<'_>>,
    listings: &[Listing<'_>],
    report: &mut Report,
) {
    let sold = listings.iter().filter(|it| it.sells(&prices.product));
    let sold: Vec<&Listing<'_>> = sold.collect();
    let most = (MOST_WAYS / ways(prices, whole)).max(LEAST_LISTINGS);
    if let Some(left_out) = sold.len().checked_sub(most).filter(|it| *it > 0)
        && own_place(prices).is_some()
    {
        tell_not_compared(prices, left_out, report);
    }
    for (position, step) in prices
        .steps
        .iter()
        .enumerate()
        .filter(|(_, it)| it.is_first)
    {
        let listings = sold.iter().take(most);
        let found = listings.flat_map(|listing| {
            let floor = below((prices, whole), (position, step), listing, "floor");
            floor.or_else(|| below((prices, whole), (position, step), listing, "cost"))
        });
        if let Some(found) = found.into_iter().next() {
            report.push(found);
        }
    }
}

/// How many ways to combine percentages there can be for one kind of buyers.
fn ways(prices: &Prices<'_>, whole: Option<&Prices<'_>>) -> usize {
    let steps = prices
        .steps
        .iter()
        .chain(whole.iter().flat_map(|it| &it.steps));
    let percentages = steps.filter(|it| it.rule.of().is_some()).count();
    let priced = prices.steps.iter().filter(|it| it.is_first);
    priced.count().max(1) << percentages.min(MOST)
}

/// Says aloud that some prices are not compared with their floors.
pub(super) fn tell_not_compared(prices: &Prices<'_>, left_out: usize, report: &mut Report) {
    let message = format!(
        "floors of `{}` are not compared for {left_out} of the kinds of buyers",
        prices.product
    );
    report.push(
        Diagnostic::warning("not-checked", prices.place(), message)
            .hint("there are too many: use fewer books, or exclude percentages by `unless`"),
    );
}

/// The first cell in the columns for the supplier.
pub(super) fn own_place(prices: &Prices<'_>) -> Option<Location> {
    own_places(prices).next()
}

/// The cells in the columns for the supplier.
pub(super) fn own_places(prices: &Prices<'_>) -> impl Iterator<Item = Location> {
    let rows = prices.steps.iter().flat_map(priced);
    let cells = rows.flat_map(|row| ["floor", "cost"].map(|column| row.cell(column)));
    let filled = cells.filter(|cell| !cell.is_empty());
    filled.map(|cell| cell.location())
}

/// The price of a step that is furthest below what stands in a column for the supplier.
fn below(
    (prices, whole): (&Prices<'_>, Option<&Prices<'_>>),
    (position, step): (usize, &Step<'_>),
    listing: &Listing<'_>,
    column: &'static str,
) -> Option<Diagnostic> {
    let least_margin = listing.manifest.confidential.least_margin;
    // A cost counts where a margin has to be left above it.
    let left = match column {
        "cost" => Decimal::ONE_HUNDRED.checked_sub(least_margin?)?,
        _ => Decimal::ONE_HUNDRED,
    };
    let contained = listing.manifest.contained(prices.tax);
    let amount = |row: Row<'_>, family: &str, step: &Step<'_>, column| {
        let place = Place {
            listing,
            product: &prices.product,
            group: prices.group.as_deref(),
            step: step.row.cell("step").text(),
            contained,
            column,
        };
        amounts::amount(row, family, place)
    };
    let rows: Vec<_> = (priced(step).into_iter())
        .filter_map(|row| {
            let own = amount(row, "price", step, Column::Own(column))?;
            let price = amount(row, "price", step, Column::Prices)?;
            let price = without_tax(price, contained)?;
            Some((
                row,
                price,
                own.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(left)?,
            ))
        })
        .filter(|(_, price, own)| *own > Decimal::ZERO && (column == "cost" || price >= own))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let changes = changes(prices, whole, amount, column);
    let worst = worst((position, step.terms.due), &changes)?;
    let short = |(_, price, own): &(Row<'_>, Decimal, Decimal)| {
        let price = price.checked_mul(worst.price)?;
        own.checked_mul(worst.own)?.checked_sub(price)
    };
    let rows = rows.into_iter().filter_map(|it| Some((short(&it)?, it)));
    let (_, (row, price, own)) = rows
        .filter(|(short, _)| *short > Decimal::ZERO)
        .max_by_key(|(short, _)| *short)?;
    let on = worst.on.iter().filter_map(|at| changes.get(*at));
    let on = on.map(|it| {
        format!(
            "`{}` {}",
            it.step.row.cell("step").text(),
            it.percent.round_dp(2).normalize()
        )
    });
    let on: Vec<String> = on.collect();
    let by = match on.is_empty() {
        true => "without any discount".to_owned(),
        false => format!("with {}", on.join(", ")),
    };
    let money = |part: Decimal, of: Decimal| (of * part).round_dp(2).normalize();
    let (low, needed) = (money(worst.price, price), money(worst.own, own));
    let what = match column {
        "cost" => "what `least_margin` leaves above its cost",
        _ => "its floor",
    };
    let tax = if contained.is_zero() {
        ""
    } else {
        " without tax"
    };
    let price = money(Decimal::ONE, price);
    let message = format!(
        "in `{}` {price}{tax} can come to {low}, below {what}, {needed}: {by}",
        listing.code()
    );
    let hint = "this is a bound: each price by itself, at the worst of its percentages; lower one, or exclude one by `unless`";
    let location = row.cell(column).location();
    Some(Diagnostic::warning("floor-passed", location, message).hint(hint))
}

/// The rows that a step takes its prices from.
fn priced<'a>(step: &Step<'a>) -> Vec<Row<'a>> {
    match &step.rule {
        Rule::Amount { .. } => vec![step.row],
        Rule::Options { rows, .. } => rows.clone(),
        Rule::Lookup { table, .. } => table.rows.iter().map(|(row, _)| *row).collect(),
        Rule::Scale(scale) => scale.tiers.iter().map(|it| it.row).collect(),
        _ => Vec::new(),
    }
}

/// The percentages of a product, and of the quote that its lines bear.
fn changes<'p, 'a>(
    prices: &'p Prices<'a>,
    whole: Option<&'p Prices<'a>>,
    amount: impl Fn(Row<'_>, &str, &Step<'_>, Column) -> Option<Decimal>,
    column: &'static str,
) -> Vec<Change<'p, 'a>> {
    let lines = prices.steps.len();
    let own = prices.steps.iter().enumerate();
    let group = prices.group.as_deref().unwrap_or(&prices.product);
    let shared = whole.into_iter().flat_map(|it| &it.steps).enumerate();
    let all = own
        .map(|(at, step)| (at, 0, step))
        .chain(shared.map(|(at, step)| (at + lines, lines, step)));
    let change = |(position, offset, step): (usize, usize, &'p Step<'a>)| {
        let percent = percent(step, &amount)?;
        // What is charged apart lifts no line.
        let is_apart = step.terms.level == Level::Quote(Sharing::Apart);
        if is_apart && percent > Decimal::ZERO {
            return None;
        }
        let of = match step.rule.of()? {
            Of::Before => None,
            Of::Steps(of) => Some(of.iter().map(|it| it + offset).collect()),
            Of::Groups(groups) => groups.iter().any(|it| it == group).then_some(None)?,
        };
        let applies = &step.terms.applies;
        let is_conditional = applies.when.is_some()
            || applies.promotion.is_some()
            || applies.from.is_some()
            || applies.until.is_some()
            || applies.pieces.is_some()
            || applies.months.is_some()
            || !applies.unless.is_empty()
            || !applies.unless_on_lines.is_empty()
            || step.terms.rivals.is_some();
        Some(Change {
            step,
            position,
            of,
            unless: applies.unless.iter().map(|it| it + offset).collect(),
            percent,
            own: amount(step.row, "price", step, Column::Own(column)).unwrap_or_default(),
            is_optional: is_conditional
                || !matches!(step.kind.price, Price::Percent | Price::Margin),
        })
    };
    all.filter_map(change).collect()
}

/// The worst percentage of a step; `None` where it is no percentage.
fn percent(
    step: &Step<'_>,
    amount: &impl Fn(Row<'_>, &str, &Step<'_>, Column) -> Option<Decimal>,
) -> Option<Decimal> {
    let stated = || amount(step.row, "price", step, Column::Prices);
    let tier = |row: &Row<'_>| amount(*row, "percent", step, Column::Prices);
    match &step.rule {
        Rule::Change { .. } => match step.kind.price {
            Price::Percent => stated(),
            Price::Margin => {
                let margin = stated()?;
                let rest = Decimal::ONE_HUNDRED.checked_sub(margin)?;
                margin.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(rest)
            }
            _ => None,
        },
        Rule::Free { per, .. } => stated()?
            .checked_mul(-Decimal::ONE_HUNDRED)?
            .checked_div(*per),
        Rule::Tiers { tiers, .. } | Rule::Brackets { tiers, .. } => {
            tiers.iter().filter_map(|(row, _)| tier(row)).min()
        }
        Rule::TiersBy { tiers, .. } => tiers.iter().filter_map(|(row, _)| tier(row)).min(),
        _ => None,
    }
}

/// The worst that becomes of a price at a position, of all changes that can be on together.
fn worst((position, due): (usize, Due), changes: &[Change<'_, '_>]) -> Option<Worst> {
    let optional: Vec<usize> = (changes.iter().enumerate())
        .filter(|(_, it)| it.is_optional && it.position > position)
        .map(|(at, _)| at)
        .collect();
    let always = |at: usize| changes.get(at).is_some_and(|it| !it.is_optional);
    if optional.len() > MOST {
        // Without regard to what excludes what, all discounts together are the bound.
        let is_off = |at: usize| changes.get(at).is_some_and(|it| it.percent < Decimal::ZERO);
        return worked_out((position, due), changes, &|at| always(at) || is_off(at));
    }
    let ways = (0_u32..1 << optional.len()).filter_map(|way| {
        let is_on = |at: usize| {
            let bit = optional.iter().position(|it| *it == at);
            always(at) || bit.is_some_and(|bit| way >> bit & 1 == 1)
        };
        go_together(changes, &is_on)
            .then(|| worked_out((position, due), changes, &is_on))
            .flatten()
    });
    ways.min_by_key(|it| it.price.checked_sub(it.own))
}

/// Whether none of the changes that are on excludes another.
fn go_together(changes: &[Change<'_, '_>], is_on: &impl Fn(usize) -> bool) -> bool {
    let on = || changes.iter().enumerate().filter(|(at, _)| is_on(*at));
    on().all(|(at, one)| {
        let mut others = on().filter(|(other, _)| *other < at);
        !others.any(|(_, other)| {
            let rivals =
                one.step.terms.rivals.is_some() && one.step.terms.rivals == other.step.terms.rivals;
            let code = other.step.row.cell("step").text();
            let on_lines = one.step.terms.applies.unless_on_lines.contains(code);
            rivals || on_lines || one.unless.contains(&other.position)
        })
    })
}

/// What becomes of a price where these changes are on; `None` where a number does not fit.
fn worked_out(
    (position, due): (usize, Due),
    changes: &[Change<'_, '_>],
    is_on: &impl Fn(usize) -> bool,
) -> Option<Worst> {
    let mut parts = vec![(position, due, Decimal::ONE, Decimal::ONE)];
    let mut on = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        if change.position < position || !is_on(at) {
            continue;
        }
        let due = change.step.terms.due;
        let base = parts
            .iter()
            .filter(|(position, of_due, ..)| match &change.of {
                Some(of) => of.contains(position),
                None => *of_due == due,
            });
        let (price, own) = base.fold((Decimal::ZERO, Decimal::ZERO), |sum, (.., price, own)| {
            (sum.0 + price, sum.1 + own)
        });
        if price.is_zero() {
            continue;
        }
        let of = |base: Decimal, percent: Decimal| {
            let part = base
                .checked_mul(percent)?
                .checked_div(Decimal::ONE_HUNDRED)?;
            Some(part.round_dp(10))
        };
        let part = of(price, change.percent)?;
        parts.push((change.position, due, part, of(own, change.own)?));
        on.push(at);
    }
    Some(Worst {
        price: parts.iter().map(|it| it.2).sum(),
        own: parts.iter().map(|it| it.3).sum(),
        on,
    })
}
