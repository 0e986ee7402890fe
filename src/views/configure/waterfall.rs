use leptos::prelude::*;
use quotewright_engine::price::scales::ScaledPart;
use quotewright_engine::price::{Basis, Step};
use rust_decimal::Decimal;

use super::repeated::{of_line, repeated};
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::{Priced, Span, spans};

/// How the price comes about: one bar for each step, all on one scale; then totals.
#[component]
pub fn WaterfallView(
    /// The price.
    priced: Priced,
) -> impl IntoView {
    let words = use_words();
    let price = &words.messages.price;
    let steps = &priced.line.once.piece.steps;
    let shown = steps.iter().zip(spans(&priced.line.once.piece));
    // A step that adds nothing explains nothing.
    let rows = shown
        .filter_map(|(step, span)| {
            let amount = step.amount.filter(|amount| !amount.is_zero())?;
            Some(step_view(words, &priced, step, amount, span))
        })
        .collect_view();
    let waiting: Vec<String> = steps
        .iter()
        .filter(|step| step.amount.is_none())
        .map(|step| words.text(&step.label))
        .collect();
    let waiting = (!waiting.is_empty()).then(|| {
        view! { <p class="waits small">{price.waiting.with([&words.format.list(&waiting)])}</p> }
    });
    view! {
        <div class="waterfall">
            <h3>{price.steps}</h3>
            <ol>{rows}</ol>
            {waiting}
            {of_line(words, &priced)}
            {totals_view(words, &priced)}
            {repeated(words, &priced)}
        </div>
    }
    .into_any()
}

/// One step with what it was worked out from; `span` is where its bar stands.
pub(super) fn step_view(
    words: Words,
    priced: &Priced,
    step: &Step,
    amount: Decimal,
    span: Option<Span>,
) -> AnyView {
    let label = match &step.basis {
        Basis::Rounding => words.messages.price.rounding.to_owned(),
        _ => words.text(&step.label),
    };
    let basis = basis_text(words, priced, &step.basis);
    let class = if amount.is_sign_negative() {
        "price-step less"
    } else {
        "price-step"
    };
    let amount = words.format.exact_amount(amount, &priced.currency);
    view! {
        <li class=class>
            <span class="words">
                <span>{label}</span>
                {basis.map(|basis| view! { <span class="small quiet">{basis}</span> })}
            </span>
            <span class="figure">{amount}</span>
            {span.map(|span| view! {
                <span class="track" aria-hidden="true">
                    <span class="bar" style:left=percent(span.start) style:width=percent(span.length)></span>
                </span>
            })}
        </li>
    }
    .into_any()
}

fn percent(hundredths: Decimal) -> String {
    format!("{hundredths}%")
}

/// What a step was worked out from.
fn basis_text(words: Words, priced: &Priced, basis: &Basis) -> Option<String> {
    let price = &words.messages.price;
    let amount = |amount| words.format.exact_amount(amount, &priced.currency);
    match basis {
        Basis::PerUnit {
            rate,
            units,
            unit,
            price_unit,
        } => {
            let quantity = words.format.quantity(*units, unit);
            Some(match price_unit {
                None => price.per_unit.with([&amount(*rate), &quantity]),
                Some(size) => {
                    let size = words.format.quantity(*size, unit);
                    price
                        .per_price_unit
                        .with([&amount(*rate), &size, &quantity])
                }
            })
        }
        Basis::Tiers { unit, parts } => {
            let share = |part: &ScaledPart| {
                let quantity = words.format.quantity(part.units, unit);
                let priced = price.per_unit.with([&amount(part.rate), &quantity]);
                match (part.flat.is_zero(), part.units.is_zero()) {
                    (true, _) => priced,
                    (false, true) => amount(part.flat),
                    (false, false) => price.with_flat.with([&priced, &amount(part.flat)]),
                }
            };
            let shares: Vec<String> = parts.iter().map(share).collect();
            (!shares.is_empty()).then(|| shares.join("; "))
        }
        Basis::Bounds { base, least, most } => {
            let least = least.filter(|least| base < least);
            let most = most.filter(|most| base > most);
            let least = least.map(|it| price.at_least.with([&amount(it), &amount(*base)]));
            least.or(most.map(|it| price.at_most.with([&amount(it), &amount(*base)])))
        }
        Basis::Fixed { base, price: fixed } => {
            Some(price.instead_of.with([&amount(*fixed), &amount(*base)]))
        }
        Basis::Option { attribute, option } => {
            let value = quotewright_engine::catalog::Value::Option(*option);
            use_app().workbench.catalog.with_untracked(|catalog| {
                let attribute = catalog.as_ref()?.model.attribute(*attribute)?;
                Some(words.value(attribute, value))
            })
        }
        Basis::Percent { percent, base } => Some(
            price
                .percent_of
                .with([&words.format.percent(*percent), &amount(*base)]),
        ),
        Basis::Amount | Basis::Rounding | Basis::Open { .. } => None,
    }
}

/// Net of one piece, net of the line, tax, total.
fn totals_view(words: Words, priced: &Priced) -> AnyView {
    let price = &words.messages.price;
    let amount = |amount| words.format.exact_amount(amount, &priced.currency);
    let line = &priced.line;
    let several = (line.quantity > 1).then(|| {
        row(
            "",
            price.line_net.with([&words.format.count(line.quantity)]),
            amount(priced.totals.net),
        )
    });
    let taxes = priced
        .totals
        .taxes
        .iter()
        .map(|tax| row("", words.text(&tax.label), amount(tax.amount)))
        .collect_view();
    view! {
        <dl class="sums">
            {row("", price.unit_net.to_owned(), words.format.exact_amount(line.unit_net(), &priced.currency))}
            {several}
            {taxes}
            {row("gross", price.gross.to_owned(), amount(priced.totals.gross))}
        </dl>
    }
    .into_any()
}

/// An amount with its name.
pub(super) fn row(class: &'static str, label: String, amount: String) -> AnyView {
    view! { <div class=class><dt>{label}</dt><dd class="figure">{amount}</dd></div> }.into_any()
}
