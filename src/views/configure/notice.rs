use leptos::prelude::*;

use super::field::{Field, control_id};
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::Notice;
use crate::workbench::use_bench;

/// What a repair of this attribute changed, with a way back.
#[component]
pub fn NoticeView(
    /// The attribute.
    field: Field,
) -> impl IntoView {
    let bench = use_bench();
    let index = field.index;
    let notice = Memo::new(move |_| {
        bench
            .notice
            .with(|notice| notice.clone().filter(|notice| notice.attribute == index))
    });
    move || notice.get().map(|notice| notice_view(&field, &notice))
}

fn notice_view(field: &Field, notice: &Notice) -> AnyView {
    let app = use_app();
    let bench = use_bench();
    let words = use_words();
    let configure = &words.messages.configure;
    let index = notice.attribute;
    let value = notice.value;
    let undo = move |_| {
        bench.change(|session| session.undo());
        app.focus_in_place(&control_id(index, value));
    };
    view! {
        <div class="changed">
            <p>{notice_text(field, notice, words)}</p>
            <button class="link alone" type="button" on:click=undo>{configure.undo}</button>
        </div>
    }
    .into_any()
}

/// What was chosen and what changed with it, in sentences.
pub fn notice_text(field: &Field, notice: &Notice, words: Words) -> String {
    let configure = &words.messages.configure;
    let chosen = configure
        .changed
        .with([&words.value(field.attribute(), notice.value)]);
    let changes = notice.changes.iter().filter_map(|change| {
        let other = field.other(change.attribute)?;
        let label = words.text(&other.attribute().label);
        let show = |value| words.value(other.attribute(), value);
        let from = show(change.from);
        Some(match change.to {
            Some(to) => configure.changed_to.with([&label, &from, &show(to)]),
            None => configure.changed_away.with([&label, &from]),
        })
    });
    let sentences: Vec<String> = std::iter::once(chosen).chain(changes).collect();
    sentences.join(" ")
}
