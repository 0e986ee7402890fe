//! Codes of rules, and words for those that have no explanation.

use quotewright_engine::catalog::Text;
use sha2::{Digest, Sha256};

use super::Grounder;
use super::label;
use super::rules::{Heading, kind};
use super::scope::Scope;
use crate::coom::CoomModel;
use crate::coom::ast::{Span, Statement, StatementKind};

impl<'a> Grounder<'a, '_> {
    /// Code of a statement: what it is and its line.
    pub(super) fn statement_code(&self, span: &Span, kind: &str) -> String {
        let line = self.source.places.location(span).row.unwrap_or_default();
        format!("{kind}:{line}")
    }

    /// The same for the instance whose behavior it is.
    pub(super) fn code(&self, scope: &Scope<'a>, span: &Span, kind: &str) -> String {
        let code = self.statement_code(span, kind);
        match self.tree.node(scope.context).path.as_str() {
            "" => code,
            path => format!("{code}@{path}"),
        }
    }

    /// The explanation above a statement; without one, the statement itself.
    pub(super) fn explanation(
        &self,
        scope: &Scope<'a>,
        statement: &Statement,
        heading: &Heading<'a>,
    ) -> Text {
        if let Some(explanation) = heading.explanation {
            return label::text(&*explanation.text);
        }
        let mut words = String::new();
        let path = &self.tree.node(scope.context).path;
        if !path.is_empty() {
            words.push_str(path);
            words.push_str(": ");
        }
        let conditions: Vec<String> = (heading.conditions.iter())
            .map(|condition| self.source.excerpt(&condition.span))
            .collect();
        if !conditions.is_empty() {
            words.push_str("where ");
            words.push_str(&conditions.join(" && "));
            words.push_str(", ");
        }
        words.push_str(&self.demanded(statement));
        label::text(words)
    }

    fn demanded(&self, statement: &Statement) -> String {
        match &statement.kind {
            StatementKind::Require(condition) => self.source.excerpt(&condition.span),
            StatementKind::Combinations(combinations) => {
                let columns = combinations.columns.iter();
                let columns: Vec<String> =
                    columns.map(|it| self.source.excerpt(&it.span)).collect();
                format!("{} ({})", kind(&statement.kind), columns.join(", "))
            }
            _ => self.source.excerpt(&statement.span),
        }
    }
}

impl CoomModel {
    /// Some of the file on one line.
    fn excerpt(&self, span: &Span) -> String {
        let excerpt = self.text.get(span.clone()).unwrap_or_default();
        excerpt.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The file's name without its folder and ending.
    pub(super) fn stem(&self) -> &str {
        let name = self.places.file();
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        name.strip_suffix(".coom").unwrap_or(name)
    }

    /// SHA-256 of the file in hexadecimal.
    pub(super) fn hash(&self) -> String {
        let digest = Sha256::digest(self.text.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
