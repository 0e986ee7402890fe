//! A sheet above the page, for what is done and then left again.

use leptos::html;
use leptos::prelude::*;

use crate::messages::use_words;

/// A button, and the dialog that it opens. The browser keeps the focus inside, gives it back when the
/// dialog closes, and closes it with Escape.
#[component]
pub fn DialogButton<Content>(
    /// What the button says, and the heading.
    title: &'static str,
    /// Id of the heading.
    id: &'static str,
    /// What is in it; built each time it opens. The signal says whether it is open.
    content: Content,
) -> impl IntoView
where
    Content: Fn(RwSignal<bool>) -> AnyView + Send + 'static,
{
    let open = RwSignal::new(false);
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
        <button class="button plain" type="button" on:click=move |_| open.set(true)>{title}</button>
        <dialog class="dialog" node_ref=element aria-labelledby=id on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=id>{title}</h2>
                <button class="button plain" type="button" on:click=move |_| open.set(false)>
                    {use_words().messages.configure.close}
                </button>
            </div>
            {move || open.get().then(|| content(open))}
        </dialog>
    }
    .into_any()
}
