//! A request that the endpoint does not take: why, and the ways on.

use leptos::prelude::*;
use quotewright_engine::price::Currency;
use quotewright_protocol::{FieldError, Problem, QuoteRequest};
use wasm_bindgen_futures::spawn_local;

use super::changes::{Amount, Change, from_differences, with_changes};
use super::waiting::{SaveLink, currency_of, sent_at, summary};
use super::{Confirm, badge};
use crate::app::{App, use_app};
use crate::draft::{self, Requoted};
use crate::messages::{Words, use_words};
use crate::state::View;
use crate::sync::{Entry, EntryState, subject_of};
use crate::views::quote::request::draft_of;

/// What a refusal means to the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Amounts,
    Catalog,
    Invalid,
    NotValid,
    Deleted,
    Other,
}

impl Reason {
    fn of(problem: &Problem) -> Self {
        match problem.kind.trim_start_matches("urn:quotewright:problem:") {
            "amounts-differ" => Self::Amounts,
            "unknown-catalog" | "unknown-price-pack" | "price-date-refused" | "not-priced" => {
                Self::Catalog
            }
            "invalid-request" => Self::Invalid,
            "invalid-configuration" => Self::NotValid,
            "request-deleted" => Self::Deleted,
            _ => Self::Other,
        }
    }

    fn words(self, words: Words) -> (&'static str, &'static str) {
        let requests = &words.messages.requests;
        match self {
            Self::Amounts => (requests.other_amounts, requests.other_amounts_detail),
            Self::Catalog => (requests.other_catalog, requests.other_catalog_detail),
            Self::Invalid => (requests.invalid, requests.invalid_detail),
            Self::NotValid => (requests.not_valid, requests.not_valid_detail),
            Self::Deleted => (requests.deleted, requests.deleted_detail),
            Self::Other => (requests.other, requests.other_detail),
        }
    }
}

/// The reason, the new amounts where it is about those, and what can be done.
#[component]
pub fn RefusedView(
    /// The request.
    entry: Entry,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let requests = &words.messages.requests;
    let EntryState::Refused(problem) = entry.state.clone() else {
        return ().into_any();
    };
    let reason = Reason::of(&problem);
    let (title, detail) = reason.words(words);
    let request = serde_json::from_str::<QuoteRequest>(&entry.body).ok();
    let offer = request.clone().and_then(|request| match reason {
        Reason::Amounts => {
            let changes = from_differences(&problem.differences);
            let now = with_changes(request, &changes);
            Some(view! { <NewAmounts entry=entry.clone() changes=changes now=now/> }.into_any())
        }
        Reason::Catalog => {
            Some(view! { <Requote entry=entry.clone() request=request/> }.into_any())
        }
        _ => None,
    });
    let said = (offer.is_none()).then(|| reasons(words, &problem));
    let about = offer.is_none().then(|| summary(app, words, &entry));
    let kept = entry.clone();
    let key = StoredValue::new(entry.key.clone());
    let source = StoredValue::new(request.map(|request| (entry.clone(), request)));
    let editable = move || {
        source.with_value(|source| {
            let catalog = |(entry, request): &(Entry, QuoteRequest)| {
                app.ready_for(&entry.endpoint, &request.catalog)
            };
            source.as_ref().and_then(catalog).is_some()
        })
    };
    let back = move |_| {
        if let Some((entry, request)) = source.get_value() {
            spawn_local(edit(app, entry, request));
        }
    };
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
                <p class="quiet">{requests.created.with([&sent_at(words, &entry)])}</p>
            </header>
            <section class="block" role="alert">
                {badge("refused", requests.refused)}
                <h2>{title}</h2>
                <p>{detail}</p>
                {said}
            </section>
            {offer}
            {about}
            <footer class="action">
                <div class="buttons">
                    <button class="button" type="button" disabled=move || !editable() on:click=back>{requests.edit}</button>
                    <SaveLink entry=Signal::derive(move || kept.clone())/>
                    <Confirm label=requests.discard
                        detail=Signal::derive(move || requests.discard_plain.to_owned())
                        action=requests.discard on_confirm=Callback::new(discard)/>
                </div>
            </footer>
        </article>
    }
    .into_any()
}

/// The endpoint's own words, which are in English.
fn reasons(words: Words, problem: &Problem) -> AnyView {
    let each = |error: &FieldError| view! { <li>{error.detail.clone()}</li> };
    let list = match problem.errors.as_slice() {
        [] => view! { <p>{problem.detail.clone()}</p> }.into_any(),
        errors => view! { <ul>{errors.iter().map(each).collect_view()}</ul> }.into_any(),
    };
    view! {
        <div class="reasons small">
            <p class="quiet">{words.messages.requests.reason}</p>
            <div lang="en">{list}</div>
        </div>
    }
    .into_any()
}

