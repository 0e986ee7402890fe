//! Prices by exact fractions.

use super::{Check, Outcome, tally::Tally};
use crate::context::Context;
use crate::{prices, process, tools};

/// A short run: twenty thousand quotes.
pub const COMPARISON: Check = Check {
    name: "random quotes by exact fractions",
    run,
};

fn run(context: &Context) -> Outcome {
    let mut command = match prices::prepared(context) {
        Ok(command) => command,
        Err(why) => return Outcome::Skipped(format!("{why:#}")),
    };
    command
        .arg("--quotewright")
        .arg(tools::quotewright(context));
    match process::run(&mut command, &context.log("prices"), None) {
        Ok(()) => Outcome::Passed(Tally::one(true)),
        Err(error) => Outcome::Failed(Tally::one(false), format!("{error:#}")),
    }
}
