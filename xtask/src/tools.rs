//! The tools that are not part of Rust: which versions, and how they are called.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::context::Context;
use crate::{process, setup};

/// Trunk's version; 0.22 needs a newer Rust than this workspace does.
pub const TRUNK: &str = "0.21.14";
/// The version of Binaryen, which wasm-opt is part of.
pub const BINARYEN: &str = "132";

/// The version of cargo-deny.
pub const CARGO_DENY: &str = "0.20.2";

/// The version of wasm-bindgen in Cargo.lock, which its command must match exactly.
pub fn wasm_bindgen_version(context: &Context) -> Result<String> {
    let lock = fs::read_to_string(context.root.join("Cargo.lock"))?;
    lock.split("[[package]]")
        .find(|package| package.contains("name = \"wasm-bindgen\"\n"))
        .and_then(|package| package.split("version = \"").nth(1)?.split('"').next())
        .map(str::to_owned)
        .context("Cargo.lock has no wasm-bindgen")
}

/// The folder in the cache that holds one version of one tool.
pub fn folder(context: &Context, name: &str, version: &str) -> PathBuf {
    context.cache.join(format!("{name}-{version}"))
}

/// A command in the workspace, with the Rust that people use there.
pub fn command(context: &Context, program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(&context.root)
        .env("CARGO_TARGET_DIR", &context.target);
    command
}

/// A command that finds our tools first, and a Rust that can build for wasm.
pub fn wasm_command(context: &Context, program: &str) -> Result<Command> {
    let mut command = command(context, program);
    let rust = setup::rust_folder(context);
    if rust.is_some() {
        // Cargo and rustup tell their children which Rust runs them: not the one meant here.
        for name in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN"] {
            command.env_remove(name);
        }
    }
    command.env("PATH", path(context, rust)?);
    Ok(command)
}

/// Builds the endpoint and its command, without optimisation: it is there much sooner.
pub fn build_quotewright(context: &Context) -> Result<()> {
    let mut cargo = command(context, "cargo");
    cargo.args(["build", "--package", "quotewright-cli"]);
    process::run(&mut cargo, &context.log("endpoint"), None)
}

/// Where a build leaves the program of the endpoint.
pub fn quotewright(context: &Context) -> PathBuf {
    context.target.join("debug/quotewright")
}

fn path(context: &Context, rust: Option<PathBuf>) -> Result<OsString> {
    let wasm_bindgen = wasm_bindgen_version(context)?;
    let mut folders: Vec<PathBuf> = rust.into_iter().collect();
    folders.push(folder(context, "wasm-bindgen-cli", &wasm_bindgen).join("bin"));
    folders.push(folder(context, "trunk", TRUNK).join("bin"));
    folders.push(folder(context, "cargo-deny", CARGO_DENY).join("bin"));
    folders.push(folder(context, "binaryen", BINARYEN).join("node_modules/.bin"));
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    Ok(env::join_paths(folders)?)
}
