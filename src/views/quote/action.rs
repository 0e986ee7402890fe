//! Sending: what is missing, and the one button.

use leptos::prelude::*;
use quotewright_protocol::limits::LINES;
use wasm_bindgen_futures::spawn_local;

use super::line::quantity_id;
use super::request::request;
use super::{QuotePage, supplier_of};
use crate::app::{App, use_app};
use crate::clock;
use crate::draft;
use crate::messages::{Words, use_words};
use crate::state::View;
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
        if !busy.get_untracked() && ready(app, page) {
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
                <button class="button primary" type="submit" disabled=move || unavailable.get() || too_many.get()
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
    let count = page.faults.with(Vec::len) + page.wrong.with(|wrong| wrong.len());
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether nothing is wrong; else the focus goes to the first mistake.
fn ready(app: App, page: QuotePage) -> bool {
    page.attempted.set(true);
    let first = page.faults.with_untracked(|faults| faults.first().copied());
    let wrong = page.wrong.with_untracked(|wrong| wrong.first().copied());
    let target = match (first, wrong) {
        (None, None) => return true,
        // The fields about the buyer stand before the lines, the others after them.
        (Some((input, _)), Some(_)) if input <= super::Input::Phone => input.id().to_owned(),
        (_, Some(id)) => quantity_id(id),
        (Some((input, _)), None) => input.id().to_owned(),
    };
    app.focus_in_place(&target);
    false
}

async fn submit(app: App, words: Words, page: QuotePage, busy: RwSignal<bool>) {
    let body = app.basket.with_untracked(|basket| {
        let prices = page.prices.get_untracked();
        let form = app.form.get_untracked();
        request(
            basket,
            &prices,
            &form,
            &words.format.locale(),
            clock::today(),
        )
    });
    let body = body.and_then(|request| serde_json::to_string(&request).ok());
    let draft = draft::key_of(app).zip(draft::draft_once_sent(app));
    if let Some(body) = body {
        app.saving.hold();
        let key = app.outbox.submit(body, draft).await;
        app.saving.go_on();
        if app.basket.try_update(|basket| basket.clear()).is_some() {
            app.form.update(draft::keep_contact_only);
            app.show(View::Request(key));
        }
    }
    busy.try_set(false);
}
