//! What cargo-deny checks, in deny.toml's terms.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::{Check, Outcome};
use crate::context::Context;
use crate::{process, tools};

const DATABASE: &str = "https://github.com/rustsec/advisory-db";
const PATIENCE: Duration = Duration::from_secs(30);

pub const RULES: Check = Check {
    name: "licences, bans and sources of dependencies",
    run: |context| deny(context, &["licenses", "bans", "sources"]).into(),
};

pub const ADVISORIES: Check = Check {
    name: "advisories about dependencies",
    run: |context| {
        if database_can_be_reached(context) {
            deny(context, &["advisories"]).into()
        } else {
            Outcome::Skipped(format!("{DATABASE} cannot be reached"))
        }
    },
};

fn deny(context: &Context, checks: &[&str]) -> Result<()> {
    // Called by its own name, so that the Rust in use does not matter.
    let mut command = tools::wasm_command(context, "cargo-deny")?;
    command.args(["--workspace", "check"]).args(checks);
    process::run(&mut command, &context.log("cargo-deny"), None)
}

fn database_can_be_reached(context: &Context) -> bool {
    let mut git = Command::new("git");
    git.args(["ls-remote", "--exit-code", DATABASE, "HEAD"])
        .env("GIT_TERMINAL_PROMPT", "0");
    process::run(&mut git, &context.log("advisory database"), Some(PATIENCE)).is_ok()
}
