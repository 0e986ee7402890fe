//! `quotewright import`: a model of another format as COOM text.

use std::error::Error;
use std::fs;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use quotewright_compiler::export::to_coom;

use crate::product::Product;

/// Options of `quotewright import`.
#[derive(clap::Args)]
pub struct Args {
    /// A .uvl, .xml (XCSP) or .cnf (DIMACS) file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// File to write to; standard output where not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the model in COOM.
///
/// # Errors
/// Where the file cannot be read, or has something that cannot be written in COOM.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let product = Product::of_file(&args.file)?;
    let text = to_coom(&product.model)?;
    match &args.out {
        Some(path) => fs::write(path, text)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?,
        None => stdout().write_all(text.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}
