//! Real browsers, a real endpoint, a real database.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Check, Outcome, rust};
use crate::context::Context;
use crate::setup::{self, Browser};
use crate::{build, tools};

pub const PREPARATION: Check = Check {
    name: "build the probe for the browser",
    run: |context| build::complete_probe(context).into(),
};

pub const TESTS: Check = Check {
    name: "end to end",
    run: |context| {
        tests_in(&context.end_to_end())
            .and_then(|files| run(context, &setup::CHROMIUM, &files))
            .unwrap_or_else(|error| Outcome::from(Err(error)))
    },
};

pub const IN_FIREFOX: Check = Check {
    name: "end to end, in Firefox",
    run: |context| match setup::for_firefox(context) {
        Ok(()) => {
            let files: Vec<PathBuf> = FOR_FIREFOX.iter().map(PathBuf::from).collect();
            run(context, &setup::FIREFOX, &files).unwrap_or_else(|error| Outcome::from(Err(error)))
        }
        Err(why) => Outcome::Skipped(format!("{why:#}")),
    },
};

/// What browsers may differ in: typing and focus, storage, workers and a network that fails,
/// other people's pages, pictures, printing, and axe on every kind of screen.
const FOR_FIREFOX: &[&str] = &[
    "buying.test.mjs",
    "embedding.test.mjs",
    "first-page.test.mjs",
    "inbox.test.mjs",
    "offline.test.mjs",
    "picture.test.mjs",
    "print.test.mjs",
    "reasoner.test.mjs",
    "whole-quote.test.mjs",
];

/// Node in the folder of the tests, told where everything is, to drive Chromium.
pub fn node(context: &Context) -> Result<Command> {
    node_with(context, &setup::CHROMIUM)
}

fn node_with(context: &Context, browser: &Browser) -> Result<Command> {
    let path = browser.find().context("there is no browser")?;
    let mut node = tools::wasm_command(context, "node")?;
    node.current_dir(context.end_to_end())
        .env("QUOTEWRIGHT_BROWSER", browser.name)
        .env(browser.variable, path)
        .env("QUOTEWRIGHT", tools::quotewright(context))
        .env("QUOTEWRIGHT_APP", context.dist())
        .env("QUOTEWRIGHT_PROBE", build::probe_folder(context));
    Ok(node)
}

fn run(context: &Context, browser: &Browser, files: &[PathBuf]) -> Result<Outcome> {
    let mut node = node_with(context, browser)?;
    node.args(["--test", "--test-reporter=tap", "--test-concurrency=1"])
        .args(files);
    let log = context.log(&format!("end to end, {}", browser.name));
    Ok(rust::counted(&mut node, &log))
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
