//! What is wrong in a text, before it is known where the text stands.

use std::ops::Range;

/// Levels of nesting that an expression may have: far more than is readable, far
/// less than the smallest stack (1 MiB, in the browser) holds.
pub(crate) const MAX_DEPTH: usize = 100;

/// What is wrong in an expression, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) span: Range<usize>,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl Problem {
    pub(crate) fn new(span: Range<usize>, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            span,
            code,
            message: message.into(),
            hint: None,
        }
    }

    pub(crate) fn unsupported(span: Range<usize>, what: &str) -> Self {
        Self::new(
            span,
            "unsupported",
            format!("COOM has {what}, but Quotewright does not reason about it yet"),
        )
    }

    pub(crate) fn too_deep(span: Range<usize>) -> Self {
        Self::new(
            span,
            "too-complex",
            format!("the expression is nested more than {MAX_DEPTH} levels deep"),
        )
        .hint("split it into several rules, or use a table")
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        self.maybe_hint(Some(hint.into()))
    }

    pub(crate) fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    pub(crate) fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self
    }
}
