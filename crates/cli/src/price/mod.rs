//! `quotewright price`: what a quote comes to, step by step.

mod answer;
mod delivery;
mod form;
#[cfg(test)]
mod golden;
mod inputs;
mod priced;
mod promotions;
pub mod proof;
mod proposed;
mod reading;
mod request;
mod supplier;
mod totals;
mod work_out;

use std::error::Error;
use std::io::{BufRead, BufWriter, Write, read_to_string, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use schemars::schema_for;
use serde::Serialize;
use serde_json::json;

pub use answer::Answer;
use proof::Proof;
use reading::from_json;
pub use request::Request;
pub use work_out::{Pricer, pack, read};

/// Options of `quotewright price`.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with catalog.toml and the sheets.
    #[arg(value_name = "CATALOG", required_unless_present = "schema")]
    catalog: Option<PathBuf>,
    /// Prints the JSON Schema of the request and of the answer, and nothing else.
    #[arg(long)]
    schema: bool,
    /// Prints a proof: the answer with the request and the engine's version, for `verify`.
    #[arg(long)]
    proof: bool,
    /// Tells what the quote leaves the supplier as well: costs, floors, margins, commission.
    #[arg(long, conflicts_with = "proof")]
    supplier: bool,
    /// Reads a request from each line and writes each answer on one (JSON Lines). What has no
    /// price is answered by the reason, as `error`.
    #[arg(long)]
    lines: bool,
}

/// Prices the request on standard input.
///
/// # Errors
/// Where catalog or request are wrong, or there is no price.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let Some(folder) = args.catalog.filter(|_| !args.schema) else {
        let (request, answer) = (schema_for!(Request), schema_for!(Answer));
        return print(&json!({ "request": request, "answer": answer }));
    };
    if args.lines {
        return lines(&folder, (args.proof, args.supplier));
    }
    let text = read_to_string(stdin().lock())
        .map_err(|error| format!("the request on standard input cannot be read: {error}"))?;
    let request = from_json(&text)
        .map_err(|error| format!("the request on standard input cannot be read: {error}"))?;
    let catalog = read(&folder)?;
    let (answer, supplier) = Pricer::new(&catalog).work_out(&request)?;
    match args.proof {
        true => print(&Proof::new(request, answer)),
        false => print(&Answer {
            supplier: args.supplier.then_some(supplier),
            ..answer
        }),
    }
}

/// Answers each line of standard input by one of standard output.
fn lines(folder: &Path, wanted: (bool, bool)) -> Result<ExitCode, Box<dyn Error>> {
    let catalog = read(folder)?;
    let mut pricer = Pricer::new(&catalog);
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let answer = told(&mut pricer, &line?, wanted);
        let answer = answer.unwrap_or_else(|error| json!({ "error": error }).to_string());
        writeln!(out, "{answer}")?;
        // Whoever asks may wait for the answer before asking on.
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The answer to the request on one line, as JSON: as a proof, or with what the supplier sees.
fn told(
    pricer: &mut Pricer<'_>,
    line: &str,
    (proof, for_supplier): (bool, bool),
) -> Result<String, String> {
    let request: Request = from_json(line).map_err(|error| format!("no request: {error}"))?;
    let (answer, supplier) = pricer.work_out(&request)?;
    let json = match proof {
        true => serde_json::to_string(&Proof::new(request, answer)),
        false => serde_json::to_string(&Answer {
            supplier: for_supplier.then_some(supplier),
            ..answer
        }),
    };
    json.map_err(|error| error.to_string())
}

fn print(value: &impl Serialize) -> Result<ExitCode, Box<dyn Error>> {
    let json = serde_json::to_string_pretty(value)?;
    writeln!(stdout(), "{json}")?;
    Ok(ExitCode::SUCCESS)
}
