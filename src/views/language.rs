//! In which language the app speaks.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::use_app;
use crate::messages::{LANGUAGES, use_words};

/// The languages, each by its own name.
#[component]
pub fn LanguageMenu() -> impl IntoView {
    let app = use_app();
    let messages = use_words().messages;
    let options = LANGUAGES.map(|(code, name)| {
        view! { <option value=code lang=code selected=code == messages.language>{name}</option> }
    });
    let change = move |event| {
        let code = event_target_value(&event);
        app.choose("locale", &code);
        spawn_local(async move {
            // Everything is built anew, this menu too.
            TimeoutFuture::new(0).await;
            app.focus_in_place("language");
        });
    };
    view! {
        <select class="control language" id="language" autocomplete="off"
            aria-label=messages.shell.language on:change=change>{options}</select>
    }
    .into_any()
}
