//! `picture.csv`: what a product looks like, one row for each shape.

use quotewright_engine::catalog::{Formula, Text};
use quotewright_engine::picture::{Look, Picture, Place, Repeat, Shape, ShapeKind, View};
use rust_decimal::Decimal;

use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::expression::Scope;
use crate::model::attributes::Attributes;
use crate::model::rules::when;
use crate::parts::PRODUCT;
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// The words in the column `shape`; `None` is the name of a view.
const SHAPES: [(&str, Option<ShapeKind>); 8] = [
    ("view", None),
    ("line", Some(ShapeKind::Line)),
    ("box", Some(ShapeKind::Box)),
    ("circle", Some(ShapeKind::Circle)),
    ("text", Some(ShapeKind::Text)),
    ("measure", Some(ShapeKind::Measure)),
    ("note", Some(ShapeKind::Note)),
    ("bar", Some(ShapeKind::Bar)),
];

/// The words in the column `look`; the first where it is empty.
const LOOKS: [(&str, Look); 5] = [
    ("mid", Look::Mid),
    ("light", Look::Light),
    ("dark", Look::Dark),
    ("accent", Look::Accent),
    ("outline", Look::Outline),
];

/// The columns that say where a shape is, and how often.
const PLACES: [&str; 9] = [
    "x",
    "y",
    "width",
    "height",
    "thickness",
    "times",
    "last_x",
    "last_y",
    "last_height",
];

/// The picture of one product; `None` where the sheet has no row for it.
pub(crate) fn read(
    product: &str,
    workbook: &Workbook,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Option<Picture> {
    let mut picture = Picture::default();
    let rows = workbook.rows("picture.csv");
    for row in rows.filter(|row| cells::is_for(*row, product)) {
        let scope = attributes.scope_at(PRODUCT);
        let label = cells::text(row, "label", false, &workbook.manifest, report);
        tell_unknown(row, &label, &scope, report);
        let words = SHAPES.iter().map(|(word, _)| *word);
        let kind = cells::word(row.cell("shape"), "shape", "unknown-shape", words, report);
        let code = row.cell("view").text();
        let Some((_, kind)) = kind.and_then(|at| SHAPES.get(at)) else {
            continue;
        };
        let view = match picture.views.iter().position(|it| it.code == code) {
            Some(at) => at,
            None => {
                picture.views.push(View {
                    code: code.to_owned(),
                    label: Text::default(),
                    shapes: Vec::new(),
                });
                picture.views.len() - 1
            }
        };
        let Some(view) = picture.views.get_mut(view) else {
            continue;
        };
        match kind {
            None => view.label = label,
            Some(kind) => {
                tell_mixed(row, *kind, view, report);
                view.shapes.extend(shape(row, *kind, label, &scope, report));
            }
        }
    }
    (!picture.views.is_empty()).then_some(picture)
}

/// Tells a shape of another kind of view, and what the row of a plan has no use for.
fn tell_mixed(row: Row<'_>, kind: ShapeKind, view: &View, report: &mut Report) {
    let is_bar = kind == ShapeKind::Bar;
    let mut shapes = view.shapes.iter().map(|it| it.kind);
    let mixed = shapes.any(|it| it != ShapeKind::Note && (it == ShapeKind::Bar) != is_bar);
    if mixed && kind != ShapeKind::Note {
        let message = "bars are a view of their own: give these another `view`";
        let location = row.cell("shape").location();
        report.push(Diagnostic::error("mixed-view", location, message));
    }
    let unused = ["y", "height", "thickness", "last_y", "last_height"].map(|it| row.cell(it));
    for cell in unused.into_iter().filter(|it| is_bar && !it.is_empty()) {
        let message = "a bar has its place below the one before, and a height that is given";
        report.push(Diagnostic::error(
            "superfluous-value",
            cell.location(),
            message,
        ));
    }
}

fn shape(
    row: Row<'_>,
    kind: ShapeKind,
    label: Text,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<Shape> {
    let is_missing = match kind {
        ShapeKind::Text | ShapeKind::Measure | ShapeKind::Note | ShapeKind::Bar => label.is_empty(),
        _ => false,
    };
    if is_missing {
        let message = "there is nothing to write: `label` is empty";
        let location = row.cell("shape").location();
        report.push(Diagnostic::error("missing-text", location, message));
    }
    let when = when(row, scope, report);
    let [
        x,
        y,
        width,
        height,
        thickness,
        times,
        last_x,
        last_y,
        last_height,
    ] = PLACES.map(|column| formula(row.cell(column), scope, report));
    let place = Place {
        x: x?.unwrap_or(ZERO),
        y: y?.unwrap_or(ZERO),
        width: width?.unwrap_or(ZERO),
        height: height?.unwrap_or(ZERO),
        thickness: thickness?,
    };
    let (times, x, y, height) = (times?, last_x?, last_y?, last_height?);
    if times.is_none() && [&x, &y, &height].into_iter().any(Option::is_some) {
        let message = "this is about the last of several: `times` says of how many";
        let location = row.cell("times").location();
        report.push(Diagnostic::error("missing-value", location, message));
    }
    Some(Shape {
        kind,
        look: look(row.cell("look"), report)?,
        when: when?,
        place,
        row: times.map(|times| Repeat {
            times,
            x,
            y,
            height,
        }),
        label,
    })
}

const ZERO: Formula = Formula::Constant(Decimal::ZERO);

/// The formula of a cell that may be empty; `None` where it is wrong.
fn formula(cell: Cell<'_>, scope: &Scope<'_>, report: &mut Report) -> Option<Option<Formula>> {
    match cell.is_empty() {
        true => Some(None),
        false => cells::formula(cell, scope, report).map(Some),
    }
}

fn look(cell: Cell<'_>, report: &mut Report) -> Option<Look> {
    if cell.is_empty() {
        return Some(Look::default());
    }
    let words = LOOKS.iter().map(|(word, _)| *word);
    let at = cells::word(cell, "look", "unknown-look", words, report)?;
    LOOKS.get(at).map(|(_, look)| *look)
}

/// Tells names in curly brackets that no attribute has.
fn tell_unknown(row: Row<'_>, label: &Text, scope: &Scope<'_>, report: &mut Report) {
    for (locale, words) in label.translations() {
        for name in names(&words) {
            if !name.is_empty() && scope.find(name).is_none() && !scope.excuses(name) {
                let message = format!("there is no attribute `{name}`");
                let cell = row.cell(&format!("label.{locale}"));
                let hint = did_you_mean(name, scope.codes());
                let diagnostic = Diagnostic::error("unknown-attribute", cell.location(), message);
                report.push(diagnostic.maybe_hint(hint));
            }
        }
    }
}

/// What stands in curly brackets; nothing for the size of the shape.
fn names(words: &str) -> impl Iterator<Item = &str> {
    let parts = words.split('{').skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0))
}
