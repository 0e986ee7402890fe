//! What stands beside the name of a feature: its cardinality and its attributes.

use rust_decimal::Decimal;

use super::ast::{Attribute, AttributeValue, Cardinality};
use super::lexer::TokenKind;
use super::parser::{Parse, Parser};

impl Parser<'_> {
    pub(super) fn cardinality(&mut self) -> Parse<Cardinality> {
        let start = self.span().start;
        self.expect("[")?;
        let min = self.count()?;
        let max = match (self.eat_symbol(".."), self.kind()) {
            (true, TokenKind::Symbol("*")) => {
                self.take();
                None
            }
            (true, _) => Some(self.count()?),
            (false, _) => Some(min),
        };
        self.expect("]")?;
        let span = start..self.end();
        if max.is_some_and(|max| max < min) {
            let message = "the upper bound is below the lower one";
            return Err(self.error(span, "cardinality", message));
        }
        Ok(Cardinality { min, max, span })
    }

    fn count(&mut self) -> Parse<usize> {
        let count = match self.kind() {
            TokenKind::Number => self.word().parse().ok(),
            _ => None,
        };
        let count = count.ok_or_else(|| self.expected("a whole number"))?;
        self.take();
        Ok(count)
    }

    pub(super) fn attributes(&mut self) -> Parse<Vec<Attribute>> {
        self.expect("{")?;
        self.depth += 1;
        let list = self.list("}", |it| it.attribute());
        self.depth -= 1;
        list
    }

    /// Items with commas between them, up to `close`.
    fn list<T>(
        &mut self,
        close: &'static str,
        mut item: impl FnMut(&mut Self) -> Parse<T>,
    ) -> Parse<Vec<T>> {
        self.check_depth()?;
        let mut items = Vec::new();
        while !self.eat_symbol(close) {
            items.push(item(self)?);
            if !self.eat_symbol(",") {
                self.expect(close)?;
                break;
            }
        }
        Ok(items)
    }

    fn attribute(&mut self) -> Parse<Attribute> {
        let name = self.reference()?.steps.join(".");
        let value = match (name.as_str(), self.kind()) {
            ("constraints", TokenKind::Symbol("[")) => {
                self.take();
                AttributeValue::Constraints(self.list("]", |it| it.constraint())?)
            }
            ("constraint", _) => AttributeValue::Constraints(vec![self.constraint()?]),
            // `{abstract}` is short for `{abstract true}`.
            (_, TokenKind::Symbol("," | "}")) => AttributeValue::Truth(true),
            _ => self.value()?,
        };
        Ok(Attribute { name, value })
    }

    fn value(&mut self) -> Parse<AttributeValue> {
        match self.kind() {
            TokenKind::Symbol("{") => Ok(AttributeValue::Nested(self.attributes()?)),
            TokenKind::Symbol("[") => {
                self.take();
                self.depth += 1;
                let values = self.list("]", |it| it.value());
                self.depth -= 1;
                values.map(|_| AttributeValue::Other)
            }
            TokenKind::Symbol("-") | TokenKind::Number => {
                let negative = self.eat_symbol("-");
                let number = self.number()?;
                Ok(AttributeValue::Number(if negative {
                    -number
                } else {
                    number
                }))
            }
            TokenKind::Text | TokenKind::Quoted => {
                let text = self.inner().to_owned();
                self.take();
                Ok(AttributeValue::Text(text))
            }
            _ if self.eat_word("true") => Ok(AttributeValue::Truth(true)),
            _ if self.eat_word("false") => Ok(AttributeValue::Truth(false)),
            _ => Err(self.expected("a value")),
        }
    }

    pub(super) fn number(&mut self) -> Parse<Decimal> {
        if self.kind() != TokenKind::Number {
            return Err(self.expected("a number"));
        }
        let number = Decimal::from_str_exact(self.word());
        let number = number
            .map_err(|_| self.error(self.span(), "number", "this number has too many digits"))?;
        self.take();
        Ok(number)
    }
}
