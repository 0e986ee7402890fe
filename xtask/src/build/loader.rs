//! `quotewright.js`: the one name that pages refer to.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::names::Entry;

/// The name that never changes.
pub const NAME: &str = "quotewright.js";

/// Writes the loader that starts `entry`, from wherever it is served.
pub fn write(dist: &Path, entry: &Entry) -> Result<()> {
    let Entry { script, wasm } = entry;
    let loader = format!(
        "import start from \"./{script}\";\n\
         await start({{ module_or_path: new URL(\"./{wasm}\", import.meta.url) }});\n"
    );
    Ok(fs::write(dist.join(NAME), loader)?)
}
