//! `cargo xtask bench engine`: the engine on public models, and others at the same questions.

use anyhow::Result;

use crate::context::Context;
use crate::{build, check, oracle, process, setup, tools};

/// How much is measured.
pub struct Amount {
    /// Fewer and shorter sessions.
    pub quick: bool,
    /// Only the models whose name contains this.
    pub only: Option<String>,
}

/// Measures natively and in a browser, prints tables, and keeps all figures as JSON.
pub fn engine(context: &Context, amount: &Amount) -> Result<()> {
    setup::for_browsing(context)?;
    let mut cargo = tools::command(context, "cargo");
    cargo.args(["build", "--release", "--package", "quotewright-probe"]);
    process::run(&mut cargo, &context.log("probe for measuring"), None)?;
    build::probe(context)?;

    let figures = context.target.join("bench/engine.json");
    std::fs::create_dir_all(context.target.join("bench"))?;
    let mut node = check::node(context)?;
    node.arg("bench-engine.mjs")
        .arg("--json")
        .arg(&figures)
        .args(amount.quick.then_some("--quick"))
        .env(
            "QUOTEWRIGHT_BENCH",
            context.target.join("release/bench-engine"),
        );
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
    println!("again: cargo xtask bench engine [--quick] [--only NAME]");
    Ok(())
}
