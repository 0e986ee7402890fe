use std::ops::Range;

use rust_decimal::Decimal;

use super::Problem;

/// More than any expression that a person writes; keeps hostile input cheap.
const MAX_TOKENS: usize = 4_000;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind {
    Number(Decimal),
    Name(String),
    /// An operator or bracket, in its COOM spelling.
    Symbol(&'static str),
    End,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Range<usize>,
}

/// Spellings and what they stand for; longer ones first.
const SYMBOLS: [(&str, &str); 22] = [
    ("||", "||"),
    ("&&", "&&"),
    ("!=", "!="),
    ("<>", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("==", "="),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
    ("!", "!"),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("(", "("),
    (")", ")"),
    (".", "."),
    (",", ","),
];

/// Cuts `text` into tokens; the last one is always [`TokenKind::End`].
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Problem> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(character) = rest.chars().next() else {
            break;
        };
        if character.is_whitespace() {
            at += character.len_utf8();
            continue;
        }
        let (kind, length) = token(rest).map_err(|problem| problem.shifted(at))?;
        tokens.push(Token {
            kind,
            span: at..at + length,
        });
        at += length;
        if tokens.len() > MAX_TOKENS {
            return Err(
                Problem::new(0..text.len(), "too-complex", "the expression is too long")
                    .hint("split it into several rules"),
            );
        }
    }
    tokens.push(Token {
        kind: TokenKind::End,
        span: text.len()..text.len(),
    });
    Ok(tokens)
}

/// The first token of `rest`, which starts with a character that is not a space, and its length.
fn token(rest: &str) -> Result<(TokenKind, usize), Problem> {
    if rest.starts_with(|character: char| character.is_ascii_digit()) {
        return number(rest);
    }
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let name = rest.split(|character| !is_name(character)).next();
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        return Ok((TokenKind::Name(name.to_owned()), name.len()));
    }
    SYMBOLS
        .iter()
        .find(|(spelling, _)| rest.starts_with(spelling))
        .map(|(spelling, symbol)| (TokenKind::Symbol(symbol), spelling.len()))
        .ok_or_else(|| unknown_character(rest))
}

fn number(rest: &str) -> Result<(TokenKind, usize), Problem> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let whole = digits(rest);
    let after = rest.get(whole..).unwrap_or_default();
    let fraction = after.strip_prefix('.').map_or(0, digits);
    let length = whole + if fraction > 0 { fraction + 1 } else { 0 };
    let comma = after
        .strip_prefix(',')
        .is_some_and(|after| digits(after) > 0);
    if comma {
        return Err(Problem::new(
            whole..whole + 1,
            "bad-number",
            "a comma cannot stand in a number",
        )
        .hint("write a point before the decimals, as in `1.5`"));
    }
    let text = rest.get(..length).unwrap_or_default();
    match Decimal::from_str_exact(text) {
        Ok(number) => Ok((TokenKind::Number(number.normalize()), length)),
        Err(_) => Err(Problem::new(
            0..length,
            "bad-number",
            "the number has too many digits",
        )),
    }
}

fn unknown_character(rest: &str) -> Problem {
    let character = rest.chars().next().unwrap_or_default();
    let span = 0..character.len_utf8();
    let unsupported = match character {
        '^' => Some("powers"),
        '[' | ']' => Some("positions in square brackets"),
        '⊇' => Some("`contains`"),
        '∞' => Some("infinity"),
        _ => None,
    };
    if let Some(what) = unsupported {
        return Problem::unsupported(span, what);
    }
    let hint = match character {
        '|' => Some("write `||` for \"or\""),
        '&' => Some("write `&&` for \"and\""),
        '"' | '\'' | '“' | '”' | '‘' | '’' => {
            Some("codes stand without quotation marks, as in `belt = pu`")
        }
        '–' | '—' | '−' => Some("write `-`"),
        '×' => Some("write `*`"),
        '÷' | ':' => Some("write `/`"),
        '%' => Some("write the hundredth, as in `0.05` for 5 %"),
        _ => None,
    };
    let problem = Problem::new(
        span,
        "syntax",
        format!("`{character}` means nothing in an expression"),
    );
    match hint {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}
