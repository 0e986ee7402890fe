//! What codes may look like, and that each is there once.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Location, Report};
use crate::sheet::Cell;

/// Words that mean something else in the places where names stand.
const RESERVED: [&str; 6] = ["yes", "no", "true", "false", "first", "last"];

/// A name that expressions can mention: lower-case words joined by `_`.
pub(crate) fn is_name(text: &str) -> bool {
    let start = text.starts_with(|character: char| character.is_ascii_lowercase());
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    start && text.len() <= 64 && text.bytes().all(allowed) && !RESERVED.contains(&text)
}

/// A code that expressions never mention: lower-case words joined by `-` or `_`.
pub(crate) fn is_code(text: &str) -> bool {
    let start = text.starts_with(|character: char| character.is_ascii_alphanumeric());
    let allowed = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-'
    };
    start && text.len() <= 64 && text.bytes().all(allowed)
}

/// The codes of one kind that a sheet defines, and where.
#[derive(Debug)]
pub(crate) struct Codes {
    /// What they name, such as `attribute`.
    what: &'static str,
    valid: fn(&str) -> bool,
    seen: BTreeMap<String, Location>,
}

impl Codes {
    /// Codes that expressions mention.
    pub(crate) fn in_expressions(what: &'static str) -> Self {
        Self::new(what, is_name)
    }

    /// Codes that expressions never mention.
    pub(crate) fn elsewhere(what: &'static str) -> Self {
        Self::new(what, is_code)
    }

    fn new(what: &'static str, valid: fn(&str) -> bool) -> Self {
        Self {
            what,
            valid,
            seen: BTreeMap::new(),
        }
    }

    /// The code in `cell`, unless it is missing, ill-formed or taken.
    pub(crate) fn define(&mut self, cell: Cell<'_>, report: &mut Report) -> Option<String> {
        self.define_text(cell.text(), cell.location(), report)
    }

    /// As [`define`](Self::define), for a code that does not stand in a cell.
    pub(crate) fn define_text(
        &mut self,
        code: &str,
        location: Location,
        report: &mut Report,
    ) -> Option<String> {
        let what = self.what;
        if code.is_empty() {
            let message = format!("the code of the {what} is missing");
            report.push(Diagnostic::error("missing-code", location, message));
            return None;
        }
        if !(self.valid)(code) {
            let message = format!("`{code}` cannot be the code of a {what}");
            report.push(Diagnostic::error("bad-code", location, message).hint(self.rule(code)));
            return None;
        }
        if let Some(first) = self.seen.get(code) {
            let message = format!("there is a second {what} `{code}`");
            let diagnostic = Diagnostic::error("duplicate-code", location, message);
            report.push(diagnostic.related(first.clone(), "the first one is here"));
            return None;
        }
        self.seen.insert(code.to_owned(), location);
        Some(code.to_owned())
    }

    fn rule(&self, code: &str) -> String {
        if RESERVED.contains(&code) {
            return "this word has a meaning of its own: choose another".to_owned();
        }
        let joint = if (self.valid)("a-b") { "`-`" } else { "`_`" };
        format!("use up to 64 lower-case letters, digits and {joint}, a letter first")
    }
}
