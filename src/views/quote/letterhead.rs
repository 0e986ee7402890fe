//! The head of the quote page.

use leptos::prelude::*;
use quotewright_protocol::Supplier;

use super::{QuoteName, QuotePage};
use crate::app::use_app;
use crate::clock;
use crate::messages::use_words;
use crate::state::Basket;

/// Who writes to whom, when, at which prices.
#[component]
pub fn Letterhead() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let supplier = move || {
        let first = |basket: &Basket| Some(basket.lines().first()?.catalog.clone());
        let catalog = app.basket.with(first)?;
        Some(catalog.manifest.supplier.name.clone())
    };
    let book = move || {
        let book = page
            .prices
            .with(|it| it.known().map(|known| words.text(&known.book)))?;
        Some(view! { <div><dt>{quote.prices}</dt><dd>{book}</dd></div> })
    };
    let sender = move || {
        app.basket.with(|basket| {
            let first = basket.lines().first()?;
            Some(sender(&first.catalog.manifest.supplier))
        })
    };
    view! {
        {sender}
        <div class="letterhead">
            <div>
                <h1 id="top" tabindex="-1">{quote.title}</h1>
                <QuoteName/>
            </div>
            <dl class="facts">
                <div><dt>{quote.to}</dt><dd>{supplier}</dd></div>
                <div><dt>{quote.date}</dt><dd>{words.format.date(clock::today())}</dd></div>
                {book}
            </dl>
        </div>
    }
}

/// Who the supplier is, on paper.
pub fn sender(supplier: &Supplier) -> AnyView {
    let ways = [&supplier.phone, &supplier.email].into_iter();
    let ways: Vec<&str> = ways
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    view! {
        <div class="sender printed">
            <p class="name">{supplier.name.clone()}</p>
            <p>{ways.join(" · ")}</p>
        </div>
    }
    .into_any()
}
