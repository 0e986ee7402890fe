//! The compiled conveyor, and short ways to say things about it.

use std::path::PathBuf;
use std::sync::LazyLock;

use quotewright_compiler::{CatalogSource, CompiledCatalog, translate};
use quotewright_engine::catalog::{AttributeIndex, Constraint, Decisions, Model, Value};
use quotewright_engine::price::PricePack;

pub static SOURCE: LazyLock<CatalogSource> = LazyLock::new(|| {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    CatalogSource::read(&root.join("catalogs/conveyor")).expect("the folder can be read")
});

pub static CATALOG: LazyLock<CompiledCatalog> = LazyLock::new(|| {
    translate(&SOURCE)
        .catalog
        .expect("a catalog without errors")
});

pub fn model() -> &'static Model {
    &CATALOG.models[0]
}

pub fn pack(book: &str) -> &'static PricePack {
    let mut packs = CATALOG.packs.iter().map(|it| &it.pack);
    packs.find(|it| it.book == book).expect("a price book")
}

/// `belt=pu_white`
pub fn choice(text: &str) -> (AttributeIndex, Value) {
    let (code, value) = text.split_once('=').expect("code=value");
    let index = model().index_of(code).expect("an attribute");
    let value = model().value_from_text(index, value);
    (index, value.unwrap_or_else(|| panic!("no value: {text}")))
}

/// `length=3000 width=400`
pub fn decisions(text: &str) -> Decisions {
    text.split_whitespace().map(choice).collect()
}

/// The code of a rule as its row has it: that of a part has its instance behind an `@`.
pub fn row(code: &str) -> String {
    code.split('@').next().unwrap_or(code).to_owned()
}

/// The name of a constraint as the sheets have it; a worked-out attribute's is `= code`.
pub fn name(constraint: Constraint) -> String {
    match constraint {
        Constraint::Rule(index) => row(&model().rules[index].code),
        Constraint::Table(index) => model().tables[index].code.clone(),
        Constraint::Formula(index) => format!("= {}", model().attributes[index.0].code),
        other => format!("{other:?}"),
    }
}
