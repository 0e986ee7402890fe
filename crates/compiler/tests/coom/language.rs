//! The examples of docs/language.md do what it says.

mod session;

use std::path::Path;

use quotewright_compiler::Severity;
use quotewright_compiler::coom::{Bounds, CoomFile, read};
use quotewright_engine::catalog::Model;
use session::Session;

/// A block of code: what it is, its first line and its text.
struct Example<'a> {
    kind: &'a str,
    line: usize,
    text: String,
}

fn examples(page: &str) -> Vec<Example<'_>> {
    let mut examples: Vec<Example<'_>> = Vec::new();
    let mut open = false;
    for (number, line) in page.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(kind) => {
                open = true;
                examples.push(Example {
                    kind,
                    line: number + 2,
                    text: String::new(),
                });
            }
            None if open => {
                let example = examples.last_mut().expect("one that is open");
                example.text.push_str(line);
                example.text.push('\n');
            }
            None => {}
        }
    }
    examples
}

/// The model of an example, where it is one; else what is told about it, as
/// ``code `words` ``.
fn model(example: &Example<'_>) -> Result<Option<Model>, Vec<String>> {
    let (file, mut diagnostics) = read("language.md", &example.text);
    let mut model = None;
    if let Some(CoomFile::Model(read)) = &file {
        let (grounded, told) = read.ground(&Bounds::default());
        diagnostics.extend(told);
        model = grounded;
    }
    let errors = diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error);
    let told: Vec<String> = errors
        .map(|it| {
            let span = it.location.span.start..it.location.span.end;
            format!("{} `{}`", it.code, &example.text[span])
        })
        .collect();
    if told.is_empty() {
        Ok(model)
    } else {
        Err(told)
    }
}

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/language.md");
    std::fs::read_to_string(path).expect("the page")
}

/// The text of every model on the page.
pub fn models() -> Vec<String> {
    let page = page();
    let models = examples(&page).into_iter().filter(|it| it.kind == "coom");
    models.map(|it| it.text).collect()
}

#[test]
fn the_language_is_as_its_page_says() {
    let page = page();
    let mut current = Ok(None);
    let mut told = false;
    let mut wrong = Vec::new();
    for example in examples(&page) {
        let place = format!("docs/language.md:{}", example.line);
        match (example.kind, &current) {
            ("coom", _) => {
                if let (Err(errors), false) = (&current, told) {
                    wrong.push(format!("before {place}: refused: {errors:?}"));
                }
                current = model(&example);
                told = false;
            }
            ("refused", Err(errors)) => {
                let expected: Vec<&str> = example.text.lines().collect();
                assert_eq!(*errors, expected, "{place}");
                told = true;
            }
            ("session", Ok(Some(model))) => {
                wrong.extend(Session::new(model).run(&example.text, &place));
            }
            (kind, current) => {
                wrong.push(format!("{place}: `{kind}` of {:?}", current.as_ref().err()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
