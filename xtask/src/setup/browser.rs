//! Chromium, for the end-to-end tests.

use std::env;
use std::path::PathBuf;

use super::{Step, apt};

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const APPLICATIONS: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

pub const STEP: Step = Step {
    name: "browser",
    ready: |_| find().map(|path| path.display().to_string()),
    provide: |context| apt::install(context, &["chromium"]),
    help: "Install Chromium or Chrome, or set CHROMIUM to the path of one.",
};

/// The browser: from the variable CHROMIUM, on PATH, or where macOS keeps it.
pub fn find() -> Option<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM") {
        return Some(PathBuf::from(path)).filter(|path| path.exists());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .chain(APPLICATIONS.iter().map(PathBuf::from))
        .find(|path| path.is_file())
}
