//! The supplier's side: what was received, what it leaves, and changes by hand.

mod adjust;
mod detail;

use leptos::prelude::*;
use quotewright_engine::price::Currency;
use quotewright_protocol::Receipt;
use wasm_bindgen_futures::spawn_local;

use crate::api::{Api, ApiError};
use crate::app::{App, use_app};
use crate::messages::{Words, use_words};
use crate::views::quote::PaperBar;
use detail::DetailView;

/// State of the inbox. The token is in this page only, and gone with it.
#[derive(Clone, Copy)]
struct Inbox {
    app: App,
    token: RwSignal<String>,
    received: RwSignal<Option<Result<Vec<Receipt>, ApiError>>>,
    open: RwSignal<Option<String>>,
}

impl Inbox {
    fn api(self) -> Option<Api> {
        let endpoint = self.app.endpoint()?;
        Some(Api::new(&endpoint, Some(self.token.get_untracked())))
    }

    /// Asks for what was received.
    fn load(self) {
        let Some(api) = self.api() else {
            return;
        };
        spawn_local(async move {
            let answer = api.inbox().await;
            self.received.try_set(Some(answer));
        });
    }
}

/// The inbox: the token, the list, or one request.
#[component]
pub fn InboxView() -> impl IntoView {
    let words = use_words();
    let messages = &words.messages.inbox;
    let inbox = Inbox {
        app: use_app(),
        token: RwSignal::default(),
        received: RwSignal::default(),
        open: RwSignal::default(),
    };
    provide_context(inbox);
    let body = move || match (inbox.open.get(), inbox.received.get()) {
        (Some(id), _) => view! { <DetailView id=id/> }.into_any(),
        (None, Some(Ok(received))) => list(words, inbox, &received),
        (None, other) => sign_in(words, inbox, other.and_then(Result::err)),
    };
    view! {
        <div class="paper">
            <PaperBar/>
            <article class="sheet">
                <header class="letterhead"><h1 id="top" tabindex="-1">{messages.title}</h1></header>
                {body}
            </article>
        </div>
    }
    .into_any()
}

fn sign_in(words: Words, inbox: Inbox, error: Option<ApiError>) -> AnyView {
    let messages = &words.messages.inbox;
    let fault = error.map(|error| match error {
        ApiError::Unauthorised => messages.refused,
        ApiError::Network | ApiError::Busy { .. } => words.messages.requests.offline,
        _ => words.messages.requests.failed,
    });
    view! {
        <form class="block entries" on:submit=move |event| {
            event.prevent_default();
            inbox.load();
        }>
            <div class="entry">
                <label for="inbox-token">{messages.token}</label>
                <input class="control" id="inbox-token" type="password" autocomplete="off" required
                    aria-describedby="inbox-fault"
                    prop:value=inbox.token
                    on:input=move |event| inbox.token.set(event_target_value(&event))/>
                <p class="fault small" id="inbox-fault" role="alert">{fault}</p>
                <p><button class="button primary" type="submit">{messages.sign_in}</button></p>
            </div>
        </form>
    }
    .into_any()
}

fn list(words: Words, inbox: Inbox, received: &[Receipt]) -> AnyView {
    if received.is_empty() {
        return view! { <p>{words.messages.inbox.empty}</p> }.into_any();
    }
    let row = |receipt: &Receipt| {
        let id = receipt.id.clone();
        let amount = currency_of(receipt).zip(receipt.totals.as_ref());
        let amount = amount.map(|(currency, totals)| words.format.money(totals.net, &currency));
        let late = receipt.late_days;
        let late = (late > 0).then(|| {
            let text = words.messages.quote.late;
            text.with(words.format.plural(late), [&words.format.count(late)])
        });
        let confirm = (receipt.to_confirm).then_some(words.messages.inbox.to_confirm);
        let marks: Vec<String> = late.into_iter().chain(confirm.map(str::to_owned)).collect();
        let moment = words.format.moment(&receipt.received_at);
        view! {
            <li class="request">
                <div>
                    <button class="link" type="button" on:click=move |_| inbox.open.set(Some(id.clone()))>
                        {receipt.number.clone()}" "{receipt.company.clone()}
                    </button>
                    <p class="small quiet">{moment}</p>
                </div>
                <p class="small warning">{words.format.list(&marks)}</p>
                <p class="figure">{amount}</p>
            </li>
        }
    };
    view! { <ul class="request-list">{received.iter().map(row).collect_view()}</ul> }.into_any()
}

/// What the amounts of a receipt are in; nothing where prices are hidden.
fn currency_of(receipt: &Receipt) -> Option<Currency> {
    let minor_units = receipt.totals.as_ref()?.gross.scale();
    Some(Currency {
        code: receipt.currency.clone()?,
        minor_units,
    })
}
