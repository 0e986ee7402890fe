use std::sync::Arc;

use leptos::prelude::*;

use super::complete::Complete;
use super::overview::Overview;
use crate::app::use_app;
use crate::messages::use_words;
use crate::state::{Catalog, View};
use crate::views::language::AudienceMenu;
use crate::views::sign::{Sign, sign};

/// The way to the quote, undo, redo, all choices at once, and what is wanted less. A button
/// without effect keeps the focus, so it is marked rather than disabled.
#[component]
pub fn Tools(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let app = use_app();
    let bench = app.workbench;
    let words = use_words();
    let configure = &words.messages.configure;
    let can_undo = move || bench.session.with(|session| session.can_undo());
    let can_redo = move || bench.session.with(|session| session.can_redo());
    let decided = move || {
        bench
            .session
            .with(|session| !session.decisions().is_empty())
    };
    let lines = move || app.basket.with(|basket| basket.lines().len());
    let quote_label = move || {
        let count = u32::try_from(lines()).unwrap_or(u32::MAX);
        words
            .messages
            .price
            .to_quote
            .with([&words.format.count(count)])
    };
    view! {
        <div class="tools">
            {move || (lines() > 0).then(|| view! {
                <button class="button" on:click=move |_| app.show(View::Quote)>{quote_label()}</button>
            })}
            <button class="button plain has-sign" aria-disabled=move || (!can_undo()).then_some("true")
                on:click=move |_| bench.change(|session| session.undo())>
                {sign(Sign::Undo)}<span>{configure.undo}</span>
            </button>
            <button class="button plain has-sign" aria-disabled=move || (!can_redo()).then_some("true")
                on:click=move |_| bench.change(|session| session.redo())>
                {sign(Sign::Redo)}<span>{configure.redo}</span>
            </button>
            <Overview catalog=Arc::clone(&catalog)/>
            <Complete catalog=Arc::clone(&catalog)/>
            <button class="button plain" on:click=move |_| app.show(View::Requests)>
                {words.messages.shell.requests}
            </button>
            <button class="button plain" aria-disabled=move || (!decided()).then_some("true")
                on:click=move |_| bench.change(|session| session.start_over())>
                {configure.start_over}
            </button>
            <AudienceMenu catalog=catalog/>
        </div>
    }
    .into_any()
}
