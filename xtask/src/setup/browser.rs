//! Browsers, for the end-to-end tests.

use std::env;
use std::path::PathBuf;

use super::{Step, apt};

/// A browser that the tests know how to drive.
pub struct Browser {
    /// As the variable `QUOTEWRIGHT_BROWSER` of the tests says it.
    pub name: &'static str,
    /// The variable that holds its path.
    pub variable: &'static str,
    /// Its names on PATH.
    commands: &'static [&'static str],
    /// Where macOS keeps it.
    applications: &'static [&'static str],
}

pub const CHROMIUM: Browser = Browser {
    name: "chromium",
    variable: "CHROMIUM",
    commands: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ],
    applications: &[
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ],
};

pub const FIREFOX: Browser = Browser {
    name: "firefox",
    variable: "FIREFOX",
    commands: &["firefox", "firefox-esr"],
    applications: &["/Applications/Firefox.app/Contents/MacOS/firefox"],
};

pub const CHROMIUM_STEP: Step = Step {
    name: "browser",
    ready: |_| CHROMIUM.find().map(|path| path.display().to_string()),
    provide: |context| apt::install(context, &["chromium"]),
    help: "Install Chromium or Chrome, or set CHROMIUM to the path of one.",
};

pub const FIREFOX_STEP: Step = Step {
    name: "Firefox",
    ready: |_| FIREFOX.find().map(|path| path.display().to_string()),
    provide: |context| apt::install(context, &["firefox-esr"]),
    help: "Install Firefox, or set FIREFOX to the path of one.",
};

impl Browser {
    /// Where it is: as its variable says, on PATH, or where macOS keeps it.
    pub fn find(&self) -> Option<PathBuf> {
        if let Some(path) = env::var_os(self.variable) {
            return Some(PathBuf::from(path)).filter(|path| path.exists());
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        self.commands
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
            .chain(self.applications.iter().map(PathBuf::from))
            .find(|path| path.is_file())
    }
}
