//! The configurator.

use std::sync::Arc;

use leptos::prelude::*;

use crate::messages::use_words;
use crate::state::Catalog;

/// Attributes, price and next action of one product.
#[component]
pub fn ConfigureView(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let words = use_words();
    view! { <h1>{words.text(&catalog.model.name)}</h1> }
}
