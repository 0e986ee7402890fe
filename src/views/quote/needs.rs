//! What the taxes of the quote still want the buyer to state.

use leptos::prelude::*;
use quotewright_engine::quote::tax::en16931::Requirement;

use super::totals::needed;
use super::{Input, QuotePage};
use crate::app::use_app;
use crate::messages::use_words;

/// A way to the field of each; nothing where all is stated.
#[component]
pub fn Needs() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page: QuotePage = expect_context();
    let open = Memo::new(move |_| {
        page.prices.with(|prices| {
            let needs = prices.known().map(|it| &it.quote.requirements);
            let open = needs.into_iter().flatten().filter(|it| !it.met);
            let mut open: Vec<Requirement> = open.map(|it| it.requirement).collect();
            open.sort_unstable();
            open.dedup();
            open
        })
    });
    let way = move |requirement: Requirement| {
        let (text, field) = (needed(words, requirement)?, field(requirement)?);
        let go = move |_| drop(app.focus_in_place(field));
        Some(view! { <button class="button plain" type="button" on:click=go>{text}</button> })
    };
    move || {
        let ways: Vec<_> = open.get().into_iter().filter_map(way).collect();
        (!ways.is_empty()).then(|| {
            let text = words.messages.quote.still_needed;
            view! { <p class="still-needed small" role="status">{text}" "{ways}</p> }
        })
    }
}

/// Id of the field for it.
fn field(requirement: Requirement) -> Option<&'static str> {
    match requirement {
        Requirement::BuyerVatNumber => Some(Input::VatId.id()),
        Requirement::DeliveryDate => Some(Input::Date.id()),
        Requirement::DeliveryCountry => Some("quote-country"),
        Requirement::SellerVatNumber | Requirement::ExemptionReason | Requirement::OnlyCategory => {
            None
        }
    }
}
