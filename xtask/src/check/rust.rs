//! What Rust's own tools check.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Check, Outcome, tally::Tally};
use crate::context::Context;
use crate::{process, tools};

pub const FORMAT: Check = Check {
    name: "format",
    run: |context| cargo(context, "format", &["fmt", "--all", "--check"], &[]),
};

pub const CLIPPY: Check = Check {
    name: "clippy",
    run: |context| {
        let arguments = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ];
        cargo(context, "clippy", &arguments, &[])
    },
};

pub const DOCUMENTATION: Check = Check {
    name: "documentation",
    run: |context| {
        // Examples too: with them cargo takes the dependencies as clippy has left them.
        let arguments = [
            "doc",
            "--workspace",
            "--no-deps",
            "--lib",
            "--bins",
            "--examples",
        ];
        let strict = [("RUSTDOCFLAGS", "-D warnings")];
        cargo(context, "documentation", &arguments, &strict)
    },
};

/// Everything at once: cargo builds a dependency again where other features are asked of it.
pub const BUILD: Check = Check {
    name: "build the crates and their tests",
    run: |context| {
        let arguments = ["build", "--workspace", "--all-targets"];
        cargo(context, "build", &arguments, &[])
    },
};

pub const TESTS: Check = Check {
    name: "tests of the crates",
    run: |context| {
        let log = context.log("tests");
        let mut command = tools::command(context, "cargo");
        command.args(["test", "--workspace", "--no-fail-fast"]);
        counted(&mut command, &log)
    },
};

/// Runs a test runner and counts what it reports.
pub fn counted(command: &mut Command, log: &Path) -> Outcome {
    let result = process::run(command, log, None);
    let output = fs::read(log).unwrap_or_default();
    let mut tally = Tally::of(&String::from_utf8_lossy(&output));
    match result {
        Ok(()) if tally.failed == 0 => Outcome::Passed(tally),
        Ok(()) => Outcome::Failed(tally, format!("see {}", log.display())),
        Err(error) => {
            // Also what never came to run has failed.
            tally.failed = tally.failed.max(1);
            Outcome::Failed(tally, format!("{error:#}"))
        }
    }
}

fn cargo(context: &Context, name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let mut command = tools::command(context, "cargo");
    command.args(arguments).envs(variables.iter().copied());
    process::run(&mut command, &context.log(name), None).into()
}
