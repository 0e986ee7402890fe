//! Tiers at which more costs less in total.

use quotewright_engine::price::scales::PriceTier;
use rust_decimal::{Decimal, RoundingStrategy};

use super::amounts::Stated;
use super::quantities::{Scale, ScaleKind};
use super::rule::{Of, Rule, Step};
use super::tiers;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::Cell;

/// Warns of each tier of a step at which the total falls, in any of the books.
pub(super) fn tell<'b>(step: &Step<'_>, books: impl Iterator<Item = &'b str>, report: &mut Report) {
    for book in books {
        match &step.rule {
            // Where another number decides the tier, more of what is counted changes none.
            Rule::Scale(scale) if scale.by.is_some() => {}
            Rule::Scale(scale) if scale.kind == ScaleKind::Volume => {
                tell_prices(scale, book, report);
            }
            Rule::Scale(scale) if scale.kind == ScaleKind::BlockVolume => {
                tell_blocks(scale, book, report);
            }
            // Of some steps only, the total may rise all the same.
            Rule::Tiers {
                of: Of::Before,
                tiers,
            } => {
                let mut percent = Decimal::ZERO;
                for (row, from) in tiers {
                    let own = tiers::for_book(&[(*row, *from)], Stated(book));
                    let Some(tier) = own.first() else { continue };
                    let to = Decimal::from(*from);
                    let ends = (to - Decimal::ONE, to);
                    let totals = (
                        ends.0 * (Decimal::ONE_HUNDRED + percent),
                        ends.1 * (Decimal::ONE_HUNDRED + tier.percent),
                    );
                    percent = tier.percent;
                    if totals.1 < totals.0 {
                        warn(row.cell("from"), ends, report);
                    }
                }
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
        let whole = end.round_dp_with_strategy(0, RoundingStrategy::ToNegativeInfinity);
        // What is measured has no next quantity.
        let ends = match scale.per {
            None => (whole, whole + Decimal::ONE),
            Some(_) => (end, end),
        };
        if let (Some(before), Some(after)) = (total(low, ends.0), total(high, ends.1))
            && after < before
        {
            warn(row.cell("step"), ends, report);
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
            warn(row.cell("step"), (end, end), report);
        }
    }
}

fn total(tier: &PriceTier, quantity: Decimal) -> Option<Decimal> {
    tier.unit.checked_mul(quantity)?.checked_add(tier.flat)
}

fn warn(cell: Cell<'_>, (from, to): (Decimal, Decimal), report: &mut Report) {
    let message = match from == to {
        true => format!("a little more than {to} costs less in total than {from}"),
        false => format!("{to} cost less in total than {from}"),
    };
    report.push(
        Diagnostic::warning("falling-total", cell.location(), message)
            .hint("that may be meant; with `graduated` or `brackets`, more never costs less"),
    );
}
