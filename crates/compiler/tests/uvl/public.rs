//! The public models, where they are beside the workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use quotewright_compiler::uvl::{UvlReading, read};

fn folder() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/models/uvl");
    if shared.is_dir() {
        return Some(shared);
    }
    eprintln!("skipped: there is no folder {}", shared.display());
    None
}

fn read_file(path: &Path) -> UvlReading {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    read(&name, |name| fs::read(folder.join(name)))
}

/// How many attributes a file has, or the code of what is refused with the words marked.
type Expected = Result<usize, (&'static str, &'static str)>;

const FILES: &[(&str, Expected)] = &[
    (
        "Feature_Models/Automotive/Automotive01/automotive01.uvl",
        Ok(2_513),
    ),
    (
        "Feature_Models/Automotive/Automotive02/automotive2_4.uvl",
        Ok(18_616),
    ),
    ("Feature_Models/Database/BerkeleyDB/berkeleydb.uvl", Ok(76)),
    (
        "Feature_Models/Financial_Services/Financial_Services_01/financialservices01.uvl",
        Ok(771),
    ),
    (
        "Feature_Models/Operating_Systems/BusyBox/busybox_2010-05-02_14-17-07.uvl",
        Ok(631),
    ),
    ("test_resources/conversion/conversionHighLevel.uvl", Ok(3)),
    (
        "test_resources/parsing/arithmetic_level/aggregate_functions/aggregate.uvl",
        Ok(3),
    ),
    (
        "test_resources/parsing/arithmetic_level/aggregate_functions/aggregateFunctions.uvl",
        Ok(3),
    ),
    (
        "test_resources/parsing/arithmetic_level/aggregate_functions/lengthAggregation.uvl",
        Ok(7),
    ),
    (
        "test_resources/parsing/arithmetic_level/arithmetic-simpleconstraints.uvl",
        Ok(3),
    ),
    (
        "test_resources/parsing/arithmetic_level/expressions.uvl",
        Ok(3),
    ),
    (
        "test_resources/parsing/arithmetic_level/feature-cardinality.uvl",
        Ok(17),
    ),
    ("test_resources/parsing/boolean_level/attributes.uvl", Ok(3)),
    ("test_resources/parsing/boolean_level/boolean.uvl", Ok(7)),
    (
        "test_resources/parsing/boolean_level/cardinality.uvl",
        Ok(4),
    ),
    ("test_resources/parsing/boolean_level/namespace.uvl", Ok(3)),
    ("test_resources/parsing/complex/bike.uvl", Ok(22)),
    (
        "test_resources/parsing/composition/composition_root.uvl",
        Ok(26),
    ),
    (
        "test_resources/parsing/composition/composition_sub1.uvl",
        Ok(15),
    ),
    (
        "test_resources/parsing/composition/composition_sub1_sub1.uvl",
        Ok(5),
    ),
    (
        "test_resources/parsing/composition/composition_sub1_sub2.uvl",
        Ok(5),
    ),
    (
        "test_resources/parsing/composition/nested/nested_referenced_sub.uvl",
        Ok(3),
    ),
    (
        "test_resources/parsing/composition/nested/nested_sub.uvl",
        Ok(6),
    ),
    ("test_resources/parsing/composition/nested_main.uvl", Ok(7)),
    (
        "test_resources/parsing/faulty/illegalname.uvl",
        Err(("illegal-name", "12B")),
    ),
    (
        "test_resources/parsing/faulty/missingreference.uvl",
        Err(("unknown-feature", "C")),
    ),
    (
        "test_resources/parsing/faulty/same_feature_names.uvl",
        Err(("duplicate-feature", "\"Lightsaber\"")),
    ),
    (
        "test_resources/parsing/faulty/wrong_attribute_name.uvl",
        Err(("missing-import", "nested.\"string-attributes-external\"")),
    ),
    (
        "test_resources/parsing/faulty/wrongindent.uvl",
        Err(("second-root", "mandatory")),
    ),
    ("test_resources/parsing/generated/fm0.uvl", Ok(25_661)),
    (
        "test_resources/parsing/generated/fm1.uvl",
        Err(("unsupported", "")),
    ),
    (
        "test_resources/parsing/generated/fm2.uvl",
        Err(("unsupported", "")),
    ),
    (
        "test_resources/parsing/generated/fm3.uvl",
        Err(("unsupported", "")),
    ),
    (
        "test_resources/parsing/generated/fm4.uvl",
        Err(("unsupported", "")),
    ),
    ("test_resources/parsing/language_level/all.uvl", Ok(8)),
    (
        "test_resources/parsing/language_level/arithmetic.uvl",
        Ok(3),
    ),
    ("test_resources/parsing/language_level/boolean.uvl", Ok(3)),
    ("test_resources/parsing/language_level/type.uvl", Ok(5)),
    ("test_resources/parsing/syntax/brackets.uvl", Ok(7)),
    ("test_resources/parsing/syntax/comments.uvl", Ok(4)),
    ("test_resources/parsing/syntax/dash.uvl", Ok(5)),
    (
        "test_resources/parsing/type_level/nested/string-attributes-external.uvl",
        Ok(4),
    ),
    (
        "test_resources/parsing/type_level/string-attributes.uvl",
        Ok(10),
    ),
    (
        "test_resources/parsing/type_level/string-constraints.uvl",
        Ok(7),
    ),
];

#[test]
fn every_public_file_is_read_or_says_what_is_refused() {
    let Some(folder) = folder() else {
        return;
    };
    for (name, expected) in FILES {
        let path = folder.join(name);
        let begin = Instant::now();
        let reading = read_file(&path);
        let time = begin.elapsed();
        let told = &reading.diagnostics;
        match (&reading.model, expected) {
            (Some(model), Ok(attributes)) => {
                assert_eq!(model.attributes.len(), *attributes, "{name}");
                eprintln!("{name}: {attributes} attributes in {time:?}");
            }
            (None, Err((code, words))) => {
                let text = fs::read_to_string(&path).unwrap_or_default();
                let marked = |span: std::ops::Range<usize>| text.get(span).unwrap_or_default();
                let found = told.iter().any(|it| {
                    let span = it.location.span.start..it.location.span.end;
                    it.code == *code && (words.is_empty() || marked(span) == *words)
                });
                assert!(found, "{name}: {told:#?}");
            }
            _ => panic!("{name}: {told:#?}"),
        }
    }
}

#[test]
fn no_public_file_is_forgotten() {
    let Some(folder) = folder() else {
        return;
    };
    let mut open = vec![folder.clone()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{error}"));
            open.extend(entries.map(|it| it.map(|it| it.path()).unwrap_or_default()));
            continue;
        }
        let name = path
            .strip_prefix(&folder)
            .unwrap_or(&path)
            .to_string_lossy();
        assert!(FILES.iter().any(|(it, _)| *it == name), "{name}");
    }
}
