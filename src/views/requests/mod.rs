//! Requests that were sent, or wait to be sent.

use leptos::prelude::*;

use crate::messages::use_words;

/// One request.
#[component]
pub fn RequestView(
    /// Names the request on this device or at the endpoint.
    id: String,
) -> impl IntoView {
    view! { <h1>{id}</h1> }
}

/// All requests of this device.
#[component]
pub fn RequestsView() -> impl IntoView {
    view! { <h1>{use_words().messages.requests.title}</h1> }
}
