//! `cargo xtask oracle`: sessions on public models, compared with independent solvers.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::context::Context;
use crate::{process, setup, tools};

/// Compares, with the output on the terminal; says so where it cannot.
pub fn oracle(context: &Context, long: bool, only: Option<&str>) -> Result<()> {
    match prepared(context) {
        Ok(mut command) => {
            build(context, long)?;
            command.arg("--quotewright").arg(quotewright(context, long));
            command.args(long.then_some("--long"));
            if let Some(only) = only {
                command.args(["--only", only]);
            }
            process::show(&mut command)
        }
        Err(why) => {
            println!(" SKIPPED  oracle: {why:#}");
            Ok(())
        }
    }
}

/// The command without the program under test; an error says why it cannot be run here.
pub fn prepared(context: &Context) -> Result<Command> {
    let models = models(context)?;
    setup::for_comparing(context)?;
    let mut command = python(context)?;
    command
        .arg(context.root.join("tests/oracle/run.py"))
        .arg("--models")
        .arg(models);
    Ok(command)
}

/// Python with the packages.
pub fn python(context: &Context) -> Result<Command> {
    let python = setup::find_python().context("there is no Python 3.10 or newer")?;
    let mut command = Command::new(python);
    command
        .current_dir(&context.root)
        .env("PYTHONPATH", setup::python_packages(context)?);
    Ok(command)
}

/// The folder of public models, which is not part of the repository.
pub fn models(context: &Context) -> Result<PathBuf> {
    let folder = match std::env::var_os("QUOTEWRIGHT_MODELS") {
        Some(folder) => std::path::absolute(folder)?,
        None => context.root.join("../shared/models"),
    };
    let shown = folder.display();
    anyhow::ensure!(
        folder.is_dir(),
        "there is no folder of models at {shown} (QUOTEWRIGHT_MODELS)"
    );
    Ok(folder)
}

/// A long run is worth a build with optimisation.
pub fn build(context: &Context, long: bool) -> Result<()> {
    if !long {
        return tools::build_quotewright(context);
    }
    let mut cargo = tools::command(context, "cargo");
    cargo.args(["build", "--release", "--package", "quotewright-cli"]);
    process::run(&mut cargo, &context.log("quotewright for the oracle"), None)
}

/// The command that a run asks.
pub fn quotewright(context: &Context, long: bool) -> PathBuf {
    if long {
        context.target.join("release/quotewright")
    } else {
        tools::quotewright(context)
    }
}
