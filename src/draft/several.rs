//! The drafts of a catalog: which there are, and what can be done with them.

use leptos::prelude::*;
use quotewright_protocol::{Manifest, QuoteRequest};

use super::saving::{changed, put_away, write};
use super::{OpenDraft, draft_of, key_for};
use crate::app::App;
use crate::clock;
use crate::messages::Words;
use crate::state::Session;
use crate::storage::drafts::{self, Draft, Mark, Writing};
use crate::storage::{Store, tab};
use crate::sync::{new_key, now};
use crate::views::quote::request;

/// All drafts of the catalog with their ids, the open one first, then the one that was
/// changed last. The open one is as it is here, unless another tab has changed it.
pub async fn all(app: App) -> Vec<(String, Draft)> {
    let mut found = match place(app).await {
        Some((store, base)) => drafts::list(&store, &base).await,
        None => Vec::new(),
    };
    let open = app.open_draft.try_get_untracked().unwrap_or_default();
    found.retain(|(id, draft)| !draft.is_blank() || open.id.as_ref() == Some(id));
    if let Some((id, draft)) = open.id.zip(draft_of(app)) {
        let place = found.iter().position(|(other, _)| *other == id);
        let kept = place.map(|place| found.remove(place).1);
        let shown = match kept {
            Some(kept) if open.changed => kept,
            kept => Draft {
                written: kept.map_or_else(Mark::default, |it| it.written),
                ..draft
            },
        };
        found.insert(0, (id, shown));
    }
    found
}

/// The draft that is to be opened: the one that the buyer chose, the one that this tab had
/// open, or the one that was changed last.
pub(super) async fn find(app: App, base: &str) -> (String, Draft) {
    let chosen = app.open_draft.try_get_untracked().and_then(|it| it.id);
    let wanted = chosen.or_else(|| tab::remembered(base));
    let mut found = match app.outbox.store().await {
        Some(store) => drafts::list(&store, base).await,
        None => Vec::new(),
    };
    let id = wanted.or_else(|| found.first().map(|(id, _)| id.clone()));
    let id = id.unwrap_or_default();
    let place = found.iter().position(|(other, _)| *other == id);
    let begun = || Draft {
        began: now(),
        ..Draft::default()
    };
    let draft = place.map_or_else(begun, |place| found.swap_remove(place).1);
    (id, draft)
}

/// Puts the open draft away and opens the one called `id`. Answers whether it does: what
/// cannot be kept stays open.
pub async fn switch(app: App, id: String) -> bool {
    if let Some(changed) = changed(app)
        && !write(app, changed).await
    {
        return false;
    }
    put_away(app);
    open(app, id).await;
    true
}

/// Puts the open draft away and begins another, as [`switch`] does.
pub async fn begin(app: App) -> bool {
    switch(app, new_key()).await
}

/// Keeps a copy of `draft` as one of its own, and answers its id; `None` where it cannot be kept.
pub async fn copy(app: App, draft: Draft, name: String) -> Option<String> {
    let copied = Draft {
        name,
        began: now(),
        ..draft
    };
    let (store, base) = place(app).await?;
    let id = new_key();
    put(app, &store, drafts::key(&base, &id), copied).await?;
    Some(id)
}

/// Keeps what `request` asked for as a draft called `name`, and opens it. Answers whether it
/// does, as [`switch`].
pub async fn copy_request(app: App, request: &QuoteRequest, name: String) -> bool {
    let (form, lines) = request::draft_of(request);
    let draft = Draft {
        product: request
            .lines
            .first()
            .map_or_else(String::new, |it| it.product.clone()),
        quantity: 1,
        lines,
        answers: request.answers.clone(),
        form,
        ..Draft::default()
    };
    match copy(app, draft, name).await {
        Some(id) => switch(app, id).await,
        None => false,
    }
}

/// Calls a draft `name`, or by what is in it where that is empty.
pub async fn rename(app: App, id: &str, name: String) {
    if is_open(app, id) {
        app.open_draft.try_update(|open| open.name = name);
        return;
    }
    let Some((store, base)) = place(app).await else {
        return;
    };
    let key = drafts::key(&base, id);
    if let Some(draft) = drafts::load(&store, &key).await {
        // Where it failed, the draft is called as before.
        drop(put(app, &store, key, Draft { name, ..draft }).await);
    }
}

/// Deletes a draft. Where it was open, the one that was changed last takes its place.
pub async fn delete(app: App, id: &str) {
    let Some((store, base)) = place(app).await else {
        return;
    };
    let was_open = is_open(app, id);
    if was_open {
        put_away(app);
    }
    drafts::delete(&store, &drafts::key(&base, id)).await;
    app.tabs.tell();
    if was_open {
        let left = drafts::list(&store, &base).await;
        let next = left.into_iter().next().map(|(id, _)| id);
        open(app, next.unwrap_or_else(new_key)).await;
    }
}

/// What a draft is called: as the buyer says, else by its first product and its day.
pub fn name_of(words: Words, manifest: &Manifest, draft: &Draft) -> String {
    if !draft.name.is_empty() {
        return draft.name.clone();
    }
    let line = draft.lines.first().map(|line| &line.product);
    let code = line.unwrap_or(&draft.product);
    let product = manifest.products.iter().find(|it| it.code == *code);
    let product = product.map_or_else(|| code.clone(), |it| words.text(&it.name));
    match draft.began {
        0 => product,
        began => {
            let day = words.format.date(clock::day_of(began));
            words.messages.requests.draft_name.with([&product, &day])
        }
    }
}

/// Whether the page has the draft open.
pub fn is_open(app: App, id: &str) -> bool {
    let open = app.open_draft.try_get_untracked().and_then(|it| it.id);
    open.as_deref() == Some(id)
}

/// The database, and under which the drafts of the catalog are in it.
async fn place(app: App) -> Option<(Store, String)> {
    let base = app.settings.try_with_untracked(key_for)?;
    Some((app.outbox.store().await?, base))
}

/// Answers the key; `None` where it failed: then the list stays as it was.
async fn put(app: App, store: &Store, key: String, draft: Draft) -> Option<String> {
    let page = app.saving.page.try_get_value().unwrap_or_default();
    let read = draft.written.clone();
    let written = Mark { page, at: now() };
    let writing = Writing {
        spare: key.clone(),
        key,
        read,
        draft: Draft { written, ..draft },
    };
    let written = drafts::save(store, &writing).await;
    app.tabs.tell();
    written
}

/// The draft called `id`, as it is kept.
pub(super) async fn load(app: App, id: &str) -> Option<Draft> {
    let (store, base) = place(app).await?;
    drafts::load(&store, &drafts::key(&base, id)).await
}

/// Opens the draft called `id` with its product.
pub(super) async fn open(app: App, id: String) {
    let product = load(app, &id).await.unwrap_or_default().product;
    let Some(catalog) = app.workbench.catalog.try_get_untracked().flatten() else {
        return;
    };
    let listed = catalog.manifest.products.iter();
    let other = catalog.model.product != product && { listed }.any(|it| it.code == product);
    app.workbench.session.try_set(Session::default());
    app.workbench.ask_for(1);
    app.open_draft.try_set(OpenDraft::called(id));
    match other {
        true => app.choose("product", &product),
        false => app.load(),
    }
}
