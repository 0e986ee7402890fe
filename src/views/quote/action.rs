//! Sending: what is missing, and the one button.

use std::collections::BTreeSet;

use leptos::prelude::*;
use quotewright_engine::catalog::Value;
use quotewright_protocol::limits::LINES;
use wasm_bindgen_futures::spawn_local;

use super::dates::date_id;
use super::form::Fault;
use super::line::quantity_id;
use super::request::request;
use super::{Input, QuotePage, supplier_of};
use crate::app::{App, use_app};
use crate::draft::{self, OpenDraft};
use crate::messages::{Words, use_words};
use crate::state::View;
use crate::views::configure::field::Field;
use crate::views::quote::prices::Prices;

/// The one action of the page.
#[component]
pub fn Action() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let busy = RwSignal::new(false);
    let unavailable = Memo::new(move |_| page.prices.with(|it| *it == Prices::Unavailable));
    let too_many = Memo::new(move |_| app.basket.with(|it| it.lines().len() > LINES));
    let most = u32::try_from(LINES).unwrap_or(u32::MAX);
    let too_many_lines = move || {
        too_many
            .get()
            .then(|| quote.too_many_lines.with([&words.format.count(most)]))
    };
    let faults = move || {
        let count = fault_count(page);
        (page.attempted.get() && count > 0).then(|| {
            quote
                .faults
                .with(words.format.plural(count), [&words.format.count(count)])
        })
    };
    let send = move |_| {
        if !busy.get_untracked() {
            busy.set(true);
            spawn_local(submit(app, words, page, busy));
        }
    };
    let label = move || {
        if busy.get() {
            quote.sending
        } else {
            quote.send
        }
    };
    let hint = move || match is_online() {
        true => quote.send_hint.with([&app.basket.with(supplier_of)]),
        false => quote.send_offline.to_owned(),
    };
    view! {
        <div class="action">
            <p class="fault" role="alert">{too_many_lines}</p>
            <p class="fault" role="alert">{faults}</p>
            <div class="action-row">
                <p class="small quiet" id="send-hint">{hint}</p>
                <button class="button primary" type="button" disabled=move || unavailable.get() || too_many.get()
                    aria-disabled=move || busy.get().then_some("true")
                    aria-describedby="send-hint" on:click=send>{label}</button>
            </div>
        </div>
    }
    .into_any()
}

fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

fn fault_count(page: QuotePage) -> u32 {
    let wrong = page.wrong.with(BTreeSet::len) + page.open.with(Vec::len);
    let parts = page.parts.with(Vec::len);
    let count = page.faults.with(Vec::len) + page.dates.with(Vec::len) + parts + wrong;
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether nothing is wrong; else the focus goes to the first mistake.
fn ready(app: App, page: QuotePage) -> bool {
    page.attempted.set(true);
    let Some(target) = first_mistake(app, page) else {
        return true;
    };
    app.focus_in_place(&target);
    false
}

/// Id of the control of the first mistake on the page.
fn first_mistake(app: App, page: QuotePage) -> Option<String> {
    let faults = page.faults.get_untracked();
    let fault = |wanted: fn(&Input) -> bool| {
        let mut inputs = faults.iter().map(|(input, _)| *input);
        inputs.find(wanted).map(|input| input.id().to_owned())
    };
    let wrong = || page.wrong.with_untracked(|wrong| wrong.first().copied());
    let part = |kind: &str| {
        let found = |it: &Vec<(String, Fault)>| {
            let mut found = it.iter().filter(|(id, _)| id.contains(kind));
            found.next().map(|(id, _)| id.clone())
        };
        page.parts.with_untracked(found)
    };
    // The fields about the buyer stand before the lines, the others at the end.
    fault(|input| *input <= Input::VatId)
        .or_else(|| wrong().map(quantity_id))
        .or_else(|| part("-ramp-"))
        .or_else(|| question_id(app, page))
        .or_else(|| fault(|input| *input <= Input::Date))
        .or_else(|| {
            page.dates
                .with_untracked(|it| it.first().map(|(id, _)| date_id(*id)))
        })
        .or_else(|| part(""))
        .or_else(|| fault(|_| true))
}

/// Id of the heading of the first question that has no answer, or one that is not possible.
fn question_id(app: App, page: QuotePage) -> Option<String> {
    let (asked, _) = page.wishes.get_untracked().answers?;
    let refused = app.questions.bench.question.get_untracked();
    let refused = refused.filter(|it| matches!(it.value, Value::Number(_)));
    let open = page.open.with_untracked(|open| open.first().copied());
    let field = Field::new(&asked, refused.map(|it| it.attribute).or(open)?)?;
    Some(field.id())
}

/// Sends what is on the page, once all is worked out and where nothing is wrong.
async fn submit(app: App, words: Words, page: QuotePage, busy: RwSignal<bool>) {
    if page.wishes.with_untracked(|it| it.answers.is_some()) {
        app.questions.bench.settle_all().await;
    }
    if app.view.try_get_untracked() == Some(View::Quote) && ready(app, page) {
        write(app, words, page).await;
    }
    busy.try_set(false);
}

async fn write(app: App, words: Words, page: QuotePage) {
    let body = app.basket.with_untracked(|basket| {
        let prices = page.prices.get_untracked();
        let form = app.form.get_untracked();
        let wishes = page.wishes.get_untracked();
        request(basket, &prices, &form, &wishes, &words.format.locale())
    });
    let body = body.and_then(|request| serde_json::to_string(&request).ok());
    let draft = draft::draft_once_sent(app).and_then(|it| draft::writing(app, it));
    if let Some(body) = body {
        app.saving.hold();
        let key = app.outbox.submit(body, draft).await;
        app.saving.go_on();
        if app.basket.try_update(|basket| basket.clear()).is_some() {
            app.form.update(draft::keep_contact_only);
            app.open_draft.update(OpenDraft::begin_again);
            app.show(View::Request(key));
        }
    }
}
