//! The quote page on paper: what was typed, as text.

use leptos::prelude::*;

use super::form::contract_dates;
use super::prices::Prices;
use super::{QuotePage, requested};
use crate::app::use_app;
use crate::messages::use_words;
use crate::state::{Basket, Terms};
use crate::storage::drafts::Form;
use crate::views::requests::received::{buyer, fact};
use crate::views::requests::wished::{Wished, WishedLine};

/// Who asks.
#[component]
pub fn PrintedContact() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let told = move || {
        let form = app.form.get();
        let buyer = buyer(words, &Terms::of(&form).buyer);
        let contact = [
            (quote.company, form.company),
            (quote.name, form.name),
            (quote.email, form.email),
            (quote.phone, form.phone),
        ];
        let contact = contact
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty());
        let contact = contact
            .map(|(label, text)| fact(label, text))
            .collect_view();
        view! { {contact}{buyer} }
    };
    view! { <dl class="facts printed">{told}</dl> }
}

/// When it is wanted, and the note.
#[component]
pub fn PrintedWishes() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page: QuotePage = expect_context();
    let told = move || {
        let form = app.form.get();
        let repeats = page.prices.with(Prices::terms).iter().any(|it| *it > 0);
        let wished = app.basket.with(|basket| wished(basket, &form, repeats));
        let note = Some(form.note.trim()).filter(|it| !it.is_empty());
        let note = note.map(|it| fact(words.messages.quote.note, it.to_owned()));
        view! { {wished.facts(words)}{note} }
    };
    let earliest = move || {
        let plan = page.plan.get()?;
        let date = words.format.date(plan.together?.arrives.possible);
        Some(words.messages.quote.earliest.with([&date]))
    };
    view! {
        <p class="printed">{earliest}</p>
        <dl class="facts printed">{told}</dl>
    }
}

/// `repeats`: whether anything is due again and again, and so is a contract.
fn wished(basket: &Basket, form: &Form, repeats: bool) -> Wished {
    let lines = basket.lines().iter().map(|line| WishedLine {
        name: line.catalog.model.name.clone(),
        unit: line.catalog.model.unit.clone(),
        date: line.wishes.date(),
        ramp: line.wishes.ramp(line.catalog.quantities()),
        call_offs: line.wishes.call_offs(line.quantity),
    });
    Wished {
        contract: contract_dates(form).filter(|_| repeats),
        date: requested(form),
        lines: lines.collect(),
    }
}
