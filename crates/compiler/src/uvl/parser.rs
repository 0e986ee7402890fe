//! From tokens to what stands in a file: sections, features, groups and attributes.

use std::ops::Range;

use super::ast::{Feature, FeatureType, File, Group, GroupKind, Import, Reference};
use super::lexer::{Lexer, Token, TokenKind};
use crate::diagnostic::{Diagnostic, Location, Report};

/// A mistake that ends the reading of a line.
pub(super) type Parse<T> = Result<T, Box<Diagnostic>>;

/// Reads one file; what is wrong goes to `report`.
pub(super) fn parse(name: &str, text: &str, report: &mut Report) -> File {
    let mut file = File::default();
    match Lexer::new(name, text).run() {
        Ok(tokens) => Parser::new(name, text, tokens, report).file(&mut file),
        Err(diagnostic) => report.push(*diagnostic),
    }
    file
}

pub(super) struct Parser<'a> {
    file: &'a str,
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    report: &'a mut Report,
    /// How deep the constraint that is being read is nested.
    pub(super) depth: usize,
}

impl<'a> Parser<'a> {
    fn new(file: &'a str, text: &'a str, tokens: Vec<Token>, report: &'a mut Report) -> Self {
        Self {
            file,
            text,
            tokens,
            at: 0,
            report,
            depth: 0,
        }
    }

    pub(super) fn kind(&self) -> TokenKind {
        self.ahead(0)
    }

    /// The kind of the token so many places ahead.
    pub(super) fn ahead(&self, places: usize) -> TokenKind {
        let token = self.tokens.get(self.at + places);
        token.map_or(TokenKind::End, |it| it.kind)
    }

    pub(super) fn span(&self) -> Range<usize> {
        let end = self.text.len();
        self.tokens
            .get(self.at)
            .map_or(end..end, |it| it.span.clone())
    }

    /// End of the token before.
    pub(super) fn end(&self) -> usize {
        let before = self.at.checked_sub(1).and_then(|it| self.tokens.get(it));
        before.map_or(0, |it| it.span.end)
    }

