//! `quotewright import`: a model of another format as COOM text.

use std::error::Error;
use std::fs;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use quotewright_compiler::export::{NotInCoom, to_coom};
use quotewright_compiler::{CatalogSource, Diagnostic, Location, render};

use crate::product::{Product, read_text};

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
    let text = to_coom(&product.model).map_err(|error| placed(&args.file, &error))?;
    match &args.out {
        Some(path) => fs::write(path, text)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?,
        None => stdout().write_all(text.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What cannot be written, with its place: rules of UVL are called `line 12`, with the name of
/// the file before that where it is an imported one. Others have names of their own.
fn placed(path: &Path, error: &NotInCoom) -> String {
    let place = || {
        let (file, line) = error.code.rsplit_once("line ")?;
        let path = match file.trim_end() {
            "" => path.to_owned(),
            imported => path.parent().unwrap_or(Path::new("")).join(imported),
        };
        let (name, text) = read_text(&path).ok()?;
        let line = line.parse::<usize>().ok()?.checked_sub(1)?;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let words = text.lines().nth(line)?;
        let start = start + words.len() - words.trim_start().len();
        let location = Location::bytes(name.as_str(), start..start + words.trim().len());
        let what = error.construct.trim_end_matches(", in rule");
        let what = format!("{what} cannot be written in COOM");
        let diagnostic = Diagnostic::error("not-in-coom", location, what);
        let source = CatalogSource::from_files([(name, text)]);
        Some(render(&[diagnostic], &source, false))
    };
    place().unwrap_or_else(|| format!("{}: {error}", path.display()))
}
