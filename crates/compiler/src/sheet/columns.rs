use std::collections::BTreeSet;

use super::Sheet;
use crate::codes::is_name;
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::Manifest;
use crate::suggest::did_you_mean;

/// A column, or family of columns such as `label.*`, that a sheet may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'a>(pub(crate) &'a str, pub(crate) Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Must be there.
    Required,
    /// May be there.
    Optional,
    /// One column for each language; the fallback's must be there.
    RequiredText,
    /// One column for each language.
    Text,
    /// One column for each price book.
    Book,
    /// One column for each property of the options.
    Property,
}

/// Tells columns that are unknown, missing or there twice.
pub(crate) fn check_columns(
    sheet: &Sheet,
    columns: &[Column<'_>],
    manifest: &Manifest,
    report: &mut Report,
) {
    let mut seen = BTreeSet::new();
    for (position, heading) in sheet.headings().enumerate() {
        let problem = match heading {
            "" => empty_heading(sheet, position),
            heading if !seen.insert(heading) => Some((
                "duplicate-column",
                format!("there is a second column `{heading}`"),
                None,
            )),
            heading => unknown_heading(heading, columns, manifest),
        };
        if let Some((code, message, hint)) = problem {
            let location = sheet.heading_location(position);
            report.push(Diagnostic::error(code, location, message).maybe_hint(hint));
        }
    }
    for column in columns {
        missing(sheet, *column, &seen, manifest, report);
    }
}

type HeadingProblem = Option<(&'static str, String, Option<String>)>;

/// A column without a heading is fine as long as there is nothing in it.
fn empty_heading(sheet: &Sheet, position: usize) -> HeadingProblem {
    let used = sheet.rows().any(|row| !row.cell_at(position).is_empty());
    used.then(|| {
        let message = "this column has cells but no heading".to_owned();
        ("unknown-column", message, None)
    })
}

fn unknown_heading(heading: &str, columns: &[Column<'_>], manifest: &Manifest) -> HeadingProblem {
    let family = heading.split_once('.').and_then(|(family, member)| {
        let column = columns.iter().find(|Column(name, _)| *name == family)?;
        Some((column.1, family, member))
    });
    let problem = |code, message, hint| Some((code, message, hint));
    match family {
        Some((Kind::Text | Kind::RequiredText, _, locale)) => {
            let known = || manifest.locales.iter().map(String::as_str);
            if known().any(|known| known == locale) || manifest.locales.is_empty() {
                return None;
            }
            let message = format!("`{locale}` is not a language of this catalog");
            let hint = did_you_mean(locale, known());
            problem("unknown-language", message, hint)
        }
        Some((Kind::Book, _, book)) => {
            let known = || manifest.books.iter().map(|book| book.code.as_str());
            if known().any(|known| known == book) || manifest.books.is_empty() {
                return None;
            }
            let message = format!("there is no price book `{book}` in catalog.toml");
            problem("unknown-book", message, did_you_mean(book, known()))
        }
        Some((Kind::Property, _, property)) if is_name(property) => None,
        Some((Kind::Property, ..)) => {
            let message = format!("`{heading}` does not name a property");
            let hint = "write `property.` and lower-case letters, digits and `_`".to_owned();
            problem("bad-code", message, Some(hint))
        }
        _ if columns.iter().any(|column| column.is_exactly(heading)) => None,
        _ => {
            let names = headings(columns, manifest);
            let message = format!("there is no column `{heading}` in this sheet");
            let hint = did_you_mean(heading, names.iter().map(String::as_str));
            problem("unknown-column", message, hint)
        }
    }
}

impl Column<'_> {
    fn is_exactly(&self, heading: &str) -> bool {
        matches!(self.1, Kind::Required | Kind::Optional) && self.0 == heading
    }
}

/// All headings that would be right.
fn headings(columns: &[Column<'_>], manifest: &Manifest) -> Vec<String> {
    let mut names = Vec::new();
    for Column(name, kind) in columns {
        match kind {
            Kind::Required | Kind::Optional => names.push((*name).to_owned()),
            Kind::Property => names.push(format!("{name}.NAME")),
            Kind::Text | Kind::RequiredText => {
                names.extend(manifest.locales.iter().map(|it| format!("{name}.{it}")));
            }
            Kind::Book => {
                names.extend(
                    manifest
                        .books
                        .iter()
                        .map(|it| format!("{name}.{}", it.code)),
                );
            }
        }
    }
    names
}

fn missing(
    sheet: &Sheet,
    Column(name, kind): Column<'_>,
    seen: &BTreeSet<&str>,
    manifest: &Manifest,
    report: &mut Report,
) {
    let absent = |report: &mut Report, heading: &str| {
        let message = format!("the column `{heading}` is missing");
        let location = sheet.headings_location();
        report.push(Diagnostic::error("missing-column", location, message));
    };
    if kind == Kind::Required && !seen.contains(name) {
        absent(report, name);
    }
    if !matches!(kind, Kind::Text | Kind::RequiredText) {
        return;
    }
    let Some((fallback, others)) = manifest.locales.split_first() else {
        return;
    };
    let heading = |locale: &String| format!("{name}.{locale}");
    let has = |locale: &&String| seen.contains(heading(locale).as_str());
    let used = manifest.locales.iter().any(|locale| has(&locale));
    if !has(&fallback) && (kind == Kind::RequiredText || used) {
        absent(report, &heading(fallback));
        return;
    }
    for locale in others.iter().filter(|locale| used && !has(locale)) {
        let heading = heading(locale);
        let message = format!("the translations in `{heading}` are missing");
        let hint = format!("add the column; until then the texts in `{name}.{fallback}` are shown");
        let location = sheet.headings_location();
        report.push(Diagnostic::warning("missing-translation", location, message).hint(hint));
    }
}
