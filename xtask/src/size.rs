//! The bytes of the first page load.

use std::fs;

use anyhow::{Result, ensure};

use crate::build;
use crate::context::Context;

/// The most that the first page load may weigh, in bytes after Brotli.
pub const BUDGET: usize = 200_000;

/// One file of the first page load.
struct Weight {
    name: String,
    raw: usize,
    brotli: usize,
}

/// Prints raw and compressed bytes by file; an error if they exceed the budget.
pub fn print_and_check(context: &Context) -> Result<()> {
    let weights = weigh(context)?;
    println!("{:>12} {:>12}", "raw bytes", "brotli");
    for weight in &weights {
        println!("{:>12} {:>12}  {}", weight.raw, weight.brotli, weight.name);
    }
    let raw: usize = weights.iter().map(|weight| weight.raw).sum();
    let brotli: usize = weights.iter().map(|weight| weight.brotli).sum();
    println!("{raw:>12} {brotli:>12}  in all, of {BUDGET} allowed");
    ensure!(
        brotli <= BUDGET,
        "the first page load is {} bytes over its budget",
        brotli - BUDGET
    );
    Ok(())
}

/// Everything in dist/ is loaded by the first page, or by the service worker it starts.
fn weigh(context: &Context) -> Result<Vec<Weight>> {
    let dist = context.dist();
    ensure!(
        dist.join("index.html").exists(),
        "there is no dist/index.html: run `cargo xtask build` first"
    );
    let mut weights = Vec::new();
    for file in build::files(&dist)? {
        let is_copy = file
            .extension()
            .is_some_and(|extension| extension == "br" || extension == "gz");
        if !is_copy {
            let content = fs::read(&file)?;
            weights.push(Weight {
                name: file.strip_prefix(&dist)?.display().to_string(),
                raw: content.len(),
                brotli: build::brotli(&content)?.len(),
            });
        }
    }
    Ok(weights)
}
