//! Names files after their content, so that browsers may keep them for ever.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use super::files;

/// The page; its name is known outside.
const PAGE: &str = "index.html";
/// Names are of the kind `name-0123456789abcdef.js`.
const DIGITS: usize = 16;

/// The glue that wasm-bindgen writes, and the wasm.
const SCRIPT: &str = "quotewright-app.js";
const WASM: &str = "quotewright-app_bg.wasm";

/// The new names of the two files that start the app.
pub struct Entry {
    pub script: String,
    pub wasm: String,
}

/// Renames all files in `dist` but the page after their content, and mends the
/// references to them.
pub fn after_content(dist: &Path) -> Result<Entry> {
    let mut renamed = BTreeMap::new();
    for file in leaves_first(dist)? {
        let old = file.strip_prefix(dist)?.to_str().context("a plain name")?;
        renamed.insert(old.to_owned(), rename(dist, old)?);
    }
    let mut take = |name| {
        renamed
            .remove(name)
            .with_context(|| format!("the build left no {name}"))
    };
    Ok(Entry {
        script: take(SCRIPT)?,
        wasm: take(WASM)?,
    })
}

/// All files in `dist` but the page, those that refer to others after them.
fn leaves_first(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut left = files::all(dist)?;
    left.retain(|file| !file.ends_with(PAGE));
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let mut leaf = None;
        for (position, file) in left.iter().enumerate() {
            if !refers_to_any(dist, file, &left)? {
                leaf = Some(position);
                break;
            }
        }
        let leaf = leaf.context("some files refer to each other")?;
        ordered.push(left.remove(leaf));
    }
    Ok(ordered)
}

/// Whether `file` names one of `others` than itself.
fn refers_to_any(dist: &Path, file: &Path, others: &[PathBuf]) -> Result<bool> {
    if !may_refer(file) {
        return Ok(false);
    }
    let text = fs::read_to_string(file)?;
    for other in others.iter().filter(|other| *other != file) {
        let name = other.strip_prefix(dist)?.to_str();
        if text.contains(name.context("a plain name")?) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn may_refer(file: &Path) -> bool {
    file.extension()
        .is_some_and(|extension| extension == "js" || extension == "html")
}

/// Gives the file `old` in `dist` its new name, which is returned.
fn rename(dist: &Path, old: &str) -> Result<String> {
    let hash = format!("{:x}", Sha256::digest(fs::read(dist.join(old))?));
    let digits = hash.get(..DIGITS).unwrap_or_default();
    let (stem, extension) = old.rsplit_once('.').context("a name with an ending")?;
    let new = format!("{stem}-{digits}.{extension}");
    fs::rename(dist.join(old), dist.join(&new))?;
    for other in files::all(dist)?.iter().filter(|other| may_refer(other)) {
        let text = fs::read_to_string(other)?;
        if text.contains(old) {
            fs::write(other, mended(&text, old, &new))?;
        }
    }
    Ok(new)
}

/// `text` with the `new` name in the place of the `old`. Keys of objects stay: by these a
/// wasm, which has been written before, asks for the scripts that it imports.
fn mended(text: &str, old: &str, new: &str) -> String {
    text.replace(old, new)
        .replace(&format!("{new}\":"), &format!("{old}\":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_wasm_asks_for_keeps_its_name() {
        let text = r#"import * as a from "./a/b.js"; const imports = { "./a/b.js": a };"#;
        let expected = r#"import * as a from "./a/b-1.js"; const imports = { "./a/b.js": a };"#;
        assert_eq!(mended(text, "a/b.js", "a/b-1.js"), expected);
    }
}
