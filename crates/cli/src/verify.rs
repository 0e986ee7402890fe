//! `quotewright verify`: works a proof out again.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::price::proof::{Proof, differences};
use crate::price::{read, work_out};

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
    let proof: Proof = serde_json::from_reader(BufReader::new(file))
        .map_err(|error| format!("{} is not a proof: {error}", args.file.display()))?;
    let (answer, _) = work_out(&read(&args.catalog)?, &proof.request)?;
    let again = Proof::new(proof.request.clone(), answer);
    let found = differences(
        &serde_json::to_value(&proof)?,
        &serde_json::to_value(&again)?,
    );
    let mut out = stdout();
    for it in &found {
        writeln!(
            out,
            "{}: {} should be {}",
            it.pointer, it.stated, it.correct
        )?;
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
