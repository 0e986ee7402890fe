//! The built app: a few files, read once at the start, so that no address can
//! ever lead to any other file.

mod file;
mod policy;

pub use policy::PAGE_POLICY;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use walkdir::WalkDir;

use file::AppFile;

/// The page at `/`.
const INDEX: &str = "index.html";

/// The files of the app by their address, without the leading slash.
#[derive(Debug)]
pub struct AppFiles {
    page: AppFile,
    others: BTreeMap<String, AppFile>,
}

impl AppFiles {
    /// Reads the folder of the built app.
    ///
    /// # Errors
    /// Where it cannot be read or holds no `index.html`.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(folder) {
            let entry = entry?;
            let address = entry
                .path()
                .strip_prefix(folder)
                .ok()
                .and_then(Path::to_str);
            let Some(address) = address.filter(|_| entry.file_type().is_file()) else {
                continue;
            };
            if !file::is_encoded_copy(entry.path()) {
                files.insert(
                    address.replace('\\', "/"),
                    AppFile::read(entry.path(), address)?,
                );
            }
        }
        match files.remove(INDEX) {
            Some(page) => Ok(Self {
                page,
                others: files,
            }),
            None => {
                let reason = format!("no {INDEX} in {}", folder.display());
                Err(io::Error::new(io::ErrorKind::NotFound, reason))
            }
        }
    }

    /// The page as it was built.
    pub fn page(&self) -> &AppFile {
        &self.page
    }

    fn get(&self, path: &str) -> Option<&AppFile> {
        match path.strip_prefix('/')? {
            "" | INDEX => Some(&self.page),
            address => self.others.get(address),
        }
    }
}

/// Answers with a file of the app.
pub async fn serve_file(
    State(files): State<Arc<AppFiles>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match (files.get(uri.path()), method) {
        (Some(file), Method::GET | Method::HEAD) => file.answer(&headers),
        (Some(_), _) => (StatusCode::METHOD_NOT_ALLOWED, [("allow", "GET, HEAD")]).into_response(),
        (None, _) => StatusCode::NOT_FOUND.into_response(),
    }
}
