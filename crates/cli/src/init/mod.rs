//! `quotewright init`: a catalog to start from.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use quotewright_compiler::CATALOG_FILE;

/// Options of `quotewright init`.
#[derive(clap::Args)]
pub struct Args {
    /// The folder; made when missing. Its name becomes the catalog's code.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// The code that stands in the template.
const CODE: &str = "my-catalog";

/// Each file of the template.
const FILES: [(&str, &str); 8] = [
    (CATALOG_FILE, include_str!("template/catalog.toml")),
    ("products.csv", include_str!("template/products.csv")),
    ("groups.csv", include_str!("template/groups.csv")),
    ("attributes.csv", include_str!("template/attributes.csv")),
    ("options/top.csv", include_str!("template/options/top.csv")),
    ("rules.csv", include_str!("template/rules.csv")),
    ("prices.csv", include_str!("template/prices.csv")),
    ("tiers.csv", include_str!("template/tiers.csv")),
];

/// Writes a small catalog that passes `check`, and says what to do next.
///
/// # Errors
/// Where the folder holds files already, or cannot be written.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let folder = &args.folder;
    let shown = folder.display();
    let is_used = fs::read_dir(folder).is_ok_and(|mut it| it.next().is_some());
    if is_used {
        return Err(format!("{shown} holds files already: name a new folder").into());
    }
    let code = code_of(folder);
    for (name, text) in FILES {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text.replace(CODE, &code))?;
    }
    println!("Wrote a catalog of one workbench to {shown}. Next:");
    println!("  quotewright dev {shown}     shows it, and every change that you save");
    println!("  quotewright check {shown}   says everything that is wrong with it");
    Ok(ExitCode::SUCCESS)
}

/// The folder's name as a code; the template's own where nothing of it can be in one.
fn code_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let letters = name.to_lowercase();
    let letters = letters.chars().map(|it| match it {
        'a'..='z' | '0'..='9' | '_' => it,
        _ => '-',
    });
    let code: String = letters.take(64).collect();
    let code = code.trim_matches('-');
    match code.starts_with(|it: char| it.is_ascii_lowercase()) {
        true => code.to_owned(),
        false => CODE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_name_of_the_folder_as_far_as_it_can_be_one() {
        for (folder, expected) in [
            ("benches", "benches"),
            ("some/where/Our Benches", "our-benches"),
            ("bänke", "b-nke"),
            ("2026", CODE),
            ("..", CODE),
        ] {
            assert_eq!(code_of(Path::new(folder)), expected);
        }
    }
}
