use std::ops::Range;

use quotewright_engine::catalog::Comparison;

use super::ast::{Name, Node, NodeKind, Operator};
use super::lexer::{Token, TokenKind, tokens};
use super::{MAX_DEPTH, Problem};

/// Functions of COOM, which are known but not reasoned about yet.
const FUNCTIONS: [&str; 23] = [
    "count", "min", "max", "sum", "avg", "delta", "pow", "sqrt", "ceil", "floor", "round", "mod",
    "log", "ln", "sin", "asin", "sinh", "cos", "acos", "cosh", "tan", "atan", "tanh",
];

/// Other words of COOM that start something which is not reasoned about yet.
const STATEMENTS: [&str; 10] = [
    "exists",
    "alldiff",
    "imply",
    "combinations",
    "minimize",
    "maximize",
    "prefer",
    "contains",
    "forall",
    "for",
];

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

/// Reads one expression.
pub(crate) fn parse(text: &str) -> Result<Node, Problem> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        nesting: 0,
    };
    let node = parser.any()?;
    match parser.peek() {
        TokenKind::End => Ok(node),
        _ => Err(parser.unexpected("the end of the expression or an operator")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// How many calls deep the parser is in brackets, `!` and `-`.
    nesting: usize,
}

impl Parser {
    fn peek(&self) -> &TokenKind {
        self.tokens
            .get(self.at)
            .map_or(&TokenKind::End, |token| &token.kind)
    }

    fn span(&self) -> Range<usize> {
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .map_or(0..0, |token| token.span.clone())
    }

    fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), TokenKind::Symbol(found) if *found == symbol);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Node, Problem> {
        self.chain("||", NodeKind::Any, Self::all)
    }

    fn all(&mut self) -> Result<Node, Problem> {
        self.chain("&&", NodeKind::All, Self::not)
    }

    /// One or more parts with `symbol` between them.
    fn chain(
        &mut self,
        symbol: &str,
        kind: fn(Vec<Node>) -> NodeKind,
        part: fn(&mut Self) -> Result<Node, Problem>,
    ) -> Result<Node, Problem> {
        let first = part(self)?;
        if !matches!(self.peek(), TokenKind::Symbol(found) if *found == symbol) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_symbol(symbol) {
            parts.push(part(self)?);
        }
        let span = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        };
        let depth = parts.iter().map(|part| part.depth).max().unwrap_or(0);
        node(span, depth + 1, kind(parts))
    }

    fn not(&mut self) -> Result<Node, Problem> {
        let start = self.span().start;
        if !self.take_symbol("!") {
            return self.comparison();
        }
        let inner = self.nested(Self::not)?;
        node(
            start..inner.span.end,
            inner.depth + 1,
            NodeKind::Not(Box::new(inner)),
        )
    }

    fn comparison(&mut self) -> Result<Node, Problem> {
        let left = self.sum()?;
        let Some(comparison) = self.take_comparison() else {
            return Ok(left);
        };
        let right = self.sum()?;
        let span = self.span();
        if self.take_comparison().is_some() {
            return Err(
                Problem::new(span, "unsupported", "comparisons cannot be chained")
                    .hint("write `a < b && b < c`"),
            );
        }
        let depth = left.depth.max(right.depth) + 1;
        node(
            left.span.start..right.span.end,
            depth,
            NodeKind::Compare {
                left: Box::new(left),
                comparison,
                right: Box::new(right),
            },
        )
    }

    fn take_comparison(&mut self) -> Option<Comparison> {
        let TokenKind::Symbol(symbol) = self.peek() else {
            return None;
        };
        let comparison = match *symbol {
            "=" => Comparison::Equal,
            "!=" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            _ => return None,
        };
        self.at += 1;
        Some(comparison)
    }

    fn sum(&mut self) -> Result<Node, Problem> {
        let operators = [("+", Operator::Add), ("-", Operator::Subtract)];
        self.arithmetic(operators, Self::product)
    }

    fn product(&mut self) -> Result<Node, Problem> {
        let operators = [("*", Operator::Multiply), ("/", Operator::Divide)];
        self.arithmetic(operators, Self::sign)
    }

    fn arithmetic(
        &mut self,
        operators: [(&str, Operator); 2],
        part: fn(&mut Self) -> Result<Node, Problem>,
    ) -> Result<Node, Problem> {
        let mut left = part(self)?;
        loop {
            let found = operators
                .iter()
                .find(|(symbol, _)| self.take_symbol(symbol));
            let Some((_, operator)) = found else {
                return Ok(left);
            };
            let right = part(self)?;
            let depth = left.depth.max(right.depth) + 1;
            left = node(
                left.span.start..right.span.end,
                depth,
                NodeKind::Arithmetic {
                    left: Box::new(left),
                    operator: *operator,
                    right: Box::new(right),
                },
            )?;
        }
    }

    fn sign(&mut self) -> Result<Node, Problem> {
        let start = self.span().start;
        if self.take_symbol("+") {
            return self.nested(Self::sign);
        }
        if !self.take_symbol("-") {
            return self.atom();
        }
        let inner = self.nested(Self::sign)?;
        node(
            start..inner.span.end,
            inner.depth + 1,
            NodeKind::Negate(Box::new(inner)),
        )
    }

    fn atom(&mut self) -> Result<Node, Problem> {
        let span = self.span();
        match self.peek().clone() {
            TokenKind::Number(number) => {
                self.at += 1;
                node(span, 1, NodeKind::Number(number))
            }
            TokenKind::Name(text) => {
                self.at += 1;
                self.name(Name { text, span })
            }
            TokenKind::Symbol("(") => {
                self.at += 1;
                let mut inner = self.nested(Self::any)?;
                let end = self.span().end;
                if !self.take_symbol(")") {
                    return Err(self.unexpected("`)`"));
                }
                inner.span = span.start..end;
                Ok(inner)
            }
            _ => Err(self.unexpected("a number, an attribute or an option")),
        }
    }

    /// What a word stands for; the word itself is already taken.
    fn name(&mut self, name: Name) -> Result<Node, Problem> {
        let word = name.text.as_str();
        let called = matches!(self.peek(), TokenKind::Symbol("("));
        if called && FUNCTIONS.contains(&word) {
            return Err(Problem::unsupported(
                name.span,
                &format!("the function `{word}`"),
            ));
        }
        if called {
            let message = format!("`{word}` is not a function");
            return Err(Problem::new(name.span, "syntax", message));
        }
        if STATEMENTS.contains(&word) && matches!(self.peek(), TokenKind::Name(_)) {
            return Err(Problem::unsupported(name.span, &format!("`{word}`")));
        }
        if self.take_symbol(".") {
            return self.property(name);
        }
        let kind = match word {
            "true" => NodeKind::Truth(true),
            "false" => NodeKind::Truth(false),
            _ => NodeKind::Name(name.text),
        };
        node(name.span, 1, kind)
    }

    fn property(&mut self, attribute: Name) -> Result<Node, Problem> {
        let span = self.span();
        let TokenKind::Name(text) = self.peek().clone() else {
            return Err(self.unexpected("a property after the point"));
        };
        self.at += 1;
        let whole = attribute.span.start..span.end;
        if matches!(self.peek(), TokenKind::Symbol(".")) {
            return Err(Problem::unsupported(
                whole,
                "paths with more than one point",
            ));
        }
        let property = Name { text, span };
        let kind = NodeKind::Property {
            attribute,
            property,
        };
        node(whole, 1, kind)
    }

    /// Goes one level deeper, unless that is deeper than the stack should be trusted with.
    fn nested(&mut self, inner: fn(&mut Self) -> Result<Node, Problem>) -> Result<Node, Problem> {
        if self.nesting >= MAX_DEPTH {
            return Err(Problem::too_deep(self.span()));
        }
        self.nesting += 1;
        let result = inner(self);
        self.nesting -= 1;
        result
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match self.peek() {
            TokenKind::End => {
                let message = format!("the expression ends where {wanted} should follow");
                return Problem::new(self.span(), "syntax", message);
            }
            TokenKind::Name(word) => word.clone(),
            TokenKind::Number(number) => number.to_string(),
            TokenKind::Symbol(symbol) => (*symbol).to_owned(),
        };
        let message = format!("`{found}` stands where {wanted} should");
        let hint = WORDS
            .iter()
            .find(|(word, _)| found.eq_ignore_ascii_case(word))
            .map(|(_, instead)| format!("write {instead}"));
        Problem::new(self.span(), "syntax", message).maybe_hint(hint)
    }
}

fn node(span: Range<usize>, depth: usize, kind: NodeKind) -> Result<Node, Problem> {
    if depth > MAX_DEPTH {
        return Err(Problem::too_deep(span));
    }
    Ok(Node { span, depth, kind })
}
