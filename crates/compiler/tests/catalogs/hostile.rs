//! Whatever is in the files: no panic, no hang, and every place can be shown.

use std::path::PathBuf;

use proptest::prelude::*;
use quotewright_compiler::{CatalogSource, Compilation, compile, render, translate};

use crate::desk::DESK;
use crate::line::LINE;

/// So many cases; `FUZZ=100` runs a hundred times as many.
fn cases(count: u32) -> ProptestConfig {
    let factor = std::env::var("FUZZ").ok();
    let factor = factor.and_then(|factor| factor.parse().ok()).unwrap_or(1);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(count.saturating_mul(factor))
    }
}

/// One way to spoil a file at random.
#[derive(Clone, Debug)]
enum Edit {
    Insert(usize, Vec<u8>),
    Delete(usize, usize),
    /// Copy some bytes to another place.
    Copy(usize, usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let snippet = prop_oneof![
        prop::collection::vec(any::<u8>(), 1..4),
        prop::sample::select(vec![
            ",",
            ";",
            "\"",
            "\n",
            "\r\n",
            "|",
            "..",
            "*",
            "-",
            "9",
            "99999999",
            ".",
            "(",
            "!",
            "&&",
            "= ",
            "[[",
            "[",
            "{",
            "width",
            "top",
            "legs",
            "public",
            "zone",
            "sensor",
            "[last]",
            "\u{feff}",
            "é",
            "\u{1b}[31m",
            "\u{202e}",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop_oneof![
        (any::<usize>(), snippet).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        (any::<usize>(), 1..30_usize).prop_map(|(at, length)| Edit::Delete(at, length)),
        (any::<usize>(), 1..60_usize, any::<usize>())
            .prop_map(|(from, length, to)| Edit::Copy(from, length, to)),
    ]
}

fn apply(content: &mut Vec<u8>, edit: &Edit) {
    let place = |at: usize, length: usize| at % (length + 1);
    match edit {
        Edit::Insert(at, bytes) => {
            let at = place(*at, content.len());
            content.splice(at..at, bytes.iter().copied());
        }
        Edit::Delete(at, length) => {
            let at = place(*at, content.len());
            let end = content.len().min(at + length);
            content.drain(at..end);
        }
        Edit::Copy(from, length, to) => {
            let from = place(*from, content.len());
            let end = content.len().min(from + length);
            let copied = content[from..end].to_vec();
            let to = place(*to, content.len());
            content.splice(to..to, copied);
        }
    }
}

/// Catalogs that together have every sheet: tiers, promotions, contracts, delivery, indices,
/// floors, pictures, contacts.
const STORED: [&str; 8] = [
    "catalogs/agency",
    "catalogs/conveyor",
    "catalogs/packing_station",
    "catalogs/subscription",
    "tests/catalogs/contracts",
    "tests/catalogs/deliveries",
    "tests/catalogs/floors",
    "tests/catalogs/kinds",
];

/// What becomes of one cell of a sheet.
fn cell() -> impl Strategy<Value = Vec<u8>> {
    let texts = vec![
        "",
        "-1",
        "0",
        "0.5",
        "99999999999999999999999999999",
        "1e9",
        "NaN",
        "2026-02-30",
        "*",
        "a|b|c",
        "..",
        "quote",
        "price.public",
        "belt = ",
        "sum(",
        "\"",
        "\u{feff}",
        "ÿ",
        "\u{0}",
    ];
    let texts = prop::sample::select(texts).prop_map(|it| it.as_bytes().to_vec());
    let bytes = prop::sample::select(vec![vec![0xff, 0xfe], vec![0xe9], vec![0xc3]]);
    prop_oneof![4 => texts, 1 => bytes]
}

/// Another cell at some place, or two cells of the file swapped.
fn change(content: &mut Vec<u8>, at: usize, with: usize, cell: Option<&Vec<u8>>) {
    let ends = |byte: &u8| matches!(byte, b',' | b'\n');
    let mut cells: Vec<Vec<u8>> = content.split_inclusive(ends).map(<[u8]>::to_vec).collect();
    if cells.is_empty() {
        return;
    }
    let (at, with) = (at % cells.len(), with % cells.len());
    match cell {
        Some(cell) => {
            let end = cells[at].last().filter(|it| ends(it)).copied();
            cells[at] = cell.iter().copied().chain(end).collect();
        }
        None => cells.swap(at, with),
    }
    *content = cells.concat();
}

fn spoiled(catalog: &[(&str, &str)], edits: &[(usize, Edit)]) -> CatalogSource {
    let files = catalog.iter();
    let mut files: Vec<_> = files
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    for (file, edit) in edits {
        let position = file % files.len();
        apply(&mut files[position].1, edit);
    }
    CatalogSource::from_files(files)
}

fn survives(source: &CatalogSource, compilation: &Compilation) {
    for diagnostic in &compilation.diagnostics {
        let places = diagnostic.related.iter().map(|related| &related.location);
        for location in places.chain([&diagnostic.location]) {
            let span = location.span.start..location.span.end;
            let content = source.get(&location.file).unwrap_or_default();
            assert!(content.get(span).is_some(), "{diagnostic:?}");
        }
    }
    let text = render(&compilation.diagnostics, source, false);
    assert_eq!(text.is_empty(), compilation.diagnostics.is_empty());
    // Nothing in a file can give orders to the terminal.
    let is_harmless = |character: char| !character.is_control() || character == '\n';
    assert!(text.chars().all(is_harmless), "{text:?}");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn spoiled_catalogs_are_told_about(
        with_parts in any::<bool>(),
        edits in prop::collection::vec((any::<usize>(), edit()), 1..6),
    ) {
        let source = match with_parts {
            true => spoiled(&LINE, &edits),
            false => spoiled(&DESK, &edits),
        };
        let compilation = translate(&source);
        survives(&source, &compilation);
        // The same source is told about in the same way.
        prop_assert_eq!(translate(&source), compilation);
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn spoiled_catalogs_are_searched(edits in prop::collection::vec((any::<usize>(), edit()), 1..2)) {
        let source = spoiled(&DESK, &edits);
        survives(&source, &compile(&source));
    }

    #[test]
    fn any_bytes_are_told_about(
        name in prop::sample::select(DESK.map(|(name, _)| name).to_vec()),
        content in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let mut files = DESK.map(|(name, text)| (name, text.as_bytes().to_vec()));
        for file in &mut files {
            if file.0 == name {
                file.1 = content.clone();
            }
        }
        let source = CatalogSource::from_files(files);
        survives(&source, &translate(&source));
    }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn spoiled_cells_of_stored_catalogs_have_a_place_or_compile(
        folder in prop::sample::select(STORED.to_vec()),
        changes in prop::collection::vec(
            (any::<usize>(), any::<usize>(), any::<usize>(), prop::option::of(cell())),
            1..4,
        ),
    ) {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let source = CatalogSource::read(&root.join(folder)).expect("the folder can be read");
        let files = source.files().iter();
        let mut files: Vec<(String, Vec<u8>)> =
            files.map(|(name, text)| (name.clone(), text.clone())).collect();
        for (file, at, with, cell) in &changes {
            let position = file % files.len();
            change(&mut files[position].1, *at, *with, cell.as_ref());
        }
        let source = CatalogSource::from_files(files);
        let compilation = translate(&source);
        survives(&source, &compilation);
        prop_assert!(compilation.catalog.is_some() || !compilation.diagnostics.is_empty());
    }
}
