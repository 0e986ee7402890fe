//! What a piece costs at other quantities.

use leptos::prelude::*;
use quotewright_engine::price::Due;
use quotewright_engine::quote::TierPoint;

use super::chart::{Bar, Folding, Part, columns, table};
use super::configure::repeated::due;
use crate::messages::{Words, use_words};
use crate::state::LineTiers;

/// What a few pieces more would bring, in a sentence.
pub fn next_text(words: Words, tiers: &LineTiers) -> Option<String> {
    let (next, now) = tiers.next()?;
    let more = next.quantity.checked_sub(tiers.quantity)?;
    let amount = |amount| words.format.exact_amount(amount, &tiers.currency);
    let less = now.each.checked_sub(next.each)?;
    Some(words.messages.price.next_tier_full.with([
        &words.format.count(more),
        &amount(next.each),
        &amount(less),
        &words.format.amount(next.net, &tiers.currency),
    ]))
}

/// A chart of the price of a piece by quantity, to be unfolded, with its table.
#[component]
pub fn TierChart(
    /// What it shows, worked out only when it is unfolded.
    tiers: Memo<Option<LineTiers>>,
) -> impl IntoView {
    let words = use_words();
    let (chart, behind) = (Folding::new(), Folding::new());
    let body = move || {
        let shown = chart.is_open().then(|| tiers.get()).flatten();
        shown.map(|tiers| body(words, &tiers, behind))
    };
    view! {
        <details class="unfolds" on:toggle=move |event| chart.follow(&event)>
            <summary>{words.messages.price.by_quantity}</summary>
            {body}
        </details>
    }
    .into_any()
}

fn body(words: Words, tiers: &LineTiers, behind: Folding) -> AnyView {
    let price = &words.messages.price;
    let steps = tiers.steps();
    let amount = |amount| words.format.exact_amount(amount, &tiers.currency);
    let from = |quantity| price.from.with([&words.format.count(quantity)]);
    let bar = |(here, point): &(bool, TierPoint)| Bar {
        label: words.format.count(point.quantity),
        amount: amount(point.each),
        told: format!("{} {}", from(point.quantity), amount(point.each)),
        parts: vec![Part {
            amount: point.each,
            class: "first",
        }],
        here: *here,
    };
    let bars: Vec<Bar> = steps.iter().map(bar).collect();
    let spoken: Vec<String> = bars.iter().map(|bar| bar.told.clone()).collect();
    let row = |(here, point): &(bool, TierPoint)| {
        let cells = [point.each, point.net].map(amount);
        let cells = std::iter::once(from(point.quantity)).chain(cells);
        (*here, cells.collect())
    };
    let [each, line] = [price.each_column, price.line_column].map(str::to_owned);
    let heads = vec![words.number_of(&tiers.unit), each, line];
    let rows = steps.iter().map(row).collect();
    let often = (tiers.due != Due::Once).then(|| due(words, tiers.due));
    view! {
        {often.map(|often| view! { <p class="small quiet">{often}</p> })}
        {columns(bars, words.format.list(&spoken), amount)}
        {table(heads, rows, behind)}
    }
    .into_any()
}
