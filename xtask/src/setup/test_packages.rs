//! The npm packages of the end-to-end tests.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::Step;
use crate::context::Context;
use crate::process;

pub const STEP: Step = Step {
    name: "packages of the end-to-end tests",
    ready: |context| {
        let wanted = fs::read(lock_file(context)).ok()?;
        let installed = fs::read(copy_of_lock_file(context)).ok()?;
        (wanted == installed).then(|| "as in package-lock.json".to_owned())
    },
    provide,
    help: "They come from npm with `npm ci` in tests/end_to_end; that needs a network.",
};

fn provide(context: &Context) -> Result<()> {
    let mut command = Command::new("npm");
    command
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(context.end_to_end());
    process::run(&mut command, &context.log("npm ci"), None)?;
    fs::copy(lock_file(context), copy_of_lock_file(context))?;
    Ok(())
}

fn lock_file(context: &Context) -> PathBuf {
    context.end_to_end().join("package-lock.json")
}

/// Tells what was installed last.
fn copy_of_lock_file(context: &Context) -> PathBuf {
    context
        .end_to_end()
        .join("node_modules/.installed-lock.json")
}
