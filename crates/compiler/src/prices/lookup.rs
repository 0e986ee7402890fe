use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Value};
use quotewright_engine::price::{Between, LookupKey, PriceRow, PriceTable};
use rust_decimal::Decimal;

use super::amounts::{self, OWN};
use crate::books::Place;
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::expression::option_codes;
use crate::model::attributes::{Attributes, value};
use crate::model::tables::heading_attributes;
use crate::sheet::{Cell, Column, Kind, Row, Sheet, check_columns};
use crate::workbook::Workbook;

/// Rows beyond which it is not checked whether one hides another.
const MAX_ROWS: usize = 2_000;

/// Combinations of values that one row can be for.
const MOST_COMBINATIONS: usize = 10_000;

/// A price table, read, before a book is chosen: of the product or of one instance.
#[derive(Clone)]
pub(super) struct Lookups<'a> {
    /// Name of the sheet.
    name: &'a str,
    pub(super) code: String,
    pub(super) sheet: &'a Sheet,
    pub(super) keys: Vec<AttributeIndex>,
    pub(super) rows: Vec<(Row<'a>, Vec<LookupKey>)>,
}

impl Lookups<'_> {
    /// The same table for another instance.
    pub(super) fn at(
        &self,
        attributes: &Attributes<'_>,
        context: usize,
        report: &mut Report,
    ) -> Option<Self> {
        let keys = keys(self.sheet, attributes, context, report)?;
        Some(Self {
            code: code(self.name, attributes, context),
            keys: keys.into_iter().map(|(_, attribute)| attribute).collect(),
            ..self.clone()
        })
    }

    /// The table without amounts.
    pub(super) fn empty(&self) -> PriceTable {
        let rows = self.rows.iter().map(|(_, keys)| PriceRow {
            keys: keys.clone(),
            amount: Decimal::ZERO,
        });
        PriceTable {
            code: self.code.clone(),
            keys: self.keys.clone(),
            rows: rows.collect(),
        }
    }

    /// The table with the amounts of one book.
    pub(super) fn for_book(&self, place: Place<'_>) -> PriceTable {
        let rows = self.rows.iter().map(|(row, keys)| PriceRow {
            keys: keys.clone(),
            amount: amounts::amount(*row, "price", place).unwrap_or(Decimal::ZERO),
        });
        PriceTable {
            code: self.code.clone(),
            keys: self.keys.clone(),
            rows: rows.collect(),
        }
    }
}

impl Lookups<'_> {
    /// Whether a number has a say in which row counts.
    pub(super) fn has_numbers(&self) -> bool {
        let mut keys = self.rows.iter().flat_map(|(_, keys)| keys);
        keys.any(|key| matches!(key, LookupKey::UpTo(_)))
    }
}

/// Whether a column holds values of an attribute.
fn is_key(heading: &str) -> bool {
    !OWN.contains(&heading) && !heading.starts_with("price.") && !heading.is_empty()
}

/// The name of the sheet, and the instance that it is asked for.
fn code(sheet: &str, attributes: &Attributes<'_>, context: usize) -> String {
    let instance = attributes.tree.instances.get(context);
    match instance.map_or("", |it| it.path.as_str()) {
        "" => sheet.to_owned(),
        path => format!("{sheet}@{path}"),
    }
}

/// The columns with attributes, each with the attribute.
fn keys(
    sheet: &Sheet,
    attributes: &Attributes<'_>,
    context: usize,
    report: &mut Report,
) -> Option<Vec<(usize, AttributeIndex)>> {
    let scope = attributes.scope_at(context);
    let keys = sheet.headings().enumerate();
    let keys: Vec<_> = keys
        .filter(|(_, heading)| is_key(heading))
        .map(|(position, heading)| {
            let location = sheet.heading_location(position);
            let found = heading_attributes(heading, location.clone(), &scope, report)?;
            let [attribute] = found.as_slice() else {
                let message = format!("`{heading}` leads to several attributes");
                let diagnostic = Diagnostic::error("several", location, message);
                let hint = "name the part in the column `part` of the step, and its attribute here";
                report.push(diagnostic.hint(hint));
                return None;
            };
            Some((position, *attribute))
        })
        .collect();
    keys.into_iter().collect()
}

/// Reads `price-tables/{name}.csv` for one product, as it stands at an instance.
pub(super) fn read<'a>(
    name: &'a str,
    sheet: &'a Sheet,
    workbook: &Workbook,
    (attributes, context, between): (&Attributes<'_>, usize, Between),
    report: &mut Report,
) -> Option<Lookups<'a>> {
    let is_known = |heading: &&str| !OWN.contains(heading) && !heading.starts_with("price.");
    let headings = sheet.headings().filter(is_known);
    let mut columns: Vec<Column<'_>> = headings
        .map(|heading| Column(heading, Kind::Optional))
        .collect();
    columns.push(Column("price", Kind::Book));
    columns.extend(OWN.map(|it| Column(it, Kind::Optional)));
    check_columns(sheet, &columns, &workbook.manifest, report);

    let keys = keys(sheet, attributes, context, report)?;
    if keys.is_empty() {
        let message = "a price table needs a column with an attribute";
        let location = sheet.headings_location();
        report.push(
            Diagnostic::error("missing-column", location, message)
                .hint("a price that depends on nothing is a step of the kind `amount`"),
        );
    }
    let columns: Vec<usize> = keys.iter().map(|(position, _)| *position).collect();
    let mut rows = Vec::new();
    let mut is_sound = true;
    for row in sheet.rows() {
        amounts::check(row, "price", report);
        amounts::check_public(row, report);
        match keys_in(row, &keys, between, attributes, report) {
            Some(found) => rows.extend(found.into_iter().map(|keys| (row, keys))),
            None => is_sound = false,
        }
    }
    tell_hidden(&rows, &columns, between, report);
    is_sound.then(|| Lookups {
        name,
        code: code(name, attributes, context),
        sheet,
        keys: keys.into_iter().map(|(_, attribute)| attribute).collect(),
        rows,
    })
}

