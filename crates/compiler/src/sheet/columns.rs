use std::collections::BTreeSet;

use quotewright_engine::catalog::AUDIENCES;

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
    /// One column for each language, and one for each language and audience.
    AudienceText,
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
        Some((kind, family, member)) if is_text(kind) => {
            let (locale, audience) = member.split_once('.').unwrap_or((member, ""));
            if !audience.is_empty()
                && let Some(problem) = unknown_audience(kind, family, audience)
            {
                return Some(problem);
            }
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

fn is_text(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::RequiredText | Kind::AudienceText)
}

/// What is wrong with an audience in a heading.
fn unknown_audience(kind: Kind, family: &str, audience: &str) -> HeadingProblem {
    let (message, hint) = match kind {
        Kind::AudienceText if AUDIENCES.contains(&audience) => return None,
        Kind::AudienceText => {
            let message = format!("there is no audience `{audience}`");
            (message, did_you_mean(audience, AUDIENCES))
        }
        _ => {
            let message = format!("`{family}` is the same for every audience");
            let hint = "only `help` and `description` have columns for an audience";
            (message, Some(hint.to_owned()))
        }
    };
    Some(("unknown-audience", message, hint))
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
            Kind::Text | Kind::RequiredText | Kind::AudienceText => {
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
    if !is_text(kind) {
        return;
    }
    let Some((fallback, others)) = manifest.locales.split_first() else {
        return;
    };
    let heading = |locale: &String| format!("{name}.{locale}");
    let has = |locale: &&String| seen.contains(heading(locale).as_str());
    let mut any = seen.iter().filter_map(|it| it.strip_prefix(name));
    let used = any.any(|it| it.starts_with('.'));
    if !has(&fallback) && (kind == Kind::RequiredText || used) {
        absent(report, &heading(fallback));
        return;
    }
    let mut warn = |heading: String, shown: &str| {
        let message = format!("the translations in `{heading}` are missing");
        let hint = format!("add the column; until then the texts in `{shown}` are shown");
        let location = sheet.headings_location();
        report.push(Diagnostic::warning("missing-translation", location, message).hint(hint));
    };
    for locale in others.iter().filter(|locale| used && !has(locale)) {
        warn(heading(locale), &heading(fallback));
    }
    for audience in AUDIENCES.iter().filter(|_| kind == Kind::AudienceText) {
        let of = |locale: &String| format!("{name}.{locale}.{audience}");
        let has = |locale: &&String| seen.contains(of(locale).as_str());
        if manifest.locales.iter().any(|it| has(&it)) {
            let missing = manifest.locales.iter().filter(|it| !has(it));
            missing.for_each(|locale| warn(of(locale), &heading(locale)));
        }
    }
}
