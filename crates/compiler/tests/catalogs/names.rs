//! What `check` calls what it tells of prices, and docs/pricing.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where prices are checked.
const PLACES: [&str; 4] = ["prices", "books", "gaps", "manifest"];

/// The texts in the code of a folder that follow a word.
fn named(folder: &Path, word: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.append(&mut named(&path, word));
            continue;
        }
        let code = fs::read_to_string(&path).expect("a file");
        let names = code.split(word).skip(1);
        let names = names.filter_map(|it| it.trim_start().strip_prefix('"')?.split('"').next());
        found.extend(names.map(str::to_owned));
    }
    found
}

#[test]
fn every_warning_about_prices_is_in_the_docs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_to_string(root.join("../../docs/pricing.md")).expect("docs/pricing.md");
    let (_, section) = docs
        .split_once("## What `check` tells of prices")
        .expect("a section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|it| it.starts_with("| `"));
    let cells = rows.filter_map(|row| row.split(" | ").next());
    let told: BTreeSet<String> = (cells.flat_map(|it| it.split('`').skip(1).step_by(2)))
        .map(str::to_owned)
        .collect();
    let folders = PLACES.iter().map(|it| root.join("src").join(it));
    let warnings: BTreeSet<String> = folders
        .flat_map(|it| named(&it, "Diagnostic::warning("))
        .filter(|it| it != "missing-translation")
        .collect();
    assert_eq!(&warnings - &told, BTreeSet::new(), "not in docs/pricing.md");
    // Some names are chosen with their messages before they are told.
    let known = named(&root.join("src"), "(");
    assert_eq!(&told - &known, BTreeSet::new(), "no longer told");
}
