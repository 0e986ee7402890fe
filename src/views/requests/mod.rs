//! Requests that were sent, or wait to be sent.

pub mod changes;
pub mod drafts;
mod list;
pub mod name_field;
pub mod received;
mod refused;
mod waiting;
pub mod wished;

pub use list::RequestsView;

use leptos::html::Button;
use leptos::prelude::*;

use crate::app::use_app;
use crate::messages::use_words;
use crate::sync::{Entry, EntryState, Keeping, SentRequest};
use crate::views::quote::PaperBar;
use received::ReceivedView;
use refused::RefusedView;
use waiting::WaitingView;

/// What is known of one request on this device.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    /// The database is not open yet.
    NotYet,
    /// It is on its way.
    Waiting(Box<Entry>),
    /// The endpoint does not take it.
    Refused(Box<Entry>),
    /// The endpoint keeps it.
    Sent(Box<SentRequest>),
    /// Nothing: perhaps the endpoint knows it.
    Nothing,
    /// It was here a moment ago; the buyer has taken it back or deleted it.
    Gone,
}

/// One request.
#[component]
pub fn RequestView(
    /// Its idempotency key, or its id at the endpoint.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let outbox = app.outbox;
    let requests = &use_words().messages.requests;
    let shown = id.clone();
    let known = Memo::new(move |before: Option<&Known>| {
        let was_here = !matches!(before, None | Some(Known::NotYet | Known::Nothing));
        let opening = outbox.keeping.get() == Keeping::Opening;
        outbox.records.with(|records| {
            if let Some(entry) = records.entries.iter().find(|entry| entry.key == shown) {
                let entry = Box::new(entry.clone());
                return match entry.state {
                    EntryState::Refused(_) => Known::Refused(entry),
                    _ => Known::Waiting(entry),
                };
            }
            let mine = |sent: &&SentRequest| sent.key == shown || sent.receipt.id == shown;
            match records.sent.iter().find(mine) {
                Some(sent) => Known::Sent(Box::new(sent.clone())),
                None if was_here => Known::Gone,
                None if opening => Known::NotYet,
                None => Known::Nothing,
            }
        })
    });
    announce_arrival(known);
    // A waiting request changes with each attempt; the view of it follows by itself.
    let kind = Memo::new(move |_| known.with(std::mem::discriminant));
    let entry = move || match known.get() {
        Known::Waiting(entry) | Known::Refused(entry) => Some(*entry),
        _ => None,
    };
    let view = move || {
        // Read, not only tracked: a memo that nobody reads follows nothing.
        let _ = kind.get();
        app.keep_focus();
        match known.get_untracked() {
            Known::NotYet => heading(requests.loading),
            Known::Gone => heading(requests.not_found),
            Known::Waiting(first) => {
                let entry = Memo::new(move |_| entry().unwrap_or_else(|| (*first).clone()));
                view! { <WaitingView entry=entry/> }.into_any()
            }
            Known::Refused(entry) => view! { <RefusedView entry=*entry/> }.into_any(),
            Known::Sent(sent) => {
                view! { <ReceivedView id=sent.receipt.id.clone() sent=Some(*sent)/> }.into_any()
            }
            Known::Nothing => view! { <ReceivedView id=id.clone() sent=None/> }.into_any(),
        }
    };
    view! { <div class="paper"><PaperBar/>{view}</div> }.into_any()
}

/// A screen that has nothing else to show.
fn heading(text: &'static str) -> AnyView {
    view! { <div class="notice"><h1 id="top" tabindex="-1">{text}</h1></div> }.into_any()
}

/// Says so when the endpoint has the request, and goes on under the address that it has there.
fn announce_arrival(known: Memo<Known>) {
    let app = use_app();
    Effect::new(move |before: Option<bool>| {
        let sent = match known.get() {
            Known::Sent(sent) => Some(sent),
            _ => None,
        };
        if let (Some(false), Some(sent)) = (before, &sent) {
            app.show(crate::state::View::Request(sent.receipt.id.clone()));
        }
        sent.is_some()
    });
}

/// A state, by sign, word and colour.
fn badge(kind: &'static str, text: &'static str) -> AnyView {
    view! { <p class=format!("badge {kind}")>{text}</p> }.into_any()
}

/// What is asked before something is deleted, and the button for it.
#[component]
fn Confirm(
    /// The first button.
    label: &'static str,
    /// What will happen.
    detail: Signal<String>,
    /// The second button.
    action: &'static str,
    /// Does it.
    on_confirm: Callback<()>,
) -> impl IntoView {
    let requests = &use_words().messages.requests;
    // `None` before the first time. From then on each button goes with the focus, which the
    // one that comes in its place takes over.
    let asked = RwSignal::new(None::<bool>);
    let ask = move || {
        let button = NodeRef::new();
        if asked.get_untracked().is_some() {
            take_focus(button);
        }
        view! {
            <button class="button plain" type="button" node_ref=button
                on:click=move |_| asked.set(Some(true))>{label}</button>
        }
        .into_any()
    };
    let answer = move || {
        let cancel = NodeRef::new();
        take_focus(cancel);
        view! {
            <div class="confirm" role="group" aria-label=label>
                <p role="alert">{detail}</p>
                <div class="buttons">
                    <button class="button danger" type="button"
                        on:click=move |_| on_confirm.run(())>{action}</button>
                    <button class="button plain" type="button" node_ref=cancel
                        on:click=move |_| asked.set(Some(false))>{requests.cancel}</button>
                </div>
            </div>
        }
        .into_any()
    };
    let view = move || match asked.get() {
        Some(true) => answer(),
        _ => ask(),
    };
    view.into_any()
}

/// The button takes the focus as soon as it is there.
fn take_focus(button: NodeRef<Button>) {
    // A button that cannot take it is gone already.
    button.on_load(|button| drop(button.focus()));
}
