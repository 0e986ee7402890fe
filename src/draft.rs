//! Keeps what the buyer is working on, and opens it again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use quotewright_engine::catalog::{Assignment, Decisions, Model, Value};
use quotewright_engine::configure::check;
use quotewright_protocol::QuoteRequest;
use wasm_bindgen_futures::spawn_local;

use crate::api::Api;
use crate::app::App;
use crate::clock;
use crate::state::{Basket, Catalog};
use crate::storage::drafts::{self, Draft, DraftLine, Form};
use crate::views::quote::prices::Prices;
use crate::views::quote::request::{draft_of as draft_of_request, request as build_request};
use crate::views::requests::changes::{Change, between};

/// After the last change.
const PAUSE: Duration = Duration::from_millis(250);

/// Saves the draft after each change, once the last one has been opened.
pub fn keep(app: App) {
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    Effect::new(move |_| {
        app.basket.track();
        app.form.track();
        app.workbench.session.track();
        app.workbench.quantity.track();
        if !app.restored.get() {
            return;
        }
        let save = move || spawn_local(save(app));
        let set = set_timeout_with_handle(save, PAUSE).ok();
        if let Some(before) = timer.try_get_value().flatten() {
            before.clear();
        }
        timer.set_value(set);
    });
}

async fn save(app: App) {
    // A draft that is not open yet must not be written over.
    if app.restored.try_get_untracked() != Some(true) {
        return;
    }
    let Some(draft) = draft_of(app) else {
        return;
    };
    if let (Some(store), Some(key)) = (app.outbox.store().await, key_of(app)) {
        drafts::save(&store, &key, &draft).await;
    }
}

/// Under which the draft of this element is kept.
pub fn key_of(app: App) -> Option<String> {
    app.settings.try_with_untracked(|settings| {
        let api = Api::new(&settings.endpoint, None);
        drafts::key(api.endpoint(), &settings.catalog)
    })
}

/// The draft as it is now.
pub fn draft_of(app: App) -> Option<Draft> {
    let catalog = app.workbench.catalog.try_get_untracked().flatten()?;
    let session = app.workbench.session.try_get_untracked()?;
    Some(Draft {
        product: catalog.model.product.clone(),
        quantity: app.workbench.quantity.try_get_untracked()?,
        decisions: codes(&catalog.model, session.decisions()),
        lines: app.basket.try_with_untracked(lines_of)?,
        form: app.form.try_get_untracked()?,
    })
}

/// The draft once its lines were sent.
pub fn without_lines(draft: Draft) -> Draft {
    let mut draft = Draft {
        lines: Vec::new(),
        ..draft
    };
    keep_contact_only(&mut draft.form);
    draft
}

/// What the next request will most likely say as well.
pub fn keep_contact_only(form: &mut Form) {
    form.note.clear();
    form.delivery_date.clear();
}

/// Opens the draft that is kept, as far as the catalog still has what it names.
pub async fn restore(app: App, catalog: &Arc<Catalog>) {
    let draft = match (app.outbox.store().await, key_of(app)) {
        (Some(store), Some(key)) => drafts::load(&store, &key).await,
        _ => None,
    };
    let Some(draft) = draft else {
        return;
    };
    app.form.try_set(draft.form);
    let lost = open_lines(app, &draft.lines).await;
    app.lost_lines.try_set(lost);
    if draft.product == catalog.model.product && !draft.decisions.is_empty() {
        let decisions = decisions_of(&catalog.model, &draft.decisions);
        app.workbench.change(|session| session.replace(decisions));
        app.workbench.quantity.try_set(draft.quantity.max(1));
    }
}

/// Opens the lines of the quote under the prices that hold now, after a sign-in or sign-out.
pub async fn reopen_all(app: App) {
    let lines = app.basket.try_with_untracked(lines_of).unwrap_or_default();
    if !lines.is_empty() {
        app.basket.try_update(Basket::clear);
        open_lines(app, &lines).await;
    }
}

