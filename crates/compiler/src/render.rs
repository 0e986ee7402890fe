//! Diagnostics as people read them in a terminal.
//!
//! Rendered with annotate-snippets, which the Rust project keeps for rustc and
//! Cargo: plain text or ANSI styles, wide characters and long lines taken care
//! of, and untrusted text made harmless to terminals.

use std::collections::BTreeMap;
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
    let files = source.files().iter();
    let files: Files<'_> = files
        .filter_map(|(name, content)| Some((name.as_str(), Lines::new(content)?)))
        .collect();
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&[group(diagnostic, &files)]));
        text.push_str("\n\n");
    }
    text.replace(is_command, "\u{fffd}")
}

/// Whether a terminal may take the character for a command (the C1 controls, which the
/// renderer lets pass).
fn is_command(character: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&character)
}

/// The files that are text, by name.
type Files<'a> = BTreeMap<&'a str, Lines<'a>>;

/// A text and where its lines end.
struct Lines<'a> {
    text: &'a str,
    ends: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(content: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(content).ok()?;
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Some(Self { text, ends })
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &Files<'a>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let place = cell(&diagnostic.location);
    let primary = AnnotationKind::Primary;
    let group = Group::with_title(title);
    let mut group = element(group, &diagnostic.location, place, primary, files);
    for related in &diagnostic.related {
        let place = match cell(&related.location) {
            Some(cell) => format!("{} ({cell})", related.message),
            None => related.message.clone(),
        };
        let context = AnnotationKind::Context;
        group = element(group, &related.location, Some(place), context, files);
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
    files: &Files<'a>,
) -> Group<'a> {
    let lines = files.get(location.file.as_str());
    match lines.and_then(|lines| excerpt(lines, location.span.start..location.span.end)) {
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
fn excerpt<'a>(lines: &Lines<'a>, span: Range<usize>) -> Option<Excerpt<'a>> {
    let text = lines.text;
    text.get(span.clone())?;
    if span == (0..0) {
        return None;
    }
    let line = lines.ends.partition_point(|end| *end < span.start);
    let line_start = match line.checked_sub(1) {
        Some(before) => lines.ends.get(before)? + 1,
        None => 0,
    };
    let rest = text.get(span.end..)?;
    let line_end = rest
        .find(['\r', '\n'])
        .map_or(text.len(), |at| span.end + at);
    // A cell may hold a book; a table may be one line.
    let start = boundary(text, line_start.max(span.start.saturating_sub(CONTEXT)));
    let end = boundary(text, line_end.min(span.end.saturating_add(CONTEXT)));
    Some(Excerpt {
        text: text.get(start..end)?,
        line: line + 1,
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
