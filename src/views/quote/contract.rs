//! When a contract begins and ends, where anything is due again and again.

use leptos::prelude::*;

use super::QuotePage;
use super::entry::TextField;
use super::form::Input;
use super::prices::Prices;
use crate::app::use_app;
use crate::messages::use_words;
use crate::views::chart::Folding;

/// First and last day, to be unfolded; nothing where all is due once.
#[component]
pub fn ContractFields() -> impl IntoView {
    let app = use_app();
    let quote = &use_words().messages.quote;
    let page: QuotePage = expect_context();
    let offered = Memo::new(move |_| {
        let terms = page.prices.with(Prices::terms);
        terms.iter().any(|term| *term > 0)
    });
    let folding = Folding::new();
    let filled = app
        .form
        .with_untracked(|form| !form.start.is_empty() || !form.until.is_empty());
    let wrong = move || {
        [Input::Start, Input::Until]
            .iter()
            .any(|it| page.fault(*it).is_some())
    };
    let open = move || filled || wrong() || folding.is_open_untracked();
    move || {
        offered.get().then(|| {
            view! {
                <details class="unfolds contract" open=open
                    on:toggle=move |event| folding.follow(&event)>
                    <summary>{quote.contract}</summary>
                    <TextField input=Input::Start/>
                    <TextField input=Input::Until/>
                    <p class="small quiet">{quote.contract_hint}</p>
                </details>
            }
        })
    }
}
