use leptos::prelude::*;
use quotewright_engine::catalog::{Model, Value};
use quotewright_engine::price::scales::ScaledPart;
use quotewright_engine::price::{Basis, Currency, Step};
use quotewright_engine::quote::TaxTotal;
use rust_decimal::Decimal;

use super::inputs::inputs_view;
use super::repeated::{of_line, repeated, sums, waiting};
use crate::app::use_app;
use crate::format::Plural;
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
    let waiting = waiting(words, steps.iter());
    let of_piece = (!steps.is_empty()).then(|| {
        view! { <h3>{price.steps.with([&piece(words)])}</h3><ol>{rows}</ol>{waiting} }
    });
    // Where all of it is due again and again, there is nothing to add up here.
    let once = (priced.is_due_once()).then(|| {
        view! { {of_piece}{of_line(words, &priced)}{totals_view(words, &priced)} }
    });
    view! {
        <div class="waterfall">
            {once}
            {repeated(words, &priced)}
        </div>
    }
    .into_any()
}

/// One of what is counted, in the catalog's word.
fn piece(words: Words) -> String {
    let unit = use_app().workbench.catalog.with_untracked(|catalog| {
        let unit = catalog.as_ref().map(|catalog| catalog.model.unit.clone());
        unit.unwrap_or_default()
    });
    words.piece(&unit, Plural::One)
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
        Basis::Rounding if step.label.is_empty() => words.messages.price.rounding.to_owned(),
        _ => words.text(&step.label),
    };
    let (basis, inputs) = use_app().workbench.catalog.with_untracked(|catalog| {
        let model = catalog.as_ref().map(|catalog| &catalog.model);
        let currency = &priced.currency;
        let basis = basis_text(words, currency, model, &step.basis);
        (
            basis,
            inputs_view(words, currency, model, step, priced.steps()),
        )
    });
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
            {inputs}
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

/// What a step was worked out from; `model` has the attributes that it names.
pub fn basis_text(
    words: Words,
    currency: &Currency,
    model: Option<&Model>,
    basis: &Basis,
) -> Option<String> {
    let price = &words.messages.price;
    let amount = |amount| words.format.exact_amount(amount, currency);
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
            let attribute = model?.attribute(*attribute)?;
            Some(words.value(attribute, Value::Option(*option)))
        }
        Basis::Percent { percent, base } => Some(
            price
                .percent_of
                .with([&words.format.percent(*percent), &amount(*base)]),
        ),
        Basis::Amount | Basis::Rounding | Basis::Open { .. } => None,
    }
}

/// Price of one piece, of the line, tax, total.
fn totals_view(words: Words, priced: &Priced) -> AnyView {
    let price = &words.messages.price;
    let amount = |amount| words.format.exact_amount(amount, &priced.currency);
    let (line, totals) = (&priced.line, &priced.due.totals);
    let contained = totals.contained;
    let sums = sums(words, priced, (&line.once, line.quantity), Some(totals));
    let tax = |tax: &TaxTotal| {
        let label = words.text(&tax.label);
        let label = if contained {
            price.contains.with([&label])
        } else {
            label
        };
        row("", label, amount(tax.amount))
    };
    let taxes = totals.taxes.iter().map(tax).collect_view();
    let gross = row("gross", price.gross.to_owned(), amount(totals.gross));
    let (above, below) = match contained {
        true => (None, Some(taxes)),
        false => (Some(taxes), None),
    };
    view! { <dl class="sums">{sums}{above}{gross}{below}</dl> }.into_any()
}

/// An amount with its name.
pub(super) fn row(class: &'static str, label: String, amount: String) -> AnyView {
    view! { <div class=class><dt>{label}</dt><dd class="figure">{amount}</dd></div> }.into_any()
}
