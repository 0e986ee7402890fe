//! Conditions and formulas.

use quotewright_engine::catalog::Comparison;

use super::ast::{Expression, ExpressionKind, Name, Operator, Span};
use super::lexer::TokenKind;
use super::parser::{Parser, Tree};
use crate::problem::{MAX_DEPTH, Problem};

/// Functions of the language.
const FUNCTIONS: [&str; 22] = [
    "count", "min", "max", "sum", "delta", "pow", "sqrt", "ceil", "floor", "round", "mod", "log",
    "ln", "sin", "asin", "sinh", "cos", "acos", "cosh", "tan", "atan", "tanh",
];

/// Operators between numbers, the loosest first: each binds looser than the next.
const OPERATORS: [(&str, Operator); 5] = [
    ("+", Operator::Add),
    ("-", Operator::Subtract),
    ("*", Operator::Multiply),
    ("/", Operator::Divide),
    ("^", Operator::Power),
];

/// More tokens than any expression in a cell has; keeps hostile input cheap.
const MAX_TOKENS: usize = 4_000;

/// Higher powers leave exact numbers behind for nearly all that they are taken of.
pub(crate) const MAX_EXPONENT: u32 = 16;

/// Words of statements, which are not expressions.
const STATEMENTS: [&str; 7] = [
    "exists",
    "imply",
    "require",
    "combinations",
    "minimize",
    "maximize",
    "prefer",
];

type Read = Result<Tree, Problem>;

/// Reads an expression that stands by itself, as in a cell, where codes need no quotation
/// marks and have none.
pub(crate) fn expression(text: &str) -> Result<Expression, Problem> {
    let mut parser = Parser::new(text);
    if parser.length() > MAX_TOKENS {
        let message = "the expression is too long";
        let problem = Problem::new(0..text.len(), "too-complex", message);
        return Err(problem.hint("split it into several rules"));
    }
    if let Some(start) = parser.quotation_mark() {
        let message = "quotation marks mean nothing in an expression";
        return Err(Problem::new(start..start + 1, "syntax", message)
            .hint("codes stand without quotation marks, as in `belt = pu`"));
    }
    let statement = parser.word(0).filter(|word| STATEMENTS.contains(word));
    if let Some(word) = statement.filter(|_| parser.is_name(1)) {
        return Err(Problem::unsupported(parser.span(), &format!("`{word}`")));
    }
    let expression = parser.condition()?;
    match parser.peek() {
        TokenKind::End => Ok(expression),
        _ => Err(parser.unexpected("the end of the expression or an operator")),
    }
}

