use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Look, MAX_COPIES, Picture, Repeat, Shape, ShapeKind, View};
use crate::catalog::{ArithmeticError, AttributeIndex, Formula, Model, Text, Value};

/// A view, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing<'a> {
    /// What is shown.
    pub view: &'a View,
    /// In the order in which it is drawn.
    pub shapes: Vec<Drawn<'a>>,
}

/// A shape of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn<'a> {
    /// What it is.
    pub kind: ShapeKind,
    /// How it looks.
    pub look: Look,
    /// As in [`Place`](super::Place).
    pub x: Decimal,
    /// As in [`Place`](super::Place).
    pub y: Decimal,
    /// As in [`Place`](super::Place).
    pub width: Decimal,
    /// As in [`Place`](super::Place).
    pub height: Decimal,
    /// As in [`Place`](super::Place).
    pub thickness: Option<Decimal>,
    /// Whether it stands for a choice that is still open.
    pub open: bool,
    /// The label of its shape: of copies, only the first has one.
    pub label: Option<&'a Text>,
}

/// What a configuration looks like. Where `values` are open, those of `stand_in` are drawn, and
/// told as open. What cannot be worked out is left out.
///
/// # Errors
/// Where a number grows too large.
pub fn draw<'a>(
    picture: &'a Picture,
    model: &Model,
    values: &[Option<Value>],
    stand_in: &[Option<Value>],
) -> Result<Vec<Drawing<'a>>, ArithmeticError> {
    let shown: Vec<Option<Value>> = (values.iter().enumerate())
        .map(|(at, value)| value.or_else(|| stand_in.get(at).copied().flatten()))
        .collect();
    let pen = Pen {
        model,
        values,
        shown: &shown,
    };
    let view = |view: &'a View| {
        let mut shapes = Vec::new();
        for shape in &view.shapes {
            pen.draw(shape, &mut shapes)?;
        }
        Ok(Drawing { view, shapes })
    };
    picture.views.iter().map(view).collect()
}

struct Pen<'m> {
    model: &'m Model,
    /// What is decided or follows.
    values: &'m [Option<Value>],
    /// The same, with something for what is open.
    shown: &'m [Option<Value>],
}

impl Pen<'_> {
    /// Adds the copies of `shape`.
    fn draw<'a>(
        &self,
        shape: &'a Shape,
        drawn: &mut Vec<Drawn<'a>>,
    ) -> Result<(), ArithmeticError> {
        if let Some(when) = &shape.when
            && when.evaluate(self.model, self.shown)? != Some(true)
        {
            return Ok(());
        }
        let Some(first) = self.first(shape)? else {
            return Ok(());
        };
        let Some(row) = &shape.row else {
            drawn.push(first);
            return Ok(());
        };
        let Some(last) = self.last(row, &first)? else {
            return Ok(());
        };
        for at in 0..last.times {
            let between = |from, to| between(from, to, at, last.times);
            drawn.push(Drawn {
                x: between(first.x, last.x)?,
                y: between(first.y, last.y)?,
                height: between(first.height, last.height)?,
                label: first.label.filter(|_| at == 0),
                ..first.clone()
            });
        }
        Ok(())
    }

    /// How many there are of what begins with `first`, and where the last one is.
    fn last(&self, row: &Repeat, first: &Drawn) -> Result<Option<Last>, ArithmeticError> {
        let number = |formula: &Option<Formula>, first| match formula {
            Some(formula) => self.number(formula),
            None => Ok(Some(first)),
        };
        let times = self.number(&row.times)?;
        let times = times.map(|it| it.trunc().to_u32().unwrap_or_default());
        let (x, y) = (number(&row.x, first.x)?, number(&row.y, first.y)?);
        let place = x.zip(y).zip(number(&row.height, first.height)?);
        Ok(times.zip(place).map(|(times, ((x, y), height))| Last {
            times: times.min(MAX_COPIES),
            x,
            y,
            height,
        }))
    }

    fn first<'a>(&self, shape: &'a Shape) -> Result<Option<Drawn<'a>>, ArithmeticError> {
        let place = &shape.place;
        let (Some(x), Some(y), Some(width), Some(height)) = (
            self.number(&place.x)?,
            self.number(&place.y)?,
            self.number(&place.width)?,
            self.number(&place.height)?,
        ) else {
            return Ok(None);
        };
        let thickness = place.thickness.as_ref().map(|it| self.number(it));
        Ok(Some(Drawn {
            kind: shape.kind,
            look: shape.look,
            x,
            y,
            width,
            height,
            thickness: thickness.transpose()?.flatten(),
            open: self.is_open(shape),
            label: (!shape.label.is_empty()).then_some(&shape.label),
        }))
    }

    fn number(&self, formula: &Formula) -> Result<Option<Decimal>, ArithmeticError> {
        formula.evaluate(self.model, self.shown)
    }

    /// Whether anything that the shape depends on is open.
    fn is_open(&self, shape: &Shape) -> bool {
        let place = &shape.place;
        let formulas = [&place.x, &place.y, &place.width, &place.height].into_iter();
        let formulas = formulas.chain(&place.thickness);
        let open = |index: &AttributeIndex| self.values.get(index.0).is_none_or(Option::is_none);
        let in_when = shape.when.as_ref().map(|it| it.attributes());
        let in_row = shape.row.as_ref().into_iter().flat_map(repeats);
        let mut all = formulas
            .map(Formula::attributes)
            .chain(in_row)
            .chain(in_when);
        all.any(|attributes| attributes.iter().any(open))
    }
}

/// What the copies of a shape depend on.
fn repeats(row: &Repeat) -> impl Iterator<Item = BTreeSet<AttributeIndex>> {
    let last = [&row.x, &row.y, &row.height].into_iter().flatten();
    last.chain([&row.times]).map(Formula::attributes)
}

/// The last copy of a shape.
struct Last {
    times: u32,
    x: Decimal,
    y: Decimal,
    height: Decimal,
}

/// The `at`th of so many numbers at equal distances.
fn between(from: Decimal, to: Decimal, at: u32, times: u32) -> Result<Decimal, ArithmeticError> {
    let steps = times.saturating_sub(1).max(1);
    let way = to
        .checked_sub(from)
        .and_then(|it| it.checked_mul(at.into()));
    let way = way.and_then(|it| it.checked_div(steps.into()));
    way.and_then(|it| from.checked_add(it))
        .ok_or(ArithmeticError)
}
