//! Cross-tree constraints: `&` binds before `|`, that before `=>`, that before `<=>`.

use quotewright_engine::catalog::Comparison;

use super::ast::{Constraint, ConstraintKind, Expression, ExpressionKind, Function};
use super::lexer::TokenKind;
use super::parser::{Parse, Parser};

/// Deeper nesting than any person writes; keeps hostile input from exhausting the stack.
const MAX_DEPTH: usize = 200;

const COMPARISONS: [(&str, Comparison); 6] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

impl Parser<'_> {
    pub(super) fn check_depth(&self) -> Parse<()> {
        match self.depth > MAX_DEPTH {
            true => Err(self.error(self.span(), "too-deep", "this is nested too deeply")),
            false => Ok(()),
        }
    }

    pub(super) fn constraint(&mut self) -> Parse<Constraint> {
        self.check_depth()?;
        let depth = self.depth;
        self.depth += 1;
        let constraint = self.chain("<=>", Self::implication, ConstraintKind::Equivalent);
        self.depth = depth;
        constraint
    }

    fn implication(&mut self) -> Parse<Constraint> {
        self.chain("=>", Self::disjunction, ConstraintKind::Implies)
    }

    /// Operands with `symbol` between them, taken together from the left.
    fn chain(
        &mut self,
        symbol: &'static str,
        operand: impl Fn(&mut Self) -> Parse<Constraint>,
        join: impl Fn(Box<Constraint>, Box<Constraint>) -> ConstraintKind,
    ) -> Parse<Constraint> {
        let start = self.span().start;
        let mut left = operand(self)?;
        while self.eat_symbol(symbol) {
            self.depth += 1;
            self.check_depth()?;
            let kind = join(Box::new(left), Box::new(operand(self)?));
            let span = start..self.end();
            left = Constraint { span, kind };
        }
        Ok(left)
    }

    fn disjunction(&mut self) -> Parse<Constraint> {
        self.several("|", "or", Self::conjunction, ConstraintKind::Any)
    }

    fn conjunction(&mut self) -> Parse<Constraint> {
        self.several("&", "and", Self::unary, ConstraintKind::All)
    }

    /// Operands with `symbol` or, as some write it, `word` between them.
    fn several(
        &mut self,
        symbol: &'static str,
        word: &str,
        operand: impl Fn(&mut Self) -> Parse<Constraint>,
        join: impl Fn(Vec<Constraint>) -> ConstraintKind,
    ) -> Parse<Constraint> {
        let start = self.span().start;
        let first = operand(self)?;
        let mut parts = vec![first];
        while self.eat_symbol(symbol) || self.eat_word(word) {
            parts.push(operand(self)?);
        }
        if parts.len() == 1 {
            return Ok(parts.swap_remove(0));
        }
        let span = start..self.end();
        let kind = join(parts);
        Ok(Constraint { span, kind })
    }

    fn unary(&mut self) -> Parse<Constraint> {
        self.check_depth()?;
        let start = self.span().start;
        if self.eat_symbol("!") {
            self.depth += 1;
            let kind = ConstraintKind::Not(Box::new(self.unary()?));
            self.depth -= 1;
            let span = start..self.end();
            return Ok(Constraint { span, kind });
        }
        if self.kind() == TokenKind::Symbol("(") && !self.is_equation() {
            self.take();
            let inner = self.constraint()?;
            self.expect(")")?;
            return Ok(inner);
        }
        self.equation()
    }

    /// Whether the bracket that opens here belongs to a formula: what follows the one that
    /// closes it goes on as a formula does.
    fn is_equation(&self) -> bool {
        let mut open = 0_usize;
        let mut ahead = 0;
        loop {
            match self.ahead(ahead) {
                TokenKind::Symbol("(") => open += 1,
                TokenKind::Symbol(")") => open -= 1,
                TokenKind::Newline | TokenKind::End => return false,
                _ => {}
            }
            ahead += 1;
            if open == 0 {
                break;
            }
        }
        let TokenKind::Symbol(symbol) = self.ahead(ahead) else {
            return false;
        };
        "+-*/".contains(symbol) || COMPARISONS.iter().any(|(it, _)| *it == symbol)
    }

    /// A comparison, or a feature on its own.
    fn equation(&mut self) -> Parse<Constraint> {
        let start = self.span().start;
        if self.eat_word("true") || self.eat_word("false") {
            let span = start..self.end();
            let kind = ConstraintKind::Truth(span.len() == 4);
            return Ok(Constraint { span, kind });
        }
        let left = self.expression()?;
        let comparison = COMPARISONS
            .iter()
            .find(|(it, _)| self.kind() == TokenKind::Symbol(it));
        let kind = match (comparison, left.kind) {
            (Some((_, comparison)), kind) => {
                self.take();
                let left = Expression { kind, ..left };
                ConstraintKind::Compare(left, *comparison, self.expression()?)
            }
            (None, ExpressionKind::Reference(reference)) => ConstraintKind::Feature(reference),
            (None, _) => return Err(self.expected("a comparison such as `==` or `<`")),
        };
        let span = start..self.end();
        Ok(Constraint { span, kind })
    }

    fn expression(&mut self) -> Parse<Expression> {
        self.check_depth()?;
        let start = self.span().start;
        let mut terms = vec![(false, self.product()?)];
        loop {
            let minus = self.kind() == TokenKind::Symbol("-");
            if !minus && self.kind() != TokenKind::Symbol("+") {
                break;
            }
            self.take();
            terms.push((minus, self.product()?));
        }
        let span = start..self.end();
        Ok(match <[_; 1]>::try_from(terms) {
            Ok([(_, only)]) => only,
            Err(terms) => Expression {
                span,
                kind: ExpressionKind::Sum(terms),
            },
        })
    }

    fn product(&mut self) -> Parse<Expression> {
        let start = self.span().start;
        let depth = self.depth;
        let mut left = self.factor()?;
        loop {
            let join = match self.kind() {
                TokenKind::Symbol("*") => ExpressionKind::Multiply,
                TokenKind::Symbol("/") => ExpressionKind::Divide,
                _ => break,
            };
            self.take();
            self.depth += 1;
            self.check_depth()?;
            let kind = join(Box::new(left), Box::new(self.factor()?));
            let span = start..self.end();
            left = Expression { span, kind };
        }
        self.depth = depth;
        Ok(left)
    }

    fn factor(&mut self) -> Parse<Expression> {
        let start = self.span().start;
        let kind = match self.kind() {
            TokenKind::Number => ExpressionKind::Number(self.number()?),
            TokenKind::Text => {
                let text = self.inner().to_owned();
                self.take();
                ExpressionKind::Text(text)
            }
            TokenKind::Symbol("-") => {
                self.take();
                self.depth += 1;
                self.check_depth()?;
                let inner = self.factor()?;
                self.depth -= 1;
                ExpressionKind::Sum(vec![(true, inner)])
            }
            TokenKind::Symbol("(") => {
                self.take();
                self.depth += 1;
                let inner = self.expression()?;
                self.depth -= 1;
                self.expect(")")?;
                return Ok(inner);
            }
            TokenKind::Word | TokenKind::Quoted => match self.function() {
                Some(function) => ExpressionKind::Call(function, self.arguments()?),
                None => ExpressionKind::Reference(self.reference()?),
            },
            _ => return Err(self.expected("a feature, an attribute or a number")),
        };
        let span = start..self.end();
        Ok(Expression { span, kind })
    }

    fn function(&mut self) -> Option<Function> {
        if self.ahead(1) != TokenKind::Symbol("(") {
            return None;
        }
        let function = match self.word() {
            "sum" => Function::Sum,
            "avg" => Function::Average,
            "floor" => Function::Floor,
            "ceil" => Function::Ceil,
            "len" => Function::Length,
            _ => return None,
        };
        self.take();
        Some(function)
    }

    fn arguments(&mut self) -> Parse<Vec<super::ast::Reference>> {
        self.expect("(")?;
        let mut arguments = vec![self.reference()?];
        while self.eat_symbol(",") {
            arguments.push(self.reference()?);
        }
        self.expect(")")?;
        Ok(arguments)
    }
}
