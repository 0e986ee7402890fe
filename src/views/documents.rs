//! Declarations, certificates and manuals of a configuration, to be opened.

use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Document, DocumentPlace, Model, Value};
use rust_decimal::Decimal;

use crate::api::Api;
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::Catalog;
use crate::workbench::{use_bench, values_of};

/// Bytes in a kilobyte, and in a megabyte.
const SIZES: [u32; 2] = [1_000, 1_000_000];

/// What belongs to the configuration on the screen; nothing where there is nothing.
#[component]
pub fn DocumentsView(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let app = use_app();
    let bench = use_bench();
    let words = use_words();
    let there = Memo::new(move |_| {
        let values = bench.states.with(|states| values_of(states));
        let documents = catalog.model.documents_of(&values);
        documents.cloned().collect::<Vec<_>>()
    });
    let section = move || {
        let list = list(words, &app.api(), &there.get())?;
        Some(view! {
            <section class="group" aria-labelledby="documents">
                <h2 id="documents">{words.messages.shell.documents}</h2>
                {list}
            </section>
        })
    };
    view! { {section} }.into_any()
}

/// What belongs to a configuration that is a line of a quote; nothing where there is nothing.
pub fn attachments(
    words: Words,
    api: &Api,
    model: &Model,
    assignment: &[Value],
) -> Option<AnyView> {
    attached(words, api, &documents_of(model, assignment))
}

/// As [`attachments`], where the documents are known.
pub fn attached(words: Words, api: &Api, documents: &[Document]) -> Option<AnyView> {
    let list = list(words, api, documents)?;
    let view = view! {
        <div class="attachments small">
            <p class="quiet">{words.messages.shell.attachments}</p>
            {list}
        </div>
    };
    Some(view.into_any())
}

/// The documents that belong to a whole configuration.
pub fn documents_of(model: &Model, assignment: &[Value]) -> Vec<Document> {
    let values: Vec<Option<Value>> = assignment.iter().copied().map(Some).collect();
    model.documents_of(&values).cloned().collect()
}

fn list(words: Words, api: &Api, documents: &[Document]) -> Option<AnyView> {
    let item = |document: &Document| {
        let address = match &document.place {
            DocumentPlace::File { hash, .. } => api.document_address(hash),
            DocumentPlace::Address(address) => address.clone(),
        };
        view! {
            <li>
                <a href=address target="_blank" rel="noopener noreferrer">
                    {words.text(&document.label)}
                    <span class="spoken">" "{words.messages.shell.new_tab}</span>
                </a>
                " "<span class="small quiet">{described(words, document)}</span>
            </li>
        }
    };
    let items = documents.iter().map(item).collect_view();
    (!documents.is_empty()).then(|| view! { <ul class="documents">{items}</ul> }.into_any())
}

/// Type, size or site, and languages: `PDF, 24 kB, English`.
fn described(words: Words, document: &Document) -> String {
    let kind = match &document.place {
        DocumentPlace::File { bytes, .. } => format!("PDF, {}", size(words, *bytes)),
        DocumentPlace::Address(address) => site(address).to_owned(),
    };
    let languages = words.format.languages(&document.languages);
    let told = std::iter::once(kind).chain(languages);
    told.collect::<Vec<_>>().join(", ")
}

/// Rounded up: `24 kB`, `1.3 MB`.
fn size(words: Words, bytes: u32) -> String {
    let [kilo, mega] = SIZES;
    let (number, unit) = match bytes < mega {
        true => (Decimal::from(bytes.div_ceil(kilo)), "kB"),
        false => (Decimal::new(i64::from(bytes.div_ceil(mega / 10)), 1), "MB"),
    };
    words.format.quantity(number, unit)
}

/// The name of the site of an address.
fn site(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
