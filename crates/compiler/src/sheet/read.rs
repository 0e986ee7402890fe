use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::cell::Field;
use super::{Line, Sheet};
use crate::diagnostic::{Diagnostic, Location, Report};

/// More columns than any sheet has; keeps hostile input cheap.
const MAX_COLUMNS: usize = 500;

/// The text of a file, unless it is not UTF-8. A byte order mark becomes a space,
/// so that places in the text are places in the file.
pub(crate) fn decode(file: &str, content: &[u8], report: &mut Report) -> Option<String> {
    match std::str::from_utf8(content) {
        Ok(text) => Some(text.to_owned()),
        Err(error) => {
            let at = error.valid_up_to();
            let before = content.get(..at).unwrap_or_default();
            let row = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let location = Location {
                row: Some(row),
                ..Location::bytes(file, at..at + 1)
            };
            report.push(
                Diagnostic::error("not-utf-8", location, "the file is not UTF-8 text")
                    .hint("save it as \"CSV UTF-8\" in your spreadsheet program"),
            );
            None
        }
    }
}

/// Cuts a CSV file into cells. Rows that are empty are left out.
pub(crate) fn read(file: &str, text: &str, report: &mut Report) -> Option<Sheet> {
    let delimiter = delimiter(text);
    let mut lines = lines(text, delimiter);
    let unclosed = lines
        .iter()
        .flat_map(|line| &line.fields)
        .find(|field| is_unclosed(text, field));
    if let Some(field) = unclosed {
        let span = field.start.saturating_sub(1)..field.start;
        report.push(
            Diagnostic::error(
                "unclosed-quote",
                Location::bytes(file, span),
                "the quotation mark that starts here never ends",
            )
            .hint("close it, or write it twice where it belongs to the text"),
        );
        return None;
    }
    lines.retain(|line| line.fields.iter().any(|field| !field.text.is_empty()));
    if lines.is_empty() {
        report.push(
            Diagnostic::error("empty-sheet", Location::file(file), "the sheet is empty")
                .hint("the first row holds the headings of the columns"),
        );
        return None;
    }
    let mut headings = lines.remove(0).fields;
    while headings.last().is_some_and(|last| last.text.is_empty()) {
        headings.pop();
    }
    let mut sheet = Sheet {
        file: file.to_owned(),
        headings,
        rows: lines,
        decimal_comma: delimiter != b',',
    };
    check_shape(&mut sheet, report);
    Some(sheet)
}

/// Every row has as many cells as there are headings.
fn check_shape(sheet: &mut Sheet, report: &mut Report) {
    let width = sheet.headings.len();
    if width > MAX_COLUMNS {
        let message = format!("the sheet has more than {MAX_COLUMNS} columns");
        report.push(Diagnostic::error(
            "too-wide",
            Location::file(&sheet.file),
            message,
        ));
        sheet.headings.truncate(MAX_COLUMNS);
    }
    for row in 0..sheet.rows.len() {
        let Some(line) = sheet.rows.get(row) else {
            continue;
        };
        let extra = line.fields.iter().skip(width);
        let extra = extra.filter(|field| !field.text.is_empty()).count();
        if line.fields.len() >= width && extra == 0 {
            continue;
        }
        let last = line.fields.len().saturating_sub(1);
        let length = line.fields.last().map_or(0, |field| field.text.len());
        let location = sheet.location(row, Some(last), 0..length);
        let message = format!(
            "this row has {} cells, but there are {width} columns",
            line.fields.len()
        );
        report.push(
            Diagnostic::error("cell-count", location, message)
                .hint("a text with a comma in it must stand in quotation marks"),
        );
    }
}

/// What separates the cells: spreadsheet programs write `;` where the comma is
/// the decimal sign. The headings hold none of the three by themselves.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let count = |byte: u8| {
        let bytes = first.unwrap_or_default().bytes();
        bytes.filter(|found| *found == byte).count()
    };
    let mut best = b',';
    for candidate in [b';', b'\t'] {
        if count(candidate) > count(best) {
            best = candidate;
        }
    }
    best
}

fn lines(text: &str, delimiter: u8) -> Vec<Line> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Cutter {
        reader: ReaderBuilder::new().delimiter(delimiter).build(),
        text,
        at: start,
        number: 1,
        buffer: vec![0; text.len() + 1],
    };
    std::iter::from_fn(|| reader.line()).collect()
}

/// Drives the CSV reader and keeps count of where it is.
struct Cutter<'a> {
    reader: Reader,
    text: &'a str,
    at: usize,
    number: usize,
    buffer: Vec<u8>,
}

