//! What is written in a drawing, and said of it.

use quotewright_engine::catalog::{Model, Text, Value};
use quotewright_engine::picture::{Drawing, Drawn, ShapeKind};
use rust_decimal::Decimal;

use crate::{Words, plan};

/// The words of one drawing.
pub struct Labels<'m, W> {
    pub words: &'m W,
    pub model: &'m Model,
    /// The values that are drawn.
    pub shown: &'m [Option<Value>],
}

impl<W: Words> Labels<'_, W> {
    /// What the drawing shows, in sentences.
    pub fn spoken(&self, drawings: &[Drawing<'_>]) -> String {
        let sentences = drawings.iter().flat_map(|drawing| {
            let told = drawing.shapes.iter().filter(|it| says_a_sentence(it.kind));
            let plan = plan::is_plan(drawing).then(|| plan::spoken(self, drawing));
            told.map(|it| self.of(it)).chain(plan)
        });
        let said: Vec<_> = sentences.filter(|it| !it.is_empty()).collect();
        said.join(" ")
    }

    /// The words of a shape: `{code}` is the value of an attribute, `{}` the shape's own size.
    /// Nothing where there are no words for one of them.
    pub fn of(&self, shape: &Drawn<'_>) -> String {
        let words = shape.label.map_or_else(String::new, |it| self.text(it));
        let mut parts = words.split('{');
        let mut written = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, after) = part.split_once('}').unwrap_or(("", part));
            let value = match name {
                "" => Some(self.words.number(size(shape))),
                name => self.value(name),
            };
            let Some(value) = value else {
                return String::new();
            };
            written += &value;
            written += after;
        }
        written
    }

    /// A text of the catalog.
    pub fn text(&self, text: &Text) -> String {
        self.words.text(text)
    }

    fn value(&self, code: &str) -> Option<String> {
        let index = self.model.index_of(code)?;
        let value = self.shown.get(index.0).copied().flatten()?;
        self.words.value(self.model.attribute(index)?, value)
    }
}

/// What other labels say is drawn.
fn says_a_sentence(kind: ShapeKind) -> bool {
    !matches!(kind, ShapeKind::Text | ShapeKind::Measure | ShapeKind::Bar)
}

/// How long a shape is: of a level or upright one exactly.
fn size(shape: &Drawn<'_>) -> Decimal {
    let size = if shape.height.is_zero() {
        shape.width
    } else {
        shape.height
    };
    size.abs().round()
}
