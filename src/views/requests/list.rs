//! All requests of this device.

use leptos::prelude::*;

use super::badge;
use super::drafts::DraftsView;
use super::waiting::sent_at;
use crate::app::{App, use_app};
use crate::messages::{Words, use_words};
use crate::state::View;
use crate::sync::{Entry, EntryState, SentRequest, subject_of};
use crate::views::quote::PaperBar;

/// Drafts and requests of this device: of the requests first those that are on their way.
#[component]
pub fn RequestsView() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let requests = &words.messages.requests;
    let subject = Memo::new(move |_| app.settings.with(|settings| subject_of(&settings.token)));
    let rows = move || {
        app.outbox.records.with(|records| {
            // Another customer's requests are none of this one's business.
            let mine = |of: &Option<String>| of.is_none() || *of == subject.get();
            let waiting = records.entries.iter().filter(|entry| mine(&entry.subject));
            let sent = records.sent.iter().filter(|sent| mine(&sent.subject));
            waiting
                .map(|entry| waiting_row(app, words, entry))
                .chain(sent.map(|sent| sent_row(app, words, sent)))
                .collect::<Vec<_>>()
        })
    };
    let list = move || match rows() {
        rows if rows.is_empty() => view! {
            <p>{requests.none}</p>
            <p class="quiet">{requests.none_detail}</p>
        }
        .into_any(),
        rows => view! { <ul class="request-list">{rows}</ul> }.into_any(),
    };
    view! {
        <div class="paper">
            <PaperBar/>
            <section class="sheet">
                <header class="letterhead"><h1 id="top" tabindex="-1">{requests.title}</h1></header>
                <DraftsView/>
                <section class="block" aria-labelledby="sent-requests">
                    <h2 id="sent-requests">{requests.sent}</h2>
                    {list}
                </section>
            </section>
        </div>
    }
    .into_any()
}

fn waiting_row(app: App, words: Words, entry: &Entry) -> AnyView {
    let requests = &words.messages.requests;
    let state = match entry.state {
        EntryState::Waiting { .. } => badge("waiting", requests.waiting),
        EntryState::Sending => badge("sending", requests.sending),
        EntryState::Refused(_) => badge("refused", requests.refused),
    };
    let detail = requests.created.with([&sent_at(words, entry)]);
    row(
        app,
        entry.key.clone(),
        requests.no_number.to_owned(),
        detail,
        state,
        None,
    )
}

fn sent_row(app: App, words: Words, sent: &SentRequest) -> AnyView {
    let requests = &words.messages.requests;
    let receipt = &sent.receipt;
    let lines = u32::try_from(receipt.lines).unwrap_or(u32::MAX);
    let lines = requests
        .lines
        .with(words.format.plural(lines), [&words.format.count(lines)]);
    let moment = requests
        .received_at
        .with([&words.format.moment(&receipt.received_at)]);
    let amount = receipt.totals.as_ref().zip(receipt.currency.as_ref());
    // Of what is due again and again alone, there is no one amount.
    let amount = amount.filter(|(totals, _)| !totals.gross.is_zero());
    let amount = amount.map(|(totals, code)| {
        let currency = quotewright_engine::price::Currency {
            code: code.clone(),
            minor_units: totals.gross.scale(),
        };
        words.format.money(totals.gross, &currency)
    });
    let state = badge("received", requests.received);
    row(
        app,
        receipt.id.clone(),
        receipt.number.clone(),
        format!("{moment}, {lines}"),
        state,
        amount,
    )
}

fn row(
    app: App,
    id: String,
    title: String,
    detail: String,
    state: AnyView,
    amount: Option<String>,
) -> AnyView {
    view! {
        <li class="request">
            <div>
                <button class="link" type="button"
                    on:click=move |_| app.show(View::Request(id.clone()))>{title}</button>
                <p class="small quiet">{detail}</p>
            </div>
            {state}
            <p class="figure">{amount}</p>
        </li>
    }
    .into_any()
}
