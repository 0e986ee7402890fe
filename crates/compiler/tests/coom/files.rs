//! Every file of the public models reads as what it is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use quotewright_compiler::coom::{CoomFile, read};

fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("../shared/models/coom");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no {}", folder.display());
    None
}

/// All `.coom` files below a folder, by name.
fn files(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "coom")
        {
            let text = std::fs::read_to_string(&path).expect("a text");
            found.insert(path.display().to_string(), text);
        }
    }
}

/// What the name and the first word of a line say that a file is.
fn expected(name: &str, text: &str) -> &'static str {
    let is_operation = |line: &str| line.starts_with("set ") || line.starts_with("add ");
    let path = Path::new(name);
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let is_model = !name.contains("/benchmarks/") || stem != "model" && !stem.starts_with("model-");
    match () {
        () if text.lines().any(is_operation) => "user input",
        // The one file of this name that has no placeholders.
        () if is_model || name.contains("/shadow-master/") => "model",
        () => "template",
    }
}

fn found(name: &str, text: &str) -> &'static str {
    let (file, diagnostics) = read(name, text);
    let is_template = |code| code == "template";
    match file {
        Some(CoomFile::Model(_)) if diagnostics.is_empty() => "model",
        Some(CoomFile::UserInput(_)) if diagnostics.is_empty() => "user input",
        None if diagnostics.iter().all(|it| is_template(it.code)) => "template",
        _ => panic!("{name}: {diagnostics:#?}"),
    }
}

#[test]
fn every_file_is_what_it_is() {
    let Some(folder) = folder() else { return };
    let mut all = BTreeMap::new();
    files(&folder, &mut all);
    let mut counts = BTreeMap::new();
    for (name, text) in &all {
        let kind = found(name, text);
        assert_eq!(kind, expected(name, text), "{name}");
        *counts.entry(kind).or_insert(0) += 1;
    }
    let expected = [("model", 84), ("template", 9), ("user input", 130)];
    assert_eq!(counts, BTreeMap::from(expected));
}
