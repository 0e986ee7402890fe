//! `quotewright price`: what a quote comes to, step by step.

mod answer;
mod delivery;
pub mod proof;
mod request;
mod supplier;
mod work_out;

use std::error::Error;
use std::io::{Write, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use schemars::schema_for;
use serde::Serialize;
use serde_json::json;

pub use answer::Answer;
use proof::Proof;
pub use request::Request;
pub use work_out::{pack, read, work_out};

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
    let request = serde_json::from_reader(stdin().lock())
        .map_err(|error| format!("the request on standard input cannot be read: {error}"))?;
    let catalog = read(&folder)?;
    let (answer, supplier) = work_out(&catalog, &request)?;
    match args.proof {
        true => print(&Proof::new(request, answer)),
        false if args.supplier => print(&Answer {
            supplier: Some(supplier),
            ..answer
        }),
        false => print(&answer),
    }
}

fn print(value: &impl Serialize) -> Result<ExitCode, Box<dyn Error>> {
    let json = serde_json::to_string_pretty(value)?;
    writeln!(stdout(), "{json}")?;
    Ok(ExitCode::SUCCESS)
}
