use leptos::prelude::*;

use crate::messages::use_words;
use crate::state::ReasonerState;
use crate::workbench::use_bench;

/// That it takes a while to find out what is possible, or that it cannot be found out.
#[component]
pub fn ReasonerView() -> impl IntoView {
    let bench = use_bench();
    let words = use_words();
    let configure = &words.messages.configure;
    let lost = Memo::new(move |_| bench.reasoner.get() == ReasonerState::Lost);
    view! {
        <div class="working" class:shown=move || bench.slow.get()>
            <div class="progress" aria-hidden="true"></div>
            <p class="small quiet">{configure.working}</p>
        </div>
        <div role="alert">
            {move || lost.get().then(|| view! {
                <div class="lost">
                    <p class="heading">{configure.lost.0}</p>
                    <p class="small">{configure.lost.1}</p>
                    <button class="button" type="button" on:click=move |_| bench.hire()>
                        {words.messages.shell.retry}
                    </button>
                </div>
            })}
        </div>
    }
    .into_any()
}
