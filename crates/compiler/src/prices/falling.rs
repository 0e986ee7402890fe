//! Tiers at which more of what is measured costs less in total: seats, hours, metres.

use std::collections::BTreeMap;

use quotewright_engine::price::scales::PriceTier;
use rust_decimal::Decimal;

use super::amounts::Stated;
use super::quantities::{Scale, ScaleKind};
use super::rule::{Rule, Step};
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::suggest::list;

/// Books that are named; more of them say nothing new.
const MOST_NAMED: usize = 3;

/// Warns of each tier of a step at which the total falls, with the books in which it does.
pub(super) fn tell<'b>(step: &Step<'_>, books: impl Iterator<Item = &'b str>, report: &mut Report) {
    // Where another number decides the tier, more of what is counted changes none; where pieces
    // are counted, `ladders` tells it of whole lines.
    let Rule::Scale(scale) = &step.rule else {
        return;
    };
    if scale.by.is_some() || scale.per.is_none() {
        return;
    }
    let mut falls: BTreeMap<(Location, Decimal), Vec<&str>> = BTreeMap::new();
    for book in books {
        let ends = match scale.kind {
            ScaleKind::Volume => of_prices(scale, book),
            ScaleKind::BlockVolume => of_blocks(scale, book),
            _ => Vec::new(),
        };
        for fall in ends {
            falls.entry(fall).or_default().push(book);
        }
    }
    for ((place, end), books) in falls {
        report.push(warning(place, &books, (end, end)));
    }
}

/// The tiers that are cheaper than the end of the one before, and that end.
fn of_prices(scale: &Scale<'_>, book: &str) -> Vec<(Location, Decimal)> {
    let rows = scale.tiers.iter();
    let rows: Vec<_> = rows
        .filter_map(|it| Some((it.row, it.for_book(Stated(book))?)))
        .collect();
    let falls = rows.windows(2).filter_map(|pair| {
        let [(_, low), (row, high)] = pair else {
            return None;
        };
        let end = low.up_to?;
        let is_less = total(high, end)? < total(low, end)?;
        is_less.then(|| (row.cell("step").location(), end))
    });
    falls.collect()
}

/// As [`of_prices`], with all blocks at the tier reached: a little more starts another block.
fn of_blocks(scale: &Scale<'_>, book: &str) -> Vec<(Location, Decimal)> {
    let rows = scale.tiers.iter();
    let rows = rows.filter_map(|it| Some((it.row, it.for_book(Stated(book))?, it.block?)));
    let rows: Vec<_> = rows.collect();
    let falls = rows.windows(2).filter_map(|pair| {
        let [(_, low, block), (row, high, next_block)] = pair else {
            return None;
        };
        let end = low.up_to?;
        let before = end.checked_div(*block)?.ceil().checked_mul(low.unit)?;
        let after = end.checked_div(*next_block)?.floor() + Decimal::ONE;
        let is_less = after.checked_mul(high.unit)? < before;
        is_less.then(|| (row.cell("step").location(), end))
    });
    falls.collect()
}

fn total(tier: &PriceTier, quantity: Decimal) -> Option<Decimal> {
    tier.unit.checked_mul(quantity)?.checked_add(tier.flat)
}

/// That in these books `to` costs less in total than `from`; where they are the same, a little more than it.
pub(super) fn warning(
    place: Location,
    books: &[&str],
    (from, to): (Decimal, Decimal),
) -> Diagnostic {
    let what = match from == to {
        true => format!("a little more than {to} costs"),
        false => format!("{to} cost"),
    };
    let others = match books.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        others => format!(" and {others} more"),
    };
    let named = list(books.iter().copied().take(MOST_NAMED));
    let message = format!("in {named}{others}, {what} less in total than {from}");
    Diagnostic::warning("falling-total", place, message)
        .hint("that may be meant; with `graduated` or `brackets`, more never costs less")
}
