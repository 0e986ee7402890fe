//! The service worker, told which files this build consists of.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};

use super::files;
use crate::context::Context;

const SOURCE: &str = "src/service-worker.js";
const NAME: &str = "service-worker.js";
const LIST_PLACE: &str = "/*PRECACHE*/[]";
const VERSION_PLACE: &str = "/*VERSION*/\"\"";

/// Writes the service worker into dist/, if the app has one.
pub fn write(context: &Context) -> Result<()> {
    let source = context.root.join(SOURCE);
    if !source.exists() {
        return Ok(());
    }
    let text = fs::read_to_string(source)?;
    ensure!(
        text.contains(LIST_PLACE) && text.contains(VERSION_PLACE),
        "{SOURCE} lacks {LIST_PLACE} or {VERSION_PLACE}"
    );
    let dist = context.dist();
    let mut list = vec!["\"/\"".to_owned()];
    let mut hasher = Sha256::new();
    for file in files::all(&dist)? {
        let path = file.strip_prefix(&dist)?.to_str().context("a plain name")?;
        hasher.update(path);
        hasher.update(fs::read(&file)?);
        if path != "index.html" {
            list.push(format!("\"/{path}\""));
        }
    }
    let version = format!("{:x}", hasher.finalize());
    let version = version.get(..16).unwrap_or_default();
    let text = text
        .replace(LIST_PLACE, &format!("[{}]", list.join(", ")))
        .replace(VERSION_PLACE, &format!("\"{version}\""));
    Ok(fs::write(dist.join(NAME), text)?)
}