/// What a row is for: each combination of the keys in its cells, each cell at its position, by
/// attribute.
pub(crate) fn keys_in(
    row: Row<'_>,
    keys: &[(usize, AttributeIndex)],
    between: Between,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Vec<Vec<LookupKey>>> {
    let cells: Vec<_> = keys
        .iter()
        .map(|(position, attribute)| {
            let domain = &attributes.items.get(attribute.0)?.domain;
            cell_keys(row.cell_at(*position), (domain, between), report)
        })
        .collect();
    let cells: Vec<Vec<LookupKey>> = cells.into_iter().collect::<Option<_>>()?;
    let sizes = cells.iter().map(Vec::len);
    let number = sizes.fold(1_usize, |all, size| all.saturating_mul(size));
    if number > MOST_COMBINATIONS {
        let location = row.cell_at(keys.first()?.0).location();
        let message = format!("this row is for more than {MOST_COMBINATIONS} combinations");
        let hint = "leave out the columns that do not matter, or use several tables";
        report.push(Diagnostic::error("too-many", location, message).hint(hint));
        return None;
    }
    let mut rows = vec![Vec::new()];
    for cell in cells {
        let with = |row: Vec<LookupKey>| {
            let more = cell
                .iter()
                .map(move |key| [row.as_slice(), std::slice::from_ref(key)].concat());
            more.collect::<Vec<_>>()
        };
        rows = rows.into_iter().flat_map(with).collect();
    }
    Some(rows)
}

/// The keys in a cell: one, several as `a|b`, or `*` for any.
fn cell_keys(
    cell: Cell<'_>,
    (domain, between): (&AttributeDomain, Between),
    report: &mut Report,
) -> Option<Vec<LookupKey>> {
    if let AttributeDomain::Number(range) = domain {
        let number = match (cell.text(), between) {
            ("*", Between::Up) => range.max,
            ("*", Between::Down) => range.min,
            (text, _) if text == "*" || text.contains('|') => {
                let message = format!("`{text}` is not one number");
                let hint = "write a row for each number; a column that does not matter can be \
                            left out";
                let diagnostic = Diagnostic::error("several-values", cell.location(), message);
                report.push(diagnostic.hint(hint));
                return None;
            }
            _ => cells::number(cell, report)?,
        };
        return Some(vec![LookupKey::UpTo(number)]);
    }
    if cell.text() == "*" {
        let codes = option_codes(domain).unwrap_or_default();
        return Some((0..codes.len()).map(LookupKey::Option).collect());
    }
    let keys: Vec<_> = cell
        .parts()
        .map(
            |(part, span)| match value(cell, part, span.start, domain, report)? {
                Value::Option(option) => Some(LookupKey::Option(option)),
                Value::Number(_) | Value::Absent => None,
            },
        )
        .collect();
    keys.into_iter().collect()
}

/// Tells rows that never count because an earlier one always matches first: two rows for the
/// same are an error where a cell of either is for several values.
pub(crate) fn tell_hidden(
    rows: &[(Row<'_>, Vec<LookupKey>)],
    columns: &[usize],
    between: Between,
    report: &mut Report,
) {
    let mut told = None;
    for (position, (row, keys)) in rows.iter().enumerate().take(MAX_ROWS) {
        let mut earlier = rows.iter().take(position);
        let hiding = earlier.find(|(_, earlier)| {
            earlier
                .iter()
                .zip(keys)
                .all(|(earlier, key)| match between.is_up() {
                    true => covers(earlier, key),
                    false => earlier == key,
                })
        });
        let place = row.cell_at(0).location();
        let Some((hiding, _)) = hiding.filter(|_| told.as_ref() != Some(&place)) else {
            continue;
        };
        told = Some(place.clone());
        let is_wide = |at: &&usize| [row, hiding].iter().any(|it| is_several(it.cell_at(**at)));
        report.push(match columns.iter().find(is_wide) {
            None => Diagnostic::warning(
                "hidden-row",
                place,
                "this row never counts: an earlier one always matches first",
            )
            .hint("sort numbers from small to large")
            .related(hiding.cell_at(0).location(), "this row matches first"),
            Some(at) => Diagnostic::error(
                "row-overlap",
                row.cell_at(*at).location(),
                "this row is for values that an earlier one is for as well",
            )
            .hint("name each value in one of the two rows only")
            .related(hiding.cell_at(*at).location(), "the earlier row is here"),
        });
    }
}

/// Whether a cell is for several values.
fn is_several(cell: Cell<'_>) -> bool {
    cell.text() == "*" || cell.text().contains('|')
}

/// Whether all that a key matches is matched by an earlier one.
fn covers(earlier: &LookupKey, key: &LookupKey) -> bool {
    match (earlier, key) {
        (LookupKey::UpTo(earlier), LookupKey::UpTo(key)) => earlier >= key,
        (earlier, key) => earlier == key,
    }
}
