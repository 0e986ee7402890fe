//! A Rust that can build for the browser: rustup's, or else Debian's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::{Step, apt, debian_rust};
use crate::context::Context;
use crate::process;

/// The target of the app.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Where its server cannot be reached, rustup waits for minutes and then fails.
const RUSTUP_LIMIT: Duration = Duration::from_secs(60);

pub const STEP: Step = Step {
    name: "Rust for wasm32",
    ready: |context| {
        if own_rust_has_target() {
            return Some("the target is installed".to_owned());
        }
        debian_rust::folder(context).map(|folder| folder.display().to_string())
    },
    provide,
    help: "Run `rustup target add wasm32-unknown-unknown` where rustup's server can be reached. \
           Elsewhere Debian's packages rustc-web, cargo-web and rust-web-src do, from Debian 12 on.",
};

/// The folder to put first on PATH, if the Rust already there lacks the target.
pub fn folder_for_path(context: &Context) -> Option<PathBuf> {
    if own_rust_has_target() {
        return None;
    }
    debian_rust::folder(context)
}

fn provide(context: &Context) -> Result<()> {
    let unreachable = context.cache.join("rustup-cannot-fetch-wasm32");
    let mut rustup_failure = None;
    if has_rustup() && !unreachable.exists() {
        match ask_rustup(context) {
            Ok(()) => return Ok(()),
            Err(error) => rustup_failure = Some(error),
        }
    }
    if !apt::exists() {
        return Err(rustup_failure
            .unwrap_or_else(|| anyhow::anyhow!("there is neither rustup nor apt-get")));
    }
    if rustup_failure.is_some() {
        println!("          rustup cannot fetch the target; taking Debian's Rust from now on");
        println!("          (delete {} to ask again)", unreachable.display());
        fs::create_dir_all(&context.cache)?;
        fs::write(&unreachable, "")?;
    }
    debian_rust::provide(context)
}

fn has_rustup() -> bool {
    process::output(Command::new("rustup").arg("--version")).is_some()
}

fn ask_rustup(context: &Context) -> Result<()> {
    process::run(
        Command::new("rustup").args(["target", "add", TARGET]),
        &context.log("rustup target add"),
        Some(RUSTUP_LIMIT),
    )
}

/// Whether the `rustc` on PATH has the target's standard library.
fn own_rust_has_target() -> bool {
    let question = ["--print", "target-libdir", "--target", TARGET];
    process::output(Command::new("rustc").args(question))
        .is_some_and(|folder| has_std(Path::new(&folder)))
}

fn has_std(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries
        .filter_map(Result::ok)
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}
