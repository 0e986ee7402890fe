//! What is wrong with a catalog, and where.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The catalog cannot be used.
    Error,
    /// The catalog can be used, but it is probably not what was meant.
    Warning,
}

/// A place in a file of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// Name of the file within the catalog, such as `options/belt.csv`.
    pub file: String,
    /// Bytes of the file.
    pub span: Span,
    /// Row as a spreadsheet program counts it, from 1. `None` for a whole file.
    pub row: Option<usize>,
    /// Heading of the column in a sheet.
    pub column: Option<String>,
    /// The cell as a spreadsheet program names it, such as `D4`.
    pub cell: Option<String>,
}

/// Bytes from `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self {
            start: range.start,
            end: range.end,
        }
    }
}

impl Location {
    /// A file as a whole.
    pub fn file(name: impl Into<String>) -> Self {
        Self::bytes(name, 0..0)
    }

    /// Some bytes of a file.
    pub fn bytes(name: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            file: name.into(),
            span: span.into(),
            row: None,
            column: None,
            cell: None,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.file)?;
        if let Some(row) = self.row {
            write!(formatter, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(formatter, ", column {column}")?;
        }
        if let Some(cell) = &self.cell {
            write!(formatter, " (cell {cell})")?;
        }
        Ok(())
    }
}

/// Something that is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable name of the kind of mistake, such as `unknown-attribute`.
    pub code: &'static str,
    /// Where.
    pub location: Location,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
}

/// Another place that has to do with a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What it has to do with it.
    pub message: String,
}

impl Diagnostic {
    fn new(
        severity: Severity,
        code: &'static str,
        location: Location,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            code,
            location,
            message: message.into(),
            hint: None,
            related: Vec::new(),
        }
    }

    /// Something without which the catalog cannot be used.
    pub fn error(code: &'static str, location: Location, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, location, message)
    }

    /// Something that is probably not what was meant.
    pub fn warning(code: &'static str, location: Location, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, location, message)
    }

    /// Adds what to do about it.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        self.maybe_hint(Some(hint.into()))
    }

    /// Adds what to do about it, where that is known.
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Adds another place that has to do with it.
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related {
            location,
            message: message.into(),
        });
        self
    }
}

/// Collects diagnostics while a catalog is read.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<Diagnostic>);

impl Report {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether something has been told at a place.
    pub(crate) fn tells(&self, code: &str, place: &Location) -> bool {
        let mut told = self.0.iter();
        told.any(|it| it.code == code && it.location == *place)
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// In the order of the files, `catalog.toml` first, then of the places in
    /// them. A mistake that several products have in common is told once.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.0.sort_by(|left, right| {
            let key = |diagnostic: &Diagnostic| diagnostic.location.file != crate::CATALOG_FILE;
            (key(left), &left.location, left.code, &left.message).cmp(&(
                key(right),
                &right.location,
                right.code,
                &right.message,
            ))
        });
        self.0.dedup();
        self.0
    }
}
