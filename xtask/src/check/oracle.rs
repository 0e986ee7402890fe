//! Independent solvers.

use super::{Check, Outcome, tally::Tally};
use crate::context::Context;
use crate::{oracle, process, tools};

/// A short run: some thousand values.
pub const COMPARISON: Check = Check {
    name: "comparison with independent solvers",
    run,
};

fn run(context: &Context) -> Outcome {
    let mut command = match oracle::prepared(context) {
        Ok(command) => command,
        Err(why) => return Outcome::Skipped(format!("{why:#}")),
    };
    command
        .arg("--quotewright")
        .arg(tools::quotewright(context));
    match process::run(&mut command, &context.log("oracle"), None) {
        Ok(()) => Outcome::Passed(Tally::one(true)),
        Err(error) => Outcome::Failed(Tally::one(false), format!("{error:#}")),
    }
}
