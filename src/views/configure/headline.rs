use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use quotewright_engine::price::Due;
use rust_decimal::Decimal;

use super::repeated::{due, over_months};
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::{Catalog, Offer, Priced};
use crate::views::contact::ContactView;

/// Milliseconds for which the difference that a change made stands beside the price.
const DIFFERENCE_SHOWN: u32 = 2_000;

/// The large amount, and the difference that the last change made.
#[component]
pub fn Headline(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let bench = use_app().workbench;
    let words = use_words();
    let price = &words.messages.price;
    let supplier = catalog.manifest.supplier.name.clone();
    let difference = difference_signal();
    move || match bench.offer.get() {
        Offer::Hidden => view! {
            <div class="headline">
                <p class="amount words">{price.hidden}</p>
                <p class="small quiet">{price.hidden_detail.with([&supplier])}</p>
                <ContactView catalog=Arc::clone(&catalog)/>
            </div>
        }
        .into_any(),
        Offer::Unavailable => view! {
            <div class="headline">
                <p class="amount words">{price.unavailable}</p>
                <p class="small quiet">{price.unavailable_detail}</p>
                <ContactView catalog=Arc::clone(&catalog)/>
            </div>
        }
        .into_any(),
        Offer::Priced(priced) => amount_view(words, &priced, difference),
    }
}

fn amount_view(words: Words, priced: &Priced, difference: RwSignal<Option<Decimal>>) -> AnyView {
    let price = &words.messages.price;
    let currency = priced.currency.clone();
    let label = match (priced.due.totals.contained, priced.line.open) {
        (false, false) => price.net,
        (false, true) => price.net_so_far,
        (true, false) => price.gross_title,
        (true, true) => price.gross_so_far,
    };
    let label = label.with([&currency.code]);
    let (rhythm, amount) = priced.first();
    let amount = words.format.amount(amount, &currency);
    let often = (rhythm != Due::Once).then(|| due(words, rhythm).to_lowercase());
    let change = move || {
        let change = difference
            .get()
            .map(|it| words.format.amount_difference(it, &currency));
        change.map(|text| view! { <span class="difference">{text}</span> })
    };
    let beside = beside(words, priced)
        .into_iter()
        .map(|it| view! { <p class="repeated">{it}</p> })
        .collect_view();
    view! {
        <div class="headline">
            <p class="small quiet">{label}</p>
            <p class="amount">
                <span>{amount}</span>
                {often.map(|it| view! { <span class="often">{it}</span> })}
                {change}
            </p>
            {beside}
            {over_term(words, priced)}
        </div>
    }
    .into_any()
}

/// What is due besides the large amount.
fn beside(words: Words, priced: &Priced) -> Vec<String> {
    let price = &words.messages.price;
    let amount = |amount| words.format.amount(amount, &priced.currency);
    let line = &priced.line;
    let (first, _) = priced.first();
    if first == Due::Once {
        return Vec::new();
    }
    let once = Some(priced.once()).filter(|it| !it.is_zero());
    let once = once.map(|it| format!("+ {} {}", amount(it), price.once.to_lowercase()));
    let charged = line.recurring.iter().filter(|it| !it.charge.net.is_zero());
    let again = charged.filter_map(|it| {
        let each = amount(priced.each(it));
        match it.due == first {
            true if it.from == 0 => None,
            true => Some((price.from_month).with([&each, &words.format.count(it.from + 1)])),
            false if it.from == 0 => {
                Some(format!("+ {each} {}", due(words, it.due).to_lowercase()))
            }
            false => None,
        }
    });
    once.into_iter().chain(again).collect()
}

/// All that is due over the term; nothing where all of it is due
/// once, or the term is open.
fn over_term(words: Words, priced: &Priced) -> Option<AnyView> {
    let (line, contained) = (&priced.line, priced.due.totals.contained);
    (line.term > 0 && !line.open_term).then(|| {
        let label = over_months(words, contained, line.term);
        let total = words
            .format
            .amount(priced.due.contract_total, &priced.currency);
        view! { <p class="small quiet">{label}" "{total}</p> }.into_any()
    })
}

/// The difference of the large amount that the last change made, for two seconds.
fn difference_signal() -> RwSignal<Option<Decimal>> {
    let bench = use_app().workbench;
    let difference = RwSignal::new(None);
    Effect::new(move |before: Option<Option<(Due, Decimal)>>| {
        let before = before.flatten();
        let now = bench.offer.with(|offer| offer.priced().map(Priced::first));
        if !bench.settled.get() {
            return before;
        }
        let change = before
            .zip(now)
            .filter(|((often, _), (now, _))| often == now)
            .and_then(|((_, before), (_, now))| now.checked_sub(before));
        if let Some(change) = change.filter(|change| !change.is_zero()) {
            difference.set(Some(change));
            // The panel may be gone by then.
            let hide = move || {
                difference.try_set(None);
            };
            Timeout::new(DIFFERENCE_SHOWN, hide).forget();
        }
        now
    });
    difference
}
