use leptos::prelude::*;

use super::field::{Field, control_id};
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::Notice;

/// What a repair of this attribute changed, with a way back.
#[component]
pub fn NoticeView(
    /// The attribute.
    field: Field,
) -> impl IntoView {
    let bench = use_app().workbench;
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
    let words = use_words();
    let configure = &words.messages.configure;
    let index = notice.attribute;
    let value = app
        .workbench
        .session
        .with_untracked(|session| session.decisions().get(&index).copied());
    let undo = move |_| {
        app.workbench.change(|session| session.undo());
        if let Some(value) = value {
            app.focus_in_place(&control_id(index, value));
        }
    };
    view! {
        <div class="changed">
            <p>{notice_text(field, notice, words)}</p>
            <button class="link alone" type="button" on:click=undo>{configure.undo}</button>
        </div>
    }
    .into_any()
}

/// What changed, in sentences.
pub fn notice_text(field: &Field, notice: &Notice, words: Words) -> String {
    let configure = &words.messages.configure;
    let sentences = notice.changes.iter().filter_map(|change| {
        let other = field.other(change.attribute)?;
        let show = |value| words.value(other.attribute(), value);
        let to = change
            .to
            .map_or_else(|| configure.taken_back.to_owned(), show);
        Some((configure.changed_to)(
            &words.text(&other.attribute().label),
            &show(change.from),
            &to,
        ))
    });
    sentences.collect::<Vec<_>>().join(" ")
}
