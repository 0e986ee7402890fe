//! `cargo xtask bench engine`: the engine on public models, and others at the same questions.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::context::Context;
use crate::{build, check, oracle, process, setup, tools};

/// How much is measured.
pub struct Amount {
    /// Fewer models, and fewer and shorter sessions.
    pub quick: bool,
    /// Only the models whose name contains this.
    pub only: Option<String>,
    /// Nothing: the tables of the last run.
    pub markdown: bool,
}

impl Amount {
    /// What a part of a run finds does not take the place of what a whole one has found.
    fn file(&self) -> &'static str {
        if self.quick || self.only.is_some() {
            "engine-part.json"
        } else {
            "engine.json"
        }
    }
}

/// Measures natively and in a browser, prints tables, and keeps all figures as JSON.
pub fn engine(context: &Context, amount: &Amount) -> Result<()> {
    let figures = context.target.join("bench").join(amount.file());
    if amount.markdown {
        let mut node = script(context, &figures)?;
        return process::show(node.arg("--markdown"));
    }
    prepare(context)?;
    std::fs::create_dir_all(context.target.join("bench"))?;
    let mut node = script(context, &figures)?;
    node.args(amount.quick.then_some("--quick"));
    if let Some(only) = &amount.only {
        node.args(["--only", only]);
    }
    match setup::for_comparing(context).and_then(|()| setup::python_packages(context)) {
        Ok(packages) => {
            node.env("PYTHONPATH", packages);
            node.envs(setup::find_python().map(|python| ("QUOTEWRIGHT_PYTHON", python)));
        }
        Err(why) => println!(" SKIPPED  clingo and a SAT solver: {why:#}"),
    }
    if let Ok(models) = oracle::models(context) {
        node.env("QUOTEWRIGHT_MODELS", models);
    }
    process::show(&mut node)?;
    println!("\nall figures: {}", figures.display());
    println!("these tables again, without measuring: --markdown with the same options");
    Ok(())
}

/// The probe, built for measuring on both sides.
fn prepare(context: &Context) -> Result<()> {
    setup::for_browsing(context)?;
    let mut cargo = tools::command(context, "cargo");
    cargo.args([
        "build",
        "--release",
        "--package",
        "quotewright-probe",
        "--bin",
        "probe",
    ]);
    process::run(&mut cargo, &context.log("probe for measuring"), None)?;
    build::probe_for_browser(context)
}

fn script(context: &Context, figures: &Path) -> Result<Command> {
    let mut node = check::node(context)?;
    node.arg("bench-engine.mjs")
        .arg("--json")
        .arg(figures)
        .env("QUOTEWRIGHT_BENCH", context.target.join("release/probe"));
    Ok(node)
}
