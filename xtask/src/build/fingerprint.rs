//! Whether dist/ is what the present sources make.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use sha2::{Digest as _, Sha256};

use super::{Mode, files};
use crate::context::Context;

/// Everything that the built app depends on.
const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "src",
    "style",
    "crates/engine",
    "crates/protocol",
    "crates/reasoner",
    "xtask/src/build",
];

/// Whether dist/ holds the build of the present sources.
pub fn is_current(context: &Context, mode: Mode) -> Result<bool> {
    let built = fs::read_to_string(place(context)).unwrap_or_default();
    Ok(context.dist().join("index.html").exists() && built == of_sources(context, mode)?)
}

/// Says that dist/ holds the build of the present sources.
pub fn remember(context: &Context, mode: Mode) -> Result<()> {
    let place = place(context);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(place, of_sources(context, mode)?)?)
}

/// Says that dist/ holds nothing useful.
pub fn forget(context: &Context) -> Result<()> {
    let place = place(context);
    if place.exists() {
        fs::remove_file(place)?;
    }
    Ok(())
}

fn place(context: &Context) -> PathBuf {
    context.target.join("xtask/dist.fingerprint")
}

fn of_sources(context: &Context, mode: Mode) -> Result<String> {
    let mut hasher = Sha256::new();
    hasher.update(mode.name());
    hasher.update(context.root.as_os_str().as_encoded_bytes());
    for input in INPUTS {
        let path = context.root.join(input);
        if !path.exists() {
            continue;
        }
        for file in files::all(&path)? {
            let content = fs::read(&file)?;
            hasher.update(file.as_os_str().as_encoded_bytes());
            hasher.update(content.len().to_le_bytes());
            hasher.update(content);
        }
    }
    Ok(format!("{:x}", hasher.finalize()))
}