/// Opens `lines` once more under the catalog as it is now, which may have changed since
/// the page was opened. They are in the draft already where there is a database.
pub async fn open_anew(app: App, lines: &[DraftLine]) {
    if app.outbox.store().await.is_some() {
        app.restored.try_set(false);
        app.basket.try_update(Basket::clear);
        app.load();
    } else {
        open_lines(app, lines).await;
    }
}

/// A request at today's prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Requoted {
    /// The request and what differs; `None` where it cannot be sent.
    pub now: Option<(QuoteRequest, Vec<Change>)>,
    /// Positions of the lines that the catalog no longer allows.
    pub impossible: Vec<usize>,
}

/// `request` under the catalog and the prices as they are now.
pub async fn requote(app: App, request: &QuoteRequest, locale: &str) -> Requoted {
    let (form, lines) = draft_of_request(request);
    let mut basket = Basket::default();
    let mut impossible = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let catalog = app.fetch_product_now(&line.product).await.ok();
        match catalog.and_then(|catalog| reopen(catalog, line)) {
            Some((catalog, decisions, assignment)) => {
                basket.add(catalog, decisions, assignment, line.quantity);
            }
            None => impossible.push(place),
        }
    }
    let prices = Prices::of(basket.lines(), clock::today());
    let now = build_request(&basket, &prices, &form, locale, clock::today());
    let sendable = impossible.is_empty() && prices != Prices::Unavailable;
    Requoted {
        now: now.filter(|_| sendable).map(|now| {
            let changes = between(request, &now);
            (now, changes)
        }),
        impossible,
    }
}

/// Adds `lines` to the quote. Answers how many the catalog no longer allows.
pub async fn open_lines(app: App, lines: &[DraftLine]) -> u32 {
    let mut lost = 0;
    for line in lines {
        let opened = match app.fetch_product(&line.product).await {
            Ok(catalog) => reopen(catalog, line),
            Err(_) => None,
        };
        match opened {
            Some((catalog, decisions, assignment)) => {
                app.basket.try_update(|basket| {
                    basket.add(catalog, decisions, assignment, line.quantity);
                });
            }
            None => lost += 1,
        }
    }
    lost
}

/// A line under the catalog as it is now; `None` where it is no valid configuration any more.
pub fn reopen(
    catalog: Arc<Catalog>,
    line: &DraftLine,
) -> Option<(Arc<Catalog>, Decisions, Assignment)> {
    let model = &catalog.model;
    let value = |index| {
        let code = &model.attribute(index)?.code;
        model.value_from_text(index, line.assignment.get(code)?)
    };
    let assignment = model.indices().map(value).collect::<Option<Vec<Value>>>()?;
    let complete = line.assignment.len() == assignment.len();
    let valid = check(model, &assignment).is_ok_and(|broken| broken.is_empty());
    let decisions = decisions_of(model, &line.decisions);
    (complete && valid).then_some((catalog, decisions, assignment))
}

/// The lines of a quote, by codes.
pub fn lines_of(basket: &Basket) -> Vec<DraftLine> {
    let line = |line: &crate::state::BasketLine| DraftLine {
        product: line.catalog.model.product.clone(),
        quantity: line.quantity,
        decisions: codes(&line.catalog.model, &line.decisions),
        assignment: assignment_codes(&line.catalog.model, &line.assignment),
    };
    basket.lines().iter().map(line).collect()
}

/// A whole configuration by attribute code.
pub fn assignment_codes(model: &Model, assignment: &[Value]) -> BTreeMap<String, String> {
    let values = model.indices().zip(assignment.iter().copied());
    codes(model, &values.collect())
}

fn codes(model: &Model, values: &Decisions) -> BTreeMap<String, String> {
    let pair = |(index, value): (&_, &Value)| {
        let code = model.attribute(*index)?.code.clone();
        Some((code, model.value_to_text(*index, *value)))
    };
    values.iter().filter_map(pair).collect()
}

fn decisions_of(model: &Model, codes: &BTreeMap<String, String>) -> Decisions {
    let pair = |(code, text): (&String, &String)| {
        let index = model.index_of(code)?;
        Some((index, model.value_from_text(index, text)?))
    };
    codes.iter().filter_map(pair).collect()
}
