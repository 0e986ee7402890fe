//! While there is nothing to configure: loading, and what can go wrong.

use leptos::prelude::*;

use crate::app::use_app;
use crate::messages::use_words;
use crate::state::LoadFailure;

/// The catalog is on its way.
#[component]
pub fn LoadingView() -> impl IntoView {
    let words = use_words();
    view! {
        <div class="notice" role="status">
            <div class="progress" aria-hidden="true"></div>
            <p id="top" tabindex="-1">{words.messages.shell.loading}</p>
        </div>
    }
}

/// The catalog cannot be shown: what happened and what to do.
#[component]
pub fn FailureView(
    /// What happened.
    failure: LoadFailure,
) -> impl IntoView {
    let app = use_app();
    let shell = &use_words().messages.shell;
    let (title, detail) = match failure {
        LoadFailure::Offline => (shell.offline, shell.offline_detail),
        LoadFailure::NotFound => (shell.not_found, shell.not_found_detail),
        LoadFailure::SignIn => (shell.sign_in, shell.sign_in_detail),
        LoadFailure::NoConfiguration => (shell.no_configuration, shell.no_configuration_detail),
        LoadFailure::Failed => (shell.failed, shell.failed_detail),
    };
    view! {
        <div class="notice" role="alert">
            <h1 id="top" tabindex="-1">{title}</h1>
            <p>{detail}</p>
            <button class="button" on:click=move |_| app.load()>{shell.retry}</button>
        </div>
    }
}
