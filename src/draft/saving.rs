//! When the open draft is written, and where.

use std::collections::BTreeMap;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{LeftOut, OpenDraft, draft_of, keep_contact_only, key_for};
use crate::app::App;
use crate::state::Basket;
use crate::storage::drafts::{self, Draft, Mark, Writing};
use crate::storage::tab;
use crate::sync::{new_key, now};

/// Milliseconds after the last change.
const PAUSE: u32 = 250;

/// When the draft is saved.
#[derive(Clone, Copy)]
pub struct Saving {
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    held: StoredValue<bool>,
    /// Names this page, in what it writes.
    pub(super) page: StoredValue<String>,
    /// What is kept, as far as this page knows.
    pub(super) kept: StoredValue<Option<Draft>>,
}

impl Saving {
    /// Nothing to be saved yet.
    pub fn new() -> Self {
        Self {
            timer: StoredValue::new_local(None),
            held: StoredValue::new(false),
            page: StoredValue::new(new_key()),
            kept: StoredValue::new(None),
        }
    }

    /// Saves nothing until [`go_on`](Self::go_on): something else is writing the draft, and
    /// an older state must not follow it.
    pub fn hold(self) {
        self.held.try_set_value(true);
        self.timer.try_set_value(None);
        self.kept.try_set_value(None);
    }

    /// Saves changes again.
    pub fn go_on(self) {
        self.held.try_set_value(false);
    }
}

/// Saves the draft after each change, once the last one has been opened.
pub fn keep(app: App) {
    Effect::new(move |_| {
        app.basket.track();
        app.left_out.track();
        app.form.track();
        app.open_draft.track();
        app.questions.answers.track();
        app.workbench.session.track();
        app.workbench.quantity.track();
        if app.restored.get() {
            let timer = Timeout::new(PAUSE, move || spawn_local(save(app)));
            // The one before is called off by going out of scope.
            app.saving.timer.set_value(Some(timer));
        }
    });
}

async fn save(app: App) {
    if app.saving.held.try_get_value() != Some(false) {
        return;
    }
    if let Some(changed) = changed(app) {
        app.saving.kept.try_set_value(draft_of(app));
        write(app, changed).await;
    }
}

/// What is to be written, where the open draft is not as it is kept. What a page only looks at
/// it does not write: another may have changed it.
pub(super) fn changed(app: App) -> Option<Writing> {
    if app.restored.try_get_untracked() != Some(true) {
        return None;
    }
    let kept = app.saving.kept.try_get_value().flatten();
    let draft = draft_of(app).filter(|draft| kept.as_ref() != Some(draft))?;
    writing(app, draft)
}

/// How `draft` is written, in place of the one that is open.
pub fn writing(app: App, draft: Draft) -> Option<Writing> {
    let open = app.open_draft.try_get_untracked()?;
    let base = app.settings.try_with_untracked(key_for)?;
    let page = app.saving.page.try_get_value()?;
    let written = Mark { page, at: now() };
    Some(Writing {
        key: drafts::key(&base, &open.id?),
        spare: drafts::key(&base, &open.spare),
        read: open.read,
        draft: Draft { written, ..draft },
    })
}

/// Answers whether it is on disk.
pub(super) async fn write(app: App, writing: Writing) -> bool {
    let written = match app.outbox.store().await {
        Some(store) => drafts::save(&store, &writing).await,
        None => None,
    };
    app.tabs.tell();
    match &written {
        Some(key) if *key == writing.key => {}
        Some(_) => part(app, &writing),
        // The next change tries again.
        None => drop(app.saving.kept.try_set_value(None)),
    }
    written.is_some()
}

/// This page goes on with a draft of its own: another has changed the one that both had open.
fn part(app: App, writing: &Writing) {
    let Some(base) = app.settings.try_with_untracked(key_for) else {
        return;
    };
    let open = app.open_draft.try_get_untracked().unwrap_or_default();
    let id = open.id.clone().unwrap_or_default();
    if drafts::key(&base, &id) == writing.key && drafts::key(&base, &open.spare) == writing.spare {
        tab::remember(&base, &open.spare);
        app.open_draft.try_update(OpenDraft::part);
    }
}

/// Before the element goes to another catalog or endpoint: what is open is saved and put
/// away, so that it never becomes the other one's draft.
pub fn leave(app: App) {
    let changed = changed(app).filter(|_| !app.saving.held.get_value());
    if let Some(changed) = changed {
        spawn_local(async move {
            write(app, changed).await;
        });
    }
    put_away(app);
    app.open_draft.set(OpenDraft::default());
}

/// Nothing is open, and nothing is saved, until a draft is opened.
pub(super) fn put_away(app: App) {
    app.saving.timer.set_value(None);
    app.saving.kept.set_value(None);
    app.restored.set(false);
    app.basket.update(Basket::clear);
    app.left_out.set(LeftOut::default());
    app.questions.answer(&BTreeMap::new());
    app.form.update(keep_contact_only);
}
