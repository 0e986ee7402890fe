//! Cuts a UVL file into tokens, its indentation included.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Location};

/// Deeper nesting than any person writes; keeps hostile input from exhausting the stack.
const MAX_DEPTH: usize = 256;

/// What a token is; its text is what stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name or a keyword.
    Word,
    /// A name between double quotation marks.
    Quoted,
    /// A text between single quotation marks.
    Text,
    /// A number without a sign.
    Number,
    /// An operator or a bracket.
    Symbol(&'static str),
    /// The end of a line that is not empty.
    Newline,
    /// The next line stands further in.
    Indent,
    /// The next line stands further out; one for each level.
    Dedent,
    /// The end of the file.
    End,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

/// Longer ones first.
const SYMBOLS: [&str; 23] = [
    "<=>", "=>", "==", "!=", "<=", ">=", "..", "!", "&", "|", "<", ">", "+", "-", "*", "/", "(",
    ")", "[", "]", "{", "}", ",",
];

pub(super) struct Lexer<'a> {
    file: &'a str,
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// The levels of indentation that are open: the column that opened each, and the one
    /// furthest in that a line further out has come back to.
    levels: Vec<(usize, usize)>,
    /// Brackets that are open; line breaks within them do not count.
    brackets: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            tokens: Vec::new(),
            levels: vec![(0, 0)],
            brackets: 0,
        }
    }

    /// All tokens; the last one is [`TokenKind::End`]. What was cut before a mistake is lost.
    pub(super) fn run(mut self) -> Result<Vec<Token>, Box<Diagnostic>> {
        while let Some(column) = self.next_line()? {
            self.indent(column)?;
            self.line()?;
        }
        for _ in 1..self.levels.len() {
            self.push(TokenKind::Dedent, 0);
        }
        self.push(TokenKind::End, 0);
        Ok(self.tokens)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let span = self.at..self.at + length;
        self.at = span.end;
        self.tokens.push(Token { kind, span });
    }

    fn error(
        &self,
        length: usize,
        code: &'static str,
        message: impl Into<String>,
    ) -> Box<Diagnostic> {
        let location = Location::bytes(self.file, self.at..self.at + length);
        Box::new(Diagnostic::error(code, location, message))
    }

    /// Goes to the first token of the next line that has one; its column, tabs up to every eighth.
    fn next_line(&mut self) -> Result<Option<usize>, Box<Diagnostic>> {
        let mut column = 0;
        loop {
            let Some(character) = self.rest().chars().next() else {
                return Ok(None);
            };
            match character {
                '\n' | '\r' => column = 0,
                '\t' => column += 8 - column % 8,
                _ if character.is_whitespace() => column += 1,
                _ if self.comment()? => continue,
                _ => return Ok(Some(column)),
            }
            self.at += character.len_utf8();
        }
    }

    /// Skips a comment if one begins here.
    fn comment(&mut self) -> Result<bool, Box<Diagnostic>> {
        let rest = self.rest();
        if rest.starts_with("//") {
            self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            return Ok(true);
        }
        if !rest.starts_with("/*") {
            return Ok(false);
        }
        let end = rest.find("*/");
        let end = end.ok_or_else(|| self.error(2, "syntax", "this comment does not end"))?;
        self.at += end + 2;
        Ok(true)
    }

    fn indent(&mut self, column: usize) -> Result<(), Box<Diagnostic>> {
        let furthest = self.levels.last().map_or(0, |it| it.1);
        if column > furthest {
            if self.levels.len() >= MAX_DEPTH {
                return Err(self.error(0, "too-deep", "this line is nested too deeply"));
            }
            self.levels.push((column, column));
            self.push(TokenKind::Indent, 0);
            return Ok(());
        }
        while self.levels.last().is_some_and(|level| level.0 > column) {
            self.levels.pop();
            self.push(TokenKind::Dedent, 0);
        }
        // A line between two levels belongs to the outer one.
        if let Some(level) = self.levels.last_mut() {
            level.1 = level.1.max(column);
        }
        Ok(())
    }

    /// The tokens of one line, to its end or that of the line on which its last bracket closes.
    fn line(&mut self) -> Result<(), Box<Diagnostic>> {
        while let Some(character) = self.rest().chars().next() {
            match character {
                '\n' | '\r' if self.brackets == 0 => break,
                _ if character.is_whitespace() => self.at += character.len_utf8(),
                _ if self.comment()? => {}
                _ => self.token(character)?,
            }
        }
        self.push(TokenKind::Newline, 0);
        Ok(())
    }

    fn token(&mut self, first: char) -> Result<(), Box<Diagnostic>> {
        let rest = self.rest();
        if first == '"' || first == '\'' {
            return self.quoted(first);
        }
        if first.is_ascii_digit() {
            let length = number(rest);
            let after = rest.get(length..).and_then(|rest| rest.chars().next());
            if after.is_some_and(in_word) {
                let word = rest.find(|it| !in_word(it)).unwrap_or(rest.len());
                let error = self.error(word, "illegal-name", "a name does not begin with a digit");
                let hint = "begin it with a letter, or put it between double quotation marks";
                return Err(Box::new(error.hint(hint)));
            }
            self.push(TokenKind::Number, length);
            return Ok(());
        }
        if first.is_alphabetic() || first == '_' {
            let length = rest.find(|it| !in_word(it)).unwrap_or(rest.len());
            self.push(TokenKind::Word, length);
            return Ok(());
        }
        let symbol = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
        let Some(symbol) = symbol.or((first == '.').then_some(&".")) else {
            let message = format!("`{}` means nothing here", first.escape_debug());
            return Err(self.error(first.len_utf8(), "syntax", message));
        };
        match *symbol {
            "(" | "[" | "{" => self.brackets += 1,
            ")" | "]" | "}" => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
        self.push(TokenKind::Symbol(symbol), symbol.len());
        Ok(())
    }

    fn quoted(&mut self, mark: char) -> Result<(), Box<Diagnostic>> {
        let inner = self.rest().get(1..).unwrap_or_default();
        let end = inner.find([mark, '\n', '\r']);
        let Some(end) = end.filter(|end| inner[*end..].starts_with(mark)) else {
            return Err(self.error(1, "syntax", "this quotation mark is not closed on its line"));
        };
        let kind = if mark == '"' {
            TokenKind::Quoted
        } else {
            TokenKind::Text
        };
        if end == 0 && kind == TokenKind::Quoted {
            return Err(self.error(2, "illegal-name", "this name is empty"));
        }
        self.push(kind, end + 2);
        Ok(())
    }
}

/// Whether a name without quotation marks may go on with this character.
fn in_word(character: char) -> bool {
    character.is_alphanumeric() || "_#§%?\\';".contains(character)
}

/// Length of the number that `text` begins with.
fn number(text: &str) -> usize {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        from + rest
            .find(|it: char| !it.is_ascii_digit())
            .unwrap_or(rest.len())
    };
    let whole = digits(0);
    let fraction = text.get(whole..).is_some_and(|rest| {
        let mut rest = rest.chars();
        rest.next() == Some('.') && rest.next().is_some_and(|it| it.is_ascii_digit())
    });
    if fraction { digits(whole + 1) } else { whole }
}
