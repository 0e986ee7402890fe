use std::path::{Path, PathBuf};

use quotewright_compiler::{CATALOG_FILE, CatalogSource, Compilation, ReadError, compile, render};

use super::Offer;

/// Why catalogs cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// Files cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// There is no catalog at all.
    #[error("no {CATALOG_FILE} in {0} or in a folder of it")]
    None(PathBuf),
    /// Two catalogs have the same code.
    #[error("two catalogs have the code `{0}`")]
    Twice(String),
    /// A catalog has mistakes.
    #[error("{} has mistakes:\n{report}", folder.display())]
    Invalid {
        /// Its folder.
        folder: PathBuf,
        /// All that is wrong, as `quotewright check` says it.
        report: String,
    },
}

/// Compiles the catalog in `folder`, or all those in folders of it, by name.
///
/// # Errors
/// [`CatalogError`]: a catalog with a mistake is not served.
pub fn compile_offers(folder: &Path) -> Result<Vec<Offer>, CatalogError> {
    let mut offers: Vec<Offer> = Vec::new();
    for folder in catalog_folders(folder)? {
        let offer = compile_offer(folder)?;
        let code = &offer.edition().code;
        if offers.iter().any(|other| other.edition().code == *code) {
            return Err(CatalogError::Twice(code.clone()));
        }
        offers.push(offer);
    }
    Ok(offers)
}

fn compile_offer(folder: PathBuf) -> Result<Offer, CatalogError> {
    let source = CatalogSource::read(&folder)?;
    match compile(&source) {
        Compilation {
            catalog: Some(catalog),
            ..
        } => Ok(Offer::from(catalog)),
        Compilation { diagnostics, .. } => {
            let report = render(&diagnostics, &source, false);
            Err(CatalogError::Invalid { folder, report })
        }
    }
}

fn catalog_folders(folder: &Path) -> Result<Vec<PathBuf>, CatalogError> {
    let is_catalog = |folder: &Path| folder.join(CATALOG_FILE).is_file();
    if is_catalog(folder) {
        return Ok(vec![folder.to_owned()]);
    }
    let failed = |error| ReadError {
        path: folder.to_owned(),
        error,
    };
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if is_catalog(&path) {
            folders.push(path);
        }
    }
    folders.sort();
    if folders.is_empty() {
        Err(CatalogError::None(folder.to_owned()))
    } else {
        Ok(folders)
    }
}
