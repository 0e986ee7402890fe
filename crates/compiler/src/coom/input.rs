//! What a user input asks for, step by step, in words that any model can be asked by.

use std::fmt::Write as _;

use super::ast::{Expression, ExpressionKind, Path, Place};
use super::{CoomInput, Places};
use crate::diagnostic::Location;

/// One line of a user input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputStep {
    /// The attribute or part, as written: `carrier[0].bag[1].material[0]`.
    pub path: String,
    /// The value of `set`: the name of an option or a number; none for `add`.
    pub value: Option<String>,
    /// Line of the file, from 1.
    pub line: usize,
}

impl CoomInput {
    /// The steps in their order. A value that is worked out from others is an error, at its place.
    pub fn steps(&self) -> Result<Vec<InputStep>, Location> {
        (self.operations.iter())
            .map(|operation| {
                let value = operation.value.as_ref();
                Ok(InputStep {
                    path: path(&operation.path),
                    value: value.map(|it| text(it, &self.places)).transpose()?,
                    line: self
                        .places
                        .location(&operation.span)
                        .row
                        .unwrap_or_default(),
                })
            })
            .collect()
    }
}

fn path(path: &Path) -> String {
    let mut words = String::new();
    for (position, step) in path.steps.iter().enumerate() {
        if position > 0 {
            words.push('.');
        }
        words.push_str(&step.name.text);
        if let Some(Place::First(index)) = step.index.as_ref().map(|it| it.from) {
            // Writing to a string does not fail.
            let _ = write!(words, "[{index}]");
        }
    }
    words
}

fn text(value: &Expression, places: &Places) -> Result<String, Location> {
    match &value.kind {
        ExpressionKind::Number(number) => Ok(number.normalize().to_string()),
        ExpressionKind::Truth(true) => Ok("True".to_owned()),
        ExpressionKind::Truth(false) => Ok("False".to_owned()),
        ExpressionKind::Path(it) => Ok(path(it)),
        ExpressionKind::Negate(inner) => match &inner.kind {
            ExpressionKind::Number(number) => Ok((-number).normalize().to_string()),
            _ => Err(places.location(&value.span)),
        },
        _ => Err(places.location(&value.span)),
    }
}
