//! Where the buyer types what a quote is called.

use leptos::html::Input;
use leptos::prelude::*;

use crate::messages::use_words;

/// An empty name gives the quote its own back. It may stand in a form, so it is none itself.
#[component]
pub fn NameField(
    /// Names the field.
    id: String,
    /// What the buyer called it before.
    name: String,
    /// What it is called, by the buyer or by itself.
    shown: String,
    /// Told the name.
    on_keep: Callback<String>,
    /// Told that there is none.
    on_cancel: Callback<()>,
) -> impl IntoView {
    let requests = &use_words().messages.requests;
    let input = NodeRef::<Input>::new();
    input.on_load(|input| {
        // An input that cannot take the focus is gone already.
        drop(input.focus());
        input.select();
    });
    let keep = move || {
        let typed = input.get_untracked().map(|input| input.value());
        on_keep.run(typed.unwrap_or_default().trim().to_owned());
    };
    let pressed = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Escape" => on_cancel.run(()),
        "Enter" => {
            event.prevent_default();
            keep();
        }
        _ => {}
    };
    view! {
        <div class="draft-name">
            <div class="entry">
                <label for=id.clone()>{requests.draft_name_label}</label>
                <input class="control" type="text" id=id maxlength="120" autocomplete="off"
                    value=name placeholder=shown node_ref=input on:keydown=pressed/>
            </div>
            <button class="button" type="button"
                on:click=move |_| keep()>{requests.draft_name_keep}</button>
            <button class="button plain" type="button"
                on:click=move |_| on_cancel.run(())>{requests.draft_name_cancel}</button>
        </div>
    }
    .into_any()
}