/// The request is a draft again. One transaction takes it from the outbox to the drafts; but
/// only where the page has the request's own catalog open, whose draft it is.
async fn edit(app: App, entry: Entry, request: QuoteRequest) {
    let here = || untrack(|| app.ready_for(&entry.endpoint, &request.catalog)).is_some();
    let Some(mut draft) = draft::draft_of(app).filter(|_| here()) else {
        return;
    };
    let (form, lines) = draft_of(&request);
    draft.lines.extend(lines.iter().cloned());
    draft.form = form.clone();
    draft.answers = request.answers.clone();
    app.saving.hold();
    let kept = draft::writing(app, draft);
    app.outbox.discard(&entry.key, kept).await;
    app.saving.go_on();
    // Else it waits in the draft of its catalog.
    if here() {
        app.form.set(form);
        app.questions.answer(&request.answers);
        draft::add(app, lines);
        app.show(View::Quote);
    }
}

/// The same request at today's prices.
#[component]
fn Requote(
    /// The refused one.
    entry: Entry,
    /// As it was sent.
    request: QuoteRequest,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let requests = &words.messages.requests;
    let requoted = RwSignal::new(None::<Requoted>);
    // The prices will be those of whoever looks now.
    let subject = app
        .settings
        .with_untracked(|settings| subject_of(&settings.token));
    let entry = Entry { subject, ..entry };
    let endpoint = entry.endpoint.clone();
    spawn_local(async move {
        let locale = words.format.locale();
        let found = draft::requote(app, &endpoint, &request, &locale).await;
        requoted.try_set(Some(found));
    });
    move || match requoted.get() {
        None => view! { <p class="block" role="status">{requests.working}</p> }.into_any(),
        Some(Requoted {
            now: Some((now, changes)),
            ..
        }) => view! { <NewAmounts entry=entry.clone() changes=changes now=now/> }.into_any(),
        Some(Requoted { impossible, .. }) => {
            let lines: Vec<String> = impossible
                .iter()
                .map(|line| line_number(words, *line))
                .collect();
            let text = requests.not_possible.with([&words.format.list(&lines)]);
            (!lines.is_empty())
                .then(|| view! { <p class="block warning">{text}</p> })
                .into_any()
        }
    }
}

/// Amount by amount, what was sent and what it is now; and the button that accepts.
#[component]
fn NewAmounts(
    /// The refused request.
    entry: Entry,
    /// What is different.
    changes: Vec<Change>,
    /// The request with the new amounts.
    now: QuoteRequest,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let requests = &words.messages.requests;
    let (endpoint, catalog) = (entry.endpoint.clone(), now.catalog.clone());
    let unchanged = changes.is_empty();
    let rows = move || {
        let currency = currency_of(app, &endpoint, &catalog);
        let row = |change| change_row(words, change, currency.as_ref());
        changes.iter().map(row).collect_view()
    };
    let accept = move |_| {
        let (now, entry) = (now.clone(), entry.clone());
        spawn_local(async move {
            if let Ok(body) = serde_json::to_string(&now) {
                let key = app.outbox.submit_again(body, entry).await;
                app.show(View::Request(key));
            }
        });
    };
    let table = view! {
        <table class="changes">
            <thead class="small quiet">
                <tr>
                    <th scope="col">{requests.amount}</th>
                    <th scope="col" class="figure">{requests.before}</th>
                    <th scope="col" class="figure">{requests.now}</th>
                    <th scope="col" class="figure">{requests.difference}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let table = match unchanged {
        true => view! { <p>{requests.same_amounts}</p> }.into_any(),
        false => table.into_any(),
    };
    view! {
        <section class="block">
            {table}
            <div class="buttons">
                <button class="button primary" type="button" on:click=accept>{requests.accept}</button>
            </div>
        </section>
    }
    .into_any()
}

fn change_row(words: Words, change: &Change, currency: Option<&Currency>) -> AnyView {
    let requests = &words.messages.requests;
    let label = match change.amount {
        Amount::Unit(line) => requests.unit_of.with([&line_number(words, line)]),
        Amount::Net(line) => requests.net_of.with([&line_number(words, line)]),
        Amount::TotalNet => requests.total_net.to_owned(),
        Amount::TotalTax => requests.total_tax.to_owned(),
        Amount::TotalGross => requests.total_gross.to_owned(),
        Amount::ContractTotal => requests.contract_total.to_owned(),
    };
    let amount = |amount| match currency {
        Some(currency) => words.format.amount(amount, currency),
        None => words.format.number(amount),
    };
    let difference = change
        .before
        .and_then(|before| change.now.checked_sub(before));
    let difference = difference.map(|difference| match currency {
        Some(currency) => words.format.amount_difference(difference, currency),
        None => words.format.number(difference),
    });
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td class="figure">{change.before.map(amount)}</td>
            <td class="figure">{amount(change.now)}</td>
            <td class="figure">{difference}</td>
        </tr>
    }
    .into_any()
}

fn line_number(words: Words, line: usize) -> String {
    words
        .format
        .count(u32::try_from(line + 1).unwrap_or(u32::MAX))
}
