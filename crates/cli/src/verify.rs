//! `quotewright verify`: works a proof out again.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::Value as Json;

use crate::price::proof::Proof;
use crate::price::{Pricer, read};

/// Options of `quotewright verify`.
#[derive(clap::Args)]
pub struct Args {
    /// A proof, as `quotewright price --proof` prints it.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder with the catalog that the proof is about.
    #[arg(long, value_name = "FOLDER")]
    catalog: PathBuf,
}

/// Says whether a proof holds, and otherwise everything that differs.
///
/// # Errors
/// Where proof or catalog cannot be read, or the request has no price.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let file = File::open(&args.file)
        .map_err(|error| format!("cannot read {}: {error}", args.file.display()))?;
    let stated: Json = serde_json::from_reader(BufReader::new(file))
        .map_err(|error| format!("{} is not a proof: {error}", args.file.display()))?;
    let catalog = read(&args.catalog)?;
    let (again, found) = Proof::again(&stated, &mut Pricer::new(&catalog))?;
    let mut out = stdout();
    for it in &found {
        writeln!(out, "{it}")?;
    }
    if found.is_empty() {
        let totals = &again.answer.totals;
        let currency = &again.answer.currency;
        writeln!(
            out,
            "the proof holds: {currency} {} before tax, {} with it",
            totals.net, totals.gross
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        out,
        "the proof does not hold: {} values differ",
        found.len()
    )?;
    Ok(ExitCode::FAILURE)
}
