//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The folders that the commands work in.
pub struct Context {
    /// The workspace.
    pub root: PathBuf,
    /// Tools, by name and version, shared by all clones of one person.
    pub cache: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Context {
    /// Finds the folders; creates nothing.
    pub fn new() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask lies in the workspace")?
            .to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(folder)?,
            None => root.join("target"),
        };
        Ok(Self {
            root,
            cache: cache_folder()?,
            target,
        })
    }

    /// The built app.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The end-to-end tests.
    pub fn end_to_end(&self) -> PathBuf {
        self.root.join("tests/end_to_end")
    }

    /// The file that takes the output of the step `name`.
    pub fn log(&self, name: &str) -> PathBuf {
        let file = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        self.target.join("xtask/log").join(file + ".log")
    }
}

fn cache_folder() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("QUOTEWRIGHT_CACHE") {
        return Ok(std::path::absolute(folder)?);
    }
    if let Some(folder) = env::var_os("XDG_CACHE_HOME") {
        return Ok(std::path::absolute(folder)?.join("quotewright"));
    }
    let home = env::home_dir().context("no home folder: set QUOTEWRIGHT_CACHE to a folder")?;
    Ok(home.join(".cache/quotewright"))
}
