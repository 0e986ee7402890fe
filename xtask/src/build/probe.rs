//! The probe, built for the host and for the browser, so that tests can compare them.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::optimise;
use crate::context::Context;
use crate::setup::WASM_TARGET;
use crate::{process, tools};

const PACKAGE: &str = "quotewright-probe";
const LIBRARY: &str = "quotewright_probe.wasm";
/// As what reasons in the app.
const PROFILE: &str = "wasm-reasoner";

/// Builds both into [`folder`]: `probe` and `quotewright_probe.js` with its wasm.
pub fn build(context: &Context) -> Result<()> {
    let mut cargo = tools::command(context, "cargo");
    cargo.args(["build", "--package", PACKAGE]);
    process::run(&mut cargo, &context.log("probe for the host"), None)?;
    complete(context)
}

/// Builds the one for the browser, and puts the one that cargo has built beside it.
pub fn complete(context: &Context) -> Result<()> {
    build_for_browser(context)?;
    let built = context.target.join("debug/probe");
    fs::copy(built, folder(context).join("probe"))?;
    Ok(())
}

/// Where the tests find the probe.
pub fn folder(context: &Context) -> PathBuf {
    context.target.join("probe")
}

/// Builds only the one for the browser.
pub fn build_for_browser(context: &Context) -> Result<()> {
    let folder = &folder(context);
    fs::create_dir_all(folder)?;
    let log = context.log("probe for the browser");
    let mut cargo = tools::wasm_command(context, "cargo")?;
    cargo
        .args(["build", "--profile", PROFILE, "--target", WASM_TARGET])
        .args(["--package", PACKAGE, "--lib"]);
    process::run(&mut cargo, &log, None)?;

    let built = context.target.join(WASM_TARGET).join(PROFILE).join(LIBRARY);
    let mut bindgen = tools::wasm_command(context, "wasm-bindgen")?;
    bindgen
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(folder)
        .arg(&built);
    process::run(&mut bindgen, &log, None)?;
    optimise::wasm(context, folder)
}
