//! What is added for the whole line, and what is due again and again.

use leptos::prelude::*;
use quotewright_engine::price::{Due, Step};
use quotewright_engine::quote::Recurring;

use super::waterfall::{row, step_view};
use crate::messages::Words;
use crate::state::Priced;

/// The steps for the whole line; nothing where there are none.
pub(super) fn of_line(words: Words, priced: &Priced) -> Option<AnyView> {
    let steps = &priced.line.once.steps;
    (!steps.is_empty()).then(|| {
        view! {
            <h3>{words.messages.price.of_line}</h3>
            <ol>{rows(words, priced, steps)}</ol>
        }
        .into_any()
    })
}

/// What is due in each stretch of the term, and all over it; nothing where nothing is due again.
pub(super) fn repeated(words: Words, priced: &Priced) -> Option<AnyView> {
    let recurring = &priced.line.recurring;
    let stretches = recurring.iter().map(|it| stretch(words, priced, it));
    let stretches = stretches.collect_view();
    let price = &words.messages.price;
    (!recurring.is_empty()).then(|| {
        let total = words
            .format
            .amount(priced.line.contract_total, &priced.currency);
        let label = match priced.totals.contained {
            true => price.over_term_gross,
            false => price.over_term,
        };
        let label = label.with([&words.format.count(priced.line.term)]);
        view! {
            {stretches}
            <dl class="sums">{row("gross", label, total)}</dl>
        }
        .into_any()
    })
}

fn stretch(words: Words, priced: &Priced, recurring: &Recurring) -> AnyView {
    let price = &words.messages.price;
    let charge = &recurring.charge;
    let amount = |amount| words.format.exact_amount(amount, &priced.currency);
    let whole = recurring.months == priced.line.term;
    let months = (!whole).then(|| {
        let first = words.format.count(recurring.from + 1);
        let last = words.format.count(recurring.from + recurring.months);
        price.months.with([&first, &last])
    });
    let (unit, line) = match priced.totals.contained {
        true => (price.unit_gross, price.line_gross),
        false => (price.unit_net, price.line_net),
    };
    let of_piece = (!charge.piece.steps.is_empty())
        .then(|| row("", unit.to_owned(), amount(charge.piece.total)));
    let several = (recurring.quantity > 1 || of_piece.is_none()).then(|| {
        let label = line.with([&words.format.count(recurring.quantity)]);
        row("", label, amount(charge.net))
    });
    view! {
        <h3>{due(words, recurring.due)}{months.map(|it| view! { ", " {it} })}</h3>
        <ol>{rows(words, priced, &charge.piece.steps)}{rows(words, priced, &charge.steps)}</ol>
        <dl class="sums">
            {of_piece}
            {several}
        </dl>
    }
    .into_any()
}

/// A step that adds nothing explains nothing.
fn rows(words: Words, priced: &Priced, steps: &[Step]) -> AnyView {
    let rows = steps.iter().filter_map(|step| {
        let amount = step.amount.filter(|amount| !amount.is_zero())?;
        Some(step_view(words, priced, step, amount, None))
    });
    rows.collect_view().into_any()
}

/// How often, as a heading.
pub fn due(words: Words, due: Due) -> &'static str {
    let price = &words.messages.price;
    match due {
        Due::Once => price.once,
        Due::Monthly => price.monthly,
        Due::Quarterly => price.quarterly,
        Due::Yearly => price.yearly,
    }
}

/// What is due first of each rhythm, for below the large amount: `387.00 monthly`.
pub(super) fn beside(words: Words, priced: &Priced) -> Vec<String> {
    let first = priced.line.recurring.iter().filter(|it| it.from == 0);
    first
        .map(|it| {
            let amount = words.format.amount(it.charge.net, &priced.currency);
            format!("{amount} {}", due(words, it.due).to_lowercase())
        })
        .collect()
}