    pub(super) fn word(&self) -> &'a str {
        self.text.get(self.span()).unwrap_or_default()
    }

    /// What stands between the quotation marks.
    pub(super) fn inner(&self) -> &'a str {
        let word = self.word();
        let end = word.len().saturating_sub(1).max(1);
        word.get(1..end).unwrap_or_default()
    }

    pub(super) fn take(&mut self) {
        self.at += 1;
    }

    pub(super) fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.kind() == kind;
        self.at += usize::from(found);
        found
    }

    pub(super) fn eat_symbol(&mut self, symbol: &'static str) -> bool {
        self.eat(TokenKind::Symbol(symbol))
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.kind() == TokenKind::Word && self.word() == word;
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, symbol: &'static str) -> Parse<()> {
        match self.eat_symbol(symbol) {
            true => Ok(()),
            false => Err(self.expected(&format!("`{symbol}`"))),
        }
    }

    pub(super) fn error(
        &self,
        span: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
    ) -> Box<Diagnostic> {
        let location = Location::bytes(self.file, span);
        Box::new(Diagnostic::error(code, location, message))
    }

    pub(super) fn expected(&self, what: &str) -> Box<Diagnostic> {
        let found = match self.kind() {
            TokenKind::Newline => "the line ends".to_owned(),
            TokenKind::End => "the file ends".to_owned(),
            TokenKind::Indent => "the next line is indented further".to_owned(),
            TokenKind::Dedent => "the next line is indented less".to_owned(),
            _ => format!("there is `{}`", self.word()),
        };
        self.error(
            self.span(),
            "syntax",
            format!("{what} is expected, but {found}"),
        )
    }

    /// Notes the mistake and goes on after the line, and after what belongs to it.
    fn give_up_line(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
        while !matches!(
            self.kind(),
            TokenKind::Newline | TokenKind::End | TokenKind::Indent | TokenKind::Dedent
        ) {
            self.take();
        }
        self.eat(TokenKind::Newline);
        self.skip_block();
    }

    /// Skips lines that are indented further, if any.
    fn skip_block(&mut self) {
        if !self.eat(TokenKind::Indent) {
            return;
        }
        let mut depth = 1;
        while depth > 0 && self.kind() != TokenKind::End {
            match self.kind() {
                TokenKind::Indent => depth += 1,
                TokenKind::Dedent => depth -= 1,
                _ => {}
            }
            self.take();
        }
    }

    fn file(&mut self, file: &mut File) {
        while self.kind() != TokenKind::End {
            if let Err(diagnostic) = self.section(file) {
                self.give_up_line(*diagnostic);
                // What a line further out than the first one leaves behind.
                while self.eat(TokenKind::Dedent) {}
            }
        }
        if file.root.is_none() && !self.report.has_errors() {
            let location = Location::file(self.file);
            let diagnostic = Diagnostic::error("no-features", location, "the file has no features");
            let hint = "add a line `features` and, indented below it, the root feature";
            self.report.push(diagnostic.hint(hint));
        }
    }

    fn section(&mut self, file: &mut File) -> Parse<()> {
        if self.eat_word("namespace") {
            file.namespace = Some(self.reference()?);
            self.line_end()?;
        } else if self.eat_word("include") {
            self.block(Self::language_level)?;
        } else if self.eat_word("imports") {
            file.imports.extend(self.block(Self::import)?);
        } else if self.eat_word("constraints") {
            let constraints = self.block(|it| {
                let constraint = it.constraint()?;
                it.line_end()?;
                Ok(constraint)
            })?;
            file.constraints.extend(constraints);
        } else if self.eat_word("features") {
            self.block(|it| it.root(file))?;
        } else {
            let sections = "`namespace`, `include`, `imports`, `features` or `constraints`";
            return Err(self.expected(sections));
        }
        Ok(())
    }

    /// The indented lines below a line that ends here, each read by `item`.
    fn block<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        let mut items = Vec::new();
        self.line_end()?;
        if !self.eat(TokenKind::Indent) {
            return Ok(items);
        }
        while !matches!(self.kind(), TokenKind::Dedent | TokenKind::End) {
            match item(self) {
                Ok(item) => items.push(item),
                Err(diagnostic) => self.give_up_line(*diagnostic),
            }
        }
        self.eat(TokenKind::Dedent);
        Ok(items)
    }

    fn line_end(&mut self) -> Parse<()> {
        match self.eat(TokenKind::Newline) || self.kind() == TokenKind::End {
            true => Ok(()),
            false => Err(self.expected("the end of the line")),
        }
    }

    /// `Boolean.group-cardinality`: only said for readers; the constructs speak for themselves.
    fn language_level(&mut self) -> Parse<()> {
        while self.kind() != TokenKind::Newline {
            match self.kind() {
                TokenKind::Word | TokenKind::Symbol("." | "*" | "-") => self.take(),
                _ => return Err(self.expected("a language level")),
            }
        }
        self.line_end()
    }

    fn import(&mut self) -> Parse<Import> {
        let path = self.reference()?;
        let alias = match self.eat_word("as") {
            true => Some(self.reference()?),
            false => None,
        };
        self.line_end()?;
        Ok(Import { path, alias })
    }

    fn root(&mut self, file: &mut File) -> Parse<()> {
        let start = self.span();
        if let Some(first) = &file.root {
            let error = self.error(start, "second-root", "there is only one root feature");
            let place = Location::bytes(self.file, first.name.span.clone());
            let error = error.related(place, "the root is here");
            let hint = "put a group such as `optional` below the root, and this feature below it";
            return Err(Box::new(error.hint(hint)));
        }
        file.root = Some(self.feature()?);
        Ok(())
    }

    pub(super) fn reference(&mut self) -> Parse<Reference> {
        let start = self.span().start;
        let mut steps = Vec::new();
        loop {
            let word = match self.kind() {
                TokenKind::Word => self.word(),
                TokenKind::Quoted => self.word().trim_matches('"'),
                _ => return Err(self.expected("a name")),
            };
            steps.push(word.to_owned());
            self.take();
            if !self.eat_symbol(".") {
                let span = start..self.end();
                return Ok(Reference { steps, span });
            }
        }
    }

    fn feature(&mut self) -> Parse<Feature> {
        if let Some(group) = self.group_kind()? {
            let message = format!("`{}` is a kind of group, not a feature", name(&group));
            let error = self.error(self.span(), "indentation", message);
            return Err(Box::new(
                error.hint("indent it below the feature that it belongs to"),
            ));
        }
        let kind = self.feature_type();
        let name = self.reference()?;
        let cardinality = match self.eat_word("cardinality") {
            true => Some(self.cardinality()?),
            false => None,
        };
        let attributes = match self.kind() {
            TokenKind::Symbol("{") => self.attributes()?,
            _ => Vec::new(),
        };
        let groups = self.block(Self::group)?;
        Ok(Feature {
            kind,
            name,
            cardinality,
            attributes,
            groups,
        })
    }

    /// The type in front of a name. A feature may be called like one.
    fn feature_type(&mut self) -> FeatureType {
        let kind = match self.word() {
            "Boolean" => FeatureType::Boolean,
            "Integer" => FeatureType::Integer,
            "Real" => FeatureType::Real,
            "String" => FeatureType::Text,
            _ => return FeatureType::Boolean,
        };
        if !matches!(self.ahead(1), TokenKind::Word | TokenKind::Quoted) {
            return FeatureType::Boolean;
        }
        self.take();
        kind
    }

    fn group(&mut self) -> Parse<Group> {
        let span = self.span();
        let Some(kind) = self.group_kind()? else {
            let kinds = "`or`, `alternative`, `optional`, `mandatory` or a cardinality";
            let error = self.expected(kinds);
            let hint = "features stand below a group, which stands below their parent";
            return Err(Box::new(error.hint(hint)));
        };
        self.take_group();
        let mut empty = true;
        let features = self.block(|it| {
            empty = false;
            it.feature()
        })?;
        if empty {
            return Err(self.error(span, "empty-group", "this group has no features"));
        }
        Ok(Group {
            kind,
            span,
            features,
        })
    }

    /// The kind of group that is named here; nothing is taken.
    fn group_kind(&mut self) -> Parse<Option<GroupKind>> {
        let at = self.at;
        let kind = match (self.kind(), self.word()) {
            (TokenKind::Word, "or") => Some(GroupKind::Or),
            (TokenKind::Word, "alternative") => Some(GroupKind::Alternative),
            (TokenKind::Word, "optional") => Some(GroupKind::Optional),
            (TokenKind::Word, "mandatory") => Some(GroupKind::Mandatory),
            (TokenKind::Symbol("["), _) => Some(GroupKind::Cardinality(self.cardinality()?)),
            _ => None,
        };
        self.at = at;
        Ok(kind)
    }

    fn take_group(&mut self) {
        if self.eat(TokenKind::Word) {
            return;
        }
        while !self.eat_symbol("]") {
            self.take();
        }
    }
}

fn name(group: &GroupKind) -> &'static str {
    match group {
        GroupKind::Or => "or",
        GroupKind::Alternative => "alternative",
        GroupKind::Optional => "optional",
        GroupKind::Mandatory => "mandatory",
        GroupKind::Cardinality(_) => "[..]",
    }
}
