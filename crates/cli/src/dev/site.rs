//! The app with what a page needs to follow the catalog, in a folder of its own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::TempDir;

/// What follows the catalog in the page.
const SCRIPT: &str = include_str!("preview.js");
const SCRIPT_TAG: &str = "<script type=\"module\" src=\"/preview.js\"></script></head>";
/// It would keep the app of an earlier run.
const SERVICE_WORKER: &str = "service-worker.js";

/// A folder that goes when the command ends.
pub struct Site(TempDir);

/// What a page is told.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Preview {
    /// Counts every look at the sheets.
    version: u32,
    /// Counts what could be served: a page comes anew for each.
    edition: u32,
    /// What the report is about.
    title: &'static str,
    /// What is wrong; empty where nothing is.
    report: String,
}

impl Preview {
    /// After another look at the sheets; `good` where they can be served.
    pub fn next(&mut self, good: bool, report: &str) {
        self.version += 1;
        self.edition += u32::from(good);
        self.title = match (good, self.edition) {
            (true, _) => "This can be shown, but something is not right",
            (false, 0) => "Nothing can be shown until this is mended",
            (false, _) => "The last change has mistakes: this page shows the state before",
        };
        self.report = report.to_owned();
    }
}

impl Site {
    /// The app in `app`, with the script.
    ///
    /// # Errors
    /// Where it cannot be read or copied.
    pub fn of(app: &Path) -> io::Result<Self> {
        let site = Self(tempfile::tempdir()?);
        let to = site.app();
        fs::create_dir(&to)?;
        copy(app, &to)?;
        let page = to.join("index.html");
        let text = fs::read_to_string(&page)?.replacen("</head>", SCRIPT_TAG, 1);
        fs::write(page, text)?;
        fs::write(to.join("preview.js"), SCRIPT)?;
        Ok(site)
    }

    /// Folder of the app.
    pub fn app(&self) -> PathBuf {
        self.0.path().join("app")
    }

    /// The database, for requests that are sent to try things out.
    pub fn data(&self) -> PathBuf {
        self.0.path().join("quotewright.sqlite")
    }

    /// Says to pages how things stand.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn tell(&self, preview: &Preview) -> io::Result<()> {
        let text = serde_json::to_string(preview)?;
        fs::write(self.app().join("preview.json"), text)
    }
}

/// The files of the app, but for copies that are compressed: the page is another one here.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        let compressed = path.extension().is_some_and(|it| it == "br" || it == "gz");
        if path.is_dir() {
            fs::create_dir(to.join(name))?;
            copy(&path, &to.join(name))?;
        } else if !compressed && name != SERVICE_WORKER {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
