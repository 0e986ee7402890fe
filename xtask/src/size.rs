//! The bytes of the first page load.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::context::Context;
use crate::{build, process, tools};

/// What the first page load is meant to weigh one day, in bytes after Brotli.
const AIM: usize = 200_000;
/// The most that it may weigh today until it shows itself, so that growth is seen. In the
/// way of the aim stands the code that Leptos makes for each view, and that of prices.
const PAGE_BUDGET: usize = 895_000;
/// The most that it may weigh today with the reasoner, which comes after that.
const BUDGET: usize = 1_365_000;
/// How the names of the reasoner's files begin.
const REASONER: [&str; 2] = ["quotewright-reasoner", "quotewright-worker"];
/// The catalog of the first page.
const CATALOG: &str = "catalogs/conveyor";

/// One file of the first page load.
struct Weight {
    name: String,
    raw: usize,
    brotli: usize,
}

/// Prints raw and compressed bytes by file; an error if they exceed a budget.
pub fn print_and_check(context: &Context) -> Result<()> {
    let mut weights = of_app(context)?;
    weights.extend(of_catalog(context)?);
    let is_reasoner = |it: &Weight| REASONER.iter().any(|name| it.name.starts_with(name));
    let (reasoner, page): (Vec<Weight>, Vec<Weight>) = weights.into_iter().partition(is_reasoner);
    println!("{:>12} {:>12}", "raw bytes", "brotli");
    let page = print(&page, "until the page shows itself");
    println!("{:>12} {PAGE_BUDGET:>12}  is the budget", "");
    println!("{:>12} {AIM:>12}  is the aim", "");
    let all = page + print(&reasoner, "more with the reasoner");
    println!("{:>12} {all:>12}  in all", "");
    println!("{:>12} {BUDGET:>12}  is the budget", "");
    for (what, bytes, budget) in [
        ("page", page, PAGE_BUDGET),
        ("first page load", all, BUDGET),
    ] {
        ensure!(
            bytes <= budget,
            "the {what} is {} bytes over its budget of {budget}",
            bytes.saturating_sub(budget)
        );
    }
    Ok(())
}

/// Prints the files and their sum, which is returned after Brotli.
fn print(weights: &[Weight], what: &str) -> usize {
    for weight in weights {
        println!("{:>12} {:>12}  {}", weight.raw, weight.brotli, weight.name);
    }
    let raw: usize = weights.iter().map(|weight| weight.raw).sum();
    let brotli: usize = weights.iter().map(|weight| weight.brotli).sum();
    println!("{raw:>12} {brotli:>12}  {what}");
    brotli
}

/// Everything in dist/ is loaded by the first page, or by the service worker it starts.
fn of_app(context: &Context) -> Result<Vec<Weight>> {
    let dist = context.dist();
    ensure!(
        dist.join("index.html").exists(),
        "there is no dist/index.html: run `cargo xtask build` first"
    );
    weigh(&dist)
}

/// The model, and the heaviest of the price packs: a page loads one.
fn of_catalog(context: &Context) -> Result<Vec<Weight>> {
    let out = context.target.join("xtask/catalog");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let mut command = tools::command(context, &tools::quotewright(context).to_string_lossy());
    command.args(["compile", CATALOG, "--out"]).arg(&out);
    process::run(&mut command, &context.log("compile"), None)?;
    let mut weights = weigh(&out.join("models"))?;
    let packs = weigh(&out.join("packs"))?;
    weights.extend(packs.into_iter().max_by_key(|pack| pack.brotli));
    Ok(weights)
}

fn weigh(folder: &Path) -> Result<Vec<Weight>> {
    let mut weights = Vec::new();
    for file in build::files(folder)? {
        if build::is_compressed_copy(&file) {
            continue;
        }
        let content = fs::read(&file)?;
        weights.push(Weight {
            name: file.strip_prefix(folder)?.display().to_string(),
            raw: content.len(),
            brotli: build::brotli(&content)?.len(),
        });
    }
    Ok(weights)
}
