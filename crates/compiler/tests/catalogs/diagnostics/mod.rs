//! Every mistake is told at the right place: a table of spoiled catalogs.

mod amounts;
mod attributes;
mod audiences;
mod contacts;
mod delivery;
mod documents;
mod files;
mod floors;
mod kinds;
mod messages;
mod parts;
mod picture;
mod prices;
mod quantities;
mod rounded;
mod rules;
mod search;
mod selling;
mod settlement;
mod translations;

use quotewright_compiler::{CatalogSource, Diagnostic, Severity, compile, render};

use crate::desk::Change::{self, Replace};
use crate::desk::{DESK, changed};

/// What is changed, and what is told about it: severity, code, file, cell, words underlined.
type Case<'a> = (&'a [Change], &'a [&'static str]);

fn check(cases: &[Case<'_>]) {
    check_in(&DESK, cases);
}

/// As [`check`], for another catalog than the desks.
fn check_in(catalog: &[(&str, &str)], cases: &[Case<'_>]) {
    let mut wrong = String::new();
    for (changes, expected) in cases {
        let source = changed(catalog, changes);
        let compilation = compile(&source);
        let told: Vec<String> = compilation
            .diagnostics
            .iter()
            .map(|diagnostic| line(&source, diagnostic))
            .collect();
        let has_errors = told.iter().any(|line| line.starts_with("error"));
        assert_eq!(compilation.catalog.is_none(), has_errors, "{changes:?}");
        if told != *expected {
            let text = render(&compilation.diagnostics, &source, false);
            wrong += &format!("{changes:?}\n expected {expected:#?}\n told {told:#?}\n{text}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn line(source: &CatalogSource, diagnostic: &Diagnostic) -> String {
    let location = &diagnostic.location;
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let text = source.get(&location.file).unwrap_or_default();
    let words = text.get(location.span.start..location.span.end);
    let words = String::from_utf8_lossy(words.expect("the place is in the file"));
    let cell = location.cell.as_deref().unwrap_or("-");
    assert!(!diagnostic.message.ends_with('.'), "{}", diagnostic.message);
    format!(
        "{severity} {} {} {cell} `{words}`",
        diagnostic.code, location.file
    )
}

#[test]
fn a_catalog_without_mistakes_is_clean() {
    check(&[
        (&[], &[]),
        // Texts in one language only, where the catalog has one.
        (&[Replace("catalog.toml", "half-up", "half-even")], &[]),
        // A step that only one book has.
        (&[Replace("prices.csv", "Basis,100,90", "Basis,,90")], &[]),
    ]);
}
