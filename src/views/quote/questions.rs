//! The questions about the quote as a whole, with the configurator's own controls.

use std::sync::Arc;

use leptos::context::Provider;
use leptos::prelude::*;

use crate::app::use_app;
use crate::questions::asked_by;
use crate::state::Catalog;
use crate::views::configure::groups_view;

/// The questions; nothing where the catalog asks none.
#[component]
pub fn QuestionsView() -> impl IntoView {
    let app = use_app();
    let asked = Memo::new(move |_| app.basket.with(asked_by));
    let open = move || asked.get().map(|asked| questions(&asked));
    view! { <Provider value=app.questions.bench>{open}</Provider> }
}

fn questions(asked: &Arc<Catalog>) -> AnyView {
    view! { <div class="questions">{groups_view(asked)}</div> }.into_any()
}