impl Parser<'_> {
    pub(super) fn condition(&mut self) -> Result<Expression, Problem> {
        Ok(self.any()?.expression)
    }

    pub(super) fn formula(&mut self) -> Result<Expression, Problem> {
        Ok(self.arithmetic(0)?.expression)
    }

    fn any(&mut self) -> Read {
        self.chain("||", ExpressionKind::Any, Self::all)
    }

    fn all(&mut self) -> Read {
        self.chain("&&", ExpressionKind::All, Self::not)
    }

    /// One or more parts with `symbol` between them.
    fn chain(
        &mut self,
        symbol: &str,
        kind: fn(Vec<Expression>) -> ExpressionKind,
        part: fn(&mut Self) -> Read,
    ) -> Read {
        let first = part(self)?;
        if !self.is_symbol(symbol) {
            return Ok(first);
        }
        let (start, mut depth) = (first.expression.span.start, first.depth);
        let mut parts = vec![first.expression];
        while self.take_symbol(symbol) {
            let next = part(self)?;
            depth = depth.max(next.depth);
            parts.push(next.expression);
        }
        tree(start..self.end(), depth + 1, kind(parts))
    }

    fn not(&mut self) -> Read {
        let start = self.span().start;
        if !self.take_symbol("!") {
            return self.comparison();
        }
        let inner = self.nested(Self::not)?;
        let kind = ExpressionKind::Not(Box::new(inner.expression));
        tree(start..self.end(), inner.depth + 1, kind)
    }

    /// `a < b < c` is `a < b && b < c`.
    fn comparison(&mut self) -> Read {
        let mut left = self.arithmetic(0)?;
        let (start, mut depth) = (left.expression.span.start, 0);
        let mut parts = Vec::new();
        while let Some(relation) = self.take_relation() {
            let right = self.arithmetic(0)?;
            let span = left.expression.span.start..right.expression.span.end;
            let next = right.expression.clone();
            let levels = left.depth.max(right.depth) + 1;
            depth = depth.max(levels);
            let kind = relation.of(left.expression, right.expression);
            parts.push(tree(span, levels, kind)?.expression);
            left = Tree {
                expression: next,
                depth: right.depth,
            };
        }
        match parts.len() {
            0 => Ok(left),
            1 => parts
                .pop()
                .map(|expression| Tree { expression, depth })
                .ok_or_else(|| self.unexpected("a condition")),
            _ => tree(start..self.end(), depth + 1, ExpressionKind::All(parts)),
        }
    }

    fn take_relation(&mut self) -> Option<Relation> {
        if let Some(comparison) = self.take_comparison() {
            return Some(Relation::Compare(comparison));
        }
        let contains = self.take_symbol("contains") || self.take_word("contains");
        contains.then_some(Relation::Contains)
    }

    pub(super) fn take_comparison(&mut self) -> Option<Comparison> {
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
        self.advance();
        Some(comparison)
    }

    /// Signed atoms with operators between them that bind as tight as the one at `level`
    /// of [`OPERATORS`], or tighter.
    fn arithmetic(&mut self, level: usize) -> Read {
        let mut left = self.sign()?;
        while let Some((level, operator)) = self.take_operator(level) {
            let right = self.arithmetic(level + 1)?;
            let span = left.expression.span.start..right.expression.span.end;
            let depth = left.depth.max(right.depth) + 1;
            let kind = ExpressionKind::Arithmetic {
                left: Box::new(left.expression),
                operator,
                right: Box::new(right.expression),
            };
            left = tree(span, depth, kind)?;
        }
        Ok(left)
    }

    fn take_operator(&mut self, level: usize) -> Option<(usize, Operator)> {
        let mut operators = OPERATORS.iter().enumerate().skip(level);
        let (found, (_, operator)) = operators.find(|(_, (symbol, _))| self.is_symbol(symbol))?;
        self.advance();
        Some((found, *operator))
    }

    fn sign(&mut self) -> Read {
        let start = self.span().start;
        if self.take_symbol("+") {
            return self.nested(Self::sign);
        }
        if !self.take_symbol("-") {
            return self.atom();
        }
        let inner = self.nested(Self::sign)?;
        let span = start..self.end();
        match inner.expression.kind {
            ExpressionKind::Number(number) => {
                let number = (-number).normalize();
                tree(span, 1, ExpressionKind::Number(number))
            }
            _ => {
                let kind = ExpressionKind::Negate(Box::new(inner.expression));
                tree(span, inner.depth + 1, kind)
            }
        }
    }

    fn atom(&mut self) -> Read {
        let span = self.span();
        match self.peek() {
            TokenKind::Number(number) => {
                let number = number.normalize();
                self.advance();
                tree(span, 1, ExpressionKind::Number(number))
            }
            TokenKind::Word("true") if !self.continues_path() => self.truth(true),
            TokenKind::Word("false") if !self.continues_path() => self.truth(false),
            TokenKind::Word(word) if self.is_call(word) => self.call(),
            TokenKind::Word(_) | TokenKind::Quoted(_) => {
                let path = self.path("a path")?;
                tree(path.span.clone(), 1, ExpressionKind::Path(path))
            }
            TokenKind::Symbol("(") => {
                self.advance();
                let in_row = std::mem::replace(&mut self.in_row, false);
                let inner = self.nested(Self::any);
                self.in_row = in_row;
                let mut inner = inner?;
                self.expect(")")?;
                inner.expression.span = span.start..self.end();
                Ok(inner)
            }
            TokenKind::Symbol("∞") => Err(Problem::unsupported(span, "infinity in formulas")),
            _ => Err(self.unexpected("a number, a path or an option")),
        }
    }

    fn truth(&mut self, value: bool) -> Read {
        let span = self.span();
        self.advance();
        tree(span, 1, ExpressionKind::Truth(value))
    }

    fn continues_path(&self) -> bool {
        matches!(self.look(1), TokenKind::Symbol("." | "["))
    }

    /// Whether the word that comes next is a function with its arguments. In a row of a
    /// table, where a set may follow a word, they stand right behind it.
    fn is_call(&self, word: &str) -> bool {
        matches!(self.look(1), TokenKind::Symbol("("))
            && !(self.in_row && (self.is_spaced() || !FUNCTIONS.contains(&word)))
    }

    fn call(&mut self) -> Read {
        let function = self.name("a function")?;
        if !FUNCTIONS.contains(&function.text.as_str()) {
            return Err(not_a_function(&function));
        }
        self.expect("(")?;
        let in_row = std::mem::replace(&mut self.in_row, false);
        let arguments = self.nested(Self::arguments);
        self.in_row = in_row;
        let (arguments, depth) = arguments?;
        let span = function.span.start..self.end();
        let kind = ExpressionKind::Call {
            function,
            arguments,
        };
        tree(span, depth + 1, kind)
    }

    /// One or more formulas with commas between them, up to the closing bracket.
    fn arguments(&mut self) -> Result<(Vec<Expression>, usize), Problem> {
        let mut arguments = Vec::new();
        let mut depth = 0;
        loop {
            let argument = self.arithmetic(0)?;
            depth = depth.max(argument.depth);
            arguments.push(argument.expression);
            if self.take_symbol(")") {
                return Ok((arguments, depth));
            }
            if !self.take_symbol(",") {
                return Err(self.unexpected("`,` or `)`"));
            }
        }
    }
}

/// What stands between two sides.
enum Relation {
    Compare(Comparison),
    Contains,
}

impl Relation {
    fn of(self, left: Expression, right: Expression) -> ExpressionKind {
        let (left, right) = (Box::new(left), Box::new(right));
        match self {
            Self::Compare(comparison) => ExpressionKind::Compare {
                left,
                comparison,
                right,
            },
            Self::Contains => ExpressionKind::Contains {
                set: left,
                element: right,
            },
        }
    }
}

fn tree(span: Span, depth: usize, kind: ExpressionKind) -> Read {
    if depth > MAX_DEPTH {
        return Err(Problem::too_deep(span));
    }
    let expression = Expression { span, kind };
    Ok(Tree { expression, depth })
}

fn not_a_function(name: &Name) -> Problem {
    let message = format!("`{}` is not a function", name.text);
    Problem::new(name.span.clone(), "syntax", message)
}
