//! Compiles a catalog's sheets to models and price packs, with diagnostics.

mod books;
mod canonical;
mod cases;
mod cells;
mod codes;
mod compile;
pub mod coom;
mod delivery;
mod diagnostic;
pub mod dimacs;
mod documents;
pub mod export;
mod expression;
mod gaps;
mod imported;
mod manifest;
mod model;
mod parts;
mod picture;
mod presence;
mod prices;
mod problem;
mod reason;
mod render;
mod sheet;
mod source;
mod suggest;
pub mod uvl;
mod workbook;
pub mod xcsp;

pub use compile::{
    Audience, Compilation, CompiledCatalog, CompiledPack, compile, compile_on, fitting, translate,
};
pub use diagnostic::{Diagnostic, Location, Related, Severity, Span};
pub use documents::DocumentFile;
pub use manifest::{Supplier, Visibility};
pub use model::WHOLE;
pub use render::render;
pub use source::{CatalogSource, ReadError};

/// Name of the file that says what holds for a catalog as a whole.
pub const CATALOG_FILE: &str = "catalog.toml";
