//! What products, structures and enumerations consist of.

use rust_decimal::Decimal;

use super::ast::{
    Cardinality, Constant, EnumerationAttribute, EnumerationOption, Feature, FeatureKind, Name,
    NumberType,
};
use super::lexer::TokenKind;
use super::parser::Parser;
use crate::problem::Problem;

/// Decimals that a number can have at most.
const MAX_DIGITS: u32 = Decimal::MAX_SCALE;

impl Parser<'_> {
    pub(super) fn feature(&mut self) -> Result<Feature, Problem> {
        let start = self.span().start;
        self.take_modifier("static");
        let reference = self.take_modifier("reference");
        let cardinality = self.cardinality()?;
        let (kind, name) = self.field()?;
        if self.take_symbol("/") {
            // The order in which questions are asked.
            self.count("a priority")?;
        }
        let span = start..self.end();
        let is_feature = self.is_name(0) || matches!(self.peek(), TokenKind::Number(_));
        match self.is_end(0) || is_feature {
            true => Ok(Feature {
                span,
                name,
                kind,
                cardinality,
                reference,
            }),
            false => Err(self.unexpected("the end of the line")),
        }
    }

    /// A word that is one of the language where a type or a name follows it.
    fn take_modifier(&mut self, word: &str) -> bool {
        !self.starts_line(1)
            && !matches!(self.look(1), TokenKind::Symbol(_))
            && self.take_word(word)
    }

    fn cardinality(&mut self) -> Result<Option<Cardinality>, Problem> {
        let start = self.span().start;
        let is_range = matches!(self.look(1), TokenKind::Symbol(".."));
        let is_written = matches!(self.peek(), TokenKind::Number(_) | TokenKind::Times(_));
        if !is_written && !is_range && !self.is_placeholder() {
            return Ok(None);
        }
        let min = self.times()?;
        let max = match self.take_symbol("..") {
            false => Some(min),
            true if self.is_bound() => Some(self.times()?),
            true => {
                self.take_symbol("*");
                None
            }
        };
        Ok(Some(Cardinality {
            span: start..self.end(),
            min,
            max,
        }))
    }

    /// Whether a word in capitals comes next where a type and a name follow:
    /// `COUNT Bag bag`, `COUNT num 0-5 width`.
    fn is_placeholder(&self) -> bool {
        let is_name = |ahead| self.is_name(ahead) && !self.starts_line(ahead);
        let is_kind = |word| matches!(word, Some("num" | "string"));
        let is_upper = |word: &str| !word.contains(char::is_lowercase);
        self.word(0).is_some_and(is_upper) && is_name(1) && (is_kind(self.word(1)) || is_name(2))
    }

    fn is_bound(&self) -> bool {
        matches!(self.peek(), TokenKind::Number(_) | TokenKind::Times(_)) || self.is_placeholder()
    }

    /// `4` or `4x`.
    fn times(&mut self) -> Result<u32, Problem> {
        match *self.peek() {
            TokenKind::Times(times) => {
                self.advance();
                Ok(times)
            }
            _ => self.count("a number of instances"),
        }
    }

    /// Type and name.
    fn field(&mut self) -> Result<(FeatureKind, Name), Problem> {
        let is_alone = self.is_end(1);
        if !is_alone && self.take_word("num") {
            let number = self.number_type()?;
            return Ok((FeatureKind::Number(number), self.name("a name")?));
        }
        if !is_alone && self.take_word("string") {
            self.text_type()?;
            return Ok((FeatureKind::Text, self.name("a name")?));
        }
        let first = self.name("a type and a name")?;
        match self.is_name(0) && !self.starts_line(0) {
            true => Ok((FeatureKind::Typed(Some(first)), self.name("a name")?)),
            false => Ok((FeatureKind::Typed(None), first)),
        }
    }

    /// `/n 40`: several lines, and how long a text may be.
    fn text_type(&mut self) -> Result<(), Problem> {
        if self.take_symbol("/") && !self.take_word("n") {
            return Err(self.unexpected("`n`"));
        }
        if matches!(self.peek(), TokenKind::Number(_)) {
            self.count("a number of characters")?;
        }
        Ok(())
    }

    /// What stands between `num` and the name.
    fn number_type(&mut self) -> Result<NumberType, Problem> {
        let digits = self.digits()?;
        let unit = match self.take_symbol("/") {
            true => Some(self.unit()?),
            false => None,
        };
        let is_placeholder =
            self.word(0).is_some() && matches!(self.look(1), TokenKind::Symbol("-"));
        let is_range = is_placeholder
            || matches!(
                self.peek(),
                TokenKind::Number(_) | TokenKind::Symbol("-" | "∞")
            );
        let (min, max) = match is_range {
            true => self.range()?,
            false => (None, None),
        };
        Ok(NumberType {
            digits,
            unit,
            min,
            max,
        })
    }

    /// `.##`.
    fn digits(&mut self) -> Result<u32, Problem> {
        if self.is_symbol("^") {
            return Err(Problem::unsupported(self.span(), "numbers with `^#`")
                .hint("write the decimals as in `num.##`"));
        }
        if !self.take_symbol(".") {
            return Ok(0);
        }
        if !matches!(self.peek(), TokenKind::Hashes) {
            return Err(self.unexpected("a `#` for each decimal"));
        }
        let span = self.span();
        self.advance();
        match u32::try_from(span.len()) {
            Ok(digits) if digits <= MAX_DIGITS => Ok(digits),
            _ => {
                let message = format!("a number can have {MAX_DIGITS} decimals at most");
                Err(Problem::new(span, "bad-number", message))
            }
        }
    }

    fn unit(&mut self) -> Result<String, Problem> {
        let text = match self.peek() {
            TokenKind::Quoted(text) => text.clone(),
            TokenKind::Word(_) | TokenKind::Number(_) | TokenKind::Times(_) | TokenKind::Hashes => {
                self.written(self.span()).to_owned()
            }
            _ => {
                let problem = self.unexpected("a unit");
                return Err(problem.hint("put it in quotation marks, as in `num/\"m/s\"`"));
            }
        };
        self.advance();
        Ok(text)
    }

    /// `0-10`; an infinity is `None`.
    fn range(&mut self) -> Result<(Option<Decimal>, Option<Decimal>), Problem> {
        let min = self.bound(true)?;
        if self.is_symbol("..") {
            let problem = self.unexpected("`-`");
            return Err(problem.hint("write the range of a number as in `num 0-10`"));
        }
        self.expect("-")?;
        Ok((min, self.bound(false)?))
    }

    fn bound(&mut self, is_min: bool) -> Result<Option<Decimal>, Problem> {
        let start = self.span().start;
        let is_negative = self.take_symbol("-");
        if self.take_symbol("∞") {
            return match is_negative == is_min {
                true => Ok(None),
                false => Err(Problem::new(
                    start..self.end(),
                    "bad-range",
                    "no number lies beyond this infinity",
                )),
            };
        }
        match self.peek() {
            TokenKind::Number(_) => self.signed(is_negative).map(Some),
            TokenKind::Word(_) => {
                self.placeholder();
                Ok(Some(Decimal::ZERO))
            }
            _ => Err(self.unexpected("a number")),
        }
    }

    fn signed(&mut self, is_negative: bool) -> Result<Decimal, Problem> {
        let TokenKind::Number(number) = self.peek() else {
            return Err(self.unexpected("a number"));
        };
        let number = if is_negative { -*number } else { *number };
        self.advance();
        Ok(number.normalize())
    }

    pub(super) fn enumeration_attribute(&mut self) -> Result<EnumerationAttribute, Problem> {
        self.advance();
        let (kind, name) = self.field()?;
        Ok(EnumerationAttribute { name, kind })
    }

    /// Whether an `attribute` comes next, rather than an option of that name.
    pub(super) fn is_enumeration_attribute(&self) -> bool {
        self.word(0) == Some("attribute") && self.is_name(1) && !self.starts_line(1)
    }

    pub(super) fn enumeration_option(&mut self) -> Result<EnumerationOption, Problem> {
        let name = self.name("an option")?;
        let mut option = EnumerationOption {
            values_span: name.span.clone(),
            name,
            values: Vec::new(),
        };
        if !self.take_symbol("=") {
            return Ok(option);
        }
        let start = self.span().start;
        self.expect("(")?;
        option.values = self.items(Self::constant)?;
        option.values_span = start..self.end();
        Ok(option)
    }

    fn constant(&mut self) -> Result<Constant, Problem> {
        let is_negative = self.take_symbol("-");
        match self.peek() {
            TokenKind::Number(_) => self.signed(is_negative).map(Constant::Number),
            TokenKind::Symbol("∞") => Err(Problem::unsupported(
                self.span(),
                "infinity as the value of an attribute",
            )),
            _ if is_negative => Err(self.unexpected("a number")),
            _ => Ok(Constant::Text(self.name("a value or `)`")?.text)),
        }
    }
}
