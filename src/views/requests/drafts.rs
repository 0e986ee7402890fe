//! The quotes that are worked on on this device.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::name_field::NameField;
use super::{Confirm, badge};
use crate::app::{App, use_app};
use crate::draft::{self, is_open, name_of};
use crate::messages::{Words, use_words};
use crate::state::View;
use crate::storage::drafts::Draft;

/// What the list shows, and how it is read again.
#[derive(Clone, Copy)]
struct List {
    app: App,
    drafts: RwSignal<Vec<(String, Draft)>>,
    said: RwSignal<String>,
}

impl List {
    /// Reads the drafts again; then the focus goes to `focus`, where it names something.
    async fn read(self, focus: &str) {
        let found = draft::all(self.app).await;
        self.drafts.try_set(found);
        if !focus.is_empty() {
            // Once the rows are there.
            TimeoutFuture::new(0).await;
            self.app.focus_in_place(focus);
        }
    }
}

/// The drafts of the open catalog, and the way to another.
#[component]
pub fn DraftsView() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let requests = &words.messages.requests;
    let list = List {
        app,
        drafts: RwSignal::default(),
        said: RwSignal::default(),
    };
    Effect::new(move |_| {
        app.tabs.heard.track();
        if app.restored.get() {
            spawn_local(list.read(""));
        }
    });
    let begin = move |_| {
        spawn_local(async move {
            match draft::begin(app).await {
                true => app.show(View::Configure),
                false => drop(list.said.try_set(requests.draft_not_kept.to_owned())),
            }
        });
    };
    let row = move |(id, draft): (String, Draft)| {
        let open = app
            .open_draft
            .with_untracked(|it| it.id.as_ref() == Some(&id));
        view! { <DraftRow list=list id=id draft=draft open=open/> }
    };
    view! {
        <section class="block" aria-labelledby="drafts">
            <h2 id="drafts" tabindex="-1">{requests.drafts}</h2>
            <p class="small quiet">{requests.drafts_detail}</p>
            <ul class="request-list">
                <For each=move || list.drafts.get() key=move |draft| row_key(app, draft) children=row/>
            </ul>
            <p role="status">{list.said}</p>
            <div class="buttons">
                <button class="button" type="button" disabled=move || !app.restored.get()
                    on:click=begin>{requests.draft_new}</button>
            </div>
        </section>
    }
    .into_any()
}

/// A row is made anew where what it shows has changed.
fn row_key(app: App, (id, draft): &(String, Draft)) -> (String, String, u64, bool) {
    let (name, at) = (draft.name.clone(), draft.written.at);
    (id.clone(), name, at, is_open(app, id))
}

/// One draft: what it is called and what can be done with it.
#[component]
fn DraftRow(
    /// Where it stands.
    list: List,
    /// Names it.
    id: String,
    /// As it was read.
    draft: Draft,
    /// Whether it is the one that is worked on.
    open: bool,
) -> impl IntoView {
    let app = list.app;
    let words = use_words();
    let requests = &words.messages.requests;
    let name = called(app, words, &draft);
    let renaming = RwSignal::new(false);
    let title_id = format!("draft-{id}");
    let has_lines = !draft.lines.is_empty();
    let (kept, copied) = (
        StoredValue::new(id),
        StoredValue::new((draft.clone(), name.clone())),
    );
    let show = move |_| {
        spawn_local(async move {
            if !open && !draft::switch(app, kept.get_value()).await {
                list.said.try_set(requests.draft_not_kept.to_owned());
                return;
            }
            app.show(match has_lines {
                true => View::Quote,
                false => View::Configure,
            });
        });
    };
    let copy = move |_| {
        let (draft, name) = copied.get_value();
        let name = requests.draft_copy_name.with([&name]);
        spawn_local(async move {
            let kept = draft::copy(app, draft, name.clone()).await;
            list.said.try_set(match kept {
                Some(_) => requests.draft_copied.with([&name]),
                None => requests.draft_not_kept.to_owned(),
            });
            list.read("").await;
        });
    };
    let delete = move |()| {
        spawn_local(async move {
            draft::delete(app, &kept.get_value()).await;
            list.read("drafts").await;
        });
    };
    let shown = name.clone();
    let rename_id = format!("{title_id}-rename");
    let back = StoredValue::new(rename_id.clone());
    let keep = move |typed: String| {
        spawn_local(async move {
            draft::rename(app, &kept.get_value(), typed).await;
            renaming.try_set(false);
            list.read(&back.get_value()).await;
        });
    };
    let cancel = move |()| {
        renaming.set(false);
        app.focus_in_place(&back.get_value());
    };
    let (keep, cancel) = (Callback::new(keep), Callback::new(cancel));
    let title = {
        let id = title_id.clone();
        move || match renaming.get() {
            true => view! {
                <NameField id=format!("{id}-name") name=draft.name.clone() shown=shown.clone()
                    on_keep=keep on_cancel=cancel/>
            }
            .into_any(),
            false => view! {
                <button class="link" type="button" id=id.clone() on:click=show>
                    {shown.clone()}
                </button>
            }
            .into_any(),
        }
    };
    let detail = copied.with_value(|(draft, _)| detail(words, draft));
    let deleted = requests.draft_delete_detail.with([&name]);
    view! {
        <li class="request draft">
            <div>
                {title}
                <p class="small quiet">{detail}</p>
            </div>
            {open.then(|| badge("open", requests.draft_open))}
            <div class="draft-tools">
                <button class="button plain" type="button" on:click=copy
                    aria-describedby=title_id.clone()>{requests.draft_copy}</button>
                <button class="button plain" type="button" id=rename_id
                    on:click=move |_| renaming.set(true)
                    aria-describedby=title_id.clone()>{requests.draft_rename}</button>
                <Confirm label=requests.draft_delete detail=Signal::derive(move || deleted.clone())
                    action=requests.draft_delete_now on_confirm=Callback::new(delete)/>
            </div>
        </li>
    }
    .into_any()
}

/// What a draft is called, once the catalog is here.
pub fn called(app: App, words: Words, draft: &Draft) -> String {
    app.workbench.catalog.with_untracked(|catalog| {
        catalog.as_ref().map_or_else(
            || draft.name.clone(),
            |catalog| name_of(words, &catalog.manifest, draft),
        )
    })
}

/// How many lines it has, and when it was changed.
fn detail(words: Words, draft: &Draft) -> String {
    let requests = &words.messages.requests;
    let lines = u32::try_from(draft.lines.len()).unwrap_or(u32::MAX);
    let lines = requests
        .lines
        .with(words.format.plural(lines), [&words.format.count(lines)]);
    match draft.written.at {
        0 => lines,
        at => {
            let date = js_sys::Date::new(&(at as f64).into());
            let moment = words.format.moment(&String::from(date.to_iso_string()));
            format!("{lines}, {}", requests.draft_changed.with([&moment]))
        }
    }
}
