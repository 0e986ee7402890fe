//! The set-up: named steps that are skipped when their result is already there.

mod apt;
mod browser;
mod cargo_deny;
mod cargo_install;
mod debian_rust;
mod node;
mod python;
mod rust_for_wasm;
mod test_packages;
mod trunk;
mod wasm_bindgen;
mod wasm_opt;

pub use browser::{Browser, CHROMIUM, FIREFOX};
pub use python::{find as find_python, packages as python_packages};
pub use rust_for_wasm::{TARGET as WASM_TARGET, folder_for_path as rust_folder};

use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::context::Context;

/// One step of the set-up.
struct Step {
    /// What it provides.
    name: &'static str,
    /// What is already there, in words; nothing if the step has to be done.
    ready: fn(&Context) -> Option<String>,
    /// Provides it.
    provide: fn(&Context) -> Result<()>,
    /// What a person can do when it fails.
    help: &'static str,
}

const FOR_BUILDING: &[Step] = &[
    node::STEP,
    rust_for_wasm::STEP,
    wasm_bindgen::STEP,
    wasm_opt::STEP,
    trunk::STEP,
];
const FOR_BROWSING: &[Step] = &[browser::CHROMIUM_STEP, test_packages::STEP];
const FOR_FIREFOX: &[Step] = &[browser::FIREFOX_STEP];
const FOR_COMPARING: &[Step] = &[python::STEP];
const FOR_CHECKING: &[Step] = &[cargo_deny::STEP];

/// Provides what building the app needs.
pub fn for_building(context: &Context) -> Result<()> {
    perform(context, FOR_BUILDING)
}

/// Provides what building the app and driving a browser need.
pub fn for_browsing(context: &Context) -> Result<()> {
    for_building(context)?;
    perform(context, FOR_BROWSING)
}

/// Provides a second browser, which can be done without.
pub fn for_firefox(context: &Context) -> Result<()> {
    perform(context, FOR_FIREFOX)
}

/// Provides independent solvers to compare with.
pub fn for_comparing(context: &Context) -> Result<()> {
    perform(context, FOR_COMPARING)
}

/// Provides what any command needs, but for what can be done without.
pub fn everything(context: &Context) -> Result<()> {
    for_browsing(context)?;
    perform(context, FOR_CHECKING)
}

fn perform(context: &Context, steps: &[Step]) -> Result<()> {
    steps
        .iter()
        .try_for_each(|step| step.perform(context))
        .context("the set-up did not finish; what is done is kept, so just run it again")
}

impl Step {
    fn perform(&self, context: &Context) -> Result<()> {
        if let Some(found) = (self.ready)(context) {
            println!("   ready  {}: {found}", self.name);
            return Ok(());
        }
        println!("   setup  {} ...", self.name);
        let start = Instant::now();
        (self.provide)(context).with_context(|| self.failure())?;
        match (self.ready)(context) {
            Some(found) => {
                let seconds = start.elapsed().as_secs();
                println!("    done  {}: {found}, after {seconds} s", self.name);
                Ok(())
            }
            None => bail!("{}: it was put in place but does not work", self.failure()),
        }
    }

    fn failure(&self) -> String {
        format!("the step \"{}\" failed. {}\n", self.name, self.help)
    }
}
