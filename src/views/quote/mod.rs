//! The quote that is being put together. It reads like the document it becomes.

mod action;
mod buyer;
pub mod cells;
mod contract;
mod dates;
mod entry;
mod form;
mod letterhead;
pub mod line;
mod name;
mod needs;
mod page;
mod part_faults;
mod parts;
pub mod plan;
pub mod prices;
mod printed;
mod promotions;
mod questions;
pub mod request;
pub mod sentence;
mod sooner;
pub mod standing;
pub mod totals;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{App, use_app};
use crate::messages::use_words;
use crate::state::{CatalogState, View, proposed};
use crate::views::contact::ContactView;
use crate::views::language::LanguageMenu;
use action::Action;
use buyer::BuyerFields;
use contract::ContractFields;
use dates::LineDates;
use entry::{DateField, NoteField, TextField};
use form::Input;
use letterhead::Letterhead;
pub use letterhead::sender;
use line::LineView;
use name::{ChangedElsewhere, QuoteName};
use needs::Needs;
use page::QuotePage;
pub use page::requested;
use parts::CallOffsView;
use plan::{Delivered, PlanView};
use prices::Prices;
use printed::{PrintedContact, PrintedWishes};
use promotions::PromotionsField;
use questions::QuestionsView;
use sooner::SoonerView;
use totals::{Column, LinesHead, TotalsView};

/// Lines, contact and sending.
#[component]
pub fn QuoteView() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page = QuotePage::new(app);
    provide_context(page);
    let empty = Memo::new(move |_| app.basket.with(|basket| basket.is_empty()));
    let opening =
        move || app.catalog.with(|it| matches!(it, CatalogState::Loading)) && is_waiting(app);
    let left_out = move || {
        // Until the catalog is here, the lines may yet be opened.
        let loading = app.catalog.with(|it| matches!(it, CatalogState::Loading));
        let quote = &words.messages.quote;
        let (passing, impossible) = app.left_out.with(|it| (it.passing, it.impossible));
        let told = [(impossible, quote.lost), (passing, quote.unopened)].into_iter();
        told.filter(|(count, _)| *count > 0 && !loading)
            .map(|(count, text)| {
                text.with(words.format.plural(count), [&words.format.count(count)])
            })
            .map(|text| view! { <p class="warning" role="status">{text}</p> })
            .collect_view()
    };
    view! {
        <div class="paper">
            <PaperBar/>
            {left_out}
            <ChangedElsewhere/>
            {move || match (empty.get(), opening()) {
                (true, true) => ().into_any(),
                (true, false) => view! { <EmptyQuote/> }.into_any(),
                (false, _) => view! { <Sheet/> }.into_any(),
            }}
            <p class="spoken" role="status">{page.announcement}</p>
        </div>
    }
    .into_any()
}

/// Whether lines of the draft are still to be opened.
fn is_waiting(app: App) -> bool {
    !app.restored.get() || app.left_out.with(|left_out| left_out.passing > 0)
}

/// The ways out of a document.
#[component]
pub fn PaperBar() -> impl IntoView {
    let app = use_app();
    let shell = &use_words().messages.shell;
    let listed = move || !matches!(app.view.get(), View::Requests);
    let printable = move || match app.view.get() {
        View::Quote => app.basket.with(|basket| !basket.is_empty()),
        View::Request(_) => true,
        View::Configure | View::Requests | View::Inbox => false,
    };
    view! {
        <nav class="paper-bar">
            <button class="button plain" type="button" on:click=move |_| app.show(View::Configure)>
                <span aria-hidden="true">"←"</span>
                {shell.back_to_configurator}
            </button>
            <Show when=listed>
                <button class="button plain" type="button"
                    on:click=move |_| app.show(View::Requests)>{shell.requests}</button>
            </Show>
            <Show when=printable>
                <button class="button plain print" type="button" on:click=move |_| print()>
                    {shell.print}
                </button>
            </Show>
            <LanguageMenu/>
        </nav>
    }
}

/// Prints the page; a browser that cannot has told so itself.
fn print() {
    if let Some(window) = web_sys::window() {
        drop(window.print());
    }
}

#[component]
fn EmptyQuote() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    view! {
        <div class="notice">
            <h1 id="top" tabindex="-1">{quote.empty}</h1>
            <p class="quiet">{quote.empty_detail}</p>
            <button class="button primary" on:click=move |_| app.show(View::Configure)>
                {words.messages.shell.back_to_configurator}
            </button>
        </div>
    }
}

