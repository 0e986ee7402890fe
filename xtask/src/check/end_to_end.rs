//! A real browser, a real endpoint, a real database.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Check, Outcome, rust};
use crate::context::Context;
use crate::{build, setup, tools};

pub const PREPARATION: Check = Check {
    name: "build the probe for the browser",
    run: |context| build::complete_probe(context).into(),
};

pub const TESTS: Check = Check {
    name: "end to end",
    run: |context| run(context).unwrap_or_else(|error| Outcome::from(Err(error))),
};

/// Node in the folder of the tests, told where everything is.
pub fn node(context: &Context) -> Result<Command> {
    let browser = setup::find_browser().context("there is no browser")?;
    let mut node = tools::wasm_command(context, "node")?;
    node.current_dir(context.end_to_end())
        .env("CHROMIUM", browser)
        .env("QUOTEWRIGHT", tools::quotewright(context))
        .env("QUOTEWRIGHT_APP", context.dist())
        .env("QUOTEWRIGHT_PROBE", build::probe_folder(context));
    Ok(node)
}

fn run(context: &Context) -> Result<Outcome> {
    let mut node = node(context)?;
    node.args(["--test", "--test-reporter=tap", "--test-concurrency=1"])
        .args(tests_in(&context.end_to_end())?);
    Ok(rust::counted(&mut node, &context.log("end to end")))
}

fn tests_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    Ok(files)
}
