//! What the buyer calls the quote, and whether another tab has changed it.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::use_app;
use crate::draft::{draft_of, take_over};
use crate::messages::use_words;
use crate::state::View;
use crate::views::requests::drafts::called;
use crate::views::requests::name_field::NameField;

const RENAME: &str = "rename-quote";

/// The name of the draft, and the way to another.
#[component]
pub fn QuoteName() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let renaming = RwSignal::new(false);
    let end = move || {
        renaming.set(false);
        spawn_local(async move {
            // Once the button is there.
            TimeoutFuture::new(0).await;
            app.focus_in_place(RENAME);
        });
    };
    let keep = move |name: String| {
        app.open_draft.update(|open| open.name = name);
        end();
    };
    let (keep, cancel) = (Callback::new(keep), Callback::new(move |()| end()));
    let name = Memo::new(move |_| app.open_draft.with(|it| it.name.clone()));
    let shown = Memo::new(move |_| {
        name.track();
        // Of its own, the draft is called after its first line.
        app.basket.track();
        draft_of(app).map_or_else(String::new, |draft| called(app, words, &draft))
    });
    // What is being typed stays, whatever becomes of the draft meanwhile.
    move || match renaming.get() {
        true => view! {
            <NameField id="quote-name".to_owned() name=name.get_untracked()
                shown=shown.get_untracked() on_keep=keep on_cancel=cancel/>
        }
        .into_any(),
        false => view! {
            <p class="own-name quiet">
                <span>{shown}</span>
                <button class="link" type="button" id=RENAME
                    on:click=move |_| renaming.set(true)>
                    {words.messages.requests.draft_rename}
                </button>
            </p>
        }
        .into_any(),
    }
}

/// That another tab has changed the draft; as long as this page has not gone on by itself, the
/// way to what is there.
#[component]
pub fn ChangedElsewhere() -> impl IntoView {
    let app = use_app();
    let requests = &use_words().messages.requests;
    let state = Memo::new(move |_| app.open_draft.with(|open| (open.changed, open.parted)));
    let show = move |_| {
        spawn_local(async move {
            take_over(app).await;
            app.show(View::Quote);
        });
    };
    let way = move || {
        let (changed, _) = state.get();
        changed.then(|| view! {
            <button class="button" type="button" on:click=show>{requests.draft_take_over}</button>
        })
    };
    move || {
        let (changed, parted) = state.get();
        (changed || parted).then(|| {
            view! {
                <div class="warning changed-elsewhere" role="status">
                    <p>{requests.draft_parted}</p>
                    {way}
                </div>
            }
        })
    }
}
