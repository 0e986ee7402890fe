//! What buyers can open: which documents a configuration has, and what the hash covers.

use quotewright_compiler::{CompiledCatalog, compile};
use quotewright_engine::catalog::{DocumentPlace, Value};

use crate::desk::Change::{self, Write};
use crate::desk::desk;

const SHEET: &str = "document,file,language,when,label.en,label.nl\n\
    manual,manual.pdf,en,,Manual,Handleiding\n\
    again,manual.pdf,,lamp,Lamp,Lamp\n\
    fire,https://fire.example/,,top = glass,Fire test,Brandproef\n";
const MANUAL: &[u8] = b"%PDF-1.7 manual";

fn compiled(file: &'static [u8], more: &[Change]) -> CompiledCatalog {
    let files = [
        Write("documents.csv", SHEET.as_bytes()),
        Write("documents/manual.pdf", file),
    ];
    let compilation = compile(&desk(&[&files[..], more].concat()));
    compilation.catalog.expect("a catalog")
}

#[test]
fn a_configuration_has_the_documents_whose_conditions_hold() {
    let catalog = compiled(MANUAL, &[]);
    let model = &catalog.models[0];
    for (top, lamp, expected) in [
        (None, None, &["manual"][..]),
        (Some(0), Some(1), &["manual", "again"]),
        (Some(1), Some(0), &["manual", "fire"]),
        (Some(1), None, &["manual", "fire"]),
    ] {
        let values = [None, None, top, None, lamp].map(|it| it.map(Value::Option));
        let found = model.documents_of(&values).map(|it| it.code.as_str());
        assert_eq!(found.collect::<Vec<_>>(), expected, "{top:?} {lamp:?}");
    }
}

#[test]
fn a_file_is_there_once_and_the_model_says_where() {
    let catalog = compiled(MANUAL, &[]);
    let [file] = catalog.documents.as_slice() else {
        panic!("{:?}", catalog.documents);
    };
    assert_eq!(
        (file.name.as_str(), file.content.as_slice()),
        ("manual", MANUAL)
    );
    let places = catalog.models[0]
        .documents
        .iter()
        .map(|it| it.place.clone());
    let manual = DocumentPlace::File {
        hash: file.hash.clone(),
        bytes: 15,
    };
    let address = DocumentPlace::Address("https://fire.example/".to_owned());
    assert_eq!(
        places.collect::<Vec<_>>(),
        [manual.clone(), manual, address]
    );
}

#[test]
fn the_catalog_s_hash_covers_what_the_files_say() {
    let before = compiled(MANUAL, &[]).hash;
    assert_ne!(compiled(b"%PDF-1.7 another manual", &[]).hash, before);
    let unlisted = Write("documents/other.pdf", b"%PDF-1.7");
    assert_eq!(compiled(MANUAL, &[unlisted]).hash, before);
}
