use std::ops::Range;

use rust_decimal::Decimal;

use crate::problem::Problem;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind<'a> {
    /// With the decimals it was written with.
    Number(Decimal),
    /// `4x`.
    Times(u32),
    /// A name or a word of the language.
    Word(&'a str),
    /// What stood between quotation marks.
    Quoted(String),
    /// `###`.
    Hashes,
    /// An operator or bracket, in its plainest spelling.
    Symbol(&'static str),
    /// What the language has no token for.
    Wrong(Box<Problem>),
    End,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: TokenKind<'a>,
    pub(crate) span: Range<usize>,
    /// Whether nothing but spaces and comments stands before it on its line.
    pub(crate) starts_line: bool,
}

/// Spellings and what they stand for; longer ones first.
const SYMBOLS: [(&str, &str); 32] = [
    ("-*-", "-*-"),
    ("||", "||"),
    ("&&", "&&"),
    ("!=", "!="),
    ("<>", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("==", "="),
    ("..", ".."),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("⊇", "contains"),
    ("∞", "∞"),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
    ("!", "!"),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("^", "^"),
    ("(", "("),
    (")", ")"),
    ("[", "["),
    ("]", "]"),
    ("{", "{"),
    ("}", "}"),
    (".", "."),
    (",", ","),
    (";", ";"),
];

/// Cuts `text` into tokens; the last one is always [`TokenKind::End`].
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut starts_line = true;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blank = blank(rest);
        let skipped = rest.get(..blank).unwrap_or_default();
        starts_line |= skipped.contains(['\n', '\r']);
        at += blank;
        if blank > 0 {
            continue;
        }
        let (kind, length) = token(rest, at);
        tokens.push(Token {
            kind,
            span: at..at + length,
            starts_line,
        });
        at += length;
        starts_line = false;
    }
    tokens.push(Token {
        kind: TokenKind::End,
        span: text.len()..text.len(),
        starts_line: true,
    });
    tokens
}

/// Bytes of spaces or of one comment at the start of `rest`.
fn blank(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find(['\n', '\r']).unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return comment(rest).unwrap_or(0);
    }
    let is_blank = |character: char| character.is_whitespace() || character == '\u{feff}';
    rest.find(|character| !is_blank(character))
        .unwrap_or(rest.len())
}

/// Bytes of a `/* */` comment, in which others may stand; `None` where it does not end.
fn comment(rest: &str) -> Option<usize> {
    let mut open = 0_usize;
    let mut at = 0;
    loop {
        let next = at + rest.get(at..)?.find(['/', '*'])?;
        let pair = rest.get(next..)?;
        at = next + 2;
        match () {
            () if pair.starts_with("/*") => open += 1,
            () if pair.starts_with("*/") => open -= 1,
            () => at = next + 1,
        }
        if open == 0 {
            return Some(at);
        }
    }
}

/// The token that `rest` starts with, and its length; `at` is where `rest` starts.
fn token(rest: &str, at: usize) -> (TokenKind<'_>, usize) {
    let first = rest.chars().next().unwrap_or_default();
    let read = match first {
        '0'..='9' => number(rest),
        '"' | '\'' => quoted(rest, first),
        '#' => Ok((
            TokenKind::Hashes,
            rest.len() - rest.trim_start_matches('#').len(),
        )),
        _ if is_letter(first) => Ok(word(rest)),
        // One that ends is no token.
        _ if rest.starts_with("/*") => {
            let problem = Problem::new(0..rest.len(), "syntax", "the comment never ends");
            Err(problem.hint("add `*/`"))
        }
        _ => symbol(rest),
    };
    read.unwrap_or_else(|problem| {
        let length = problem.span.end;
        (TokenKind::Wrong(Box::new(problem.shifted(at))), length)
    })
}

type Read<'a> = Result<(TokenKind<'a>, usize), Problem>;

