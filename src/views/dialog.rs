//! A sheet above the page, for what is done and then left again.

use leptos::html;
use leptos::prelude::*;

use crate::messages::use_words;

/// Shows its content while `open`. The browser keeps the focus inside, gives it back when the
/// dialog closes, and closes it with Escape.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Its heading.
    title: &'static str,
    /// Id of the heading.
    id: &'static str,
    /// What is in it; built each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let shown = open.get();
        let Some(dialog) = element.get() else { return };
        match (shown, dialog.open()) {
            // Fails only for a dialog that is not in the page, which nobody sees.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog class="dialog" node_ref=element aria-labelledby=id on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=id>{title}</h2>
                <button class="button plain" type="button" on:click=move |_| open.set(false)>
                    {use_words().messages.configure.close}
                </button>
            </div>
            {move || open.get().then(|| children())}
        </dialog>
    }
    .into_any()
}
