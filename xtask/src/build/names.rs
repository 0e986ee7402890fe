//! Names files after their content, so that browsers may keep them for ever.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use super::files;

/// The page; its name is known outside.
const PAGE: &str = "index.html";
/// Names are of the kind `name-0123456789abcdef.js`.
const DIGITS: usize = 16;

/// The two files that start the app.
pub struct Entry {
    /// The name of the glue that wasm-bindgen wrote.
    pub script: String,
    /// The name of the wasm.
    pub wasm: String,
}

/// Renames all files in `dist` but the page after their content, and mends the
/// references to them.
pub fn after_content(dist: &Path) -> Result<Entry> {
    let mut entry = (None, None);
    for file in leaves_first(dist)? {
        let name = rename(dist, &file)?;
        match file.extension().and_then(|extension| extension.to_str()) {
            // The glue comes last, as it refers to all others.
            Some("js") => entry.0 = Some(name),
            Some("wasm") => entry.1 = Some(name),
            _ => {}
        }
    }
    Ok(Entry {
        script: entry.0.context("the build left no script in dist")?,
        wasm: entry.1.context("the build left no wasm in dist")?,
    })
}

/// Files that refer to others come after them: first what is no script, then the
/// scripts in folders, then the glue.
fn leaves_first(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = files::all(dist)?;
    files.retain(|file| !file.ends_with(PAGE));
    files.sort_by_key(|file| (may_refer(file), file.parent() == Some(dist)));
    Ok(files)
}

fn may_refer(file: &Path) -> bool {
    file.extension()
        .is_some_and(|extension| extension == "js" || extension == "html")
}

/// Gives `file` its new name, which is returned as a path within `dist`.
fn rename(dist: &Path, file: &Path) -> Result<String> {
    let hash = format!("{:x}", Sha256::digest(fs::read(file)?));
    let digits = hash.get(..DIGITS).unwrap_or_default();
    let old = file.strip_prefix(dist)?.to_str().context("a plain name")?;
    let (stem, extension) = old.rsplit_once('.').context("a name with an ending")?;
    let new = format!("{stem}-{digits}.{extension}");
    fs::rename(file, dist.join(&new))?;
    for other in files::all(dist)?.iter().filter(|other| may_refer(other)) {
        let text = fs::read_to_string(other)?;
        if text.contains(old) {
            fs::write(other, text.replace(old, &new))?;
        }
    }
    Ok(new)
}
