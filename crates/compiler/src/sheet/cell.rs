use std::ops::Range;

use rust_decimal::Decimal;

use super::Sheet;
use crate::diagnostic::Location;

/// One cell of a sheet as it stands in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    /// What the cell says, without quotation marks and without spaces around it.
    pub(super) text: String,
    /// Where `text` starts in the file.
    pub(super) start: usize,
    /// Positions in `text` of quotation marks, each written twice in the file.
    pub(super) doubled: Vec<usize>,
}

impl Field {
    /// Bytes of the file for bytes of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Range<usize> {
        let offset = |at: usize| {
            let doubled = self.doubled.iter().filter(|position| **position < at);
            self.start + at + doubled.count()
        };
        offset(range.start)..offset(range.end)
    }
}

/// A view of one cell. A column that the sheet does not have reads as empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) row: usize,
    pub(super) column: Option<usize>,
}

impl<'a> Cell<'a> {
    fn field(&self) -> Option<&'a Field> {
        self.sheet.field(self.row, self.column?)
    }

    /// What the cell says, without spaces around it.
    pub(crate) fn text(&self) -> &'a str {
        self.field().map_or("", |field| &field.text)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Whether the sheet has the column at all.
    pub(crate) fn exists(&self) -> bool {
        self.column.is_some()
    }

    /// Where the cell is.
    pub(crate) fn location(&self) -> Location {
        self.within(0..self.text().len())
    }

    /// Where some bytes of the cell's text are.
    pub(crate) fn within(&self, range: Range<usize>) -> Location {
        self.sheet.location(self.row, self.column, range)
    }

    /// The parts of `a|b`, without spaces around them, each with its bytes of the text.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&'a str, Range<usize>)> + use<'a> {
        let mut at = 0;
        self.text().split('|').map(move |part| {
            let start = at + part.len() - part.trim_start().len();
            at += part.len() + 1;
            let part = part.trim();
            (part, start..start + part.len())
        })
    }

    /// The number that `text`, a part of this cell, spells.
    pub(crate) fn number(&self, text: &str) -> Result<Decimal, NumberError> {
        number(text, self.sheet.decimal_comma)
    }
}

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberError {
    /// It has other characters in it.
    NotANumber,
    /// A point or comma that may set off thousands or decimals.
    Ambiguous,
    /// More digits than an exact decimal can hold.
    TooLong,
}

impl NumberError {
    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::NotANumber => "write digits only, with a point before decimals, as in `1250.50`",
            Self::Ambiguous => {
                "write it without a separator of thousands, and with two or more than three decimals, as in `1250` or `1.25`"
            }
            Self::TooLong => "use fewer digits",
        }
    }
}

/// Reads a number. `decimal_comma`: the sheet comes from a program that writes
/// `1,5` for one and a half; then `1.250` could be either and is refused.
fn number(text: &str, decimal_comma: bool) -> Result<Decimal, NumberError> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let allowed = |character: char| character.is_ascii_digit() || ".,".contains(character);
    let starts = digits.starts_with(|character: char| character.is_ascii_digit());
    if !starts || !digits.chars().all(allowed) {
        return Err(NumberError::NotANumber);
    }
    let separators = digits.matches(['.', ',']).count();
    let decimals = digits.rsplit(['.', ',']).next().map_or(0, str::len);
    let foreign = digits.contains(if decimal_comma { '.' } else { ',' });
    if separators > 1 || foreign && decimals == 3 {
        return Err(NumberError::Ambiguous);
    }
    if decimals == 0 || foreign && !decimal_comma {
        return Err(NumberError::NotANumber);
    }
    let plain = text.trim_start_matches('+').replace(',', ".");
    Decimal::from_str_exact(&plain)
        .map(|number| number.normalize())
        .map_err(|_| NumberError::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_sheet_writes_them() {
        use NumberError::{Ambiguous, NotANumber, TooLong};
        let cases: [(&str, bool, Result<&str, NumberError>); 17] = [
            ("12", false, Ok("12")),
            ("-1.50", false, Ok("-1.5")),
            ("+3", false, Ok("3")),
            ("1.250", false, Ok("1.25")),
            ("1,5", false, Err(NotANumber)),
            ("1,250", false, Err(Ambiguous)),
            ("1,5", true, Ok("1.5")),
            ("1,250", true, Ok("1.25")),
            ("1.250", true, Err(Ambiguous)),
            ("1.25", true, Ok("1.25")),
            ("1.000,50", true, Err(Ambiguous)),
            ("1.", false, Err(NotANumber)),
            (".5", false, Err(NotANumber)),
            ("", false, Err(NotANumber)),
            ("12 mm", false, Err(NotANumber)),
            ("1e5", false, Err(NotANumber)),
            ("12345678901234567890123456789012", false, Err(TooLong)),
        ];
        for (text, comma, expected) in cases {
            let found = number(text, comma).map(|number| number.to_string());
            assert_eq!(found, expected.map(str::to_owned), "{text} {comma}");
        }
    }
}
