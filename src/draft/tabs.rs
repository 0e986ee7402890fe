//! Tabs of one browser tell one another of the drafts that they have written.

use gloo_events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::BroadcastChannel;

use super::saving::put_away;
use super::several::{load, open};
use crate::app::App;

const CHANNEL: &str = "quotewright-drafts";

/// What this page tells other tabs, and hears of them.
#[derive(Clone, Copy)]
pub struct Tabs {
    /// Counts what was heard.
    pub heard: RwSignal<u32>,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    listener: StoredValue<Option<EventListener>, LocalStorage>,
}

impl Tabs {
    /// Hears nothing before [`listen`].
    pub fn new() -> Self {
        Self {
            heard: RwSignal::new(0),
            channel: StoredValue::new_local(BroadcastChannel::new(CHANNEL).ok()),
            listener: StoredValue::new_local(None),
        }
    }

    /// Others read the drafts again.
    pub fn tell(self) {
        self.channel.try_with_value(|channel| {
            if let Some(channel) = channel {
                // A tab that is not told sees it when it writes.
                drop(channel.post_message(&JsValue::NULL));
            }
        });
    }
}

/// Hears from now on what other tabs have written.
pub fn listen(app: App) {
    let tabs = app.tabs;
    let told = move |_: &web_sys::Event| {
        spawn_local(async move {
            look(app).await;
            tabs.heard.try_update(|heard| *heard += 1);
        });
    };
    let listener = tabs.channel.with_value(|channel| {
        let channel = channel.as_ref()?;
        Some(EventListener::new(channel, "message", told))
    });
    tabs.listener.set_value(listener);
}

/// Whether another tab has changed the draft that is open.
async fn look(app: App) {
    let Some(id) = app.open_draft.try_get_untracked().and_then(|it| it.id) else {
        return;
    };
    let Some(there) = load(app, &id).await else {
        return;
    };
    let mine = app.saving.page.try_get_value();
    let read = app.open_draft.try_get_untracked().unwrap_or_default();
    let changed = read.id == Some(id)
        && there.written != read.read
        && Some(&there.written.page) != mine.as_ref();
    if changed != read.changed {
        app.open_draft.try_update(|open| open.changed = changed);
    }
}

/// Opens the draft as another tab has left it.
pub async fn take_over(app: App) {
    let Some(id) = app.open_draft.get_untracked().id else {
        return;
    };
    put_away(app);
    open(app, id).await;
}
