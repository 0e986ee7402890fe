//! `quotewright replay`, as people run it: sessions as files of requests and answers.
//!
//! A session begins with `model` and the arguments; then a line of what is asked, which
//! begins with `>`, and a line of the whole answer without its time.

mod hostile;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay/sessions")
}

/// What the command answers, one line for each.
fn answers(arguments: &[&str], requests: &str) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quotewright"))
        .current_dir(folder())
        .arg("replay")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut input = child.stdin.take().expect("its input");
    input
        .write_all(requests.as_bytes())
        .expect("requests are read");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{arguments:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(str::to_owned).collect()
}

/// The answer without the time that it took, which it must have.
fn timeless(answer: &str) -> Value {
    let mut answer: Value = serde_json::from_str(answer).expect("an answer is JSON");
    let fields = answer.as_object_mut().expect("an answer is an object");
    let micros = fields.remove("micros");
    assert!(micros.is_some_and(|it| it.is_u64()), "{answer}");
    answer
}

fn check(name: &str, text: &str) {
    let mut lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines
        .next()
        .and_then(|it| it.strip_prefix("model "))
        .expect("a model");
    let arguments: Vec<&str> = first.split(' ').collect();
    let (requests, expected): (Vec<&str>, Vec<&str>) = lines.partition(|it| it.starts_with('>'));
    let requests: Vec<&str> = requests.iter().map(|it| it[1..].trim()).collect();
    let found = answers(&arguments, &format!("{}\n", requests.join("\n")));
    assert_eq!(found.len(), requests.len(), "{name}");
    for ((request, found), expected) in requests.iter().zip(&found).zip(&expected) {
        let expected: Value = serde_json::from_str(expected).expect("JSON");
        assert_eq!(timeless(found), expected, "{name}: {request}\n{found}");
    }
    assert_eq!(expected.len(), requests.len(), "{name}");
}

#[test]
fn sessions_go_as_written() {
    let entries = std::fs::read_dir(folder()).expect("the folder");
    let mut names: Vec<String> = entries
        .map(|it| {
            it.expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|it| it.ends_with(".session"))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        let text = std::fs::read_to_string(folder().join(&name)).expect("a session");
        check(&name, &text);
    }
}

#[test]
fn sessions_in_the_documentation_go_as_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/cli.md");
    let text = std::fs::read_to_string(path).expect("docs/cli.md");
    let sessions: Vec<&str> = (text.split("```session\n").skip(1))
        .filter_map(|it| it.split("```").next())
        .collect();
    assert!(!sessions.is_empty());
    for session in sessions {
        check("docs/cli.md", session);
    }
}

#[test]
fn a_model_that_cannot_be_read_is_told() {
    let cases = [
        ("no-such.coom", "cannot read no-such.coom"),
        ("input.coom", "is a user input"),
        ("main.rs", "give a folder with catalog.toml"),
        ("wrong.uvl", "there is no feature `C`"),
    ];
    for (file, words) in cases {
        let output = Command::new(env!("CARGO_BIN_EXE_quotewright"))
            .current_dir(folder())
            .args(["replay", file])
            .output()
            .expect("the command runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(told.contains(words), "{file}: {told}");
    }
}

/// What is written in COOM means the same.
#[test]
fn an_imported_model_has_the_same_configurations() {
    let files = [
        "shop.uvl",
        "colours.xml",
        "clauses.cnf",
        "parts.uvl",
        "formulas.xml",
    ];
    for file in files {
        let output = Command::new(env!("CARGO_BIN_EXE_quotewright"))
            .current_dir(folder())
            .args(["import", file])
            .output()
            .expect("the command runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{file}: {told}");
        let written = tempfile::tempdir().expect("a folder");
        let path = written.path().join("written.coom");
        std::fs::write(&path, &output.stdout).expect("a file");
        let path = path.to_string_lossy();
        let count = "{\"op\":\"count\"}\n";
        let [before, after] = [file, &path].map(|it| timeless(&answers(&[it], count)[0]));
        assert_eq!(before, after, "{file}");
    }
}

#[test]
fn what_cannot_be_written_in_coom_is_told_with_its_place() {
    let output = Command::new(env!("CARGO_BIN_EXE_quotewright"))
        .current_dir(folder())
        .args(["import", "divided.uvl"])
        .output()
        .expect("the command runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("divided.uvl:7:5"), "{told}");
}
