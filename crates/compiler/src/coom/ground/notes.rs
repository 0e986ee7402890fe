//! What is told about a file while it is grounded: once for each place.

use std::collections::BTreeSet;

use crate::coom::Places;
use crate::coom::ast::Span;
use crate::diagnostic::{Diagnostic, Report};

/// Something cannot be reasoned about; why is in the [`Notes`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused;

/// A result, or a reason in the [`Notes`] why there is none.
pub(super) type Grounded<T> = Result<T, Refused>;

/// Collects diagnostics of one file.
pub(super) struct Notes<'a> {
    places: &'a Places,
    seen: BTreeSet<(&'static str, usize, usize)>,
    report: Report,
}

impl<'a> Notes<'a> {
    pub(super) fn new(places: &'a Places) -> Self {
        Self {
            places,
            seen: BTreeSet::new(),
            report: Report::default(),
        }
    }

    /// Tells of a mistake, with what to do about it where that is known.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: &Span,
        message: impl Into<String>,
        hint: Option<String>,
    ) -> Refused {
        if self.is_new(code, span) {
            let location = self.places.location(span);
            self.report
                .push(Diagnostic::error(code, location, message).maybe_hint(hint));
        }
        Refused
    }

    /// Tells of a part of the language that is not reasoned about.
    pub(super) fn unsupported(&mut self, span: &Span, what: impl Into<String>) -> Refused {
        let message = format!("{} cannot be reasoned about", what.into());
        self.error("unsupported", span, message, None)
    }

    /// Tells of something that is probably not what was meant.
    pub(super) fn warn(
        &mut self,
        code: &'static str,
        span: &Span,
        message: impl FnOnce() -> String,
        hint: Option<String>,
    ) {
        if self.is_new(code, span) {
            let location = self.places.location(span);
            self.report
                .push(Diagnostic::warning(code, location, message()).maybe_hint(hint));
        }
    }

    /// The same statement is grounded for many parts; what is wrong with it is told once.
    fn is_new(&mut self, code: &'static str, span: &Span) -> bool {
        self.seen.insert((code, span.start, span.end))
    }

    pub(super) fn has_errors(&self) -> bool {
        self.report.has_errors()
    }

    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.report.finish()
    }
}
