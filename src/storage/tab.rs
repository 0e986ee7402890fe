//! What one tab remembers over a reload: which of the drafts it has open.

use web_sys::Storage;

/// The draft of `base` that is open in this tab.
pub fn remembered(base: &str) -> Option<String> {
    storage()?.get_item(&name(base)).ok().flatten()
}

/// The tab opens this draft of `base` again. Where the browser keeps nothing for a tab, it
/// opens the one that was written last.
pub fn remember(base: &str, id: &str) {
    if let Some(storage) = storage() {
        drop(storage.set_item(&name(base), id));
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

fn name(base: &str) -> String {
    format!("quotewright draft {base}")
}
