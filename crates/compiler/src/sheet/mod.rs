//! Sheets: CSV files with the place of every cell kept.

mod cell;
mod columns;
mod read;

use std::ops::Range;

pub(crate) use cell::Cell;
pub(crate) use columns::{Column, Kind, check_columns};
pub(crate) use read::{decode, read};

use crate::diagnostic::Location;
use cell::Field;

/// One sheet.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) file: String,
    headings: Vec<Field>,
    rows: Vec<Line>,
    /// Whether `1,5` means one and a half.
    decimal_comma: bool,
}

/// One row of a sheet, headings included.
#[derive(Clone, Debug)]
struct Line {
    /// As a spreadsheet program counts, from 1.
    number: usize,
    fields: Vec<Field>,
}

impl Sheet {
    /// The headings of the columns, in order.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|heading| heading.text.as_str())
    }

    /// Where the heading of a column is.
    pub(crate) fn heading_location(&self, column: usize) -> Location {
        let field = self.headings.get(column);
        let span = field.map_or(0..0, |field| field.span(0..field.text.len()));
        Location {
            row: Some(1),
            cell: Some(format!("{}1", letters(column))),
            ..Location::bytes(&self.file, span)
        }
    }

    /// The row of headings as a whole.
    pub(crate) fn headings_location(&self) -> Location {
        let end = self
            .headings
            .last()
            .map_or(0, |last| last.start + last.text.len());
        let start = self.headings.first().map_or(0, |first| first.start);
        Location {
            row: Some(1),
            ..Location::bytes(&self.file, start..end)
        }
    }

    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|row| Row { sheet: self, row })
    }

    fn column(&self, heading: &str) -> Option<usize> {
        self.headings().position(|found| found == heading)
    }

    fn field(&self, row: usize, column: usize) -> Option<&Field> {
        self.rows.get(row)?.fields.get(column)
    }

    fn location(&self, row: usize, column: Option<usize>, range: Range<usize>) -> Location {
        let line = self.rows.get(row);
        let first = || line.and_then(|line| line.fields.first());
        let field = column.and_then(|column| self.field(row, column));
        let span = match (field, first()) {
            (Some(field), _) => field.span(range),
            (None, Some(first)) => first.span(0..first.text.len()),
            (None, None) => 0..0,
        };
        let number = line.map(|line| line.number);
        let heading = column.and_then(|column| self.headings.get(column));
        Location {
            row: number,
            column: heading.map(|heading| heading.text.clone()),
            cell: column
                .zip(number)
                .map(|(column, number)| format!("{}{number}", letters(column))),
            ..Location::bytes(&self.file, span)
        }
    }
}

/// A view of one row below the headings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    sheet: &'a Sheet,
    row: usize,
}

impl<'a> Row<'a> {
    /// The cell in the column with this heading.
    pub(crate) fn cell(&self, heading: &str) -> Cell<'a> {
        self.at(self.sheet.column(heading))
    }

    /// The cell in the column at this position.
    pub(crate) fn cell_at(&self, column: usize) -> Cell<'a> {
        self.at(Some(column))
    }

    /// The cells of a family of columns, such as `price.*`.
    pub(crate) fn family(&self, family: &'a str) -> impl Iterator<Item = Cell<'a>> {
        let row = *self;
        let headings = self.sheet.headings().enumerate();
        let found = headings.filter(move |(_, heading)| {
            let member = heading.strip_prefix(family);
            member.is_some_and(|member| member.starts_with('.'))
        });
        found.map(move |(position, _)| row.cell_at(position))
    }

    fn at(&self, column: Option<usize>) -> Cell<'a> {
        Cell {
            sheet: self.sheet,
            row: self.row,
            column,
        }
    }
}

/// The letters of a column as spreadsheet programs have them: A, B, ..., Z, AA, ...
fn letters(column: usize) -> String {
    let letter = |index: usize| char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    let mut name = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        name.insert(0, letter(rest));
        rest /= 26;
    }
    name
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_letters() {
        let cases = [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")];
        for (column, expected) in cases {
            assert_eq!(super::letters(column), expected);
        }
    }
}
