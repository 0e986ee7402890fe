//! Tools from crates.io, one folder for each version.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::context::Context;
use crate::{process, tools};

/// Builds `name` in `version` into its folder in the cache.
///
/// The tools run for seconds but take many minutes to build with optimisation, so
/// they are built with little of it.
pub fn install(context: &Context, name: &str, version: &str, more: &[&str]) -> Result<()> {
    let build = tools::folder(context, name, "build");
    let mut command = Command::new("cargo");
    command
        .args(["install", name, "--version", version, "--force", "--root"])
        .arg(tools::folder(context, name, version))
        .args(more)
        .env("CARGO_TARGET_DIR", &build)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    process::run(&mut command, &context.log(name), None)?;
    fs::remove_dir_all(&build)?;
    Ok(())
}
