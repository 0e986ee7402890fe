//! Compresses once at build time what would otherwise be compressed at each request.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::files;

const EXTENSIONS: &[&str] = &["wasm", "js", "css", "html", "svg", "json"];

/// Writes `file.br` and `file.gz` beside every file of text or wasm in `dist`.
pub fn everything(dist: &Path) -> Result<()> {
    for file in files::all(dist)? {
        let extension = file.extension().and_then(|extension| extension.to_str());
        if extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) {
            let content = fs::read(&file)?;
            fs::write(with(&file, ".br"), brotli(&content)?)?;
            fs::write(with(&file, ".gz"), gzip(&content)?)?;
        }
    }
    Ok(())
}

/// `content` in Brotli's best quality.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Whether `file` is one that [`everything`] wrote.
pub fn is_copy(file: &Path) -> bool {
    file.extension()
        .is_some_and(|extension| extension == "br" || extension == "gz")
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

fn with(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
