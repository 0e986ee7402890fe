//! Diagnostics as people read them in a terminal.
//!
//! Rendered with annotate-snippets, which the Rust project keeps for rustc and
//! Cargo: plain text or ANSI styles, wide characters and long lines taken care
//! of, and untrusted text made harmless to terminals.

use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::source::CatalogSource;

/// Bytes of a line that are shown on each side of the words that are marked.
const CONTEXT: usize = 400;

/// All diagnostics as text, one after the other. `styled`: with ANSI colours.
pub fn render(diagnostics: &[Diagnostic], source: &CatalogSource, styled: bool) -> String {
    let renderer = match styled {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&[group(diagnostic, source)]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(diagnostic: &'a Diagnostic, source: &'a CatalogSource) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let place = cell(&diagnostic.location);
    let primary = AnnotationKind::Primary;
    let mut group = element(
        Group::with_title(title),
        &diagnostic.location,
        place,
        primary,
        source,
    );
    for related in &diagnostic.related {
        let place = match cell(&related.location) {
            Some(cell) => format!("{} ({cell})", related.message),
            None => related.message.clone(),
        };
        let context = AnnotationKind::Context;
        group = element(group, &related.location, Some(place), context, source);
    }
    match &diagnostic.hint {
        Some(hint) => group.element(Level::HELP.message(normalize_untrusted_str(hint))),
        None => group,
    }
}

/// `cell D4, column require`.
fn cell(location: &Location) -> Option<String> {
    let cell = location.cell.as_ref()?;
    Some(match &location.column {
        Some(column) => format!("cell {cell}, column {column}"),
        None => format!("cell {cell}"),
    })
}

fn element<'a>(
    group: Group<'a>,
    location: &'a Location,
    label: Option<String>,
    kind: AnnotationKind,
    source: &'a CatalogSource,
) -> Group<'a> {
    let text = source.get(&location.file);
    let text = text.and_then(|content| std::str::from_utf8(content).ok());
    match text.and_then(|text| excerpt(text, location.span.start..location.span.end)) {
        Some(excerpt) => {
            let mut annotation = kind.span(excerpt.marked);
            if let Some(label) = label {
                annotation = annotation.label(normalize_untrusted_str(&label));
            }
            group.element(
                Snippet::source(excerpt.text)
                    .path(location.file.as_str())
                    .line_start(excerpt.line)
                    .annotation(annotation),
            )
        }
        None => match location.row {
            Some(row) => group.element(Origin::path(location.file.as_str()).line(row)),
            None => group.element(Origin::path(location.file.as_str())),
        },
    }
}

/// The lines that a place stands in.
struct Excerpt<'a> {
    text: &'a str,
    /// Number of its first line.
    line: usize,
    /// The place within it.
    marked: Range<usize>,
}

/// `None` for a place that is a file as a whole, or does not lie in the text.
fn excerpt(text: &str, span: Range<usize>) -> Option<Excerpt<'_>> {
    let before = text.get(..span.start)?;
    text.get(span.clone())?;
    if span == (0..0) {
        return None;
    }
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(span.end..)?;
    let line_end = rest
        .find(['\r', '\n'])
        .map_or(text.len(), |at| span.end + at);
    // A cell may hold a book; a table may be one line.
    let start = boundary(text, line_start.max(span.start.saturating_sub(CONTEXT)));
    let end = boundary(text, line_end.min(span.end.saturating_add(CONTEXT)));
    Some(Excerpt {
        text: text.get(start..end)?,
        line: before.matches('\n').count() + 1,
        marked: span.start.checked_sub(start)?..span.end.checked_sub(start)?,
    })
}

/// The nearest place at or before `at` where a character starts.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