impl Cutter<'_> {
    fn line(&mut self) -> Option<Line> {
        self.skip_empty_lines();
        let mut fields = Vec::new();
        loop {
            let (field, ends) = self.field()?;
            fields.push(field);
            if ends {
                break;
            }
        }
        // A line end inside quotation marks belongs to the cell.
        let number = self.number;
        self.number += 1;
        self.finish_line_end();
        Some(Line { number, fields })
    }

    /// The reader passes over empty lines by itself, but a spreadsheet program counts them.
    fn skip_empty_lines(&mut self) {
        while let Some(rest) = self.rest() {
            let length = match rest {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                _ => return,
            };
            self.at += length;
            self.number += 1;
        }
    }

    /// The reader ends a line at `\r` and leaves the `\n` behind.
    fn finish_line_end(&mut self) {
        let before = self.at.checked_sub(1);
        let carriage = before.and_then(|before| self.text.as_bytes().get(before)) == Some(&b'\r');
        if carriage && self.rest().is_some_and(|rest| rest.starts_with(b"\n")) {
            self.at += 1;
        }
    }

    fn rest(&self) -> Option<&[u8]> {
        self.text.as_bytes().get(self.at..)
    }

    /// The next cell, and whether it ends its row.
    fn field(&mut self) -> Option<(Field, bool)> {
        let start = self.at;
        let mut written = 0;
        loop {
            let input = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let output = self.buffer.get_mut(written..).unwrap_or_default();
            let (result, read, wrote) = self.reader.read_field(input, output);
            self.at += read;
            written += wrote;
            match result {
                ReadFieldResult::Field { record_end } => {
                    let decoded = self.buffer.get(..written).unwrap_or_default();
                    let decoded = String::from_utf8_lossy(decoded);
                    let raw = self.text.get(start..self.at).unwrap_or_default();
                    return Some((field(&decoded, raw, start), record_end));
                }
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull | ReadFieldResult::End => return None,
            }
        }
    }
}

/// A cell from what the reader made of it and from how it stands in the file.
fn field(decoded: &str, raw: &str, start: usize) -> Field {
    let quoted = raw.starts_with('"');
    let text = decoded.trim();
    let left = decoded.len() - decoded.trim_start().len();
    let doubled = match quoted {
        true => quotation_marks(text),
        false => Vec::new(),
    };
    let before = quotation_marks(decoded.get(..left).unwrap_or_default());
    Field {
        text: text.to_owned(),
        start: start + usize::from(quoted) + left + before.len(),
        doubled,
    }
}

fn quotation_marks(text: &str) -> Vec<usize> {
    text.match_indices('"')
        .map(|(position, _)| position)
        .collect()
}

/// Whether a cell starts with a quotation mark that never ends: only the last cell can.
fn is_unclosed(text: &str, field: &Field) -> bool {
    let Some(open) = field.start.checked_sub(1) else {
        return false;
    };
    let end = field.span(field.text.len()..field.text.len()).start;
    let quoted = text.as_bytes().get(open) == Some(&b'"');
    quoted && text.get(end..).is_some_and(|rest| rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sheet(text: &str) -> Sheet {
        read("test.csv", text, &mut Report::default()).expect("a sheet")
    }

    #[test]
    fn cells_know_where_they_are() {
        let cases = [
            "a,b\n1,two\n",
            "\u{feff}a,b\r\n1,two\r\n",
            "a;b\r\n\r\n1; two ;\r\n;;\r\n",
            "a,b\n1,\"two\"\n",
            "a,b\n\"x\ny \"\"z\"\"\",\" two \"",
        ];
        for text in cases {
            let sheet = sheet(text);
            let cell = sheet.rows().next().expect("a row").cell("b");
            let span = cell.location().span;
            assert_eq!(text.get(span.start..span.end), Some("two"), "{text:?}");
        }
    }

    #[test]
    fn words_inside_quoted_cells_are_found() {
        let text = "a,b\n1,\"say \"\"hello\"\" and bye\"\n";
        let sheet = sheet(text);
        let cell = sheet.rows().next().expect("a row").cell("b");
        assert_eq!(cell.text(), "say \"hello\" and bye");
        let span = cell.within(16..19).span;
        assert_eq!(text.get(span.start..span.end), Some("bye"));
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_program_does() {
        let text = "a,b\n\n\"x\ny\",1\r\n\r\n,\nz,2\n";
        let sheet = sheet(text);
        let rows: Vec<_> = sheet
            .rows()
            .map(|row| row.cell("b").location().cell)
            .collect();
        assert_eq!(rows, [Some("B3".to_owned()), Some("B6".to_owned())]);
    }

    proptest! {
        /// Whatever a cell says, each of its characters is found in the file.
        #[test]
        fn every_character_is_found(cells in prop::collection::vec("[a-z\"',;é \n]{0,8}", 2)) {
            let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            let text = format!("a,b,c\n{},end\n", quoted.collect::<Vec<_>>().join(","));
            let sheet = sheet(&text);
            let row = sheet.rows().next().expect("a row");
            for (column, cell) in cells.iter().enumerate() {
                let found = row.cell_at(column);
                prop_assert_eq!(found.text(), cell.trim());
                for (at, character) in found.text().char_indices() {
                    let span = found.within(at..at + character.len_utf8()).span;
                    // The first of two quotation marks, or the character itself.
                    let there = text.get(span.start..).and_then(|rest| rest.chars().next());
                    prop_assert_eq!(there, Some(character));
                }
            }
        }
    }

    #[test]
    fn a_quote_that_never_ends_is_told() {
        for (text, wrong) in [
            ("a\n\"b\n", true),
            ("a\n\"b\"\n", false),
            ("a\n\"b\"\"\"", false),
        ] {
            let mut report = Report::default();
            let sheet = read("test.csv", text, &mut report);
            assert_eq!(sheet.is_none(), wrong, "{text:?}");
            assert_eq!(report.has_errors(), wrong, "{text:?}");
        }
    }
}
