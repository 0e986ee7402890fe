//! The files of a folder, in a fixed order.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// All files below `folder`, sorted; a file is its own only one.
pub fn all(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if folder.is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        found.extend(all(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}