#[component]
fn Sheet() -> impl IntoView {
    let words = use_words();
    let quote = &words.messages.quote;
    view! {
        <form class="sheet" novalidate on:submit=move |event| event.prevent_default()>
            <Letterhead/>
            <section class="block" aria-labelledby="quote-from">
                <h2 id="quote-from">{quote.from}</h2>
                <div class="entries">
                    <TextField input=Input::Company/>
                    <TextField input=Input::Name/>
                    <TextField input=Input::Email/>
                    <TextField input=Input::Phone/>
                    <BuyerFields/>
                </div>
                <PrintedContact/>
            </section>
            <Lines/>
            <QuestionsView/>
            <Totals/>
            <section class="block" aria-labelledby="quote-delivery">
                <h2 id="quote-delivery">{quote.delivery}</h2>
                <div class="entries">
                    <DateField/>
                    <LineDates/>
                    <CallOffsView/>
                    <PlanOfQuote/>
                    <SoonerView/>
                    <NoteField/>
                </div>
                <PrintedWishes/>
            </section>
            <AskFirst/>
            <Needs/>
            <Action/>
        </form>
    }
    .into_any()
}

/// Whom to ask before sending.
#[component]
fn AskFirst() -> impl IntoView {
    let app = use_app();
    let first = Memo::new(move |_| {
        app.basket
            .with(|basket| Some(Arc::clone(&basket.lines().first()?.catalog)))
    });
    move || {
        first
            .get()
            .map(|catalog| view! { <ContactView catalog=catalog/> })
    }
}

#[component]
fn Lines() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let ids = move || {
        app.basket
            .with(|it| it.lines().iter().map(|line| line.id).collect::<Vec<_>>())
    };
    let priced = Memo::new(move |_| page.prices.with(|it| it.known().is_some()));
    view! {
        <section class="block" aria-labelledby="quote-lines">
            <h2 id="quote-lines">{quote.lines}</h2>
            <div class="lines" class:priced=priced>
                {move || view! { <LinesHead columns=Column::all(page.contained.get())/> }}
                <ol>
                    <For each=ids key=|id| *id let:id>
                        <LineView id=id/>
                    </For>
                </ol>
            </div>
            <div class="lines-foot">
                <button class="button plain" type="button"
                    on:click=move |_| app.show(View::Configure)>{quote.add_line}</button>
            </div>
        </section>
    }
    .into_any()
}

/// When the lines can be there.
#[component]
fn PlanOfQuote() -> impl IntoView {
    let app = use_app();
    let page: QuotePage = expect_context();
    let delivered = move || {
        let asked = page.wishes.get_untracked().answers;
        let lines = app.basket.with(|basket| {
            let lines = basket.lines().iter().enumerate();
            let proposed = proposed(basket.lines());
            let lines = lines.zip(proposed).filter(|(_, it)| it.is_none());
            let line = |((place, line), _): ((usize, &crate::state::BasketLine), _)| {
                let values = line.assignment.iter().copied().map(Some).collect();
                (place, (line.catalog.model.clone(), values, line.quantity))
            };
            lines.map(line).collect()
        });
        Delivered {
            lines,
            asked: asked.map(|(asked, values)| (asked.model.clone(), values)),
        }
    };
    view! { <PlanView plan=page.plan.into() delivered=Callback::new(move |()| delivered())/> }
}

/// What it comes to, or why that is not known.
#[component]
fn Totals() -> impl IntoView {
    let app = use_app();
    let quote = &use_words().messages.quote;
    let page: QuotePage = expect_context();
    let asked = move || {
        page.wishes
            .with(|it| Some(Arc::clone(&it.answers.as_ref()?.0)))
    };
    let totals = move || match page.prices.get() {
        Prices::Known(known) => {
            view! { <TotalsView sums=known.sums(asked().as_deref())/> }.into_any()
        }
        Prices::Hidden => view! { <p class="quiet">{quote.hidden}</p> }.into_any(),
        Prices::Unavailable => {
            let supplier = app.basket.with(supplier_of);
            view! { <p class="warning">{quote.unavailable.with([&supplier])}</p> }.into_any()
        }
    };
    view! {
        <section class="block totals-block" aria-label=quote.totals>
            <div class="beside-totals">
                <PromotionsField/>
                <ContractFields/>
            </div>
            {totals}
        </section>
    }
    .into_any()
}

/// The supplier's name.
fn supplier_of(basket: &crate::state::Basket) -> String {
    let first = basket.lines().first();
    first
        .map(|line| line.catalog.manifest.supplier.name.clone())
        .unwrap_or_default()
}
