//! `cargo xtask prices`: random quotes, compared with exact fractions.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::context::Context;
use crate::{oracle, process, setup};

/// How many quotes, and which.
pub struct Amount {
    /// Ten million instead of twenty thousand.
    pub long: bool,
    /// Another number.
    pub quotes: Option<u64>,
    /// The same quotes for the same number.
    pub seed: Option<u64>,
}

/// Compares, with the output on the terminal.
pub fn prices(context: &Context, amount: &Amount) -> Result<()> {
    let mut command = prepared(context)?;
    oracle::build(context, amount.long)?;
    let quotewright = oracle::quotewright(context, amount.long);
    command.arg("--quotewright").arg(quotewright);
    command.args(amount.long.then_some("--long"));
    for (option, number) in [("--quotes", amount.quotes), ("--seed", amount.seed)] {
        if let Some(number) = number {
            command.args([option, &number.to_string()]);
        }
    }
    process::show(&mut command)
}

/// The command without the program under test; an error says why it cannot be run here.
pub fn prepared(context: &Context) -> Result<Command> {
    let python = setup::find_python().context("there is no Python 3.10 or newer")?;
    let mut command = Command::new(python);
    command
        .current_dir(&context.root)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(context.root.join("tests/prices/run.py"));
    Ok(command)
}
