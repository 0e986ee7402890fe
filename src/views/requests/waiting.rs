//! A request that has not arrived yet.

use leptos::prelude::*;
use quotewright_engine::price::Currency;
use quotewright_protocol::QuoteRequest;
use wasm_bindgen_futures::spawn_local;

use super::received::fact;
use super::{Confirm, badge};
use crate::app::{App, use_app};
use crate::messages::{Words, use_words};
use crate::state::View;
use crate::sync::{Cause, Entry, EntryState};

/// What it waits for, and what can be done meanwhile.
#[component]
pub fn WaitingView(
    /// The request.
    entry: Memo<Entry>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let requests = &words.messages.requests;
    let key = StoredValue::new(entry.get_untracked().key);
    let volatile = move || {
        let records = app.outbox.records;
        key.with_value(|key| records.with(|records| records.volatile.contains(key)))
    };
    let state = move || entry.with(|entry| entry.state.clone());
    let keeping = move || match volatile() {
        true => view! { <p class="warning">{requests.volatile}</p> }.into_any(),
        false => view! { <p>{requests.kept}</p> }.into_any(),
    };
    let tried = move || {
        let attempts = entry.with(|entry| entry.attempts);
        (attempts > 0).then(|| {
            requests.attempts.with(
                words.format.plural(attempts),
                [&words.format.count(attempts)],
            )
        })
    };
    let detail = Signal::derive(move || match entry.with(|entry| entry.attempts) {
        0 => requests.discard_plain.to_owned(),
        _ => format!("{} {}", requests.discard_plain, requests.discard_hint),
    });
    let discard = move |()| {
        spawn_local(async move {
            app.outbox.discard(&key.get_value(), None).await;
            app.show(View::Requests);
        });
    };
    view! {
        <article class="sheet">
            <header class="letterhead">
                <h1 id="top" tabindex="-1">{requests.no_number}</h1>
                <p class="quiet">{requests.created.with([&sent_at(words, &entry.get_untracked())])}</p>
            </header>
            <section class="block" role="status">
                {move || match state() {
                    EntryState::Sending => badge("sending", requests.sending),
                    _ => badge("waiting", requests.waiting),
                }}
                <p>{move || cause(words, &state())}</p>
                {keeping}
                <p class="small quiet">{tried}</p>
            </section>
            {summary(app, words, &entry.get_untracked())}
            <footer class="action">
                <div class="buttons">
                    <button class="button primary" type="button"
                        on:click=move |_| app.outbox.hurry()>{requests.send_now}</button>
                    <SaveLink entry=entry/>
                    <Confirm label=requests.discard detail=detail action=requests.discard
                        on_confirm=Callback::new(discard)/>
                </div>
            </footer>
        </article>
    }
    .into_any()
}

/// What it asks for, in a few words.
pub fn summary(app: App, words: Words, entry: &Entry) -> Option<AnyView> {
    let (requests, quote) = (&words.messages.requests, &words.messages.quote);
    let request: QuoteRequest = serde_json::from_str(&entry.body).ok()?;
    let lines = u32::try_from(request.lines.len()).unwrap_or(u32::MAX);
    let lines = requests
        .lines
        .with(words.format.plural(lines), [&words.format.count(lines)]);
    let (endpoint, catalog, sums) = (entry.endpoint.clone(), request.catalog, request.totals);
    let totals = move || {
        let totals = sums.clone()?;
        let currency = currency_of(app, &endpoint, &catalog)?;
        let money = |amount| words.format.money(amount, &currency);
        Some(view! {
            {fact(quote.total_net, money(totals.net))}
            {fact(quote.gross, money(totals.gross))}
        })
    };
    let view = view! {
        <section class="block">
            <dl class="facts">
                {fact(quote.company, request.contact.company)}
                {fact(quote.lines, lines)}
                {totals}
            </dl>
        </section>
    };
    Some(view.into_any())
}

/// What a request's amounts are in, where the page has its catalog open; tracked.
pub fn currency_of(app: App, endpoint: &str, catalog: &str) -> Option<Currency> {
    let open = app.ready_for(endpoint, catalog)?;
    Some(open.pack.as_ref()?.currency.clone())
}

/// When the buyer sent it.
pub fn sent_at(words: Words, entry: &Entry) -> String {
    let date = js_sys::Date::new(&(entry.created as f64).into());
    words.format.moment(&String::from(date.to_iso_string()))
}

/// Why it waits.
pub fn cause(words: Words, state: &EntryState) -> &'static str {
    let requests = &words.messages.requests;
    match state {
        EntryState::Waiting { cause, .. } => match cause {
            None => requests.first_try,
            Some(Cause::Network) => requests.no_network,
            Some(Cause::Busy) => requests.busy,
            Some(Cause::SignIn) => requests.sign_in,
            Some(Cause::Unexpected) => requests.unexpected,
        },
        EntryState::Sending | EntryState::Refused(_) => "",
    }
}

/// Saves what is sent as a file, byte for byte.
#[component]
pub fn SaveLink(
    /// The request.
    #[prop(into)]
    entry: Signal<Entry>,
) -> impl IntoView {
    let requests = &use_words().messages.requests;
    let address = move || {
        let body = entry.with(|entry| String::from(js_sys::encode_uri_component(&entry.body)));
        format!("data:application/json;charset=utf-8,{body}")
    };
    let name = move || entry.with(|entry| format!("quote-request-{}.json", entry.key));
    view! { <a class="button" href=address download=name>{requests.save}</a> }
}
