//! Pictures of configurations as SVG, for the app and for the first page that the endpoint sends.
//!
//! The engine says what is drawn, in the catalog's units. Here it gets its place and its markup;
//! colours are the style sheet's.

mod label;
mod layout;
mod likely;
mod plan;
mod svg;

use maud::Markup;
use quotewright_engine::catalog::{Attribute, Model, Text, Value};
use quotewright_engine::picture::draw;
use rust_decimal::Decimal;

pub use likely::{likely_values, suggested_values};

use label::Labels;

/// How a drawing says things.
pub trait Words {
    /// A text of the catalog.
    fn text(&self, text: &Text) -> String;
    /// A number.
    fn number(&self, number: Decimal) -> String;
    /// A value of an attribute; `None` where there are no words for it.
    fn value(&self, attribute: &Attribute, value: Value) -> Option<String>;
}

/// The drawing of a configuration; `None` where the catalog has none. What is open in `values`
/// is drawn as `stand_in` has it, and looks open.
pub fn svg(
    words: &impl Words,
    model: &Model,
    values: &[Option<Value>],
    stand_in: &[Option<Value>],
) -> Option<Markup> {
    let drawings = draw(model.picture.as_ref()?, model, values, stand_in).ok()?;
    let shown: Vec<Option<Value>> = (values.iter().zip(stand_in))
        .map(|(value, stand_in)| value.or(*stand_in))
        .collect();
    let labels = Labels {
        words,
        model,
        shown: &shown,
    };
    Some(svg::write(&labels, &drawings))
}
