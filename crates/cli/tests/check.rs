//! `quotewright check` and `quotewright compile`, as people run them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/sentinel")
}

fn quotewright(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quotewright"))
        .args(arguments)
        .arg(folder)
        .output()
        .expect("the command runs")
}

/// A folder with one mistake: it has no sheets.
fn broken() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "catalog.toml";
    std::fs::copy(sample().join(name), folder.path().join(name)).expect("a copy");
    folder
}

#[test]
fn a_clean_catalog_ends_with_0_and_a_broken_one_with_1() {
    let broken = broken();
    let cases = [
        (sample(), 0, "nothing wrong: catalog `sentinel`"),
        (broken.path().to_owned(), 1, "error[missing-file]"),
    ];
    for (folder, code, words) in cases {
        let output = quotewright(&["check"], &folder);
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{text}");
        assert!(text.contains(words), "{text}");
        // Colours are for terminals, and this is none.
        assert!(!text.contains('\u{1b}'), "{text}");
    }
}

#[test]
fn programs_get_json() {
    let output = quotewright(&["check", "--format", "json"], broken().path());
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(told[0]["code"], "missing-file");
    assert_eq!(told[0]["severity"], "error");
    assert_eq!(told[0]["location"]["file"], "products.csv");
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let output = quotewright(&["check"], Path::new("no/such/folder"));
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("cannot read no/such/folder"), "{text}");
}

#[test]
fn compiled_files_are_named_by_hash() {
    let out = tempfile::tempdir().expect("a folder");
    let path = out.path().to_str().expect("a name");
    let output = quotewright(&["compile", "--out", path], &sample());
    assert_eq!(output.status.code(), Some(0));
    let entries = |folder: &str| {
        let entries = std::fs::read_dir(out.path().join(folder)).expect("written");
        entries.count()
    };
    assert_eq!([entries("models"), entries("packs")], [1, 3]);
}
