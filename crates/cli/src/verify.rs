//! `quotewright verify`: works a proof out again.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use quotewright_compiler::CATALOG_FILE;
use serde_json::Value as Json;

use crate::price::proof::Proof;
use crate::price::{Pricer, read};

/// Options of `quotewright verify`.
#[derive(clap::Args)]
pub struct Args {
    /// A proof, as `quotewright price --proof` prints it.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder with the catalog that the proof is about. Where it is left out, this folder, one
    /// here or one in `catalogs` with the catalog's code as its name.
    #[arg(long, value_name = "FOLDER")]
    catalog: Option<PathBuf>,
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
    let folder = match args.catalog {
        Some(folder) => folder,
        None => folder_of(&stated)?,
    };
    let catalog = read(&folder)?;
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

/// The folder here that is likely to have the catalog that a proof is about.
fn folder_of(stated: &Json) -> Result<PathBuf, String> {
    let code = stated.pointer("/answer/catalog").and_then(Json::as_str);
    let code = code.filter(|it| is_code(it)).unwrap_or_default();
    let places = [
        code.into(),
        Path::new("catalogs").join(code),
        PathBuf::from("."),
    ];
    let mut found = places
        .into_iter()
        .filter(|it| it.join(CATALOG_FILE).is_file());
    found.next().ok_or_else(|| {
        format!(
            "say where the catalog `{code}` is that the proof is about: quotewright verify FILE --catalog FOLDER"
        )
    })
}

/// Whether a word can be the code of a catalog, and so leads to no other folder.
fn is_code(word: &str) -> bool {
    let mut letters = word.chars();
    letters.all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || "-_".contains(it))
}
