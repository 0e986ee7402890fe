//! The quote that is being put together.

use leptos::prelude::*;

use crate::messages::use_words;

/// Lines, contact and sending.
#[component]
pub fn QuoteView() -> impl IntoView {
    view! { <h1>{use_words().messages.quote.title}</h1> }
}
