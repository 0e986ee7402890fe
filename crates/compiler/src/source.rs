//! The files of a catalog.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::{CATALOG_FILE, documents};

/// Folders of a catalog that hold sheets or documents, beside the catalog's own.
const FOLDERS: [&str; 5] = [
    "options",
    "tables",
    "price-tables",
    "delivery-tables",
    "documents",
];

/// The files of a catalog by name, such as `options/belt.csv`, as they are on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogSource {
    files: BTreeMap<String, Vec<u8>>,
}

/// A folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {error}", path.display())]
pub struct ReadError {
    /// What could not be read.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl CatalogSource {
    /// Reads `catalog.toml`, all sheets and the documents from a folder. The only place that does I/O.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read. A file that is missing
    /// is a diagnostic of [`compile`](crate::compile), not an error here.
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        let mut files = BTreeMap::new();
        read_folder(folder, "", &mut files)?;
        for name in FOLDERS {
            let path = folder.join(name);
            if path.is_dir() {
                read_folder(&path, &format!("{name}/"), &mut files)?;
            }
        }
        Ok(Self { files })
    }

    /// A catalog from (name, content) pairs.
    pub fn from_files<N, C>(files: impl IntoIterator<Item = (N, C)>) -> Self
    where
        N: Into<String>,
        C: Into<Vec<u8>>,
    {
        let files = files
            .into_iter()
            .map(|(name, content)| (name.into(), content.into()));
        Self {
            files: files.collect(),
        }
    }

    /// All files by name.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// The content of one file.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), ReadError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| ReadError { path, error }
    };
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let wanted = match prefix {
            documents::FOLDER => documents::is_pdf_name(name),
            _ => name == CATALOG_FILE && prefix.is_empty() || name.ends_with(".csv"),
        };
        // Names that start with a dot or `~$` are left behind by file managers and office programs.
        if !wanted || name.starts_with(['.', '~']) || !path.is_file() {
            continue;
        }
        let content = std::fs::read(&path).map_err(failed(&path))?;
        files.insert(format!("{prefix}{name}"), content);
    }
    Ok(())
}
