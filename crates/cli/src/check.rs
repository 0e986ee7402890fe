//! `quotewright check`: everything that is wrong with a catalog.

use std::error::Error;
use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use quotewright_compiler::{CatalogSource, Compilation, Severity, compile_on, render};

use crate::product::today;

/// Options of `quotewright check`.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with catalog.toml and the sheets.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// How to say it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs: a list of diagnostics.
    Json,
}

/// Says everything that is wrong; fails where there are errors, warnings are fine.
///
/// # Errors
/// Where the folder cannot be read.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let source = CatalogSource::read(&args.folder)?;
    let compilation = compile_on(&source, today());
    match args.format {
        Format::Text => tell(&source, &compilation)?,
        Format::Json => {
            let json = serde_json::to_string_pretty(&compilation.diagnostics)?;
            writeln!(stdout(), "{json}")?;
        }
    }
    Ok(match compilation.catalog {
        Some(_) => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
    })
}

/// Prints the diagnostics and one line that sums them up.
pub fn tell(source: &CatalogSource, compilation: &Compilation) -> std::io::Result<()> {
    let styled = stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let text = render(&compilation.diagnostics, source, styled);
    writeln!(stdout(), "{text}{}", summary(compilation))
}

fn summary(compilation: &Compilation) -> String {
    let count = |severity, name| {
        let found = compilation.diagnostics.iter();
        match found.filter(|it| it.severity == severity).count() {
            0 => None,
            1 => Some(format!("1 {name}")),
            many => Some(format!("{many} {name}s")),
        }
    };
    let counts = [
        count(Severity::Error, "error"),
        count(Severity::Warning, "warning"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let found = if counts.is_empty() {
        "nothing wrong".to_owned()
    } else {
        counts.join(", ")
    };
    match &compilation.catalog {
        None => found,
        Some(catalog) => format!(
            "{found}: catalog `{}` with {} product(s) and {} price book(s)",
            catalog.id,
            catalog.models.len(),
            catalog.packs.len(),
        ),
    }
}
