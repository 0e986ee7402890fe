//! What cargo-deny checks in deny.toml's terms.

use std::process::Command;

use super::{Check, Outcome};
use crate::context::Context;
use crate::{process, tools};

const MISSING: &str = "cargo-deny is not installed (`cargo install cargo-deny`)";

pub const RULES: Check = Check {
    name: "licences, bans and sources of dependencies",
    run: |context| {
        if !exists() {
            return Outcome::Skipped(MISSING.to_owned());
        }
        let mut command = deny(context, &["licenses", "bans", "sources"]);
        process::run(&mut command, &context.log("cargo deny"), None).into()
    },
};

pub const ADVISORIES: Check = Check {
    name: "advisories about dependencies",
    run: |context| {
        if !exists() {
            return Outcome::Skipped(MISSING.to_owned());
        }
        if !can_fetch() {
            return Outcome::Skipped("the advisory database cannot be reached".to_owned());
        }
        let mut command = deny(context, &["advisories"]);
        process::run(&mut command, &context.log("cargo deny advisories"), None).into()
    },
};

fn exists() -> bool {
    process::output(Command::new("cargo-deny").arg("--version")).is_some()
}

/// Fetching fails also on machines whose network only reaches package registries.
fn can_fetch() -> bool {
    const DATABASE: &str = "https://github.com/rustsec/advisory-db";
    let mut git = Command::new("git");
    git.args(["ls-remote", "--exit-code", DATABASE, "HEAD"])
        .env("GIT_TERMINAL_PROMPT", "0");
    process::output(&mut git).is_some()
}

fn deny(context: &Context, checks: &[&str]) -> Command {
    let mut command = tools::command(context, "cargo");
    command.args(["deny", "--workspace", "check"]).args(checks);
    command
}