/// Letters as the published grammar has them, with all others of Unicode.
fn is_letter(character: char) -> bool {
    character.is_alphabetic()
        || matches!(character, '_' | '$' | '\u{a2}'..='\u{a5}' | '\u{2070}'..='\u{218f}')
}

fn is_in_word(character: char) -> bool {
    is_letter(character) || character.is_alphanumeric()
}

fn word(rest: &str) -> (TokenKind<'_>, usize) {
    let length = rest
        .find(|character| !is_in_word(character))
        .unwrap_or(rest.len());
    (TokenKind::Word(rest.get(..length).unwrap_or(rest)), length)
}

fn symbol(rest: &str) -> Read<'_> {
    SYMBOLS
        .iter()
        .find(|(spelling, _)| rest.starts_with(spelling))
        .map(|(spelling, symbol)| (TokenKind::Symbol(symbol), spelling.len()))
        .ok_or_else(|| unknown_character(rest))
}

fn number(rest: &str) -> Read<'_> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(rest);
    let after = rest.get(whole..).unwrap_or_default();
    let mut following = after.chars();
    if following.next() == Some('x') && !following.next().is_some_and(is_in_word) {
        return match rest.get(..whole).unwrap_or_default().parse() {
            Ok(times) => Ok((TokenKind::Times(times), whole + 1)),
            Err(_) => Err(too_many_digits(whole + 1)),
        };
    }
    let fraction = after.strip_prefix('.').map_or(0, digits);
    let length = whole + if fraction > 0 { fraction + 1 } else { 0 };
    let text = rest.get(..length).unwrap_or_default();
    match Decimal::from_str_exact(text) {
        Ok(number) => Ok((TokenKind::Number(number), length)),
        Err(_) => Err(too_many_digits(length)),
    }
}

fn too_many_digits(length: usize) -> Problem {
    Problem::new(0..length, "bad-number", "the number has too many digits")
}

fn quoted(rest: &str, mark: char) -> Read<'_> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\n' | '\r' => return Err(unclosed(at)),
            '\\' => {
                let following = rest.get(at + 1..).unwrap_or_default();
                let Some((meant, length)) = escape(following) else {
                    let end = following.find([mark, '\n', '\r']).unwrap_or(0);
                    let message = "a `\\` in quotation marks must have a meaning, as in `\\n`";
                    let problem = Problem::new(0..at + 1 + end, "syntax", message);
                    return Err(problem.hint("write `\\\\` for a `\\`"));
                };
                text.push(meant);
                characters.nth(length - 1);
            }
            _ if character == mark => return Ok((TokenKind::Quoted(text), at + 1)),
            _ => text.push(character),
        }
    }
    Err(unclosed(rest.len()))
}

fn unclosed(length: usize) -> Problem {
    let message = "the quotation mark is not closed on its line";
    Problem::new(0..length, "syntax", message)
}

/// What stands for a character after a `\`, and how many characters it has.
fn escape(rest: &str) -> Option<(char, usize)> {
    let meant = match rest.chars().next()? {
        same @ ('"' | '\'' | '\\' | '/') => same,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let digits = rest.get(1..5)?;
            let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let code = u32::from_str_radix(digits, 16).ok()?;
            return Some((char::from_u32(code).filter(|_| is_hex)?, 5));
        }
        _ => return None,
    };
    Some((meant, 1))
}

fn unknown_character(rest: &str) -> Problem {
    let character = rest.chars().next().unwrap_or_default();
    let hint = match character {
        '|' => Some("write `||` for \"or\""),
        '&' => Some("write `&&` for \"and\""),
        '“' | '”' | '‘' | '’' => Some("write straight quotation marks"),
        '–' | '—' | '−' => Some("write `-`"),
        '×' => Some("write `*`"),
        '÷' | ':' => Some("write `/`"),
        '%' => Some("write the hundredth, as in `0.05` for 5 %"),
        _ => None,
    };
    let message = format!("`{character}` means nothing here");
    Problem::new(0..character.len_utf8(), "syntax", message).maybe_hint(hint.map(str::to_owned))
}
