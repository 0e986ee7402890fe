//! What is added for the whole line, and what is due again and again.

use leptos::prelude::*;
use quotewright_engine::price::{Due, Step};
use quotewright_engine::quote::{Charge, Recurring, Totals};

use super::waterfall::{row, step_view};
use crate::app::use_app;
use crate::format::Plural;
use crate::messages::Words;
use crate::state::{Priced, shown};
use crate::views::chart::Folding;

/// The steps for the whole line; nothing where there are none.
pub(super) fn of_line(words: Words, priced: &Priced) -> Option<AnyView> {
    let steps = &priced.line.once.steps;
    (!steps.is_empty()).then(|| {
        view! {
            <h3>{words.messages.price.of_line}</h3>
            <ol>{rows(words, priced, steps)}</ol>
            {waiting(words, steps.iter())}
        }
        .into_any()
    })
}

/// What is due in each stretch of the term, and all over it; nothing where nothing is due again.
pub(super) fn repeated(words: Words, priced: &Priced) -> Option<AnyView> {
    let recurring = &priced.line.recurring;
    let stretches = recurring.iter().filter(|it| !is_nothing(it));
    let stretches = stretches.map(|it| stretch(words, priced, it));
    let stretches = stretches.collect_view();
    if priced.line.open_term {
        return Some(stretches.into_any());
    }
    (!recurring.is_empty()).then(|| {
        let total = words
            .format
            .amount(priced.due.contract_total, &priced.currency);
        let label = over_months(words, priced.due.totals.contained, priced.line.term);
        view! {
            {stretches}
            <dl class="sums">{row("gross", label, total)}</dl>
        }
        .into_any()
    })
}

/// Whether nothing is added or taken in these months, as by a promotion of something else.
pub fn is_nothing(recurring: &Recurring) -> bool {
    let charge = &recurring.charge;
    let mut steps = charge.piece.steps.iter().chain(&charge.steps);
    charge.net.is_zero() && steps.all(|step| step.amount.is_some_and(|it| it.is_zero()))
}

fn stretch(words: Words, priced: &Priced, recurring: &Recurring) -> AnyView {
    let charge = &recurring.charge;
    let whole = recurring.months == priced.line.term;
    let months = (!whole).then(|| months(words, recurring.from, recurring.months));
    view! {
        <h3>{due(words, recurring.due)}{months.map(|it| view! { ", " {it} })}</h3>
        <ol>{rows(words, priced, &charge.piece.steps)}{rows(words, priced, &charge.steps)}</ol>
        {waiting(words, charge.piece.steps.iter().chain(&charge.steps))}
        <dl class="sums">
            {sums(words, priced, (charge, recurring.quantity), priced.totals_of(recurring))}
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

/// Whether the names of steps that wait are unfolded; it outlives the price that they wait for.
#[derive(Clone, Copy)]
pub(super) struct Unfolded(pub Folding);

/// More steps than these are told by their number, and named where that is unfolded.
const NAMED: usize = 3;

/// The steps that are not included yet: they wait for decisions.
pub(super) fn waiting<'s>(words: Words, steps: impl Iterator<Item = &'s Step>) -> Option<AnyView> {
    let open = steps.filter(|step| step.amount.is_none());
    let mut open: Vec<String> = open.map(|step| words.text(&step.label)).collect();
    let price = &words.messages.price;
    let told = |names: &[String]| price.waiting.with([&words.format.list(names)]);
    if open.is_empty() {
        return None;
    }
    if open.len() <= NAMED {
        return Some(view! { <p class="waits small">{told(&open)}</p> }.into_any());
    }
    let rest = open.split_off(NAMED - 1);
    let count = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    let more = price.and_more.with([&words.format.count(count)]);
    let summary = told(&[open.as_slice(), &[more]].concat());
    let Unfolded(folding) = expect_context();
    let view = view! {
        <details class="waits small unfolds" open=folding.is_open_untracked()
            on:toggle=move |event| folding.follow(&event)>
            <summary>{summary}</summary>
            <p>{words.format.list(&rest)}</p>
        </details>
    };
    Some(view.into_any())
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

/// Months of a term, after the first so many: `months 4 to 12`.
pub fn months(words: Words, after: u32, months: u32) -> String {
    let price = &words.messages.price;
    let first = words.format.count(after + 1);
    match months {
        1 => price.month.with([&first]),
        _ => (price.months).with([&first, &words.format.count(after + months)]),
    }
}

/// Names what is due over so many months, where prices contain tax or do not.
pub fn over_months(words: Words, contained: bool, months: u32) -> String {
    let label = match contained {
        true => words.messages.price.over_term_gross,
        false => words.messages.price.over_term,
    };
    label.with(words.format.plural(months), [&words.format.count(months)])
}

/// What one piece costs, where that says more than what all of them do; what it makes that the
/// buyer pays another tax than the steps contain; and what all of them cost.
pub(super) fn sums(
    words: Words,
    priced: &Priced,
    (charge, quantity): (&Charge, u32),
    totals: Option<&Totals>,
) -> AnyView {
    let price = &words.messages.price;
    let amount = |amount| words.format.exact_amount(amount, &priced.currency);
    let (unit, line, one) = match priced.due.totals.contained {
        true => (price.unit_gross, price.line_gross, price.one_gross),
        false => (price.unit_net, price.line_net, price.one_net),
    };
    let sum = totals.map_or(charge.net, shown);
    let other = totals.map(|it| it.exchanged).filter(|it| !it.is_zero());
    let other = other.map(|it| row("", words.messages.quote.other_tax.to_owned(), amount(it)));
    if quantity == 1 {
        return view! { {other}{row("", one.to_owned(), amount(sum))} }.into_any();
    }
    let open = use_app().workbench.catalog;
    let (piece, pieces) = open.with_untracked(|catalog| {
        let unit = catalog.as_ref().map(|catalog| &catalog.model.unit);
        let told = unit.map(|it| (words.piece(it, Plural::One), words.pieces(it, quantity)));
        told.unwrap_or_default()
    });
    let each = charge.piece.total;
    let each = (!each.is_zero()).then(|| row("", unit.with([&piece]), amount(each)));
    view! { {each}{other}{row("", line.with([&pieces]), amount(sum))} }.into_any()
}
