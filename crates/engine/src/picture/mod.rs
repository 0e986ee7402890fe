//! What a configuration looks like: a drawing that the catalog describes with formulas.
//!
//! A [`Picture`] has views, such as the side and the top. A view has shapes, placed in units of
//! the catalog's choice (a conveyor's millimetres): x to the right, y up. [`draw`] works them out
//! for a configuration. How large a unit is on the screen, and which colour a look has, is the
//! business of whoever shows them.

mod draw;

use serde::{Deserialize, Serialize};

use crate::catalog::{Condition, Formula, Text};

pub use draw::{Drawing, Drawn, draw};

/// Most copies of one shape.
pub const MAX_COPIES: u32 = 200;

/// The drawing of a product.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// In the order in which they are shown.
    pub views: Vec<View>,
}

/// The product as seen from one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Its code.
    pub code: String,
    /// What it is called; may be empty.
    pub label: Text,
    /// In the order in which they are drawn, the last one on top.
    pub shapes: Vec<Shape>,
}

/// One shape of a view, or several that are alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// What is drawn.
    pub kind: ShapeKind,
    /// How it looks.
    #[serde(default, skip_serializing_if = "Look::is_mid")]
    pub look: Look,
    /// Drawn only where this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Where and how large the first one is.
    pub place: Place,
    /// How many there are, and where the last one is; one where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Repeat>,
    /// What is written; of other shapes than text and measures, what is said of them to those who
    /// cannot see. `{code}` stands for the value of an attribute.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
}

/// Where a shape is, and how large.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Left end; of a circle and of text the middle.
    pub x: Formula,
    /// Lower end; of a circle and of text the middle.
    pub y: Formula,
    /// To the right end, below zero to the left; of a circle its diameter.
    pub width: Formula,
    /// To the upper end, below zero downwards.
    pub height: Formula,
    /// How thick a line is; a hair line where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thickness: Option<Formula>,
}

/// Copies of a shape at equal distances, from its place to that of the last one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// How many; parts of one are left out, and more than [`MAX_COPIES`].
    pub times: Formula,
    /// Where the last one is; as the first where `None`.
    pub x: Option<Formula>,
    /// Where the last one is; as the first where `None`.
    pub y: Option<Formula>,
    /// How high the last one is; as the first where `None`.
    pub height: Option<Formula>,
}

/// Kinds of shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShapeKind {
    /// A straight line.
    Line,
    /// A rectangle.
    Box,
    /// A circle.
    Circle,
    /// Words.
    Text,
    /// A dimension line with arrows and words.
    Measure,
    /// Nothing: only said.
    Note,
    /// A row of a plan: from `x` on, `width` long, its label before it, copies in the same row.
    Bar,
}

/// How shapes look, in words that suit any theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    /// Light.
    Light,
    /// Between light and dark.
    #[default]
    Mid,
    /// Dark.
    Dark,
    /// In the colour that stands out.
    Accent,
    /// Only the outline.
    Outline,
}

impl Look {
    fn is_mid(&self) -> bool {
        *self == Self::Mid
    }
}
