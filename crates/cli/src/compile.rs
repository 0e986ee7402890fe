//! `quotewright compile`: models and price packs as files.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use quotewright_compiler::{CatalogSource, compile};

use crate::check::tell;

/// Options of `quotewright compile`.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with catalog.toml and the sheets.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Folder to write to; it is made where it is missing.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Writes the models to `models/{catalog hash}/{product}.json`, which are public,
/// the documents to `documents/{hash}.pdf`, and the price packs to
/// `packs/{pack hash}.json`, each private to its book's customer. Fails, and writes nothing, where the catalog has errors.
///
/// # Errors
/// Where a folder cannot be read or a file cannot be written.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let source = CatalogSource::read(&args.folder)?;
    let compilation = compile(&source);
    tell(&source, &compilation)?;
    let Some(catalog) = compilation.catalog else {
        return Ok(ExitCode::FAILURE);
    };
    for model in &catalog.models {
        let name = format!("models/{}/{}.json", model.hash, model.product);
        write(&args.out.join(name), &serde_json::to_vec(model)?)?;
    }
    for file in &catalog.documents {
        let name = format!("documents/{}.pdf", file.hash);
        write(&args.out.join(name), &file.content)?;
    }
    for compiled in &catalog.packs {
        let name = format!("packs/{}.json", compiled.pack.hash);
        write(&args.out.join(name), &serde_json::to_vec(&compiled.pack)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, content: &[u8]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, content).map_err(failed)
}
