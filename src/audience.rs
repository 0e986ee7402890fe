//! For whom the texts of the catalog are: what the buyer chose once, on this device.

use leptos::prelude::WithUntracked;

use crate::app::App;
use crate::storage::Shelf;

/// Under which it is kept; the keys of drafts have a space.
const KEY: &str = "audience";

/// Reads what was chosen last time, where the host page does not say it.
pub async fn restore(app: App) {
    let Some(store) = app.outbox.store().await else {
        return;
    };
    let kept = store.read(Shelf::Drafts, async |it| it.get(Shelf::Drafts, KEY).await);
    let kept: Option<String> = kept.await.ok().flatten();
    let open = app.settings.try_with_untracked(|it| it.audience.is_empty());
    if let (Some(kept), Some(true)) = (kept, open) {
        app.change_setting("audience", &kept);
    }
}

/// Keeps what is chosen for the next time.
pub async fn keep(app: App, audience: String) {
    if let Some(store) = app.outbox.store().await {
        let kept = store.write(&[Shelf::Drafts], async |it| {
            it.put(Shelf::Drafts, KEY, &audience).await
        });
        // It holds until the page is left all the same.
        drop(kept.await);
    }
}
