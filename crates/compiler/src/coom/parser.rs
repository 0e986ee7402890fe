use std::collections::BTreeSet;
use std::ops::Range;

use super::ast::{Expression, Name, Span};
use super::lexer::{Token, TokenKind, tokens};
use crate::problem::{MAX_DEPTH, Problem};

/// More than anybody reads at once; keeps hostile input cheap.
const MAX_PROBLEMS: usize = 100;

/// Words that start what stands at the top of a file.
pub(super) const TOP: [&str; 4] = ["product", "structure", "enumeration", "behavior"];

/// What people try, and what to write instead.
const WORDS: [(&str, &str); 7] = [
    ("and", "`&&`"),
    ("en", "`&&`"),
    ("or", "`||`"),
    ("of", "`||`"),
    ("not", "`!`"),
    ("niet", "`!`"),
    (
        ",",
        "`&&` or `||` between conditions, and a point before decimals",
    ),
];

/// An expression with the levels of nodes that it has, for the limit on recursion.
pub(super) struct Tree {
    pub(super) expression: Expression,
    pub(super) depth: usize,
}

/// Goes through the tokens once. What is wrong in one statement or feature is noted,
/// and reading goes on after it.
pub(crate) struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
    /// How many calls deep the parser is in brackets, `!`, `-` and blocks.
    nesting: usize,
    problems: Vec<Problem>,
    /// Placeholders that have been told about.
    placeholders: BTreeSet<&'a str>,
    /// Whether a word may be followed by a bracket that is not its own, as in `(a (b, c))`.
    pub(super) in_row: bool,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            tokens: tokens(text),
            at: 0,
            nesting: 0,
            problems: Vec::new(),
            placeholders: BTreeSet::new(),
            in_row: false,
        }
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// How many tokens the text has.
    pub(super) fn length(&self) -> usize {
        self.tokens.len()
    }

    /// Where the first quotation mark stands.
    pub(super) fn quotation_mark(&self) -> Option<usize> {
        let is_quoted = |token: &&Token<'_>| matches!(token.kind, TokenKind::Quoted(_));
        self.tokens.iter().find(is_quoted).map(|it| it.span.start)
    }

    pub(super) fn note(&mut self, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// The token `ahead` of the next one.
    fn token(&self, ahead: usize) -> Option<&Token<'a>> {
        self.tokens.get(self.at + ahead).or(self.tokens.last())
    }

    pub(super) fn peek(&self) -> &TokenKind<'a> {
        self.look(0)
    }

    pub(super) fn look(&self, ahead: usize) -> &TokenKind<'a> {
        self.token(ahead)
            .map_or(&TokenKind::End, |token| &token.kind)
    }

    /// Where the next token is.
    pub(super) fn span(&self) -> Span {
        self.token(0).map_or(0..0, |token| token.span.clone())
    }

    /// Where the last token ended.
    pub(super) fn end(&self) -> usize {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(0, |token| token.span.end)
    }

    pub(super) fn written(&self, span: Span) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    /// Whether the token `ahead` of the next one stands at the start of a line.
    pub(super) fn starts_line(&self, ahead: usize) -> bool {
        self.token(ahead).is_none_or(|token| token.starts_line)
    }

    /// Whether something stands between the next token and the one after it.
    pub(super) fn is_spaced(&self) -> bool {
        let start = self.token(1).map(|token| token.span.start);
        start != Some(self.span().end)
    }

    pub(super) fn advance(&mut self) {
        if !matches!(self.peek(), TokenKind::End) {
            self.at += 1;
        }
    }

    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self.peek(), TokenKind::Symbol(found) if *found == symbol)
    }

    pub(super) fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Result<(), Problem> {
        match self.take_symbol(symbol) {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{symbol}`"))),
        }
    }

    /// The next token, where it is a word without quotation marks.
    pub(super) fn word(&self, ahead: usize) -> Option<&'a str> {
        match self.look(ahead) {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.word(0) == Some(word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn is_name(&self, ahead: usize) -> bool {
        matches!(self.look(ahead), TokenKind::Word(_) | TokenKind::Quoted(_))
    }

    /// A word, which may be one of the language, or something in quotation marks.
    pub(super) fn name(&mut self, wanted: &str) -> Result<Name, Problem> {
        let span = self.span();
        let text = match self.peek() {
            TokenKind::Word(word) => (*word).to_owned(),
            TokenKind::Quoted(text) => text.clone(),
            _ => return Err(self.unexpected(wanted)),
        };
        self.advance();
        Ok(Name { text, span })
    }

    /// A whole number that is not negative. A placeholder for it is noted, and 0 assumed.
    pub(super) fn count(&mut self, wanted: &str) -> Result<u32, Problem> {
        let number = match self.peek() {
            TokenKind::Number(number) if number.scale() == 0 => u32::try_from(*number).ok(),
            TokenKind::Word(_) => {
                self.placeholder();
                return Ok(0);
            }
            _ => return Err(self.unexpected(wanted)),
        };
        let number = number.ok_or_else(|| {
            let message = format!("{wanted} must be below {}", u32::MAX);
            Problem::new(self.span(), "bad-number", message)
        })?;
        self.advance();
        Ok(number)
    }

    /// Takes a word that stands where a number should, and notes it unless it was before.
    pub(super) fn placeholder(&mut self) {
        let Some(word) = self.word(0) else { return };
        let span = self.span();
        self.advance();
        if self.placeholders.insert(word) {
            let message =
                format!("`{word}` stands where a number should: this is a template, not a model");
            let hint = format!("put a number in the place of `{word}`, wherever it stands");
            self.note(Problem::new(span, "template", message).hint(hint));
        }
    }

    /// Goes one level deeper, unless that is deeper than the stack should be trusted with.
    pub(super) fn nested<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if self.nesting >= MAX_DEPTH {
            return Err(Problem::too_deep(self.span()));
        }
        self.nesting += 1;
        let result = inner(self);
        self.nesting -= 1;
        result
    }

    pub(super) fn unexpected(&self, wanted: &str) -> Problem {
        let span = self.span();
        let found = match self.peek() {
            TokenKind::Wrong(problem) => return (**problem).clone(),
            TokenKind::End => {
                let message = format!("the text ends where {wanted} should follow");
                return Problem::new(span, "syntax", message);
            }
            _ => self.written(span.clone()),
        };
        if found == "," && self.is_between_digits() {
            let message = "a comma cannot stand in a number";
            return Problem::new(span, "bad-number", message)
                .hint("write a point before the decimals, as in `1.5`");
        }
        let message = format!("`{found}` stands where {wanted} should");
        let hint = WORDS
            .iter()
            .find(|(word, _)| found.eq_ignore_ascii_case(word))
            .map(|(_, instead)| format!("write {instead}"));
        Problem::new(span, "syntax", message).maybe_hint(hint)
    }

    fn is_between_digits(&self) -> bool {
        let Range { start, end } = self.span();
        let before = self.text.get(..start).unwrap_or_default();
        let after = self.text.get(end..).unwrap_or_default();
        let is_digit = |character: char| character.is_ascii_digit();
        before.ends_with(is_digit) && after.starts_with(is_digit)
    }

    /// Whether a statement, a feature or an option may end before the token `ahead` of
    /// the next one.
    pub(super) fn is_end(&self, ahead: usize) -> bool {
        self.starts_line(ahead)
            || matches!(
                self.look(ahead),
                TokenKind::End | TokenKind::Symbol(";" | "}")
            )
    }

    /// Whether the next words start something that stands at the top of a file only.
    pub(super) fn is_top(&self) -> bool {
        let braces = |ahead| matches!(self.look(ahead), TokenKind::Symbol("{"));
        let opens = braces(1) || self.is_name(1) && braces(2);
        opens && self.starts_line(0) && self.word(0).is_some_and(|word| TOP.contains(&word))
    }

    /// Reads what stands in braces, one `item` after the other, up to the closing one.
    pub(super) fn body(
        &mut self,
        item: &mut dyn FnMut(&mut Self) -> Result<(), Problem>,
        resumes: fn(&Self) -> bool,
    ) -> Result<(), Problem> {
        let open = self.span();
        self.expect("{")?;
        loop {
            if self.take_symbol(";") {
                continue;
            }
            if self.take_symbol("}") {
                return Ok(());
            }
            if matches!(self.peek(), TokenKind::End) || self.is_top() {
                return Err(self.never_closed(open));
            }
            let before = self.at;
            if let Err(problem) = item(self) {
                self.note(problem);
                self.skip(before, resumes);
            }
        }
    }

    /// One or more `item`s with or without commas between them, up to the closing bracket.
    pub(super) fn items<T>(
        &mut self,
        item: fn(&mut Self) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let mut items = vec![item(self)?];
        while !self.take_symbol(")") {
            self.take_symbol(",");
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn never_closed(&self, open: Span) -> Problem {
        Problem::new(open, "syntax", "this brace is never closed").hint("add `}`")
    }

    /// Goes on to where the next statement, feature or option starts: past one token at
    /// least since `before`, and never out of the braces around.
    fn skip(&mut self, before: usize, resumes: fn(&Self) -> bool) {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                TokenKind::End => return,
                TokenKind::Symbol("{") => open += 1,
                TokenKind::Symbol("}") if open == 0 => return,
                TokenKind::Symbol("}") => open -= 1,
                TokenKind::Symbol(";") if open == 0 => return,
                _ if self.at > before && self.is_top() => return,
                _ if self.at > before && open == 0 && resumes(self) => return,
                _ => {}
            }
            self.advance();
        }
    }
}
