//! `cargo xtask bench`: the figures that depend on the machine.

mod engine;

pub use engine::Amount;

use anyhow::{Result, bail};

use crate::build::{self, Mode};
use crate::context::Context;
use crate::{check, process, setup, tools};

/// Measures `what`, or everything that can be measured.
///
/// The engine's figures take a quarter of an hour and other people's models, so they are asked
/// for by name.
pub fn bench(context: &Context, what: Option<&str>, amount: &Amount) -> Result<()> {
    match what {
        Some("click") => click(context),
        Some("app") => app(context, amount),
        Some("endpoint") => endpoint(context),
        Some("engine") => engine::engine(context, amount),
        Some("price") => price(context, amount),
        None => click(context).and_then(|()| endpoint(context)),
        Some(other) => bail!("`bench {other}` is not known: app, click, endpoint, engine, price"),
    }
}

/// Milliseconds for each click in a browser.
fn click(context: &Context) -> Result<()> {
    setup::for_browsing(context)?;
    build::app_if_changed(context, Mode::Release)?;
    tools::build_quotewright(context)?;
    build::probe(context)?;
    process::show(check::node(context)?.arg("bench-click.mjs"))
}

/// What a buyer waits for: the first page, the answer to a click, the page without a network.
fn app(context: &Context, amount: &Amount) -> Result<()> {
    setup::for_browsing(context)?;
    build::app_if_changed(context, Mode::Release)?;
    tools::build_quotewright(context)?;
    let mut node = check::node(context)?;
    node.arg("bench-app.mjs");
    node.args(amount.quick.then_some("--quick"));
    process::show(&mut node)
}

/// Quotes of many lines and large packs in a browser, and others at the same sums.
fn price(context: &Context, amount: &Amount) -> Result<()> {
    setup::for_browsing(context)?;
    build::probe(context)?;
    let mut node = check::node(context)?;
    node.arg("bench-price.mjs");
    node.args(amount.quick.then_some("--quick"));
    process::show(&mut node)
}

/// Requests for each second at the endpoint.
fn endpoint(context: &Context) -> Result<()> {
    let mut cargo = tools::command(context, "cargo");
    cargo
        .args(["run", "--release", "--package", "quotewright-endpoint"])
        .args(["--example", "throughput"]);
    process::show(&mut cargo)
}
