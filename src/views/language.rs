//! In which language the app speaks, and for whom.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::use_app;
use crate::audience;
use crate::messages::{LANGUAGES, use_words};
use crate::state::Catalog;

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

/// For whom the texts of the catalog are; nothing where they are the same for all.
#[component]
pub fn AudienceMenu(
    /// Whose texts.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let shell = &words.messages.shell;
    let offered: Vec<&str> = catalog.model.audiences().collect();
    let options = [""].into_iter().chain(offered.iter().copied());
    let options = options.map(|code| {
        let name = shell.audience_name(code);
        view! { <option value=code selected=code == words.audience>{name}</option> }
    });
    let options = options.collect_view();
    let change = move |event| {
        let code = event_target_value(&event);
        app.change_setting("audience", &code);
        spawn_local(async move {
            audience::keep(app, code).await;
            app.focus_in_place("audience");
        });
    };
    (!offered.is_empty()).then(|| {
        view! {
            <select class="control audience" id="audience" autocomplete="off"
                aria-label=shell.audience on:change=change>{options}</select>
        }
    })
}
