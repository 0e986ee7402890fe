//! What the catalog has to say about the configuration as it is.

use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Message, MessageLevel, Model, PartialAssignment};

use crate::messages::use_words;
use crate::state::Catalog;
use crate::views::sign::{Sign, sign};
use crate::workbench::{use_bench, values_of};

/// The catalog's messages whose conditions hold.
#[component]
pub fn MessagesView(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let bench = use_bench();
    let words = use_words();
    let model = Arc::clone(&catalog);
    let holding = Memo::new(move |_| {
        let values = bench.states.with(|states| values_of(states));
        let holds = |it: &usize| holds(&model.model, &model.model.messages[*it], &values);
        (0..model.model.messages.len())
            .filter(holds)
            .collect::<Vec<_>>()
    });
    let shown = move || {
        let messages = holding.get().into_iter();
        let message = |it: usize| {
            let message = &catalog.model.messages[it];
            let class = match message.level {
                MessageLevel::Debug | MessageLevel::Info => "message",
                MessageLevel::Warning | MessageLevel::Error => "message urgent",
            };
            view! { <p class=class>{sign(Sign::Open)}<span>{words.text(&message.text)}</span></p> }
        };
        messages.map(message).collect_view()
    };
    view! { <div class="messages" role="status">{shown}</div> }.into_any()
}

fn holds(model: &Model, message: &Message, values: &PartialAssignment) -> bool {
    let condition = message.when.as_ref();
    let holds = condition.is_none_or(|when| when.evaluate(model, values) == Ok(Some(true)));
    holds && message.level != MessageLevel::Debug
}
