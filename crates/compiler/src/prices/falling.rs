//! Tiers at which more of what is measured costs less in total: seats, hours, metres.

use quotewright_engine::price::scales::PriceTier;
use rust_decimal::Decimal;

use super::amounts::Stated;
use super::quantities::{Scale, ScaleKind};
use super::rule::{Rule, Step};
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::suggest::list;

/// Books that are named; more of them say nothing new.
const MOST_NAMED: usize = 3;

/// Warns of each tier of a step at which the total falls, in any of the books.
pub(super) fn tell<'b>(step: &Step<'_>, books: impl Iterator<Item = &'b str>, report: &mut Report) {
    for book in books {
        match &step.rule {
            // Where another number decides the tier, more of what is counted changes none; where
            // pieces are counted, `ladders` tells it of whole lines.
            Rule::Scale(scale) if scale.by.is_some() || scale.per.is_none() => {}
            Rule::Scale(scale) if scale.kind == ScaleKind::Volume => {
                tell_prices(scale, book, report);
            }
            Rule::Scale(scale) if scale.kind == ScaleKind::BlockVolume => {
                tell_blocks(scale, book, report);
            }
            _ => {}
        }
    }
}

fn tell_prices(scale: &Scale<'_>, book: &str, report: &mut Report) {
    let rows = scale.tiers.iter();
    let rows: Vec<_> = rows
        .filter_map(|it| Some((it.row, it.for_book(Stated(book))?)))
        .collect();
    for pair in rows.windows(2) {
        let [(_, low), (row, high)] = pair else {
            continue;
        };
        let Some(end) = low.up_to else { continue };
        if let (Some(before), Some(after)) = (total(low, end), total(high, end))
            && after < before
        {
            report.push(warning(row.cell("step").location(), &[book], (end, end)));
        }
    }
}

/// All blocks at the tier reached: the last quantity of a tier, and the least above it.
fn tell_blocks(scale: &Scale<'_>, book: &str, report: &mut Report) {
    let rows = scale.tiers.iter();
    let rows = rows.filter_map(|it| Some((it.row, it.for_book(Stated(book))?, it.block?)));
    let rows: Vec<_> = rows.collect();
    for pair in rows.windows(2) {
        let [(_, low, block), (row, high, next_block)] = pair else {
            continue;
        };
        let Some(end) = low.up_to else { continue };
        let before = end.checked_div(*block).map(|it| it.ceil());
        // A little more starts another block.
        let after = end.checked_div(*next_block);
        let after = after.map(|it| it.floor() + Decimal::ONE);
        let cost = |blocks: Option<Decimal>, tier: &PriceTier| blocks?.checked_mul(tier.unit);
        if let (Some(before), Some(after)) = (cost(before, low), cost(after, high))
            && after < before
        {
            report.push(warning(row.cell("step").location(), &[book], (end, end)));
        }
    }
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
