//! The sample catalogs compile.

use std::path::PathBuf;

use quotewright_compiler::{CatalogSource, compile, render};

#[test]
fn the_sample_catalogs_are_clean() {
    let folders = [
        "catalogs/conveyor",
        "catalogs/packing_station",
        "catalogs/subscription",
        "catalogs/agency",
        "tests/catalogs/sentinel",
        "tests/catalogs/deliveries",
    ];
    for folder in folders {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let source = CatalogSource::read(&root.join(folder)).expect("the folder can be read");
        let compilation = compile(&source);
        let told = render(&compilation.diagnostics, &source, false);
        assert!(compilation.diagnostics.is_empty(), "{folder}:\n{told}");
        assert!(compilation.catalog.is_some(), "{folder}");
    }
}
